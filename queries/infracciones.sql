-- ¿Qué hallaron las pruebas de los datos al construir la base?
-- Grano: una fila por fila que devolvió una prueba de queries/pruebas y no está explicada
--   en data/excepciones.csv.
-- Parámetros: $prueba (el principio de su nombre; NULL = todas)
-- Cuidado: las de severidad «error» no llegan aquí: con una, la base no se publica.

select
    prueba,
    severidad,
    compromiso_id,
    detalle
from infraccion
where starts_with(prueba, coalesce($prueba, ''))
order by prueba, compromiso_id, detalle
