-- ¿Qué compromisos se apartaron de su plan, qué tanto, y con qué explicación?
-- Grano: una fila por compromiso fuera de la banda, corte y periodo.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: distancia es |log2(c)|: quedar en la mitad dista lo mismo que llegar al doble.
--   Con A = 0, o sin P, no tiene número y va por delante de toda otra. Las pequeñas (por
--   su P o, si no tienen, por su A) se numeran aparte: una unidad las saca de la banda.

with fuera as (
    select
        c.*,
        if(
            e.es_exceso or c.estado = 'Avance no programado', 'encima', 'debajo'
        ) as lado,
        greatest(c.programado, if(c.programado > 0, 0, c.alcanzado)) <= u.meta_pequena
            as es_pequena,
        if(c.cumplimiento_pct > 0, abs(log2(c.cumplimiento_pct / 100)), null)
            as distancia,
        case
            when contains(c.etiquetas, 'justificación ausente') then 'ausente'
            when contains(c.etiquetas, 'justificación contradictoria')
                then 'contradictoria'
            else 'impresa'
        end as justificacion
    from cumplimiento_segun($preset) as c
    inner join escala_estado as e using (estado)
    cross join umbral_elegido($preset) as u
    where
        e.exige_justificacion
        and c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
        and c.corte = coalesce($corte, c.corte)
        and c.dependencia = coalesce($dependencia, c.dependencia)
        and c.nivel = coalesce($nivel, c.nivel)
        and c.periodo = coalesce($periodo, c.periodo)
)

select
    ejercicio,
    corte,
    dependencia,
    nivel,
    periodo,
    es_pequena,
    cast(
        row_number() over (
            partition by corte, nivel, periodo, es_pequena
            order by distancia desc nulls first, dependencia, orden
        ) as integer
    ) as lugar,
    lado,
    distancia,
    meta_clave,
    clave,
    descripcion,
    unidad_medida,
    programado,
    alcanzado,
    alcanzado - coalesce(programado, 0) as diferencia,
    cumplimiento_pct,
    estado,
    etiquetas,
    justificacion,
    observaciones,
    total_impreso,
    unidad,
    vigente_id,
    compromiso_id,
    corte_informe,
    documento,
    pagina,
    renglon,
    certeza,
    nota,
    preset
from fuera
order by ejercicio, corte, nivel desc, periodo desc, es_pequena, lugar
