-- ¿Qué compromiso de un plan es el mismo que otro de un plan posterior?
-- Grano: eslabon, una fila por compromiso de un plan (ejercicio.plan/dependencia/meta/
--   clave); eslabon_trimestre, por eslabón y trimestre; lapso_meta, por plan y meta;
--   linaje, por renglón de data/catalogos/linaje.csv; enlace, por enlace cuyos dos
--   eslabones existen; hilo_de, por eslabón; hilo, por hilo; palabra, por eslabón y raíz.
-- Cuidado: solo se unen en una línea dos eslabones de la misma dependencia y unidad de
--   medida cuyo enlace alguien confirmó como «misma» o «reformulada». Lo dividido, lo
--   fusionado, lo que cambia de unidad y lo afín se ven juntos, cada cual en su línea.

create table eslabon as
with del_anio as (
    select
        ejercicio,
        dependencia,
        max(corte) as corte
    from corte
    group by ejercicio, dependencia
),

-- El plan municipal de las líneas que declara; el que no declara, el de su meta.
declarado as (
    select
        i.vigente_id,
        i.plan,
        i.ejercicio,
        i.dependencia,
        i.meta_clave,
        mode(a.pmd) as pmd
    from informe as i
    left join alineacion as a on i.compromiso_id = a.compromiso_id
    group by i.vigente_id, i.plan, i.ejercicio, i.dependencia, i.meta_clave
),

responde as (
    select
        vigente_id,
        plan,
        coalesce(
            pmd, mode(pmd) over (partition by ejercicio, dependencia, meta_clave, plan)
        ) as pmd
    from declarado
),

-- Los informes de un plan repiten el texto; el OCR recorta alguno: se toma el más largo.
texto as (
    select
        i.vigente_id,
        i.plan,
        i.compromiso_id,
        m.descripcion,
        m.documento,
        m.pagina,
        m.renglon
    from informe as i
    inner join compromiso as m on i.compromiso_id = m.compromiso_id
    qualify
        row_number() over (
            partition by i.vigente_id, i.plan
            order by coalesce(length(m.descripcion), 0) desc, i.trimestre_corte desc
        ) = 1
),

-- De las maneras de imprimir una misma unidad, la que lleva acentos y va en singular.
unidad as (
    select
        en_singular(unidad_medida) as unidad_comparable,
        arg_min(
            unidad_medida,
            (strip_accents(unidad_medida) = unidad_medida, length(unidad_medida))
        ) as escrita
    from compromiso
    where unidad_medida is not null
    group by en_singular(unidad_medida)
)

select
    concat_ws(
        '/', concat(i.ejercicio, '.', i.plan), i.dependencia, i.meta_clave, i.clave
    ) as eslabon,
    i.ejercicio,
    i.plan,
    i.dependencia,
    i.nivel,
    i.meta_clave,
    i.clave,
    t.descripcion,
    u.escrita as unidad_medida,
    u.unidad_comparable,
    m.meta_anual,
    m.certeza,
    t.compromiso_id,
    i.vigente_id,
    t.documento,
    i.corte as corte_informe,
    d.corte,
    t.pagina,
    t.renglon,
    coalesce(r.pmd, p.pmd) as pmd_declarado,
    p.pmd,
    p.ayuntamiento,
    d.corte like '%T0' as es_solo_plan,
    right(d.corte, 1) not in ('0', '4') as es_incompleto,
    -- falso lo que solo está en láminas que los informes del año numeran de otro modo
    f.vigente_id is not null as sigue_en_informes,
    concat(
        i.ejercicio, '.', i.plan, ' ', i.dependencia, ' ', orden_clave(i.meta_clave), ' ',
        if(i.nivel = 'meta', '', orden_clave(i.clave))
    ) as orden
from informe as i
inner join compromiso as m on i.compromiso_id = m.compromiso_id
inner join del_anio as d on i.ejercicio = d.ejercicio and i.dependencia = d.dependencia
inner join texto as t on i.vigente_id = t.vigente_id and i.plan = t.plan
inner join responde as r on i.vigente_id = r.vigente_id and i.plan = r.plan
left join ficha as f on i.vigente_id = f.vigente_id and d.corte = f.corte
left join unidad as u on en_singular(m.unidad_medida) = u.unidad_comparable
left join pmd as p on i.ejercicio between p.desde_anio and p.hasta_anio
qualify
    row_number() over (
        partition by i.vigente_id, i.plan
        order by i.trimestre_corte desc, i.documento desc, p.desde_anio desc
    ) = 1
order by orden;

-- P es la de ese plan; A y el estado son del trimestre en que ese plan rige. Un trimestre
-- que ya rige otro plan conserva su P, que fue un compromiso y dejó de serlo.
create table eslabon_trimestre as
select
    e.eslabon,
    t.trimestre,
    k.programado,
    if(v.plan = e.plan, v.alcanzado, null) as alcanzado,
    coalesce(v.plan = e.plan, false) as en_vigor,
    coalesce(v.plan = e.plan and v.es_exigible, false) as es_exigible,
    if(v.plan = e.plan, v.certeza, k.certeza) as certeza
from eslabon as e
cross join trimestre as t
left join calendario as k
    on
        e.vigente_id = k.vigente_id
        and e.corte = k.corte
        and e.plan = k.plan
        and t.trimestre = k.trimestre
left join vigente as v
    on
        e.vigente_id = v.vigente_id
        and e.corte = v.corte
        and t.trimestre = v.trimestre
order by e.orden, t.trimestre;

