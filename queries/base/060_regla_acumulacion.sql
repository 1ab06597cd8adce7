-- ¿Cómo se junta lo de varios trimestres de un compromiso?
-- Grano: plan_anual, una fila por compromiso del año, corte y plan; regla_acumulacion,
--   una por compromiso del año y corte.
-- Cuidado: la regla se infiere solo de P y de la meta anual (origen «inferida»), salvo
--   la que alguien confirmó en data/catalogos/regla_acumulacion.csv. Sin regla no hay
--   razón que calcular.

-- suma: ΣP = meta anual (con 1 % de holgura por erratas), o ΣP no llega porque falta
-- alguna P.
-- constante: toda P = meta anual, sin contar los trimestres con 0. último valor: P crece
-- hasta la meta. promedio: la media de P es la meta. única: una sola P distinta de cero.
-- indeterminada: nada de lo anterior.
create table plan_anual as
with junto as (
    select
        vigente_id,
        corte,
        plan,
        cast(count(programado) as integer) as n,
        cast(count(programado) filter (where programado > 0) as integer) as n_positivas,
        sum(programado) as suma,
        min(programado) filter (where programado > 0) as minima,
        max(programado) as maxima,
        avg(programado) as media,
        max_by(programado, trimestre) filter (where trimestre = 4) as ultima
    from calendario
    group by vigente_id, corte, plan
),

meta as (
    select
        vigente_id,
        corte,
        plan,
        max_by(meta_anual, (trimestre_corte, documento)) filter (
            where meta_anual is not null
        ) as meta_anual,
        list_sort(
            list(distinct norma(unidad_medida)) filter (where unidad_medida is not null)
        ) as unidades
    from dicho
    group by vigente_id, corte, plan
)

select
    vigente_id,
    corte,
    plan,
    meta.meta_anual,
    meta.unidades,
    junto.n,
    junto.suma,
    case
        when junto.n = 0 then null
        when abs(junto.suma - meta.meta_anual) <= 0.01 * meta.meta_anual then 'suma'
        when
            junto.n < 4
            and junto.maxima < meta.meta_anual
            and junto.suma < meta.meta_anual
            then 'suma'
        when
            junto.n_positivas >= 2
            and junto.minima = meta.meta_anual
            and junto.maxima = meta.meta_anual
            then 'constante'
        when junto.n_positivas = 1 then 'única'
        when
            junto.n >= 2
            and junto.ultima = meta.meta_anual
            and junto.maxima = junto.ultima
            then 'último valor'
        when abs(junto.media - meta.meta_anual) <= 0.001 * meta.meta_anual then 'promedio'
        else 'indeterminada'
    end as regla
from junto
inner join meta using (vigente_id, corte, plan)
order by vigente_id, corte, plan;

create table regla_acumulacion as
with entre_planes as (
    select
        vigente_id,
        corte,
        list_sort(list(distinct regla) filter (where regla is not null)) as reglas,
        -- dos planes que no comparten unidad de medida no se suman
        coalesce(
            list_has_any(min_by(unidades, plan), max_by(unidades, plan)), true
        ) as misma_unidad
    from plan_anual
    group by vigente_id, corte
)

select
    e.vigente_id,
    e.corte,
    coalesce(
        c.regla,
        if(len(e.reglas) = 1 and e.misma_unidad, e.reglas[1], 'indeterminada')
    ) as regla,
    if(c.regla is null, 'inferida', 'confirmada') as origen,
    c.motivo
from entre_planes as e
inner join ficha as f on e.vigente_id = f.vigente_id and e.corte = f.corte
left join regla_confirmada as c
    on
        f.ejercicio = c.ejercicio
        and f.dependencia = c.dependencia
        and f.meta_clave = c.meta_clave
        and f.clave = c.clave
order by e.vigente_id, e.corte;
