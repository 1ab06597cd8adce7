-- ¿Qué informes hay?
-- Grano: una fila por ejercicio, corte y dependencia.
-- Parámetros: $ejercicio, $dependencia (NULL = todos)
-- Cuidado: el corte T0 (trimestre 0) es solo plan; no trae avance que evaluar.

select
    c.ejercicio,
    c.corte,
    c.trimestre,
    c.dependencia,
    d.nombre as dependencia_nombre,
    d.nombre_corto as dependencia_corta,
    c.documentos,
    c.metas,
    c.acciones,
    c.plan,
    c.tiene_avance
from corte as c
inner join dependencia as d using (dependencia)
where
    c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
    and c.dependencia = coalesce($dependencia, c.dependencia)
order by c.ejercicio, c.corte, d.nombre
