-- ¿Hay filas que hablan de algo que no existe?
-- Severidad: error
-- Grano: una fila por referencia sin destino.

select
    compromiso_id,
    concat(tabla, ' habla de un compromiso que no está') as detalle
from (
    select
        'avance' as tabla,
        compromiso_id
    from avance
    union
    select
        'avance_mensual',
        compromiso_id
    from avance_mensual
    union
    select
        'alineacion',
        compromiso_id
    from alineacion
    union
    select
        'hallazgo',
        compromiso_id
    from hallazgo
    where compromiso_id is not null
) as citado
anti join compromiso using (compromiso_id)
union all
select
    c.compromiso_id,
    concat('dependencia ', c.dependencia, ' sin fila en dependencia') as detalle
from compromiso as c
anti join dependencia as d using (dependencia)
union all
select distinct
    a.compromiso_id,
    concat('plan municipal ', a.pmd, ' sin fila en pmd') as detalle
from alineacion as a
anti join pmd as p using (pmd)
