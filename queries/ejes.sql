-- ¿Cómo va cada eje, estrategia y línea de cada PMD en el corte?
-- Grano: una fila por ejercicio, corte, PMD, código de cualquiera de los tres niveles,
--   nivel del compromiso y periodo; PMD nulo son los que no imprimen línea.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo, $pmd (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: cada PMD se lee aparte: el mismo código nombra otra cosa en otro plan. Un
--   compromiso de varias líneas cuenta en cada una, pero una sola vez en su estrategia y
--   en su eje; por eso las líneas no suman su eje ni los ejes el total. total es
--   evaluables más los que no lo son, contados por su estado.

with contado as (
    select
        c.ejercicio,
        c.corte,
        l.pmd,
        l.nivel_pmd,
        l.clave_pmd,
        l.clave_padre,
        c.nivel,
        c.periodo,
        c.preset,
        cast(count_if(c.estado = 'Aún no exigible') as integer) as no_exigibles,
        cast(count_if(c.estado = 'Sin reporte') as integer) as sin_reporte,
        cast(count_if(c.estado = 'Sin programación') as integer) as sin_programacion,
        cast(count_if(c.estado = 'Avance no programado') as integer) as no_programados,
        cast(count_if(c.estado = 'Dato por revisar') as integer) as por_revisar,
        indicadores(e, c.estado, c.es_esperado, c.cumplimiento_pct) as indicador
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
    c.periodo,
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
    c.nivel desc, c.periodo desc
