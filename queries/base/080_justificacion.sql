-- ¿Qué afirma la observación de cada compromiso sobre su propio cumplimiento?
-- Grano: justificacion, una fila por compromiso impreso con texto en observaciones;
--   dicho_de_si, por cada pedazo de ese texto que afirma algo.
-- Parámetros: ninguno; los patrones son los de data/justificacion.yml.
-- Cuidado: ante la duda no afirma. Lo que se dice de otro compromiso o de un lapso que
--   ninguna cifra mide no cuenta; si dos pedazos se contradicen entre sí, ninguno.

set variable frases = (
    with clase as (
        select
            dice,
            string_agg(concat('(?:', patron, ')'), '|') as patron
        from frase_justificacion
        group by dice
    )

    select map_from_entries(list((dice, patron))) from clase
);

-- Todos los patrones de una clase en uno, que así se compila una vez. Una clase sin
-- patrones no casa con nada.
create temp macro frase(clase) as (
    coalesce(getvariable('frases')[clase], '()[^\x00-\x{10FFFF}]')
);

create temp macro hallar(texto, clase) as (
    nullif(trim(regexp_extract(texto, frase(clase)), ' ,;:()"¦'), '')
);

create temp macro borrar(texto, clase) as (
    regexp_replace(regexp_replace(texto, frase(clase), ' ¦ ', 'g'), ' +', ' ', 'g')
);

-- texto conserva el largo de lo impreso: la misma posición lleva a las mismas palabras.
create table justificacion as
with junta as (
    select
        compromiso_id,
        trim(regexp_replace(nfc_normalize(observaciones), '\s+', ' ', 'g')) as impreso
    from compromiso
    where regexp_matches(coalesce(observaciones, ''), '[[:alpha:]]')
)

select
    compromiso_id,
    impreso,
    strip_accents(lower(impreso)) as texto
from junta
order by compromiso_id;

create temp table pedazo as
with partido as (
    select
        compromiso_id,
        string_split(
            regexp_replace(
                regexp_replace(texto, frase('separa'), chr(10), 'g'),
                frase('separa_antes'), chr(10) || '\1', 'g'
            ),
            chr(10)
        ) as partes
    from justificacion
),

oracion as (
    select
        compromiso_id,
        unnest(partes) as oracion,
        generate_subscripts(partes, 1) as lugar
    from partido
),

-- Una causa al principio llega hasta la coma; después, hasta el final.
con_causa as (
    select
        compromiso_id,
        lugar,
        trim(oracion) as oracion,
        regexp_extract(
            trim(oracion), concat('^(?:y )?(?:', frase('causa'), ')[^,]*,')
        ) as antes
    from oracion
),

partida as (
    select
        compromiso_id,
        lugar,
        antes,
        substr(oracion, length(antes) + 1) as resto,
        regexp_extract(
            substr(oracion, length(antes) + 1), concat('(?:', frase('causa'), ').*$')
        ) as despues
    from con_causa
),

suelto as (
    select
        compromiso_id,
        lugar,
        false as es_causa,
        left(resto, length(resto) - length(despues)) as texto
    from partida
    union all
    select
        compromiso_id,
        lugar,
        true as es_causa,
        regexp_replace(
            unnest([antes, despues]),
            concat('^(?:y )?(?:', frase('causa'), ')(?: que)?'), ''
        ) as texto
    from partida
)

select
    s.compromiso_id,
    s.lugar,
    s.es_causa,
    concat(' ', trim(s.texto), ' ') as texto,
    i.trimestre_corte,
    i.documento,
    i.corte,
    i.dependencia,
    i.nivel,
    i.clave
from suelto as s
inner join informe as i on s.compromiso_id = i.compromiso_id
where s.texto <> '';

create temp table hallado as
with limpio as (
    select
        *,
        borrar(texto, 'no_es_afirmacion') as afirmado
    from pedazo
),

negado as (
    select
        *,
        coalesce(
            hallar(texto, 'no_alcanza_con_proposito'), hallar(afirmado, 'no_alcanza')
        ) as no_alcanza,
        hallar(afirmado, 'no_alcanza_debil') as no_alcanza_debil
    from limpio
),

sin_negar as (
    select
        *,
        borrar(
            if(no_alcanza is null, afirmado, replace(afirmado, no_alcanza, '¦')), 'niega'
        ) as resto
    from negado
),

buscado as (
    select
        *,
        hallar(resto, 'supera') as supera,
        hallar(resto, 'porcentaje') as porcentaje,
        hallar(resto, 'cumple') as cumple,
        hallar(resto, 'cumple_debil') as cumple_debil
    from sin_negar
),

