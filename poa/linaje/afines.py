"""Los afines: compromisos de propósito semejante en otra dependencia. Se miran juntos, nunca son el mismo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

import numpy as np

from poa.linaje.parecido import comparar_textos
from poa.linaje.planes import Eslabon, Paso
from poa.linaje.razones import explicar
from poa.linaje.sugeridor import Sugerencia, repetidos_en

PARECIDO_CON_LA_UNIDAD = 0.45
PARECIDO_SIN_LA_UNIDAD = 0.7
# nats de palabras en común: «informe de actividades» no basta
PESO_MINIMO = 4.0
CON_OTRA_UNIDAD = 0.8


def sugerir_afines(
    eslabones: Iterable[Eslabon],
    rechazados: frozenset[tuple[str, str]] = frozenset(),
    avisar: Callable[[str], None] = lambda cosa: None,
) -> list[Sugerencia]:
    """Los afines de cada compromiso: en cada una de las demás dependencias, el primero que haya desde su año.

    El puntaje es el parecido de los textos, rebajado si la unidad es otra. Los textos que se repiten
    en su propio plan (la nómina) no tienen afín.
    """
    planes = [
        list(grupo)
        for _, grupo in groupby(sorted(eslabones, key=_orden), key=lambda e: (e.ejercicio, e.plan, e.dependencia))
    ]
    repetidos: set[str] = set()
    for plan in planes:
        repetidos |= repetidos_en(plan).keys()
    sueltos = [[e for e in plan if e.id not in repetidos and e.descripcion] for plan in planes]
    sugerencias = []
    for lugar, plan in enumerate(sueltos):
        # el mismo año se compara una sola vez, de un plan a los que le siguen en la lista
        otros = [e for otro in sueltos[lugar + 1 :] for e in otro if e.dependencia != planes[lugar][0].dependencia]
        if plan and otros:
            avisar(f"afines de {plan[0].dependencia} {plan[0].ejercicio}")
            sugerencias += _del_plan(plan, otros, rechazados)
    return sugerencias


def _orden(eslabon: Eslabon) -> tuple[int, int, str]:
    return eslabon.ejercicio, eslabon.plan, eslabon.dependencia


def _del_plan(plan: list[Eslabon], otros: list[Eslabon], rechazados: frozenset[tuple[str, str]]) -> list[Sugerencia]:
    parecido, peso = comparar_textos([[e.descripcion] for e in plan], [[e.descripcion] for e in otros])
    niveles = np.array([[o.nivel == d.nivel for d in otros] for o in plan])
    unidades = np.array([[bool(o.unidad) and o.unidad == d.unidad for d in otros] for o in plan])
    parecido = np.where(niveles & (peso >= PESO_MINIMO), np.nan_to_num(parecido), 0)
    posible = parecido >= np.where(unidades, PARECIDO_CON_LA_UNIDAD, PARECIDO_SIN_LA_UNIDAD)
    halladas = []
    for i, o in enumerate(plan):
        visto: dict[str, tuple[int, int]] = {}
        # los más parecidos primero; de cada dependencia, el de su primer plan
        for j in sorted(np.flatnonzero(posible[i]), key=lambda j: (_orden(otros[j]), -parecido[i, j])):
            d = otros[j]
            cual = (d.ejercicio, d.plan)
            es_mutuo = parecido[:, j].argmax() == i
            if not es_mutuo or visto.setdefault(d.dependencia, cual) != cual or (o.id, d.id) in rechazados:
                continue
            visto[d.dependencia] = (0, 0)
            puntaje = round(float(parecido[i, j]) * (1 if unidades[i, j] else CON_OTRA_UNIDAD), 3)
            razones = explicar(Paso("plan", [o], [d]), o, d, float(parecido[i, j]))
            razones = f"otra dependencia, propósito semejante; {razones}"
            halladas.append(Sugerencia(o.id, d.id, "afin", puntaje, razones))
    return halladas
