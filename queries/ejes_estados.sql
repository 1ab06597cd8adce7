-- ¿Cuántos compromisos de cada eje, estrategia y línea hay en cada estado?
-- Grano: una fila por ejercicio, corte, PMD, código de cualquiera de los tres niveles,
--   nivel del compromiso, periodo y estado que se presenta.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo, $pmd (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: cuenta compromisos distintos dentro de cada código; los códigos no se suman
--   entre sí.

with contado as (
    select
        c.ejercicio,
        c.corte,
        l.pmd,
        l.nivel_pmd,
        l.clave_pmd,
        c.nivel,
        c.periodo,
        c.estado,
        e.numero as estado_orden,
        cast(count(*) as integer) as compromisos,
        c.preset
    from cumplimiento_segun($preset) as c
    inner join escala_estado as e using (estado)
    inner join linea_vigente as l
        on c.vigente_id = l.vigente_id and c.corte = l.corte and l.momento = 'corte'
    where
        c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
        and c.corte = coalesce($corte, c.corte)
        and c.dependencia = coalesce($dependencia, c.dependencia)
        and c.nivel = coalesce($nivel, c.nivel)
        and c.periodo = coalesce($periodo, c.periodo)
        and ($pmd is null or l.pmd = $pmd)
    group by all
)

select *
from contado
order by
    ejercicio, corte, pmd nulls last, orden_clave(clave_pmd), nivel_pmd,
    nivel desc, periodo desc, estado_orden
