-- ¿Qué se programó y qué se realizó mes por mes?
-- Grano: una fila por compromiso en vigor, corte y mes; solo los que imprimen meses.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $compromiso_id (NULL = todos)
-- Cuidado: las cifras llevan la unidad de su compromiso. variacion es la impresa;
--   realizado en blanco no es cero.

select
    f.ejercicio,
    f.corte,
    f.dependencia,
    f.nivel,
    f.meta_clave,
    f.clave,
    c.descripcion,
    c.unidad_medida,
    m.mes,
    cast(ceil(m.mes / 3.0) as integer) as trimestre,
    m.programado,
    m.realizado,
    m.variacion,
    f.vigente_id,
    f.compromiso_id,
    c.pagina,
    c.renglon
from avance_mensual as m
inner join ficha as f on m.compromiso_id = f.compromiso_id
inner join compromiso as c on f.compromiso_id = c.compromiso_id
where
    f.ejercicio = coalesce(cast($ejercicio as integer), f.ejercicio)
    and f.corte = coalesce($corte, f.corte)
    and f.dependencia = coalesce($dependencia, f.dependencia)
    and f.nivel = coalesce($nivel, f.nivel)
    and f.compromiso_id = coalesce($compromiso_id, f.compromiso_id)
order by f.ejercicio, f.corte, f.dependencia, f.orden, m.mes
