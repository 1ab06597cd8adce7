"""Los compromisos de los documentos con que se discute el tablero, por la base de verdad.

Cada señal tiene aquí un compromiso impreso; al lado, la hoja y el renglón donde está.
"""

import pandas as pd
import pytest

from poa.consultas import consultar

ETIQUETAS = [
    # etiqueta, corte, clave, periodo; lo impreso
    ("desfase de calendario", "2025T4", "309", "trimestre"),  # poa-2025, renglón 897: T4 142 de 105; 501 de 480
    ("desfase de calendario", "2023T3", "404", "trimestre"),  # poa-2023, renglón 329: T3 27 de 24; 90 de 87
    ("meta pequeña", "2018T1", "1.2", "acumulado"),  # poa-2018, renglón 27: 1 de 1
    ("reprogramada", "2025T4", "305", "acumulado"),  # poa-2025, renglón 894: el plan nuevo compromete 10
    ("reporte incompleto", "2025T4", "500", "acumulado"),  # poa-2025: sus hojas son solo de T1 y T2
    ("justificación ausente", "2022T4", "5.4", "acumulado"),  # poa-2022, renglón 348: 4 de 60, sin observación
    ("justificación ausente", "2023T3", "309", "acumulado"),  # poa-2023, renglón 234: 273 de 548, sin observación
    ("justificación contradictoria", "2025T4", "305", "acumulado"),  # dice superada; su plan lleva 2 de 10
    ("justificación contradictoria", "2022T4", "4", "acumulado"),  # poa-2022, renglón 109: 2,639 de 3,171
    ("justificación contradictoria", "2022T4", "6", "acumulado"),  # la observación de la meta 5, con 96.36 de 100
    ("justificación contradictoria", "2023T3", "304", "acumulado"),  # renglón 171: 12,127 de 10,782 «no se alcanza»
]
SIN_ETIQUETA = [
    ("desfase de calendario", "2025T4", "403", "trimestre"),  # corto en el trimestre y en el año
    ("meta pequeña", "2018T1", "2.4", "acumulado"),  # P = 40
    ("reprogramada", "2025T2", "305", "acumulado"),  # el plan nuevo empieza en el tercer trimestre
    ("reporte incompleto", "2025T2", "500", "acumulado"),
    ("justificación ausente", "2018T1", "2.3", "acumulado"),
    ("justificación contradictoria", "2025T4", "306", "acumulado"),  # superada, y sí: 82 de 72 en su plan
    ("justificación contradictoria", "2025T2", "305", "acumulado"),  # «no se supera … la anual se sobrecumple»
]


def una(corte: str, clave: str, periodo: str = "acumulado") -> pd.Series:
    filas = consultar("cumplimiento", corte=corte, periodo=periodo)
    filas = filas[filas["clave"] == clave]
    assert len(filas) == 1
    return filas.iloc[0]


def estados_por_trimestre(corte: str, clave: str) -> list[str]:
    filas = consultar("trimestres", corte=corte)
    return filas[filas["clave"] == clave].sort_values("trimestre")["estado"].tolist()


@pytest.mark.parametrize(("etiqueta", "corte", "clave", "periodo"), ETIQUETAS)
def test_cada_etiqueta_se_ve_en_un_compromiso_impreso(etiqueta, corte, clave, periodo):
    assert etiqueta in una(corte, clave, periodo)["etiquetas"].split("; ")


@pytest.mark.parametrize(("etiqueta", "corte", "clave", "periodo"), SIN_ETIQUETA)
def test_la_etiqueta_no_se_pone_a_quien_no_la_merece(etiqueta, corte, clave, periodo):
    assert etiqueta not in una(corte, clave, periodo)["etiquetas"].split("; ")


def test_el_anio_de_la_305_suma_sus_dos_planes_y_el_informe_imprime_el_suyo():
    fila = una("2025T4", "305")
    assert fila[["programado", "alcanzado", "estado"]].tolist() == [85, 97, "Sobrecumple"]
    assert fila["cumplimiento_pct"] == pytest.approx(114.1176, abs=1e-4)
    assert fila["informe_relativo_pct"] == 20
    trimestres = consultar("trimestres", corte="2025T4").query("clave == '305'").sort_values("trimestre")
    assert trimestres["programado"].tolist() == [50, 25, 10, 0]
    assert trimestres["alcanzado"].tolist() == [85, 10, 0, 2]
    assert trimestres["plan"].tolist() == [1, 1, 2, 2]


def test_la_unidad_que_dejo_de_informar_conserva_sus_trimestres_y_debe_los_otros():
    trimestres = consultar("trimestres", corte="2025T4")
    de_la_unidad = trimestres[trimestres["meta_clave"] == "500"]
    tarde = de_la_unidad[de_la_unidad["trimestre"] >= 3]
    assert set(tarde["estado"]) == {"Sin reporte"}
    temprano = de_la_unidad[(de_la_unidad["trimestre"] <= 2) & (de_la_unidad["programado"] > 0)]
    assert temprano["alcanzado"].notna().all()
    assert len(temprano) == 14


@pytest.mark.parametrize(("corte", "trimestre"), [("2025T3", 4), ("2023T3", 4), ("2025T1", 2)])
def test_el_trimestre_que_no_cierra_no_se_debe(corte, trimestre):
    filas = consultar("trimestres", corte=corte)
    assert set(filas.loc[filas["trimestre"] >= trimestre, "estado"]) == {"Aún no exigible"}
    assert "Aún no exigible" not in set(filas.loc[filas["trimestre"] < trimestre, "estado"])


def test_el_plan_2024_no_trae_avance():
    filas = consultar("cumplimiento", corte="2024T0")
    assert set(filas["estado"]) == {"Aún no exigible"}
    assert filas["alcanzado"].isna().all()
    assert filas["meta_anual"].notna().mean() > 0.9
    assert consultar("alertas", corte="2024T0").empty
