"""Lo que dice la página Dependencias, de todas, de una y de un compromiso: frases exactas y casos sin nada."""

import pandas as pd

from poa import formato
from poa.consultas import consultar
from poa.mensajes import compromiso, comunes, dependencias
from tests.test_pagina_dependencias import TRES, filas, lado_a_lado, plan

D = formato.ESPACIO


def test_que_grupo_tiene_la_menor_parte_en_banda():
    tabla, como = lado_a_lado(TRES)
    assert dependencias.comparacion(tabla, "accion", como).replace(D, " ") == (
        "BISOM: 1 de 3 acciones en banda; DIF, 2 de 3"
    )
    iguales = tabla[tabla["evaluables"] > 0].assign(cumplen=2)
    assert dependencias.comparacion(iguales, "accion", "programa").replace(D, " ") == (
        "Los programas tienen la misma parte en banda: 66.7 %"
    )
    dos = pd.concat([tabla.head(1), tabla.head(1).assign(grupo="IMJUM"), tabla.iloc[1:2]], ignore_index=True)
    assert dependencias.comparacion(dos, "accion", como).replace(D, " ") == (
        "BISOM (1 de 3) e IMJUM (1 de 3) tienen la menor parte en banda"
    )
    assert dependencias.comparacion(tabla.head(1), "meta", como).replace(D, " ") == "BISOM: 1 de 3 metas en banda"
    assert dependencias.comparacion(tabla.tail(1), "accion", como).replace(D, " ") == "IMMM compromete 1 acción"


def todas(tabla: pd.DataFrame, quienes: list[str], corte: str = "2025T4") -> str:
    grupos, como = lado_a_lado(tabla)
    return dependencias.parrafo_todas(grupos, tabla, "accion", como, quienes, corte, "acumulado").replace(D, " ")


def test_el_parrafo_de_todas():
    assert todas(TRES, ["DIF", "BISOM", "IMMM"]) == (
        "En lo acumulado al cuarto trimestre de 2025, DIF, BISOM e IMMM cumplieron 3 de 6 acciones evaluables. Por "
        "dependencia hay tan pocas que una sola mueve mucho el porcentaje. El índice acotado de esas 6, que no "
        "premia rebasar, es de 75 %; una rebasó su plan, que es falla de planeación. Todas las exigibles tienen "
        "reporte."
    )
    doble = pd.concat([TRES, TRES])
    assert "Por dependencia, van en banda desde 2 de 6 en BISOM hasta 4 de 6 en DIF; en 1 no hay qué evaluar." in todas(
        doble, ["DIF", "BISOM", "IMMM"]
    )
    sin_medida = TRES.assign(estado="Aún no exigible", cumplimiento_pct=float("nan"))
    assert todas(sin_medida, ["DIF", "BISOM", "IMMM"], "2024T0") == (
        "En el plan de 2024, DIF, BISOM e IMMM comprometen 7 acciones. Nada es exigible todavía: se conoce lo "
        "programado, no lo alcanzado."
    )
    sin_empate = sin_medida[(sin_medida["dependencia"] != "bisom") | (sin_medida["clave"] != "301")]
    assert "DIF es quien más compromete, 3 acciones; quien menos, IMMM, 1." in todas(sin_empate, list("abc"), "2024T0")
    assert todas(TRES.head(0), ["DIF"]) == "No hay acciones para esta selección en el cuarto trimestre de 2025."


def una(tabla: pd.DataFrame, *certezas: str) -> str:
    return dependencias.parrafo_una(tabla, "accion", "BISOM", "2025T4", "acumulado", certezas).replace(D, " ")


def test_el_parrafo_de_una_dice_el_motivo_impreso_y_lo_que_va_con_reserva():
    tabla = filas(bisom=(32.5, 85, 100, 190))
    tabla["observaciones"] = ["HUBO LLUVIAS EN LA ZONA.", None, None, None]
    tabla["etiquetas"] = ["reprogramada", None, None, "reporte incompleto"]
    assert una(tabla, "reconstruido", "seguro", "ambiguo") == (
        "En lo acumulado al cuarto trimestre de 2025, BISOM cumplió 1 de 4 acciones evaluables. Por debajo quedaron "
        "2; la más corta es la acción 301, «Entregar despensas»: 3.25 de 10 (unidad: despensa), 32.5 % del plan; el "
        "documento imprime su motivo. La única que lo rebasó es la 304, con 190 % (reporte "
        "incompleto). Con reserva: 1 con reporte incompleto y 2 con cifras reconstruidas o ambiguas; el plan se "
        "rehízo durante 2025."
    )
    assert una(filas(bisom=(100, 95))).endswith("Ninguna quedó por debajo del plan. Ninguna lo rebasó.")
    assert "La única por debajo es la acción 301" in una(filas(bisom=(0, 100)))
    assert "una de las más cortas es" in una(filas(bisom=(0, 0, 100)))
    assert "Lo rebasaron 2; las que más, la 302 y la 303, con 190 %." in una(filas(bisom=(100, 190, 190)))
    larga = una(tabla.assign(observaciones="HUBO LLUVIAS EN LA ZONA Y SE SUSPENDIERON LAS JORNADAS " * 3), 2)
    assert "el documento imprime su motivo" in larga and len(larga) <= comunes.LARGO_PARRAFO
    assert una(filas(bisom=(None,))).endswith("BISOM tiene 1 acción y ninguna se puede evaluar.")


