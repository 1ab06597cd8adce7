-- ¿Qué P y qué A valen para cada compromiso del año en cada trimestre, sabido hasta un
--   corte?
-- Grano: plan_vigente, una fila por ejercicio, dependencia, meta, corte y trimestre;
--   calendario, por compromiso del año, corte, plan y trimestre; vigente, por compromiso
--   del año, corte y trimestre.
-- Cuidado: P es la del plan en vigor en ese trimestre; A, la del último informe que la
--   trae. Un blanco no borra lo que un informe anterior sí trae, y lo que un informe
--   adelanta de un trimestre que aún no cierra no cuenta.

-- Se replanea por meta con sus acciones: la unidad que ya no informa conserva su plan. El
-- plan nuevo rige desde el trimestre de su primer informe, o antes si el plan anterior ya
-- no informó esos trimestres y el nuevo sí los programa.
create table plan_vigente as
with familia as (
    select
        i.ejercicio,
        i.dependencia,
        i.meta_clave,
        i.plan,
        min(i.trimestre_corte) as primer_corte,
        max(i.trimestre_corte) as ultimo_corte,
        min(a.trimestre) filter (where a.programado is not null) as primer_programado
    from informe as i
    left join avance as a on i.compromiso_id = a.compromiso_id
    group by i.ejercicio, i.dependencia, i.meta_clave, i.plan
),

anterior as (
    select
        *,
        lag(ultimo_corte) over (
            partition by ejercicio, dependencia, meta_clave order by plan
        ) as ultimo_corte_anterior
    from familia
),

inicio as (
    select
        *,
        if(
            ultimo_corte_anterior is null,
            1,
            least(
                greatest(
                    ultimo_corte_anterior + 1, coalesce(primer_programado, primer_corte)
                ),
                greatest(primer_corte, 1)
            )
        ) as desde_trimestre
    from anterior
)

select
    c.ejercicio,
    c.dependencia,
    f.meta_clave,
    c.corte,
    t.trimestre,
    max(f.plan) filter (where f.desde_trimestre <= t.trimestre) as plan,
    max(f.plan) as ultimo_plan,
    cast(count(distinct f.plan) as integer) as planes
from corte as c
inner join inicio as f
    on
        c.ejercicio = f.ejercicio
        and c.dependencia = f.dependencia
        and c.trimestre >= f.primer_corte
cross join trimestre as t
group by c.ejercicio, c.dependencia, f.meta_clave, c.corte, t.trimestre
order by c.ejercicio, c.dependencia, c.corte, f.meta_clave, t.trimestre;

-- Lo que cada informe dice de cada trimestre, visto desde cada corte en que ya se conoce.
create temp view dicho as
select
    i.vigente_id,
    c.corte,
    i.plan,
    i.compromiso_id,
    i.trimestre_corte,
    i.documento,
    m.meta_anual,
    m.unidad_medida,
    a.trimestre,
    a.programado,
    a.alcanzado,
    a.certeza
from corte as c
inner join informe as i
    on
        c.ejercicio = i.ejercicio
        and c.dependencia = i.dependencia
        and c.trimestre >= i.trimestre_corte
inner join compromiso as m on i.compromiso_id = m.compromiso_id
inner join avance as a on i.compromiso_id = a.compromiso_id;

create table calendario as
select
    vigente_id,
    corte,
    plan,
    trimestre,
    programado,
    certeza,
    compromiso_id as programado_de
from dicho
qualify
    row_number() over (
        partition by vigente_id, corte, plan, trimestre
        order by programado is null, trimestre_corte desc, documento desc
    ) = 1
order by vigente_id, corte, plan, trimestre;

create table vigente as
with alcance as (
    select
        d.vigente_id,
        d.corte,
        d.trimestre,
        d.alcanzado,
        d.certeza,
        d.compromiso_id as alcanzado_de
    from dicho as d
    inner join ficha as f on d.vigente_id = f.vigente_id and d.corte = f.corte
    inner join plan_vigente as p
        on
            f.ejercicio = p.ejercicio
            and f.dependencia = p.dependencia
            and f.meta_clave = p.meta_clave
            and d.corte = p.corte
            and d.trimestre = p.trimestre
    where d.trimestre_corte >= d.trimestre and d.plan >= p.plan
    qualify
        row_number() over (
            partition by d.vigente_id, d.corte, d.trimestre
            order by d.alcanzado is null, d.trimestre_corte desc, d.documento desc
        ) = 1
),

de_plan as (
    select distinct
        vigente_id,
        corte,
        plan
    from calendario
)

select
    f.vigente_id,
    f.ejercicio,
    f.corte,
    f.dependencia,
    f.nivel,
    f.meta_clave,
    f.clave,
    p.trimestre,
    p.plan,
    e.es_exigible,
    de_plan.plan is not null as esta_en_plan,
    k.programado,
    if(e.es_exigible, a.alcanzado, null) as alcanzado,
    peor_certeza(k.certeza, a.certeza) as certeza,
    if(
        peor_certeza(k.certeza, a.certeza) = 'ambiguo',
        k.programado is not null and a.alcanzado is not null,
        true
    ) as es_legible,
    if(k.programado is null, null, k.programado_de) as programado_de,
    if(e.es_exigible and a.alcanzado is not null, a.alcanzado_de, null) as alcanzado_de,
    f.orden
from ficha as f
inner join plan_vigente as p
    on
        f.ejercicio = p.ejercicio
        and f.dependencia = p.dependencia
        and f.meta_clave = p.meta_clave
        and f.corte = p.corte
inner join trimestre_exigible as e
    on
        f.ejercicio = e.ejercicio
        and f.dependencia = e.dependencia
        and f.corte = e.corte
        and p.trimestre = e.trimestre
left join de_plan
    on
        f.vigente_id = de_plan.vigente_id
        and f.corte = de_plan.corte
        and p.plan = de_plan.plan
left join calendario as k
    on
        f.vigente_id = k.vigente_id
        and f.corte = k.corte
        and p.plan = k.plan
        and p.trimestre = k.trimestre
left join alcance as a
    on f.vigente_id = a.vigente_id and f.corte = a.corte and p.trimestre = a.trimestre
order by f.ejercicio, f.dependencia, f.corte, f.orden, p.trimestre;
