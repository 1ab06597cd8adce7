-- ¿Qué continúa, cambia, desaparece y aparece de un plan de una dependencia a otro?
-- Grano: una fila por enlace entre los dos planes; una por compromiso de cualquiera de
--   los dos que no tiene contraparte en el otro; y, con suerte «relevo», una por enlace
--   dentro de un mismo plan (lado: «antes» o «despues») de quien sin él estaría solo.
-- Parámetros: $dependencia, $de y $a (planes como '2024.1' y '2025.1'; los da la
--   consulta planes)
-- Cuidado: un compromiso dividido o fusionado sale en varias filas: se cuenta una vez
--   por su eslabón (origen o destino). «Continúa» es el mismo en la misma unidad;
--   «cambia», el mismo con otra unidad, dividido o fusionado. Sin contraparte dice lo
--   que hay en los documentos: una lámina no imprime todas las metas (meta_entera: ni la
--   meta ni ninguna de sus acciones la tienen; en_otro_plan: la tiene en otro, con un
--   enlace de esa otro_procedencia). De lo que falta en un plan rehecho a medio año,
--   sigue_exigido dice si el tablero lo exige todavía y quedó sin reporte. desde y hasta
--   son los trimestres de una meta anual que no es de todo el año: los de su meta, si él
--   no programa nada fuera de ellos. La meta anual solo es comparable si las dos son de
--   un año entero y en la misma unidad.

with antes as (
    select *
    from eslabon
    where
        dependencia = $dependencia
        and concat(ejercicio, '.', plan) = $de
        and sigue_en_informes
),

despues as (
    select *
    from eslabon
    where
        dependencia = $dependencia
        and concat(ejercicio, '.', plan) = $a
        and sigue_en_informes
),

impreso as (
    select
        n.origen,
        n.destino,
        n.relacion,
        n.evidencia,
        n.certeza,
        n.procedencia,
        concat(o.ejercicio, '.', o.plan) as de,
        concat(d.ejercicio, '.', d.plan) as a,
        o.sigue_en_informes as sale_de_informe,
        d.sigue_en_informes as llega_a_informe
    from enlace as n
    inner join eslabon as o on n.origen = o.eslabon
    inner join eslabon as d on n.destino = d.eslabon
    where
        n.relacion <> 'afin'
        and o.dependencia = $dependencia
        and d.dependencia = $dependencia
),

-- Lo que llega a unas láminas que los informes del año numeran de otro modo sigue en
-- ellos: los dos enlaces son uno.
propio as (
    select
        origen,
        destino,
        relacion,
        evidencia,
        certeza,
        procedencia,
        de,
        a
    from impreso
    where sale_de_informe and llega_a_informe
    union all
    select
        uno.origen,
        otro.destino,
        case
            when uno.relacion = 'misma' then otro.relacion
            when otro.relacion in ('misma', 'reformulada') then uno.relacion
            else otro.relacion
        end as relacion,
        concat_ws(' ', uno.evidencia, otro.evidencia) as evidencia,
        if(uno.certeza = 'alta', otro.certeza, uno.certeza) as certeza,
        if(uno.procedencia = 'sugerido', 'sugerido', otro.procedencia) as procedencia,
        uno.de,
        otro.a
    from impreso as uno
    inner join impreso as otro on uno.destino = otro.origen
    where
        uno.sale_de_informe
        and not uno.llega_a_informe
        and otro.llega_a_informe
),

entre as (
    select *
    from propio
    where de = $de and a = $a
),

-- Un plan que se sucede a sí mismo dentro del año: quien releva a otro no aparece, y el
-- relevado no desaparece. Tampoco aparece quien luego es lo que ya venía de antes.
relevo as (
    select
        n.*,
        'despues' as lado
    from propio as n
    where
        n.de = $a and n.a = $a
        and (
            n.destino not in (select destino from entre)
            or n.origen not in (select destino from entre)
        )
    union all by name
    select
        n.*,
        'antes' as lado
    from propio as n
    where
        n.de = $de and n.a = $de
        and (
            n.origen not in (select origen from entre)
            or n.destino not in (select origen from entre)
        )
),

relevado as (
    select destino as eslabon from relevo
    where lado = 'despues'
    union
    select origen as eslabon from relevo
    where lado = 'despues' and destino in (select destino from entre)
    union
    select origen as eslabon from relevo
    where lado = 'antes'
    union
    select destino as eslabon from relevo
    where lado = 'antes' and origen in (select origen from entre)
),

-- Lo que desaparece puede volver en un plan posterior; lo que aparece, venir de uno
-- anterior.
otro as (
    select
        'desaparece' as suerte,
        origen as eslabon,
        a as en_otro_plan,
        procedencia
    from propio
    where a > $a
    qualify row_number() over (partition by origen order by a, procedencia) = 1
    union all
    select
        'aparece' as suerte,
        destino as eslabon,
        de as en_otro_plan,
        procedencia
    from propio
    where de < $de
    qualify row_number() over (partition by destino order by de desc, procedencia) = 1
),

