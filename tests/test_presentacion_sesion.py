"""La presentación de una sesión y de sus otras gráficas: cada cifra contra la base, y cada cuadro, legible de lejos."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from pptx import Presentation as abrir
from pptx.oxml.ns import qn
from pptx.util import Pt

from poa import formato, tema
from poa.consultas import consultar
from poa.laminas import escribir
from poa.laminas.lamina import Barras, Cuadro, Lamina
from poa.laminas.presentacion import componer
from poa.laminas.sesion import sesion
from poa.mensajes import sesion_laminas as dichos
from poa.seleccion import elegir
from tests.laminas_armadas import CORTES, armadas
from tests.mazo_de_muestra import acciones, comparar, comprobar_geometria, lamina, libro_de, notas_de, textos_de

SE_LEE = 16  # puntos


@pytest.mark.parametrize("corte", ["2025T4", "2022T4"])
def test_cada_grafica_de_la_sesion_es_la_base(corte):
    laminas = [una for pendiente in sesion(elegir(corte=corte)) for una in pendiente.armar()]
    vuelta = abrir(BytesIO(componer(laminas, corte)))
    vistas = 0
    for pedida, diapositiva in zip(laminas, vuelta.slides, strict=True):
        comprobar_geometria(vuelta, diapositiva, pedida.clave)
        for forma in diapositiva.shapes:
            if forma.has_chart:
                comparar(forma.chart, pedida.cuerpo, notas_de(diapositiva))
                assert _leer(libro_de(forma.chart)) == _segun_la_base(pedida, corte)
                vistas += 1
    assert vistas == sum(isinstance(una.cuerpo, Barras) for una in laminas) > 5


def _leer(hoja) -> dict:
    """Lo que dice un libro: (serie, categoría) → valor, sin huecos; de una acción, su clave."""
    return {
        (hoja.cell(1, c).value, _cual(hoja.cell(f, 1).value)): round(hoja.cell(f, c).value, 6)
        for c in range(2, hoja.max_column + 1)
        for f in range(2, hoja.max_row + 1)
        if hoja.cell(f, c).value is not None
    }


def _cual(categoria: str) -> str | tuple[str, str]:
    """La clave de una acción; de un trimestre, cuál es y su estado, sin el porcentaje que lo sigue."""
    if "\n" in categoria:
        cual, estado = categoria.split("\n")
        return cual, re.sub(rf" [\d,.]+{formato.ESPACIO}%.*$", "", estado)
    return categoria.split(" · ")[0].removesuffix(dichos.MARCA)


def _segun_la_base(pedida: Lamina, corte: str) -> dict:
    """Las mismas cifras, de las consultas: las de una lámina de estados, de variación o de una meta por trimestre."""
    dependencia, que = pedida.clave.split("-", 1)
    vista = {"corte": corte, "dependencia": dependencia}
    if que == "estados":
        filas = consultar("cumplimiento", periodo="acumulado", **vista)
        conteo = filas.groupby(["estado", "nivel"]).size()
        nombres = {"accion": "Acciones", "meta": "Metas"}
        return {(tema.rotulo_estado(estado), nombres[nivel]): n for (estado, nivel), n in conteo.items()}
    if que == "variacion":
        filas = consultar("cumplimiento", periodo="acumulado", nivel="accion", **vista)
        filas = filas[filas["cumplimiento_pct"].notna()]
        dichas = re.search(r"Las (\d+) más lejanas", pedida.pie)
        lejos = (filas["cumplimiento_pct"] - 100).abs().sort_values(ascending=False, kind="stable")
        lejos = filas.loc[lejos.index[: int(dichas[1]) if dichas else None]]
        return {
            (tema.rotulo_estado(f["estado"]), str(f["clave"])): round(f["cumplimiento_pct"], 6)
            for _, f in lejos.iterrows()
        }
    meta = re.fullmatch(r"meta-(.+)-trimestres", que)[1]
    filas = consultar("trimestres", ejercicio=int(corte[:4]), nivel="meta", **vista)
    filas = filas[filas["clave"] == meta]
    cuentan = filas["es_exigible"] & filas[["programado", "alcanzado"]].notna().any(axis=1)
    if cuentan.sum() > 1:
        al_corte = consultar("cumplimiento", periodo="acumulado", nivel="meta", **vista)
        filas = pd.concat([filas, al_corte[al_corte["clave"] == meta].assign(trimestre=0)])
    nombres = ("Acumulado", *formato.TRIMESTRES[1:])
    return {
        (serie, (nombres[int(fila["trimestre"])], tema.rotulo_estado(fila["estado"]))): round(float(fila[columna]), 6)
        for _, fila in filas.iterrows()
        for serie, columna in (("Programado", "programado"), ("Alcanzado", "alcanzado"))
        if not formato.es_blanco(fila[columna])
    }


@pytest.mark.parametrize("corte", CORTES)
def test_los_cuadros_de_la_sesion_se_leen_de_lejos_y_los_repartidos_llevan_la_misma_letra(corte):
    mazo = abrir(BytesIO(componer(armadas(corte), corte)))
    letras: dict[str, set] = {}
    for diapositiva in mazo.slides:
        for tabla in (forma.table for forma in diapositiva.shapes if forma.has_table):
            suyas = _letras(tabla)
            assert min(suyas) >= Pt(SE_LEE), textos_de(diapositiva)
            if re.search(r"lámina \d+ de \d+", textos_de(diapositiva)):
                letras.setdefault(diapositiva.shapes.title.text_frame.text, set()).update(suyas)
    assert letras and all(len(suyas) == 1 for suyas in letras.values())


def _letras(tabla) -> set:
    parrafos = [parrafo for celda in tabla.iter_cells() for parrafo in celda.text_frame.paragraphs]
    return {tramo.font.size for parrafo in parrafos for tramo in parrafo.runs}


def test_los_titulos_de_los_trimestres_se_parten_igual_aunque_sus_cifras_no_midan_lo_mismo():
    cuadro = acciones(2, 150)
    anchas = [[*fila[:3], *["1"] * 4, "1,000,000", "1,000,000", *["1"] * 4] for fila in cuadro.renglones]
    mazo = abrir(BytesIO(componer([lamina("a", replace(cuadro, renglones=anchas))], "x")))
    tabla = next(forma.table for forma in mazo.slides[0].shapes if forma.has_table)
    assert [tabla.cell(0, c).text.count("\v") for c in range(3, 13, 2)] == [1] * 5


def test_un_cuadro_que_no_cabe_se_reparte_con_su_numero_y_sin_perder_renglones():
    cuadro = replace(acciones(9, 150), rotulos={0: "Las primeras", 5: "Las otras"})
    mazo = abrir(BytesIO(componer([lamina("a", cuadro, notas="Lo que se dice")], "x")))
    total, claves, encabezan = len(mazo.slides), [], []
    for n, diapositiva in enumerate(mazo.slides, 1):
        comprobar_geometria(mazo, diapositiva, str(n))
        assert f"lámina {n} de {total}" in textos_de(diapositiva) and "Lo que se dice" in notas_de(diapositiva)
        (tabla,) = (forma.table for forma in diapositiva.shapes if forma.has_table)
        assert _letras(tabla) == _letras(next(f.table for f in mazo.slides[0].shapes if f.has_table))
        primeras = [fila.cells[0].text for fila in list(tabla.rows)[2:]]
        claves += [re.match(r"\d+", dicho)[0] for dicho in primeras if re.match(r"\d+", dicho)]
        encabezan.append(primeras[0])
        assert "…" not in "".join(primeras)
    assert total > 1 and claves == [str(300 + n) for n in range(9)]
    assert set(encabezan) <= {"Las primeras", "Las otras"}, "cada lámina empieza por el rótulo de sus renglones"


def test_uno_ya_repartido_que_aun_no_cabe_no_confunde_su_numero():
    hermanos = [acciones(9, 150), acciones(2, 150)]
    laminas = [
        lamina(str(n), replace(suyo, hermanos=hermanos), subtitulo=f"BISOM · lámina {n} de 2")
        for n, suyo in enumerate(hermanos, 1)
    ]
    mazo = abrir(BytesIO(componer(laminas, "x")))
    dichas = [re.search(r"lámina \d de 2.*", textos_de(d).split("\n")[1])[0] for d in mazo.slides]
    partes = len(dichas) - 1
    assert dichas == [*(f"lámina 1 de 2 · parte {n} de {partes}" for n in range(1, partes + 1)), "lámina 2 de 2"]


@pytest.mark.parametrize("corte", ["2025T4", "2022T4", "2018T1"])
def test_las_otras_graficas_llevan_lo_de_la_base_y_sus_cuadros_se_leen(corte):
    elegida = escribir.elegir(corte, None, None, "accion", "acumulado")
    partes = [p for p in escribir.de_seleccion(elegida) if p.clave in ("alertas", "trimestres", "ejes", "presupuesto")]
    laminas = [una for parte in partes for una in parte.armar()]
    mazo = abrir(BytesIO(componer(laminas, corte)))
    for diapositiva in mazo.slides:
        comprobar_geometria(mazo, diapositiva, corte)
        assert all(min(_letras(f.table)) >= Pt(SE_LEE) for f in diapositiva.shapes if f.has_table)
    for una in laminas:
        if isinstance(una.cuerpo, Cuadro):
            assert una.clave == "ejes"
            continue
        (diapositiva,) = (d for d in mazo.slides if d.shapes.title.text_frame.text == una.titulo and _grafica(d))
        comparar(_grafica(diapositiva), una.cuerpo, notas_de(diapositiva))
    distancia = next(una.cuerpo for una in laminas if una.clave == "distancia")
    alertas = consultar("alertas", corte=corte, nivel="accion", periodo="acumulado").set_index("clave")
    for categoria, *valores in zip(distancia.categorias, *distancia.series.values(), strict=True):
        fila = alertas.loc[_cual(categoria)]
        rotulo = tema.rotulo_estado(fila["estado"])
        dichas = {serie: v for serie, v in zip(distancia.series, valores, strict=True) if v is not None}
        if formato.es_blanco(fila["cumplimiento_pct"]):
            assert not dichas and categoria.endswith(rotulo), "sin barra, su nombre dice su estado"
        else:
            assert dichas == {rotulo: fila["cumplimiento_pct"]}


def _grafica(diapositiva):
    return next((forma.chart for forma in diapositiva.shapes if forma.has_chart), None)


def test_los_numeros_del_eje_van_bajo_las_barras_y_tienen_su_lugar():
    """Sin lugar para las cifras, el eje: en las horizontales, con la primera arriba, abajo es «alto»."""
    pesos = {n: [10_000.0 * (i + 1) for i in range(9)] for n in ("Autorizado", "Modificado", "Devengado")}
    barras = Barras([f"Capítulo {i}" for i in range(9)], pesos, "pesos", horizontal=True, formato="#,##0")
    grafica = _grafica(abrir(BytesIO(componer([lamina("a", barras)], "x"))).slides[0])
    assert grafica.value_axis.visible and str(grafica.value_axis.tick_label_position).startswith("HIGH")
    y, alto = (
        float(grafica._chartSpace.find(f".//{qn('c:manualLayout')}/{qn(f'c:{parte}')}").get("val")) for parte in "yh"
    )
    assert y + alto < 0.95
