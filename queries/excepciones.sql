-- ¿Qué incumplimientos ya se conocen, y por qué se dejan así?
-- Grano: una fila por prueba o regla y compromiso.
-- Parámetros: ninguno
-- Cuidado: explicar no corrige; la cifra sigue como está impresa.

select
    prueba,
    compromiso_id,
    motivo
from excepcion
order by prueba, compromiso_id