medido as (
    select
        *,
        try_cast(
            replace(
                regexp_extract(porcentaje, '(\d+(?:[.,]\d+)?) ?(?:%|por)', 1), ',', '.'
            ) as double
        ) as pct
    from buscado
)

select
    compromiso_id,
    lugar,
    es_causa,
    texto,
    trimestre_corte,
    documento,
    corte,
    dependencia,
    nivel,
    clave,
    case
        when no_alcanza is not null and supera is not null then null
        when no_alcanza is not null then 'no_alcanza'
        when supera is not null then 'supera'
        when pct < 100 then 'no_alcanza'
        when pct > 100 then 'supera'
        when pct = 100 then 'cumple'
        when cumple is not null then 'cumple'
        when no_alcanza_debil is not null then 'no_alcanza'
        when cumple_debil is not null then 'cumple'
    end as dice,
    coalesce(
        no_alcanza, supera, porcentaje, cumple, no_alcanza_debil, cumple_debil
    ) as palabras,
    no_alcanza is null and supera is null and pct is not null as es_porcentaje,
    if(coalesce(no_alcanza, supera, porcentaje, cumple) is null, 1, 0)
    + if(es_causa, 2, 0) as debilidad
from medido;

create temp table dicho_de_si as
with fechado as (
    select
        *,
        regexp_replace(texto, frase('alcance_no_es'), ' ', 'g') as lapso
    from hallado
    where dice is not null
),

con_trimestres as (
    select
        *,
        list_filter(
            [1, 2, 3, 4],
            lambda t: regexp_matches(lapso, frase(concat('trimestre_', t)))
        ) as nombrados
    from fechado
),

con_alcance as (
    select
        *,
        case
            when regexp_matches(lapso, frase('alcance_meta_anual')) then 'anual'
            when
                regexp_matches(lapso, frase('ajeno'))
                or len(nombrados) > 1
                or (
                    regexp_matches(lapso, frase('alcance_acumulado'))
                    and nombrados[1] <> trimestre_corte
                )
                then 'ajeno'
            when regexp_matches(lapso, frase('alcance_acumulado')) then 'acumulado'
            when regexp_matches(lapso, frase('alcance_trimestre')) then 'trimestre'
            when regexp_matches(lapso, frase('alcance_anual')) then 'anual'
            when es_porcentaje then 'cualquiera'
            else 'sin decirlo'
        end as alcance
    from con_trimestres
),

propio as (
    select
        a.*,
        a.dice <> 'no_alcanza' as a_favor
    from con_alcance as a
    left join informe as o
        on
            a.documento = o.documento
            and a.corte = o.corte
            and a.dependencia = o.dependencia
            and a.clave <> o.clave
            and o.clave = regexp_extract(a.texto, frase('numero_de_otro'), 1)
    where
        a.alcance <> 'ajeno'
        and o.compromiso_id is null
        and not (
            a.nivel = 'meta'
            and regexp_matches(a.texto, frase('ajeno_a_una_meta'))
            and not regexp_matches(a.texto, frase('propio_de_una_meta'))
        )
    qualify a.debilidad = min(a.debilidad) over (partition by a.compromiso_id)
),

-- «No se logró en el periodo, pero la meta se superó»: la que no dice de cuándo habla se
-- opone a la otra, así que habla del otro lapso.
opuesto as (
    select
        compromiso_id,
        not a_favor as a_favor,
        list(alcance) as alcances
    from propio
    group by compromiso_id, a_favor
),

contrastado as (
    select
        a.* exclude (alcance),
        case
            when a.alcance <> 'sin decirlo' then a.alcance
            when list_contains(o.alcances, 'anual') then 'trimestre'
            when list_contains(o.alcances, 'trimestre') then 'anual'
            else a.alcance
        end as alcance
    from propio as a
    left join opuesto as o
        on a.compromiso_id = o.compromiso_id and a.a_favor = o.a_favor
),

situado as (
    select
        *,
        if(alcance = 'trimestre', coalesce(nombrados[1], trimestre_corte), null)
            as trimestre,
        -- un porcentaje suelto tampoco dice de cuándo es
        if(alcance = 'cualquiera', 'sin decirlo', alcance) as cuando
    from contrastado
)

select
    a.compromiso_id,
    a.lugar,
    a.es_causa,
    a.dice,
    a.alcance,
    a.trimestre,
    if(
        length(j.impreso) = length(j.texto) and strpos(j.texto, a.palabras) > 0,
        substr(j.impreso, strpos(j.texto, a.palabras), length(a.palabras)),
        a.palabras
    ) as palabras
from situado as a
inner join justificacion as j on a.compromiso_id = j.compromiso_id
anti join situado as o
    on
        a.compromiso_id = o.compromiso_id
        and a.cuando = o.cuando
        and a.trimestre is not distinct from o.trimestre
        and a.a_favor <> o.a_favor;
