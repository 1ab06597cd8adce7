-- ¿Cómo se llama cada cosa que los extractos nombran por su identificador?
-- Grano: dependencia, una fila por dependencia; documento, por documento; pmd, por plan
--   municipal; pmd_linea, por plan y código; excepcion, por prueba y fila exceptuada.
-- Parámetros: ninguno; csv_* son los archivos de data/ y data/catalogos/, como texto.
-- Cuidado: lo que aparece en un extracto y no en su catálogo también tiene fila, con el
--   nombre que trae el documento o con la frase que dice que no lo trae. Nunca se
--   adivina.

create table dependencia as
with de_catalogo as (
    select
        dependencia,
        nombre,
        nombre_corto,
        true as en_catalogo
    from csv_dependencia
),

impresa as (
    select
        dependencia,
        mode(nombre) as nombre
    from encabezado
    where campo = 'ramo' and nombre is not null
    group by dependencia
),

sin_catalogo as (
    select
        usada.dependencia,
        coalesce(impresa.nombre, upper(replace(usada.dependencia, '_', ' '))) as nombre
    from (
        select dependencia from compromiso
        union
        select dependencia from presupuesto
    ) as usada
    left join impresa using (dependencia)
    anti join de_catalogo using (dependencia)
    where usada.dependencia is not null
)

select * from de_catalogo
union all by name
select
    dependencia,
    nombre,
    nombre as nombre_corto,
    false as en_catalogo
from sin_catalogo
order by dependencia;

create table documento as
with leido as (
    select
        documento,
        max(pagina) as paginas,
        max(renglon) as renglones
    from (
        select
            documento,
            pagina,
            renglon
        from renglon_fuente
        union all
        select
            documento,
            pagina,
            renglon
        from compromiso
    ) as impreso
    group by documento
),

compromisos as (
    select
        documento,
        min(ejercicio) as ejercicio,
        string_agg(distinct corte, ', ' order by corte) as cortes,
        string_agg(distinct dependencia, ', ' order by dependencia) as dependencias
    from compromiso
    group by documento
),

registro as (
    select
        documento,
        archivo,
        sha256,
        formato
    from csv_documentos
)

select
    leido.documento,
    coalesce(registro.archivo, leido.documento || '.txt') as archivo,
    registro.sha256,
    registro.formato,
    compromisos.ejercicio,
    compromisos.cortes,
    compromisos.dependencias,
    cast(leido.paginas as integer) as paginas,
    cast(leido.renglones as integer) as renglones
from leido
left join registro using (documento)
left join compromisos using (documento)
order by leido.documento;

create table pmd as
select
    pmd,
    ayuntamiento,
    cast(desde_anio as integer) as desde_anio,
    cast(hasta_anio as integer) as hasta_anio
from csv_pmd
order by pmd;

create table pmd_linea as
with conocida as (
    select
        pmd,
        clave,
        nivel,
        nombre,
        fuente
    from csv_pmd_linea
),

usada as (
    select
        pmd,
        linea_clave as clave
    from alineacion
    union
    select
        pmd,
        regexp_extract(linea_clave, '^[0-9]+') as clave
    from alineacion
)

select
    pmd,
    clave,
    coalesce(conocida.nivel, if(contains(clave, '.'), 'linea', 'eje')) as nivel,
    coalesce(nullif(conocida.nombre, ''), 'nombre no impreso en las fuentes') as nombre,
    nullif(conocida.nombre, '') is not null as tiene_nombre,
    conocida.fuente
from conocida
full join usada using (pmd, clave)
where clave <> ''
order by pmd, orden_clave(clave);

create table regla_confirmada as
select
    cast(ejercicio as integer) as ejercicio,
    dependencia,
    meta_clave,
    clave,
    regla,
    motivo
from csv_regla_acumulacion;

create table excepcion as
select
    prueba,
    compromiso_id,
    motivo
from csv_excepciones;
