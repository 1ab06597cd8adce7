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
--   meta ni ninguna de sus acciones la tienen; en_otro_plan: la tiene en otro). La meta
--   anual solo es comparable si las dos son de un año entero y en la misma unidad.

with antes as (
    select *
    from eslabon
    where dependencia = $dependencia and concat(ejercicio, '.', plan) = $de
),

despues as (
    select *
    from eslabon
    where dependencia = $dependencia and concat(ejercicio, '.', plan) = $a
),

propio as (
    select
        n.*,
        concat(o.ejercicio, '.', o.plan) as de,
        concat(d.ejercicio, '.', d.plan) as a
    from enlace as n
    inner join eslabon as o on n.origen = o.eslabon
    inner join eslabon as d on n.destino = d.eslabon
    where
        n.relacion <> 'afin'
        and o.dependencia = $dependencia
        and d.dependencia = $dependencia
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

otro as (
    select
        origen as eslabon,
        min(a) as en_otro_plan
    from propio
    where a > $a
    group by origen
    union all
    select
        destino as eslabon,
        max(de) as en_otro_plan
    from propio
    where de < $de
    group by destino
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
        and not exists (
            select 1
            from propio as n
            where n.de = n.a and (n.origen = f.destino or n.destino = f.origen)
        )
        and not exists (
            select 1
            from propio as n
            where n.de = n.a and (n.origen = f.origen or n.destino = f.destino)
        ), false
    ) as comparable,
    if(f.suerte in ('desaparece', 'aparece'), s.entera, null) as meta_entera,
    if(f.suerte in ('desaparece', 'aparece'), x.en_otro_plan, null) as en_otro_plan
from fila as f
left join eslabon as o on f.origen = o.eslabon
left join eslabon as d on f.destino = d.eslabon
left join meta_sola as s
    on
        coalesce(o.ejercicio, d.ejercicio) = s.ejercicio
        and coalesce(o.plan, d.plan) = s.plan
        and coalesce(o.meta_clave, d.meta_clave) = s.meta_clave
left join otro as x on coalesce(f.origen, f.destino) = x.eslabon
order by
    list_position(
        ['continúa', 'cambia', 'desaparece', 'aparece', 'relevo'], f.suerte
    ),
    coalesce(o.orden, d.orden),
    d.orden
