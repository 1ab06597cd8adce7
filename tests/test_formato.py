"""El español de México de las cifras, cortes y palabras del tablero."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa import formato

D = formato.ESPACIO


@pytest.mark.parametrize(
    ("valor", "escrito"),
    [
        (1234.5, "1,234.5"),
        (9513, "9,513"),
        (0, "0"),
        (-30, "−30"),
        (-0.001, "−0.001"),
        (0.000001, "0.000001"),
        (-1e-9, "0"),
        (89.27, "89.27"),
        (None, "—"),
        (float("nan"), "—"),
        (float("inf"), "—"),
        (pd.NA, "—"),
    ],
)
def test_numero(valor, escrito):
    assert formato.numero(valor) == escrito


@pytest.mark.parametrize(
    ("valor", "escrito"),
    [
        (100, "100"),
        (89.96, "89.9"),
        (89.99999, "89.9"),
        (90, "90"),
        (69.99, "69.9"),
        (110.01, "110.1"),
        (110, "110"),
        (220.004, "220.1"),
        (105.04, "105.1"),
        (92.46, "92.4"),
        (92.5, "92.5"),
        (100.03, "100.1"),
        (0.02, "0.1"),
        (0, "0"),
        (33.333, "33.3"),
        (2624.44, "2,624.4"),
    ],
)
def test_el_porcentaje_no_cruza_un_umbral_al_redondear(valor, escrito):
    assert formato.porcentaje(valor) == f"{escrito}{D}%"


@given(
    valor=st.decimals(0, 3000, places=6, allow_nan=False),
    umbral=st.integers(0, 6000).map(lambda medios: Decimal(medios) / 2),
)
def test_lo_escrito_queda_del_mismo_lado_de_todo_umbral(valor, umbral):
    def lado(cifra: Decimal) -> int:
        return (cifra > umbral) - (cifra < umbral)

    escrito = Decimal(str(formato.decimal_fiel(float(valor))))
    assert lado(escrito) == lado(valor)
    assert abs(escrito - valor) < Decimal("0.1")


def test_las_partes_se_redondean_como_siempre():
    assert formato.parte(89.96) == f"90{D}%"
    assert formato.parte(100 * 21 / 52) == f"40.4{D}%"
    assert formato.parte(None) == formato.parte(float("nan")) == "—"


@pytest.mark.parametrize(
    ("corte", "largo", "corto", "archivo"),
    [
        ("2018T1", "primer trimestre de 2018", "T1 2018", "2018-T1"),
        ("2025T3", "tercer trimestre de 2025", "T3 2025", "2025-T3"),
        ("2024T0", "plan de 2024", "Plan 2024", "2024-plan"),
        ("otro", "corte sin nombre", "—", "sin-corte"),
        (None, "corte sin nombre", "—", "sin-corte"),
    ],
)
def test_cortes(corte, largo, corto, archivo):
    assert (formato.corte(corte), formato.corte_corto(corte), formato.corte_archivo(corte)) == (
        largo,
        corto,
        archivo,
    )


def test_fechas_y_pesos():
    assert formato.fecha(date(2018, 4, 9)) == "9 abr 2018"
    assert formato.fecha(None) == "—"
    assert formato.pesos(1234.5) == "$1,234.50"
    assert formato.pesos(-2) == "−$2.00"


def test_plurales_y_listas():
    assert formato.contar(1, "accion") == f"1{D}acción"
    assert formato.contar(1200, "meta") == f"1,200{D}metas"
    assert formato.lista(["DIF"]) == "DIF"
    assert formato.lista(["DIF", "BISOM", "IMMM"]) == "DIF, BISOM e IMMM"
    assert formato.lista(["agua", "hielo"]) == "agua y hielo"
    assert formato.lista(["siete", "ocho"], "o") == "siete u ocho"
    assert formato.lista([]) == ""


@pytest.mark.parametrize(
    ("impreso", "escrito"),
    [
        ("REUNIONES DE TRABAJO", "reuniones de trabajo"),
        ("Persona usuaria", "persona usuaria"),
        ("APOYO DEL DIF EN MEXICALI", "apoyo del DIF en Mexicali"),
        ("100 %", "100 %"),
        (None, ""),
    ],
)
def test_minusculas(impreso, escrito):
    assert formato.minusculas(impreso) == escrito


def test_oracion_y_recorte():
    assert formato.oracion("SE CUMPLIÓ. FALTA EL INFORME.") == "Se cumplió. Falta el informe."
    assert formato.oracion("Los talleres del C.D.H.I. y otros. falta uno.") == (
        "Los talleres del C.D.H.I. y otros. Falta uno."
    )
    assert formato.oracion(None, "Sin texto") == "Sin texto"
    assert formato.recortar("Entregar despensas a familias", 20) == "Entregar despensas…"
    assert formato.partir("uno dos tres cuatro", 8, 2) == "uno dos<br>tres…"


def test_un_texto_sin_espacios_o_con_signos_de_html_cabe_y_se_lee_como_esta_impreso():
    assert formato.recortar("101 · " + "x" * 200, 20) == "101 · " + "x" * 13 + "…"
    assert formato.partir("x" * 70, 32) == "<br>".join(["x" * 32, "x" * 32, "x" * 6])
    assert formato.partir("Electroencefalografista", 12) == "Electroencefalografista"
    assert formato.partir("Niños <18 años> y A & B", 60) == "Niños &lt;18 años&gt; y A &amp; B"
    assert formato.partir("uno <b>dos</b> tres", 12, 1) == "uno &lt;b&gt;dos&lt;…"


def test_nombres_de_archivo_y_de_columna():
    assert formato.nombre_archivo("2025-T3", "bisom", "Variación") == "2025-T3_bisom_variacion"
    assert formato.columna("programado_t2") == "Programado, abr–jun"
    assert formato.columna("meta_anual") == "Meta anual"
    assert formato.columna(None) == "—"


def test_las_notas_se_leen_sin_claves():
    assert formato.prosa("poa-2025: 2025T1 imprime programado_t2 = 3") == (
        "POA 2025: primer trimestre de 2025 imprime programado, abr–jun = 3"
    )
    assert formato.prosa("la del reporte 2025T2") == "la del reporte del segundo trimestre de 2025"
    assert formato.prosa(None) == "—"
