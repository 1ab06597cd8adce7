-- ¿Qué pruebas de queries/pruebas no pasan?
-- Grano: una fila por fila que devolvió una prueba, sin las que explica
--   data/excepciones.csv.
-- Cuidado: se llena al final de la construcción; una prueba de severidad «error» impide
--   publicar.

create table infraccion (
    prueba varchar,
    severidad varchar,
    compromiso_id varchar,
    detalle varchar
);
