"""Divisiones y fusiones: las P de varios compromisos, trimestre por trimestre, suman las de uno."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from poa.linaje.parecido import Evidencias, cifras_comparables, es_porcentaje, informacion
from poa.linaje.planes import Eslabon, Paso

PARTES = 4
CANDIDATAS = 10
# una parte que ya es claramente otro compromiso no se toma
ENLACE_FIRME = 3.0
EVIDENCIA_DE_SUMA = 2.0
PARECIDO_MINIMO = 0.16
PARECIDO_DE_UNA = 0.3
# 2 = 1 + 1 pasa por casualidad; 9 = 5 + 4 ya no tanto
INFORMACION_MINIMA = 1.0
TEXTO_DE_PARTE = ((0.15, 0.25, 0.4, 0.6), (-0.8, 0, 0.9, 1.6))


@dataclass(frozen=True)
class Suma:
    """Un compromiso y los varios en que se dividió (`dividida`) o que se fundieron en él (`fusionada`)."""

    relacion: str
    entero: Eslabon
    partes: tuple[Eslabon, ...]
    series: tuple[tuple[float, ...], ...]
    evidencia: float
    desde: int
    clase: str

    @property
    def pares(self) -> list[tuple[Eslabon, Eslabon]]:
        """(origen, destino) de cada enlace de la suma."""
        return [(self.entero, p) if self.relacion == "dividida" else (p, self.entero) for p in self.partes]


def hallar_sumas(
    paso: Paso,
    evidencias: Evidencias,
    pares: dict[tuple[int, int], tuple[float, float]],
    apoyo: Callable[[Eslabon, Eslabon], float],
    rechazados: frozenset[tuple[str, str]],
) -> list[Suma]:
    """Las divisiones y fusiones del paso, sin que un compromiso entre en dos; de más a menos evidencia."""
    halladas = []
    for relacion, enteros, candidatas in (
        ("dividida", paso.origenes, paso.destinos),
        ("fusionada", paso.destinos, paso.origenes),
    ):
        for k, entero in enumerate(enteros):
            halladas += _de_un_entero(relacion, k, entero, candidatas, paso, evidencias, pares, apoyo, rechazados)
    elegidas, usados = [], set()
    for suma in sorted(halladas, key=lambda s: -s.evidencia):
        ids = {suma.entero.id, *(p.id for p in suma.partes)}
        if not ids & usados:
            elegidas.append(suma)
            usados |= ids
    return elegidas


def _de_un_entero(relacion, k, entero, candidatas, paso, evidencias, pares, apoyo, rechazados) -> list[Suma]:
    """Las sumas que dan un compromiso, el k-ésimo de su lado, rebajadas por cuántas otras habría podido haber."""
    if es_porcentaje(entero):
        return []
    divide = relacion == "dividida"
    enlazadas = {(i, j) if divide else (j, i): evidencia for (i, j), (evidencia, _) in pares.items()}
    suyas = {m: evidencia for (e, m), evidencia in enlazadas.items() if e == k}
    ajenas = {m for (e, m), evidencia in enlazadas.items() if e != k and evidencia >= ENLACE_FIRME}
    posibles = []
    for m, parte in enumerate(candidatas):
        o, d = (entero, parte) if divide else (parte, entero)
        parecido = evidencias.parecido[(k, m) if divide else (m, k)]
        cifras = [par if divide else par[::-1] for par in cifras_comparables(o, d, paso)]
        if (
            m not in ajenas
            and parecido >= PARECIDO_MINIMO
            and not es_porcentaje(parte)
            and (o.id, d.id) not in rechazados
            and any(de_la_parte for _, de_la_parte in cifras)
            and all(de_la_parte <= del_entero for del_entero, de_la_parte in cifras)
        ):
            posibles.append((parte, cifras, parecido, apoyo(o, d)))
    posibles = sorted(posibles, key=lambda posible: -(posible[2] + 0.2 * posible[3]))[:CANDIDATAS]
    pruebas = [e for cuantas in range(2, PARTES + 1) for e in combinations(posibles, cuantas)]
    halladas = [suma for elegidas in pruebas if (suma := _probar(relacion, entero, elegidas, paso))]
    de_ley = []
    for suma in halladas:
        partes = {parte.id for parte in suma.partes}
        deja_fuera = [evidencia for m, evidencia in suyas.items() if candidatas[m].id not in partes]
        evidencia = suma.evidencia - 0.5 * math.log(len(pruebas) / 3 + 1) - 0.7 * (len(halladas) - 1)
        if evidencia >= max([EVIDENCIA_DE_SUMA, *deja_fuera]):
            de_ley.append(replace(suma, evidencia=evidencia))
    return de_ley


def _probar(relacion: str, entero: Eslabon, elegidas: tuple, paso: Paso) -> Suma | None:
    if len({len(cifras) for _, cifras, _, _ in elegidas}) > 1:
        return None
    total = [del_entero for del_entero, _ in elegidas[0][1]]
    series = [[b for _, b in cifras] for _, cifras, _, _ in elegidas]
    if any(abs(a - sum(partes)) > 1e-6 for a, partes in zip(total, zip(*series, strict=True), strict=True)):
        return None
    parecidos = [p for _, _, p, _ in elegidas]
    if max(parecidos) < PARECIDO_DE_UNA or informacion(total) < INFORMACION_MINIMA:
        return None
    evidencia = min(4.0, informacion(total) + sum(0.3 * informacion(s) for s in series))
    evidencia += sum(float(np.interp(p, *TEXTO_DE_PARTE)) for p in parecidos)
    evidencia += float(np.clip(sum(a for *_, a in elegidas) / len(elegidas), -1.5, 1.0))
    evidencia += 0.6 if any(p.unidad == entero.unidad for p, *_ in elegidas) else -1.5
    return Suma(
        relacion,
        entero,
        tuple(p for p, *_ in elegidas),
        (tuple(total), *(tuple(s) for s in series)),
        evidencia,
        paso.desde,
        paso.clase,
    )
