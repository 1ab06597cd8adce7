-- ¿Dónde está impreso un compromiso y qué hubo que interpretar para leerlo?
-- Grano: una fila por renglón que lo sostiene: el suyo («compromiso») y el de cada
--   hallazgo («hallazgo»).
-- Parámetros: $compromiso_id
-- Cuidado: texto es el renglón del documento tal como se recibió, con sus errores de
--   lectura.

with renglones as (
    select
        compromiso_id,
        documento,
        pagina,
        renglon,
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
    f.texto,
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
left join renglon_fuente as f on r.documento = f.documento and r.renglon = f.renglon
order by r.papel, r.renglon, r.columna
