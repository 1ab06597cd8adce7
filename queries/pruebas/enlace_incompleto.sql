-- ¿Hay una división hacia un solo compromiso, o una fusión de uno solo?
-- Severidad: advertencia
-- Grano: una fila por compromiso que se divide o que reúne a otros.

with parte as (
    select
        origen as eslabon,
        split_part(destino, '/', 1) as plan,
        'se divide en uno solo' as dice,
        destino as otro
    from enlace
    where relacion = 'dividida'
    union all
    select
        destino as eslabon,
        split_part(origen, '/', 1) as plan,
        'reúne a uno solo' as dice,
        origen as otro
    from enlace
    where relacion = 'fusionada'
)

select
    null as compromiso_id,
    concat('linaje.csv: ', eslabon, ' ', dice, ', ', min(otro)) as detalle
from parte
group by eslabon, plan, dice
having count(*) = 1
