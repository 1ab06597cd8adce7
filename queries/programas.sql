-- ¿Cómo va el avance físico de cada programa presupuestario en el corte?
-- Grano: una fila por ejercicio, corte, dependencia, programa, nivel y periodo.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: cuenta compromisos; va al lado del dinero y nunca se mezcla con él.

with contado as (
    select
        c.ejercicio,
        c.corte,
        c.dependencia,
        c.programa_clave,
        any_value(c.programa) as programa,
        c.nivel,
        c.periodo,
        c.preset,
        indicadores(e, c.estado, c.es_esperado, c.cumplimiento_pct) as indicador
    from cumplimiento_segun($preset) as c
    inner join escala_estado as e using (estado)
    where
        c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
        and c.corte = coalesce($corte, c.corte)
        and c.dependencia = coalesce($dependencia, c.dependencia)
        and c.nivel = coalesce($nivel, c.nivel)
        and c.periodo = coalesce($periodo, c.periodo)
    group by all
)

select
    ejercicio,
    corte,
    dependencia,
    programa_clave,
    programa,
    nivel,
    periodo,
    unnest(indicador),
    preset
from contado
order by ejercicio, corte, dependencia, programa_clave, nivel desc, periodo desc
