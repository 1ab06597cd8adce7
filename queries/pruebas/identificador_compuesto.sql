-- ¿Se forma cada identificador de documento/corte/dependencia/meta_clave/clave?
-- Severidad: error
-- Grano: una fila por compromiso cuyo identificador, corte o ejercicio no concuerdan.

select
    compromiso_id,
    concat('corte ', corte, ', ejercicio ', ejercicio, ', clave ', clave) as detalle
from compromiso
where
    compromiso_id <> concat_ws('/', documento, corte, dependencia, meta_clave, clave)
    or not regexp_full_match(corte, '[0-9]{4}T[0-4]')
    or left(corte, 4) <> cast(ejercicio as varchar)
    or (nivel = 'meta' and meta_clave <> clave)
    or regexp_matches(clave, '[^0-9A-Za-z]$')
