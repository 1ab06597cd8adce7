-- ¿Dónde está impreso un compromiso y qué hubo que interpretar para leerlo?
-- Grano: una fila por renglón que lo sostiene: el suyo («compromiso») y el de cada
--   hallazgo («hallazgo»).
-- Parámetros: $compromiso_id
-- Cuidado: texto es el renglón del documento tal como se recibió, con sus errores de
--   lectura; si ocupa varios (láminas, acciones por mes), todos los que no están vacíos.

with renglones as (
    select
        compromiso_id,
        documento,
        pagina,
        renglon,
        renglon_hasta,
        'compromiso' as papel,
        certeza,
        nota,
        null as regla,
        null as severidad,
        null as columna,
        null as impreso,
        null as usado,
        null as explicacion
    from compromiso
    where compromiso_id = $compromiso_id
    union all
    select
        compromiso_id,
        documento,
        pagina,
        renglon,
        renglon as renglon_hasta,
        'hallazgo' as papel,
        null as certeza,
        null as nota,
        regla,
        severidad,
        columna,
        impreso,
        usado,
        explicacion
    from hallazgo
    where compromiso_id = $compromiso_id
)

select
    r.compromiso_id,
    r.papel,
    r.documento,
    d.archivo,
    r.pagina,
    r.renglon,
    (
        select string_agg(f.texto, chr(10) order by f.renglon)
        from renglon_fuente as f
        where
            f.documento = r.documento
            and f.renglon between r.renglon and r.renglon_hasta
            and trim(f.texto) <> ''
    ) as texto,
    r.renglon_hasta,
    r.certeza,
    r.nota,
    r.regla,
    r.severidad,
    r.columna,
    r.impreso,
    r.usado,
    r.explicacion
from renglones as r
left join documento as d using (documento)
order by r.papel, r.renglon, r.columna
