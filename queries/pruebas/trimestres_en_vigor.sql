-- ¿Tiene cada compromiso en vigor sus cuatro trimestres, cada uno bajo un plan?
-- Severidad: error
-- Grano: una fila por compromiso del año y corte que falla.

select
    vigente_id as compromiso_id,
    concat('corte ', corte, ': ', count(plan), ' trimestres con plan') as detalle
from vigente
group by vigente_id, corte
having count(*) <> 4 or count(plan) <> 4 or count(distinct trimestre) <> 4
