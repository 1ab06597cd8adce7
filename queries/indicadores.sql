-- ¿Qué tan bien cumple cada dependencia en el corte?
-- Grano: una fila por ejercicio, corte, dependencia, nivel y periodo.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: en_banda_pct es Cumple / evaluables; indice_acotado_pct, la media de min(c,
--   100 %) sobre evaluables, que es su n; nunca se lee sin excedidos_pct. Un grupo sin
--   evaluables no tiene porcentaje, no tiene cero.

with clasificado as (
    select
        c.*,
        e.es_evaluable,
        e.en_banda,
        e.es_exceso,
        c.estado <> 'Aún no exigible' and c.programado > 0 as se_esperaba
    from cumplimiento_segun($preset) as c
    inner join escala_estado as e using (estado)
    where
        c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
        and c.corte = coalesce($corte, c.corte)
        and c.dependencia = coalesce($dependencia, c.dependencia)
        and c.nivel = coalesce($nivel, c.nivel)
        and c.periodo = coalesce($periodo, c.periodo)
),

contado as (
    select
        ejercicio,
        corte,
        dependencia,
        nivel,
        periodo,
        preset,
        cast(count(*) as integer) as total,
        cast(count_if(es_evaluable) as integer) as evaluables,
        cast(count_if(en_banda) as integer) as cumplen,
        cast(
            count_if(es_evaluable and not en_banda and not es_exceso) as integer
        ) as debajo,
        cast(count_if(es_exceso) as integer) as excedidos,
        cast(count_if(se_esperaba) as integer) as esperados,
        cast(count_if(se_esperaba and estado <> 'Sin reporte') as integer) as reportados,
        avg(least(cumplimiento_pct, 100)) filter (where es_evaluable)
            as indice_acotado_pct
    from clasificado
    group by all
)

select
    c.ejercicio,
    c.corte,
    c.dependencia,
    d.nombre_corto as dependencia_corta,
    c.nivel,
    c.periodo,
    c.total,
    c.evaluables,
    c.cumplen,
    c.debajo,
    c.excedidos,
    100 * c.cumplen / nullif(c.evaluables, 0) as en_banda_pct,
    c.indice_acotado_pct,
    100 * c.excedidos / nullif(c.evaluables, 0) as excedidos_pct,
    c.esperados,
    c.reportados,
    100 * c.reportados / nullif(c.esperados, 0) as cobertura_pct,
    c.preset
from contado as c
inner join dependencia as d using (dependencia)
order by c.ejercicio, c.corte, d.nombre, c.nivel desc, c.periodo desc