-- De qué trimestre a cuál es una meta: en los que programa algo la mitad o más de ella y
-- sus acciones. En 2022 hay metas de enero a marzo y otras que las siguen.
create table lapso_meta as
with con_programa as (
    select
        e.ejercicio,
        e.plan,
        e.dependencia,
        e.meta_clave,
        t.trimestre,
        coalesce(t.programado > 0, false) as programa,
        bool_or(t.programado > 0) over (partition by e.eslabon) as programa_algo
    from eslabon as e
    inner join eslabon_trimestre as t on e.eslabon = t.eslabon
),

programan as (
    select
        ejercicio,
        plan,
        dependencia,
        meta_clave,
        trimestre,
        count_if(programa) >= count(*) / 2 as es_suyo
    from con_programa
    where programa_algo
    group by ejercicio, plan, dependencia, meta_clave, trimestre
)

select
    ejercicio,
    plan,
    dependencia,
    meta_clave,
    min(trimestre) as desde,
    max(trimestre) as hasta
from programan
where es_suyo
group by ejercicio, plan, dependencia, meta_clave
order by ejercicio, plan, dependencia, meta_clave;

create table linaje as
select
    trim(origen) as origen,
    trim(destino) as destino,
    trim(relacion) as relacion,
    evidencia,
    trim(certeza) as certeza,
    trim(procedencia) as procedencia,
    trim(hilo) as hilo
from csv_linaje;

create table enlace as
with comparado as (
    select
        l.*,
        coalesce(o.unidad_comparable = d.unidad_comparable, false) as misma_unidad,
        o.dependencia <> d.dependencia as cambia_dependencia,
        coalesce(o.pmd_declarado <> d.pmd_declarado, false) as cambia_pmd,
        o.orden as orden_origen,
        d.orden as orden_destino
    from linaje as l
    inner join eslabon as o on l.origen = o.eslabon
    inner join eslabon as d on l.destino = d.eslabon
)

select
    origen,
    destino,
    relacion,
    evidencia,
    certeza,
    procedencia,
    hilo,
    procedencia = 'confirmado'
    and relacion in ('misma', 'reformulada')
    and misma_unidad
    and not cambia_dependencia as une,
    misma_unidad,
    cambia_dependencia,
    cambia_pmd
from comparado
order by orden_origen, orden_destino;

-- El tramo: todos los eslabones que los enlaces que unen ponen en una misma línea. Lo
-- nombra el primero. Sin enlaces, un eslabón es él solo su hilo y su tramo.
create table hilo_de as
with recursive vecino as (
    select
        origen as uno,
        destino as otro
    from enlace
    where une
    union
    select
        destino as uno,
        origen as otro
    from enlace
    where une
),

alcance as (
    select
        eslabon as uno,
        eslabon as otro
    from eslabon
    union
    select
        alcance.uno,
        vecino.otro
    from alcance
    inner join vecino on alcance.otro = vecino.uno
),

enlazado as (
    select
        eslabon,
        arg_min(hilo, (relacion = 'afin', hilo)) as hilo
    from (
        select
            origen as eslabon,
            hilo,
            relacion
        from enlace
        union all
        select
            destino as eslabon,
            hilo,
            relacion
        from enlace
    ) as punta
    group by eslabon
)

select
    e.eslabon,
    coalesce(n.hilo, e.eslabon) as hilo,
    min_by(o.eslabon, o.orden) as tramo
from eslabon as e
inner join alcance as a on e.eslabon = a.uno
inner join eslabon as o on a.otro = o.eslabon
left join enlazado as n on e.eslabon = n.eslabon
group by e.eslabon, e.orden, n.hilo
order by e.orden;

create table hilo as
with quien as (
    select
        h.hilo,
        e.dependencia,
        min(e.orden) as primera
    from hilo_de as h
    inner join eslabon as e on h.eslabon = e.eslabon
    group by h.hilo, e.dependencia
),

quienes as (
    select
        hilo,
        list(dependencia order by primera) as dependencias
    from quien
    group by hilo
)

select
    h.hilo,
    n.nombre,
    cast(count(*) as integer) as eslabones,
    cast(count(distinct e.ejercicio) as integer) as ejercicios,
    min(e.ejercicio) as desde,
    max(e.ejercicio) as hasta,
    q.dependencias,
    list_sort(list(distinct e.ejercicio)) as anios
from hilo_de as h
inner join eslabon as e on h.eslabon = e.eslabon
inner join quienes as q on h.hilo = q.hilo
left join csv_hilo as n on h.hilo = n.hilo
group by h.hilo, n.nombre, q.dependencias
order by h.hilo;

-- El hilo por su nombre, por un eslabón suyo o por un compromiso impreso; NULL, todos.
create macro hilo_pedido(pedido) as table (
    select distinct h.hilo
    from hilo_de as h
    inner join eslabon as e on h.eslabon = e.eslabon
    left join informe as i on e.vigente_id = i.vigente_id and e.plan = i.plan
    where pedido is null or pedido in (h.hilo, h.eslabon, i.compromiso_id)
);

-- Con qué palabras se encuentra un compromiso: las de su texto, su unidad de medida, su
-- dependencia, su clave y el nombre de su hilo, por su raíz, sin acentos.
create table palabra as
with texto as (
    select
        e.eslabon,
        unnest(
            string_split(
                norma(
                    concat_ws(
                        ' ', e.descripcion, e.unidad_medida, d.nombre, d.nombre_corto
                    )
                ), ' '
            )
        ) as suelta
    from eslabon as e
    inner join dependencia as d on e.dependencia = d.dependencia
    union all
    select
        eslabon,
        clave as suelta
    from eslabon
    union all
    select
        h.eslabon,
        unnest(string_split(norma(n.nombre), ' ')) as suelta
    from hilo_de as h
    inner join hilo as n on h.hilo = n.hilo
)

select distinct
    eslabon,
    raiz(suelta) as raiz
from texto
where dice_algo(suelta)
order by raiz, eslabon;
