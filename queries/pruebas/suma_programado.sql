-- ¿Suman los trimestres programados la meta anual?
-- Severidad: advertencia
-- Grano: una fila por compromiso aditivo que no cierra.
-- Cuidado: lo ambiguo y lo que ya tiene un hallazgo no se repite aquí; 100/100/100/100
--   no se suma, ni 0/90/90/90.

with junto as (
    select
        compromiso_id,
        sum(programado) as suma,
        min(programado) filter (where programado > 0) as minima,
        max(programado) as maxima,
        count(programado) as n
    from avance
    where certeza <> 'ambiguo'
    group by compromiso_id
)

select
    c.compromiso_id,
    concat('ΣP = ', j.suma, ', meta anual = ', c.meta_anual) as detalle
from compromiso as c
inner join junto as j on c.compromiso_id = j.compromiso_id
anti join hallazgo as h on c.compromiso_id = h.compromiso_id
where
    c.certeza <> 'ambiguo'
    and j.n = 4
    and not (j.minima = c.meta_anual and j.maxima = c.meta_anual)
    and abs(j.suma - c.meta_anual) > 0.001
