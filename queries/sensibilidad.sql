-- ¿Qué compromisos cambian de estado según los umbrales, y cuáles nunca?
-- Grano: una fila por compromiso en vigor, corte, periodo y juego de umbrales: los
--   presets y, si se dan umbrales propios, también esos.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos); $preset
--   (crítico-mínimo-máximo-subestimada para agregar umbrales propios)
-- Cuidado: las cifras son las mismas con todos los umbrales; solo cambia cómo se llaman.

with juego as (
    select
        *,
        false as es_propio
    from umbral
    union all by name
    select
        * exclude (orden),
        99 as orden
    from umbral_elegido($preset)
    where es_propio
),

clasificado as (
    select
        c.ejercicio,
        c.corte,
        c.dependencia,
        c.nivel,
        c.meta_clave,
        c.clave,
        c.periodo,
        c.descripcion,
        c.unidad_medida,
        c.programado,
        c.alcanzado,
        c.cumplimiento_pct,
        j.preset,
        j.es_propio,
        j.orden as preset_orden,
        estado(
            g.es_exigible, g.es_legible, g.razon_programado, g.razon_alcanzado, j
        ) as estado,
        c.vigente_id,
        c.compromiso_id,
        c.pagina,
        c.renglon,
        c.orden
    from cumplimiento as c
    inner join agregado as g
        on
            c.vigente_id = g.vigente_id
            and c.corte = g.corte
            and c.periodo = g.periodo
    cross join juego as j
    where
        c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
        and c.corte = coalesce($corte, c.corte)
        and c.dependencia = coalesce($dependencia, c.dependencia)
        and c.nivel = coalesce($nivel, c.nivel)
        and c.periodo = coalesce($periodo, c.periodo)
)

select
    * exclude (orden),
    min(estado) over este <> max(estado) over este as cambia
from clasificado
window este as (partition by vigente_id, corte, periodo)
order by ejercicio, corte, dependencia, orden, periodo desc, preset_orden
