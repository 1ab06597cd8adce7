-- ¿Hay planes cuyas claves no aparecen en ningún informe del mismo año?
-- Severidad: advertencia
-- Grano: una fila por ejercicio y dependencia.
-- Cuidado: la base no arrastra ese plan a los cortes con avance; son los mismos
--   compromisos solo si alguien los enlaza.

select
    concat_ws('/', c.ejercicio, c.dependencia) as compromiso_id,
    concat(
        'el plan de ', min(c.documentos) filter (where c.trimestre = 0),
        ' y los informes del año no comparten ninguna clave'
    ) as detalle
from corte as c
group by c.ejercicio, c.dependencia
having
    min(c.trimestre) = 0
    and max(c.trimestre) > 0
    and not exists (
        select 1
        from informe as i
        where i.ejercicio = c.ejercicio and i.dependencia = c.dependencia
        group by i.vigente_id
        having min(i.trimestre_corte) = 0 and max(i.trimestre_corte) > 0
    )
