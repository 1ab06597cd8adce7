"""Renglones pequeños, hechos para la prueba: qué celda impresa es cada cifra y qué tan segura queda."""

from __future__ import annotations

import pytest

from poa.conciliacion import conciliar_reportes
from poa.conciliacion.certeza import certeza_de_casilla
from poa.conciliacion.hallazgos import hallazgos_de
from poa.conciliacion.identidades import regla_del_plan, relativo_cuadra
from poa.conciliacion.meses import resolver_meses
from poa.lectura.celdas import celda_de_cifra
from poa.lectura.leido import Leido

X = None


def leido(celdas: str, meta: float, corte: int, clave: str = "101", **otros) -> Leido:
    """Un compromiso con sus celdas escritas como en el papel: «10|·|10», con · para la celda vacía."""
    return Leido(
        documento=otros.pop("documento", "prueba"),
        ejercicio=otros.pop("ejercicio", 2030),
        corte=corte,
        dependencia="dif",
        nivel="accion",
        meta_clave="100",
        clave=clave,
        clave_impresa=f"{clave}.-",
        descripcion=otros.pop("descripcion", "Realizar algo"),
        unidad_medida=otros.pop("unidad_medida", "Evento"),
        pagina=1,
        renglon=otros.pop("renglon", 1),
        meta_impresa=meta,
        celdas=[celda_de_cifra("" if celda == "·" else celda) for celda in celdas.split("|")],
        posicion=otros.pop("posicion", "prueba/1"),
        **otros,
    )


def resolver(celdas: str, meta: float, corte: int, **otros):
    return conciliar_reportes([leido(celdas, meta, corte, **otros)])[0]


RENGLONES = [
    # (qué le pasó, celdas, meta, corte, [P1, A1, P2, A2, P3, A3, P4, A4, ABS])
    ("como pide el formato", "10|9|10|·|20|·|10|·|9|18%", 50, 1, [10, 9, 10, X, 20, X, 10, X, 9]),
    ("sin las celdas vacías", "10|9|10|20|10|9|18%", 50, 1, [10, 9, 10, X, 20, X, 10, X, 9]),
    ("P4 dos columnas a la derecha", "40|80|60|·|·|140|·|·|80|80|25%", 320, 1, [40, 80, 60, X, 140, X, 80, X, 80]),
    ("P4 copiado en A4", "30|31|20|19|25|26|15|15|76|84%", 90, 3, [30, 31, 20, 19, 25, 26, 15, X, 76]),
    ("celdas repetidas", "3|3|3|3|3|3|3|3|3|3|9|75%", 12, 3, [3, 3, 3, 3, 3, 3, 3, X, 9]),
    ("ceros que aún no tocan", "5|4|5|0|5|0|5|0|4|20%", 20, 1, [5, 4, 5, X, 5, X, 5, X, 4]),
    ("P4 perdido", "36|40|36|36|·|·|·|·|40|28%", 144, 1, [36, 40, 36, X, 36, X, 36, X, 40]),
    ("trimestres en blanco", "·|·|·|·|45|45|35|·|45|56%", 80, 3, [X, X, X, X, 45, 45, 35, X, 45]),
    ("unidad que no se suma", "100|100|100|·|100|·|100|·|100|100%", 100, 1, [100, 100, 100, X, 100, X, 100, X, 100]),
    ("cuatro trimestres cerrados", "5|6|5|4|5|5|5|7|22|110%", 20, 4, [5, 6, 5, 4, 5, 5, 5, 7, 22]),
]


@pytest.mark.parametrize("caso", RENGLONES, ids=lambda uno: uno[0])
def test_cada_cifra_cae_en_su_casilla(caso):
    _, celdas, meta, corte, esperado = caso
    assert list(resolver(celdas, meta, corte).valores[:9]) == esperado


def test_el_renglon_impreso_como_pide_el_formato_es_seguro():
    resuelto = resolver("10|9|10|·|20|·|10|·|9|18%", 50, 1)
    assert [certeza_de_casilla(resuelto, casilla) for casilla in range(9)] == ["seguro"] * 9


def test_la_cifra_que_se_deduce_no_es_segura_y_deja_hallazgo():
    resuelto = resolver("36|40|36|36|·|·|·|·|40|28%", 144, 1)
    assert certeza_de_casilla(resuelto, 6) != "seguro"
    assert any(uno.columna.startswith("programado") for uno in hallazgos_de(resuelto))


def test_el_blanco_no_es_cero():
    resuelto = resolver("10|·|10|·|10|·|10|·|0|0%", 40, 1)
    assert resuelto.valores[1] is None
    assert resuelto.valores[8] == 0


def test_la_meta_que_no_cierra_se_corrige_si_el_relativo_lo_confirma():
    """Como poa-2023, 307: 1,662 por 1,682 con 74 %."""
    resuelto = resolver("420|502|421|285|420|454|421|421|1,241|74%", 1662, 3)
    assert resuelto.meta == 1682
    assert [uno.impreso for uno in hallazgos_de(resuelto) if uno.columna == "meta_anual"] == ["1662"]


def test_la_contradiccion_que_nada_resuelve_queda_como_esta_y_en_duda():
    """Como poa-2023, 403: absoluto y relativo concuerdan y los alcanzados no los suman."""
    resuelto = resolver("135|135|135|135|135|135|135|135|601|111%", 540, 3)
    assert resuelto.valores[8] == 601
    assert {certeza_de_casilla(resuelto, casilla) for casilla in (1, 3, 5, 8)} == {"ambiguo"}
    assert [uno.severidad for uno in hallazgos_de(resuelto) if uno.regla == "alcanzado_no_suma"] == ["error"]