def test_lo_distinto_de_lo_impreso_se_cuenta_aparte_de_lo_dudoso():
    dicho = una(filas(bisom=(32.5, 85)), "distinto", "ambiguo", "distinto", "seguro")
    assert "Con reserva: 1 con cifras reconstruidas o ambiguas y 2 con un total distinto del impreso." in dicho


def test_el_motivo_que_sus_cifras_desmienten_no_se_cita_como_explicacion():
    tabla = filas(bisom=(32.5, 100)).assign(
        observaciones="SE SUPERÓ LA META.", etiquetas="justificación contradictoria"
    )
    assert "su motivo contradice a las cifras: «Se superó la meta»" in una(tabla)
    assert "explica" not in una(tabla)
    larga = tabla.assign(descripcion="PALABRA " * 60, observaciones="MOTIVO LARGO " * 60, unidad_medida="UNIDAD " * 40)
    assert "; su motivo contradice a las cifras." in una(larga) and "imprime su motivo" not in una(larga)


def test_el_titulo_de_la_variacion_no_calla_un_reporte_incompleto():
    tabla = filas(bisom=(32.5, 190)).assign(etiquetas=[None, "reporte incompleto"])
    assert dependencias.variacion(tabla, "accion", "BISOM").replace(D, " ") == (
        "La acción 301 quedó en 32.5 % del plan y la 302 llegó a 190 % (reporte incompleto)"
    )


def test_el_titulo_de_la_variacion_cuenta_los_empates():
    assert dependencias.variacion(filas(bisom=(0, 0, 190, 190)), "accion", "BISOM").replace(D, " ") == (
        "2 acciones quedaron en 0 % del plan y 2 llegaron a 190 %"
    )


def test_cuando_se_programa_el_plan():
    def dicho(*cifras: tuple) -> str:
        return dependencias.calendario(*plan(*cifras), "accion", "DIF").replace(D, " ")

    assert dicho((1, 1, 1, 1), (1, 1, 1, 1)) == "Las 2 acciones de DIF programan algo en los cuatro trimestres"
    assert dicho((0, 1, 1, 1), (None, 1, 1, 1)) == (
        "De las 2 acciones de DIF, programan algo 0 en ene–mar, 2 en abr–jun, 2 en jul–sep y 2 en oct–dic"
    )
    assert dicho((0, 1, 0, 1)) == "La única acción de DIF se programa en abr–jun y oct–dic"
    assert dicho((None, None, None, None)) == "El plan de DIF no reparte sus acciones por trimestre"


def test_la_certeza_de_un_compromiso_es_la_peor_de_sus_cifras():
    def dicha(informe: str, *trimestres: tuple[float | None, float | None, str], impreso: float | None = None) -> str:
        suyos = pd.DataFrame(trimestres, columns=["programado", "alcanzado", "certeza"]).assign(vigente_id="a")
        filas = pd.DataFrame({"vigente_id": ["a"], "certeza": [informe], "total_impreso": [impreso]})
        return dependencias.certezas(filas, suyos)["a"]

    assert dicha("seguro", (1, None, "ambiguo"), (1, 1, "seguro")) == "ambiguo"
    assert dicha("reconstruido", (1, 1, "seguro")) == "reconstruido"  # la meta anual, o algo más del renglón
    # un blanco no tiene cifra que reconstruir, venga de donde venga
    assert dicha("seguro", (None, None, "reconstruido"), (1, 1, "seguro")) == "seguro"
    assert dicha("reconstruido", (None, None, "reconstruido"), (1, 1, "seguro")) == "seguro"
    assert dicha("reconstruido", (None, None, "reconstruido"), (1, 1, "reconstruido")) == "reconstruido"
    # dos lecturas de un blanco: cuentan en el último informe y no en uno que ya no se usa
    assert dicha("ambiguo", (None, None, "ambiguo"), (1, 1, "seguro")) == "ambiguo"
    assert dicha("seguro", (None, None, "ambiguo"), (1, 1, "seguro")) == "seguro"
    # lo que el informe imprime distinto no se leyó mal: es otra cosa, y menos que cualquier duda de lectura
    assert dicha("seguro", (1, 1, "seguro"), impreso=2) == "distinto"
    assert dicha("seguro", (1, 1, "reconstruido"), impreso=2) == "reconstruido"
    assert dicha("reconstruido", (None, None, "reconstruido"), (1, 1, "seguro"), impreso=2) == "distinto"


