-- ¿Qué dijo cada plan de un mismo compromiso, de un año a otro?
-- Grano: una fila por eslabón (compromiso de un plan) del hilo, del primero al último.
-- Parámetros: $hilo (el nombre de un hilo, un eslabón o el compromiso_id de un informe;
--   NULL = todos)
-- Cuidado: programado, alcanzado y cumplimiento_pct juntan solo los trimestres que rige
--   ese plan y que ya traen A, con la regla del compromiso. «tramo» es lo que se puede
--   unir en una línea; lo demás se ve junto y no se suma.

with junto as (
    select
        t.eslabon,
        sumas(t.programado, t.alcanzado, t.trimestre) as s
    from eslabon_trimestre as t
    where t.en_vigor and t.es_exigible and t.alcanzado is not null
    group by t.eslabon
),

con_modo as (
    select
        j.eslabon,
        j.s,
        modo_acumulacion(r.regla, j.s.n_con_cifra, j.s.n_media) as modo
    from junto as j
    inner join eslabon as e on j.eslabon = e.eslabon
    inner join regla_acumulacion as r on e.vigente_id = r.vigente_id and e.corte = r.corte
),

cifra as (
    select
        eslabon,
        segun_modo(modo, s.p_suma, s.p_media / s.n_media, s.p_ultima) as programado,
        segun_modo(modo, s.a_suma, s.a_media / s.n_media, s.a_ultima) as alcanzado
    from con_modo
)

select
    h.hilo,
    n.nombre as hilo_nombre,
    h.tramo,
    e.eslabon,
    e.ejercicio,
    e.plan,
    cast(
        count(*) over (partition by e.vigente_id) as integer
    ) as planes,
    e.dependencia,
    d.nombre as dependencia_nombre,
    d.nombre_corto as dependencia_corta,
    e.nivel,
    e.meta_clave,
    e.clave,
    e.descripcion,
    e.unidad_medida,
    e.unidad_comparable,
    e.meta_anual,
    c.programado,
    c.alcanzado,
    razon_pct(c.programado, c.alcanzado) as cumplimiento_pct,
    e.certeza,
    e.es_solo_plan,
    e.es_incompleto,
    e.corte,
    e.pmd,
    e.ayuntamiento,
    e.compromiso_id,
    e.documento,
    e.pagina,
    e.renglon,
    e.orden
from hilo_de as h
inner join hilo_pedido($hilo) as p on h.hilo = p.hilo
inner join hilo as n on h.hilo = n.hilo
inner join eslabon as e on h.eslabon = e.eslabon
inner join dependencia as d on e.dependencia = d.dependencia
left join cifra as c on e.eslabon = c.eslabon
order by h.hilo, e.orden
