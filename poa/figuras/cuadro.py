"""Una tabla dibujada para la lámina: celdas que se parten en renglones, grupos de encabezado y estado con su icono."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple, Protocol

import plotly.graph_objects as go

from poa import tema
from poa.figuras import columnas as medidas
from poa.figuras import letra, lienzo
from poa.figuras.columnas import LETRA, anchos

LETRAS = (tema.ESCALA["texto"], LETRA)  # de mayor a menor; con la menor se reparte en láminas
ARRIBA, ABAJO = 8, 8  # px sobre el encabezado, que va dentro del dibujo, y sobre el pie
_AIRE = 5  # px sobre y bajo el texto de un renglón
_BAJO_ENTERA = 3  # px de lo que va a todo lo ancho a las celdas de debajo
_BAJO_TITULOS = 6  # px de los títulos al primer renglón, con su raya


class Columna(Protocol):
    """Una columna: su título, el grupo que va arriba, su parte del ancho y si es de cifras.

    `es_entera`: su texto va a todo lo ancho, sobre las demás celdas de su renglón.
    """

    titulo: str
    ancho: float
    grupo: str
    es_cifra: bool
    es_entera: bool


class Tabla(Protocol):
    """Las columnas, los renglones de texto y, si lo hay, el estado de cada renglón.

    `rotulos`: lo que encabeza, a todo lo ancho, a los renglones desde cada lugar hasta el rótulo que sigue.
    """

    columnas: Sequence[Columna]
    renglones: Sequence[Sequence[str]]
    estados: Sequence[str | None]
    rotulos: Mapping[int, str]


class _Grupo(NamedTuple):
    """El título de un grupo, de qué px a cuál va, si es de cifras y cuántos renglones llevan los de sus columnas."""

    partes: tuple[str, ...]
    x0: float
    x1: float
    es_cifra: bool
    debajo: int


class _Trazo:
    """Una tabla con su letra: de qué px a cuál va cada columna y en qué renglones se parte cada texto.

    Si se da la letra y hay cifras, los anchos se miden para ella y estos renglones; si no, son los de sus columnas.
    """

    def __init__(self, tabla: Tabla, px: int | None = None) -> None:
        self.tabla, self.px = tabla, px or LETRA
        self.renglon = self.px * letra.RENGLON
        self.columnas = tabla.columnas
        self.entera = next((c for c, columna in enumerate(self.columnas) if columna.es_entera), None)
        grupos, son_cifras = [c.grupo for c in self.columnas], [c.es_cifra for c in self.columnas]
        partes = [c.ancho for c in self.columnas]
        if px and any(son_cifras):
            titulos = [c.titulo for c in self.columnas]
            partes = anchos(titulos, grupos, son_cifras, tabla.renglones, self.entera, px)
        antes = medidas.separaciones(grupos, son_cifras, self.entera)
        total = sum(parte for c, parte in enumerate(partes) if c != self.entera)
        self.orillas: list[tuple[float, float]] = []  # la entera, de orilla a orilla
        x = 0.0
        for c, parte in enumerate(partes):
            if c == self.entera:
                self.orillas.append((0.0, float(lienzo.PX)))
                continue
            fin = round(min(x + parte / total * lienzo.PX, lienzo.PX), 2)
            self.orillas.append((x + antes[c], fin if son_cifras[c] else fin - medidas.SEPARA))
            x = fin

    # ------------------------------------------------------------ el encabezado

    @cached_property
    def grupos(self) -> list[_Grupo]:
        """Los títulos de los grupos; los de cifras, todos en los mismos renglones."""
        hallados = []
        juntas = groupby(range(len(self.columnas)), key=lambda c: self.columnas[c].grupo)
        for grupo, suyas in ((grupo, list(suyas)) for grupo, suyas in juntas if grupo):
            x0, x1 = self.orillas[suyas[0]][0], self.orillas[suyas[-1]][1]
            debajo = max(len(self.titulo(c)) for c in suyas)
            hallados.append((grupo, x0, x1, self.columnas[suyas[0]].es_cifra, debajo))
        partidos = [letra.partir(grupo, round(x1 - x0 + 0.5, 1), self.px) for grupo, x0, x1, *_ in hallados]
        renglones = max((len(p) for p, h in zip(partidos, hallados, strict=True) if h[3]), default=1)
        return [
            _Grupo(
                letra.en_renglones(grupo, renglones, self.px) if es and renglones > 1 else partes, x0, x1, es, debajo
            )
            for partes, (grupo, x0, x1, es, debajo) in zip(partidos, hallados, strict=True)
        ]

    def titulo(self, c: int) -> tuple[str, ...]:
        """El título de una columna, en los renglones que pide; el de una cifra cabe siempre en uno."""
        if self.columnas[c].es_cifra:
            return (self.columnas[c].titulo,)
        x0, x1 = self.orillas[c]
        return letra.partir(self.columnas[c].titulo, round(x1 - x0 + 0.5, 1), self.px)

    @cached_property
    def alto_encabezado(self) -> float:
        return self.renglon * self._renglones_encabezado + _BAJO_TITULOS

    @cached_property
    def _renglones_encabezado(self) -> int:
        """Los de los títulos, con los de sus grupos arriba; el de la entera va sobre los de texto."""
        altos = [len(grupo.partes) + grupo.debajo for grupo in self.grupos]
        for c, columna in enumerate(self.columnas):
            if c != self.entera:
                altos.append(len(self.titulo(c)) + (self.entera is not None and not columna.es_cifra))
        return max(altos, default=1)

    def encabezar(self, desde: float) -> tuple[list[dict], list[dict]]:
        """Los títulos de las columnas y, arriba de las suyas, los de los grupos con su filete."""
        base = desde + self.renglon * self._renglones_encabezado
        gris = {"font": {"size": self.px, "color": tema.GRIS}, "name": "titulo"}
        notas, rayas = [], [_raya(0, lienzo.PX, base + 4, tema.TINTA)]
        for c, (x0, x1) in enumerate(self.orillas):
            partes = self.titulo(c)
            y = desde if c == self.entera else base - self.renglon * len(partes) + 1
            es_cifra = self.columnas[c].es_cifra
            lado = "right" if es_cifra else "left"
            notas.append(nota(letra.escribir(partes), x1 if es_cifra else x0, y, lado, **gris))
        for grupo in self.grupos:
            bajo = base - self.renglon * grupo.debajo
            x, lado = ((grupo.x0 + grupo.x1) / 2, "center") if grupo.es_cifra else (grupo.x0, "left")
            notas.append(nota(letra.escribir(grupo.partes), x, bajo - self.renglon * len(grupo.partes), lado, **gris))
            rayas.append(_raya(grupo.x0, grupo.x1, bajo, tema.LINEA))
        return notas, rayas

    # ------------------------------------------------------------ los renglones

    def alto_renglon(self, lugar: int) -> float:
        arriba, abajo = self.renglones(lugar)
        return self.renglon * (arriba + abajo) + 2 * _AIRE + (_BAJO_ENTERA if arriba else 0)

    @property
    def alto_rotulo(self) -> float:
        return self.renglon + 2 * _AIRE

    def rotulo(self, texto: str, y: float) -> dict:
        """Lo que encabeza a los renglones que siguen, en un renglón."""
        gris = {"size": self.px, "color": tema.GRIS}
        return nota(letra.escribir(letra.acortar(letra.partir(texto, lienzo.PX, self.px), 1)), 0, y + _AIRE, font=gris)

    def renglones(self, lugar: int) -> tuple[int, int]:
        """Cuántos renglones ocupa lo que va a todo lo ancho y cuántos las celdas de debajo."""
        altos = {True: 0, False: 0}
        for c, celda in enumerate(self.tabla.renglones[lugar]):
            if celda:
                altos[c == self.entera] = max(altos[c == self.entera], len(self._partir(c, lugar)[0]))
        return altos[True], altos[False] or int(not altos[True])

    def _estado(self, c: int, lugar: int) -> tema.Estado | None:
        """El estado que nombra la celda, si es la palabra del de su renglón."""
        estados, celda = self.tabla.estados, self.tabla.renglones[lugar][c]
        suyo = estados[lugar] if lugar < len(estados) else None
        return tema.estado(celda) if suyo and celda == suyo else None

    def _partir(self, c: int, lugar: int) -> tuple[tuple[str, ...], float]:
        """Los renglones de una celda y los px que su icono le quita."""
        celda, (x0, x1) = self.tabla.renglones[lugar][c], self.orillas[c]
        if self.columnas[c].es_cifra:
            return letra.partir(celda, round(x1 - x0 + 1, 1), self.px), 0
        aspecto = self._estado(c, lugar)
        quita = lienzo.pastilla(aspecto) + medidas.ANTES if aspecto else 0
        return letra.partir(celda, round(x1 - x0 - quita, 1), self.px), quita

    def celda(self, c: int, lugar: int, y: float, caben: int) -> list[dict]:
        """Lo que dice una celda desde una altura, en a lo más los renglones que caben."""
        if not self.tabla.renglones[lugar][c]:
            return []
        renglones, quita = self._partir(c, lugar)
        lado = "right" if self.columnas[c].es_cifra else "left"
        x = self.orillas[c][1] if lado == "right" else self.orillas[c][0] + quita
        tinta = {"size": self.px, "color": tema.TINTA}
        notas = [nota(letra.escribir(letra.acortar(renglones, max(caben, 1))), x, y, lado, font=tinta)]
        if aspecto := self._estado(c, lugar):
            notas.append(_icono(aspecto, self.orillas[c][0], y))
        return notas

    @property
    def va_entera(self) -> bool:
        """Si ninguna cifra, ninguna palabra y ningún título de cifras se parte a la mitad."""
        for c, (x0, x1) in enumerate(self.orillas):
            cabe = round(x1 - x0 + 1, 1)
            celdas = [self.columnas[c].titulo, *(renglon[c] for renglon in self.tabla.renglones)]
            medir = letra.medir if self.columnas[c].es_cifra else medidas.palabra
            if any(medir(celda, self.px) > cabe for celda in celdas if celda):
                return False
        return all(letra.palabra_mayor(" ".join(g.partes), self.px) <= g.x1 - g.x0 + 1 for g in self.grupos)


def alto_libre(mensaje: str, pie: str = "") -> float:
    """Px que quedan para la tabla, con su encabezado, bajo un mensaje y sobre un pie."""
    margen = lienzo.lienzo(mensaje, pie, ARRIBA, ABAJO).layout.margin
    return tema.ALTO - margen.t - margen.b


def alto(tabla: Tabla, lugares: Sequence[int] | None = None, alto_minimo: float = 0, px: int | None = None) -> float:
    """Px del encabezado y de los renglones de `lugares` (todos, si no se dicen).

    `px`: los de la letra, con los anchos que ella pide; si no se da, la de 14 con los de las columnas.
    """
    trazo = _Trazo(tabla, px)
    lugares = range(len(tabla.renglones)) if lugares is None else lugares
    altos = sum(max(trazo.alto_renglon(lugar), alto_minimo) for lugar in lugares)
    return trazo.alto_encabezado + altos + trazo.alto_rotulo * len(rotulos_de(tabla, lugares))


def rotulos_de(tabla: Tabla, lugares: Sequence[int]) -> dict[int, str]:
    """Los rótulos de esos renglones, cada uno con el lugar entre ellos del primero que encabeza."""
    hallados: dict[int, str] = {}
    puesto = None
    for n, lugar in enumerate(lugares):
        suyo = max((r for r in tabla.rotulos if r <= lugar), default=None)
        if suyo is not None and suyo != puesto:
            hallados[n] = tabla.rotulos[suyo]
        puesto = suyo
    return hallados


def cabe(tabla: Tabla, libre: float, px: int, alto_minimo: float = 0) -> bool:
    """Si con letra de `px` la tabla cabe en `libre` px sin partir cifras ni palabras, ni sus títulos más que con 14."""
    trazo, menor = _Trazo(tabla, px), _Trazo(tabla, LETRA)
    titulos = all(len(trazo.titulo(c)) <= len(menor.titulo(c)) for c in range(len(tabla.columnas)))
    return titulos and trazo.va_entera and alto(tabla, None, alto_minimo, px) <= libre


def repartir(tabla: Tabla, px: float, alto_minimo: float = 0, a_lo_mas: int | None = None) -> list[list[int]]:
    """En qué láminas caben los renglones: los lugares de cada una, en el menor número y con las alturas más parecidas.

    Uno que no cabe ni solo va solo, y se dibuja cortado; los rótulos se repiten en cada una. Si hacen falta más de
    `a_lo_mas` láminas, se llenan esas y los demás renglones se quedan fuera.
    """
    trazo, total = _Trazo(tabla), len(tabla.renglones)
    hasta = [0.0, *accumulate(max(trazo.alto_renglon(lugar), alto_minimo) for lugar in range(total))]
    px -= trazo.alto_encabezado

    def alto_de(desde: int, fin: int) -> float:
        return hasta[fin] - hasta[desde] + trazo.alto_rotulo * len(rotulos_de(tabla, range(desde, fin)))

    llenas = llenar(total, alto_de, px)
    if a_lo_mas is not None and len(llenas) > a_lo_mas:
        return llenas[:a_lo_mas]
    return _emparejar(total, alto_de, px, len(llenas))


def _emparejar(total: int, alto_de: Callable[[int, int], float], px: float, cuantas: int) -> list[list[int]]:
    """Los renglones en ese número de láminas, con la menor suma de los cuadrados de sus alturas."""
    # por cuántos renglones van: lo que suman los cuadrados y en qué láminas van
    mejores: dict[int, tuple[float, list[list[int]]]] = {0: (0.0, [])}
    for _ in range(cuantas):
        siguientes: dict[int, tuple[float, list[list[int]]]] = {}
        for desde, (suma, laminas) in mejores.items():
            for fin in range(desde + 1, total + 1):
                este = alto_de(desde, fin)
                if este > px and fin > desde + 1:
                    break
                if fin not in siguientes or suma + este**2 < siguientes[fin][0]:
                    siguientes[fin] = (suma + este**2, [*laminas, list(range(desde, fin))])
        mejores = siguientes
    return mejores[total][1]


def llenar(total: int, alto_de: Callable[[int, int], float], libre: float) -> list[list[int]]:
    """Los lugares de lo que cabe en cada lámina, llenas una tras otra; al menos uno en cada una.

    `alto_de`: lo que miden los que van de un lugar hasta antes de otro, en la unidad de `libre`.
    """
    laminas: list[list[int]] = []
    for lugar in range(total):
        if laminas and alto_de(laminas[-1][0], lugar + 1) <= libre:
            laminas[-1].append(lugar)
        else:
            laminas.append([lugar])
    return laminas


def talla(tablas: Sequence[tuple[Tabla, float]], alto_minimo: float = 0) -> int | None:
    """Los px de la letra mayor con que cada tabla cabe en su alto; None si en ninguna caben todas.

    Así las láminas de un mismo cuadro llevan la misma letra.
    """
    return next((px for px in LETRAS if all(cabe(tabla, libre, px, alto_minimo) for tabla, libre in tablas)), None)


def dibujar(tabla: Tabla, mensaje: str, pie: str = "", alto_minimo: float = 0, px: int | None = None) -> go.Figure:
    """La tabla a 800 × 450, con la letra de `talla` o, si no se da, con la menor. Lo que no cabe se corta.

    Quien la arma la reparte antes. `alto_minimo`: px de cada renglón, si en él se va a escribir a mano.
    """
    figura = lienzo.lienzo(mensaje, pie, ARRIBA, ABAJO)
    libre = lienzo.alto_de(figura)
    en_px(figura, libre)
    poner(figura, tabla, 0, libre, alto_minimo, px)
    return figura


def en_px(figura: go.Figure, alto_: float) -> None:
    """Ejes en px del dibujo, contados desde arriba a la izquierda."""
    figura.update_xaxes(visible=False, range=[0, lienzo.PX], domain=[0, 1])
    figura.update_yaxes(visible=False, range=[alto_, 0], domain=[0, 1])
    figura.add_trace({"type": "scatter", "x": [0], "y": [0], "mode": "markers", "marker": {"opacity": 0}})
    figura.data[-1].update(hoverinfo="skip", showlegend=False, name="Esquina")


def poner(
    figura: go.Figure, tabla: Tabla, desde: float, hasta: float, alto_minimo: float = 0, px: int | None = None
) -> None:
    """La tabla entre dos alturas de una figura con ejes en px, con letra de `px` como en `alto`."""
    trazo = _Trazo(tabla, px)
    notas, rayas = trazo.encabezar(desde)
    y = desde + trazo.alto_encabezado
    for lugar in range(len(tabla.renglones)):
        if lugar in tabla.rotulos:
            if lugar:
                rayas.append(_raya(0, lienzo.PX, y, tema.LINEA))
            notas.append(trazo.rotulo(tabla.rotulos[lugar], y))
            y += trazo.alto_rotulo
        este = min(max(trazo.alto_renglon(lugar), alto_minimo), hasta - y)
        if este < trazo.renglon:
            break
        if lugar:
            rayas.append(_raya(0, lienzo.PX, y, tema.LINEA))
        caben = int((este - 2 * _AIRE + 1) // trazo.renglon)
        arriba = min(trazo.renglones(lugar)[0], max(caben - 1, 1))
        for c in range(len(tabla.columnas)):
            es_entera = c == trazo.entera
            desde_y = y + _AIRE + (0 if es_entera or not arriba else arriba * trazo.renglon + _BAJO_ENTERA)
            notas += trazo.celda(c, lugar, desde_y, arriba if es_entera else caben - arriba)
        y += este
    rayas.append(_raya(0, lienzo.PX, y, tema.LINEA))
    figura.layout.annotations = [*figura.layout.annotations, *notas]
    figura.layout.shapes = [*figura.layout.shapes, *rayas]


def _icono(aspecto: tema.Estado, x: float, y: float) -> dict:
    return nota(aspecto.icono, x, y + 1) | {
        "width": lienzo.pastilla(aspecto),
        "bgcolor": tema.PAPEL if aspecto.trama else aspecto.color,
        "bordercolor": aspecto.borde,
        "xshift": 0,
        "align": "center",
        "font": {"size": tema.ESCALA["nota"], "color": aspecto.borde if aspecto.trama else aspecto.tinta},
        "name": "clave",
    }


def nota(texto: str, x: float, y: float, lado: str = "left", **otros: object) -> dict:
    """Un texto cuya orilla `lado` y cuyo primer renglón empiezan en (x, y), en px del dibujo."""
    corre = {"left": -lienzo.HOLGURA, "right": lienzo.HOLGURA}.get(lado, 0)
    return {
        "text": texto, "x": x, "y": y, "xref": "x", "yref": "y", "xanchor": lado, "yanchor": "top", "align": lado,
        "xshift": corre, "yshift": lienzo.HOLGURA, "showarrow": False,
        "font": {"size": LETRA, "color": tema.TINTA}, "name": "celda", **otros,
    }  # fmt: skip


def _raya(x0: float, x1: float, y: float, color: str) -> dict:
    return {"type": "line", "xref": "x", "yref": "y", "x0": x0, "x1": x1, "y0": y, "y1": y,
            "line": {"color": color, "width": 1}}  # fmt: skip
