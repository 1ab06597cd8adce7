"""Lo que unos enlaces enseñan de otros: qué meta siguió en cuál y si la numeración se conserva."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from poa.linaje.asignacion import asignar, holgura
from poa.linaje.parecido import comparar_textos
from poa.linaje.planes import Eslabon, Paso

TOPE = 8.0
# un enlace enseña si al quitarlo se pierde al menos esto
HOLGURA_MINIMA = 0.6
# cuántos enlaces claros vale el tema de una meta, y qué tanto pesa una diferencia de parecido
TEMA = 1.2
TEMA_NITIDO = 12.0
TEMA_AJENO = 0.12
TEMA_SIN_DUDA = 0.4
Grupo = tuple[str, str]
Par = tuple[Grupo, Grupo]


def puntaje(evidencia: float) -> float:
    """La evidencia como número de 0 a 1."""
    return round(1 / (1 + math.exp(-min(evidencia, TOPE))), 3)


@dataclass(frozen=True)
class Claro:
    """Un enlace que ya se da por bueno mientras se aprende, con lo seguro que es (0–1)."""

    origen: Eslabon
    destino: Eslabon
    peso: float
    parecido: float


def claros_de(paso: Paso, valor: np.ndarray, parecido: np.ndarray) -> list[Claro]:
    """Los de la mejor asignación que no tienen con quién confundirse."""
    pares = asignar(valor)
    margenes = holgura(valor, pares)
    return [
        Claro(paso.origenes[i], paso.destinos[j], puntaje(min(valor[i, j], margenes[i])), float(parecido[i, j]))
        for i, j in pares.items()
        if margenes[i] >= HOLGURA_MINIMA
    ]


class Habito:
    """Qué tanto se reescribe y se cambia de unidad en un cambio de plan, según sus enlaces claros.

    Si todos los demás conservaron su texto, uno muy distinto difícilmente es el mismo compromiso.
    """

    REESCRITO = 0.5
    SUELEN_REESCRIBIRSE = 0.35
    SUELEN_CAMBIAR_DE_UNIDAD = 0.15
    CONFIANZA = 3.0

    def __init__(self, claros: list[Claro]):
        self.claros = {(c.origen.id, c.destino.id): c for c in claros}
        con_texto = [c for c in claros if not math.isnan(c.parecido)]
        self.textos = sum(c.peso for c in con_texto)
        self.reescritos = sum(c.peso for c in con_texto if c.parecido < self.REESCRITO)
        con_unidad = [c for c in claros if c.origen.unidad and c.destino.unidad]
        self.unidades = sum(c.peso for c in con_unidad)
        self.cambiadas = sum(c.peso for c in con_unidad if c.origen.unidad != c.destino.unidad)

    def apoyo(self, paso: Paso, parecido: np.ndarray) -> np.ndarray:
        """Nats a favor de cada par por parecerse a los enlaces claros en lo que cambian."""
        matriz = np.zeros(parecido.shape)
        for i, o in enumerate(paso.origenes):
            for j, d in enumerate(paso.destinos):
                suyo = self.claros.get((o.id, d.id))
                peso = suyo.peso if suyo else 0.0
                if not math.isnan(parecido[i, j]):
                    es = bool(parecido[i, j] < self.REESCRITO)
                    matriz[i, j] += self._razon(es, self.reescritos, self.textos, peso, self.SUELEN_REESCRIBIRSE)
                if o.unidad and d.unidad:
                    es = o.unidad != d.unidad
                    matriz[i, j] += self._razon(es, self.cambiadas, self.unidades, peso, self.SUELEN_CAMBIAR_DE_UNIDAD)
        return matriz

    def _razon(self, es: bool, masa: float, total: float, suyo: float, suelen: float) -> float:
        parte = (max(0, masa - suyo * es) + suelen * self.CONFIANZA) / (max(0, total - suyo) + self.CONFIANZA)
        return math.log(parte / suelen) if es else math.log((1 - parte) / (1 - suelen))


class Grupos:
    """Qué meta (con su unidad ejecutora) siguió en cuál, según los enlaces claros."""

    CONFIANZA = 0.7  # cuánto pesan los enlaces que faltan por ver

    def __init__(self, claros: list[Claro], temas: dict[Par, float], grupos: dict[str, Grupo]):
        self.grupos = grupos
        self.temas = temas
        self.masa: dict[Par, float] = defaultdict(float, temas)
        self.vista: dict[Par, float] = defaultdict(float)
        self.de_origen: dict[Grupo, float] = defaultdict(float)
        self.de_destino: dict[Grupo, float] = defaultdict(float)
        for (de, a), masa in temas.items():
            self.de_origen[de] += masa
            self.de_destino[a] += masa
        self.propio: dict[tuple[str, str], float] = {}
        self.usado: dict[str, float] = defaultdict(float)
        for claro in claros:
            o, d = claro.origen, claro.destino
            de, a = grupos[o.id], grupos[d.id]
            self.masa[de, a] += claro.peso
            self.vista[de, a] += claro.peso
            self.de_origen[de] += claro.peso
            self.de_destino[a] += claro.peso
            self.propio[o.id, d.id] = claro.peso
            self.usado[o.id] += claro.peso
            self.usado[d.id] += claro.peso
        self.n_origen = max(2, len(self.de_origen))
        self.n_destino = max(2, len(self.de_destino))

    def se_corresponden(self, o: Eslabon, d: Eslabon) -> bool:
        """Si hay de dónde saber que su meta siguió en la otra: un enlace claro, o un tema que no deja duda."""
        de, a = self.grupos[o.id], self.grupos[d.id]
        visto = self.vista[de, a] - self.propio.get((o.id, d.id), 0.0)
        tema = self.temas.get((de, a), 0.0) / TEMA
        return self.apoyo(o, d) >= 0.3 and (visto >= 0.5 or tema >= TEMA_SIN_DUDA)

    def apoyo(self, o: Eslabon, d: Eslabon) -> float:
        """Nats a favor de que un par vaya en esos grupos, sin contar lo que ese par o sus puntas dijeron."""
        suyo = self.propio.get((o.id, d.id), 0.0)
        de, a = self.grupos[o.id], self.grupos[d.id]
        masa = max(0, self.masa[de, a] - suyo)
        de_o = max(0, self.de_origen[de] - self.usado[o.id])
        de_d = max(0, self.de_destino[a] - self.usado[d.id])
        c = self.CONFIANZA
        hacia = (masa + c / self.n_destino) / (de_o + c) * self.n_destino
        desde = (masa + c / self.n_origen) / (de_d + c) * self.n_origen
        return float(np.clip((math.log(hacia) + math.log(desde)) / 2, -2, 2.5))


def temas_de(anterior: list[Eslabon], actual: list[Eslabon], grupos: dict[str, Grupo]) -> dict[Par, float]:
    """A qué grupo se parece cada grupo por todas sus palabras juntas, como enlaces que ya se hubieran visto.

    El tema de un grupo es el de su meta; si las metas se reparten entre unidades ejecutoras, el de su unidad.
    """
    grupos_o, textos_o = _palabras_por_grupo(anterior, grupos)
    grupos_d, textos_d = _palabras_por_grupo(actual, grupos)
    if len(grupos_o) < 2 and len(grupos_d) < 2:
        return {}
    parecido, _ = comparar_textos(textos_o, textos_d)
    fuerza = np.exp(TEMA_NITIDO * np.nan_to_num(parecido))
    nada = np.exp(TEMA_NITIDO * TEMA_AJENO)
    hacia = fuerza / (fuerza.sum(1, keepdims=True) + nada)
    desde = fuerza / (fuerza.sum(0, keepdims=True) + nada)
    return {
        (o, d): TEMA * float((hacia[i, j] * desde[i, j]) ** 0.5)
        for i, o in enumerate(grupos_o)
        for j, d in enumerate(grupos_d)
    }


def _palabras_por_grupo(plan: list[Eslabon], grupo_de: dict[str, Grupo]) -> tuple[list[Grupo], list[list[str]]]:
    grupos = list(dict.fromkeys(grupo_de[e.id] for e in plan))
    hay_areas = len(grupos) > len({meta for meta, _ in grupos})
    return grupos, [
        [e.descripcion for e in plan if (e.area == grupo[1] if hay_areas else grupo_de[e.id] == grupo)]
        for grupo in grupos
    ]


def aprendido(paso: Paso, claros: list[Claro], temas: dict[Par, float], grupo_de: dict[str, Grupo]) -> np.ndarray:
    """Lo que los enlaces claros dicen de cada par: si sus metas se corresponden y si conservan su lugar."""
    grupos, orden = Grupos(claros, temas, grupo_de), _Orden(paso, claros)
    return np.array([[grupos.apoyo(o, d) + orden.apoyo(o, d) for d in paso.destinos] for o in paso.origenes])


class _Orden:
    """Cuánto se corre la numeración dentro de una meta: nada (302 → 302) o lo mismo todas (3.3 → 302)."""

    def __init__(self, paso: Paso, claros: list[Claro]):
        self.azar = 1 / max(3.0, len({e.lugar for e in (*paso.origenes, *paso.destinos)}))
        self.corridas: dict[object, float] = defaultdict(float)
        self.totales: dict[object, float] = defaultdict(float)
        self.propio: dict[tuple[str, str], float] = {}
        for claro in claros:
            o, d = claro.origen, claro.destino
            if o.nivel == paso.origenes[0].nivel:
                self.propio[o.id, d.id] = claro.peso
                for ambito in (None, (o.grupo, d.grupo)):
                    self.corridas[ambito, d.lugar - o.lugar] += claro.peso
                    self.totales[ambito] += claro.peso

    def apoyo(self, o: Eslabon, d: Eslabon) -> float:
        """Nats a favor por el lugar que ocupan, sin contar lo que ese mismo par dijo."""
        corrida, suyo = d.lugar - o.lugar, self.propio.get((o.id, d.id), 0.0)
        de_antes = 0.8 if corrida == 0 else 1.2 * self.azar
        general = (max(0, self.corridas[None, corrida] - suyo) + de_antes) / (self.totales[None] - suyo + 2)
        ambito = (o.grupo, d.grupo)
        local = (max(0, self.corridas[ambito, corrida] - suyo) + 1.5 * general) / (self.totales[ambito] - suyo + 1.5)
        return float(np.clip(math.log(local / self.azar), -1.5, 1.8))
