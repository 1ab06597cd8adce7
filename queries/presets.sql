-- ¿Con qué umbrales se puede clasificar?
-- Grano: una fila por preset.
-- Parámetros: ninguno
-- Cuidado: el predeterminado es el de toda página que no diga otro.

select
    preset,
    minimo,
    maximo,
    critico,
    meta_subestimada,
    es_predeterminado,
    motivo
from umbral
order by orden
