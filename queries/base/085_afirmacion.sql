-- ¿Con qué cifras se compara lo que afirma cada observación, y la contradicen?
-- Grano: afirmacion, una fila por afirmación de un compromiso impreso; contradiccion, una
--   por compromiso impreso con observación y periodo.
-- Cuidado: las cifras son las del informe que la imprime y bajo su propio plan, no las
--   del año replaneado. Vale la que más le da la razón entre las de su lapso; si alguna
--   es dudosa, ninguna.

create temp table cifra_propia as
with dicha as (
    select
        i.compromiso_id,
        i.trimestre_corte,
        d.trimestre,
        k.programado,
        d.alcanzado,
        peor_certeza(k.certeza, d.certeza) as certeza
    from informe as i
    semi join dicho_de_si as s on i.compromiso_id = s.compromiso_id
    inner join dicho as d
        on i.vigente_id = d.vigente_id and i.corte = d.corte and i.plan = d.plan
    left join calendario as k
        on
            i.vigente_id = k.vigente_id
            and i.corte = k.corte
            and i.plan = k.plan
            and d.trimestre = k.trimestre
    where d.trimestre_corte >= d.trimestre
    qualify
        row_number() over (
            partition by i.compromiso_id, d.trimestre
            order by d.alcanzado is null, d.trimestre_corte desc, d.documento desc
        ) = 1
)

select
    *,
    programado > 0 and alcanzado is null and trimestre = trimestre_corte as falta,
    certeza = 'ambiguo' or es_anomala(programado, alcanzado) as es_dudosa
from dicha;

create temp table cifra as
with junto as (
    select
        compromiso_id,
        sumas(programado, alcanzado, trimestre) as s,
        bool_or(es_dudosa) as es_dudosa
    from cifra_propia
    where alcanzado is not null
    group by compromiso_id
),

falta as (
    select
        compromiso_id,
        bool_or(falta) as falta
    from cifra_propia
    group by compromiso_id
),

con_modo as (
    select
        j.*,
        i.vigente_id,
        i.corte,
        i.plan,
        j.es_dudosa or falta.falta as no_juzga,
        coalesce(c.regla, a.regla) as regla,
        a.meta_anual,
        modo_acumulacion(coalesce(c.regla, a.regla), j.s.n_con_cifra, j.s.n_media)
            as modo,
        p.planes > 1 as es_replaneado
    from junto as j
    inner join falta on j.compromiso_id = falta.compromiso_id
    inner join informe as i on j.compromiso_id = i.compromiso_id
    inner join plan_anual as a
        on i.vigente_id = a.vigente_id and i.corte = a.corte and i.plan = a.plan
    inner join plan_vigente as p
        on
            i.ejercicio = p.ejercicio
            and i.dependencia = p.dependencia
            and i.meta_clave = p.meta_clave
            and i.corte = p.corte
            and i.trimestre_corte = p.trimestre
    left join regla_confirmada as c
        on
            i.ejercicio = c.ejercicio
            and i.dependencia = c.dependencia
            and i.meta_clave = c.meta_clave
            and i.clave = c.clave
),

hasta_el_corte as (
    select
        *,
        if(modo = 'media', s.n_media, 1) as entre,
        segun_modo(modo, s.p_suma, s.p_media, s.p_ultima) as programado,
        segun_modo(modo, s.a_suma, s.a_media, s.a_ultima) as alcanzado
    from con_modo
),

plan_repartido as (
    select
        vigente_id,
        corte,
        plan,
        sum(programado) as suma,
        count(*) filter (where programado > 0) as n_media
    from calendario
    group by vigente_id, corte, plan
),

del_anio as (
    select
        h.*,
        if(h.modo = 'media', r.n_media, 1) as entre_anual,
        case
            when h.regla in ('suma', 'último valor') then h.meta_anual
            when h.regla <> 'indeterminada' then r.suma
        end as programado_anual
    from hasta_el_corte as h
    inner join plan_repartido as r
        on h.vigente_id = r.vigente_id and h.corte = r.corte and h.plan = r.plan
)

select
    compromiso_id,
    'trimestre' as lapso,
    trimestre,
    trimestre <> trimestre_corte as es_otro_trimestre,
    programado,
    alcanzado,
    1 as entre,
    es_dudosa,
    false as es_replaneado
from cifra_propia
where (programado > 0 and alcanzado is not null) or es_dudosa
union all
select
    compromiso_id,
    'acumulado' as lapso,
    null as trimestre,
    false as es_otro_trimestre,
    programado,
    alcanzado,
    entre,
    no_juzga as es_dudosa,
    es_replaneado
from del_anio
where programado > 0
union all
select
    compromiso_id,
    'anual' as lapso,
    null as trimestre,
    false as es_otro_trimestre,
    programado_anual as programado,
    alcanzado,
    entre_anual as entre,
    no_juzga as es_dudosa,
    es_replaneado
from del_anio
where programado_anual > 0 and alcanzado is not null;

create temp macro cifra_escrita(n) as (
    regexp_replace(format('{:,.2f}', cast(n as double)), '\.?0+$', '')
);

