"""Las láminas que son texto: la portada, la que abre una parte y la lista de puntos."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from poa import tema
from poa.figuras import cuadro, letra, lienzo

_MAYOR = 38  # px del renglón mayor de una portada
_MARCA = 40  # px de lado
_BAJO_MARCA = 24  # px de la marca al primer renglón, al menos
# Ancho de los textos de una portada y renglones del mayor y de cada otro; si no cabe, la forma que sigue
_FORMAS = ((640, 4, 3), (lienzo.PX, 4, 3), (lienzo.PX, 3, 2), (lienzo.PX, 3, 1))
_CENTRO = 0.47  # la altura de la portada en que queda el medio de sus renglones
_SANGRIA = 26  # px por nivel de una lista
_PARTE_PUNTOS = 0.45  # lo más que toman los puntos del alto si no caben con su tabla
_SOBRE_TABLA = 18  # px de los puntos a la tabla que va debajo
_ENTRE, _ENTRE_MENORES = 10, 5  # px de un punto a otro, y del que lleva sangría al anterior
_LETRAS = (tema.ESCALA["cifra"], 18, tema.ESCALA["texto"], tema.ESCALA["rotulo"])  # de lista, de mayor a menor
_LETRAS_CON_TABLA = ((18, 18), (18, 16), (16, 16), (18, 14), (16, 14), (14, 14))  # de los puntos y de su tabla

Punto = tuple[int, str]  # su sangría y lo que dice


def portada(renglones: Sequence[str]) -> go.Figure:
    """Renglones grandes sobre papel, el primero el mayor, con la marca arriba y mucho aire."""
    figura = go.Figure(
        layout={
            "template": tema.plantilla(),
            "showlegend": False,
            "margin": {"l": tema.MARGEN, "r": tema.MARGEN, "t": tema.MARGEN, "b": tema.MARGEN},
            "meta": {"mensaje": renglones[0] if renglones else "", "pie": ""},
        }
    )
    alto = tema.ALTO - 2 * tema.MARGEN
    cuadro.en_px(figura, alto)
    desde = _MARCA + _BAJO_MARCA
    compuestas = [_componer(renglones, *forma) for forma in _FORMAS]
    dichos = next((c for c in compuestas if _alto_de(c) <= alto - desde), compuestas[-1])
    y = max(desde, min(alto * _CENTRO - _alto_de(dichos) / 2, alto - _alto_de(dichos)))
    notas, rayas = [], _marca()
    for partes, px, lugar in dichos:
        color = tema.TINTA if lugar < 2 else tema.GRIS
        notas.append(cuadro.nota(letra.escribir(partes), 0, y, font={"size": px, "color": color}, name="portada"))
        y += len(partes) * px * letra.RENGLON + _tras(lugar)
        if not lugar and len(dichos) > 1:
            rayas.append(_filete(y - _tras(lugar) / 2))
    figura.layout.annotations, figura.layout.shapes = notas, rayas
    return figura


def _letra(lugar: int) -> int:
    return (_MAYOR, tema.ESCALA["cifra"])[min(lugar, 1)]


def _tras(lugar: int) -> int:
    """Px bajo un renglón."""
    return 8 if lugar else 36


def _componer(renglones: Sequence[str], ancho: int, del_mayor: int, de_otro: int) -> list[tuple]:
    """Cada texto de la portada, partido en a lo más esos renglones, con su letra y su lugar."""
    return [
        (letra.acortar(letra.partir(texto, ancho, px), de_otro if lugar else del_mayor), px, lugar)
        for lugar, texto in enumerate(renglones)
        for px in [_letra(lugar)]
        if texto
    ]


def _alto_de(compuesta: Sequence[tuple]) -> float:
    return sum(len(partes) * px * letra.RENGLON + _tras(lugar) for partes, px, lugar in compuesta)


def _filete(y: float) -> dict:
    return {"type": "line", "xref": "x", "yref": "y", "x0": 0, "x1": 72, "y0": y, "y1": y,
            "line": {"color": tema.TINTA, "width": 3}}  # fmt: skip


def _marca() -> list[dict]:
    """La del tablero: tres barras claras en un cuadro de tinta."""
    comun = {"type": "rect", "xref": "x", "yref": "y", "line": {"width": 0}}
    barras = ((7, 15, 25), (13.5, 7, 25), (20, 19, 25))
    return [
        comun | {"x0": 0, "x1": _MARCA, "y0": 0, "y1": _MARCA, "fillcolor": tema.TINTA},
        *(
            comun
            | {"x0": x / 32 * _MARCA, "x1": (x + 5) / 32 * _MARCA, "fillcolor": tema.PAPEL}
            | {"y0": y0 / 32 * _MARCA, "y1": y1 / 32 * _MARCA}
            for x, y0, y1 in barras
        ),
    ]


def lista(puntos: Sequence[Punto], mensaje: str, pie: str = "") -> go.Figure:
    """Los puntos uno bajo otro, con la mayor letra en que caben; los de más sangría, un poco menores."""
    figura = lienzo.lienzo(mensaje, pie, cuadro.ARRIBA + 8, cuadro.ABAJO)
    libre = tema.ALTO - figura.layout.margin.t - figura.layout.margin.b
    cuadro.en_px(figura, libre)
    poner(figura, puntos, libre)
    return figura


def con_tabla(puntos: Sequence[Punto], tabla: cuadro.Tabla, mensaje: str, pie: str = "") -> go.Figure:
    """Los puntos arriba y la tabla abajo, con la mayor letra en que caben; si en ninguna, se acortan los puntos.

    La de los puntos, de 18 px a lo más; la de la tabla no es mayor que ella.
    """
    figura = lienzo.lienzo(mensaje, pie, cuadro.ARRIBA, cuadro.ABAJO)
    libre = tema.ALTO - figura.layout.margin.t - figura.layout.margin.b
    cuadro.en_px(figura, libre)
    de_puntos, de_tabla = next(
        (
            pareja
            for pareja in _LETRAS_CON_TABLA
            if cuadro.cabe(tabla, libre - _SOBRE_TABLA - alto(puntos, pareja[0]), pareja[1])
        ),
        (_LETRAS_CON_TABLA[-1][0], None),
    )
    menor = min(alto(puntos, _LETRAS[-1]), libre * _PARTE_PUNTOS)
    hasta = max(libre - cuadro.alto(tabla, px=de_tabla) - _SOBRE_TABLA, menor)
    acaban = poner(figura, puntos, hasta, [px for px in _LETRAS if px <= de_puntos])
    cuadro.poner(figura, tabla, acaban + _SOBRE_TABLA, libre, px=de_tabla)
    return figura


def poner(figura: go.Figure, puntos: Sequence[Punto], hasta: float, tallas: Sequence[int] = _LETRAS) -> float:
    """Los puntos desde arriba hasta una altura de una figura con ejes en px; sale dónde acaban.

    `tallas`: los px de letra que se prueban, de mayor a menor.
    """
    px = next((px for px in tallas if alto(puntos, px) <= hasta), tallas[-1])
    y, notas = 0.0, []
    for sangria, dicho in puntos:
        suya = _letra_de(sangria, px)
        y += _antes(sangria, y)
        caben = int((hasta - y) // (suya * letra.RENGLON))
        if caben < 1:
            break
        renglones = letra.acortar(_renglones(sangria, dicho, px), caben)
        tinta = {"size": suya, "color": tema.GRIS if sangria else tema.TINTA}
        notas.append(cuadro.nota(letra.escribir(renglones), _SANGRIA * sangria, y, font=tinta, name="punto"))
        y += len(renglones) * suya * letra.RENGLON
    figura.layout.annotations = [*figura.layout.annotations, *notas]
    return y


def alto(puntos: Sequence[Punto], px: int) -> float:
    """Px de una lista con letra de `px`."""
    total = 0.0
    for sangria, dicho in puntos:
        total += _antes(sangria, total) + len(_renglones(sangria, dicho, px)) * _letra_de(sangria, px) * letra.RENGLON
    return total


def _antes(sangria: int, y: float) -> int:
    """Px sobre un punto; el primero no los lleva."""
    return 0 if not y else _ENTRE_MENORES if sangria else _ENTRE


def repartir(puntos: Sequence[Punto], mensaje: str, pie: str = "") -> list[list[Punto]]:
    """Los puntos en láminas donde caben con letra de 16 px o más."""
    libre = cuadro.alto_libre(mensaje, pie) - 8

    def alto_de(desde: int, fin: int) -> float:
        return alto(puntos[desde:fin], tema.ESCALA["texto"])

    return [[puntos[n] for n in lugares] for lugares in cuadro.llenar(len(puntos), alto_de, libre)]


def _letra_de(sangria: int, px: int) -> int:
    return max(px - 2, tema.ESCALA["rotulo"]) if sangria else px


def _renglones(sangria: int, dicho: str, px: int) -> tuple[str, ...]:
    return letra.partir(dicho, lienzo.PX - _SANGRIA * sangria, _letra_de(sangria, px))
