-- ¿Qué no cuadra en los documentos o hubo que interpretar al leerlos?
-- Grano: una fila por hallazgo.
-- Parámetros: $documento, $ejercicio, $corte, $dependencia, $severidad, $regla,
--   $compromiso_id (NULL = todos)
-- Cuidado: un hallazgo del documento entero no tiene compromiso, ni por tanto corte ni
--   dependencia.

select
    h.documento,
    i.ejercicio,
    i.corte,
    i.dependencia,
    i.nivel,
    i.meta_clave,
    i.clave,
    h.regla,
    h.severidad,
    h.columna,
    h.impreso,
    h.usado,
    h.explicacion,
    h.pagina,
    h.renglon,
    f.texto,
    h.compromiso_id,
    i.vigente_id
from hallazgo as h
left join informe as i using (compromiso_id)
left join renglon_fuente as f on h.documento = f.documento and h.renglon = f.renglon
where
    ($documento is null or h.documento = $documento)
    and ($ejercicio is null or i.ejercicio = cast($ejercicio as integer))
    and ($corte is null or i.corte = $corte)
    and ($dependencia is null or i.dependencia = $dependencia)
    and ($severidad is null or h.severidad = $severidad)
    and ($regla is null or h.regla = $regla)
    and ($compromiso_id is null or h.compromiso_id = $compromiso_id)
order by
    case h.severidad when 'error' then 1 when 'advertencia' then 2 else 3 end,
    h.documento, h.pagina, h.renglon, h.columna
