-- ¿Cómo fue cada compromiso trimestre por trimestre, solo y acumulado, y lo que faltó en
--   uno se repuso después?
-- Grano: una fila por compromiso en vigor, corte y cada uno de los cuatro trimestres.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel (NULL = todos); $preset (NULL =
--   el predeterminado)
-- Cuidado: *_acumulado es hasta ese trimestre, con lo sabido al corte. lectura compara el
--   trimestre que se salió de la banda con el acumulado al corte: «desfase de calendario»
--   si el acumulado está en ella; «faltante» o «exceso» si los dos quedaron del mismo
--   lado; «compensado» si faltó y el acumulado la rebasa; «reposición parcial» si la
--   rebasó y el acumulado sigue debajo. lectura_corte es la del compromiso.
--   vuelve_al_plan dice si los otros trimestres tiran al lado contrario: sin eso, el
--   desfase no se movió de fecha, solo cabe en la banda. Con un solo trimestre exigible
--   nada distingue calendario de faltante.

with trimestre_acumulado as (
    select
        a.vigente_id,
        a.corte,
        a.trimestre,
        a.programado,
        a.alcanzado,
        estado(true, a.es_legible, a.razon_programado, a.razon_alcanzado, u) as estado,
        razon_pct(a.razon_programado, a.razon_alcanzado) as razon
    from acumulado as a
    cross join umbral_elegido($preset) as u
),

junto as (
    select
        t.*,
        a.programado as programado_acumulado,
        a.alcanzado as alcanzado_acumulado,
        if(ea.es_evaluable, a.razon, null) as cumplimiento_acumulado_pct,
        coalesce(a.estado, 'Aún no exigible') as estado_acumulado,
        c.estado as estado_corte,
        et.es_evaluable or t.estado = 'Avance no programado' as se_juzga,
        et.en_banda as trimestre_en_banda,
        coalesce(et.es_exceso or t.estado = 'Avance no programado', false)
            as trimestre_excede,
        ec.es_evaluable as corte_se_juzga,
        ec.en_banda as corte_en_banda,
        ec.es_exceso as corte_excede,
        t.alcanzado - t.programado as diferencia,
        sum(t.alcanzado - t.programado) over (
            partition by t.vigente_id, t.corte
        ) as diferencia_del_anio,
        c.descripcion,
        c.unidad_medida,
        c.meta_anual,
        c.regla_acumulacion,
        c.compromiso_id,
        c.pagina,
        c.renglon
    from cumplimiento_trimestre_segun($preset) as t
    inner join cumplimiento_segun($preset) as c
        on
            t.vigente_id = c.vigente_id
            and t.corte = c.corte
            and c.periodo = 'acumulado'
    inner join escala_estado as et on t.estado = et.estado
    inner join escala_estado as ec on c.estado = ec.estado
    left join trimestre_acumulado as a
        on
            t.vigente_id = a.vigente_id
            and t.corte = a.corte
            and t.trimestre = a.trimestre
    left join escala_estado as ea on a.estado = ea.estado
),

leido as (
    select
        *,
        case
            when not se_juzga or trimestre_en_banda or not corte_se_juzga then null
            when corte_en_banda then 'desfase de calendario'
            when trimestre_excede and corte_excede then 'exceso'
            when trimestre_excede then 'reposición parcial'
            when corte_excede then 'compensado'
            else 'faltante'
        end as lectura
    from junto
)

select
    ejercicio,
    corte,
    dependencia,
    nivel,
    meta_clave,
    clave,
    descripcion,
    unidad_medida,
    trimestre,
    plan,
    es_exigible,
    programado,
    alcanzado,
    cumplimiento_pct,
    estado,
    programado_acumulado,
    alcanzado_acumulado,
    cumplimiento_acumulado_pct,
    estado_acumulado,
    estado_corte,
    lectura,
    case
        when count(lectura) over compromiso = 0 then null
        when corte_en_banda then 'desfase de calendario'
        when not corte_excede then 'faltante'
        when count_if(lectura = 'compensado') over compromiso > 0 then 'compensado'
        else 'exceso'
    end as lectura_corte,
    lectura is not null
    and coalesce(diferencia * (diferencia_del_anio - diferencia) < 0, false)
        as vuelve_al_plan,
    meta_anual,
    regla_acumulacion,
    certeza,
    vigente_id,
    compromiso_id,
    pagina,
    renglon,
    preset
from leido
where
    ejercicio = coalesce(cast($ejercicio as integer), ejercicio)
    and corte = coalesce($corte, corte)
    and dependencia = coalesce($dependencia, dependencia)
    and nivel = coalesce($nivel, nivel)
window compromiso as (partition by vigente_id, corte)
order by ejercicio, corte, dependencia, orden, trimestre
