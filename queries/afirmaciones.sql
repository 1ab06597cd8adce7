-- ¿Qué afirman de su propio cumplimiento las observaciones impresas, y con qué palabras?
-- Grano: una fila por lo que afirman: que supera, que cumple o que no alcanza.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: palabras sale de todas las observaciones de la base; los conteos y el ejemplo,
--   de la selección. Una observación puede afirmar dos cosas y cuenta en las dos.

with frase as (
    select
        dice,
        palabras,
        count(*) as veces
    from afirmacion
    where palabras is not null
    group by dice, palabras
),

vocabulario as (
    select
        dice,
        string_agg(palabras, '; ' order by veces desc, palabras) as palabras
    from frase
    group by dice
),

dicha as (
    select
        a.dice,
        c.vigente_id,
        c.corte,
        c.dependencia,
        c.nivel,
        c.clave,
        c.observaciones,
        c.compromiso_id
    from cumplimiento_segun($preset) as c
    inner join afirmacion as a
        on c.compromiso_id = a.compromiso_id
    where
        c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
        and c.corte = coalesce($corte, c.corte)
        and c.dependencia = coalesce($dependencia, c.dependencia)
        and c.nivel = coalesce($nivel, c.nivel)
        and c.periodo = coalesce($periodo, c.periodo)
),

contada as (
    select
        dice,
        cast(count(distinct vigente_id || corte) as integer) as compromisos,
        min_by(
            struct_pack(
                dependencia := dependencia,
                nivel := nivel,
                clave := clave,
                observaciones := observaciones,
                compromiso_id := compromiso_id
            ),
            (length(observaciones), compromiso_id)
        ) as ejemplo
    from dicha
    group by dice
)

select
    v.dice,
    v.palabras,
    coalesce(c.compromisos, 0) as compromisos,
    c.ejemplo.dependencia,
    c.ejemplo.nivel,
    c.ejemplo.clave,
    c.ejemplo.observaciones,
    c.ejemplo.compromiso_id
from vocabulario as v
left join contada as c on v.dice = c.dice
order by v.dice
