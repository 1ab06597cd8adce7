-- ¿Cuánto programó y alcanzó un mismo compromiso cada trimestre, de un año a otro?
-- Grano: una fila por eslabón del hilo y trimestre (siempre cuatro).
-- Parámetros: $hilo (el nombre de un hilo, un eslabón o el compromiso_id de un informe;
--   NULL = todos); $preset (NULL = el predeterminado)
-- Cuidado: P y A van en la unidad de su eslabón. Con en_vigor falso, P es la de un plan
--   que otro ya había sustituido (o el compromiso ya no estaba): ni se exige ni tiene A.

select
    h.hilo,
    h.tramo,
    t.eslabon,
    e.ejercicio,
    e.plan,
    t.trimestre,
    e.dependencia,
    e.unidad_medida,
    t.programado,
    t.alcanzado,
    t.en_vigor,
    t.es_exigible,
    if(t.en_vigor, v.cumplimiento_pct, null) as cumplimiento_pct,
    if(t.en_vigor, v.estado, null) as estado,
    t.certeza,
    e.es_solo_plan,
    if(
        t.en_vigor,
        coalesce(v.alcanzado_de, v.programado_de, e.compromiso_id),
        e.compromiso_id
    ) as compromiso_id,
    e.orden
from hilo_de as h
inner join hilo_pedido($hilo) as p on h.hilo = p.hilo
inner join eslabon as e on h.eslabon = e.eslabon
inner join eslabon_trimestre as t on e.eslabon = t.eslabon
left join cumplimiento_trimestre_segun($preset) as v
    on
        e.vigente_id = v.vigente_id
        and e.corte = v.corte
        and t.trimestre = v.trimestre
order by e.orden, t.trimestre
