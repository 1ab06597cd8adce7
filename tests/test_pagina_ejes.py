"""La página Ejes del PMD: frases, mapa, árbol y listas; cada plan aparte y cada compromiso una vez en su eje."""

import re
from html import unescape

import pandas as pd
import pytest

from poa import formato, tema
from poa.consultas import consultar
from poa.figuras import calor
from poa.mensajes import ejes as mensajes
from tests.test_mensajes_ejes import NUEVO, VIEJO, codigos, llano, por_trimestre
from tests.test_paginas import abrir, elementos, graficas, html, leido, revisar

# ---------------------------------------------------------------- figura


def celdas(*filas: tuple) -> pd.DataFrame:
    """Celdas del acumulado, con lo que pide `codigos`."""
    return calor.celdas(por_trimestre().head(0), codigos(*filas))


def test_cada_plan_es_un_bloque_y_los_codigos_van_por_su_numero():
    tabla = celdas((NUEVO, "10", "Diez", 2, 2, 1), (NUEVO, "9", None, 4, 4, 4), (VIEJO, "9", "Otro", 1, 0, 0))
    figura = calor.mapa(tabla, "Mensaje", "accion", "Fuente")
    assert [t.name for t in figura.data] == ["ene–mar", "abr–jun", "jul–sep", "oct–dic", "Acumulado"]
    acumulado = figura.data[-1]
    assert [llano(re.sub("<[^>]+>", " ", t)).split() for t in acumulado.text] == [
        ["◔", "1", "Aún", "no", "exigible"], ["100", "%", "4", "de", "4"], ["50", "%", "1", "de", "2"],
    ]  # fmt: skip
    assert [tuple(c) for c in acumulado.customdata] == [
        (f"{VIEJO}/9/5", "Aún no exigible"), (f"{NUEVO}/9/5", "Evaluables"), (f"{NUEVO}/10/5", "Evaluables"),
    ]  # fmt: skip
    assert list(figura.data[0].text) == ["—"] * 3 and set(figura.data[0].customdata) == {None}
    rotulos = [llano(re.sub("<[^>]+>", "", a.text)) for a in figura.layout.annotations if a.name in ("plan", "renglon")]
    assert rotulos == ["PMD 2022–2024", "PMD 2025–2027", "9 Otro", "9 nombre no impreso", "10 Diez"]
    assert llano(acumulado.hovertext[1]).startswith("<b>PMD 2025–2027 · 9 · nombre no impreso en las fuentes</b>")
    assert "4 de 4 acciones en banda (100 %)" in llano(acumulado.hovertext[1])


def test_la_rampa_no_usa_los_colores_de_los_estados_y_se_lee():
    def luz(color: str) -> float:
        partes = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in partes)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    luces = [luz(relleno) for relleno, _ in calor.RAMPA]
    assert luces == sorted(luces, reverse=True)
    assert not {relleno for relleno, _ in calor.RAMPA} & {e.color for e in tema.ESTADOS.values()}
    for relleno, tinta in calor.RAMPA:
        claro, oscuro = sorted((luz(relleno), luz(tinta)), reverse=True)
        assert (claro + 0.05) / (oscuro + 0.05) >= 4.5


def test_a_lo_mas_quince_renglones_y_el_resto_se_dice():
    muchos = celdas(*((NUEVO, str(n), None, 2000, 1500, 10 * n) for n in range(1, 18)))
    figura = calor.mapa(muchos, "Mensaje", "accion", "Fuente")
    assert len(figura.data[0].y) == 15
    pie = next(a.text for a in figura.layout.annotations if a.name == "pie")
    assert pie.startswith("Se muestran 15 y 2 más.")
    assert llano(figura.data[-1].text[0]) == "<b>1 %</b> 10/1,500"


def test_sin_lineas_la_figura_dice_por_que():
    figura = calor.mapa(celdas(), "Mensaje", "accion", "Fuente", mensajes.sin_mapa("accion", 5))
    assert not figura.data
    assert "elija «Metas»" in llano(next(a.text for a in figura.layout.annotations if a.name == "vacia"))
    assert "no hay ejes que mostrar" in mensajes.sin_mapa("meta", 0)


# ---------------------------------------------------------------- consultas


def test_la_lista_de_un_trimestre_son_los_que_cuenta_la_celda():
    cuenta = ["corte", "pmd", "clave_pmd", "nivel", "trimestre"]
    lista = consultar("ejes_compromisos_trimestre").fillna({"pmd": "", "clave_pmd": ""})
    lista = lista.drop_duplicates([*cuenta, "vigente_id"])
    celda = consultar("ejes_trimestre", nivel_pmd=None).fillna({"pmd": "", "clave_pmd": ""})
    celda = celda.drop_duplicates(cuenta)  # sin línea hay un renglón por cada nivel del plan
    assert lista.groupby(cuenta).size().to_dict() == celda.set_index(cuenta)["total"].to_dict()
    cumplen = lista[lista["estado"] == "Cumple"].groupby(cuenta).size()
    assert cumplen.to_dict() == celda[celda["cumplen"] > 0].set_index(cuenta)["cumplen"].to_dict()


@pytest.mark.parametrize("consulta", ["ejes", "ejes_trimestre"])
def test_el_total_es_lo_evaluable_mas_lo_que_no_lo_es(consulta):
    tabla = consultar(consulta)
    assert (tabla["total"] == tabla[["evaluables", *calor.SIN_RAZON]].sum(axis=1)).all()


# ---------------------------------------------------------------- página


