-- ¿Cómo va cada compromiso en el corte?
-- Grano: una fila por compromiso en vigor, corte y periodo («trimestre» = ese trimestre
--   solo; «acumulado» = hasta él).
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: P y A llevan la unidad de su compromiso; no se suman entre compromisos.

select *
from cumplimiento_segun($preset)
where
    ejercicio = coalesce(cast($ejercicio as integer), ejercicio)
    and corte = coalesce($corte, corte)
    and dependencia = coalesce($dependencia, dependencia)
    and nivel = coalesce($nivel, nivel)
    and periodo = coalesce($periodo, periodo)
order by ejercicio, corte, dependencia, orden, periodo desc
