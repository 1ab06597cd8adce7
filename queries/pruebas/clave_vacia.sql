-- ¿Falta alguna columna sin la cual una fila no dice de qué habla?
-- Severidad: error
-- Grano: una fila por fila incompleta.

select
    compromiso_id,
    concat('compromiso incompleto en el renglón ', renglon, ' de ', documento) as detalle
from compromiso
where
    compromiso_id is null
    or documento is null
    or ejercicio is null
    or corte is null
    or plan is null
    or dependencia is null
    or nivel is null
    or meta_clave is null
    or clave is null
    or certeza is null
union all
select
    compromiso_id,
    concat('avance sin trimestre o sin certeza: ', compromiso_id) as detalle
from avance
where trimestre is null or certeza is null
