-- ¿Qué informes hay?
-- Grano: una fila por ejercicio, corte y dependencia.
-- Parámetros: $ejercicio, $dependencia (NULL = todos)
-- Cuidado: el corte T0 (trimestre 0) es solo plan; no trae avance que evaluar. Una
--   dependencia que no está en el catálogo viene en mayúsculas, como la imprime el
--   documento; aquí se escribe como las demás («Dirección de Obras Públicas»). Una sola
--   palabra y lo que va entre paréntesis pueden ser siglas: se quedan.

with escrita as (
    select
        dependencia,
        array_to_string(
            list_transform(
                string_split(nombre, ' '),
                lambda palabra: case
                    when starts_with(palabra, '(') then palabra
                    when regexp_matches(palabra, '(?i)^(a|del?|el?|en|l[ao]s?|para|y)$')
                        then lower(palabra)
                    else concat(upper(palabra[1]), lower(palabra[2:]))
                end
            ),
            ' '
        ) as nombre
    from dependencia
    where not en_catalogo and nombre = upper(nombre) and contains(nombre, ' ')
)

select
    c.ejercicio,
    c.corte,
    c.trimestre,
    c.dependencia,
    coalesce(e.nombre, d.nombre) as dependencia_nombre,
    coalesce(e.nombre, d.nombre_corto) as dependencia_corta,
    c.documentos,
    c.metas,
    c.acciones,
    c.plan,
    c.tiene_avance
from corte as c
inner join dependencia as d using (dependencia)
left join escrita as e using (dependencia)
where
    c.ejercicio = coalesce(cast($ejercicio as integer), c.ejercicio)
    and c.dependencia = coalesce($dependencia, c.dependencia)
order by c.ejercicio, c.corte, dependencia_nombre
