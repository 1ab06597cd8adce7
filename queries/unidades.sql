-- ¿Cómo va cada unidad ejecutora y cada programa de una dependencia en el corte?
-- Grano: una fila por ejercicio, corte, dependencia, agrupacion («unidad ejecutora» o
--   «programa»), grupo, nivel y periodo.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: las dos agrupaciones reparten los mismos compromisos; no se juntan. grupo_id
--   es el nombre sin acentos ni mayúsculas, o «ninguno» si la hoja no lo imprime.

with repartido as (
    select
        c.*,
        a.agrupacion,
        if(a.agrupacion = 'programa', c.programa, c.unidad) as impreso
    from cumplimiento_segun($preset) as c
    cross join (values ('unidad ejecutora'), ('programa')) as a (agrupacion)
    where
        c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
        and c.corte = coalesce($corte, c.corte)
        and c.dependencia = coalesce($dependencia, c.dependencia)
        and c.nivel = coalesce($nivel, c.nivel)
        and c.periodo = coalesce($periodo, c.periodo)
),

contado as (
    select
        r.ejercicio,
        r.corte,
        r.dependencia,
        r.agrupacion,
        coalesce(nullif(strip_accents(lower(trim(r.impreso))), ''), 'ninguno')
            as grupo_id,
        max(r.impreso) as grupo,
        r.nivel,
        r.periodo,
        r.preset,
        indicadores(e, r.estado, r.es_esperado, r.cumplimiento_pct) as indicador
    from repartido as r
    inner join escala_estado as e using (estado)
    group by all
)

select
    ejercicio,
    corte,
    dependencia,
    agrupacion,
    grupo_id,
    grupo,
    nivel,
    periodo,
    unnest(indicador),
    preset
from contado
order by
    ejercicio, corte, dependencia, agrupacion, grupo_id, nivel desc, periodo desc
