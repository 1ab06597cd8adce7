-- ¿De qué documentos salen los datos, y qué tan segura es su lectura?
-- Grano: una fila por documento.
-- Parámetros: ninguno
-- Cuidado: una cifra es un P o un A impreso de un trimestre (o de un mes, si se informa
--   por mes); lo que está en blanco no cuenta.

with cifra as (
    select
        compromiso_id,
        certeza,
        count(programado) + count(alcanzado) as n
    from avance
    where not derivado
    group by compromiso_id, certeza
    union all
    select
        compromiso_id,
        certeza,
        count(programado) + count(realizado) as n
    from avance_mensual
    group by compromiso_id, certeza
),

leida as (
    select
        m.documento,
        count(distinct m.compromiso_id) filter (where m.nivel = 'meta') as metas,
        count(distinct m.compromiso_id) filter (where m.nivel = 'accion') as acciones,
        sum(c.n) filter (where c.certeza = 'seguro') as seguras,
        sum(c.n) filter (where c.certeza = 'reconstruido') as reconstruidas,
        sum(c.n) filter (where c.certeza = 'ambiguo') as ambiguas
    from compromiso as m
    left join cifra as c using (compromiso_id)
    group by m.documento
),

hallada as (
    select
        documento,
        count(*) filter (where severidad = 'error') as errores,
        count(*) filter (where severidad = 'advertencia') as advertencias,
        count(*) filter (where severidad = 'aviso') as avisos
    from hallazgo
    group by documento
)

select
    d.documento,
    d.archivo,
    d.ejercicio,
    d.cortes,
    d.dependencias,
    d.paginas,
    d.renglones,
    cast(coalesce(l.metas, 0) as integer) as metas,
    cast(coalesce(l.acciones, 0) as integer) as acciones,
    cast(coalesce(l.seguras, 0) as integer) as seguras,
    cast(coalesce(l.reconstruidas, 0) as integer) as reconstruidas,
    cast(coalesce(l.ambiguas, 0) as integer) as ambiguas,
    cast(coalesce(h.errores, 0) as integer) as errores,
    cast(coalesce(h.advertencias, 0) as integer) as advertencias,
    cast(coalesce(h.avisos, 0) as integer) as avisos
from documento as d
left join leida as l using (documento)
left join hallada as h using (documento)
order by d.ejercicio, d.documento