-- A un decimal y sin tocar ni cruzar un medio punto que la cifra exacta no toca, donde
-- puede haber un umbral; así la escribe también la página. 89.96 no es 90.
create temp macro pct_escrito(pct) as (
    cifra_escrita(
        case
            when pct < round(pct * 2) / 2 and round(pct * 2) / 2 <= round(pct, 1)
                then floor(pct * 10) / 10
            when round(pct, 1) <= round(pct * 2) / 2 and round(pct * 2) / 2 < pct
                then ceil(pct * 10) / 10
            else round(pct, 1)
        end
    )
);

create temp view cifra_dicha as
select
    c.*,
    concat(
        case
            when c.lapso = 'trimestre' and c.es_otro_trimestre
                then concat('en el ', lower(t.nombre), ' alcanzó ')
            when c.lapso = 'trimestre' then 'en el trimestre alcanzó '
            when c.es_replaneado then 'en su propio plan lleva '
            when c.lapso = 'acumulado' then 'van '
            else 'lleva '
        end,
        cifra_escrita(c.alcanzado / c.entre),
        ' de ',
        cifra_escrita(c.programado / c.entre),
        case
            when c.lapso = 'trimestre' then ' programados'
            when c.lapso = 'anual' then ' de la meta anual'
            when not c.es_replaneado then ' programados al corte'
            else ''
        end,
        ' (', pct_escrito(razon_pct(c.programado, c.alcanzado)), ' %)'
    ) as texto
from cifra as c
left join trimestre as t on c.trimestre = t.trimestre;

create table afirmacion as
with comparada as (
    select
        s.*,
        c.lapso,
        c.programado,
        c.alcanzado,
        c.texto,
        bool_or(c.es_dudosa) over (
            partition by s.compromiso_id, s.lugar, s.es_causa
        ) as es_dudosa,
        exacto(c.alcanzado) / nullif(exacto(c.programado), 0) as razon
    from dicho_de_si as s
    inner join cifra_dicha as c
        on
            s.compromiso_id = c.compromiso_id
            and case s.alcance
                when 'trimestre' then c.lapso = 'trimestre' and c.trimestre = s.trimestre
                when 'acumulado' then c.lapso = 'acumulado'
                when 'anual' then c.lapso in ('acumulado', 'anual')
                when 'cualquiera' then not c.es_otro_trimestre
                else c.lapso <> 'anual' and not c.es_otro_trimestre
            end
),

-- La misma cifra puede ser la del trimestre, la del corte y la del año.
distinta as (
    select *
    from comparada
    where not es_dudosa
    qualify
        row_number() over (
            partition by compromiso_id, lugar, es_causa, programado, alcanzado
            order by lapso
        ) = 1
)

select
    compromiso_id,
    cast(lugar * 2 + if(es_causa, 1, 0) as integer) as orden,
    dice,
    alcance,
    palabras,
    if(
        dice = 'no_alcanza', min_by(programado, razon), max_by(programado, razon)
    ) as programado,
    if(dice = 'no_alcanza', min_by(alcanzado, razon), max_by(alcanzado, razon))
        as alcanzado,
    string_agg(texto, ' y ' order by lapso desc) as cifras,
    if(
        dice = 'no_alcanza' and alcance = 'sin decirlo',
        max(programado) filter (where lapso = 'acumulado'), null
    ) as programado_al_corte,
    if(
        dice = 'no_alcanza' and alcance = 'sin decirlo',
        max(alcanzado) filter (where lapso = 'acumulado'), null
    ) as alcanzado_al_corte,
    max(texto) filter (where lapso = 'acumulado') as cifras_al_corte
from distinta
group by compromiso_id, lugar, es_causa, dice, alcance, palabras
order by compromiso_id, orden;

-- Lo que puede contradecir. Un «se cumplió» depende además de la banda, y también el «no
-- se alcanza» que solo choca con lo hecho hasta el corte: es falso si eso ya pasa de la
-- banda, aunque este trimestre quedara corto; del trimestre, en cambio, dice la verdad.
-- si_esta son los estados con que contradice; en blanco, con cualquiera.
create table contradiccion as
with juzgada as (
    select
        *,
        if(dice = 'no_alcanza', alcanzado > programado, alcanzado < programado)
            as contradice
    from afirmacion
)

select
    o.compromiso_id,
    p.periodo,
    list(
        {
            'palabras': j.palabras,
            'cifras': if(j.contradice, j.cifras, j.cifras_al_corte),
            'si_esta': case
                when not j.contradice then ['Sobrecumple', 'Meta subestimada']
                when j.dice = 'cumple' then ['Sin avance', 'Crítico', 'En riesgo']
            end,
            'programado': if(j.contradice, j.programado, j.programado_al_corte),
            'alcanzado': if(j.contradice, j.alcanzado, j.alcanzado_al_corte)
        }
        order by j.orden
    ) filter (where j.compromiso_id is not null) as partes
from justificacion as o
cross join (values ('trimestre'), ('acumulado')) as p (periodo)
left join juzgada as j
    on
        o.compromiso_id = j.compromiso_id
        and (
            j.contradice
            or (p.periodo = 'acumulado' and j.alcanzado_al_corte > j.programado_al_corte)
        )
group by o.compromiso_id, p.periodo
order by o.compromiso_id, p.periodo;