fila as (
    select
        if(relacion in ('misma', 'reformulada'), 'continúa', 'cambia') as suerte,
        cast(null as varchar) as lado,
        origen,
        destino,
        relacion,
        evidencia,
        certeza,
        procedencia
    from entre
    union all by name
    select
        'relevo' as suerte,
        lado,
        origen,
        destino,
        relacion,
        evidencia,
        certeza,
        procedencia
    from relevo
    union all by name
    select
        'desaparece' as suerte,
        eslabon as origen
    from antes
    where
        eslabon not in (select origen from entre)
        and eslabon not in (select eslabon from relevado)
    union all by name
    select
        'aparece' as suerte,
        eslabon as destino
    from despues
    where
        eslabon not in (select destino from entre)
        and eslabon not in (select eslabon from relevado)
),

-- Cuántos compromisos de la meta hay en su plan y cuántos se quedan sin contraparte.
meta_sola as (
    select
        e.ejercicio,
        e.plan,
        e.meta_clave,
        count(*) = count(f.suerte) as entera
    from (
        select * from antes
        union all
        select * from despues
    ) as e
    left join fila as f
        on
            e.eslabon = coalesce(f.origen, f.destino)
            and f.suerte in ('desaparece', 'aparece')
    group by e.ejercicio, e.plan, e.meta_clave
),

parte as (
    select
        e.eslabon,
        m.desde,
        m.hasta
    from eslabon as e
    inner join lapso_meta as m
        on
            e.ejercicio = m.ejercicio
            and e.plan = m.plan
            and e.dependencia = m.dependencia
            and e.meta_clave = m.meta_clave
    left join eslabon_trimestre as t
        on
            e.eslabon = t.eslabon
            and t.programado > 0
            and t.trimestre not between m.desde and m.hasta
    where
        e.dependencia = $dependencia
        and (m.desde > 1 or m.hasta < 4)
        and t.eslabon is null
),

-- Rehecho el plan a medio año, lo que el nuevo no imprime puede seguir en vigor.
exigido as (
    select e.eslabon
    from antes as e
    inner join eslabon_trimestre as t on e.eslabon = t.eslabon
    inner join cumplimiento_trimestre as v
        on
            e.vigente_id = v.vigente_id
            and e.corte = v.corte
            and t.trimestre = v.trimestre
    where
        t.en_vigor
        and e.ejercicio = (select max(ejercicio) from despues)
        and t.trimestre >= (
            select min(n.trimestre)
            from despues as d
            inner join eslabon_trimestre as n on d.eslabon = n.eslabon
            where n.en_vigor
        )
    group by e.eslabon
    having count_if(v.estado = 'Sin reporte') > 0 and count(t.alcanzado) = 0
)

select
    f.suerte,
    f.lado,
    f.relacion,
    f.evidencia,
    f.certeza,
    f.procedencia,
    coalesce(o.nivel, d.nivel) as nivel,
    f.origen,
    o.meta_clave as meta_clave_antes,
    o.clave as clave_antes,
    o.descripcion as descripcion_antes,
    o.unidad_medida as unidad_antes,
    o.meta_anual as meta_anual_antes,
    p.desde as desde_antes,
    p.hasta as hasta_antes,
    o.compromiso_id as compromiso_antes,
    o.pagina as pagina_antes,
    o.renglon as renglon_antes,
    o.orden as orden_antes,
    f.destino,
    d.meta_clave as meta_clave_despues,
    d.clave as clave_despues,
    d.descripcion as descripcion_despues,
    d.unidad_medida as unidad_despues,
    d.meta_anual as meta_anual_despues,
    q.desde as desde_despues,
    q.hasta as hasta_despues,
    d.compromiso_id as compromiso_despues,
    d.pagina as pagina_despues,
    d.renglon as renglon_despues,
    d.orden as orden_despues,
    o.unidad_comparable = d.unidad_comparable as misma_unidad,
    coalesce(
        f.suerte = 'continúa'
        and o.unidad_comparable = d.unidad_comparable
        and o.plan = 1
        and d.plan = 1
        and o.meta_anual is not null
        and d.meta_anual is not null
        and p.eslabon is null
        and q.eslabon is null
        and not exists (
            select 1
            from propio as n
            where
                n.de = n.a
                and (
                    n.origen in (f.origen, f.destino)
                    or n.destino in (f.origen, f.destino)
                )
        ), false
    ) as comparable,
    if(f.suerte in ('desaparece', 'aparece'), s.entera, null) as meta_entera,
    x.en_otro_plan,
    x.procedencia as otro_procedencia,
    f.suerte = 'desaparece' and g.eslabon is not null as sigue_exigido
from fila as f
left join eslabon as o on f.origen = o.eslabon
left join eslabon as d on f.destino = d.eslabon
left join parte as p on f.origen = p.eslabon
left join parte as q on f.destino = q.eslabon
left join exigido as g on f.origen = g.eslabon
left join meta_sola as s
    on
        coalesce(o.ejercicio, d.ejercicio) = s.ejercicio
        and coalesce(o.plan, d.plan) = s.plan
        and coalesce(o.meta_clave, d.meta_clave) = s.meta_clave
left join otro as x
    on f.suerte = x.suerte and coalesce(f.origen, f.destino) = x.eslabon
order by
    list_position(
        ['continúa', 'cambia', 'desaparece', 'aparece', 'relevo'], f.suerte
    ),
    coalesce(o.orden, d.orden),
    d.orden
