-- ¿Por qué se dice que un compromiso de un plan es el mismo que otro posterior?
-- Grano: una fila por enlace del hilo.
-- Parámetros: $hilo (el nombre de un hilo, un eslabón o el compromiso_id de un informe;
--   NULL = todos)
-- Cuidado: «une» dice si la línea sigue; si no, se corta y la razón es la relación, la
--   unidad, la dependencia o que nadie lo ha confirmado (procedencia «sugerido»).

select
    n.hilo,
    n.origen,
    n.destino,
    n.relacion,
    n.evidencia,
    n.certeza,
    n.procedencia,
    n.une,
    n.misma_unidad,
    n.cambia_dependencia,
    n.cambia_pmd,
    o.unidad_medida as unidad_origen,
    d.unidad_medida as unidad_destino
from enlace as n
inner join hilo_pedido($hilo) as p on n.hilo = p.hilo
inner join eslabon as o on n.origen = o.eslabon
inner join eslabon as d on n.destino = d.eslabon
order by o.orden, d.orden
