-- ¿Qué tan bien cumple cada dependencia en el corte?
-- Grano: una fila por ejercicio, corte, dependencia, nivel y periodo.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: en_banda_pct es Cumple / evaluables; indice_acotado_pct, la media de min(c,
--   100 %) sobre evaluables, que es su n; nunca se lee sin excedidos_pct. Un grupo sin
--   evaluables no tiene porcentaje, no tiene cero.

with contado as (
    select
        c.ejercicio,
        c.corte,
        c.dependencia,
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
    c.ejercicio,
    c.corte,
    c.dependencia,
    d.nombre_corto as dependencia_corta,
    c.nivel,
    c.periodo,
    unnest(c.indicador),
    c.preset
from contado as c
inner join dependencia as d using (dependencia)
order by c.ejercicio, c.corte, d.nombre, c.nivel desc, c.periodo desc
