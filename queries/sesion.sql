-- ¿Qué imprime de su sesión el documento de un corte: portada, orden del día y acuerdos?
-- Grano: una fila por renglón de la portada (la primera página) y por punto de cada
--   sección.
-- Parámetros: $corte, $documento (NULL = todos)
-- Cuidado: solo los documentos que traen un orden del día. encabezado es el renglón
--   impreso sobre el primer punto de la sección; en la portada no lo hay.

with de_sesion as (
    select distinct d.documento
    from sesion as d
    inner join compromiso as c using (documento)
    where
        c.corte = coalesce($corte, c.corte)
        and d.documento = coalesce($documento, d.documento)
),

limpio as (
    select
        r.documento,
        r.pagina,
        r.renglon,
        trim(replace(r.texto, '**', '')) as texto
    from renglon_fuente as r
    inner join de_sesion using (documento)
    where trim(r.texto) <> ''
),

portada as (
    select
        documento,
        pagina,
        renglon,
        'portada' as seccion,
        cast(
            row_number() over (partition by documento order by renglon) as integer
        ) as orden,
        texto
    from limpio
    qualify pagina = min(pagina) over (partition by documento)
),

seccion as (
    select
        documento,
        seccion,
        min(renglon) as renglon
    from sesion
    group by documento, seccion
),

encabezado as (
    select
        s.documento,
        s.seccion,
        max_by(l.texto, l.renglon) as encabezado
    from seccion as s
    inner join limpio as l on s.documento = l.documento and s.renglon > l.renglon
    group by s.documento, s.seccion
)

select
    p.documento,
    p.pagina,
    p.renglon,
    p.seccion,
    null as encabezado,
    p.orden,
    p.texto
from portada as p
union all
select
    s.documento,
    s.pagina,
    s.renglon,
    s.seccion,
    e.encabezado,
    s.orden,
    s.texto
from sesion as s
inner join de_sesion using (documento)
left join encabezado as e on s.documento = e.documento and s.seccion = e.seccion
order by documento, renglon
