-- ¿Cuánto llevaba un compromiso al cierre de cada trimestre ya exigible?
-- Grano: una fila por compromiso en vigor, corte y trimestre exigible.
-- Parámetros: $compromiso_id (el de cualquiera de sus informes); $corte (NULL = el
--   último)
-- Cuidado: solo P y A, para dibujarlas; el estado del corte lo decide cumplimiento. Se
--   agregan los trimestres con A, según la regla de la unidad; sin regla no hay
--   acumulado.

with buscado as (
    select distinct
        ejercicio,
        dependencia,
        vigente_id
    from informe
    where compromiso_id = $compromiso_id
),

al_corte as (
    select
        b.vigente_id,
        coalesce($corte, max(c.corte)) as corte
    from buscado as b
    inner join corte as c using (ejercicio, dependencia)
    group by b.vigente_id
)

select
    a.vigente_id,
    a.corte,
    a.trimestre,
    a.programado,
    a.alcanzado
from acumulado as a
inner join al_corte as b on a.vigente_id = b.vigente_id and a.corte = b.corte
order by a.vigente_id, a.trimestre
