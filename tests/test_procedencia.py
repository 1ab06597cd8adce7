"""De dónde sale la cifra que no es de un solo renglón: la que se junta de varios informes y la que no se imprime."""

import re

import pytest

from poa.base import construir_base
from poa.consultas import consultar
from poa.laminas import vistas
from poa.seleccion import elegir
from tests.extractos_hechos import Extractos
from tests.laminas_armadas import armadas
from tests.test_pagina_sesion import texto_de
from tests.test_paginas import abrir

OTRO_TOTAL = "78.41, es el promedio de los trimestres; el informe imprime 90 de avance absoluto"


@pytest.mark.parametrize(("pagina", "cual"), [("sesion", {"paso": "bisom/300"}), ("alertas", {})])
def test_la_cifra_que_se_junta_de_dos_informes_da_los_dos_renglones(pagina, cual):
    """En 2025T4, los 97 de 85 de 305 son 95 de 75 de un informe y 2 de 10 de otro."""
    impresas = consultar("impresas", corte="2025T4", dependencia="bisom", nivel="accion")
    suyas = impresas[(impresas["clave"] == "305") & impresas["programado"].notna()]
    lugares = dict.fromkeys(zip(suyas["programado_pagina"], suyas["programado_renglon"], strict=True))
    assert len(lugares) == 2
    antes, ahora = (f"página {p}, renglón {r}" for p, r in lugares)
    dicho = texto_de(abrir(pagina, corte="2025T4", dependencia="bisom", **cual))
    assert f"{ahora} y {antes}" in dicho


def test_de_un_trimestre_solo_va_su_renglon():
    dicho = texto_de(abrir("alertas", corte="2025T4", dependencia="bisom", periodo="trimestre"))
    assert re.search(r"renglón \d+", dicho) and not re.search(r"renglón \d+ y página", dicho)


def test_un_total_que_no_es_el_impreso_se_dice_con_los_dos_numeros():
    """En 2022T4, 1.4 promedia 78.41 y su renglón imprime 90."""
    for pagina, cual in (("sesion", {"paso": "presidencia/1"}), ("alertas", {})):
        dicho = texto_de(abrir(pagina, corte="2022T4", dependencia="presidencia", **cual))
        assert re.search(r"renglón 245 ?; el informe imprime 90\b", dicho), pagina
    fila = consultar("cumplimiento", corte="2022T4", periodo="acumulado").set_index("clave").loc["1.4"]
    dados = {"corte": "2022T4", "dependencia": "presidencia", "compromiso": fila["compromiso_id"], "tarjeta": "1"}
    assert f"Lo acumulado, {OTRO_TOTAL}." in texto_de(abrir("dependencias", **dados))
    del_trimestre = texto_de(abrir("alertas", corte="2022T4", dependencia="presidencia", periodo="trimestre"))
    assert "el informe imprime" not in del_trimestre, "lo impreso es el total, no lo de un trimestre"
    for periodo, hay in (("acumulado", True), ("trimestre", False)):
        figura = vistas.alertas(elegir(corte="2022T4", dependencia="presidencia", periodo=periodo)).figura
        assert ("1.2†" in str(figura.layout.annotations)) == hay


@pytest.mark.parametrize("cual", ["presidencia-variacion", "presidencia-alertas-acciones"])
def test_las_notas_de_alertas_y_variacion_explican_el_total(cual):
    """La 1.2 está entre las más lejanas, que son las que caben en las dos."""
    notas = "\n".join(lamina.notas for lamina in armadas("2022T4") if lamina.clave.startswith(cual))
    dicho = "62.79, es el promedio de los trimestres; el informe imprime 89.27 de avance absoluto"
    assert f"1.2, informe T4 2022: el total R, {dicho}." in notas


def test_un_plan_que_imprime_otra_meta_anual_lo_dice(tmp_path, monkeypatch):
    hechos = Extractos()
    hechos.compromiso("2031T0", "rara", "101", [(2, None)] * 4, meta_anual_impresa=9.0)
    hechos.compromiso("2031T0", "rara", "102", [(2, None)] * 4)
    construir_base(hechos.escribir(tmp_path))
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    filas = consultar("cumplimiento", periodo="acumulado").set_index("clave")
    assert filas.loc["101", "total_impreso"] == 9 and filas["total_impreso"].notna().sum() == 1
    assert "renglón 1; el informe imprime 9" in texto_de(abrir("sesion", paso="rara/100"))


def test_lo_que_no_se_puede_juntar_tambien_se_esperaba(tmp_path, monkeypatch):
    """Sin regla no hay P acumulada, pero se programó y se exige."""
    hechos = Extractos()
    hechos.compromiso("2031T2", "rara", "101", [(10, 9), (20, 18), (30, None), (4, None)], meta_anual=100)
    hechos.compromiso("2031T2", "rara", "102", [(10, 9), (10, 9), (10, None), (10, None)])
    hechos.compromiso("2031T2", "rara", "103", [(0, 0), (0, 0), (10, None), (10, None)])
    construir_base(hechos.escribir(tmp_path))
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    filas = consultar("cumplimiento", periodo="acumulado").set_index("clave")
    assert filas.loc["101", "estado"] == "Dato por revisar" and filas["programado"].isna().tolist()[0]
    assert filas["es_esperado"].tolist() == [True, True, False]
    indicador = consultar("indicadores", periodo="acumulado").iloc[0]
    assert (indicador["esperados"], indicador["reportados"], indicador["cobertura_pct"]) == (2, 2, 100)
