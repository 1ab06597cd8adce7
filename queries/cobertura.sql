-- ¿Cuánto de lo programado en cada trimestre se reportó?
-- Grano: una fila por ejercicio, corte, dependencia, nivel y trimestre.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel (NULL = todos)
-- Cuidado: cuenta compromisos con P mayor que cero; un trimestre que aún no es exigible
--   no tiene cobertura, y un 0 impreso sí es un reporte.

select
    v.ejercicio,
    v.corte,
    v.dependencia,
    d.nombre_corto as dependencia_corta,
    v.nivel,
    v.trimestre,
    bool_or(v.es_exigible) as es_exigible,
    cast(count(*) as integer) as compromisos,
    cast(count_if(v.programado > 0) as integer) as programados,
    cast(count_if(v.programado > 0 and v.alcanzado is not null) as integer) as reportados,
    cast(count_if(v.es_exigible and v.estado = 'Sin reporte') as integer) as sin_reporte,
    if(
        bool_or(v.es_exigible),
        100 * count_if(v.programado > 0 and v.alcanzado is not null)
        / nullif(count_if(v.programado > 0), 0),
        null
    ) as cobertura_pct,
    cast(count_if(v.certeza = 'seguro') as integer) as seguros,
    cast(count_if(v.certeza = 'reconstruido') as integer) as reconstruidos,
    cast(count_if(v.certeza = 'ambiguo') as integer) as ambiguos
from cumplimiento_trimestre as v
inner join dependencia as d using (dependencia)
where
    v.ejercicio = coalesce(cast($ejercicio as integer), v.ejercicio)
    and v.corte = coalesce($corte, v.corte)
    and v.dependencia = coalesce($dependencia, v.dependencia)
    and v.nivel = coalesce($nivel, v.nivel)
group by v.ejercicio, v.corte, v.dependencia, d.nombre_corto, v.nivel, v.trimestre
order by v.ejercicio, v.corte, v.dependencia, v.nivel desc, v.trimestre
