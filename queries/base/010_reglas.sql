-- ¿Con qué reglas se clasifica un compromiso?
-- Grano: umbral, una fila por preset; escala_estado, por estado; trimestre, por
--   trimestre; frase_justificacion, por patrón.
-- Parámetros: ninguno; umbrales_yml y frases_yml son data/umbrales.yml y
--   data/justificacion.yml.
-- Cuidado: la macro estado() es la única que decide un estado; nadie más compara con un
--   umbral.

-- La mayor P entera con la que una sola unidad ya saca de la banda: 9 si es de ±10 %.
create macro meta_pequena(minimo, maximo) as cast(
    ceil(100 / least(100 - minimo, maximo - 100)) - 1 as decimal(9, 3)
);

create table umbral as
select
    preset,
    cast(minimo as decimal(9, 3)) as minimo,
    cast(maximo as decimal(9, 3)) as maximo,
    cast(critico as decimal(9, 3)) as critico,
    cast(meta_subestimada as decimal(9, 3)) as meta_subestimada,
    meta_pequena(minimo, maximo) as meta_pequena,
    cast(es_predeterminado as boolean) as es_predeterminado,
    cast(orden as integer) as orden,
    motivo
from umbrales_yml
order by orden;

create macro sin_ceros(cantidad) as rtrim(rtrim(cast(cantidad as varchar), '0'), '.');

-- Un preset por su nombre (NULL es el predeterminado) o cuatro umbrales propios,
-- «crítico-mínimo-máximo-subestimada» (60-85-120-250). Con otra cosa, un error que lo
-- dice: callar daría cero compromisos en todas partes.
create macro umbral_elegido(preset_elegido) as table (
    with numero as (
        select
            cast(n[1] as decimal(9, 3)) as critico,
            cast(n[2] as decimal(9, 3)) as minimo,
            cast(n[3] as decimal(9, 3)) as maximo,
            cast(n[4] as decimal(9, 3)) as meta_subestimada
        from (select string_split(preset_elegido, '-') as n) as partido
        where
            regexp_full_match(
                preset_elegido, '[0-9]{1,4}([.]5)?(-[0-9]{1,4}([.]5)?){3}'
            )
    ),

    hallado as (
        select
            *,
            false as es_propio
        from umbral
        where preset = preset_elegido or (preset_elegido is null and es_predeterminado)
        union all by name
        select
            concat('Propios ', sin_ceros(minimo), '–', sin_ceros(maximo)) as preset,
            minimo,
            maximo,
            critico,
            meta_subestimada,
            meta_pequena(minimo, maximo) as meta_pequena,
            false as es_predeterminado,
            cast(null as integer) as orden,
            'Umbrales movidos en la página.' as motivo,
            true as es_propio
        from numero
        where
            critico > 0
            and critico <= minimo
            and minimo < 100
            and maximo > 100
            and maximo <= meta_subestimada
    )

    select hallado.*
    from (select 1) as uno
    left join hallado on true
    where if(
        hallado.preset is null,
        error(
            concat(
                'No hay umbrales «', preset_elegido, '»: dé el nombre de un preset o '
                'crítico-mínimo-máximo-subestimada, como 60-85-120-250.'
            )
        ),
        true
    )
);

create table frase_justificacion as
select
    dice,
    patron
from frases_yml;

create table escala_estado as
select
    numero,
    estado,
    numero >= 6 as es_evaluable,
    estado = 'Cumple' as en_banda,
    numero >= 10 as es_exceso,
    numero in (5, 6, 7, 8, 10, 11) as exige_justificacion
from (
    values
    (1, 'Aún no exigible'),
    (2, 'Dato por revisar'),
    (3, 'Sin reporte'),
    (4, 'Sin programación'),
    (5, 'Avance no programado'),
    (6, 'Sin avance'),
    (7, 'Crítico'),
    (8, 'En riesgo'),
    (9, 'Cumple'),
    (10, 'Sobrecumple'),
    (11, 'Meta subestimada')
) as t (numero, estado);

create table trimestre as
select
    trimestre,
    nombre,
    meses
from (
    values
    (1, 'Primer trimestre', 'ene–mar'),
    (2, 'Segundo trimestre', 'abr–jun'),
    (3, 'Tercer trimestre', 'jul–sep'),
    (4, 'Cuarto trimestre', 'oct–dic')
) as t (trimestre, nombre, meses);

-- Exacto, sin el ruido binario de los decimales; NULL lo que no es número.
create macro exacto(cantidad) as try_cast(cantidad as decimal(24, 6));

-- Si lo usado no es lo que el documento imprime; en lo que no imprime no hay otra cifra.
create macro es_otra(usada, impresa) as coalesce(abs(usada - impresa) > 0.005, false);

create macro razon_pct(programado, alcanzado) as (
    exacto(alcanzado) * 100 / nullif(exacto(programado), 0)
);

