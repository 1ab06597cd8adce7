"""Dónde cae cada cosa en la figura de un hilo: sus medidas, sus marcas y los textos que caben."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from poa import formato, tema
from poa.figuras import lienzo
from poa.figuras.carriles import Carril, Columna, Pieza, lugar

IZQUIERDA = 190  # px para el nombre de cada línea
DERECHA = lienzo.PX - 26  # donde acaban los años; de ahí al margen va la escala
BANDAS, TRAS_BANDAS = 36, 4  # px: ayuntamientos arriba, y lo que los separa de los carriles
ROTULO = tema.ESCALA["rotulo"]
TOPE = 250.0  # % del plan; lo que pasa se corta, con su marca y su cifra verdadera
BAJO_CERO = 20.0  # lo que baja el panel, para que quepa la marca de un cero
ENTRE_CARRILES = 5
SIN_FRANJA, FRANJA, FRANJA_DOBLE = 3, 19, 36  # px sobre las barras: sin razones que decir, con uno y con dos renglones
RENGLON = 17  # px de un renglón
_BARRA_MAXIMA = 72  # px del trimestre más ancho que se llena

Fila = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Marca:
    """Un trimestre de un eslabón, en su carril y en su x; `cuando` es su lugar en el tiempo.

    `parte`: la del ancho del trimestre que le toca, si dos eslabones del mismo tramo tienen cifra en él.
    """

    carril: int
    pieza: Pieza
    x: float
    cuando: int
    fila: Fila
    eslabon: Fila
    parte: float = 1.0

    @property
    def estado(self) -> str:
        return formato.texto(self.fila["estado"], "")

    @property
    def pct(self) -> float | None:
        return self.cifra("cumplimiento_pct")

    @property
    def en_vigor(self) -> bool:
        return bool(self.fila["en_vigor"])

    @property
    def tiene_algo(self) -> bool:
        return bool(self.cifra("programado") or self.cifra("alcanzado"))

    @property
    def es_sustituida(self) -> bool:
        """La P de un plan que otro ya sustituyó."""
        return not self.en_vigor and bool(self.cifra("programado"))

    def cifra(self, columna: str) -> float | None:
        valor = self.fila[columna]
        return None if formato.es_blanco(valor) else max(float(valor), 0.0)


@dataclass(frozen=True)
class Plano:
    """Las columnas de años y lo que mide cada cosa, en px del dibujo contados desde arriba."""

    columnas: tuple[Columna, ...]
    carriles: tuple[Carril, ...]
    franja: tuple[int, ...]  # px sobre las barras de cada carril, para sus razones
    con_cifras: tuple[bool, ...]
    alto: float  # del dibujo
    carril: float
    porcentaje: float  # alto del segundo panel

    @property
    def trimestre(self) -> float:
        return next((c.x1 - c.x0) / 4 for c in self.columnas if not c.texto)

    @property
    def barra(self) -> float:
        return min(self.trimestre, _BARRA_MAXIMA)

    @property
    def fin(self) -> float:
        """Donde acaban los carriles."""
        return BANDAS + TRAS_BANDAS + self.carril * len(self.carriles)

    def orilla(self, cuando: int) -> float:
        """El x donde empieza un trimestre; el primero del año, a media separación del anterior."""
        columna = next(c for c in self.columnas if c.desde <= cuando // 4 <= c.hasta)
        return columna.orilla(cuando % 4 + 1) - (3 if cuando % 4 == 0 else 0)

    def techo(self, carril: int) -> float:
        return BANDAS + TRAS_BANDAS + carril * self.carril

    def fondo(self, carril: int) -> float:
        return self.techo(carril) + self.carril - ENTRE_CARRILES

    def piso(self, carril: int) -> float:
        """De donde salen las barras: el fondo o, si debajo van sus cifras, un renglón más arriba."""
        return self.fondo(carril) - (RENGLON if self.con_cifras[carril] else 0)

    def en_panel(self, pct: float) -> float:
        """Px del techo del segundo panel a un porcentaje; lo que pasa del tope, en el techo."""
        return (TOPE - min(pct, TOPE)) * self.porcentaje / (TOPE + BAJO_CERO)

    def barras(self, carril: int) -> float:
        """Los px de la barra mayor."""
        return self.piso(carril) - self.techo(carril) - self.franja[carril]

    def con_franja(self, carril: int) -> bool:
        return self.franja[carril] > SIN_FRANJA


def marcar(
    carriles: list[Carril], eslabones: pd.DataFrame, trimestres: pd.DataFrame, anios: list[Columna]
) -> list[Marca]:
    """Los trimestres que se dibujan: los de cada pieza en su lapso y la P sustituida que comparte su escala."""
    por_eslabon = {e["eslabon"]: e for e in eslabones.to_dict("records")}
    carril_de = {p.tramo: (n, p) for n, carril in enumerate(carriles) for p in carril.piezas}
    columna_de = {a.desde: a for a in anios if not a.texto}
    marcas = []
    for fila in trimestres.to_dict("records"):
        eslabon = por_eslabon.get(fila["eslabon"])
        if eslabon is None or eslabon["tramo"] not in carril_de:
            continue
        n, pieza = carril_de[eslabon["tramo"]]
        cuando = lugar(fila["ejercicio"], fila["trimestre"])
        if _se_dibuja(fila, cuando, pieza, carriles[n]):
            x = columna_de[int(fila["ejercicio"])].centro(int(fila["trimestre"]))
            marcas.append(Marca(n, pieza, x, cuando, fila, eslabon))
    return _repartir(marcas, next((a.x1 - a.x0) / 4 for a in anios if not a.texto))


def _repartir(marcas: list[Marca], trimestre: float) -> list[Marca]:
    """Si un tramo trae dos eslabones en un trimestre, queda el que tiene algo; si los dos, uno junto al otro."""
    repartidas = [m for m in marcas if not m.en_vigor]
    por_lugar: dict[tuple[int, int], list[Marca]] = {}
    for m in marcas:
        if m.en_vigor:
            por_lugar.setdefault((m.carril, m.cuando), []).append(m)
    for juntas in por_lugar.values():
        quedan = [m for m in juntas if m.tiene_algo] or juntas[-1:]
        for n, m in enumerate(quedan):
            corre = (n - (len(quedan) - 1) / 2) / len(quedan)
            repartidas.append(replace(m, x=m.x + corre * trimestre, parte=1 / len(quedan)))
    return repartidas


def _se_dibuja(fila: Fila, cuando: int, pieza: Pieza, carril: Carril) -> bool:
    if pieza.desde <= cuando < pieza.hasta:
        return True
    vigente = next((p for p in carril.piezas if p.desde <= cuando < p.hasta), pieza)
    return not fila["en_vigor"] and cuando >= pieza.hasta and vigente.comparable == pieza.comparable


def al_tocar(marcas: list[Marca]) -> dict[str, Any]:
    """Lo que toda traza de marcas lleva: qué compromiso abre cada una y su frase."""
    return {
        "customdata": [str(m.fila["compromiso_id"]) for m in marcas],
        "hovertext": [_frase(m) for m in marcas],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _frase(marca: Marca) -> str:
    fila, eslabon = marca.fila, marca.eslabon
    nombre = f"{formato.texto(eslabon['dependencia_corta'])} {formato.etiqueta_compromiso(eslabon, 140)}"
    cuando = f"{formato.mayuscula(formato.ORDINALES[int(fila['trimestre'])])} trimestre de {int(fila['ejercicio'])}"
    return f"<b>{formato.partir(nombre, 60)}</b><br>{formato.partir(f'{cuando}: {_dicho(marca)}.', 60)}"


def _dicho(marca: Marca) -> str:
    unidad = marca.eslabon["unidad_medida"]
    programado, alcanzado = (
        formato.cantidad(marca.fila[c], unidad, "sin cifra impresa") for c in ("programado", "alcanzado")
    )
    if not marca.en_vigor:
        return f"programaba {programado}; otro plan lo sustituyó"
    if not marca.fila["es_exigible"]:
        return f"programa {programado}; el documento no llega a su avance"
    pct = "" if marca.pct is None else f" ({formato.porcentaje(marca.pct)} del plan)"
    return f"programado, {programado}; alcanzado, {alcanzado}{pct}. {tema.rotulo_estado(marca.estado)}"


def nota(texto: str, x: float, y: float, y_de: str = "y", lado: str = "left", **otros: Any) -> dict:
    """Un texto suelto y gris, en px del dibujo; `lado`: la orilla que cae en `x`."""
    corre = {"left": -lienzo.HOLGURA, "right": lienzo.HOLGURA}.get(lado, 0)
    return {
        "text": texto, "x": x, "y": y, "xref": "x", "yref": y_de, "xanchor": lado, "yanchor": "middle", "align": lado,
        "xshift": corre, "showarrow": False, "font": {"size": ROTULO, "color": tema.GRIS}, **otros,
    }  # fmt: skip


def forma(tipo: str, nombre: str, x: tuple[float, float], y: tuple[float, float], color: str, **otros: Any) -> dict:
    """Una línea o un rectángulo detrás de todo, en px del dibujo; el rectángulo va relleno y sin contorno."""
    aspecto = {"line": {"color": color, "width": 1}} if tipo == "line" else {"fillcolor": color, "line": {"width": 0}}
    return {
        "type": tipo, "name": nombre, "xref": "x", "yref": "y", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1],
        "layer": "below", **aspecto, **otros,
    }  # fmt: skip


def que_quepa(textos: list[str], px: float) -> str:
    """El primero de los textos, del más largo al más corto, que cabe en `px`; si ninguno, vacío."""
    return next((texto for texto in textos if lienzo.medir(texto) <= px), "")


def tinta() -> dict[str, Any]:
    return {"size": ROTULO, "color": tema.TINTA}
