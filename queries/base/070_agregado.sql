-- ¿Cuánto suman P y A de cada compromiso en el trimestre del corte y hasta él?
-- Grano: acumulado, una fila por compromiso del año, corte y cada trimestre exigible
--   hasta el que se acumula; agregado, una por compromiso del año, corte y periodo
--   («trimestre» o «acumulado»).
-- Cuidado: se agregan los trimestres exigibles que sí traen A («entregados»); si
--   ninguno la trae, A queda en blanco. razon_programado y razon_alcanzado son lo que
--   compara estado(): la razón de dos medias es la de sus sumas, sin redondeo.

create temp view debido as
select
    *,
    es_anomala(programado, alcanzado) as es_anomala
from vigente
where es_exigible;

-- Cada trimestre, visto desde cada trimestre hasta el que se acumula.
create temp view conjunto as
with hasta as (
    select
        d.*,
        t.trimestre as hasta
    from debido as d
    inner join trimestre as t on d.trimestre <= t.trimestre
),

cuenta as (
    select
        vigente_id,
        corte,
        hasta,
        count(*) filter (where programado > 0 and alcanzado is not null) as entregados,
        count(*) filter (where programado > 0 and alcanzado is null) as pendientes,
        count(alcanzado) as con_avance,
        coalesce(sum(alcanzado), 0) as alcanzado
    from hasta
    group by vigente_id, corte, hasta
),

marcada as (
    select
        *,
        con_avance = 0
        or (entregados = 0 and pendientes > 0 and alcanzado = 0) as nada_entregado
    from cuenta
)

select
    h.*,
    m.pendientes,
    m.nada_entregado
from hasta as h
inner join marcada as m
    on h.vigente_id = m.vigente_id and h.corte = m.corte and h.hasta = m.hasta
where h.alcanzado is not null or m.nada_entregado;

create table acumulado as
with junto as (
    select
        vigente_id,
        corte,
        hasta as trimestre,
        bool_or(nada_entregado) as nada_entregado,
        sumas(programado, alcanzado, trimestre) as s,
        max(pendientes) > 0 and not bool_or(nada_entregado) as es_incompleto,
        bool_or(es_anomala)
        or (bool_or(nada_entregado) and not bool_and(es_legible)) as es_dudoso
    from conjunto
    group by vigente_id, corte, hasta
),

con_regla as (
    select
        j.*,
        modo_acumulacion(r.regla, j.s.n_con_cifra, j.s.n_media) as modo
    from junto as j
    inner join regla_acumulacion as r on j.vigente_id = r.vigente_id and j.corte = r.corte
),

juntado as (
    select
        vigente_id,
        corte,
        trimestre,
        modo,
        if(modo = 'media', s.n_media, 1) as entre,
        -- sin modo no hay razón, pero la suma dice si hay algo que juzgar
        segun_modo(coalesce(modo, 'suma'), s.p_suma, s.p_media, s.p_ultima)
            as programado,
        if(
            nada_entregado,
            null,
            segun_modo(coalesce(modo, 'suma'), s.a_suma, s.a_media, s.a_ultima)
        ) as alcanzado,
        es_incompleto,
        es_dudoso
    from con_regla
)

select
    c.vigente_id,
    c.corte,
    c.trimestre,
    if(c.modo is null, null, c.programado / c.entre) as programado,
    if(c.modo is null, null, c.alcanzado / c.entre) as alcanzado,
    c.programado as razon_programado,
    c.alcanzado as razon_alcanzado,
    if(
        c.es_dudoso or (c.modo is null and c.programado > 0 and c.alcanzado > 0),
        false,
        true
    ) as es_legible,
    c.es_incompleto
from juntado as c
inner join corte as k on c.corte = k.corte and c.trimestre <= k.trimestre
inner join ficha as f
    on
        c.vigente_id = f.vigente_id
        and c.corte = f.corte
        and k.ejercicio = f.ejercicio
        and k.dependencia = f.dependencia
order by c.vigente_id, c.corte, c.trimestre;

