"""El primer paso de la sesión: el orden del día, si hay varias dependencias, y en cuál de ellas se va."""

import re

import pytest

from poa.consultas import consultar
from poa.mensajes import sesion as mensajes
from tests.extractos_hechos import Extractos
from tests.test_pagina_sesion import html_de, pasos_de, posicion, sesion_de, texto_de
from tests.test_paginas import abrir


def puntos(at) -> list[str]:
    """Lo que se lee de cada dependencia del orden del día."""
    lista = html_de(at).split("<ol class='metas'>")[1].split("</ol>")[0]
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", uno)).strip() for uno in lista.split("</li>")[:-1]]


def test_dice_cada_dependencia_con_lo_que_compromete_y_lleva_a_su_apertura():
    at = abrir("sesion", corte="2024T0", dependencia="todas")
    assert posicion(at) == "1 de 30" and not at.exception
    cortes = consultar("cortes", ejercicio=2024).set_index("dependencia")
    aperturas = [p for p in pasos_de(at) if "/" not in p][1:-1]
    for n, (dicho, dependencia) in enumerate(zip(puntos(at), aperturas, strict=True), 1):
        suya = cortes.loc[dependencia]
        assert dicho.startswith(f"{n} {suya['dependencia_nombre']} ◔ Aún no exigible")
        assert re.search(rf"{suya['metas']}.metas? y {suya['acciones']}.acciones", dicho)
    cuerpo = html_de(at).split("<ol class='metas'>")[1].split("</ol>")[0]
    assert re.findall(r"paso=([^&']+?)(?:&|')", cuerpo.replace('"', "'")) == aperturas


def test_junto_va_el_que_imprime_el_documento_y_donde():
    impreso = consultar("sesion", corte="2024T0")
    suyos = impreso[impreso["seccion"] == "orden_del_dia"]
    dicho = texto_de(abrir("sesion", corte="2024T0", dependencia="todas"))
    assert all(punto in dicho for punto in suyos["texto"])
    assert f"Impreso en la página {suyos['pagina'].iloc[0]}, renglón {suyos['renglon'].iloc[0]}" in dicho


def test_cada_paso_dice_en_que_dependencia_va():
    for n, paso in ((1, "bisom"), (2, "dif"), (2, "dif/3"), (7, "derechos_humanos/1")):
        at = abrir("sesion", corte="2024T0", dependencia="todas", paso=paso)
        assert f"dependencia {n} de 7" in texto_de(at) and mensajes.NO_EXISTE not in texto_de(at)


def test_de_una_sola_no_hace_falta_y_su_enlace_no_se_pierde():
    at = abrir("sesion", corte="2024T0", dependencia="dif", paso=mensajes.ORDEN)
    assert pasos_de(at)[0] == "dif" and posicion(at).startswith("1 de")
    assert mensajes.NO_EXISTE not in texto_de(at) and "dependencia 1 de" not in texto_de(at)


def test_con_avance_dice_los_estados_lo_que_hay_que_preguntar_y_quien_no_informa(tmp_path, monkeypatch):
    hechos = Extractos()
    for corte, quienes in (("2031T1", ("una", "otra", "falta")), ("2031T2", ("una", "otra"))):
        for n, quien in enumerate(quienes):
            hechos.compromiso(corte, quien, "101", [(10, 10), (10, 10)], documento=f"{corte}-{n}")
            hechos.compromiso(corte, quien, "102", [(10, 2), (10, 3)], documento=f"{corte}-{n}")
    sesion_de(hechos, tmp_path, monkeypatch)
    at = abrir("sesion", corte="2031T2", dependencia="todas")
    assert [re.search(r"2.acciones 1 para preguntar$", dicho) is not None for dicho in puntos(at)] == [True, True]
    assert all("▼ Crítico 1 ● Cumple 1" in dicho for dicho in puntos(at))
    assert "no informa este corte; su último es T1 2031" in texto_de(at)
    assert "no informa" not in texto_de(abrir("sesion", corte="2031T2", dependencia="una"))


def test_con_una_sola_presente_la_apertura_dice_quien_no_informa(tmp_path, monkeypatch):
    hechos = Extractos()
    hechos.compromiso("2031T1", "falta", "101", [(10, 10)], documento="otro")
    hechos.compromiso("2031T2", "una", "101", [(10, 10), (10, 10)])
    sesion_de(hechos, tmp_path, monkeypatch)
    assert "no informa este corte; su último es T1 2031" in texto_de(abrir("sesion", corte="2031T2"))


@pytest.mark.parametrize(
    ("vista", "empieza"),
    [
        ({"corte": "2025T4", "paso": "bisom"}, "Por debajo quedaron 4;"),
        ({"corte": "2024T0", "paso": "servicios_medicos"}, "Van en 13 unidades de medida que no se suman."),
    ],
)
def test_el_parrafo_de_la_apertura_no_repite_su_titulo(vista, empieza):
    cuerpo = html_de(abrir("sesion", dependencia="todas", **vista))
    assert re.search("class='parrafo'>([^<]*)", cuerpo)[1].startswith(empieza)
