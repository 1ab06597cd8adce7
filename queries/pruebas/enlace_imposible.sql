-- ¿Hay enlaces de data/catalogos/linaje.csv que contradicen lo que un enlace puede decir?
-- Severidad: error
-- Grano: una fila por enlace y motivo.

with punta as (
    select
        unnest([origen, destino]) as eslabon,
        hilo
    from linaje
    where relacion <> 'afin'
),

motivo as (
    select
        l.origen,
        l.destino,
        case
            when
                l.relacion is null
                or l.relacion not in (
                    'misma', 'reformulada', 'cambia_unidad', 'dividida', 'fusionada',
                    'afin'
                )
                then
                    concat('la relación «', l.relacion, '» no es ninguna de las seis')
            when l.procedencia is null or l.procedencia not in ('sugerido', 'confirmado')
                then 'la procedencia no es sugerido ni confirmado'
            when l.certeza is null or l.certeza not in ('alta', 'media', 'baja')
                then 'la certeza no es alta, media ni baja'
            when l.hilo is null then 'no dice de qué hilo es'
            when l.origen = l.destino then 'el origen y el destino son el mismo'
        end as dice
    from linaje as l
    union all
    select
        n.origen,
        n.destino,
        case
            when (o.ejercicio, o.plan) > (d.ejercicio, d.plan)
                then 'el destino es de un plan anterior'
            when n.relacion = 'afin' and not n.cambia_dependencia
                then 'es afín y los dos son de la misma dependencia'
            when n.relacion <> 'afin' and n.cambia_dependencia
                then 'son de dependencias distintas y no es afín'
            when o.nivel <> d.nivel then 'una es meta y la otra acción'
            when
                n.relacion in ('misma', 'reformulada')
                and o.unidad_comparable <> d.unidad_comparable
                then 'las unidades de medida son distintas: es cambia_unidad'
        end as dice
    from enlace as n
    inner join eslabon as o on n.origen = o.eslabon
    inner join eslabon as d on n.destino = d.eslabon
    union all
    select
        uno.origen,
        uno.destino,
        'también está al revés' as dice
    from linaje as uno
    inner join linaje as otro
        on uno.origen = otro.destino and uno.destino = otro.origen
    where uno.origen < uno.destino
    union all
    select
        punta.eslabon as origen,
        string_agg(distinct punta.hilo, ' y ') as destino,
        'un compromiso va en un solo hilo' as dice
    from punta
    group by punta.eslabon
    having count(distinct punta.hilo) > 1
    union all
    select
        origen,
        destino,
        'está dos veces' as dice
    from linaje
    group by origen, destino
    having count(*) > 1
    union all
    select
        origen,
        min(destino) as destino,
        'su línea seguiría en dos compromisos del mismo plan' as dice
    from enlace
    where une
    group by origen, split_part(destino, '/', 1)
    having count(*) > 1
    union all
    select
        min(origen) as origen,
        destino,
        'dos compromisos del mismo plan seguirían en él' as dice
    from enlace
    where une
    group by destino, split_part(origen, '/', 1)
    having count(*) > 1
)

select
    null as compromiso_id,
    concat('linaje.csv, ', origen, ' → ', destino, ': ', dice) as detalle
from motivo
where dice is not null
