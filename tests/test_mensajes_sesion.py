"""Lo que se dice de una cifra y de un acuerdo en la sesión: su reserva, lo que falta y lo que no se compara."""

import pandas as pd
import pytest

from poa import acuerdos, formato
from poa.mensajes import acuerdos as de_acuerdos
from poa.mensajes import compromiso, sesion
from poa.mensajes import sesion_laminas as dichos
from tests.test_acuerdos import ESLABON, FILA

D = formato.ESPACIO
VACIA = {"programado": None, "alcanzado": None, "cumplimiento_pct": None, "certeza": "seguro"}


@pytest.fixture
def acuerdo(tmp_path, monkeypatch) -> acuerdos.Acuerdo:
    """Uno apuntado en 2025T2, en una carpeta aparte."""
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    return acuerdos.apuntar(FILA, ESLABON, "2025T2", "Revisar", "JLM")


# ---------------------------------------------------------------- una cifra


def test_el_total_que_no_es_el_impreso_dice_cual_se_imprime():
    fila = {"programado": 90.0, "alcanzado": 78.41, "estado": "En riesgo", "certeza": "distinto", "total_impreso": 90.0}
    assert sesion.reserva(fila) == "el informe imprime 90"
    assert sesion.reserva(fila | {"certeza": "ambiguo"}) == "cifra con dos lecturas"
    del fila["total_impreso"]  # un acuerdo guarda la duda, no lo impreso
    assert sesion.reserva(fila) == "total distinto del impreso"


def test_lo_que_no_se_puede_juntar_no_se_dice_que_falte():
    sin_regla = VACIA | {"estado": "Dato por revisar", "certeza": "ambiguo"}
    assert sesion.cifra(sin_regla) == "sus trimestres no se pueden juntar en una cifra"
    assert sesion.reserva(sin_regla) == "cifra con dos lecturas"
    assert sesion.cifra(VACIA | {"estado": "Sin programación"}) == "sin dato"


def test_lo_que_compromete_un_plan_lleva_su_unidad_aparte():
    plan = {"meta_anual": 4.0, "unidad_medida": "INFORME"}
    assert sesion.compromete(plan) == ("4", "en el año (unidad: informe)")
    assert sesion.compromete(plan | {"unidad_medida": None}) == ("4", "en el año")
    fila = plan | VACIA | {"nivel": "meta", "clave": "5", "estado": "Aún no exigible"}
    dicho = compromiso.titulo(fila, fila, "2024T0", "acumulado")
    assert dicho == "La meta 5 compromete 4 en el año (unidad: informe); todavía no es exigible"


# ---------------------------------------------------------------- los acuerdos


def test_el_singular_no_reparte():
    assert sesion.hay_previos(1) == f"Hay 1{D}acuerdo de cortes anteriores; está junto a su compromiso."
    assert sesion.hay_previos(2).endswith("cortes anteriores; cada uno, junto a su compromiso.")
    assert "cada uno" not in de_acuerdos.contar_previos(1) and "cada uno" in de_acuerdos.contar_previos(2)


def test_la_cifra_de_un_compromiso_que_ya_no_se_informa_es_la_del_corte():
    fila = {"corte": "2025T4", "corte_informe": "2025T2"}
    assert de_acuerdos.ahora(fila) == "al T4 2025 (su último informe es T2 2025)"
    assert de_acuerdos.ahora(fila | {"corte_informe": "2025T4"}) == "ahora (T4 2025)"


def test_de_un_anio_a_otro_no_se_pasa_de_un_estado_a_otro(acuerdo):
    fila = {"corte": "2025T4", "estado": "Cumple"}
    assert de_acuerdos.cambio(acuerdo, fila) == "pasó de «En riesgo» a «Cumple»"
    for otro in ("Cumple", "Aún no exigible", "En riesgo"):
        dicho = de_acuerdos.cambio(acuerdo, fila | {"corte": "2026T0", "estado": otro})
        assert dicho == "es el plan de 2026, que empieza de cero"


CORTES = pd.DataFrame(
    [("DIF", "2026T1"), ("DIF", "2026T2"), ("DIF", "2026T3"),
     ("IMJUM", "2026T2"), ("IMJUM", "2026T1"), ("IMMM", "2026T4")],
    columns=["dependencia_corta", "corte"],
)  # fmt: skip


def test_quien_informo_antes_y_falta_se_nombra():
    assert sesion.sin_informe(CORTES, "2026T2") == ""
    assert sesion.sin_informe(CORTES, "2026T3") == "IMJUM no informa este corte; su último es T2 2026"
    assert sesion.sin_informe(CORTES, "2026T4") == (
        "No informan este corte, con el último que informaron: DIF (T3 2026) e IMJUM (T2 2026)"
    )
    vacio = pd.DataFrame(columns=["documento", "seccion", "encabezado", "texto"])
    puntos = dichos.orden_del_dia(vacio, 2026, ["DIF"], sesion.sin_informe(CORTES, "2026T3"))[1]
    assert puntos[3:5] == [(1, "a) DIF"), (1, "IMJUM no informa este corte; su último es T2 2026.")]


# ---------------------------------------------------------------- los totales de un cuadro


def test_el_pie_solo_explica_los_totales_que_lleva_el_cuadro():
    filas = pd.DataFrame({"clave": ["1", "2"], "regla_acumulacion": ["último valor", "suma"], "alcanzado": [3.0, 4.0]})
    assert dichos.nota_de_total(filas) == "El total R de 1 es el del último trimestre."
    assert dichos.nota_de_total(filas.assign(regla_acumulacion="promedio", alcanzado=None)) == ""


def test_si_la_unidad_cambio_en_el_ano_el_pie_dice_en_cual_se_media_cada_trimestre():
    filas = pd.DataFrame({"vigente_id": ["a", "b"], "clave": ["101", "102"]})
    impresas = pd.DataFrame(
        {"vigente_id": ["a"] * 4 + ["b"], "trimestre": [1, 2, 3, 4, 1], "programado": [1.0, None, 5.0, 5.0, 2.0],
         "alcanzado": [1.0, 2.0, 5.0, None, None], "es_otra_unidad": [True, True, False, False, False],
         "programado_unidad": ["TALLER", "TALLER", "PERSONA", "PERSONA", "INFORME"]}
    )  # fmt: skip
    assert dichos.nota_de_unidad(filas, impresas) == "En ene–mar y abr–jun, 101 se medía en taller."
    assert dichos.nota_de_unidad(filas.tail(1), impresas) == ""


def test_las_claves_de_calidad_dicen_de_quien_son_si_el_corte_tiene_varias():
    filas = pd.DataFrame(
        {"vigente_id": ["a", "b"], "dependencia": ["dif", "imjum"], "clave": ["1", "1"], "nivel": "accion",
         "estado": ["Sin reporte", "Cumple"], "etiquetas": None}
    )  # fmt: skip
    hallazgos = pd.DataFrame(columns=["nivel", "severidad"])
    certezas = pd.Series({"a": "seguro", "b": "seguro"})

    def cuales(algunas: pd.DataFrame) -> str:
        tabla = dichos.revisiones(algunas, certezas, set(), hallazgos, {"dif": "DIF", "imjum": "IMJUM"})
        return next(renglon[3] for renglon in tabla if renglon[0] == "Sin reporte")

    assert cuales(filas) == "DIF 1" and cuales(filas.head(1)) == "1"
