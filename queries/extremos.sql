-- ¿Qué compromisos quedaron más abajo y más arriba de lo programado, y qué se dijo de
--   ellos?
-- Grano: una fila por compromiso fuera de la banda, corte y periodo; lado «debajo» o
--   «encima».
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $limite (cuántos por lado en cada corte, dependencia, nivel y periodo; NULL = 5);
--   $preset (NULL = el predeterminado)
-- Cuidado: ordena por porcentaje de lo programado, que es lo único comparable entre
--   unidades.

with fuera as (
    select
        c.*,
        if(e.es_exceso, 'encima', 'debajo') as lado,
        if(e.es_exceso, -c.cumplimiento_pct, c.cumplimiento_pct) as desde_el_extremo
    from cumplimiento_segun($preset) as c
    inner join escala_estado as e using (estado)
    where
        e.es_evaluable
        and not e.en_banda
        and c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
        and c.corte = coalesce($corte, c.corte)
        and c.dependencia = coalesce($dependencia, c.dependencia)
        and c.nivel = coalesce($nivel, c.nivel)
        and c.periodo = coalesce($periodo, c.periodo)
),

puesto as (
    select
        *,
        cast(row_number() over grupo as integer) as lugar,
        cast(count(*) over todos as integer) as de_cuantos
    from fuera
    window
        todos as (partition by corte, dependencia, nivel, periodo, lado),
        grupo as (
            partition by corte, dependencia, nivel, periodo, lado
            order by desde_el_extremo, orden
        )
)

select
    ejercicio,
    corte,
    dependencia,
    nivel,
    periodo,
    lado,
    lugar,
    de_cuantos,
    meta_clave,
    clave,
    descripcion,
    unidad_medida,
    programado,
    alcanzado,
    cumplimiento_pct,
    estado,
    etiquetas,
    observaciones,
    unidad,
    vigente_id,
    compromiso_id,
    documento,
    pagina,
    renglon,
    certeza,
    preset
from puesto
where lugar <= coalesce(cast($limite as integer), 5)
order by ejercicio, corte, dependencia, nivel desc, periodo desc, lado, lugar
