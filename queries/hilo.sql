-- ¿Qué dijo cada plan de un mismo compromiso, de un año a otro?
-- Grano: una fila por eslabón (compromiso de un plan) del hilo, del primero al último.
-- Parámetros: $hilo (el nombre de un hilo, un eslabón o el compromiso_id de un informe;
--   NULL = todos)
-- Cuidado: programado, alcanzado y cumplimiento_pct juntan solo los trimestres que rige
--   ese plan y ya traen A (o, si ninguno, los exigibles), con la regla del compromiso:
--   en un año de un solo plan son los de cumplimiento. «tramo» es lo que se puede unir
--   en una línea; lo demás se ve junto y no se suma. «planes» son los del compromiso en
--   el año; «planes_del_anio», los de su dependencia; meta_desde y meta_hasta, los
--   trimestres en que programan algo la mitad o más de los de su meta.

with debido as (
    select
        *,
        count(alcanzado) over (partition by eslabon) as con_avance
    from eslabon_trimestre
    where en_vigor and es_exigible
),

junto as (
    select
        eslabon,
        sumas(programado, alcanzado, trimestre) as s
    from debido
    where alcanzado is not null or con_avance = 0
    group by eslabon
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

del_anio as (
    select
        ejercicio,
        dependencia,
        cast(count(distinct plan) as integer) as planes,
        cast(
            sum(count(distinct plan)) over (partition by dependencia) as integer
        ) as planes_de_dependencia
    from eslabon
    group by ejercicio, dependencia
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
    a.planes as planes_del_anio,
    a.planes_de_dependencia,
    s.desde as meta_desde,
    s.hasta as meta_hasta,
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
    e.pmd_declarado,
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
inner join del_anio as a on e.ejercicio = a.ejercicio and e.dependencia = a.dependencia
left join lapso_meta as s
    on
        e.ejercicio = s.ejercicio
        and e.plan = s.plan
        and e.dependencia = s.dependencia
        and e.meta_clave = s.meta_clave
left join cifra as c on e.eslabon = c.eslabon
order by h.hilo, e.orden
