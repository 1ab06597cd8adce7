"""La figura de distancia al plan, por su resumen: orden, lugares, motivos, cortes y el caso vacío."""

import re

import pandas as pd

from poa.figuras import distancia, lienzo
from tests.test_pagina_alertas import CHICA, CORTA, DOBLE, NADA, SIN_PLAN, D, alertas

PIE = "Fuente: POA 2025, BISOM · Corte: cuarto trimestre de 2025 · Umbrales: CONEVAL 90–110 %"


def resumen(figura) -> dict:
    tallos, marcas = figura.data
    avisos = {n: [a.text.replace(D, " ") for a in figura.layout.annotations if a.name == n]
              for n in ("renglon", "motivo", "separador", "pie")}  # fmt: skip
    return {
        "tipos": [t.mode for t in figura.data],
        "y": list(marcas.y),
        "x": [round(x, 2) for x in marcas.x],
        "tallos": len([x for x in tallos.x if x is None]),
        "cifras": [re.sub(r"<[^>]+>", "", t).replace(D, " ").strip() for t in marcas.text],
        **avisos,
    }


def test_la_figura_ordena_por_distancia_y_separa_las_pequenas():
    filas = pd.concat([alertas(NADA, SIN_PLAN, CORTA, DOBLE), alertas(CHICA, es_pequena=True)])
    figura = distancia.puntos(filas.sample(frac=1, random_state=1), "Mensaje", "accion", PIE)
    hecho = resumen(figura)
    assert hecho["tipos"] == ["lines", "markers+text"]
    assert hecho["y"] == [0, 1, 2, 3, 5]
    assert hecho["x"][2:] == [-1.62, 1.0, 0.58]
    assert hecho["tallos"] == 3  # sin avance y sin plan no tienen distancia
    assert hecho["cifras"] == ["✕", "+", "▼ 32.5 %", "▲ 200 %", "▲ 150 %"]
    assert [re.sub(r"<[^>]+>", "", m) for m in hecho["motivo"]] == [
        "sin motivo", "impreso", "impreso", "≠ contradice", "impreso",
    ]  # fmt: skip
    assert hecho["separador"] == ["<b>Acciones pequeñas:</b> una unidad las saca de la banda"]
    assert figura.layout.xaxis.ticktext[-2:] == ("nada", "sin plan")
    x = figura.data[1].x
    assert x[0] < -2 and x[1] > 1
    assert lienzo.mensaje(figura) == "Mensaje"
    frase = re.sub(r"<[^>]+>", " ", figura.data[1].hovertext[0]).replace(D, " ")
    assert "No alcanzó nada de 30 despensa" in frase and frase.endswith("No imprime motivo.")


def test_la_figura_no_pasa_de_quince_renglones_y_dice_cuantas_faltan():
    muchas = [(str(n), 100, 50 - n, "Crítico", "impresa") for n in range(20)]
    filas = pd.concat([alertas(*muchas), alertas(CHICA, CHICA, es_pequena=True)])
    hecho = resumen(distancia.puntos(filas, "Mensaje", "meta", PIE))
    assert len(hecho["y"]) == lienzo.RENGLONES_MAXIMO
    assert hecho["pie"][0].replace("<br>", " ").startswith("Se muestran 15; quedan fuera 5 más y 2 pequeñas. Fuente")
    solas = resumen(distancia.puntos(alertas(CHICA, es_pequena=True), "Mensaje", "meta", PIE))
    assert solas["y"] == [1] and solas["separador"]


def test_lo_muy_lejano_se_corta_con_su_marca_y_su_cifra_verdadera():
    lejos = [("1", 1000, 10, "Crítico", "impresa"), ("2", 10, 2000, "Meta subestimada", "impresa")]
    hecho = resumen(distancia.puntos(alertas(*lejos), "Mensaje", "meta", PIE))
    assert hecho["cifras"] == ["« ▼ 1 %", "▲▲ 20,000 % »"]
    assert hecho["x"] == [-3, 3]


def test_la_figura_dice_de_quien_es_cada_una_si_hay_varias_dependencias():
    filas = alertas(CORTA, DOBLE).assign(dependencia=["dif", "bisom"])
    hecho = resumen(distancia.puntos(filas, "M", "meta", PIE, nombres={"dif": "DIF", "bisom": "BISOM"}))
    assert hecho["renglon"][0].startswith("DIF 403 · Entregar")


def test_la_figura_sin_nada_tiene_su_frase():
    figura = distancia.puntos(alertas(), "Mensaje", "meta", PIE)
    textos = [a.text for a in figura.layout.annotations if a.name == "vacia"]
    assert textos == ["Ninguna meta de esta selección se aparta de su plan."]
