-- ¿Qué dijo de un compromiso cada informe del año?
-- Grano: una fila por informe que lo imprime y trimestre.
-- Parámetros: $vigente_id o $compromiso_id (el de cualquiera de sus informes)
-- Cuidado: es lo leído de cada informe, también lo que un informe posterior cambió; lo
--   que vale está en compromiso.sql.

with buscado as (
    select distinct vigente_id
    from informe
    where vigente_id = $vigente_id or compromiso_id = $compromiso_id
)

select
    i.ejercicio,
    i.corte,
    i.documento,
    i.plan,
    i.nivel,
    i.meta_clave,
    i.clave,
    c.clave_impresa,
    c.descripcion,
    c.unidad_medida,
    c.meta_anual,
    c.meta_anual_impresa,
    c.avance_absoluto,
    c.avance_absoluto_impreso,
    c.acumulado_relativo_pct,
    c.observaciones,
    a.trimestre,
    a.programado,
    a.alcanzado,
    a.programado_impreso,
    a.alcanzado_impreso,
    a.certeza,
    a.derivado,
    c.nota,
    c.pagina,
    c.renglon,
    i.compromiso_id,
    i.vigente_id
from informe as i
inner join buscado as b on i.vigente_id = b.vigente_id
inner join compromiso as c on i.compromiso_id = c.compromiso_id
inner join avance as a on i.compromiso_id = a.compromiso_id
order by i.corte, i.documento, a.trimestre
