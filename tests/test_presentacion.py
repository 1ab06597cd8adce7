"""La presentación: lo que se lee de vuelta de sus gráficas, tablas y notas es lo que se le pidió."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation as abrir
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn
from pptx.util import Pt

from poa import formato, tema
from poa.laminas import presentacion_cifras
from poa.laminas.lamina import Barras, ColumnaDeCuadro, Cuadro, Portada
from poa.laminas.presentacion import SIN_CIFRAS, SIN_RENGLONES, componer
from tests.mazo_de_muestra import (
    APILADAS,
    CON_BARRAS,
    CON_ENTERA,
    ICONOS,
    MAZO,
    PORCENTAJES,
    TRIMESTRES,
    acciones,
    comparar,
    de,
    grafica_de,
    lamina,
    notas_de,
    tabla_de,
    textos_de,
)


@pytest.mark.parametrize("clave", CON_BARRAS)
def test_los_datos_de_la_grafica_son_los_pedidos(mazo, clave):
    comparar(grafica_de(de(mazo, clave)), CON_BARRAS[clave], notas_de(de(mazo, clave)))


def test_lo_programado_va_en_contorno_y_lo_alcanzado_solido(mazo):
    programado, alcanzado = grafica_de(de(mazo, "trimestres")).plots[0].series
    assert programado.format.fill.type == MSO_FILL.BACKGROUND
    assert str(programado.format.line.color.rgb) == tema.TINTA[1:]
    assert alcanzado.format.fill.type == MSO_FILL.SOLID
    assert str(alcanzado.format.fill.fore_color.rgb) == tema.TINTA[1:]


def test_cada_serie_de_un_estado_lleva_su_color_y_su_borde_y_la_que_tiene_trama_va_tramada(mazo):
    for clave in ("variacion", "apiladas"):
        for serie, estado in zip(grafica_de(de(mazo, clave)).plots[0].series, tema.ESTADOS.values(), strict=True):
            assert serie.name == tema.rotulo_estado(estado.palabra)
            assert str(serie.format.line.color.rgb) == estado.borde[1:]
            if estado.trama:
                assert serie.format.fill.type == MSO_FILL.PATTERNED
                assert str(serie.format.fill.back_color.rgb) == tema.PAPEL[1:]
            else:
                assert str(serie.format.fill.fore_color.rgb) == estado.color[1:]


def test_las_barras_nacen_en_el_plan_una_por_renglon_y_el_tope_corta_el_eje(mazo):
    grafica = grafica_de(de(mazo, "variacion"))
    eje = grafica.value_axis
    assert (eje.crosses_at, eje.maximum_scale, grafica.plots[0].overlap) == (100, 250, 100)
    assert eje.minimum_scale < 0, "la cifra de una barra que llega a 0 pide lugar a su izquierda"
    for serie in grafica.plots[0].series:
        etiquetas = serie.data_labels
        assert etiquetas.show_value and not etiquetas.number_format_is_linked
    # ninguna etiqueta lleva texto puesto a mano: todas dicen el valor de su celda
    assert not list(grafica._chartSpace.iter(qn("c:rich")))


def test_cada_etiqueta_se_lee_como_la_dice_el_tablero_con_el_icono_de_su_estado(mazo):
    por_categoria = {}
    for serie in grafica_de(de(mazo, "variacion")).plots[0].series:
        for lugar, (codigo, valor) in enumerate(zip(_formatos_por_punto(serie), serie.values, strict=True)):
            if valor is not None:
                por_categoria[lugar] = como_excel(codigo, valor).replace(formato.ESPACIO, " ")
    dichas = [
        f"{icono} {formato.porcentaje(valor)}".replace(formato.ESPACIO, " ")
        for icono, valor in zip(ICONOS, PORCENTAJES, strict=True)
    ]
    assert [por_categoria[n] for n in range(15)] == [*dichas[:-1], f"» {dichas[-1]}"]


def test_la_banda_el_nombre_del_plan_y_las_separaciones_van_dentro_de_la_grafica(mazo):
    variacion, trimestres = (_senas(grafica_de(de(mazo, clave))) for clave in ("variacion", "trimestres"))
    banda, plan = variacion
    grafica = grafica_de(de(mazo, "variacion"))
    x, ancho = (
        float(grafica._chartSpace.find(f".//{qn('c:manualLayout')}/{qn(f'c:{parte}')}").get("val")) for parte in "xw"
    )
    eje = grafica.value_axis

    def lugar(valor: float) -> float:
        return x + ancho * (valor - eje.minimum_scale) / (eje.maximum_scale - eje.minimum_scale)

    assert banda[:2] == pytest.approx((lugar(90), lugar(110)), abs=1e-3)
    assert sum(plan[:2]) / 2 == pytest.approx(lugar(100), abs=1e-3)
    assert plan[2].replace(formato.ESPACIO, " ") == "plan · banda 90–110 %"
    raya, dicho = trimestres
    assert raya[0] == raya[1] == pytest.approx(0.5, abs=0.01)  # a la mitad: antes de la tercera de cuatro
    assert dicho[2] == "nuevo plan ›"
    assert not _senas(grafica_de(de(mazo, "apiladas")))


def _senas(grafica) -> list[tuple[float, float, str]]:
    """De qué parte a cuál del ancho va cada seña de una gráfica, y lo que dice."""
    hallada = grafica._chartSpace.find(qn("c:userShapes"))
    if hallada is None:
        return []
    raiz = etree.fromstring(grafica.part.related_part(hallada.get(qn("r:id"))).blob)
    return [
        (*(float(n.text) for n in ancla.iter() if etree.QName(n).localname == "x"), "".join(ancla.itertext(qn("a:t"))))
        for ancla in raiz
    ]


@given(
    valor=st.one_of(
        st.floats(0, 1e6), st.integers(0, 4000).map(lambda n: n / 20), st.sampled_from([190.035, 12.25, 2.675])
    ),
    otro=st.integers(0, 10_000),
    que=st.sampled_from(["#,##0.##", "0.#", "#,##0", '#,##0.#" %"']),
    unidad=st.sampled_from(["% del plan", "despensas"]),
    tope=st.sampled_from([None, 250.0]),
    estados=st.sampled_from([{}, {"b": "Crítico"}]),
)
def test_la_etiqueta_sigue_a_su_valor_aunque_se_edite(valor, otro, que, unidad, tope, estados):
    barras = Barras(["a"], {"b": [valor]}, unidad, estados=estados, tope=tope, formato=que)
    codigo = presentacion_cifras.formato_de(valor, barras, "b")
    assert como_excel(codigo, valor) == presentacion_cifras.escrita(valor, barras, "b")
    if abs(otro - valor) > 1:
        assert float(re.sub(f"[▼» ,%{formato.ESPACIO}]", "", como_excel(codigo, otro))) == otro


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


def _formatos_por_punto(serie) -> list[str]:
    comun = serie.data_labels.number_format
    propios = {
        int(d.find(qn("c:idx")).get("val")): d.find(qn("c:numFmt")).get("formatCode")
        for d in serie._element.iter(qn("c:dLbl"))
    }
    return [propios.get(i, comun) for i in range(len(serie.values))]


def test_la_etiqueta_propia_de_un_punto_lleva_la_letra_de_su_serie(mazo):
    serie = grafica_de(de(mazo, "variacion")).plots[0].series[0]
    comun = etree.tostring(serie.data_labels._element.find(qn("c:txPr")))
    propias = [etree.tostring(d.find(qn("c:txPr"))) for d in serie._element.iter(qn("c:dLbl"))]
    assert propias and set(propias) == {comun}


def test_todo_formato_de_cifra_esta_desligado_del_libro(mazo):
    for diapositiva in mazo.slides:
        for forma in diapositiva.shapes:
            if forma.has_chart:
                ligas = {f.get("sourceLinked") for f in forma.chart._chartSpace.iter(qn("c:numFmt"))}
                assert ligas <= {"0"}


def test_la_clave_de_colores_va_si_hay_mas_de_una_serie_o_la_que_hay_es_un_estado(mazo):
    for clave, barras in CON_BARRAS.items():
        assert grafica_de(de(mazo, clave)).has_legend == (len(barras.series) > 1)
    estado = Barras(["a"], {"● Cumple": [100]}, "% del plan", estados={"● Cumple": "Cumple"}, horizontal=True)
    assert grafica_de(abrir(BytesIO(componer([lamina("a", estado)], "x"))).slides[0]).has_legend


def test_las_horizontales_van_de_arriba_abajo(mazo):
    for clave, barras in CON_BARRAS.items():
        assert grafica_de(de(mazo, clave)).category_axis.reverse_order == barras.horizontal


def test_un_valor_que_no_cabe_en_su_parte_de_la_barra_apilada_no_se_encima(mazo):
    grafica = grafica_de(de(mazo, "apiladas"))
    quitadas = [d for d in grafica._chartSpace.iter(qn("c:dLbl")) if d.find(qn("c:delete")) is not None]
    puntos = sum(len(valores) for valores in APILADAS.series.values())
    assert 0 < len(quitadas) < puntos


def test_sin_lugar_para_las_cifras_hay_eje_y_cuadricula(mazo):
    apretada = grafica_de(de(mazo, "meses"))
    assert apretada.value_axis.visible and apretada.value_axis.has_major_gridlines
    assert not list(apretada._chartSpace.iter(qn("c:dLbls")))
    holgada = grafica_de(de(mazo, "trimestres"))
    assert not holgada.value_axis.visible and not holgada.value_axis.has_major_gridlines


def test_la_tabla_dice_lo_pedido_celda_por_celda(mazo):
    tabla, cuadro = tabla_de(de(mazo, "acciones")), acciones(2, 150)
    assert tabla.first_row
    for numero, renglon in enumerate(cuadro.renglones):
        leido = [celda.text_frame.text.replace("\v", "\n") for celda in tabla.rows[numero + 2].cells]
        assert leido == renglon


def test_el_encabezado_junta_los_grupos(mazo):
    tabla = tabla_de(de(mazo, "acciones"))
    assert tabla.cell(0, 0).span_height == 2
    dichos_ = [tabla.cell(0, c).text for c in range(3, 13, 2)]
    assert [dicho.replace("\v", " ") for dicho in dichos_] == list(TRIMESTRES)
    assert len({dicho.count("\v") for dicho in dichos_}) == 1, "unos en un renglón y otros en dos"
    assert all(tabla.cell(0, c).span_width == 2 for c in range(3, 13, 2))
    assert [tabla.cell(1, c).text for c in range(3, 13)] == list("PR" * 5)


def test_lo_que_va_a_todo_lo_ancho_tiene_su_fila_sobre_las_demas_celdas(mazo):
    tabla = tabla_de(de(mazo, "entera"))
    assert [tabla.cell(0, 0).text, tabla.cell(0, 0).span_width] == ["Acción", 2]
    for numero, renglon in enumerate(CON_ENTERA.renglones):
        arriba, abajo = tabla.rows[2 * numero + 2].cells, tabla.rows[2 * numero + 3].cells
        assert (arriba[0].text, arriba[0].span_width) == (renglon[0], 12)
        assert [celda.text_frame.text.replace("\v", "\n") for celda in abajo] == renglon[1:]


def test_hay_lugar_para_escribir_a_mano(mazo):
    assert all(fila.height >= Pt(52) for fila in list(tabla_de(de(mazo, "por-firmar")).rows)[1:])


def test_las_cifras_van_a_la_derecha(mazo):
    tabla = tabla_de(de(mazo, "acciones"))
    lados = [celda._tc.find(f".//{qn('a:pPr')}").get("algn") for celda in tabla.rows[2].cells]
    assert lados == ["l"] * 3 + ["r"] * 10


def test_el_estado_va_con_icono_palabra_y_color(mazo):
    tabla = tabla_de(de(mazo, "alertas"))
    for numero, estado in enumerate(tema.ESTADOS.values()):
        celda = tabla.cell(numero + 1, 1)
        assert celda.text.replace(formato.ESPACIO, " ") == tema.rotulo_estado(estado.palabra)
        assert str(celda.text_frame.paragraphs[0].runs[0].font.color.rgb) == estado.borde[1:]


@pytest.mark.parametrize("clave", ["muchas-acciones", "demasiadas", "lista-larga", "titulo-largo"])
def test_lo_que_no_cabe_va_completo_en_las_notas(mazo, clave):
    diapositiva = de(mazo, clave)
    pedida = MAZO[[una.clave for una in MAZO].index(clave)]
    notas = notas_de(diapositiva)
    if isinstance(pedida.segundo, Cuadro):
        visibles = [[c.text_frame.text.replace("\v", "\n") for c in fila.cells] for fila in tabla_de(diapositiva).rows][
            2:
        ]
        for numero, renglon in enumerate(pedida.segundo.renglones):
            entero = numero < len(visibles) and visibles[numero] == renglon
            assert entero or " · ".join(c.replace("\n", " ") for c in renglon if c) in notas
    else:
        for _, punto in pedida.cuerpo.puntos:
            assert punto in textos_de(diapositiva) or punto in notas
    assert pedida.titulo in (diapositiva.shapes.title.text_frame.text, *notas.split("\n"))


def test_las_cifras_de_una_tabla_nunca_se_recortan(mazo):
    for celda in tabla_de(de(mazo, "muchas-acciones")).iter_cells():
        if re.match(r"[\d,]+", celda.text) and "·" not in celda.text and "." not in celda.text:
            assert "…" not in celda.text


def test_cada_lamina_tiene_titulo_de_verdad_notas_y_numero(mazo):
    for numero, (diapositiva, pedida) in enumerate(zip(mazo.slides, MAZO, strict=True), start=1):
        es_portada = isinstance(pedida.cuerpo, Portada)
        esperado = pedida.cuerpo.renglones[0] if es_portada else pedida.titulo
        titulo = diapositiva.shapes.title.text_frame.text
        assert titulo == esperado or (titulo.endswith("…") and esperado.startswith(titulo[:-1]))
        assert (pedida.notas or pedida.titulo) in notas_de(diapositiva)
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
    grafica = next(f for f in de(mazo, "trimestres").shapes if f.has_chart)
    dicho = "Alcanzado: ene–mar ● Cumple 100 % 85, abr–jun ? Sin reporte sin dato"
    assert dicho in next(grafica._element.iter(qn("p:cNvPr"))).get("descr")


def test_el_texto_alternativo_dice_la_cifra_de_la_etiqueta_y_puntua_bien():
    barras = Barras(["403 · Atención a…", "503 · Otra."], {"% del plan": [190.035, None]}, "% del plan", formato="0.#")
    firmas = Cuadro([ColumnaDeCuadro(t, 0.5) for t in ("Dependencia", "Firma")], [["DIF.", ""], ["", ""], ["", ""]])
    mazo = abrir(BytesIO(componer([lamina("a", barras), lamina("b", firmas, titulo="Asistencia…")], "x")))
    grafica, tabla = (next(f for f in s.shapes if f.has_chart or f.has_table) for s in mazo.slides)
    dichas = [next(f._element.iter(qn("p:cNvPr"))).get("descr") for f in (grafica, tabla)]
    assert dichas[0].endswith("% del plan: 403 · Atención a… 190.1, 503 · Otra. sin dato.")
    assert dichas[1] == "Asistencia… Cuadro de 3 renglones con Dependencia y Firma. DIF."


def test_lo_que_no_tiene_datos_lo_dice(mazo):
    assert SIN_CIFRAS in textos_de(de(mazo, "sin-cifras"))
    assert SIN_RENGLONES in textos_de(de(mazo, "sin-renglones"))
