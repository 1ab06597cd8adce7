-- ¿Qué se comprometió y qué se alcanzó, compromiso por compromiso y trimestre por
--   trimestre?
-- Grano: una fila por compromiso en vigor y corte; los cuatro trimestres van en
--   columnas.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel (NULL = todos); $preset (NULL =
--   el predeterminado)
-- Cuidado: programado, alcanzado y estado sin trimestre son los acumulados al corte.

with por_trimestre as (
    select
        vigente_id,
        corte,
        max(programado) filter (where trimestre = 1) as programado_t1,
        max(alcanzado) filter (where trimestre = 1) as alcanzado_t1,
        max(estado) filter (where trimestre = 1) as estado_t1,
        max(programado) filter (where trimestre = 2) as programado_t2,
        max(alcanzado) filter (where trimestre = 2) as alcanzado_t2,
        max(estado) filter (where trimestre = 2) as estado_t2,
        max(programado) filter (where trimestre = 3) as programado_t3,
        max(alcanzado) filter (where trimestre = 3) as alcanzado_t3,
        max(estado) filter (where trimestre = 3) as estado_t3,
        max(programado) filter (where trimestre = 4) as programado_t4,
        max(alcanzado) filter (where trimestre = 4) as alcanzado_t4,
        max(estado) filter (where trimestre = 4) as estado_t4
    from cumplimiento_trimestre_segun($preset)
    group by vigente_id, corte
),

linea as (
    select
        compromiso_id,
        any_value(pmd) as pmd,
        string_agg(distinct linea_clave, ', ' order by linea_clave) as lineas
    from alineacion
    group by compromiso_id
)

select
    c.ejercicio,
    c.corte,
    c.dependencia,
    c.nivel,
    c.meta_clave,
    c.clave,
    c.descripcion,
    c.unidad_medida,
    c.meta_anual,
    t.* exclude (vigente_id, corte),
    c.programado,
    c.alcanzado,
    c.cumplimiento_pct,
    c.estado,
    c.etiquetas,
    c.avance_anual_pct,
    c.regla_acumulacion,
    c.informe_meta_anual,
    c.informe_avance_absoluto,
    c.informe_relativo_pct,
    c.observaciones,
    c.programa,
    c.unidad,
    l.pmd,
    l.lineas,
    i.estrategias_impresas,
    c.vigente_id,
    c.compromiso_id,
    c.corte_informe,
    c.documento,
    c.pagina,
    c.renglon,
    c.certeza,
    c.nota,
    c.preset,
    c.orden
from cumplimiento_segun($preset) as c
inner join por_trimestre as t on c.vigente_id = t.vigente_id and c.corte = t.corte
inner join compromiso as i on c.compromiso_id = i.compromiso_id
left join linea as l on c.compromiso_id = l.compromiso_id
where
    c.periodo = 'acumulado'
    and c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
    and c.corte = coalesce($corte, c.corte)
    and c.dependencia = coalesce($dependencia, c.dependencia)
    and c.nivel = coalesce($nivel, c.nivel)
order by c.ejercicio, c.corte, c.dependencia, c.orden
