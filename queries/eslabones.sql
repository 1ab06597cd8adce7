-- ¿Qué eslabón del linaje es cada compromiso en vigor, y en qué hilo está?
-- Grano: una fila por compromiso en vigor y corte.
-- Parámetros: $corte, $dependencia (NULL = todos)
-- Cuidado: el eslabón es el del plan de su último informe hasta el corte.

select
    f.corte,
    f.vigente_id,
    f.compromiso_id,
    e.eslabon,
    h.hilo,
    h.tramo
from ficha as f
inner join informe as i on f.compromiso_id = i.compromiso_id
inner join eslabon as e on i.vigente_id = e.vigente_id and i.plan = e.plan
inner join hilo_de as h on e.eslabon = h.eslabon
where
    f.corte = coalesce($corte, f.corte)
    and f.dependencia = coalesce($dependencia, f.dependencia)
order by f.corte, e.orden
