-- ¿Hay cifras que no son la impresa sin un hallazgo que diga por qué?
-- Severidad: advertencia
-- Grano: una fila por cifra.

with cifra as (
    select
        compromiso_id,
        'meta_anual' as columna,
        meta_anual as usada,
        meta_anual_impresa as impresa
    from compromiso
    union all
    select
        compromiso_id,
        'avance_absoluto',
        avance_absoluto,
        avance_absoluto_impreso
    from compromiso
    union all
    select
        compromiso_id,
        'programado T' || trimestre,
        programado,
        programado_impreso
    from avance
    where not coalesce(derivado, false)
    union all
    select
        compromiso_id,
        'alcanzado T' || trimestre,
        alcanzado,
        alcanzado_impreso
    from avance
    where not coalesce(derivado, false)
)

select
    c.compromiso_id,
    concat(
        c.columna,
        ': impreso ', coalesce(cast(c.impresa as varchar), '(en blanco)'),
        ', usado ', coalesce(cast(c.usada as varchar), '(en blanco)')
    ) as detalle
from cifra as c
anti join hallazgo as h on c.compromiso_id = h.compromiso_id
where c.usada is distinct from c.impresa
