-- ¿Con qué umbrales se clasifica lo que se está viendo?
-- Grano: una sola fila.
-- Parámetros: $preset (NULL = el predeterminado; el nombre de un preset, o
--   crítico-mínimo-máximo-subestimada, como 60-85-120-250)
-- Cuidado: con otra cosa la consulta falla y lo dice; no supone otro.

select
    preset,
    minimo,
    maximo,
    critico,
    meta_subestimada,
    meta_pequena,
    es_propio,
    es_predeterminado,
    motivo
from umbral_elegido($preset)
