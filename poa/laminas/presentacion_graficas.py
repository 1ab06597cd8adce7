"""Las gráficas de la presentación: barras nativas que se editan, con los valores exactos en su libro incrustado."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.datalabel import DataLabels
from pptx.chart.series import BarSeries
from pptx.dml.color import RGBColor
from pptx.dml.line import LineFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from poa import formato, tema
from poa.laminas import presentacion_cifras as cifras
from poa.laminas.lamina import Barras
from poa.laminas.presentacion_textos import (
    IDIOMA,
    INTERLINEA,
    Caja,
    en_un_renglon,
    medir,
    nombrar,
    partir,
    recortar,
)

HOJA = "Datos"
_LETRAS = (18.0, 16.0, 14.0, 12.0)
_ENTRE = 0.5  # hueco entre categorías, en barras
_PARTE_DEL_ROTULO = 0.42  # lo más que ocupan los nombres de las barras horizontales
_AIRE = 8.0
_CLASES = {
    (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    (False, True): XL_CHART_TYPE.COLUMN_STACKED,
    (True, False): XL_CHART_TYPE.BAR_CLUSTERED,
    (True, True): XL_CHART_TYPE.BAR_STACKED,
}


@dataclass(frozen=True)
class _Acomodo:
    """La letra y el lugar de cada cosa dentro de la gráfica, en puntos."""

    letra: float
    clave: float  # alto de la clave de colores
    rotulos: float  # ancho de los nombres (horizontal) o su alto (vertical)
    renglones: int  # de cada nombre
    lugar_nombre: float  # ancho de cada nombre
    cifra: float  # ancho (horizontal) o alto (vertical) de la cifra que va tras la barra
    con_cifras: bool
    caja: Caja

    def dibujo(self, horizontal: bool) -> tuple[float, float, float, float]:
        """Dónde van las barras, en partes de la gráfica: x, y, ancho y alto."""
        ancho, alto = self.caja.ancho, self.caja.alto
        if horizontal:
            x, y = self.rotulos + _AIRE, self.clave
            return x / ancho, y / alto, (ancho - x - self.cifra) / ancho, (alto - y - _AIRE) / alto
        y = self.clave + self.cifra
        return 0.005, y / alto, 0.99, (alto - y - self.rotulos) / alto


class _Datos(CategoryChartData):
    """Los datos de la gráfica; su libro lleva los textos como texto y nunca como fórmula."""

    @property
    def xlsx_blob(self) -> bytes:
        libro = Workbook()
        hoja = libro.active
        hoja.title = HOJA
        for lugar, categoria in enumerate(self.categories, start=2):
            _poner_texto(hoja.cell(lugar, 1), categoria.label)
        hoja.column_dimensions["A"].width = 40
        for columna, serie in enumerate(self, start=2):
            _poner_texto(hoja.cell(1, columna), serie.name)
            for lugar, valor in enumerate(serie.values, start=2):
                hoja.cell(lugar, columna).value = valor
        archivo = BytesIO()
        libro.save(archivo)
        return archivo.getvalue()


def _poner_texto(celda: Cell, texto: str) -> None:
    """Texto aunque empiece con «=», y que lo siga siendo si alguien entra a la celda y sale."""
    celda.value = texto
    celda.data_type = "s"
    celda.number_format = "@"
    celda.quotePrefix = True


def tiene_cifras(barras: Barras) -> bool:
    """Si hay al menos una barra que dibujar."""
    return any(_cifra(valor) is not None for valores in barras.series.values() for valor in valores)


def poner(lamina: Slide, barras: Barras, caja: Caja, descripcion: str) -> list[str]:
    """Agrega la gráfica a la lámina; salen, completos, los nombres que hubo que recortar.

    Cada valor queda exacto (16 cifras) en el libro y en la gráfica; None, en blanco en los dos.
    """
    completos = [en_un_renglon(nombre) or formato.RAYA for nombre in barras.series]
    barras = _limpias(barras, caja.ancho * _PARTE_DEL_ROTULO)
    completas = list(barras.categorias)
    acomodo = _acomodar(barras, caja)
    barras = replace(
        barras,
        categorias=[recortar(c, acomodo.lugar_nombre, acomodo.letra, acomodo.renglones) for c in completas],
    )
    datos = _Datos()
    datos.categories = barras.categorias
    for nombre, valores in barras.series.items():
        datos.add_series(nombre, valores)
    marco = lamina.shapes.add_chart(_CLASES[barras.horizontal, barras.apiladas], *caja.en_emu(), datos)
    nombrar(marco, "Gráfica", descripcion)
    _componer(marco.chart, barras, acomodo)
    pares = zip([*barras.categorias, *barras.series], [*completas, *completos], strict=True)
    return [f"{corta} = {completa}" for corta, completa in pares if corta != completa]


def _limpias(barras: Barras, ancho: float) -> Barras:
    """Con nombres de un renglón, sin dos series iguales, y valores de Python; los no finitos son huecos."""
    nombres: dict[str, str] = {}
    for nombre in barras.series:
        corto = recortar(en_un_renglon(nombre) or formato.RAYA, ancho, _LETRAS[0], 1)
        repetidas = list(nombres.values()).count(corto)
        nombres[nombre] = f"{corto} ({repetidas + 1})" if repetidas else corto
    return replace(
        barras,
        categorias=[en_un_renglon(c) or formato.RAYA for c in barras.categorias],
        series={nombres[n]: [_cifra(v) for v in valores] for n, valores in barras.series.items()},
        colores={nombres[n]: color for n, color in barras.colores.items() if n in nombres},
        contorno=frozenset(nombres[n] for n in barras.contorno if n in nombres),
    )


def _cifra(valor: Any) -> float | int | None:
    if formato.es_blanco(valor) or not math.isfinite(valor):
        return None
    return int(valor) if float(valor).is_integer() else float(valor)


def _acomodar(barras: Barras, caja: Caja) -> _Acomodo:
    """La letra más grande con la que cada nombre y cada cifra tienen su lugar; si ni la menor, sin cifras."""
    for con_cifras in (True, False):
        for letra in _LETRAS:
            acomodo, cabe = _con_letra(barras, caja, letra, con_cifras)
            if cabe:
                return acomodo
    return acomodo


def _con_letra(barras: Barras, caja: Caja, letra: float, con_cifras: bool) -> tuple[_Acomodo, bool]:
    """El acomodo con esa letra y si todo cabe; la mayor, solo si con ella ningún nombre se recorta."""
    renglon = letra * INTERLINEA
    clave = _alto_de_clave(barras, caja.ancho, letra)
    juntas = 1 if barras.apiladas else len(barras.series)
    afuera = con_cifras and not barras.apiladas
    escritas = [cifras.escrita(v, barras) for valores in barras.series.values() for v in valores if v is not None]
    ancho_cifra = max(medir(cifra, letra) for cifra in escritas)
    if barras.horizontal:
        paso = (caja.alto - clave - _AIRE) / len(barras.categorias)
        rotulos = min(max(medir(c, letra) for c in barras.categorias) + 2, caja.ancho * _PARTE_DEL_ROTULO)
        renglones, lugar = 2 if paso >= 2.3 * renglon else 1, rotulos
        cifra = ancho_cifra + 2 * _AIRE if afuera else 0
        # dos cifras de una misma categoría no se enciman
        cabe = paso >= renglon and (not afuera or juntas == 1 or paso / (juntas + _ENTRE) >= letra * 1.1)
    else:
        paso = caja.ancho * 0.99 / len(barras.categorias)
        lugar = paso - _AIRE
        renglones = min(3, max(len(partir(c, lugar, letra)) for c in barras.categorias))
        rotulos = renglones * renglon + _AIRE
        cifra = renglon + _AIRE / 2 if afuera else 0
        cabe = not con_cifras or ancho_cifra <= paso / (juntas + _ENTRE) * (1 if juntas > 1 else 1.4)
    completas = all(len(partir(c, lugar, letra)) <= renglones for c in barras.categorias)
    acomodo = _Acomodo(letra, clave, rotulos, renglones, lugar, cifra, con_cifras, caja)
    return acomodo, cabe and (completas or letra < _LETRAS[0])


def _alto_de_clave(barras: Barras, ancho: float, letra: float) -> float:
    """El de la clave; si no va en un renglón, LibreOffice la acomoda en columnas del ancho del nombre mayor."""
    if len(barras.series) < 2:
        return 0
    largos = [medir(nombre, letra) + 2.2 * letra for nombre in barras.series]
    renglones = 1
    if sum(largos) > ancho * 0.9:
        renglones = math.ceil(len(largos) / max(1, int(ancho * 0.85 / max(largos))))
    return renglones * letra * 1.5 + _AIRE


def _componer(grafica: Chart, barras: Barras, acomodo: _Acomodo) -> None:
    _nombrar_hoja(grafica)
    grafica.has_title = False
    grafica.font.size, grafica.font.name = Pt(acomodo.letra), "Arial"
    grafica.font.color.rgb = _rgb(tema.TINTA)
    grafica.has_legend = len(barras.series) > 1
    if grafica.has_legend:
        grafica.legend.position = XL_LEGEND_POSITION.TOP
        grafica.legend.include_in_layout = False
    _ejes(grafica, barras, acomodo)
    dibujo = grafica.plots[0]
    dibujo.gap_width = round(_ENTRE * 100)
    dibujo.overlap = 100 if barras.apiladas else 0
    dibujo.vary_by_categories = False
    for nombre, serie in zip(barras.series, dibujo.series, strict=True):
        _vestir(serie, nombre, barras)
        if acomodo.con_cifras:
            _cifras(serie, nombre, barras, acomodo)
    _acomodar_dibujo(grafica, acomodo.dibujo(barras.horizontal))
    for letra in grafica._chartSpace.iter(qn("a:endParaRPr")):
        letra.set("lang", IDIOMA)


def _nombrar_hoja(grafica: Chart) -> None:
    """La hoja del libro se llama Datos: python-pptx la supone «Sheet1»."""
    espacio = grafica._chartSpace
    for referencia in espacio.iter(qn("c:f")):
        referencia.text = referencia.text.replace("Sheet1!", f"{HOJA}!", 1)
    fecha = espacio.find(qn("c:date1904"))
    fecha.addnext(parse_xml(f'<c:lang {nsdecls("c")} val="{IDIOMA}"/>'))


def _ejes(grafica: Chart, barras: Barras, acomodo: _Acomodo) -> None:
    nombres, valores = grafica.category_axis, grafica.value_axis
    nombres.has_major_gridlines = False
    nombres.major_tick_mark = nombres.minor_tick_mark = XL_TICK_MARK.NONE
    nombres.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    nombres.reverse_order = barras.horizontal  # la primera, arriba
    _trazo(nombres.format.line, tema.TINTA, 1)
    # sin girar los nombres: los que no caben ya se recortaron
    nombres.tick_labels.font.size = Pt(acomodo.letra)
    cuerpo = nombres._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}")
    cuerpo.set("rot", "0")
    cuerpo.set("vert", "horz")
    valores.has_major_gridlines = not acomodo.con_cifras
    if valores.has_major_gridlines:
        _trazo(valores.major_gridlines.format.line, tema.LINEA, 0.75)
    valores.visible = not acomodo.con_cifras
    valores.tick_labels.number_format, valores.tick_labels.number_format_is_linked = "#,##0", False
    if all(v is None or v >= 0 for fila in barras.series.values() for v in fila):
        valores.minimum_scale = 0
    if barras.tope is not None:
        valores.maximum_scale = barras.tope


def _vestir(serie: BarSeries, nombre: str, barras: Barras) -> None:
    """Lo programado, en contorno; lo demás, sólido y de su color, o cada punto del suyo."""
    color = barras.colores.get(nombre, tema.TINTA)
    if nombre in barras.contorno:
        serie.format.fill.background()
        _trazo(serie.format.line, tema.GRIS if isinstance(color, str) and _es_claro(color, 0.5) else color, 1.5)
        return
    _rellenar(serie.format, color if isinstance(color, str) else tema.TINTA, barras.apiladas)
    if not isinstance(color, str):
        for lugar, suyo in enumerate(color[: len(barras.categorias)]):
            _rellenar(serie.points[lugar].format, suyo, barras.apiladas)


def _rellenar(aspecto: Any, color: str, apilada: bool) -> None:
    aspecto.fill.solid()
    aspecto.fill.fore_color.rgb = _rgb(color)
    if _es_claro(color, 0.75):  # sin filo no se distinguiría del papel
        _trazo(aspecto.line, tema.GRIS, 1)
    elif apilada:
        _trazo(aspecto.line, tema.PAPEL, 0.75)


def _cifras(serie: BarSeries, nombre: str, barras: Barras, acomodo: _Acomodo) -> None:
    """La cifra de cada barra, ligada a su valor; cada una con los decimales que pide."""
    formatos = [None if v is None else cifras.formato_de(v, barras) for v in barras.series[nombre]]
    usual = Counter(f for f in formatos if f).most_common(1)
    if not usual:
        return
    rotulos = serie.data_labels
    rotulos.show_value = True
    rotulos.number_format, rotulos.number_format_is_linked = usual[0][0], False
    rotulos.position = XL_LABEL_POSITION.CENTER if barras.apiladas else XL_LABEL_POSITION.OUTSIDE_END
    rotulos.font.size = Pt(acomodo.letra)
    rotulos.font.color.rgb = _rgb(_tinta_sobre(nombre, barras))
    for lugar, (suyo, valor) in enumerate(zip(formatos, barras.series[nombre], strict=True)):
        if suyo is None:
            continue
        if barras.apiladas and not _cabe_adentro(valor, barras, acomodo):
            _agregar_rotulo(rotulos, lugar, '<c:delete val="1"/>')
        elif suyo != usual[0][0]:
            _agregar_rotulo(rotulos, lugar, _XML_ROTULO.format(lugar="ctr" if barras.apiladas else "outEnd"), suyo)


_XML_ROTULO = (
    '<c:numFmt formatCode="" sourceLinked="0"/><c:dLblPos val="{lugar}"/><c:showLegendKey val="0"/>'
    '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
    '<c:showBubbleSize val="0"/>'
)


def _agregar_rotulo(rotulos: DataLabels, lugar: int, adentro: str, codigo: str = "") -> None:
    """El rótulo propio de un punto, con la letra de los de su serie; van antes que lo común, en orden."""
    propio = parse_xml(f'<c:dLbl {nsdecls("c")}><c:idx val="{lugar}"/>{adentro}</c:dLbl>')
    if codigo:
        numero = propio.find(qn("c:numFmt"))
        numero.set("formatCode", codigo)
        numero.addnext(deepcopy(rotulos._element.find(qn("c:txPr"))))
    propios = rotulos._element.findall(qn("c:dLbl"))
    if propios:
        propios[-1].addnext(propio)
    else:
        rotulos._element.insert(0, propio)


def _cabe_adentro(valor: float, barras: Barras, acomodo: _Acomodo) -> bool:
    """Si la cifra cabe dentro de su parte de la barra apilada."""
    sumas = [sum(abs(v) for v in columna if v) for columna in zip(*barras.series.values(), strict=True)]
    _, _, ancho, alto = acomodo.dibujo(barras.horizontal)
    largo = ancho * acomodo.caja.ancho if barras.horizontal else alto * acomodo.caja.alto
    parte = abs(valor) / (max(sumas) or 1) * largo * 0.85  # el eje llega un poco más allá de la mayor
    lado = medir(cifras.escrita(valor, barras), acomodo.letra) if barras.horizontal else acomodo.letra * INTERLINEA
    return parte >= lado + 2


def _tinta_sobre(nombre: str, barras: Barras) -> str:
    color = barras.colores.get(nombre, tema.TINTA)
    if not barras.apiladas or nombre in barras.contorno or not isinstance(color, str):
        return tema.TINTA
    return tema.TINTA if _es_claro(color, 0.3) else tema.PAPEL


def _es_claro(color: str, desde: float) -> bool:
    """Si la luminancia relativa de un color llega a `desde` (0 negro, 1 blanco)."""
    partes = [int(color.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    lineales = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in partes]
    return 0.2126 * lineales[0] + 0.7152 * lineales[1] + 0.0722 * lineales[2] >= desde


def _trazo(linea: LineFormat, color: str, puntos: float) -> None:
    linea.color.rgb = _rgb(color)
    linea.width = Pt(puntos)


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color.lstrip("#"))


def _acomodar_dibujo(grafica: Chart, partes: Sequence[float]) -> None:
    """Fija dónde van las barras, para que los nombres tengan el lugar con que se midieron."""
    area = grafica._chartSpace.chart.plotArea
    for viejo in area.findall(qn("c:layout")):
        area.remove(viejo)
    lugares = "".join(
        f'<c:{nombre} val="{valor:.4f}"/>' for nombre, valor in zip(("x", "y", "w", "h"), partes, strict=True)
    )
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{lugares}</c:manualLayout></c:layout>'
        ),
    )
