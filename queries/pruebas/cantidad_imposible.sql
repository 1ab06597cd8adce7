-- ¿Hay cantidades negativas o que no son números?
-- Severidad: advertencia
-- Grano: una fila por compromiso y trimestre.

select
    compromiso_id,
    concat('T', trimestre, ': P ', programado, ', A ', alcanzado) as detalle
from avance
where
    programado < 0
    or alcanzado < 0
    or isnan(programado)
    or isnan(alcanzado)
    or isinf(programado)
    or isinf(alcanzado)
