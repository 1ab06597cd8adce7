-- ¿Tiene cada compromiso sus cuatro trimestres?
-- Severidad: error
-- Grano: una fila por compromiso al que le falta o le sobra alguno.

select
    c.compromiso_id,
    concat('trimestres: ', string_agg(a.trimestre, ', ' order by a.trimestre)) as detalle
from compromiso as c
left join avance as a using (compromiso_id)
group by c.compromiso_id
having list_sort(list(a.trimestre)) is distinct from [1, 2, 3, 4]
