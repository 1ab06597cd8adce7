"""Las gráficas de la presentación: barras nativas que se editan, con los valores exactos en su libro incrustado."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.datalabel import DataLabels
from pptx.chart.series import BarSeries
from pptx.dml.chtfmt import ChartFormat
from pptx.dml.color import RGBColor
from pptx.dml.line import LineFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from poa import formato, tema
from poa.laminas import presentacion_cifras as cifras
from poa.laminas import presentacion_senas as senas
from poa.laminas.lamina import Barras
from poa.laminas.presentacion_acomodo import ENTRE, LETRAS, PARTE_DEL_ROTULO, Acomodo, acomodar, lleva_clave
from poa.laminas.presentacion_base import LETRA
from poa.laminas.presentacion_textos import (
    IDIOMA,
    INTERLINEA,
    Caja,
    en_un_renglon,
    limpiar,
    medir,
    nombrar,
    recortar,
)

HOJA = "Datos"
_TRAMAS = {"/": MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL, "\\": MSO_PATTERN_TYPE.WIDE_DOWNWARD_DIAGONAL}
_CLASES = {
    (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    (False, True): XL_CHART_TYPE.COLUMN_STACKED,
    (True, False): XL_CHART_TYPE.BAR_CLUSTERED,
    (True, True): XL_CHART_TYPE.BAR_STACKED,
}


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
                _poner_cifra(hoja.cell(lugar, columna), valor)
        archivo = BytesIO()
        libro.save(archivo)
        return archivo.getvalue()


def _poner_texto(celda: Cell, texto: str) -> None:
    """Texto aunque empiece con «=», y que lo siga siendo si alguien entra a la celda y sale."""
    celda.value = texto
    celda.data_type = "s"
    celda.number_format = "@"
    celda.quotePrefix = True


def _poner_cifra(celda: Cell, valor: float | int | None) -> None:
    """La misma cifra, bit a bit: openpyxl la escribiría con 16 dígitos, y un decimal puede pedir 17."""
    if valor is not None:
        celda.value = repr(valor)
        celda.data_type = "n"


def tiene_cifras(barras: Barras) -> bool:
    """Si hay al menos una barra que dibujar."""
    return any(_cifra(valor) is not None for valores in barras.series.values() for valor in valores)


def poner(lamina: Slide, barras: Barras, caja: Caja, descripcion: str) -> list[str]:
    """Agrega la gráfica a la lámina; salen, completos, los nombres que hubo que recortar.

    Cada valor queda exacto en el libro y en la gráfica; None, en blanco en los dos.
    """
    completos = [en_un_renglon(nombre) or formato.RAYA for nombre in barras.series]
    barras = _limpias(barras, caja.ancho * PARTE_DEL_ROTULO)
    completas = list(barras.categorias)
    acomodo = acomodar(barras, caja)
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
        corto = recortar(en_un_renglon(nombre) or formato.RAYA, ancho, LETRAS[0], 1)
        repetidas = list(nombres.values()).count(corto)
        nombres[nombre] = f"{corto} ({repetidas + 1})" if repetidas else corto
    return replace(
        barras,
        categorias=[_nombre(c) for c in barras.categorias],
        series={nombres[n]: [_cifra(v) for v in valores] for n, valores in barras.series.items()},
        colores={nombres[n]: color for n, color in barras.colores.items() if n in nombres},
        estados={nombres[n]: estado for n, estado in barras.estados.items() if n in nombres},
        contorno=frozenset(nombres[n] for n in barras.contorno if n in nombres),
    )


def _nombre(categoria: str) -> str:
    """El nombre con sus renglones, sin los vacíos."""
    renglones = (en_un_renglon(renglon) for renglon in limpiar(categoria).split("\n"))
    return "\n".join(filter(None, renglones)) or formato.RAYA


def _cifra(valor: Any) -> float | int | None:
    if formato.es_blanco(valor) or not math.isfinite(valor):
        return None
    return int(valor) if float(valor).is_integer() else float(valor)


def _componer(grafica: Chart, barras: Barras, acomodo: Acomodo) -> None:
    _nombrar_hoja(grafica)
    grafica.has_title = False
    grafica.font.size, grafica.font.name = Pt(acomodo.letra), LETRA
    grafica.font.color.rgb = _rgb(tema.TINTA)
    grafica.has_legend = lleva_clave(barras)
    if grafica.has_legend:
        grafica.legend.position = XL_LEGEND_POSITION.TOP
        grafica.legend.include_in_layout = False
    _ejes(grafica, barras, acomodo)
    dibujo = grafica.plots[0]
    dibujo.gap_width = round(ENTRE * 100)
    dibujo.overlap = 100 if barras.apiladas or barras.es_una_por_categoria else 0
    dibujo.vary_by_categories = False
    for nombre, serie in zip(barras.series, dibujo.series, strict=True):
        _vestir(serie, nombre, barras)
        if acomodo.con_cifras:
            _cifras(serie, nombre, barras, acomodo)
    _acomodar_dibujo(grafica, acomodo.dibujo(barras.horizontal))
    senas.poner(grafica, barras, acomodo)
    for letra in grafica._chartSpace.iter(qn("a:endParaRPr")):
        letra.set("lang", IDIOMA)


def _nombrar_hoja(grafica: Chart) -> None:
    """La hoja del libro se llama Datos: python-pptx la supone «Sheet1»."""
    espacio = grafica._chartSpace
    for referencia in espacio.iter(qn("c:f")):
        referencia.text = referencia.text.replace("Sheet1!", f"{HOJA}!", 1)
    fecha = espacio.find(qn("c:date1904"))
    fecha.addnext(parse_xml(f'<c:lang {nsdecls("c")} val="{IDIOMA}"/>'))


def _ejes(grafica: Chart, barras: Barras, acomodo: Acomodo) -> None:
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
    if barras.horizontal and valores.visible:  # con la primera arriba, «abajo» es del otro lado del eje
        valores.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if all(v is None or v >= 0 for fila in barras.series.values() for v in fila):
        valores.minimum_scale = acomodo.desde
    if barras.tope is not None:
        valores.maximum_scale = barras.tope
    if barras.nace:
        valores.crosses_at = barras.nace[0]


def _vestir(serie: BarSeries, nombre: str, barras: Barras) -> None:
    """Lo programado, en contorno; un estado, con su color y su trama; lo demás, sólido y de su color."""
    color = barras.colores.get(nombre, tema.TINTA)
    if nombre in barras.estados:
        _de_estado(serie.format, tema.estado(barras.estados[nombre]))
    elif nombre in barras.contorno:
        serie.format.fill.background()
        _trazo(serie.format.line, tema.GRIS if _es_claro(color, 0.5) else color, 1.5)
    else:
        _rellenar(serie.format, color)
        if _es_claro(color, 0.75):  # sin filo no se distinguiría del papel
            _trazo(serie.format.line, tema.GRIS, 1)
        elif barras.apiladas:
            _trazo(serie.format.line, tema.PAPEL, 0.75)


def _de_estado(aspecto: ChartFormat, estado: tema.Estado) -> None:
    if estado.trama:
        aspecto.fill.patterned()
        aspecto.fill.pattern = _TRAMAS[estado.trama]
        aspecto.fill.fore_color.rgb, aspecto.fill.back_color.rgb = _rgb(_aclarar(estado.borde)), _rgb(tema.PAPEL)
    else:
        _rellenar(aspecto, estado.color)
    _trazo(aspecto.line, estado.borde, 1)


def _rellenar(aspecto: ChartFormat, color: str) -> None:
    aspecto.fill.solid()
    aspecto.fill.fore_color.rgb = _rgb(color)


def _cifras(serie: BarSeries, nombre: str, barras: Barras, acomodo: Acomodo) -> None:
    """La cifra de cada barra, ligada a su valor; cada una con los decimales que pide."""
    formatos = [None if v is None else cifras.formato_de(v, barras, nombre) for v in barras.series[nombre]]
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
        if barras.apiladas and not _cabe_adentro(valor, nombre, barras, acomodo):
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


def _cabe_adentro(valor: float, nombre: str, barras: Barras, acomodo: Acomodo) -> bool:
    """Si la cifra cabe dentro de su parte de la barra apilada."""
    sumas = [sum(abs(v) for v in columna if v) for columna in zip(*barras.series.values(), strict=True)]
    _, _, ancho, alto = acomodo.dibujo(barras.horizontal)
    largo = ancho * acomodo.caja.ancho if barras.horizontal else alto * acomodo.caja.alto
    parte = abs(valor) / (max(sumas) or 1) * largo * 0.85  # el eje llega un poco más allá de la mayor
    lado = (
        medir(cifras.escrita(valor, barras, nombre), acomodo.letra) if barras.horizontal else acomodo.letra * INTERLINEA
    )
    return parte >= lado + 2


def _tinta_sobre(nombre: str, barras: Barras) -> str:
    """La de la cifra: sobre su parte de la barra, la que se lee en ella; fuera, la de siempre."""
    if not barras.apiladas or nombre in barras.contorno:
        return tema.TINTA
    if nombre in barras.estados:
        estado = tema.estado(barras.estados[nombre])
        return tema.TINTA if estado.trama else estado.tinta
    return tema.TINTA if _es_claro(barras.colores.get(nombre, tema.TINTA), 0.3) else tema.PAPEL


def _aclarar(color: str) -> str:
    """A media tinta sobre papel, para que la cifra se lea sobre la trama."""
    return "#" + "".join(f"{(int(color[i : i + 2], 16) + 255) // 2:02X}" for i in (1, 3, 5))


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
