-- ¿Qué planes tiene cada dependencia y cuál sigue a cada uno?
-- Grano: una fila por dependencia y plan ('2025.2' es el segundo de 2025).
-- Parámetros: $dependencia (NULL = todas)
-- Cuidado: el siguiente es el próximo que hay, aunque entre los dos falten años.
--   es_lamina: su documento es una presentación, que no imprime todas las metas. Las
--   láminas de un año del que ya hay informes, numerados de otro modo, no cuentan.

with plan as (
    select
        e.dependencia,
        concat(e.ejercicio, '.', e.plan) as plan,
        e.ejercicio,
        e.plan as numero,
        bool_or(e.es_solo_plan) as es_solo_plan,
        bool_or(e.es_incompleto) as es_incompleto,
        coalesce(bool_or(d.formato = 'lamina'), false) as es_lamina,
        string_agg(distinct e.documento, ', ' order by e.documento) as documentos,
        cast(count_if(e.nivel = 'meta') as integer) as metas,
        cast(count_if(e.nivel = 'accion') as integer) as acciones
    from eslabon as e
    left join documento as d on e.documento = d.documento
    where e.sigue_en_informes
    group by e.dependencia, e.ejercicio, e.plan
),

llegada as (
    select
        d.dependencia,
        concat(d.ejercicio, '.', d.plan) as plan,
        cast(count(*) as integer) as enlaces
    from enlace as n
    inner join eslabon as o on n.origen = o.eslabon
    inner join eslabon as d on n.destino = d.eslabon
    where
        n.relacion <> 'afin'
        and (o.ejercicio, o.plan) <> (d.ejercicio, d.plan)
    group by d.dependencia, d.ejercicio, d.plan
)

select
    p.*,
    d.nombre_corto as dependencia_corta,
    cast(
        count(*) over (partition by p.dependencia, p.ejercicio) as integer
    ) as planes_del_anio,
    lead(p.plan) over (
        partition by p.dependencia order by p.ejercicio, p.numero
    ) as siguiente,
    lead(p.ejercicio) over (
        partition by p.dependencia order by p.ejercicio, p.numero
    ) as siguiente_ejercicio,
    lag(p.ejercicio) over (
        partition by p.dependencia order by p.ejercicio, p.numero
    ) as anterior_ejercicio,
    coalesce(a.enlaces, 0) as enlaces_con_anteriores
from plan as p
inner join dependencia as d on p.dependencia = d.dependencia
left join llegada as a on p.dependencia = a.dependencia and p.plan = a.plan
where p.dependencia = coalesce($dependencia, p.dependencia)
order by d.nombre_corto, p.ejercicio, p.numero
