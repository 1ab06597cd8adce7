-- ¿Cuánto dinero se autorizó, se modificó y se devengó por programa y capítulo?
-- Grano: una fila por documento, dependencia, programa y capítulo; capítulo nulo es el
--   total del programa.
-- Parámetros: $ejercicio, $corte, $dependencia (NULL = todos)
-- Cuidado: pesos del ejercicio, que sí se suman; no dicen nada del avance físico.
--   devengado_pct es devengado / modificado y ampliacion_pct, ampliación / autorizado
--   inicial; sin esa base no hay porcentaje. Con $corte, de cada programa solo el último
--   documento que lo informa: dos informes del mismo dinero no se suman. texto es el
--   renglón tal como se recibió.

with del_corte as (
    select
        * replace (
            -- en centavos exactos: la suma de decimales binarios cambia con el orden
            cast(autorizado_inicial as decimal(18, 2)) as autorizado_inicial,
            cast(modificado as decimal(18, 2)) as modificado,
            cast(devengado as decimal(18, 2)) as devengado
        )
    from presupuesto as p
    where
        ejercicio = coalesce(cast($ejercicio as integer), ejercicio)
        and dependencia = coalesce($dependencia, dependencia)
        and (
            $corte is null
            or exists (
                from informe as i
                where
                    i.documento = p.documento
                    and i.dependencia = p.dependencia
                    and i.corte = $corte
            )
            -- un documento que solo trae dinero no dice su corte: vale para todo el año
            or (
                not exists (
                    from informe as i
                    where i.documento = p.documento
                )
                and exists (
                    from informe as i
                    where i.ejercicio = p.ejercicio and i.corte = $corte
                )
            )
        )
    qualify
        $corte is null
        or documento
        = max(documento) over (partition by ejercicio, dependencia, programa_clave)
)

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
    cast(
        100 * (sum(p.modificado) - sum(p.autorizado_inicial))
        / nullif(sum(p.autorizado_inicial), 0) as double
    ) as ampliacion_pct,
    p.documento,
    if(p.capitulo is null, null, any_value(d.archivo)) as archivo,
    if(p.capitulo is null, null, any_value(p.pagina)) as pagina,
    if(p.capitulo is null, null, any_value(p.renglon)) as renglon,
    if(p.capitulo is null, null, any_value(f.texto)) as texto
from del_corte as p
left join documento as d on p.documento = d.documento
left join renglon_fuente as f on p.documento = f.documento and p.renglon = f.renglon
group by
    grouping sets (
        (p.documento, p.ejercicio, p.dependencia, p.programa_clave, p.capitulo),
        (p.documento, p.ejercicio, p.dependencia, p.programa_clave)
    )
order by
    p.ejercicio, p.dependencia, p.programa_clave, p.documento, p.capitulo nulls first
