-- ¿Son la misma unidad de medida, aunque se impriman de dos maneras?
-- Grano: una sola fila.
-- Parámetros: $una, $otra (como se imprimen)
-- Cuidado: «Nomina» y «Nómina», o «Expediente» y «Expedientes», son la misma; una que no
--   se imprime no es igual a ninguna.

select coalesce(en_singular($una) = en_singular($otra), false) as es_la_misma
