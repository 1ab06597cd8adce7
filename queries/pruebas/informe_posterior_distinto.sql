-- ¿Cambió un informe posterior lo alcanzado en un trimestre sin un hallazgo que lo
--   diga?
-- Severidad: advertencia
-- Grano: una fila por compromiso y trimestre que un informe posterior imprime distinto.
-- Cuidado: una cifra con dos lecturas no acusa a ningún informe.

with dicho as (
    select
        i.vigente_id,
        i.compromiso_id,
        i.corte,
        a.trimestre,
        a.alcanzado,
        lag(a.alcanzado) over anteriores as antes,
        lag(i.corte) over anteriores as corte_antes
    from informe as i
    inner join avance as a
        on i.compromiso_id = a.compromiso_id and i.trimestre_corte >= a.trimestre
    where a.alcanzado is not null and a.certeza <> 'ambiguo'
    window anteriores as (
        partition by i.vigente_id, a.trimestre order by i.trimestre_corte, i.documento
    )
)

select
    d.compromiso_id,
    concat(
        'T', d.trimestre, ': ', d.antes, ' en ', d.corte_antes, ', ', d.alcanzado, ' en ',
        d.corte
    ) as detalle
from dicho as d
anti join hallazgo as h
    on
        d.compromiso_id = h.compromiso_id
        and h.columna = concat('alcanzado_t', d.trimestre)
where d.alcanzado <> d.antes