create temp view anual as
with en_vigor as (
    select
        vigente_id,
        corte,
        sum(programado) as programado
    from vigente
    group by vigente_id, corte
),

ultimo as (
    select
        a.vigente_id,
        a.corte,
        max(a.plan) as plan,
        max_by(a.meta_anual, a.plan) as meta_anual,
        max_by(a.n, a.plan) as n
    from plan_anual as a
    group by a.vigente_id, a.corte
),

familia as (
    select distinct
        ejercicio,
        dependencia,
        meta_clave,
        corte,
        planes,
        ultimo_plan
    from plan_vigente
)

select
    f.vigente_id,
    f.corte,
    v.programado,
    familia.planes > 1 and f.plan_inicial < familia.ultimo_plan as es_reprogramada,
    case
        when familia.planes = 1 then u.meta_anual
        when r.regla in ('constante', 'promedio', 'último valor') then u.meta_anual
        when r.regla = 'indeterminada' and u.n > 0 then null
        -- el año son sus trimestres; si el último plan no los reparte, vale su meta
        -- entera
        when u.plan = familia.ultimo_plan and u.n = 0
            then coalesce(v.programado, 0) + u.meta_anual
        else v.programado
    end as meta_anual
from (
    select
        ficha.vigente_id,
        ficha.ejercicio,
        ficha.corte,
        ficha.dependencia,
        ficha.meta_clave,
        min(plan_anual.plan) as plan_inicial
    from ficha
    inner join plan_anual using (vigente_id, corte)
    group by all
) as f
inner join familia
    on
        f.ejercicio = familia.ejercicio
        and f.dependencia = familia.dependencia
        and f.meta_clave = familia.meta_clave
        and f.corte = familia.corte
inner join en_vigor as v on f.vigente_id = v.vigente_id and f.corte = v.corte
inner join ultimo as u on f.vigente_id = u.vigente_id and f.corte = u.corte
inner join regla_acumulacion as r on f.vigente_id = r.vigente_id and f.corte = r.corte;

create table agregado as
with ambos as (
    select
        f.vigente_id,
        f.corte,
        'trimestre' as periodo,
        coalesce(v.es_exigible, false) as es_exigible,
        coalesce(v.es_legible, true) as es_legible,
        if(v.es_exigible, v.programado, null) as programado,
        v.alcanzado,
        v.programado as razon_programado,
        v.alcanzado as razon_alcanzado,
        false as es_incompleto
    from ficha as f
    left join vigente as v
        on
            f.vigente_id = v.vigente_id
            and f.corte = v.corte
            and f.trimestre_corte = v.trimestre
    union all by name
    select
        f.vigente_id,
        f.corte,
        'acumulado' as periodo,
        a.vigente_id is not null as es_exigible,
        coalesce(a.es_legible, true) as es_legible,
        a.programado,
        a.alcanzado,
        a.razon_programado,
        a.razon_alcanzado,
        coalesce(a.es_incompleto, false) as es_incompleto
    from ficha as f
    left join acumulado as a
        on
            f.vigente_id = a.vigente_id
            and f.corte = a.corte
            and f.trimestre_corte = a.trimestre
)

select
    b.*,
    n.es_reprogramada,
    r.regla as regla_acumulacion,
    n.meta_anual,
    case
        when not a.es_legible then null
        when r.regla in ('suma', 'último valor')
            then razon_pct(n.meta_anual, a.razon_alcanzado)
        when r.regla in ('constante', 'promedio', 'única')
            then razon_pct(n.programado, a.razon_alcanzado)
    end as avance_anual_pct
from ambos as b
inner join anual as n on b.vigente_id = n.vigente_id and b.corte = n.corte
inner join regla_acumulacion as r on b.vigente_id = r.vigente_id and b.corte = r.corte
inner join ficha as f on b.vigente_id = f.vigente_id and b.corte = f.corte
left join acumulado as a
    on
        b.vigente_id = a.vigente_id
        and b.corte = a.corte
        and f.trimestre_corte = a.trimestre
order by b.vigente_id, b.corte, b.periodo desc;
