"""La presentación: lo que se lee de vuelta de sus gráficas, tablas y notas es lo que se le pidió, y se abre y se ve."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from itertools import combinations
from pathlib import Path

import numpy as np
import openpyxl
import plotly.graph_objects as go
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from pptx import Presentation as abrir
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn
from pptx.util import Pt

from poa import formato, tema
from poa.consultas import consultar
from poa.laminas import presentacion_cifras, presentacion_graficas, presentacion_textos
from poa.laminas.lamina import Barras, ColumnaDeCuadro, Cuadro, Lamina, Lista, Portada
from poa.laminas.presentacion import SIN_CIFRAS, SIN_RENGLONES, Presentacion, componer
from poa.laminas.sesion import sesion
from poa.seleccion import elegir

PIE = "Fuente: POA 2025, BISOM · Corte: cuarto trimestre de 2025, acumulado · Umbrales: CONEVAL 90–110 %"
LARGO = (
    "Atención a personas en situación de vulnerabilidad mediante la entrega de despensas, aparatos ortopédicos y "
    "apoyos económicos en colonias y ejidos del Valle de Mexicali"
)
TRIMESTRES = ("1er. Trimestre", "2do. Trimestre", "3er. Trimestre", "4to. Trimestre", "Total Anual")
HOSTILES = (
    "=1+1",
    "+1",
    "-1",
    "@SUMA(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "http://x.mx",
    "<a:t>&amp;",
    "_x003D_1",
)
FUENTE_LEGIBLE = 12


def lamina(clave: str, cuerpo, **otros) -> Lamina:
    comun = {
        "titulo": f"BISOM cumplió 21 de 52 acciones; 9 quedaron por debajo del plan ({clave})",
        "subtitulo": "BISOM · acciones · cuarto trimestre de 2025, acumulado",
        "pie": PIE,
        "codigo": "dep/25T4/bisom",
        "notas": "El párrafo de la página.\n\nFuente: POA 2025, páginas 3 a 9.",
    }
    return Lamina(clave=clave, cuerpo=cuerpo, dibujar=go.Figure, archivo=clave, **(comun | otros))


def _estados(n: int) -> list[str]:
    return [list(tema.ESTADOS)[i % len(tema.ESTADOS)] for i in range(n)]


PORCENTAJES = [0, 12.5, 100 / 3, 45, 56.7, 69.99, 89.96, 90, 100, 104.2, 110, 110.01, 219, 250, 1020]
VARIACION = Barras(
    categorias=[f"{300 + i} · {LARGO[: 30 + 5 * i]}" for i in range(15)],
    series={"Cumplimiento": PORCENTAJES},
    colores={"Cumplimiento": [tema.estado(e).color for e in _estados(15)]},
    unidad="% de lo programado",
    horizontal=True,
    tope=250,
    formato='#,##0.#" %"',
)
PROGRAMADO_ALCANZADO = Barras(
    categorias=["ene–mar", "abr–jun", "jul–sep", "oct–dic"],
    series={"Programado": [50, 25, 10, 0], "Alcanzado": [85, None, float("nan"), 2.5]},
    colores={"Programado": tema.TINTA, "Alcanzado": tema.TINTA},
    unidad="despensas",
    contorno=frozenset({"Programado"}),
)
APILADAS = Barras(
    categorias=["Derechos Humanos y Grupos en Situación de Vulnerabilidad", "DIF", "BISOM"],
    series={tema.rotulo_estado(e): [1 + 5 * i, 3, i] for i, e in enumerate(tema.ESTADOS)},
    colores={tema.rotulo_estado(e): tema.estado(e).color for e in tema.ESTADOS},
    unidad="acciones",
    horizontal=True,
    apiladas=True,
    contorno=frozenset(tema.rotulo_estado(e) for e in tema.ESTADOS if tema.estado(e).trama),
    formato="#,##0",
)
POR_MES = Barras(
    categorias=list(formato.MESES),
    series={"Programado": [12_500 + i for i in range(12)], "Realizado": [13_000 - 900 * i for i in range(12)]},
    colores={},
    unidad="despensas",
    contorno=frozenset({"Programado"}),
)
PESOS = Barras(
    categorias=["10000 Servicios personales", "40000 Transferencias, asignaciones, subsidios y otras ayudas"],
    series={"Autorizado": [16591101.29, 3e5], "Modificado": [15591101.29, 3e5], "Devengado": [14591101.29, None]},
    colores={"Autorizado": tema.LINEA, "Devengado": tema.TINTA},
    unidad="pesos",
    horizontal=True,
    contorno=frozenset({"Modificado"}),
    formato="#,##0",
)


def _acciones(renglones: int, letras: int) -> Cuadro:
    columnas = [
        ColumnaDeCuadro("Acción", 0.3),
        ColumnaDeCuadro("Unidad de medida", 0.12),
        ColumnaDeCuadro("Línea", 0.08),
    ]
    columnas += [ColumnaDeCuadro(titulo, 0.06, t, True) for t in TRIMESTRES for titulo in "PR"]
    cifras = ["1,250", "1,300", "50", "", "", "", "500", "0", "3,000", "2,600"]
    filas = [
        [f"{300 + i} · {LARGO[:letras]}", "Servicios otorgados", f"2.1.{i}\n5.1.{i}", *cifras] for i in range(renglones)
    ]
    return Cuadro(columnas, filas)


ALERTAS = Cuadro(
    [ColumnaDeCuadro("Acción", 0.36), ColumnaDeCuadro("Estado", 0.2), ColumnaDeCuadro("Motivo impreso", 0.44)],
    [[f"{300 + i} · {LARGO[:60]}", estado, LARGO[:90]] for i, estado in enumerate(tema.ESTADOS)],
    list(tema.ESTADOS),
)
CON_ENTERA = replace(
    _acciones(4, 150),
    columnas=[replace(c, es_entera=n == 0) for n, c in enumerate(_acciones(4, 150).columnas)],
)
POR_FIRMAR = Cuadro(
    [ColumnaDeCuadro("Dependencia", 0.5), ColumnaDeCuadro("Firma", 0.5)], [["DIF", ""], ["", ""]], alto_minimo=44
)
META = Cuadro(
    [ColumnaDeCuadro("Líneas de acción", 0.24, "Alineación PMD")]
    + [ColumnaDeCuadro(titulo, 0.06, t, True) for t in TRIMESTRES for titulo in "PR"],
    [["2.1.1, 2.1.4, 2.1.5, 3.4.5, 3.8.4", "289", "300", "279", "", "476", "", "244", "", "1,288", "300"]],
)
MAZO = [
    lamina(
        "portada",
        Portada(["Subcomité Sectorial de Bienestar Social, Salud y Grupos en Situación de Vulnerabilidad", "2025"]),
    ),
    lamina("una-linea", Portada(["BISOM"])),
    lamina("agenda", Lista([(0, "1. Bienvenida"), (0, "2. Avance de los POA"), (1, "BISOM"), (0, "3. Clausura")])),
    lamina("lista-larga", Lista([(i % 3, LARGO[: 40 + (i * 37) % 120]) for i in range(30)])),
    lamina("variacion", VARIACION),
    lamina("trimestres", PROGRAMADO_ALCANZADO),
    lamina("apiladas", APILADAS),
    lamina("meses", POR_MES),
    lamina("pesos", PESOS),
    lamina("acciones", _acciones(4, 150)),
    lamina("entera", CON_ENTERA),
    lamina("por-firmar", POR_FIRMAR),
    lamina("muchas-acciones", _acciones(15, 150)),
    lamina("demasiadas", _acciones(60, 150)),
    lamina("alertas", ALERTAS),
    lamina("meta", Lista([(0, LARGO), (0, "Unidad de medida: expedientes")]), segundo=META),
    lamina(
        "titulo-largo", Lista([(0, "Una frase")]), titulo=f"{LARGO} {LARGO} {LARGO}", pie=f"{PIE} {PIE} {PIE} {LARGO}"
    ),
    lamina("sin-cifras", Barras(["ene–mar"], {"Alcanzado": [None]}, {}, "despensas")),
    lamina("sin-renglones", Cuadro([ColumnaDeCuadro("Acción", 1)], [])),
    lamina("sin-nada", Lista([(0, "Gracias")]), subtitulo="", pie="", codigo="", notas=""),
]
CON_BARRAS = {una.clave: una.cuerpo for una in MAZO if isinstance(una.cuerpo, Barras) and una.clave != "sin-cifras"}


@pytest.fixture(scope="module")
def archivo() -> bytes:
    return componer(MAZO, "Sesión del subcomité, cuarto trimestre de 2025")


@pytest.fixture(scope="module")
def mazo(archivo: bytes):
    return abrir(BytesIO(archivo))


def _de(mazo, clave: str):
    return mazo.slides[[una.clave for una in MAZO].index(clave)]


def _grafica(diapositiva):
    return next(forma.chart for forma in diapositiva.shapes if forma.has_chart)


def _tabla(diapositiva):
    return next(forma.table for forma in diapositiva.shapes if forma.has_table)


def _textos(diapositiva) -> str:
    return "\n".join(forma.text_frame.text for forma in diapositiva.shapes if forma.has_text_frame)


def _notas(diapositiva) -> str:
    return diapositiva.notes_slide.notes_text_frame.text


def _libro(grafica):
    return openpyxl.load_workbook(BytesIO(grafica.part.chart_workbook.xlsx_part.blob))[presentacion_graficas.HOJA]


def _igual(leido, pedido) -> bool:
    """Las hojas de cálculo guardan 16 cifras de un número."""
    if pedido is None or pedido != pedido:
        return leido is None
    return leido is not None and float(leido) == pytest.approx(float(pedido), rel=1e-15, abs=0)


def comparar(grafica, barras: Barras, notas: str = "") -> None:
    """Cada celda del libro y cada punto de la gráfica, contra lo pedido; lo recortado va completo en las notas."""
    hoja = _libro(grafica)
    n = len(barras.categorias)
    assert (hoja.max_row, hoja.max_column) == (n + 1, len(barras.series) + 1)
    series = list(grafica.plots[0].series)
    assert [s.name for s in series] == [hoja.cell(1, c).value for c in range(2, hoja.max_column + 1)]
    for columna, (serie, (nombre, valores)) in enumerate(zip(series, barras.series.items(), strict=True), start=2):
        nombre = presentacion_textos.en_un_renglon(nombre) or formato.RAYA
        assert serie.name == nombre or (serie.name.endswith("…") and nombre in notas)
        assert len(serie.values) == n
        letra = openpyxl.utils.get_column_letter(columna)
        referencias = [f.text for f in serie._element.iter(qn("c:f"))]
        assert referencias == [f"Datos!${letra}$1", f"Datos!$A$2:$A${n + 1}", f"Datos!${letra}$2:${letra}${n + 1}"]
        for lugar, valor in enumerate(valores):
            assert _igual(hoja.cell(lugar + 2, columna).value, valor)
            assert _igual(serie.values[lugar], valor)
    for lugar, (vista, pedida) in enumerate(zip(grafica.plots[0].categories, barras.categorias, strict=True)):
        assert hoja.cell(lugar + 2, 1).value == str(vista)
        completa = presentacion_textos.en_un_renglon(pedida)
        if str(vista) != (completa or formato.RAYA):
            assert completa.startswith(str(vista).removesuffix("…"))
            assert str(vista).endswith("…") and completa in notas
    for fila in hoja.iter_rows():
        assert all(celda.data_type != "f" and celda.hyperlink is None for celda in fila)


@pytest.mark.parametrize("clave", CON_BARRAS)
def test_los_datos_de_la_grafica_son_los_pedidos(mazo, clave):
    comparar(_grafica(_de(mazo, clave)), CON_BARRAS[clave], _notas(_de(mazo, clave)))


def test_lo_programado_va_en_contorno_y_lo_alcanzado_solido(mazo):
    programado, alcanzado = _grafica(_de(mazo, "trimestres")).plots[0].series
    assert programado.format.fill.type == MSO_FILL.BACKGROUND
    assert str(programado.format.line.color.rgb) == tema.TINTA[1:]
    assert alcanzado.format.fill.type == MSO_FILL.SOLID
    assert str(alcanzado.format.fill.fore_color.rgb) == tema.TINTA[1:]


def test_cada_categoria_lleva_su_color(mazo):
    (serie,) = _grafica(_de(mazo, "variacion")).plots[0].series
    puntos = [str(serie.points[i].format.fill.fore_color.rgb) for i in range(15)]
    assert puntos == [color[1:] for color in VARIACION.colores["Cumplimiento"]]


def test_el_tope_corta_el_eje_y_la_etiqueta_sigue_ligada_al_valor_verdadero(mazo):
    grafica = _grafica(_de(mazo, "variacion"))
    assert grafica.value_axis.maximum_scale == 250
    etiquetas = grafica.plots[0].series[0].data_labels
    assert etiquetas.show_value
    assert not etiquetas.number_format_is_linked
    assert etiquetas.number_format.startswith('[>250]"» "')
    # ninguna etiqueta lleva texto puesto a mano: todas dicen el valor de su celda
    assert not list(grafica._chartSpace.iter(qn("c:rich")))


def test_cada_etiqueta_se_lee_como_la_dice_el_tablero(mazo):
    formatos = _formatos_por_punto(_grafica(_de(mazo, "variacion")))
    leidas = [como_excel(codigo, valor) for codigo, valor in zip(formatos, PORCENTAJES, strict=True)]
    dichas = [formato.porcentaje(valor).replace(formato.ESPACIO, " ") for valor in PORCENTAJES]
    assert leidas == [*dichas[:-1], f"» {dichas[-1]}"]


@given(
    valor=st.one_of(
        st.floats(0, 1e6), st.integers(0, 4000).map(lambda n: n / 20), st.sampled_from([190.035, 12.25, 2.675])
    ),
    otro=st.integers(0, 10_000),
    que=st.sampled_from(["#,##0.##", "0.#", "#,##0", '#,##0.#" %"']),
    unidad=st.sampled_from(["% del plan", "despensas"]),
    tope=st.sampled_from([None, 250.0]),
)
def test_la_etiqueta_sigue_a_su_valor_aunque_se_edite(valor, otro, que, unidad, tope):
    barras = Barras(["a"], {"b": [valor]}, {}, unidad, tope=tope, formato=que)
    codigo = presentacion_cifras.formato_de(valor, barras)
    assert como_excel(codigo, valor) == presentacion_cifras.escrita(valor, barras)
    if abs(otro - valor) > 1:
        assert float(re.sub("[» ,%]", "", como_excel(codigo, otro))) == otro


def como_excel(codigo: str, valor: float) -> str:
    """Un valor con un formato de Excel de los que se escriben aquí: secciones con condición, textos y una cifra."""
    for seccion in codigo.split(";"):
        condicion = re.match(r"\[([<>])([\d.-]+)\]", seccion)
        if condicion and not (valor < float(condicion[2]) if condicion[1] == "<" else valor > float(condicion[2])):
            continue
        resto = seccion[condicion.end() :] if condicion else seccion
        return "".join(
            parte[1:-1] if parte[0] == '"' else _cifra(parte, valor) for parte in re.findall(r'"[^"]*"|[^"]+', resto)
        )
    raise AssertionError(codigo)


def _cifra(patron: str, valor: float) -> str:
    decimales = len(patron.partition(".")[2])
    redonda = Decimal(repr(float(valor))).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    return f"{redonda:{',' if ',' in patron else ''}.{decimales}f}"


def _formatos_por_punto(grafica) -> list[str]:
    serie = grafica.plots[0].series[0]
    comun = serie.data_labels.number_format
    propios = {
        int(d.find(qn("c:idx")).get("val")): d.find(qn("c:numFmt")).get("formatCode")
        for d in serie._element.iter(qn("c:dLbl"))
    }
    return [propios.get(i, comun) for i in range(len(serie.values))]


def test_la_etiqueta_propia_de_un_punto_lleva_la_letra_de_su_serie(mazo):
    serie = _grafica(_de(mazo, "variacion")).plots[0].series[0]
    comun = etree.tostring(serie.data_labels._element.find(qn("c:txPr")))
    propias = [etree.tostring(d.find(qn("c:txPr"))) for d in serie._element.iter(qn("c:dLbl"))]
    assert propias and set(propias) == {comun}


def test_todo_formato_de_cifra_esta_desligado_del_libro(mazo):
    for diapositiva in mazo.slides:
        for forma in diapositiva.shapes:
            if forma.has_chart:
                ligas = {f.get("sourceLinked") for f in forma.chart._chartSpace.iter(qn("c:numFmt"))}
                assert ligas <= {"0"}


def test_la_clave_de_colores_va_solo_si_hay_mas_de_una_serie(mazo):
    for clave, barras in CON_BARRAS.items():
        assert _grafica(_de(mazo, clave)).has_legend == (len(barras.series) > 1)


def test_las_horizontales_van_de_arriba_abajo(mazo):
    for clave, barras in CON_BARRAS.items():
        assert _grafica(_de(mazo, clave)).category_axis.reverse_order == barras.horizontal


def test_un_valor_que_no_cabe_en_su_parte_de_la_barra_apilada_no_se_encima(mazo):
    grafica = _grafica(_de(mazo, "apiladas"))
    quitadas = [d for d in grafica._chartSpace.iter(qn("c:dLbl")) if d.find(qn("c:delete")) is not None]
    puntos = sum(len(valores) for valores in APILADAS.series.values())
    assert 0 < len(quitadas) < puntos


def test_sin_lugar_para_las_cifras_hay_eje_y_cuadricula(mazo):
    apretada = _grafica(_de(mazo, "meses"))
    assert apretada.value_axis.visible and apretada.value_axis.has_major_gridlines
    assert not list(apretada._chartSpace.iter(qn("c:dLbls")))
    holgada = _grafica(_de(mazo, "trimestres"))
    assert not holgada.value_axis.visible and not holgada.value_axis.has_major_gridlines


def test_la_tabla_dice_lo_pedido_celda_por_celda(mazo):
    tabla, cuadro = _tabla(_de(mazo, "acciones")), _acciones(4, 150)
    assert tabla.first_row
    for numero, renglon in enumerate(cuadro.renglones):
        leido = [celda.text_frame.text.replace("\v", "\n") for celda in tabla.rows[numero + 2].cells]
        assert leido == renglon


def test_el_encabezado_junta_los_grupos(mazo):
    tabla = _tabla(_de(mazo, "acciones"))
    assert tabla.cell(0, 0).span_height == 2
    assert [tabla.cell(0, c).text for c in range(3, 13, 2)] == list(TRIMESTRES)
    assert all(tabla.cell(0, c).span_width == 2 for c in range(3, 13, 2))
    assert [tabla.cell(1, c).text for c in range(3, 13)] == list("PR" * 5)


def test_lo_que_va_a_todo_lo_ancho_tiene_su_fila_sobre_las_demas_celdas(mazo):
    tabla = _tabla(_de(mazo, "entera"))
    assert [tabla.cell(0, 0).text, tabla.cell(0, 0).span_width] == ["Acción", 2]
    for numero, renglon in enumerate(CON_ENTERA.renglones):
        arriba, abajo = tabla.rows[2 * numero + 2].cells, tabla.rows[2 * numero + 3].cells
        assert (arriba[0].text, arriba[0].span_width) == (renglon[0], 12)
        assert [celda.text_frame.text.replace("\v", "\n") for celda in abajo] == renglon[1:]


def test_hay_lugar_para_escribir_a_mano(mazo):
    assert all(fila.height >= Pt(52) for fila in list(_tabla(_de(mazo, "por-firmar")).rows)[1:])


def test_las_cifras_van_a_la_derecha(mazo):
    tabla = _tabla(_de(mazo, "acciones"))
    lados = [celda._tc.find(f".//{qn('a:pPr')}").get("algn") for celda in tabla.rows[2].cells]
    assert lados == ["l"] * 3 + ["r"] * 10


def test_el_estado_va_con_icono_palabra_y_color(mazo):
    tabla = _tabla(_de(mazo, "alertas"))
    for numero, estado in enumerate(tema.ESTADOS.values()):
        celda = tabla.cell(numero + 1, 1)
        assert celda.text.replace(formato.ESPACIO, " ") == tema.rotulo_estado(estado.palabra)
        if not estado.trama:
            assert str(celda.fill.fore_color.rgb) == estado.color[1:]


@pytest.mark.parametrize("clave", ["muchas-acciones", "demasiadas", "lista-larga", "titulo-largo"])
def test_lo_que_no_cabe_va_completo_en_las_notas(mazo, clave):
    diapositiva = _de(mazo, clave)
    pedida = MAZO[[una.clave for una in MAZO].index(clave)]
    notas = _notas(diapositiva)
    if isinstance(pedida.cuerpo, Cuadro):
        visibles = [[c.text_frame.text.replace("\v", "\n") for c in fila.cells] for fila in _tabla(diapositiva).rows][
            2:
        ]
        for numero, renglon in enumerate(pedida.cuerpo.renglones):
            entero = numero < len(visibles) and visibles[numero] == renglon
            assert entero or " · ".join(c.replace("\n", " ") for c in renglon if c) in notas
    else:
        for _, punto in pedida.cuerpo.puntos:
            assert punto in _textos(diapositiva) or punto in notas
    assert pedida.titulo in (diapositiva.shapes.title.text_frame.text, *notas.split("\n"))


def test_las_cifras_de_una_tabla_nunca_se_recortan(mazo):
    for celda in _tabla(_de(mazo, "muchas-acciones")).iter_cells():
        if re.match(r"[\d,]+", celda.text) and "·" not in celda.text and "." not in celda.text:
            assert "…" not in celda.text


def test_cada_lamina_tiene_titulo_de_verdad_notas_y_numero(mazo):
    for numero, (diapositiva, pedida) in enumerate(zip(mazo.slides, MAZO, strict=True), start=1):
        es_portada = isinstance(pedida.cuerpo, Portada)
        esperado = pedida.cuerpo.renglones[0] if es_portada else pedida.titulo
        titulo = diapositiva.shapes.title.text_frame.text
        assert titulo == esperado or (titulo.endswith("…") and esperado.startswith(titulo[:-1]))
        assert (pedida.notas or pedida.titulo) in _notas(diapositiva)
        campos = [(c.get("type"), c.findtext(qn("a:t"))) for c in diapositiva._element.iter(qn("a:fld"))]
        assert campos == ([] if es_portada else [("slidenum", str(numero))])


def test_el_pie_dice_la_fuente_y_el_codigo_completo(mazo):
    for diapositiva, pedida in zip(mazo.slides, MAZO, strict=True):
        pies = [f.text_frame.text for f in diapositiva.placeholders if f.placeholder_format.idx == 11]
        assert len(pies) == bool(pedida.pie)
        for pie in pies:
            assert pie.endswith(f" · Vista:{formato.ESPACIO}{pedida.codigo}")
            assert pie.startswith(pedida.pie[:80])


def test_toda_grafica_tabla_y_adorno_tiene_texto_alternativo(mazo):
    vistos = 0
    for diapositiva, pedida in zip(mazo.slides, MAZO, strict=True):
        for forma in diapositiva.shapes:
            if not forma.is_placeholder and not (forma.has_text_frame and forma.text_frame.text):
                descripcion = next(forma._element.iter(qn("p:cNvPr"))).get("descr")
                assert descripcion
                if forma.has_chart or forma.has_table:
                    vistos += 1
                    assert descripcion.startswith(pedida.titulo)
    assert vistos == len(CON_BARRAS) + 7
    grafica = next(f for f in _de(mazo, "trimestres").shapes if f.has_chart)
    assert "Alcanzado: ene–mar 85, abr–jun sin dato" in next(grafica._element.iter(qn("p:cNvPr"))).get("descr")


def test_lo_que_no_tiene_datos_lo_dice(mazo):
    assert SIN_CIFRAS in _textos(_de(mazo, "sin-cifras"))
    assert SIN_RENGLONES in _textos(_de(mazo, "sin-renglones"))


def test_el_mazo_vacio_se_abre():
    assert len(abrir(BytesIO(componer([], "Vacía"))).slides) == 0


def test_las_propiedades_van_en_espanol(mazo):
    propiedades = mazo.core_properties
    assert propiedades.title == "Sesión del subcomité, cuarto trimestre de 2025"
    assert (propiedades.author, propiedades.language) == ("Tablero POA Mexicali", "es-MX")
    assert propiedades.subject
    assert [diseno.name for diseno in mazo.slide_layouts] == ["Portada", "Solo título"]


def test_nada_queda_en_ingles(archivo):
    with zipfile.ZipFile(BytesIO(archivo)) as paquete:
        for nombre in paquete.namelist():
            if not nombre.endswith(".xml"):
                continue
            raiz = etree.fromstring(paquete.read(nombre))
            idiomas = {nodo.get("lang") for nodo in raiz.iter() if nodo.get("lang")}
            assert idiomas <= {"es-MX"}, (nombre, idiomas)
            escritos = " ".join([*raiz.itertext(), *(n.get("name", "") for n in raiz.iter(qn("p:cNvPr")))])
            assert not re.search(r"Click|level|Title|Placeholder|Sheet1|PowerPoint", escritos), nombre


def test_el_paquete_es_correcto_y_sin_partes_huerfanas(archivo):
    with zipfile.ZipFile(BytesIO(archivo)) as paquete:
        assert paquete.testzip() is None
        nombres = set(paquete.namelist())
        assert len(nombres) == len(paquete.namelist())
        alcanzadas = {"[Content_Types].xml"}
        for nombre in nombres:
            if nombre.endswith((".xml", ".rels")):
                etree.fromstring(paquete.read(nombre))
            if nombre.endswith(".rels"):
                alcanzadas.add(nombre)
                carpeta = Path("/") / Path(nombre).parent.parent
                for relacion in etree.fromstring(paquete.read(nombre)):
                    assert relacion.get("TargetMode") != "External", (nombre, relacion.get("Target"))
                    destino = Path("/") / carpeta / relacion.get("Target")
                    alcanzadas.add(str(destino.parts and Path(*_sin_subidas(destino.parts[1:]))))
        assert nombres == alcanzadas
        for nombre in (n for n in nombres if n.endswith(".xml") and n.startswith("ppt/")):
            relaciones = f"{Path(nombre).parent}/_rels/{Path(nombre).name}.rels"
            hay = {r.get("Id") for r in etree.fromstring(paquete.read(relaciones))} if relaciones in nombres else set()
            usados = {
                valor
                for nodo in etree.fromstring(paquete.read(nombre)).iter()
                for atributo, valor in nodo.attrib.items()
                if atributo.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
            }
            assert usados <= hay, nombre
        tipos = etree.fromstring(paquete.read("[Content_Types].xml"))
        declaradas = {t.get("PartName", "").lstrip("/") for t in tipos if t.get("PartName")}
        assert declaradas <= nombres


def _sin_subidas(partes) -> list[str]:
    camino: list[str] = []
    for parte in partes:
        if parte == "..":
            camino.pop()
        else:
            camino.append(parte)
    return camino


def test_ninguna_caja_se_sale_ni_se_encima(mazo):
    for diapositiva, pedida in zip(mazo.slides, MAZO, strict=True):
        comprobar_geometria(mazo, diapositiva, pedida.clave)


def comprobar_geometria(mazo, diapositiva, clave: str) -> None:
    cajas = [(f.name, f.left, f.top, f.left + f.width, f.top + _alto(f)) for f in diapositiva.shapes]
    for nombre, izquierda, arriba, derecha, abajo in cajas:
        assert 0 <= izquierda < derecha <= mazo.slide_width, (clave, nombre)
        assert 0 <= arriba < abajo <= mazo.slide_height, (clave, nombre)
    for (una, x1, y1, x2, y2), (otra, u1, v1, u2, v2) in combinations(cajas, 2):
        assert x2 <= u1 or u2 <= x1 or y2 <= v1 or v2 <= y1, (clave, una, otra)


def _alto(forma) -> int:
    return sum(fila.height for fila in forma.table.rows) if forma.has_table else forma.height


def test_ninguna_letra_baja_de_lo_legible(mazo):
    for diapositiva in mazo.slides:
        medidas = [
            int(nodo.get("sz"))
            for nodo in diapositiva._element.iter()
            if nodo.tag.startswith("{") and nodo.get("sz", "").isdigit()
        ]
        for forma in diapositiva.shapes:
            if forma.has_chart:
                medidas += [int(n.get("sz")) for n in forma.chart._chartSpace.iter() if n.get("sz", "").isdigit()]
        assert min(medidas) >= FUENTE_LEGIBLE * 100


def test_una_lamina_que_falla_no_queda_a_medias_ni_pierde_a_las_otras():
    presentacion = Presentacion("Prueba")
    presentacion.agregar(lamina("primera", PROGRAMADO_ALCANZADO))
    mala = Barras(["a", "b"], {"Alcanzado": [1, "no es cifra"]}, {}, "despensas")
    with pytest.raises((TypeError, ValueError)):
        presentacion.agregar(lamina("mala", mala))
    with pytest.raises((TypeError, ValueError)):
        presentacion.agregar(lamina("mala", PESOS, segundo=mala))
    presentacion.agregar(lamina("tercera", APILADAS))
    vuelta = abrir(BytesIO(presentacion.bytes()))
    assert len(vuelta.slides) == 2
    comparar(_grafica(vuelta.slides[0]), PROGRAMADO_ALCANZADO)
    comparar(_grafica(vuelta.slides[1]), APILADAS, _notas(vuelta.slides[1]))
    with zipfile.ZipFile(BytesIO(presentacion.bytes())) as paquete:
        assert sum(nombre.startswith("ppt/charts/chart") for nombre in paquete.namelist()) == 2


TEXTO = st.one_of(
    st.sampled_from(HOSTILES), st.text(max_size=40), st.builds("".join, st.lists(st.sampled_from(HOSTILES)))
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    textos=st.lists(TEXTO, min_size=6, max_size=6),
    cifras=st.lists(st.one_of(st.none(), st.floats(0, 1e9)), min_size=3, max_size=3),
)
def test_ningun_texto_se_vuelve_formula_enlace_ni_rompe_el_archivo(textos, cifras):
    titulo, nombre, *categorias, celda = textos
    barras = Barras(categorias, {nombre: cifras}, {}, "piezas")
    cuadro = Cuadro(
        [ColumnaDeCuadro(titulo, 1, nombre), ColumnaDeCuadro(celda, 1, celda)], [categorias[:2], [celda, titulo]]
    )
    comun = {"titulo": titulo, "subtitulo": nombre, "pie": celda, "codigo": nombre, "notas": celda}
    mazo = abrir(
        BytesIO(
            componer(
                [
                    lamina("a", barras, **comun),
                    lamina("b", cuadro, **comun),
                    lamina("c", Lista([(0, t) for t in textos]), **comun),
                    lamina("d", Portada(textos), **comun),
                ],
                titulo,
            )
        )
    )
    if any(cifra is not None for cifra in cifras):
        grafica = _grafica(mazo.slides[0])
        comparar(grafica, barras, _notas(mazo.slides[0]))
        for celda_ in _libro(grafica)["A"][1:]:
            assert celda_.data_type == "s" and celda_.quotePrefix
        with zipfile.ZipFile(BytesIO(grafica.part.chart_workbook.xlsx_part.blob)) as libro:
            assert not re.search(rb"<f[ >]|hyperlink", b"".join(libro.read(n) for n in libro.namelist()))
    for diapositiva in mazo.slides:
        assert not list(diapositiva._element.iter(qn("a:hlinkClick"), qn("a:hlinkHover")))
        assert {c.get("type") for c in diapositiva._element.iter(qn("a:fld"))} <= {"slidenum"}
        assert not any(relacion.is_external for relacion in diapositiva.part.rels.values())
        comprobar_geometria(mazo, diapositiva, "hostil")


@given(texto=st.text(max_size=200), ancho=st.floats(40, 900), letra=st.sampled_from([12.0, 16.0, 28.0]))
def test_ningun_renglon_pasa_de_su_ancho_y_no_se_pierde_ninguna_letra(texto, ancho, letra):
    renglones = presentacion_textos.partir(texto, ancho, letra)
    assert all(presentacion_textos.medir(r, letra) <= ancho or len(r) == 1 for r in renglones)
    limpio = presentacion_textos.limpiar(texto)
    assert "".join(renglones).replace(" ", "") == limpio.replace("\n", "").replace(" ", "")
    corto = presentacion_textos.recortar(texto, ancho, letra, 2)
    assert len(presentacion_textos.partir(corto, ancho, letra)) <= max(2, len(corto) if ancho < 2 * letra else 2)


@pytest.mark.parametrize("corte", ["2025T4", "2022T4"])
def test_cada_grafica_de_la_sesion_es_la_base(corte):
    laminas = [una for pendiente in sesion(elegir(corte=corte)) for una in pendiente.armar()]
    vuelta = abrir(BytesIO(componer(laminas, corte)))
    vistas = 0
    for pedida, diapositiva in zip(laminas, vuelta.slides, strict=True):
        comprobar_geometria(vuelta, diapositiva, pedida.clave)
        for forma in diapositiva.shapes:
            if forma.has_chart:
                comparar(forma.chart, pedida.cuerpo, _notas(diapositiva))
                assert _leer(_libro(forma.chart)) == _segun_la_base(pedida.clave, corte)
                vistas += 1
    assert vistas == sum(isinstance(una.cuerpo, Barras) for una in laminas) > 5


def _leer(hoja) -> dict:
    """Lo que dice un libro: (serie, categoría) → valor, sin huecos; de una acción, su clave."""
    return {
        (hoja.cell(1, c).value, hoja.cell(f, 1).value.split(" · ")[0]): round(hoja.cell(f, c).value, 6)
        for c in range(2, hoja.max_column + 1)
        for f in range(2, hoja.max_row + 1)
        if hoja.cell(f, c).value is not None
    }


def _segun_la_base(clave: str, corte: str) -> dict:
    """Las mismas cifras, de las consultas: las de una lámina de estados, de variación o de una meta por trimestre."""
    dependencia, que = clave.split("-", 1)
    vista = {"corte": corte, "dependencia": dependencia}
    if que == "estados":
        filas = consultar("cumplimiento", periodo="acumulado", **vista)
        conteo = filas.groupby(["estado", "nivel"]).size()
        nombres = {"accion": "Acciones", "meta": "Metas"}
        return {(tema.rotulo_estado(estado), nombres[nivel]): n for (estado, nivel), n in conteo.items()}
    if que == "variacion":
        filas = consultar("cumplimiento", periodo="acumulado", nivel="accion", **vista)
        filas = filas[filas["cumplimiento_pct"].notna()]
        lejos = filas.loc[
            (filas["cumplimiento_pct"] - 100).abs().sort_values(ascending=False, kind="stable").index[:15]
        ]
        return {("% del plan", str(f["clave"])): round(f["cumplimiento_pct"], 6) for _, f in lejos.iterrows()}
    meta = re.fullmatch(r"meta-(.+)-trimestres", que)[1]
    filas = consultar("trimestres", ejercicio=int(corte[:4]), nivel="meta", **vista)
    filas = filas[filas["clave"] == meta]
    return {
        (serie, formato.TRIMESTRES[int(fila["trimestre"])]): round(float(fila[columna]), 6)
        for _, fila in filas.iterrows()
        for serie, columna in (("Programado", "programado"), ("Alcanzado", "alcanzado"))
        if not formato.es_blanco(fila[columna])
    }


FALTA = [programa for programa in ("soffice", "pdftoppm") if not shutil.which(programa)]


@pytest.mark.skipif(
    bool(FALTA), reason=f"No están {', '.join(FALTA)}: apt-get install libreoffice-impress poppler-utils"
)
def test_se_abre_en_libreoffice_y_ninguna_pagina_sale_en_blanco(archivo, tmp_path):
    paginas = paginas_en_libreoffice(archivo, tmp_path)
    assert len(paginas) == len(MAZO)
    for pagina, pedida in zip(paginas, MAZO, strict=True):
        imagen = np.asarray(Image.open(pagina).convert("L"), dtype=float)
        assert imagen.shape[0] == 270
        assert imagen.std() > 5, pedida.clave
        # la última franja, bajo el pie, queda limpia: nada se desborda
        if not isinstance(pedida.cuerpo, Portada):
            assert imagen[-6:].min() > 250, pedida.clave


def paginas_en_libreoffice(archivo: bytes, carpeta: Path) -> list[Path]:
    """Las páginas de la presentación como las dibuja LibreOffice, de 480 × 270."""
    (carpeta / "mazo.pptx").write_bytes(archivo)
    perfil = f"-env:UserInstallation=file://{carpeta / 'perfil'}"
    orden = [
        "soffice",
        perfil,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(carpeta),
        str(carpeta / "mazo.pptx"),
    ]
    subprocess.run(orden, check=True, capture_output=True, timeout=180)
    subprocess.run(
        ["pdftoppm", "-r", "36", "-png", str(carpeta / "mazo.pdf"), str(carpeta / "p")], check=True, timeout=60
    )
    return sorted(carpeta.glob("p-*.png"))


def test_la_lamina_es_de_16_por_9(mazo):
    assert (mazo.slide_width, mazo.slide_height) == (Pt(960), Pt(540))
