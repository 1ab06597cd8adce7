-- ¿Hay filas que repiten la clave de su tabla?
-- Severidad: error
-- Grano: una fila por clave repetida.

with claves as (
    select
        'compromiso' as tabla,
        compromiso_id as clave,
        compromiso_id
    from compromiso
    union all
    select
        'avance',
        concat_ws(' trimestre ', compromiso_id, trimestre),
        compromiso_id
    from avance
    union all
    select
        'avance_mensual',
        concat_ws(' mes ', compromiso_id, mes),
        compromiso_id
    from avance_mensual
    union all
    select
        'alineacion',
        concat_ws(' línea ', compromiso_id, pmd || ' ' || linea_clave),
        compromiso_id
    from alineacion
    union all
    select
        'renglon_fuente',
        concat_ws(' renglón ', documento, renglon),
        null
    from renglon_fuente
    union all
    select
        'dependencia',
        dependencia,
        null
    from dependencia
    union all
    select
        'pmd_linea',
        concat_ws(' ', pmd, clave),
        null
    from pmd_linea
)

select
    any_value(compromiso_id) as compromiso_id,
    concat(tabla, ': ', clave, ' aparece ', count(*), ' veces') as detalle
from claves
group by tabla, clave
having count(*) > 1