def arbol(at) -> list[tuple[str, dict[str, int]]]:
    """Cada renglón del árbol: su código (o «Sin línea impresa») y cuántos dice en cada estado."""
    cuerpo = next(e.proto.body for e in elementos(at._tree) if e.type == "html" and "class='arbol'" in e.proto.body)
    filas = []
    for fila in re.split(r"<div class='fila (?!cabeza)", cuerpo)[1:]:
        nombre = fila.split("class='nombre'>")[1].split("</span><span class='tramos")[0]
        nombre = unescape(re.sub("<[^>]+>", "", nombre))
        avisos = re.findall(r"title='([^:']+): ([\d,]+)", fila)
        filas.append((nombre if nombre.startswith("Sin") else nombre.split(" ")[0], {e: int(n) for e, n in avisos}))
    return filas


@pytest.mark.parametrize(
    ("corte", "nivel", "periodo"),
    [("2018T1", "accion", "acumulado"), ("2022T4", "accion", "acumulado"), ("2022T4", "meta", "trimestre"),
     ("2024T0", "accion", "acumulado"), ("2025T1", "accion", "acumulado"), ("2025T4", "accion", "trimestre")],
)  # fmt: skip
def test_el_mapa_y_el_arbol_dicen_lo_que_cuentan_las_consultas(corte, nivel, periodo):
    at = abrir("ejes", corte=corte, nivel=nivel, periodo=periodo)
    revisar(at)
    conteos = consultar("ejes_estados", corte=corte, nivel=nivel, periodo=periodo)
    codigos_de = consultar("ejes", corte=corte, nivel=nivel, periodo=periodo)
    con_linea = codigos_de[codigos_de["pmd"].notna()]
    esperado = [
        (c["clave_pmd"], dict(zip(suyos["estado"], suyos["compromisos"], strict=True)))
        for _, c in con_linea.iterrows()
        for suyos in [conteos[(conteos["pmd"] == c["pmd"]) & (conteos["clave_pmd"] == c["clave_pmd"])]]
    ]
    sin_linea = conteos[conteos["pmd"].isna() & (conteos["nivel_pmd"] == "eje")]
    if len(sin_linea):
        esperado.append(("Sin línea impresa", dict(zip(sin_linea["estado"], sin_linea["compromisos"], strict=True))))
    assert arbol(at) == esperado
    mapa = {tuple(c): t for traza in graficas(at)[0]["data"]
            for c, t in zip(traza["customdata"], traza["text"], strict=True) if c}  # fmt: skip
    trimestrales = consultar("ejes_trimestre", corte=corte, nivel=nivel, nivel_pmd="eje")
    trimestrales = trimestrales[trimestrales["pmd"].notna()]
    assert len([c for c, _ in mapa if not c.endswith("/5")]) == len(trimestrales)
    for _, c in trimestrales[trimestrales["evaluables"] > 0].iterrows():
        dicho = mapa[f"{c['pmd']}/{c['clave_pmd']}/{c['trimestre']}", "Evaluables"]
        assert f"{c['cumplen']} de {c['evaluables']}" in llano(dicho)


def filas_de_lista(at) -> int:
    listas = [e.proto.body for e in elementos(at._tree) if e.type == "html" and "Compromisos que suman" in e.proto.body]
    return listas[0].count("<tr") - 1


@pytest.mark.parametrize("trimestre", [1, 4])
def test_una_celda_abre_los_compromisos_de_su_trimestre(trimestre):
    celda = consultar("ejes_trimestre", corte="2025T4", nivel="accion", nivel_pmd="eje", pmd=NUEVO)
    celda = celda[celda["trimestre"] == trimestre].iloc[0]
    at = abrir("ejes", corte="2025T4", estado="Evaluables", grupo=f"{NUEVO}/{celda['clave_pmd']}/{trimestre}")
    revisar(at)
    assert filas_de_lista(at) == celda["evaluables"]


def test_lo_que_no_imprime_linea_tambien_tiene_su_lista():
    conteos = consultar("ejes_estados", corte="2025T1", nivel="accion", periodo="acumulado")
    n = conteos[conteos["pmd"].isna() & (conteos["nivel_pmd"] == "eje")].set_index("estado")["compromisos"]
    at = abrir("ejes", corte="2025T1", estado="Cumple", grupo="/")
    revisar(at)
    assert filas_de_lista(at) == n["Cumple"]


@pytest.mark.parametrize(("corte", "nivel"), [("2023T3", "meta"), ("2024T0", "accion"), ("2025T4", "accion")])
def test_un_codigo_muestra_sus_compromisos(corte, nivel):
    tabla = consultar("ejes", corte=corte, nivel=nivel, periodo="acumulado")
    for _, c in tabla[tabla["pmd"].notna()].groupby("nivel_pmd").head(1).iterrows():
        at = abrir("ejes", corte=corte, nivel=nivel, pmd=c["pmd"], linea=c["clave_pmd"])
        revisar(at)
        cuerpo = next(e.proto.body for e in elementos(at._tree)
                      if e.type == "html" and "Compromisos que responden" in e.proto.body)  # fmt: skip
        assert cuerpo.count("<tr") - 1 == c["total"]
        assert formato.pmd(c["pmd"]) in leido(at)
        assert any(f"linea={c['clave_pmd']}" in enlace and "tarjeta=1" in enlace for enlace in html(at).enlaces)


def test_un_codigo_que_no_esta_en_el_corte_tiene_su_frase():
    at = abrir("ejes", corte="2025T4", pmd=NUEVO, linea="9.9")
    revisar(at)
    assert "Ningún trimestre de este corte cuenta compromisos bajo ese código" in leido(at)
