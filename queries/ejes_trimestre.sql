-- ¿Cómo fue cada eje de cada PMD trimestre por trimestre?
-- Grano: una fila por ejercicio, corte, PMD, código, nivel del compromiso y trimestre.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $pmd (NULL = todos); $nivel_pmd
--   (eje, estrategia o linea; NULL = los tres); $preset (NULL = el predeterminado)
-- Cuidado: cada trimestre solo, sin acumular, con los compromisos del plan que regía en
--   él y bajo su PMD. Un trimestre que no es exigible tiene total y no tiene porcentaje.
--   total es evaluables más los que no lo son, contados por su estado.

with contado as (
    select
        c.ejercicio,
        c.corte,
        l.pmd,
        l.nivel_pmd,
        l.clave_pmd,
        l.clave_padre,
        c.nivel,
        c.trimestre,
        c.preset,
        cast(count_if(c.estado = 'Aún no exigible') as integer) as no_exigibles,
        cast(count_if(c.estado = 'Sin reporte') as integer) as sin_reporte,
        cast(count_if(c.estado = 'Sin programación') as integer) as sin_programacion,
        cast(count_if(c.estado = 'Avance no programado') as integer) as no_programados,
        cast(count_if(c.estado = 'Dato por revisar') as integer) as por_revisar,
        indicadores(e, c.estado, c.es_esperado, c.cumplimiento_pct) as indicador
    from cumplimiento_trimestre_segun($preset) as c
    inner join escala_estado as e using (estado)
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
        and ($pmd is null or l.pmd = $pmd)
        and l.nivel_pmd = coalesce($nivel_pmd, l.nivel_pmd)
    group by all
)

select
    c.ejercicio,
    c.corte,
    c.pmd,
    c.nivel_pmd,
    c.clave_pmd,
    c.clave_padre,
    p.nombre,
    coalesce(p.tiene_nombre, false) as tiene_nombre,
    c.nivel,
    c.trimestre,
    unnest(c.indicador),
    c.no_exigibles,
    c.sin_reporte,
    c.sin_programacion,
    c.no_programados,
    c.por_revisar,
    c.preset
from contado as c
left join pmd_linea as p on c.pmd = p.pmd and c.clave_pmd = p.clave
order by
    c.ejercicio, c.corte, c.pmd nulls last, orden_clave(c.clave_pmd), c.nivel_pmd,
    c.nivel desc, c.trimestre
