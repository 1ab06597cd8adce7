-- ¿Qué es cada columna de lo que se lee de los documentos y de lo que se calcula?
-- Grano: una fila por columna de cumplimiento y de los extractos.
-- Parámetros: ninguno
-- Cuidado: lo dicen los comentarios de la base, que salen de data/diccionario.csv y
--   data/tablas.csv.

with elegida (tabla, orden) as (
    values
    ('cumplimiento', 1),
    ('compromiso', 2),
    ('avance', 3),
    ('avance_mensual', 4),
    ('presupuesto', 5),
    ('alineacion', 6),
    ('encabezado', 7),
    ('sesion', 8),
    ('hallazgo', 9),
    ('renglon_fuente', 10)
),

comentada as (
    select
        table_name as tabla,
        comment as trata_de
    from duckdb_tables()
    where not internal
    union all
    select
        view_name as tabla,
        comment as trata_de
    from duckdb_views()
    where not internal
)

select
    e.tabla,
    t.trata_de,
    c.column_index as lugar,
    c.column_name as columna,
    c.comment as descripcion
from elegida as e
inner join comentada as t using (tabla)
inner join duckdb_columns() as c on e.tabla = c.table_name and not c.internal
order by e.orden, c.column_index
