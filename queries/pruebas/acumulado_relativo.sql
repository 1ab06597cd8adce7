-- ¿Es el acumulado relativo impreso el avance absoluto entre la meta anual?
-- Severidad: advertencia
-- Grano: una fila por compromiso que no cierra por más de un punto.

select
    c.compromiso_id,
    concat(
        c.avance_absoluto, ' / ', c.meta_anual, ' no es ', c.acumulado_relativo_pct, ' %'
    ) as detalle
from compromiso as c
anti join hallazgo as h on c.compromiso_id = h.compromiso_id
where
    c.certeza <> 'ambiguo'
    and abs(razon_pct(c.meta_anual, c.avance_absoluto) - c.acumulado_relativo_pct) > 1
