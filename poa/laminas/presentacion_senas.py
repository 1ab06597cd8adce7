"""Lo que se dibuja sobre las barras de una gráfica de la presentación: la banda, la línea del plan y las separaciones.

Va dentro de la gráfica, en partes de su ancho y su alto: se mueve y crece con ella.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pptx.chart.chart import Chart
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from poa import formato, tema
from poa.laminas.lamina import Barras
from poa.laminas.presentacion_acomodo import AIRE, Acomodo
from poa.laminas.presentacion_base import LETRA
from poa.laminas.presentacion_textos import IDIOMA, INTERLINEA, medir

_CLASE = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
_VELO = '<a:solidFill><a:srgbClr val="{}"><a:alpha val="16000"/></a:srgbClr></a:solidFill><a:ln><a:noFill/></a:ln>'
_RAYA = '<a:noFill/><a:ln w="15875"><a:solidFill><a:srgbClr val="{}"/></a:solidFill><a:prstDash val="{}"/></a:ln>'
_NADA = "<a:noFill/><a:ln><a:noFill/></a:ln>"
Lugar = tuple[float, float, float, float]  # izquierda, arriba, derecha y abajo, en partes de la gráfica


def poner(grafica: Chart, barras: Barras, acomodo: Acomodo) -> None:
    """Agrega a la gráfica lo que sus barras piden señalar; si nada, no le agrega nada."""
    formas = [
        _forma(numero, *suya)
        for numero, suya in enumerate([*_del_plan(barras, acomodo), *_separaciones(barras, acomodo)], start=2)
    ]
    if not formas:
        return
    espacios = (
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"'
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:userShapes {espacios}>{"".join(formas)}'
    parte = grafica.part
    numero = "".join(c for c in parte.partname.filename if c.isdigit())
    nombre = PackURI(f"/ppt/drawings/drawing{numero}.xml")
    dibujo = Part(nombre, _CLASE, parte.package, f"{xml}</c:userShapes>".encode())
    clave = parte.relate_to(dibujo, RT.CHART_USER_SHAPES)
    grafica._chartSpace.append(parse_xml(f'<c:userShapes {nsdecls("c", "r")} r:id="{clave}"/>'))


def _del_plan(barras: Barras, acomodo: Acomodo) -> Iterator[tuple[str, Lugar, str, str]]:
    """La banda y el nombre de la línea de la que nacen las barras horizontales."""
    if not barras.nace or barras.tope is None:
        return
    x, y, ancho, alto = acomodo.dibujo(barras.horizontal)
    valor, nombre = barras.nace

    def lugar(v: float) -> float:
        return x + ancho * (v - acomodo.desde) / (barras.tope - acomodo.desde)

    arriba = y - acomodo.senas / acomodo.caja.alto
    if barras.banda:
        menor, mayor = barras.banda
        yield "Banda", (lugar(menor), y, lugar(mayor), y + alto), _VELO.format(tema.GRIS[1:]), ""
        nombre = f"{nombre} · banda {formato.numero(menor)}–{formato.numero(mayor)}{formato.ESPACIO}%"
    medio = (medir(nombre, acomodo.letra) / 2 + AIRE) / acomodo.caja.ancho
    centro = min(max(lugar(valor), medio), 1 - medio)
    yield "Plan", (centro - medio, arriba, centro + medio, y), _NADA, _texto(nombre, acomodo.letra, "ctr")


def _separaciones(barras: Barras, acomodo: Acomodo) -> Iterator[tuple[str, Lugar, str, str]]:
    """Una raya antes de cada categoría que se separa de las anteriores y, a su derecha, por qué."""
    x, y, ancho, alto = acomodo.dibujo(barras.horizontal)
    arriba = y - (acomodo.senas + acomodo.cifra) / acomodo.caja.alto
    renglon = acomodo.letra * INTERLINEA / acomodo.caja.alto
    for categoria, dicho in barras.separadas.items():
        donde = x + ancho * categoria / len(barras.categorias)
        trazo = _RAYA.format(tema.GRIS[1:], "dash" if dicho else "solid")
        yield "Separación", (donde, arriba, donde, y + alto), trazo, ""
        if dicho:
            hasta = donde + (medir(dicho, acomodo.letra) + 2 * AIRE) / acomodo.caja.ancho
            yield (
                "Por qué",
                (donde + 0.5 * AIRE / acomodo.caja.ancho, arriba, hasta, arriba + renglon),
                _NADA,
                _texto(dicho, acomodo.letra, "l"),
            )


def _forma(numero: int, nombre: str, lugar: Lugar, aspecto: str, texto: str) -> str:
    """Una forma en su lugar; `aspecto` y `texto`, ya en XML."""
    x0, y0, x1, y1 = (f"{min(max(parte, 0), 1):.5f}" for parte in lugar)
    tipo = "line" if x0 == x1 else "rect"
    return (
        f"<cdr:relSizeAnchor><cdr:from><cdr:x>{x0}</cdr:x><cdr:y>{y0}</cdr:y></cdr:from>"
        f"<cdr:to><cdr:x>{x1}</cdr:x><cdr:y>{y1}</cdr:y></cdr:to>"
        f'<cdr:sp macro="" textlink=""><cdr:nvSpPr><cdr:cNvPr id="{numero}" name="{nombre}"/><cdr:cNvSpPr/>'
        '</cdr:nvSpPr><cdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'
        f'<a:prstGeom prst="{tipo}"><a:avLst/></a:prstGeom>{aspecto}</cdr:spPr>{texto}</cdr:sp>'
        "</cdr:relSizeAnchor>"
    )


def _texto(dicho: str, letra: float, lado: str) -> str:
    """Un renglón en gris; `lado`: 'l' o 'ctr'."""
    return (
        '<cdr:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f'<a:p><a:pPr algn="{lado}"/><a:r><a:rPr lang="{IDIOMA}" sz="{round(letra * 100)}"><a:solidFill>'
        f'<a:srgbClr val="{tema.GRIS[1:]}"/></a:solidFill><a:latin typeface="{LETRA}"/></a:rPr>'
        f"<a:t>{escape(dicho)}</a:t></a:r></a:p></cdr:txBody>"
    )
