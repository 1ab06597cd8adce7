-- ¿Cómo fue un compromiso trimestre por trimestre, y de qué renglón sale cada cifra?
-- Grano: una fila por compromiso en vigor, corte y trimestre.
-- Parámetros: $vigente_id o $compromiso_id (el de cualquiera de sus informes); $corte
--   (NULL = el último); $preset (NULL = el predeterminado)
-- Cuidado: P y A pueden venir de informes distintos; cada una trae su documento, página
--   y renglón.

with buscado as (
    select distinct
        ejercicio,
        dependencia,
        vigente_id
    from informe
    where vigente_id = $vigente_id or compromiso_id = $compromiso_id
),

al_corte as (
    select
        b.vigente_id,
        coalesce($corte, max(c.corte)) as corte
    from buscado as b
    inner join corte as c using (ejercicio, dependencia)
    group by b.vigente_id
)

select
    v.ejercicio,
    v.corte,
    v.dependencia,
    v.nivel,
    v.meta_clave,
    v.clave,
    m.descripcion,
    m.unidad_medida,
    v.trimestre,
    t.nombre as trimestre_nombre,
    v.plan,
    v.esta_en_plan,
    v.es_exigible,
    v.programado,
    v.alcanzado,
    v.cumplimiento_pct,
    v.estado,
    v.certeza,
    v.programado_de,
    p.documento as programado_documento,
    p.corte as programado_corte,
    p.pagina as programado_pagina,
    p.renglon as programado_renglon,
    v.alcanzado_de,
    a.documento as alcanzado_documento,
    a.corte as alcanzado_corte,
    a.pagina as alcanzado_pagina,
    a.renglon as alcanzado_renglon,
    v.vigente_id,
    v.preset
from cumplimiento_trimestre_segun($preset) as v
inner join al_corte as b on v.vigente_id = b.vigente_id and v.corte = b.corte
inner join ficha as f on v.vigente_id = f.vigente_id and v.corte = f.corte
inner join compromiso as m on f.compromiso_id = m.compromiso_id
inner join trimestre as t on v.trimestre = t.trimestre
left join compromiso as p on v.programado_de = p.compromiso_id
left join compromiso as a on v.alcanzado_de = a.compromiso_id
order by v.vigente_id, v.trimestre
