-- ¿Hay valores fuera de su lista?
-- Severidad: error
-- Grano: una fila por valor ajeno y compromiso.

with valores as (
    select
        compromiso_id,
        'nivel' as columna,
        nivel as valor,
        ['meta', 'accion'] as lista
    from compromiso
    union all
    select
        compromiso_id,
        'certeza',
        certeza,
        ['seguro', 'reconstruido', 'ambiguo']
    from compromiso
    union all
    select
        compromiso_id,
        'certeza',
        certeza,
        ['seguro', 'reconstruido', 'ambiguo']
    from avance
    union all
    select
        compromiso_id,
        'origen',
        origen,
        ['impresa', 'corregida']
    from alineacion
    union all
    select
        compromiso_id,
        'severidad',
        severidad,
        ['error', 'advertencia', 'aviso']
    from hallazgo
    union all
    select
        compromiso_id,
        'plan',
        cast(plan as varchar),
        ['1', '2', '3', '4']
    from compromiso
    union all
    select
        vigente_id,
        'regla_acumulacion',
        regla,
        ['suma', 'constante', 'último valor', 'promedio', 'única', 'indeterminada']
    from regla_acumulacion
)

select distinct
    compromiso_id,
    concat(columna, ' = ', valor) as detalle
from valores
where not coalesce(list_contains(lista, valor), false)