-- La primera condición que se cumple decide. u es una fila de umbral.
create macro estado(es_exigible, es_legible, programado, alcanzado, u) as case
    when not es_exigible then 'Aún no exigible'
    when
        not es_legible
        or (programado is not null and exacto(programado) is null)
        or (alcanzado is not null and exacto(alcanzado) is null)
        or programado < 0
        or alcanzado < 0
        or (programado is null and alcanzado > 0)
        then 'Dato por revisar'
    when programado > 0 and alcanzado is null then 'Sin reporte'
    when coalesce(programado, 0) = 0 and coalesce(alcanzado, 0) = 0
        then 'Sin programación'
    when programado = 0 then 'Avance no programado'
    when alcanzado = 0 then 'Sin avance'
    when exacto(alcanzado) * 100 < exacto(programado) * u.critico then 'Crítico'
    when exacto(alcanzado) * 100 < exacto(programado) * u.minimo then 'En riesgo'
    when exacto(alcanzado) * 100 <= exacto(programado) * u.maximo then 'Cumple'
    when
        exacto(alcanzado) * 100 <= exacto(programado) * u.meta_subestimada
        then 'Sobrecumple'
    else 'Meta subestimada'
end;

-- Cómo se juntan los trimestres. Con uno solo en juego no hace falta regla; NULL es que
-- no se pueden juntar. n_media: los trimestres que entran en una media.
create macro modo_acumulacion(regla, n_con_cifra, n_media) as case
    when regla in ('suma', 'única') or n_con_cifra <= 1 then 'suma'
    when regla in ('constante', 'promedio') and n_media > 0 then 'media'
    when regla = 'último valor' then 'última'
    when regla <> 'indeterminada' then 'suma'
end;

-- Lo que de varios trimestres hace falta para juntarlos, sea cual sea el modo. Un 0
-- programado no baja una media.
create macro sumas(programado, alcanzado, trimestre) as struct_pack(
    n_con_cifra := count(*) filter (where programado > 0 or alcanzado > 0),
    n_media := count(*) filter (where programado > 0),
    p_suma := sum(programado),
    a_suma := sum(alcanzado),
    p_media := sum(programado) filter (where programado > 0),
    a_media := sum(alcanzado) filter (where programado > 0),
    p_ultima := max_by(programado, trimestre),
    a_ultima := max_by(alcanzado, trimestre)
);

create macro segun_modo(modo, suma, media, ultima) as case modo
    when 'suma' then suma
    when 'media' then media
    when 'última' then ultima
end;

-- Una cifra que no se puede juzgar: negativa, que no es número, o alcanzada sin P.
create macro es_anomala(programado, alcanzado) as (
    coalesce(least(programado, alcanzado) < 0, false)
    or coalesce(isnan(programado) or isnan(alcanzado), false)
    or (programado is null and coalesce(alcanzado > 0, false))
);

create macro norma(texto) as (
    trim(regexp_replace(strip_accents(lower(texto)), '[^a-z0-9]+', ' ', 'g'))
);

-- La raíz de una palabra ya normalizada, para buscarla en singular o plural, masculino o
-- femenino: «apoyos» y «apoyo», «emprendedoras» y «emprendedor». Las claves se quedan.
create macro raiz(palabra) as if(
    regexp_matches(palabra, '[0-9]') or length(palabra) < 4,
    palabra,
    regexp_replace(
        regexp_replace(palabra, '(?:([^aeiou])es|s)$', '\1'), '([^aeiou])[aeo]$', '\1'
    )
);

-- Lo que no es artículo ni preposición.
create macro dice_algo(palabra) as (
    length(palabra) > 1
    and palabra not in (
        'al', 'con', 'de', 'del', 'el', 'en', 'es', 'la', 'las', 'lo', 'los', 'por',
        'para', 'que', 'se', 'su', 'sus', 'un', 'una', 'y'
    )
    or regexp_matches(palabra, '[0-9]')
);

-- Una unidad de medida para compararla con otra: «PERSONAS USUARIAS» y «Persona usuaria».
create macro en_singular(unidad) as array_to_string(
    list_transform(
        list_filter(string_split(norma(unidad), ' '), lambda p: dice_algo(p)),
        lambda p: raiz(p)
    ),
    ' '
);

-- Texto que ordena las claves como números: 3.9 antes que 3.10, 99 antes que 100.
create macro orden_clave(clave) as array_to_string(
    list_transform(regexp_extract_all(clave, '[0-9]+'), lambda n: lpad(n, 6, '0')), '.'
);

create macro peor_certeza(una, otra) as case
    when 'ambiguo' in (una, otra) then 'ambiguo'
    when 'reconstruido' in (una, otra) then 'reconstruido'
    else coalesce(una, otra)
end;
