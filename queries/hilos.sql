-- ¿Qué hilos hay, o cuáles hablan de unas palabras? Primero los que más se acercan y, sin
-- palabras, los que más años alcanzan.
-- Grano: una fila por hilo; su eslabón es el que mejor responde a lo buscado.
-- Parámetros: $texto (palabras o una clave), $dependencia, $unidad (de medida) y $nivel
--   (NULL = todos); $limite (NULL = sin límite)
-- Cuidado: no importan acentos, mayúsculas, singular o plural ni una letra equivocada
--   (dos en palabras de ocho o más). Si ningún compromiso tiene todas las palabras, los
--   que tienen más (es_parcial). Sin enlaces, un compromiso es él solo su hilo.

with suelta as (
    select
        unnest(string_split(norma(regexp_replace($texto, '[0-9.]+', ' ', 'g')), ' '))
            as palabra
    union all
    select unnest(regexp_extract_all($texto, '[0-9]+(?:[.][0-9]+)*')) as palabra
),

buscada as (
    select distinct raiz(palabra) as raiz
    from suelta
    where dice_algo(palabra)
),

conocida as (
    select distinct raiz
    from palabra
),

hallada as (
    select
        b.raiz as buscada,
        c.raiz,
        case
            when c.raiz = b.raiz then 1.0
            when regexp_matches(b.raiz, '[0-9]') then 0
            when length(b.raiz) >= 3 and starts_with(c.raiz, b.raiz) then 0.9
            when
                length(b.raiz) >= 5
                and damerau_levenshtein(c.raiz, b.raiz)
                <= if(length(b.raiz) >= 8, 2, 1)
                then 0.7
            else 0
        end as parecido
    from buscada as b
    cross join conocida as c
    where parecido > 0
),

acierto as (
    select
        p.eslabon,
        h.buscada,
        max(h.parecido) as parecido
    from palabra as p
    inner join hallada as h on p.raiz = h.raiz
    group by p.eslabon, h.buscada
),

cuantos as (
    select count(*) as n
    from eslabon
),

-- lo que está en pocos compromisos dice más que lo que está en todos
rareza as (
    select
        a.buscada,
        ln(1 + max(t.n) / count(*)) as peso
    from acierto as a
    cross join cuantos as t
    group by a.buscada
),

puntaje as (
    select
        a.eslabon,
        count(*) as palabras,
        sum(a.parecido * r.peso) as puntos
    from acierto as a
    inner join rareza as r on a.buscada = r.buscada
    group by a.eslabon
),

candidato as (
    select
        h.hilo,
        e.eslabon,
        e.orden,
        count(*) over (partition by h.tramo) as del_tramo,
        coalesce(p.palabras, 0) as palabras,
        coalesce(p.puntos, 0) as puntos
    from hilo_de as h
    inner join eslabon as e on h.eslabon = e.eslabon
    left join puntaje as p on e.eslabon = p.eslabon
    where
        ($texto is null or trim($texto) = '' or p.palabras > 0)
        and e.dependencia = coalesce($dependencia, e.dependencia)
        and e.nivel = coalesce($nivel, e.nivel)
        and ($unidad is null or e.unidad_comparable = en_singular($unidad))
),

total as (
    select count(*) as buscadas
    from buscada
),

elegido as (
    select *
    from candidato
    qualify
        palabras = max(palabras) over ()
        and row_number() over (
            partition by hilo
            order by palabras desc, puntos desc, del_tramo desc, orden desc
        ) = 1
)

select
    g.hilo,
    h.nombre,
    e.descripcion,
    e.eslabon,
    e.nivel,
    e.clave,
    e.unidad_medida,
    e.dependencia,
    h.dependencias,
    h.anios,
    h.desde,
    h.hasta,
    h.ejercicios,
    h.eslabones,
    g.puntos,
    g.palabras < total.buscadas as es_parcial
from elegido as g
inner join hilo as h on g.hilo = h.hilo
cross join total
inner join eslabon as e on g.eslabon = e.eslabon
order by
    g.puntos desc,
    h.hasta - h.desde desc,
    h.ejercicios desc,
    h.eslabones desc,
    h.nombre is null,
    h.hilo
limit coalesce(cast($limite as integer), 100000)
