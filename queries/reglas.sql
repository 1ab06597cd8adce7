-- ¿Con qué regla se juntan los trimestres de cada compromiso, y cuál es un ejemplo?
-- Grano: una fila por regla de acumulación y origen (inferida o confirmada).
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel (NULL = todos)
-- Cuidado: el ejemplo es el primero, por su clave, con más trimestres que traen A y con
--   más distintos entre sí; sus cifras son las que valen, no siempre las impresas.

with trimestre_de as (
    select
        vigente_id,
        corte,
        count(alcanzado) as con_avance,
        count(distinct programado) as distintos,
        max(programado) filter (where trimestre = 1) as programado_t1,
        max(programado) filter (where trimestre = 2) as programado_t2,
        max(programado) filter (where trimestre = 3) as programado_t3,
        max(programado) filter (where trimestre = 4) as programado_t4,
        max(alcanzado) filter (where trimestre = 1) as alcanzado_t1,
        max(alcanzado) filter (where trimestre = 2) as alcanzado_t2,
        max(alcanzado) filter (where trimestre = 3) as alcanzado_t3,
        max(alcanzado) filter (where trimestre = 4) as alcanzado_t4
    from vigente
    group by vigente_id, corte
)

select
    r.regla,
    r.origen,
    cast(count(*) over (partition by r.regla, r.origen) as integer) as compromisos,
    c.dependencia,
    c.nivel,
    c.clave,
    c.descripcion,
    c.unidad_medida,
    t.* exclude (vigente_id, corte, con_avance, distintos),
    c.programado,
    c.alcanzado,
    c.meta_anual,
    c.compromiso_id
from regla_acumulacion as r
inner join cumplimiento as c
    on r.vigente_id = c.vigente_id and r.corte = c.corte and c.periodo = 'acumulado'
inner join trimestre_de as t on r.vigente_id = t.vigente_id and r.corte = t.corte
where
    c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
    and c.corte = coalesce($corte, c.corte)
    and c.dependencia = coalesce($dependencia, c.dependencia)
    and c.nivel = coalesce($nivel, c.nivel)
qualify
    row_number() over (
        partition by r.regla, r.origen
        order by
            t.con_avance desc, t.distintos desc, c.corte desc, c.dependencia, c.orden
    ) = 1
order by r.regla, r.origen
