-- ¿Qué compromisos respondieron a cada eje, estrategia o línea en un trimestre y cómo les
--   fue en él?
-- Grano: una fila por compromiso del plan que regía en el trimestre, corte, trimestre,
--   PMD y código de cualquiera de los tres niveles.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $trimestre, $pmd (NULL = todos);
--   $clave_pmd (un eje, estrategia o línea; NULL = todos); $preset (NULL = el
--   predeterminado)
-- Cuidado: son los que cuenta ejes_trimestre; en un año con dos planes no son los mismos
--   que responden al código en el corte. Un compromiso aparece en cada código al que
--   responde. pagina y renglon son los del informe que imprime lo alcanzado en el
--   trimestre o, si no lo hay, lo programado; sin ninguno, los del informe del corte.

select
    c.ejercicio,
    c.corte,
    l.pmd,
    l.nivel_pmd,
    l.clave_pmd,
    c.dependencia,
    c.nivel,
    c.meta_clave,
    c.clave,
    c.trimestre,
    c.programado,
    c.alcanzado,
    c.cumplimiento_pct,
    c.estado,
    m.pagina,
    m.renglon,
    c.vigente_id,
    c.preset
from cumplimiento_trimestre_segun($preset) as c
inner join ficha as f on c.vigente_id = f.vigente_id and c.corte = f.corte
inner join compromiso as m
    on m.compromiso_id = coalesce(c.alcanzado_de, c.programado_de, f.compromiso_id)
inner join linea_vigente as l
    on
        c.vigente_id = l.vigente_id
        and c.corte = l.corte
        and cast(c.trimestre as varchar) = l.momento
where
    c.esta_en_plan
    and c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
    and c.corte = coalesce($corte, c.corte)
    and c.dependencia = coalesce($dependencia, c.dependencia)
    and c.nivel = coalesce($nivel, c.nivel)
    and c.trimestre = coalesce(cast($trimestre as integer), c.trimestre)
    and ($pmd is null or l.pmd = $pmd)
    and ($clave_pmd is null or l.clave_pmd = $clave_pmd)
order by
    c.ejercicio, c.corte, c.trimestre, l.pmd nulls last, orden_clave(l.clave_pmd),
    l.nivel_pmd, c.dependencia, c.orden
