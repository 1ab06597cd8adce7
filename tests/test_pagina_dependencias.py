"""La página Dependencias: qué dice, qué dibuja y que lo que muestra es lo que cuentan las consultas."""

import base64
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd
import pytest

from poa import formato, tema
from poa.consultas import consultar
from poa.figuras import calendario, comparacion
from tests.test_figuras import columna, compromisos, nombrados
from tests.test_paginas import abrir, elementos, graficas, html, leido, revisar

NOMBRES = {"dif": "DIF", "bisom": "BISOM", "immm": "IMMM"}
INDICADORES = ["total", *comparacion.INDICADORES]


def filas(**por_grupo: tuple[float | None, ...]) -> pd.DataFrame:
    """Acciones con esos porcentajes, de cada dependencia; None es una que no se programó."""
    partes = []
    for dependencia, porcentajes in por_grupo.items():
        suyas = compromisos(*(0 if pct is None else pct for pct in porcentajes))
        suyas = suyas.assign(dependencia=dependencia, unidad=None, programa=None)
        for i, pct in enumerate(porcentajes):
            if pct is None:
                suyas.loc[i, ["cumplimiento_pct", "estado"]] = [float("nan"), "Sin programación"]
        partes.append(suyas)
    return pd.concat(partes, ignore_index=True).assign(nivel="accion", etiquetas=None, observaciones=None)


def indicadores(tabla: pd.DataFrame, columna: str) -> pd.DataFrame:
    """Los indicadores de cada grupo, contados a mano, con el nombre que llevan en las consultas."""
    renglones = []
    for grupo, suyas in tabla.groupby(columna):
        pct = suyas["cumplimiento_pct"].dropna()
        n = suyas["estado"].value_counts()
        renglones.append(
            {
                columna: grupo,
                "nivel": "accion",
                "total": len(suyas),
                "evaluables": len(pct),
                "cumplen": int(n.get("Cumple", 0)),
                "debajo": int(n.reindex(tema.DEBAJO).sum()),
                "excedidos": int(n.reindex(tema.ENCIMA).sum()),
                "esperados": len(pct),
                "reportados": len(pct),
                "indice_acotado_pct": pct.clip(upper=100).mean(),
            }
        )
    return pd.DataFrame(renglones)