def test_otro_reporte_del_compromiso_corrige_la_cifra_que_rompe_la_suma():
    """Como poa-2025, T1, 500: P4 imprime 9,812 donde la meta pide 9,912."""
    resueltos = conciliar_reportes(
        [
            leido("10528|9812|11356|·|8204|·|9812|·|9812|25%", 40000, 1, posicion="prueba/1"),
            leido("10528|9812|11356|9418|8204|·|9912|·|19,230|48%", 40000, 2, posicion="prueba/2", renglon=2),
        ]
    )
    assert resueltos[0].valores[6] == 9912
    assert resueltos[0].elegida.impresos[6] == 9812
    assert certeza_de_casilla(resueltos[0], 6) == "reconstruido"


def test_el_plan_hermano_dice_cual_cifra_esta_mal():
    """Como poa-2023, 308: la meta imprime 6,482 y el plan de otro año de la dependencia, 6,492."""
    texto = "Contribuir en la atención a personas con discapacidad"
    resueltos = conciliar_reportes(
        [
            leido("1,651|1,651|1,649|1,649|1,515|1,515|1,677|·|4,815|74%", 6482, 3, descripcion=texto),
            leido("1,651|·|1,649|·|1,515|·|1,677", 6492, 0, descripcion=texto, ejercicio=2031, posicion="prueba/2"),
        ]
    )
    assert resueltos[0].meta == 6492
    assert certeza_de_casilla(resueltos[0], 0) != "ambiguo"


def test_el_plan_rehecho_cambia_de_numero():
    primeros = [leido("5|5|5|·|5|·|5|·|5|25%", 20, 1, clave=f"10{i}", renglon=i) for i in range(1, 5)]
    segundos = [
        leido("·|·|·|·|3|3|4|·|3|43%", 7, 3, clave=f"10{i}", renglon=10 + i, posicion="prueba/2") for i in range(1, 5)
    ]
    conciliar_reportes(primeros + segundos)
    assert {uno.plan for uno in primeros} == {1}
    assert {uno.plan for uno in segundos} == {2}


@pytest.mark.parametrize(
    ("programados", "meta", "unidad", "regla"),
    [
        ([25, 25, 25, 25], 100, "Evento", "suma"),
        ([100, 100, 100, 100], 100, "Porcentaje", "constante"),
        ([25, 50, 75, 100], 100, "Avance", "ultimo"),
        ([80, 90, 100, 90], 90, "Porcentaje de avance", "promedio"),
        ([10, X, 20, X], 30, "Evento", "suma"),
        ([10, 10, 10, 10], 50, "Evento", ""),
        ([X, X, X, X], 50, "Evento", ""),
    ],
)
def test_la_regla_de_acumulacion_sale_del_plan(programados, meta, unidad, regla):
    assert regla_del_plan(programados, meta, unidad) == regla


@pytest.mark.parametrize(
    ("relativo", "absoluto", "meta", "cuadra"),
    [
        (38, 3, 8, True),
        (37, 3, 8, True),
        (36, 3, 8, False),
        (18, 3506, 20000, True),
        (0, 0, 5, True),
        (10, 1, 0, False),
    ],
)
def test_el_relativo_es_un_porcentaje_entero(relativo, absoluto, meta, cuadra):
    assert relativo_cuadra(relativo, absoluto, meta) is cuadra


def _accion(programado, realizado, variacion) -> Leido:
    accion = leido("·", 0, 4)
    accion.celdas, accion.meta_impresa = [], None
    accion.meses = {"programado": programado, "realizado": realizado, "variacion": variacion}
    return accion


def test_el_mes_repetido_se_quita_donde_la_suma_cierra():
    """Como poa-2022, 5.2: trece cuatros para doce meses."""
    reales = [76, 8, 8, 11, 8, 4, 6, 9, 8, 4, 4, 4, 2]
    variaciones = [28] + [real - 4 for real in reales[1:]]
    fila, avances, meses, _ = resolver_meses(_accion([48] + [4] * 13, reales, variaciones))
    assert fila["meta_anual"] == 48
    assert [mes["realizado"] for mes in meses] == reales[1:]
    assert [avance["programado"] for avance in avances] == [12, 12, 12, 12]
    assert all(avance["derivado"] for avance in avances)


def test_el_mes_perdido_sale_de_las_otras_dos_filas():
    reales = [30, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 1, 2]
    variaciones = [-6] + [real - 3 for real in reales[1:]]
    _, _, meses, _ = resolver_meses(_accion([36] + [3] * 12, reales[:4] + reales[5:], variaciones))
    assert [mes["realizado"] for mes in meses] == reales[1:]
    assert "seguro" not in {meses[3]["certeza"]}


def test_los_porcentajes_por_mes_no_se_suman():
    reales = [97, 0, 0, 79, 0, 0, 72, 0, 0, 84, 0, 0, 97]
    plan = [90, 0, 0, 90, 0, 0, 90, 0, 0, 90, 0, 0, 90]
    _, avances, _, _ = resolver_meses(_accion(plan, reales, [r - p for r, p in zip(reales, plan, strict=True)]))
    assert [(a["programado"], a["alcanzado"]) for a in avances] == [(90, 79), (90, 72), (90, 84), (90, 97)]
