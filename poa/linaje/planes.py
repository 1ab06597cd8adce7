"""Los eslabones de cada dependencia, ordenados en los planes por los que pasaron."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

import duckdb

TRIMESTRES = range(4)


@dataclass(frozen=True)
class Eslabon:
    """Un compromiso de un plan. `programado` son sus cuatro P, en su unidad; None es un blanco, no un cero."""

    id: str
    ejercicio: int
    plan: int
    dependencia: str
    nivel: str
    meta: str
    clave: str
    descripcion: str
    unidad: str
    unidad_impresa: str
    anual: float | None
    programado: tuple[float | None, ...]
    area: str
    corte: str

    @property
    def grupo(self) -> tuple[str, str]:
        """Con quiénes va: los de su meta y unidad ejecutora."""
        return self.meta, self.area

    @property
    def lugar(self) -> int:
        """Su número dentro de la meta (o el de la meta), sea cual sea la numeración: 302, 3.2 y 2 son el 2."""
        if self.nivel == "meta":
            numero = int((re.findall(r"\d+", self.clave) or ["0"])[0])
            return numero // 100 if numero >= 100 else numero
        numero = int((re.findall(r"\d+", self.clave) or ["0"])[-1])
        return numero % 100 if numero >= 100 else numero


@dataclass(frozen=True)
class Paso:
    """Un cambio de plan: de qué eslabones a cuáles puede ir un enlace y qué trimestres se comparan.

    `clase` es «plan» (cada P contra la suya), «replaneación» (solo desde que rige el nuevo) o
    «tanda» (lo que termina contra lo que empieza después, en el mismo plan: se compara el ritmo).
    """

    clase: str
    origenes: list[Eslabon]
    destinos: list[Eslabon]
    desde: int = 0

    def de_nivel(self, nivel: str) -> Paso:
        """El mismo paso, solo con las metas o solo con las acciones."""
        de, a = ([e for e in lado if e.nivel == nivel] for lado in (self.origenes, self.destinos))
        return Paso(self.clase, de, a, self.desde)


def leer_eslabones(con: duckdb.DuckDBPyConnection) -> list[Eslabon]:
    """Los eslabones de la base, en el orden en que están impresos, uno por compromiso de un plan."""
    filas = con.execute(
        """
        with trimestral as (
            select eslabon, list(programado order by trimestre) as programado
            from eslabon_trimestre
            group by eslabon
        )
        select
            e.eslabon, e.ejercicio, e.plan, e.dependencia, e.nivel, e.meta_clave, e.clave,
            coalesce(e.descripcion, ''), coalesce(e.unidad_comparable, ''), coalesce(e.unidad_medida, ''),
            e.meta_anual, t.programado, concat_ws('/', c.programa_clave, c.unidad_clave, c.unidad),
            e.corte_informe
        from eslabon as e
        inner join trimestral as t on e.eslabon = t.eslabon
        inner join compromiso as c on e.compromiso_id = c.compromiso_id
        order by e.orden
        """
    ).fetchall()
    return [Eslabon(*fila[:11], tuple(fila[11]), *fila[12:]) for fila in filas]


def planes_de(eslabones: list[Eslabon]) -> list[list[Eslabon]]:
    """Los planes sucesivos de una dependencia: cada ejercicio y, dentro de él, cada replaneación."""
    ordenados = sorted(eslabones, key=lambda e: (e.ejercicio, e.plan))
    return [list(grupo) for _, grupo in groupby(ordenados, key=lambda e: (e.ejercicio, e.plan))]


def paso_de_laminas(plan: list[Eslabon]) -> Paso | None:
    """El paso de lo que solo está en el plan presentado (T0) a los informes que lo numeran de otro modo."""
    solo_plan = [e for e in plan if e.corte.endswith("T0")]
    informados = [e for e in plan if not e.corte.endswith("T0")]
    return Paso("plan", solo_plan, informados) if solo_plan and informados else None


def paso_de_tandas(plan: list[Eslabon]) -> Paso | None:
    """El paso de las metas que terminan a mitad del plan a las que empiezan después, si las hay.

    Una meta que corre todo el año no tiene sucesora interna.
    """
    por_meta: dict[str, list[Eslabon]] = defaultdict(list)
    for eslabon in plan:
        if any(eslabon.programado):
            por_meta[eslabon.meta].append(eslabon)
    terminan: dict[str, int] = {}
    empiezan: dict[str, int] = {}
    for meta, suyos in por_meta.items():
        ultimos = sorted(max(q for q in TRIMESTRES if e.programado[q]) for e in suyos)
        empiezan[meta] = min(q for e in suyos for q in TRIMESTRES if e.programado[q])
        # la nómina puede seguir hasta diciembre: termina cuando acaban cuatro de cada cinco
        terminan[meta] = ultimos[-(-len(ultimos) * 4 // 5) - 1]
    desde = min((q for q in empiezan.values() if q > 0), default=None)
    if desde is None:
        return None
    antes = {meta for meta, ultimo in terminan.items() if ultimo < desde}
    despues = {meta for meta, primero in empiezan.items() if primero >= desde}
    if not antes or not despues:
        return None
    return Paso("tanda", [e for e in plan if e.meta in antes], [e for e in plan if e.meta in despues], desde)


def paso_entre(origenes: list[Eslabon], destinos: list[Eslabon]) -> Paso:
    """El paso de un plan al siguiente. El que se rehízo a mitad de año se compara desde que rige."""
    if origenes[0].ejercicio != destinos[0].ejercicio:
        return Paso("plan", origenes, destinos)
    desde = min((q for e in destinos for q in TRIMESTRES if e.programado[q]), default=0)
    return Paso("replaneación", origenes, destinos, desde)
