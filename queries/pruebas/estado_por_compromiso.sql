-- ¿Tiene cada compromiso en vigor un estado de la lista, y solo uno, en cada corte y
--   periodo?
-- Severidad: error
-- Grano: una fila por compromiso del año y corte que falla.

with clasificado as (
    select
        c.vigente_id,
        c.corte,
        count(*) as filas,
        count(distinct c.periodo) as periodos,
        count(e.estado) as conocidos
    from cumplimiento as c
    left join escala_estado as e using (estado)
    group by c.vigente_id, c.corte
)

select
    f.vigente_id as compromiso_id,
    concat('corte ', f.corte, ': ', coalesce(c.filas, 0), ' filas') as detalle
from ficha as f
left join clasificado as c on f.vigente_id = c.vigente_id and f.corte = c.corte
where (c.filas, c.periodos, c.conocidos) is distinct from (2, 2, 2)
