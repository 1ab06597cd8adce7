-- ¿Cuántos compromisos hay en cada estado?
-- Grano: una fila por ejercicio, corte, dependencia, nivel, periodo y estado que se
--   presenta.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: cuenta compromisos, no suma cantidades; metas y acciones se cuentan aparte.

with contado as (
    select
        ejercicio,
        corte,
        dependencia,
        nivel,
        periodo,
        estado,
        preset,
        cast(count(*) as integer) as compromisos
    from cumplimiento_segun($preset)
    where
        ejercicio = coalesce(cast($ejercicio as integer), ejercicio)
        and corte = coalesce($corte, corte)
        and dependencia = coalesce($dependencia, dependencia)
        and nivel = coalesce($nivel, nivel)
        and periodo = coalesce($periodo, periodo)
    group by all
)

select
    c.ejercicio,
    c.corte,
    c.dependencia,
    d.nombre_corto as dependencia_corta,
    c.nivel,
    c.periodo,
    c.estado,
    e.numero as estado_orden,
    e.es_evaluable,
    c.compromisos,
    cast(sum(c.compromisos) over grupo as integer) as total,
    100 * c.compromisos / sum(c.compromisos) over grupo as participacion_pct,
    c.preset
from contado as c
inner join escala_estado as e using (estado)
inner join dependencia as d using (dependencia)
window grupo as (partition by c.ejercicio, c.corte, c.dependencia, c.nivel, c.periodo)
order by c.ejercicio, c.corte, d.nombre, c.nivel desc, c.periodo desc, e.numero
