-- ¿Qué estados hay, en qué orden se deciden y qué compromiso de esta selección es
--   ejemplo de cada uno?
-- Grano: una fila por estado, también los que nadie tiene.
-- Parámetros: $ejercicio, $corte, $dependencia, $nivel, $periodo (NULL = todos);
--   $preset (NULL = el predeterminado)
-- Cuidado: el ejemplo es el primero, por su clave, de los que se leyeron con más certeza;
--   un estado sin compromisos no tiene ejemplo.

with contado as (
    select
        *,
        count(*) over (partition by estado) as n
    from cumplimiento_segun($preset)
    where
        ejercicio = coalesce(cast($ejercicio as integer), ejercicio)
        and corte = coalesce($corte, corte)
        and dependencia = coalesce($dependencia, dependencia)
        and nivel = coalesce($nivel, nivel)
        and periodo = coalesce($periodo, periodo)
    qualify
        row_number() over (
            partition by estado
            order by
                case certeza when 'seguro' then 1 when 'reconstruido' then 2 else 3 end,
                corte desc, dependencia, orden, periodo
        ) = 1
)

select
    e.numero,
    e.estado,
    e.es_evaluable,
    e.en_banda,
    e.es_exceso,
    e.exige_justificacion,
    cast(coalesce(c.n, 0) as integer) as compromisos,
    c.dependencia,
    c.nivel,
    c.clave,
    c.descripcion,
    c.unidad_medida,
    c.programado,
    c.alcanzado,
    c.cumplimiento_pct,
    c.compromiso_id
from escala_estado as e
left join contado as c using (estado)
order by e.numero
