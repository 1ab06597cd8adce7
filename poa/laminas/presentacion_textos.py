"""Los textos de la presentación: limpios, en español de México y medidos, para que ninguno se salga de su lugar.

Las medidas van en puntos; la lámina mide 960 × 540.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Pt

from poa import formato, tema
from poa.figuras import letra

IDIOMA = "es-MX"
ANCHO, ALTO = 960.0, 540.0
MARGEN = 30.0
UTIL = ANCHO - 2 * MARGEN
INTERLINEA = 1.2  # de renglón a renglón, en letras

# Además de lo que XML no admite, los otros caracteres de control no se leen en una lámina.
_SIN_LUGAR = re.compile("[\x80-\x84\x86-\x9f]")
_SALTOS = re.compile(r"\r\n?|[\x85\u2028\u2029]")

# Otra letra que se le parezca no rompe el acomodo; la negrita es más ancha.
_HOLGURA, _NEGRITA = 1.04, 1.08


@dataclass(frozen=True)
class Caja:
    """Un rectángulo de la lámina, en puntos."""

    x: float
    y: float
    ancho: float
    alto: float

    @property
    def abajo(self) -> float:
        """Dónde acaba."""
        return self.y + self.alto

    def en_emu(self) -> tuple[int, int, int, int]:
        """Izquierda, arriba, ancho y alto como los pide el archivo."""
        return Pt(self.x), Pt(self.y), Pt(self.ancho), Pt(self.alto)


def limpiar(valor: Any) -> str:
    """El texto sin caracteres de control; sus renglones se separan con «\\n»."""
    escrito = _SIN_LUGAR.sub("", formato.admisible(_SALTOS.sub("\n", "" if valor is None else str(valor))))
    return escrito.replace("\t", " ")


def en_un_renglon(valor: Any) -> str:
    """El texto sin saltos ni caracteres de control; los espacios duros se quedan."""
    return re.sub(r"[ \n]+", " ", limpiar(valor)).strip(" ")


def medir(texto: str, puntos: float, negrita: bool = False) -> float:
    """Puntos que ocupa un texto en un renglón."""
    return letra.medir(texto, puntos) * de_mas(negrita)


def partir(texto: str, ancho: float, puntos: float, negrita: bool = False) -> list[str]:
    """Los renglones de un texto en `ancho` puntos; la palabra que no cabe se parte."""
    return list(letra.partir(limpiar(texto), round(ancho / de_mas(negrita), 2), puntos))


def de_mas(negrita: bool) -> float:
    """Cuántas veces lo medido se aparta para un texto."""
    return _HOLGURA * (_NEGRITA if negrita else 1)


def recortar(texto: str, ancho: float, puntos: float, renglones: int, negrita: bool = False) -> str:
    """El texto si cabe en tantos renglones; si no, hasta la palabra que cabe, con «…»."""
    filas = partir(texto, ancho, puntos, negrita)
    if len(filas) <= renglones:
        return limpiar(texto)
    ultimo = filas[renglones - 1]
    tope = ancho - medir("…", puntos, negrita)
    while ultimo and medir(ultimo, puntos, negrita) > tope:
        ultimo = ultimo.rpartition(" ")[0] if " " in ultimo else ultimo[:-1]
    letras = sum(len(re.sub(r"[ \n]", "", fila)) for fila in [*filas[: renglones - 1], ultimo])
    return _primeras(limpiar(texto), letras).rstrip(" \n,.;:") + "…"


def _primeras(texto: str, cuantas: int) -> str:
    """El principio de un texto hasta tantas letras, sin contar espacios ni saltos."""
    lugares = (lugar for lugar, letra in enumerate(texto) if letra not in " \n")
    return texto[: next(islice(lugares, cuantas, None), len(texto))]


def alto(renglones: int, puntos: float) -> float:
    """Puntos que ocupan tantos renglones."""
    return renglones * puntos * INTERLINEA


def a_la_medida(texto: str, ancho: float, tamanos: Sequence[float], renglones: int, negrita: bool = False) -> tuple:
    """La letra más grande de `tamanos` con que cabe en tantos renglones, y el texto, recortado si ni así."""
    for puntos in tamanos:
        if len(partir(texto, ancho, puntos, negrita)) <= renglones:
            return puntos, limpiar(texto)
    return tamanos[-1], recortar(texto, ancho, tamanos[-1], renglones, negrita)


def escribir(
    parrafo: _Paragraph, texto: str, puntos: float, color: str = tema.TINTA, negrita: bool = False, lado: str = ""
) -> None:
    """Agrega un tramo de texto al párrafo; los «\\n» son saltos de renglón dentro de él. `lado`: 'derecha' o ''."""
    parrafo.alignment = PP_ALIGN.RIGHT if lado == "derecha" else PP_ALIGN.LEFT
    for lugar, renglon in enumerate(limpiar(texto).split("\n")):
        if lugar:
            parrafo.add_line_break()
        if not renglon:  # un tramo vacío se mediría con la letra predeterminada
            continue
        tramo = parrafo.add_run()
        tramo.text = renglon
        tramo.font.size = Pt(puntos)
        tramo.font.bold = negrita
        tramo.font.color.rgb = RGBColor.from_string(color.lstrip("#"))
    for propiedades in parrafo._p.iter(qn("a:rPr")):
        propiedades.set("lang", IDIOMA)
    vaciar(parrafo, puntos)


def vaciar(parrafo: _Paragraph, puntos: float) -> None:
    """El tamaño de lo que se escriba al final del párrafo: si está vacío, es lo que mide."""
    final = parrafo._p.get_or_add_endParaRPr()
    final.set("lang", IDIOMA)
    final.set("sz", str(round(puntos * 100)))


def preparar(marco: TextFrame, margen: float = 0, ancla: MSO_ANCHOR = MSO_ANCHOR.TOP) -> TextFrame:
    """El marco con renglones que se parten, sin ajuste automático y con ese margen en puntos."""
    marco.word_wrap = True
    marco.auto_size = None
    marco.vertical_anchor = ancla
    marco.margin_left = marco.margin_right = marco.margin_top = marco.margin_bottom = Pt(margen)
    return marco


def nombrar(forma: Any, nombre: str, descripcion: str = "") -> None:
    """El nombre de un objeto en el panel de selección y, si se da, su texto alternativo."""
    propiedades = next(forma._element.iter(qn("p:cNvPr")))
    propiedades.set("name", en_un_renglon(nombre))
    if descripcion:
        propiedades.set("descr", en_un_renglon(descripcion))


def repartir(alturas: Sequence[float], lugar: float) -> int:
    """Cuántas de esas alturas, desde la primera, caben en `lugar` puntos."""
    return sum(suma <= lugar for suma in accumulate(alturas))
