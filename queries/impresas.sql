-- ¿La cifra que se usa en cada trimestre es la que imprime su documento?
-- Grano: una fila por compromiso en vigor, corte y trimestre.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel (NULL = todos)
-- Cuidado: P y A pueden venir de informes distintos; cada una trae el suyo. Un trimestre
--   derivado de sus meses no tiene cifra impresa y no por eso es dudoso. La P o la A en
--   blanco es dudosa solo si el documento imprime algo en su lugar. meta_anual_es_dudosa
--   y total_es_distinto comparan la meta anual y lo alcanzado hasta el corte con lo que
--   imprime el último informe; en un año replaneado no, que solo imprime lo de su plan.
--   Una nota es la de su informe, no la de una cifra. es_otra_unidad: la P de ese
--   trimestre es de un plan que se medía en otra unidad (programado_unidad).

with usada as (
    select
        v.*,
        m.meta_anual,
        m.meta_anual_impresa,
        m.avance_absoluto_impreso,
        m.unidad_medida as unidad_en_vigor,
        g.alcanzado as total,
        g.regla_acumulacion,
        g.es_reprogramada,
        coalesce(v.programado_de, f.compromiso_id) as p_de,
        coalesce(v.alcanzado_de, f.compromiso_id) as a_de
    from vigente as v
    inner join ficha as f on v.vigente_id = f.vigente_id and v.corte = f.corte
    inner join compromiso as m on f.compromiso_id = m.compromiso_id
    inner join agregado as g
        on v.vigente_id = g.vigente_id and v.corte = g.corte and g.periodo = 'acumulado'
    where
        v.ejercicio = coalesce(cast($ejercicio as integer), v.ejercicio)
        and v.corte = coalesce($corte, v.corte)
        and v.dependencia = coalesce($dependencia, v.dependencia)
        and v.nivel = coalesce($nivel, v.nivel)
)

select
    u.ejercicio,
    u.corte,
    u.dependencia,
    u.nivel,
    u.meta_clave,
    u.clave,
    u.trimestre,
    u.plan,
    u.esta_en_plan,
    u.es_exigible,
    u.programado,
    p.programado_impreso,
    u.esta_en_plan
    and not p.derivado
    and (
        u.programado is distinct from p.programado_impreso
        or (u.programado is not null and p.certeza <> 'seguro')
    ) as programado_es_dudoso,
    u.alcanzado,
    a.alcanzado_impreso,
    u.es_exigible
    and not a.derivado
    and (
        u.alcanzado is distinct from a.alcanzado_impreso
        or (u.alcanzado is not null and a.certeza <> 'seguro')
    ) as alcanzado_es_dudoso,
    not u.es_reprogramada
    and es_otra(u.meta_anual, u.meta_anual_impresa) as meta_anual_es_dudosa,
    u.total,
    u.regla_acumulacion,
    u.avance_absoluto_impreso,
    not u.es_reprogramada
    and es_otra(u.total, u.avance_absoluto_impreso) as total_es_distinto,
    p.derivado,
    cp.unidad_medida as programado_unidad,
    coalesce(en_singular(cp.unidad_medida) <> en_singular(u.unidad_en_vigor), false)
        as es_otra_unidad,
    cp.documento as programado_documento,
    cp.corte as programado_corte,
    cp.pagina as programado_pagina,
    cp.renglon as programado_renglon,
    cp.nota as programado_nota,
    ca.documento as alcanzado_documento,
    ca.corte as alcanzado_corte,
    ca.pagina as alcanzado_pagina,
    ca.renglon as alcanzado_renglon,
    ca.nota as alcanzado_nota,
    u.programado_de,
    u.alcanzado_de,
    u.vigente_id
from usada as u
inner join avance as p on u.p_de = p.compromiso_id and u.trimestre = p.trimestre
inner join avance as a on u.a_de = a.compromiso_id and u.trimestre = a.trimestre
inner join compromiso as cp on u.p_de = cp.compromiso_id
inner join compromiso as ca on u.a_de = ca.compromiso_id
order by u.ejercicio, u.corte, u.dependencia, u.orden, u.trimestre