# ---------------------------------------------------------------- un compromiso


LA_305 = {
    "nivel": "accion", "clave": "305", "descripcion": "FOMENTAR LA VINCULACIÓN", "unidad_medida": "Expediente",
    "programado": 85.0, "alcanzado": 97.0, "cumplimiento_pct": 114.117, "estado": "Sobrecumple", "meta_anual": 85.0,
    "avance_anual_pct": 114.117, "regla_acumulacion": "suma", "etiquetas": "reprogramada",
    "informe_relativo_pct": 20.0, "informe_avance_absoluto": 2.0, "informe_meta_anual": 10.0,
    "corte_informe": "2025T4", "observaciones": None,
}  # fmt: skip


def anio(*estados: str, plan: tuple = (1, 1, 2, 2), en_plan: bool = True) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "trimestre": [1, 2, 3, 4], "programado": [50.0, 25.0, 10.0, 0.0], "estado": estados, "plan": plan,
            "es_exigible": True, "esta_en_plan": [True, True, en_plan, en_plan],
        }
    )  # fmt: skip


REPLANEADO = anio("Sobrecumple", "Crítico", "Sin avance", "Avance no programado")


def contraste(trimestres: pd.DataFrame = REPLANEADO, corte: str = "2025T4", **cambios: object) -> str:
    return compromiso.contraste(LA_305 | cambios, trimestres, corte).replace(D, " ")


def test_el_contraste_con_lo_que_imprime_el_informe():
    assert contraste() == (
        "El año suma 97 de 85 (114.1 %) con los dos planes; el informe, solo con el suyo, imprime 20 % (2 de 10)."
    )
    assert "el informe, solo con el suyo, también imprime 114 %" in contraste(informe_relativo_pct=114.0)
    assert contraste(anio(*["Cumple"] * 4, en_plan=False), corte_informe="2025T2") == (
        "El año suma 97 de 85 (114.1 %) y el plan nuevo ya no lo incluye; su último informe, del segundo trimestre de "
        "2025, contra el año entero de su plan, imprime 20 % (2 de 10)."
    )
    assert contraste(etiquetas=None, avance_anual_pct=20.0, corte="2025T3", corte_informe="2025T3") == (
        "Hasta el tercer trimestre de 2025 suma 97 de 85 (114.1 %); el informe, contra la meta de todo el año, "
        "imprime 20 % (2 de 10)."
    )
    assert contraste(etiquetas="reporte incompleto", avance_anual_pct=20.0).startswith(
        "Lo reportado suma 97 de 85 programados para esos trimestres (114.1 %); el informe"
    )
    assert contraste(etiquetas=None) == (
        "El año suma 97 de 85 (114.1 %); el informe, en cambio, imprime 20 % (2 de 10)."
    )
    assert contraste(etiquetas=None, informe_relativo_pct=114.0) == contraste(informe_relativo_pct=None) == ""


def test_el_recorrido_por_los_trimestres():
    def dicho(*estados: str, **cambios: object) -> str:
        return compromiso.recorrido(LA_305, anio(*estados, **cambios))

    assert dicho("Sobrecumple", "Crítico", "Sin avance", "Avance no programado") == (
        "La acción 305 no estuvo en banda en ninguno de sus 3 trimestres evaluables; desde jul–sep rige otro plan"
    )
    mismo = {"plan": (1, 1, 1, 1)}
    assert dicho(*["Cumple"] * 4, **mismo) == "La acción 305 estuvo en banda en sus 4 trimestres evaluables"
    assert dicho("Cumple", "Crítico", "Sin reporte", "Sin reporte", **mismo) == (
        "La acción 305 estuvo en banda en 1 de sus 2 trimestres evaluables; sin reporte en jul–sep y oct–dic"
    )
    assert dicho("Cumple", *["Sin programación"] * 3, plan=(1, 1, 2, 2), en_plan=False) == (
        "La acción 305 estuvo en banda en su único trimestre evaluable; desde jul–sep ya no está en el plan"
    )
    por_venir = REPLANEADO.assign(es_exigible=False)
    assert compromiso.recorrido(LA_305, por_venir) == "La acción 305 se programa en 3 de los 4 trimestres"


def test_las_senales_se_explican_con_palabras():
    trimestres = anio("Cumple", "Cumple", "Sin reporte", "Sin reporte")
    dichas = dict(compromiso.senales("meta pequeña; reporte incompleto", trimestres, 9))
    assert list(dichas) == ["Meta pequeña", "Reporte incompleto"]
    assert dichas["Meta pequeña"].startswith("con 9 o menos programados")
    assert dichas["Reporte incompleto"].startswith("no hay reporte de jul–sep y oct–dic")
    assert compromiso.senales(None, trimestres, 9) == []
    de_la_base = consultar("cumplimiento")["etiquetas"].dropna().str.split("; ").explode()
    assert set(de_la_base) - {""} <= set(compromiso.SENALES)
