-- ¿Qué compromisos había y qué se había informado de ellos en cada corte?
-- Grano: informe, una fila por compromiso impreso en un informe; corte, una por
--   ejercicio, dependencia y corte; ficha, una por compromiso del año y corte, con su
--   informe más reciente; trimestre_exigible, una por ejercicio, dependencia, corte y
--   trimestre.
-- Cuidado: un compromiso del año es el mismo aunque lo impriman varios informes; lo une
--   vigente_id (ejercicio/dependencia/meta/clave). El corte T0 es solo plan.

create view informe as
select
    compromiso_id,
    documento,
    ejercicio,
    corte,
    cast(regexp_extract(corte, 'T([0-4])$', 1) as integer) as trimestre_corte,
    plan,
    dependencia,
    nivel,
    meta_clave,
    clave,
    concat_ws('/', ejercicio, dependencia, meta_clave, clave) as vigente_id
from compromiso;

create table corte as
select
    i.ejercicio,
    i.dependencia,
    i.corte,
    i.trimestre_corte as trimestre,
    string_agg(distinct i.documento, ', ' order by i.documento) as documentos,
    cast(
        count(distinct i.vigente_id) filter (where i.nivel = 'meta') as integer
    ) as metas,
    cast(
        count(distinct i.vigente_id) filter (where i.nivel = 'accion') as integer
    ) as acciones,
    max(i.plan) as plan,
    coalesce(bool_or(a.alcanzado is not null), false) as tiene_avance
from informe as i
left join avance as a
    on i.compromiso_id = a.compromiso_id and i.trimestre_corte >= a.trimestre
group by i.ejercicio, i.dependencia, i.corte, i.trimestre_corte
order by i.ejercicio, i.dependencia, i.corte;

-- Un plan (T0) que no comparte ninguna clave con los informes del año está numerado de
-- otro modo: no se arrastra a ellos, porque todo él parecería sin reporte.
create table ficha as
with comparable as (
    select distinct
        ejercicio,
        dependencia
    from (
        select
            ejercicio,
            dependencia,
            vigente_id
        from informe
        group by ejercicio, dependencia, vigente_id
        having min(trimestre_corte) = 0 and max(trimestre_corte) > 0
    ) as seguido
)

select
    i.vigente_id,
    i.ejercicio,
    c.corte,
    c.trimestre as trimestre_corte,
    i.dependencia,
    i.nivel,
    i.meta_clave,
    i.clave,
    i.compromiso_id,
    i.corte as corte_informe,
    concat(
        orden_clave(i.meta_clave), ' ', if(i.nivel = 'meta', '', orden_clave(i.clave))
    ) as orden
from corte as c
inner join informe as i
    on
        c.ejercicio = i.ejercicio
        and c.dependencia = i.dependencia
        and c.trimestre >= i.trimestre_corte
left join comparable as s
    on c.ejercicio = s.ejercicio and c.dependencia = s.dependencia
where i.trimestre_corte > 0 or c.trimestre = 0 or s.ejercicio is not null
qualify
    row_number() over (
        partition by i.vigente_id, c.corte
        order by i.trimestre_corte desc, i.documento desc
    ) = 1
order by i.ejercicio, i.dependencia, c.corte, orden;

-- Un trimestre es exigible si ya cerró en el corte y algún compromiso del documento lo
-- informa: si nadie lo informa, el documento todavía no lo trae y el blanco no es una
-- falta.
create table trimestre_exigible as
with informado as (
    select distinct
        i.documento,
        i.ejercicio,
        i.trimestre_corte,
        a.trimestre
    from informe as i
    inner join avance as a
        on i.compromiso_id = a.compromiso_id and i.trimestre_corte >= a.trimestre
    where a.alcanzado is not null or a.alcanzado_impreso is not null
),

del_corte as (
    select distinct
        c.ejercicio,
        c.dependencia,
        c.corte,
        d.trimestre
    from corte as c
    inner join informe as i
        on
            c.ejercicio = i.ejercicio
            and c.dependencia = i.dependencia
            and c.trimestre >= i.trimestre_corte
    inner join informado as d
        on
            i.documento = d.documento
            and i.ejercicio = d.ejercicio
            and c.trimestre >= d.trimestre_corte
)

select
    c.ejercicio,
    c.dependencia,
    c.corte,
    t.trimestre,
    t.trimestre <= c.trimestre and d.trimestre is not null as es_exigible
from corte as c
cross join trimestre as t
left join del_corte as d
    on
        c.ejercicio = d.ejercicio
        and c.dependencia = d.dependencia
        and c.corte = d.corte
        and t.trimestre = d.trimestre
order by c.ejercicio, c.dependencia, c.corte, t.trimestre;
