-- ¿Cuánto dinero se autorizó, se modificó y se devengó por programa y capítulo?
-- Grano: una fila por documento, dependencia, programa y capítulo; capítulo nulo es el
--   total del programa.
-- Parámetros: $ejercicio, $dependencia (NULL = todos)
-- Cuidado: pesos del ejercicio, que sí se suman; no dicen nada del avance físico.
--   devengado_pct es devengado / modificado; un capítulo sin modificado no tiene
--   porcentaje.

select
    p.ejercicio,
    p.dependencia,
    p.programa_clave,
    any_value(p.programa) as programa,
    p.capitulo,
    if(p.capitulo is null, null, any_value(p.descripcion)) as descripcion,
    cast(sum(p.autorizado_inicial) as double) as autorizado_inicial,
    cast(sum(p.modificado) as double) as modificado,
    cast(sum(p.devengado) as double) as devengado,
    cast(sum(p.modificado) - sum(p.autorizado_inicial) as double) as ampliacion,
    cast(100 * sum(p.devengado) / nullif(sum(p.modificado), 0) as double)
        as devengado_pct,
    p.documento,
    if(p.capitulo is null, null, any_value(p.pagina)) as pagina,
    if(p.capitulo is null, null, any_value(p.renglon)) as renglon
from presupuesto as p
where
    p.ejercicio = coalesce(cast($ejercicio as integer), p.ejercicio)
    and p.dependencia = coalesce($dependencia, p.dependencia)
group by
    grouping sets (
        (p.documento, p.ejercicio, p.dependencia, p.programa_clave, p.capitulo),
        (p.documento, p.ejercicio, p.dependencia, p.programa_clave)
    )
order by
    p.ejercicio, p.dependencia, p.programa_clave, p.capitulo nulls first
