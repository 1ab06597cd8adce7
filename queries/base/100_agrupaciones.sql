-- ¿A qué línea del PMD responde cada compromiso en cada corte? ¿Cómo se cuenta un grupo?
-- Grano: linea_vigente, una fila por compromiso en vigor, corte, momento («corte» o el
--   número del trimestre), PMD y nivel del PMD (eje, estrategia, línea) al que responde.
-- Cuidado: un código no dice nada sin su plan: la llave es (pmd, clave). Un compromiso de
--   varias líneas cuenta en cada una, una vez en su estrategia y una en su eje. En un
--   año con dos planes, cada trimestre responde al plan del que toma su P.

create table linea_vigente as
with momento as (
    select
        vigente_id,
        corte,
        'corte' as momento,
        compromiso_id
    from ficha
    union all
    select
        v.vigente_id,
        v.corte,
        cast(v.trimestre as varchar) as momento,
        coalesce(v.programado_de, v.alcanzado_de, f.compromiso_id) as compromiso_id
    from vigente as v
    inner join ficha as f on v.vigente_id = f.vigente_id and v.corte = f.corte
),

escalon as (
    select
        m.vigente_id,
        m.corte,
        m.momento,
        a.pmd,
        unnest([1, 2, 3]) as partes,
        string_split(a.linea_clave, '.') as codigo
    from momento as m
    left join alineacion as a on m.compromiso_id = a.compromiso_id
)

select distinct
    vigente_id,
    corte,
    momento,
    pmd,
    ['eje', 'estrategia', 'linea'][partes] as nivel_pmd,
    array_to_string(codigo[:partes], '.') as clave_pmd,
    if(partes = 1, null, array_to_string(codigo[:partes - 1], '.')) as clave_padre
from escalon
where pmd is null or len(codigo) >= partes
order by corte, vigente_id, momento, pmd, nivel_pmd, orden_clave(clave_pmd);

create macro parte_pct(cuantos, de) as 100 * cuantos / nullif(de, 0);

-- Lo que se dice de todo grupo de compromisos. e es la fila de escala_estado de cada uno.
-- Sin evaluables no hay porcentaje, que no es cero; el índice nunca va sin los excedidos.
create macro indicadores(e, estado, es_esperado, cumplimiento_pct) as struct_pack(
    total := cast(count(*) as integer),
    evaluables := cast(count_if(e.es_evaluable) as integer),
    cumplen := cast(count_if(e.en_banda) as integer),
    debajo := cast(
        count_if(e.es_evaluable and not e.en_banda and not e.es_exceso) as integer
    ),
    excedidos := cast(count_if(e.es_exceso) as integer),
    en_banda_pct := parte_pct(count_if(e.en_banda), count_if(e.es_evaluable)),
    indice_acotado_pct := avg(least(cumplimiento_pct, 100)) filter (
        where e.es_evaluable
    ),
    excedidos_pct := parte_pct(count_if(e.es_exceso), count_if(e.es_evaluable)),
    esperados := cast(count_if(es_esperado) as integer),
    reportados := cast(count_if(es_esperado and estado <> 'Sin reporte') as integer),
    cobertura_pct := parte_pct(
        count_if(es_esperado and estado <> 'Sin reporte'), count_if(es_esperado)
    )
);
