"""Propone qué compromiso de un plan es el mismo que otro del plan siguiente, y calla cuando no es claro.

Cada par suma evidencias independientes (texto, unidad, cifras) a un punto de partida que baja con el
número de candidatos. De los enlaces más claros se aprende qué meta siguió en cuál y si la numeración
se conserva, y eso decide lo que el texto no distingue, como la nómina, que se repite en cada unidad.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from poa.linaje.asignacion import asignar, holgura
from poa.linaje.correspondencia import (
    HOLGURA_MINIMA,
    Claro,
    Grupo,
    Grupos,
    Habito,
    aprendido,
    claros_de,
    puntaje,
    temas_de,
)
from poa.linaje.parecido import Evidencias, comparar, comparar_textos
from poa.linaje.planes import Eslabon, Paso, paso_de_laminas, paso_de_tandas, paso_entre, planes_de
from poa.linaje.razones import explicar, explicar_suma, relacion_de
from poa.linaje.sumas import Suma, hallar_sumas

VUELTAS = 5
CANDIDATOS_MINIMOS = 5
EVIDENCIA_MINIMA = 0.6
# para el que falta en un plan intermedio: solo si vuelve prácticamente igual
EVIDENCIA_PARA_SALTAR = 4.0
PARECIDO_PARA_SALTAR = 0.9
# dos textos del mismo plan así de parecidos son el mismo texto, repetido
PARECIDO_DE_REPETIDO = 0.85
CIFRAS_QUE_DISTINGUEN = 1.8
VENTAJA_DE_CIFRAS = 0.8
PARECIDO_MINIMO = 0.2
PARECIDO_SI_CAMBIA_UNIDAD = 0.55
Vecinos = dict[str, list[Eslabon]]


@dataclass(frozen=True)
class Sugerencia:
    """Un enlace propuesto. `puntaje` va de 0 a 1; `razones` es la frase con lo que lo decide."""

    origen: str
    destino: str
    relacion: str
    puntaje: float
    razones: str


@dataclass
class _Resuelto:
    """Lo que se propone en un paso, para un nivel: pares → (evidencia, holgura), y las sumas."""

    paso: Paso
    evidencias: Evidencias
    pares: dict[tuple[int, int], tuple[float, float]]
    sumas: list[Suma]
    repetidos: dict[str, bool]

    def puntas(self) -> Iterator[tuple[int, int, Eslabon, Eslabon]]:
        """Cada par, con sus índices y sus eslabones."""
        for i, j in self.pares:
            yield i, j, self.paso.origenes[i], self.paso.destinos[j]


def sugerir(
    eslabones: Iterable[Eslabon],
    rechazados: frozenset[tuple[str, str]] = frozenset(),
    avisar: Callable[[str], None] = lambda cosa: None,
) -> list[Sugerencia]:
    """Los enlaces que se proponen entre planes sucesivos de cada dependencia, en orden de sus eslabones.

    Los pares de `rechazados` (origen, destino) no se proponen.
    """
    por_dependencia: dict[str, list[Eslabon]] = defaultdict(list)
    for eslabon in eslabones:
        por_dependencia[eslabon.dependencia].append(eslabon)
    sugerencias = []
    for dependencia, suyos in por_dependencia.items():
        avisar(dependencia)
        sugerencias += _Historia(rechazados).recorrer(planes_de(suyos))
    return sugerencias


def _cual(eslabon: Eslabon) -> tuple[str, int, int]:
    """A qué plan pertenece."""
    return eslabon.dependencia, eslabon.ejercicio, eslabon.plan


class _Historia:
    """Los planes de una dependencia y lo que de ellos se va enlazando."""

    def __init__(self, rechazados: frozenset[tuple[str, str]]):
        self.rechazados = rechazados
        self.siguientes: Vecinos = defaultdict(list)
        self.anteriores: Vecinos = defaultdict(list)
        self.sugerencias: list[Sugerencia] = []
        self.planes: dict[tuple[str, int, int], list[Eslabon]] = {}

    def recorrer(self, planes: list[list[Eslabon]]) -> list[Sugerencia]:
        """Primero lo que pasa dentro de cada plan, luego de cada uno al siguiente y al final lo que se saltó uno."""
        for plan in planes:
            self.planes[_cual(plan[0])] = plan
            for paso in (paso_de_laminas(plan), paso_de_tandas(plan)):
                if paso:
                    self._dar(paso)
        for anterior, actual in zip(planes, planes[1:], strict=False):
            self._dar(self._paso(anterior, actual))
        for salto in range(2, len(planes)):
            for anterior, actual in zip(planes, planes[salto:], strict=False):
                self._saltar(self._paso(anterior, actual))
        return self.sugerencias

    def _paso(self, anterior: list[Eslabon], actual: list[Eslabon]) -> Paso | None:
        """Salen las puntas de un plan que no siguieron y llegan las del otro que no tienen de dónde venir."""
        salen = [e for e in anterior if not self.siguientes[e.id]]
        llegan = [e for e in actual if not self.anteriores[e.id]]
        return paso_entre(salen, llegan) if salen and llegan else None

    def _dar(self, paso: Paso | None) -> None:
        for resuelto in self._resolver(paso) if paso else []:
            for suma in resuelto.sumas:
                for o, d in suma.pares:
                    self._anotar(o, d, suma.relacion, suma.evidencia, explicar_suma(suma))
            for i, j, o, d in resuelto.puntas():
                evidencia, margen = resuelto.pares[i, j]
                parecido = resuelto.evidencias.parecido[i, j]
                razones = explicar(resuelto.paso, o, d, parecido)
                self._anotar(o, d, relacion_de(o, d, parecido), min(evidencia, margen + EVIDENCIA_MINIMA), razones)

    def _saltar(self, paso: Paso | None) -> None:
        for resuelto in self._resolver(paso, con_sumas=False) if paso else []:
            for i, j, o, d in resuelto.puntas():
                evidencia, parecido = min(resuelto.pares[i, j]), resuelto.evidencias.parecido[i, j]
                if (
                    evidencia >= EVIDENCIA_PARA_SALTAR
                    and parecido >= PARECIDO_PARA_SALTAR
                    and o.unidad == d.unidad
                    and not {o.id, d.id} & resuelto.repetidos.keys()
                ):
                    razones = f"{explicar(resuelto.paso, o, d, parecido)}; no aparece en los planes intermedios"
                    self._anotar(o, d, relacion_de(o, d, parecido), evidencia, razones)

    def _anotar(self, o: Eslabon, d: Eslabon, relacion: str, evidencia: float, razones: str) -> None:
        self.sugerencias.append(Sugerencia(o.id, d.id, relacion, puntaje(evidencia), razones))
        self.siguientes[o.id].append(d)
        self.anteriores[d.id].append(o)

    def _resolver(self, paso: Paso, con_sumas: bool = True) -> list[_Resuelto]:
        """Metas y acciones se asignan por separado, pero lo que se aprende de unas sirve a las otras."""
        pasos = [p for p in (paso.de_nivel("meta"), paso.de_nivel("accion")) if p.origenes and p.destinos]
        salen, llegan = self._lados(paso)
        evidencias = [self._comparar(p, [*salen, *llegan]) for p in pasos]
        bases = [self._evidencia(p, e) for p, e in zip(pasos, evidencias, strict=True)]
        grupo_de = self._grupos(salen) | self._grupos(llegan)
        temas = temas_de(salen, llegan, grupo_de)
        claros: list[Claro] = []
        for _ in range(VUELTAS):
            habito = Habito(claros)
            valores = [
                b + aprendido(p, claros, temas, grupo_de) + habito.apoyo(p, e.parecido)
                for p, e, b in zip(pasos, evidencias, bases, strict=True)
            ]
            claros = [
                claro
                for p, e, valor in zip(pasos, evidencias, valores, strict=True)
                for claro in claros_de(p, valor, e.parecido)
            ]
        grupos = Grupos(claros, temas, grupo_de)
        repetidos = repetidos_en(self._sin(salen, self.siguientes)) | repetidos_en(self._sin(llegan, self.anteriores))
        resueltos = []
        for p, e, valor in zip(pasos, evidencias, valores if pasos else [], strict=True):
            resuelto = _Resuelto(p, e, self._elegir(p, e, valor, grupos, repetidos), [], repetidos)
            if con_sumas:
                resuelto.sumas = hallar_sumas(p, e, resuelto.pares, grupos.apoyo, self.rechazados)
                sumados = {punta.id for suma in resuelto.sumas for par in suma.pares for punta in par}
                resuelto.pares = {
                    (i, j): resuelto.pares[i, j] for i, j, o, d in resuelto.puntas() if not {o.id, d.id} & sumados
                }
            resueltos.append(resuelto)
        return resueltos

    def _lados(self, paso: Paso) -> tuple[list[Eslabon], list[Eslabon]]:
        """Los dos planes completos; si el paso es dentro de un plan, las dos partes de él."""
        uno, otro = _cual(paso.origenes[0]), _cual(paso.destinos[0])
        return (paso.origenes, paso.destinos) if uno == otro else (self.planes[uno], self.planes[otro])

    def _sin(self, lado: list[Eslabon], vecinos: Vecinos) -> list[Eslabon]:
        """Los de un lado que no son el mismo que otro de su plan: de cada cadena interna queda uno."""
        return [e for e in lado if not any(_cual(v) == _cual(e) for v in vecinos[e.id])]

    def _grupos(self, plan: list[Eslabon]) -> dict[str, Grupo]:
        """Eslabón → grupo. La meta que siguió a otra dentro del mismo plan cuenta como la misma."""
        votos: dict[Grupo, Counter] = defaultdict(Counter)
        for e in plan:
            votos[e.grupo].update(previo.grupo for previo in self.anteriores[e.id] if _cual(previo) == _cual(e))
        return {e.id: votos[e.grupo].most_common(1)[0][0] if votos[e.grupo] else e.grupo for e in plan}

    def _comparar(self, paso: Paso, planes: list[Eslabon]) -> Evidencias:
        def cadena(eslabon: Eslabon, vecinos: Vecinos) -> list[Eslabon]:
            return [eslabon, *(e for e in vecinos[eslabon.id] if _cual(e) == _cual(eslabon))]

        return comparar(
            paso,
            {e.id: cadena(e, self.anteriores) for e in paso.origenes},
            {e.id: cadena(e, self.siguientes) for e in paso.destinos},
            planes,
        )

    def _evidencia(self, paso: Paso, evidencias: Evidencias) -> np.ndarray:
        partida = -math.log(max(len(paso.origenes), len(paso.destinos), CANDIDATOS_MINIMOS))
        valor = partida + evidencias.texto + evidencias.unidad + evidencias.cifras
        for i, o in enumerate(paso.origenes):
            for j, d in enumerate(paso.destinos):
                if (o.id, d.id) in self.rechazados:
                    valor[i, j] = -np.inf
        return valor

    def _elegir(
        self, paso: Paso, evidencias: Evidencias, valor: np.ndarray, grupos: Grupos, repetidos: dict[str, bool]
    ):
        """La asignación sin lo dudoso: (i, j) → (evidencia, holgura)."""
        pares = asignar(valor)
        margenes = holgura(valor, pares)
        elegidos = {}
        for i, j in pares.items():
            o, d = paso.origenes[i], paso.destinos[j]
            if valor[i, j] < EVIDENCIA_MINIMA or margenes[i] < HOLGURA_MINIMA:
                continue
            # lo sostiene el texto, tanto más si la unidad cambia, o una cifra que no se repite por azar
            cambia = o.unidad != d.unidad and o.unidad and d.unidad
            minimo = PARECIDO_SI_CAMBIA_UNIDAD if cambia else PARECIDO_MINIMO
            if evidencias.parecido[i, j] < minimo and evidencias.cifras[i, j] < CIFRAS_QUE_DISTINGUEN:
                continue
            # si el texto se repite en su plan (la nómina, los gemelos), algo más lo señala
            suyos = [repetidos[e.id] for e in (o, d) if e.id in repetidos]
            if (
                suyos
                and not _lo_dicen_las_cifras(evidencias, i, j)
                and (any(suyos) or not grupos.se_corresponden(o, d))
            ):
                continue
            elegidos[i, j] = (float(valor[i, j]), margenes[i])
        return elegidos


def repetidos_en(plan: list[Eslabon]) -> dict[str, bool]:
    """Los eslabones cuyo texto tiene otro igual en el mismo plan → si alguno de ellos está en su mismo grupo."""
    acciones = [e for e in plan if e.nivel == "accion"]
    textos = [[e.descripcion] for e in acciones]
    parecido = np.nan_to_num(comparar_textos(textos, textos)[0])
    np.fill_diagonal(parecido, 0)
    repetidos = {}
    for i, e in enumerate(acciones):
        iguales = [acciones[j] for j in np.flatnonzero(parecido[i] >= PARECIDO_DE_REPETIDO)]
        if iguales:
            repetidos[e.id] = any(otro.grupo == e.grupo for otro in iguales)
    return repetidos


def _lo_dicen_las_cifras(evidencias: Evidencias, i: int, j: int) -> bool:
    """Si sus cifras casan mejor entre sí que con las de los otros del mismo texto, o de modo que no es azar."""
    suya = evidencias.cifras[i, j]
    gemelos = np.nan_to_num(evidencias.parecido) >= PARECIDO_DE_REPETIDO
    gemelos[i, j] = False
    ajenas = np.concatenate([evidencias.cifras[i, gemelos[i]], evidencias.cifras[gemelos[:, j], j]])
    return suya >= CIFRAS_QUE_DISTINGUEN if not ajenas.size else suya - ajenas.max() >= VENTAJA_DE_CIFRAS
