-- ¿Qué observaciones dicen lo contrario de sus cifras, y con qué palabras?
-- Grano: una fila por compromiso en vigor, corte y periodo cuya justificación
--   contradice, sea cual sea su estado.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: contradiccion_con lleva las cifras del informe que imprime la observación,
--   bajo su propio plan; programado y alcanzado son los del año. tambien_en: las claves
--   del mismo informe que repiten la observación palabra por palabra.

with repetida as (
    select
        i.compromiso_id,
        string_agg(o.clave, ', ' order by orden_clave(o.clave)) as tambien_en
    from justificacion as j
    inner join informe as i on j.compromiso_id = i.compromiso_id
    inner join justificacion as k on norma(j.texto) = norma(k.texto)
    inner join informe as o on k.compromiso_id = o.compromiso_id
    where
        i.compromiso_id <> o.compromiso_id
        and i.documento = o.documento
        and i.corte = o.corte
        and i.dependencia = o.dependencia
        -- las frases hechas se repiten sin que nadie las copie
        and length(replace(norma(j.texto), ' ', '')) >= 40
    group by i.compromiso_id
)

select
    c.ejercicio,
    c.corte,
    c.dependencia,
    c.nivel,
    c.periodo,
    c.meta_clave,
    c.clave,
    c.descripcion,
    c.unidad_medida,
    c.programado,
    c.alcanzado,
    c.cumplimiento_pct,
    c.estado,
    c.etiquetas,
    c.observaciones,
    c.contradiccion_dice,
    c.contradiccion_con,
    r.tambien_en,
    c.unidad,
    c.compromiso_id,
    c.vigente_id,
    c.corte_informe,
    c.documento,
    c.pagina,
    c.renglon,
    c.certeza,
    c.preset,
    c.orden
from cumplimiento_segun($preset) as c
left join repetida as r on c.compromiso_id = r.compromiso_id
where
    c.contradiccion_dice is not null
    and c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
    and c.corte = coalesce($corte, c.corte)
    and c.dependencia = coalesce($dependencia, c.dependencia)
    and c.nivel = coalesce($nivel, c.nivel)
    and c.periodo = coalesce($periodo, c.periodo)
order by c.ejercicio, c.corte, c.dependencia, c.orden, c.periodo desc
