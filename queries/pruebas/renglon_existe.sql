-- ¿Está en el documento el renglón del que dice salir cada compromiso y cada hallazgo?
-- Severidad: error
-- Grano: una fila por renglón citado que no existe o está en otra página.

select
    c.compromiso_id,
    concat(c.documento, ', página ', c.pagina, ', renglón ', c.renglon) as detalle
from (
    select
        compromiso_id,
        documento,
        pagina,
        renglon
    from compromiso
    union all
    select
        compromiso_id,
        documento,
        pagina,
        renglon
    from hallazgo
    where renglon is not null
) as c
left join renglon_fuente as f on c.documento = f.documento and c.renglon = f.renglon
where f.renglon is null or f.pagina <> c.pagina
