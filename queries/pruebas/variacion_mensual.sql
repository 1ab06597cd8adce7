-- ¿Es la variación de cada mes lo realizado menos lo programado?
-- Severidad: advertencia
-- Grano: una fila por compromiso y mes que no cierra.

select
    m.compromiso_id,
    concat(
        'mes ', m.mes, ': ', m.realizado, ' − ', m.programado, ' no es ', m.variacion
    ) as detalle
from avance_mensual as m
anti join hallazgo as h on m.compromiso_id = h.compromiso_id
where
    m.certeza <> 'ambiguo'
    and abs(m.realizado - m.programado - m.variacion) > 0.005
