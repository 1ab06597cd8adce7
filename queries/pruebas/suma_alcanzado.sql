-- ¿Suman los trimestres alcanzados el avance absoluto?
-- Severidad: advertencia
-- Grano: una fila por compromiso aditivo que no cierra.
-- Cuidado: solo los trimestres que el corte ya cerró y las unidades que se suman mes a
--   mes; lo ambiguo y lo que ya tiene un hallazgo no se repite aquí.

with junto as (
    select
        a.compromiso_id,
        sum(a.alcanzado) as suma,
        count(*) filter (where a.certeza = 'ambiguo') as ambiguos
    from avance as a
    inner join informe as i
        on a.compromiso_id = i.compromiso_id and i.trimestre_corte >= a.trimestre
    group by a.compromiso_id
),

por_mes as (
    select
        compromiso_id,
        sum(programado) as suma
    from avance_mensual
    group by compromiso_id
)

select
    i.compromiso_id,
    concat('ΣA = ', j.suma, ', avance absoluto = ', c.avance_absoluto) as detalle
from informe as i
inner join compromiso as c on i.compromiso_id = c.compromiso_id
inner join junto as j on i.compromiso_id = j.compromiso_id
inner join regla_acumulacion as r on i.vigente_id = r.vigente_id and i.corte = r.corte
left join por_mes as m on i.compromiso_id = m.compromiso_id
anti join hallazgo as h on i.compromiso_id = h.compromiso_id
where
    c.certeza <> 'ambiguo'
    and j.ambiguos = 0
    and r.regla = 'suma'
    and coalesce(abs(m.suma - c.meta_anual) <= 0.001, true)
    and abs(j.suma - c.avance_absoluto) > 0.001
