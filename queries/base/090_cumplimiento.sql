-- ¿Cómo va cada compromiso en cada corte?
-- Grano: cumplimiento, una fila por compromiso en vigor, corte y periodo («trimestre» =
--   ese trimestre solo; «acumulado» = hasta él); cumplimiento_trimestre, una por
--   compromiso en vigor, corte y cada uno de los cuatro trimestres.
-- Parámetros: las macros reciben el preset; NULL es el predeterminado de
--   data/umbrales.yml.
-- Cuidado: toda página cuenta desde aquí. informe_* es lo que dice el último informe
--   sobre su propio avance, que en un año replaneado no es el del año.

create macro cumplimiento_segun(preset_elegido) as table (
    with clasificado as (
        select
            f.*,
            m.* exclude (
                compromiso_id, ejercicio, corte, plan, dependencia, nivel, meta_clave,
                clave, meta_anual
            ),
            m.meta_anual as informe_meta_anual,
            g.periodo,
            g.programado,
            g.alcanzado,
            g.razon_programado,
            g.razon_alcanzado,
            g.es_incompleto,
            g.es_reprogramada,
            g.regla_acumulacion,
            g.meta_anual,
            g.avance_anual_pct,
            u.preset,
            u.meta_pequena,
            estado(
                g.es_exigible, g.es_legible, g.razon_programado, g.razon_alcanzado, u
            ) as estado,
            d.compromiso_id is not null as tiene_justificacion,
            list_filter(
                d.partes,
                lambda una: una['si_esta'] is null
                or list_contains(
                    una['si_esta'],
                    estado(true, true, una['programado'], una['alcanzado'], u)
                )
            ) as contradicen
        from agregado as g
        inner join ficha as f on g.vigente_id = f.vigente_id and g.corte = f.corte
        inner join compromiso as m on f.compromiso_id = m.compromiso_id
        left join contradiccion as d
            on f.compromiso_id = d.compromiso_id and g.periodo = d.periodo
        cross join umbral_elegido(preset_elegido) as u
    ),

    comparado as (
        select
            c.*,
            e.es_evaluable,
            e.exige_justificacion,
            max(if(c.periodo = 'trimestre', c.estado, null)) over compromiso
                as del_trimestre,
            max(if(c.periodo = 'acumulado', c.estado, null)) over compromiso
                as del_acumulado,
            len(c.contradicen) > 0 as contradice
        from clasificado as c
        inner join escala_estado as e on c.estado = e.estado
        window compromiso as (partition by c.vigente_id, c.corte)
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
        periodo,
        programado,
        alcanzado,
        if(es_evaluable, razon_pct(razon_programado, razon_alcanzado), null)
            as cumplimiento_pct,
        estado,
        concat_ws(
            '; ',
            if(
                del_acumulado = 'Cumple'
                and del_trimestre in (
                    'Avance no programado', 'Sin avance', 'Crítico', 'En riesgo',
                    'Sobrecumple', 'Meta subestimada'
                ),
                'desfase de calendario', null
            ),
            if(es_evaluable and programado <= meta_pequena, 'meta pequeña', null),
            if(es_reprogramada, 'reprogramada', null),
            if(es_incompleto, 'reporte incompleto', null),
            case
                when exige_justificacion and not tiene_justificacion
                    then 'justificación ausente'
                when contradice then 'justificación contradictoria'
            end
        ) as etiquetas,
        regla_acumulacion,
        meta_anual,
        avance_anual_pct,
        vigente_id,
        compromiso_id,
        corte_informe,
        documento,
        pagina,
        renglon,
        programa_clave,
        programa,
        unidad_clave,
        unidad,
        observaciones,
        informe_meta_anual,
        avance_absoluto as informe_avance_absoluto,
        acumulado_relativo_pct as informe_relativo_pct,
        -- en un año replaneado el informe solo imprime lo de su plan
        case
            when es_reprogramada then null
            when estado = 'Aún no exigible'
                then if(
                    es_otra(informe_meta_anual, meta_anual_impresa),
                    meta_anual_impresa, null
                )
            when
                periodo = 'acumulado'
                and es_otra(alcanzado, avance_absoluto_impreso)
                then avance_absoluto_impreso
        end as total_impreso,
        estado <> 'Aún no exigible' and coalesce(razon_programado > 0, false)
            as es_esperado,
        if(
            contradice,
            array_to_string(
                list_transform(contradicen, lambda una: una['palabras']), ' … '
            ),
            null
        ) as contradiccion_dice,
        if(
            contradice,
            if(corte = corte_informe, '', 'en su último informe, ')
            || array_to_string(
                list_sort(
                    list_distinct(list_transform(contradicen, lambda una: una['cifras']))
                ),
                '; '
            ),
            null
        ) as contradiccion_con,
        certeza,
        nota,
        preset,
        orden
    from comparado
    order by ejercicio, corte, dependencia, orden, periodo desc
);

create view cumplimiento as
select * from cumplimiento_segun(null);

create macro cumplimiento_trimestre_segun(preset_elegido) as table (
    with clasificado as (
        select
            v.*,
            u.preset,
            estado(v.es_exigible, v.es_legible, v.programado, v.alcanzado, u) as estado
        from vigente as v
        cross join umbral_elegido(preset_elegido) as u
    )

    select
        ejercicio,
        corte,
        dependencia,
        nivel,
        meta_clave,
        clave,
        trimestre,
        plan,
        esta_en_plan,
        es_exigible,
        programado,
        alcanzado,
        if(e.es_evaluable, razon_pct(programado, alcanzado), null) as cumplimiento_pct,
        estado,
        estado <> 'Aún no exigible' and coalesce(programado > 0, false) as es_esperado,
        certeza,
        programado_de,
        alcanzado_de,
        vigente_id,
        preset,
        orden
    from clasificado
    inner join escala_estado as e using (estado)
    order by ejercicio, corte, dependencia, orden, trimestre
);

create view cumplimiento_trimestre as
select * from cumplimiento_trimestre_segun(null);
