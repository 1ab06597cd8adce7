-- ¿Hay enlaces de data/catalogos/linaje.csv con un compromiso que no existe?
-- Severidad: advertencia
-- Grano: una fila por enlace y extremo que falta.

with extremo as (
    select
        origen,
        destino,
        unnest([origen, destino]) as eslabon
    from linaje
)

select
    null as compromiso_id,
    concat(
        'linaje.csv enlaza ', x.origen, ' con ', x.destino, ', y no hay compromiso ',
        x.eslabon
    ) as detalle
from extremo as x
anti join eslabon as e on x.eslabon = e.eslabon
