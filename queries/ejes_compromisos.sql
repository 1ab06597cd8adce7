-- ¿Qué compromisos responden a cada eje, estrategia o línea en el corte?
-- Grano: una fila por compromiso en vigor, corte, PMD y código de cualquiera de los tres
--   niveles.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $pmd (NULL = todos); $clave_pmd
--   (un eje, estrategia o línea; NULL = todos)
-- Cuidado: es la lista de a quién contar, sin cifras; un compromiso aparece en cada
--   código al que responde.

select
    f.ejercicio,
    f.corte,
    l.pmd,
    l.nivel_pmd,
    l.clave_pmd,
    f.dependencia,
    f.nivel,
    f.meta_clave,
    f.clave,
    f.vigente_id,
    f.compromiso_id
from linea_vigente as l
inner join ficha as f on l.vigente_id = f.vigente_id and l.corte = f.corte
where
    l.momento = 'corte'
    and f.ejercicio = coalesce(cast($ejercicio as integer), f.ejercicio)
    and f.corte = coalesce($corte, f.corte)
    and f.dependencia = coalesce($dependencia, f.dependencia)
    and f.nivel = coalesce($nivel, f.nivel)
    and ($pmd is null or l.pmd = $pmd)
    and ($clave_pmd is null or l.clave_pmd = $clave_pmd)
order by
    f.ejercicio, f.corte, l.pmd nulls last, orden_clave(l.clave_pmd), l.nivel_pmd, f.orden
