-- ¿Qué dice la observación de cada compromiso sobre su propio cumplimiento?
-- Grano: una fila por compromiso impreso con texto en observaciones.
-- Cuidado: busca las frases de data/umbrales.yml; un texto que dice las dos cosas (no
--   alcanzó el trimestre pero superó el año) no contradice a nadie, y lo que no se
--   reconoce tampoco.

create table justificacion as
with limpia as (
    select
        compromiso_id,
        norma(observaciones) as texto
    from compromiso
    where regexp_matches(coalesce(observaciones, ''), '[[:alpha:]]')
),

negada as (
    select string_agg(patron, '|') as patron
    from frase_justificacion
    where dice in ('niega_exceso', 'dice_que_no_alcanza')
),

afirmada as (
    select
        l.compromiso_id,
        l.texto,
        if(
            n.patron is null, l.texto, regexp_replace(l.texto, n.patron, ' ', 'g')
        ) as sin_negar
    from limpia as l
    cross join negada as n
),

hallada as (
    select
        a.compromiso_id,
        f.dice,
        bool_or(
            regexp_matches(
                if(f.dice = 'dice_que_no_alcanza', a.texto, a.sin_negar), f.patron
            )
        ) as se_halla
    from afirmada as a
    cross join frase_justificacion as f
    group by a.compromiso_id, f.dice
),

dichos as (
    select
        compromiso_id,
        bool_or(se_halla) filter (where dice = 'dice_que_supera') as supera,
        bool_or(se_halla) filter (where dice = 'dice_que_no_alcanza') as no_alcanza,
        bool_or(se_halla) filter (where dice = 'dice_que_cumple') as cumple
    from hallada
    group by compromiso_id
)

select
    l.compromiso_id,
    coalesce(d.supera and not d.no_alcanza, false) as dice_que_supera,
    coalesce(d.no_alcanza and not d.supera and not d.cumple, false)
        as dice_que_no_alcanza,
    coalesce(d.cumple and not d.no_alcanza and not d.supera, false) as dice_que_cumple
from limpia as l
left join dichos as d using (compromiso_id)
order by l.compromiso_id;