def lado_a_lado(tabla: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    unidades = indicadores(tabla.assign(grupo_id=tabla["unidad"].fillna("ninguno").str.lower()), "grupo_id")
    unidades["agrupacion"] = "unidad ejecutora"
    return comparacion.renglones(tabla, indicadores(tabla, "dependencia"), unidades, NOMBRES)


TRES = filas(dif=(100, 100, 50), bisom=(100, 0, 300), immm=(None,))
UNA = filas(dif=(100, 100, 100, 300)).assign(unidad=["NORTE", "NORTE", "SUR", "SUR"])


# ---------------------------------------------------------------- figuras


def test_primero_va_la_de_menor_parte_en_banda_y_al_final_la_que_no_se_evalua():
    tabla, como = lado_a_lado(TRES)
    assert (como, list(tabla["grupo"])) == ("dependencia", ["BISOM", "DIF", "IMMM"])
    assert tabla[["total", "evaluables", "cumplen", "excedidos"]].values.tolist() == [
        [3, 3, 1, 1], [3, 3, 2, 0], [1, 0, 0, 0],
    ]  # fmt: skip
    assert not tabla["es_total"].any()


def test_con_una_sola_dependencia_va_ella_y_debajo_sus_unidades():
    tabla, como = lado_a_lado(UNA)
    assert (como, list(tabla["grupo"]), list(tabla["es_total"])) == (
        "unidad ejecutora", ["DIF", "Sur", "Norte"], [True, False, False],
    )  # fmt: skip
    assert list(tabla["Cumple"]) == [3, 1, 2]


def test_la_comparacion_es_una_barra_al_cien_y_columnas_con_su_n():
    tabla, como = lado_a_lado(TRES)
    figura = comparacion.barras(tabla, "Mensaje", "accion", como, "Umbrales: CONEVAL 90–110 %")
    tramos = [t for t in figura.data if t.type == "bar"]
    assert [t.name for t in tramos] == [
        "✕ Sin avance", "▼ Crítico", "● Cumple", "▲▲ Meta subestimada", "○ Sin programación",
    ]  # fmt: skip
    final: dict[str, float] = {}
    for traza in tramos:
        for grupo, desde, largo in zip(traza.y, traza.base, traza.x, strict=True):
            assert desde == pytest.approx(final.get(grupo, desde))  # cada tramo empieza donde acaba el otro
            final[grupo] = desde + largo
    assert len({round(f, 6) for f in final.values()}) == 1 and len(final) == 3
    assert tramos[2].customdata[0] == ["bisom", "Cumple"]
    assert [columna(figura, c) for c in ("Grupo", "Cuántas")] == [["BISOM", "DIF", "IMMM"], ["3", "3", "1"]]
    assert columna(figura, "En banda") == ["33.3 %1 de 3", "66.7 %2 de 3", "—"]
    assert columna(figura, "Índice (n)") == ["66.7 %n = 3", "83.3 %n = 3", "—"]
    assert columna(figura, "Rebasan") == ["33.3 %1 de 3", "0 %0 de 3", "—"]
    assert columna(figura, "Con reporte") == ["100 %3 de 3", "100 %3 de 3", "—"]
    assert [a.text for a in nombrados(figura, "titulo")][:2] == ["Dependencia", "Acciones"]
    assert [a.text for a in nombrados(figura, "palabra")][-1] == "Sin programación"


def test_la_comparacion_ensena_a_lo_mas_quince_en_una_linea_y_dice_cuantas_faltan():
    tabla, como = lado_a_lado(TRES)
    muchas = pd.concat([tabla.head(1).assign(grupo_id=f"g{i}", grupo=f"Grupo {i}") for i in range(18)])
    figura = comparacion.barras(muchas, "Mensaje", "accion", como, "Umbrales")
    assert len(columna(figura, "Grupo")) == 15
    assert figura.layout.meta["pie"] == "Se muestran 15 y 3 más. Umbrales"
    assert (columna(figura, "En banda")[0], columna(figura, "Índice (n)")[0]) == ("1 de 3", "66.7 % (3)")


def test_sin_filas_o_sin_avance_la_comparacion_lo_dice():
    vacia, como = comparacion.renglones(TRES.head(0), pd.DataFrame(), pd.DataFrame(), NOMBRES)
    figura = comparacion.barras(vacia, "Mensaje", "meta", como)
    assert [a.text for a in nombrados(figura, "vacia")] == ["No hay metas para esta selección."]
    plan, como = lado_a_lado(TRES.assign(estado="Aún no exigible", cumplimiento_pct=float("nan")))
    figura = comparacion.barras(plan, "M", "accion", como)
    assert "cada barra mide cuántos compromisos son" in figura.layout.meta["pie"]
    assert [a.text for a in nombrados(figura, "titulo")] == ["Dependencia", "Acciones"]
    (barras,) = (t for t in figura.data if t.type == "bar")
    assert [x / max(barras.x) for x in barras.x] == pytest.approx([n / max(plan["total"]) for n in plan["total"]])


def plan(*cifras: tuple) -> tuple[pd.DataFrame, pd.DataFrame]:
    tabla = compromisos(*[100.0] * len(cifras)).assign(estado="Aún no exigible", meta_anual=12.0)
    tabla["vigente_id"] = tabla["clave"]
    trimestres = [
        {"vigente_id": clave, "trimestre": t, "programado": p}
        for clave, suyas in zip(tabla["clave"], cifras, strict=True)
        for t, p in enumerate(suyas, start=1)
    ]
    return tabla, pd.DataFrame(trimestres)


def test_donde_no_hay_avance_se_dibuja_el_plan_de_cada_trimestre():
    tabla, trimestres = plan((3, 3, 3, 3), (None, 6, 0, 3))
    figura = calendario.barras(tabla, trimestres, "Mensaje", "accion", "Umbrales")
    tramos = [t for t in figura.data if t.type == "bar"]
    assert [t.name for t in tramos] == [f"Programado, {formato.TRIMESTRES[t]}" for t in (1, 2, 3, 4)]
    assert [len(t.y) for t in tramos] == [1, 2, 1, 2]  # ni un hueco ni un cero se dibujan
    assert tramos[3].x[1] == tramos[1].x[1] / 2
    assert {t.marker.color for t in tramos} == {tema.PAPEL}
    assert [columna(figura, formato.TRIMESTRES[t]) for t in (1, 2)] == [["3", "—"], ["3", "6"]]
    vacia = calendario.barras(tabla, trimestres.assign(programado=None), "Mensaje", "meta")
    assert [a.text for a in nombrados(vacia, "vacia")] == ["El documento no reparte metas por trimestre."]


# ---------------------------------------------------------------- la página y sus consultas


def vista(corte: str, nivel: str = "accion", **filtros: str) -> dict[str, str]:
    return {"corte": corte, "nivel": nivel, "periodo": "acumulado", **filtros}


def dibujado(at) -> dict[tuple[str, str], int]:
    """Los conteos de la comparación, por grupo y estado, según lo que miden sus tramos y su total."""
    trazas = graficas(at)[0]["data"]
    totales = next(t for t in trazas if t["name"] == "Cuántas")
    total = dict(zip(totales["y"], map(int, totales["text"]), strict=True))
    largos = {
        tuple(llave): largo
        for traza in trazas
        if traza["type"] == "bar"
        for llave, largo in zip(traza["customdata"], numeros(traza["x"]), strict=True)
    }
    entero = {grupo: sum(largo for (g, _), largo in largos.items() if g == grupo) for grupo in total}
    return {llave: round(largo / entero[llave[0]] * total[llave[0]]) for llave, largo in largos.items()}


def numeros(valores: list | dict) -> list[float]:
    """Los números de una traza, que llegan en lista o en base64."""
    if isinstance(valores, dict):
        return np.frombuffer(base64.b64decode(valores["bdata"]), dtype=valores["dtype"]).tolist()
    return valores


@pytest.mark.parametrize("corte", ["2018T1", "2023T3", "2024T0"])
def test_la_comparacion_dibuja_lo_que_cuenta_la_consulta(corte):
    at = abrir("dependencias", corte=corte)
    revisar(at)
    conteo = consultar("resumen_estados", **vista(corte))
    de_dependencias = {
        (d, e): n for d, e, n in conteo[["dependencia", "estado", "compromisos"]].itertuples(index=False)
    }
    visto = dibujado(at)
    assert {llave: n for llave, n in visto.items() if llave in de_dependencias} == de_dependencias
    assert "Para leer en la sesión" in html(at).partes


def test_las_unidades_reparten_a_su_dependencia_sin_que_sobre_ni_falte():
    unidades = consultar("unidades", periodo="acumulado")
    llave = ["corte", "dependencia", "nivel"]
    suma = unidades.groupby([*llave, "agrupacion"])[["total", "evaluables", "cumplen", "reportados"]].sum()
    entera = consultar("indicadores", periodo="acumulado").set_index(llave)[list(suma.columns)]
    for _, reparto in suma.groupby("agrupacion"):
        assert reparto.droplevel("agrupacion").to_dict("index") == entera.to_dict("index")


def test_cada_conteo_de_la_tabla_abre_la_lista_que_lo_suma():
    at = abrir("dependencias", corte="2018T1")
    enlaces = [e for e in html(at).enlaces if "grupo=" in e and "estado=Debajo" in e]
    assert enlaces
    dados = dict(parse_qsl(enlaces[-1].partition("?")[2]))
    lista = abrir("dependencias", **dados)
    revisar(lista)
    unidades = consultar("unidades", **vista("2018T1"))
    n = unidades[unidades["grupo_id"] == dados["grupo"]]["debajo"].iloc[0]
    assert f"Debajo del plan: {formato.contar(n, 'accion')}" in textos_de_dialogo(lista)


def textos_de_dialogo(at) -> str:
    return " ".join(e.proto.dialog.title for e in elementos(at._tree) if hasattr(e, "proto") and e.type == "dialog")


@pytest.mark.parametrize("corte", ["2022T4", "2025T4"])
def test_una_dependencia_lleva_todos_sus_compromisos_con_diferencia_y_senales(corte):
    filas_ = consultar("cumplimiento", corte=corte, periodo="acumulado")
    at = abrir("dependencias", corte=corte, dependencia=filas_["dependencia"].iloc[0])
    revisar(at)
    (tabla,) = (
        e.proto.body
        for e in elementos(at._tree)
        if e.type == "html" and "Metas y acciones de" in e.proto.body and "<table" in e.proto.body
    )
    assert tabla.count("<tr class='meta'") == (filas_["nivel"] == "meta").sum()
    assert tabla.count("<tr class='accion'") == (filas_["nivel"] == "accion").sum()
    senales = filas_["etiquetas"].dropna().str.split("; ").explode()
    assert tabla.count("class='senal'") == (senales != "").sum()
    con_cifra = filas_.dropna(subset=["programado", "alcanzado"])
    for diferencia in (con_cifra["alcanzado"] - con_cifra["programado"]).unique():
        assert f"<td class='n'>{formato.con_signo(diferencia)}</td>" in tabla
    dudosas = filas_[filas_["certeza"] != "seguro"]
    assert tabla.count("class='duda'") >= len(dudosas) > 0


def test_lo_replaneado_se_contrasta_con_lo_que_imprime_el_informe():
    filas_ = consultar("cumplimiento", corte="2025T4", periodo="acumulado")
    lejos = (filas_["cumplimiento_pct"] - filas_["informe_relativo_pct"]).abs()
    fila = filas_.loc[lejos[filas_["etiquetas"].fillna("").str.contains("reprogramada")].idxmax()]
    at = abrir("dependencias", compromiso=fila["compromiso_id"], corte="2025T4", dependencia=fila["dependencia"])
    revisar(at)
    pct, impreso = (formato.porcentaje(fila[c]) for c in ("cumplimiento_pct", "informe_relativo_pct"))
    assert f"({pct}) con los dos planes; el informe, solo con el suyo, imprime {impreso}" in leido(at)
    textos = [a["text"] for a in graficas(at)[0]["layout"]["annotations"]]
    assert "nuevo plan ›" in textos and any(t.startswith(f"El informe imprime {impreso} (") for t in textos)
    assert any(p.startswith("‹ Volver a ") for p in html(at).partes)


def test_un_reporte_incompleto_dice_que_trimestres_faltan_y_no_se_llama_acumulado():
    filas_ = consultar("cumplimiento", corte="2025T4", periodo="acumulado", nivel="accion")
    fila = filas_[filas_["etiquetas"].fillna("").str.contains("reporte incompleto")].iloc[0]
    at = abrir("dependencias", compromiso=fila["compromiso_id"], corte="2025T4", dependencia=fila["dependencia"])
    revisar(at)
    assert "Reporte incompleto:" in html(at).partes
    assert "No hay reporte de jul–sep y oct–dic." in leido(at)
    assert "en lo reportado hasta el cuarto trimestre de 2025" in leido(at)


def test_solo_con_plan_la_tabla_lleva_lo_programado_de_cada_trimestre():
    filas_ = consultar("cumplimiento", corte="2024T0", periodo="acumulado")
    dependencia = filas_["dependencia"].iloc[0]
    at = abrir("dependencias", corte="2024T0", dependencia=dependencia)
    revisar(at)
    programado = consultar("trimestres", corte="2024T0", dependencia=dependencia)["programado"].dropna()
    celdas = " ".join(e.proto.body for e in elementos(at._tree) if e.type == "html" and "<table" in e.proto.body)
    assert all(f"<td class='n'>{formato.numero(p)}</td>" in celdas for p in programado)
    assert "Nada es exigible todavía" in leido(at)
