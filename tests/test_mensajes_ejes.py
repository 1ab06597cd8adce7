"""Lo que dice la página Ejes del PMD: frases completas, cada plan aparte y cada compromiso una vez en su plan."""

import pandas as pd
import pytest

from poa import formato
from poa.figuras import calor
from poa.mensajes import ejes as mensajes

SIN_RAZON = dict.fromkeys(calor.SIN_RAZON, 0)


def llano(texto: str) -> str:
    return texto.replace(formato.ESPACIO, " ").replace(formato.UNION, "").replace("<br>", " ")


def codigos(*filas: tuple) -> pd.DataFrame:
    """Filas como las de la consulta ejes: plan, código, nombre (o nada), total, evaluables y cumplen."""
    tabla = pd.DataFrame(filas, columns=["pmd", "clave_pmd", "nombre", "total", "evaluables", "cumplen"]).assign(
        **SIN_RAZON
    )
    tabla["tiene_nombre"] = tabla["nombre"].notna()
    tabla["en_banda_pct"] = 100 * tabla["cumplen"] / tabla["evaluables"].where(tabla["evaluables"] > 0)
    tabla["debajo"], tabla["excedidos"] = tabla["evaluables"] - tabla["cumplen"], 0
    tabla["no_exigibles"] = tabla["total"] - tabla["evaluables"]
    tabla["esperados"] = tabla["reportados"] = tabla["evaluables"]
    return tabla


def alineados(*filas: tuple) -> pd.DataFrame:
    """Una fila por compromiso y eje: plan (o nada), estado y cuántos compromisos así."""
    todas = [(f"2025/dif/{i}/{j}", p, e, "") for i, (p, e, n) in enumerate(filas) for j in range(n)]
    return pd.DataFrame(todas, columns=["vigente_id", "pmd", "estado", "etiquetas"])


def por_trimestre(*filas: tuple) -> pd.DataFrame:
    """Filas como las de ejes_trimestre: el trimestre y lo que pide `codigos`."""
    return codigos(*(f[1:] for f in filas)).assign(trimestre=[f[0] for f in filas])


VIEJO, NUEVO = "2022-2024", "2025-2027"
DOS_PLANES = codigos(
    (VIEJO, "2", "Bienestar para todos", 6, 5, 1),
    (VIEJO, "5", None, 3, 2, 0),
    (NUEVO, "1", "Bienestar para todas las personas", 15, 15, 12),
    (NUEVO, "3", "Mexicali crece", 5, 5, 2),
)
SUYOS = alineados(
    (VIEJO, "Cumple", 1), (VIEJO, "Crítico", 4), (VIEJO, "Sin reporte", 1),
    (NUEVO, "Cumple", 14), (NUEVO, "Crítico", 6), (None, "Cumple", 3),
)  # fmt: skip


def mensaje(ejes: pd.DataFrame, suyos: pd.DataFrame, nivel: str = "accion", quienes=("BISOM",)) -> str:
    return llano(mensajes.mensaje(ejes, suyos, nivel, list(quienes), "2025T4"))


def test_el_mensaje_habla_de_cada_plan_por_su_eje_con_mas_evaluables():
    assert mensaje(DOS_PLANES, SUYOS) == (
        "En el PMD 2025–2027, «Bienestar para todas las personas» tiene en banda 12 de 15 acciones; "
        "en el PMD 2022–2024, «Bienestar para todos», 1 de 5"
    )
    assert mensaje(DOS_PLANES[DOS_PLANES["pmd"] == VIEJO], SUYOS) == (
        "En el PMD 2022–2024, «Bienestar para todos» tiene en banda 1 de 5 acciones; "
        "el eje 5 (sin nombre impreso), 0 de 2"
    )
    assert mensaje(codigos((NUEVO, "4", None, 2, 1, 1)), SUYOS, "meta") == (
        "En el PMD 2025–2027, el eje 4 (sin nombre impreso) tiene en banda 1 de 1 meta"
    )


def test_el_mensaje_sin_nada_que_evaluar():
    plan = codigos((VIEJO, "1", None, 4, 0, 0), (VIEJO, "2", "Bienestar para todos", 7, 0, 0))
    futuros = alineados((VIEJO, "Aún no exigible", 9))
    assert mensaje(plan, futuros, quienes="abcdefg") == (
        "Las 7 dependencias alinean 9 acciones al PMD 2022–2024; ninguna es exigible todavía"
    )
    vacios = alineados((VIEJO, "Sin programación", 1))
    assert mensaje(plan, vacios) == "BISOM alinea 1 acción al PMD 2022–2024; ninguna se puede evaluar"
    sin_linea = alineados((None, "Cumple", 3))
    assert mensaje(codigos((None, None, None, 3, 3, 3)), sin_linea) == (
        "Ninguna acción de BISOM imprime su línea del PMD"
    )
    assert mensaje(plan.head(0), sin_linea.head(0)) == (
        "No hay acciones para esta selección en el cuarto trimestre de 2025"
    )


def parrafo(ejes: pd.DataFrame, suyos: pd.DataFrame, periodo: str = "acumulado", otras: int = 0) -> str:
    return llano(mensajes.parrafo(ejes, suyos, "accion", ["BISOM"], "2025T4", periodo, otras))


def test_lo_evaluable_que_no_imprime_linea_no_es_de_ningun_plan():
    ejes = codigos((NUEVO, "4", "Gobernar para servir", 5, 0, 0), (None, None, None, 3, 3, 2))
    suyos = alineados((NUEVO, "Sin reporte", 5), (None, "Cumple", 2), (None, "Crítico", 1))
    assert mensaje(ejes, suyos) == "BISOM alinea 5 acciones al PMD 2025–2027; ninguna se puede evaluar"
    dicho = llano(mensajes.parrafo(ejes, suyos, "accion", ["BISOM"], "2025T4", "acumulado"))
    assert "Ninguna se puede evaluar en el cuarto trimestre de 2025." in dicho


def test_el_parrafo_cuenta_una_vez_a_cada_compromiso_y_dice_lo_que_no_tiene_nombre():
    repetidos = pd.concat([SUYOS, SUYOS[SUYOS["pmd"] == NUEVO]])  # los mismos, en otro eje
    repetidos["etiquetas"] = "reprogramada"
    assert parrafo(DOS_PLANES, repetidos) == (
        "De las 29 acciones de BISOM, 6 responden al PMD 2022–2024, 20 al PMD 2025–2027 y 3 no imprimen su línea. "
        "En lo acumulado al cuarto trimestre de 2025, del PMD 2025–2027 están en banda 14 de 20 evaluables; del PMD "
        "2022–2024, 1 de 5 y hay 1 sin reporte. En el PMD 2025–2027, la menor parte es la de «Mexicali crece», con "
        "2 de 5. El plan se rehízo en el año: cada trimestre cuenta en el PMD de su plan. "
        "Las fuentes no imprimen el nombre del eje 5 del PMD 2022–2024."
    )


def test_el_parrafo_con_pocas_o_con_una():
    uno = codigos((NUEVO, "1", None, 1, 1, 0), (NUEVO, "2", None, 1, 1, 0))
    assert parrafo(uno, alineados((NUEVO, "Crítico", 1)), "trimestre") == (
        "La única acción de BISOM responde al PMD 2025–2027. Solo en el cuarto trimestre de 2025, del PMD 2025–2027 "
        "están en banda 0 de 1 evaluable. Hay tan pocas por eje que una sola mueve mucho el porcentaje. "
        "Las fuentes no imprimen el nombre de los ejes 1 y 2 del PMD 2025–2027."
    )


def test_el_parrafo_de_un_plan_sin_avance():
    plan = codigos((VIEJO, "2", "Bienestar para todos", 7, 0, 0), (VIEJO, "5", None, 2, 0, 0))
    assert parrafo(plan, alineados((VIEJO, "Aún no exigible", 9))) == (
        "Las 9 acciones de BISOM responden al PMD 2022–2024. Ninguna es exigible todavía: el documento trae lo "
        "programado, no lo alcanzado. El eje con más acciones es «Bienestar para todos», con 7; le sigue el eje 5 (sin "
        "nombre impreso), con 2. Las fuentes no imprimen el nombre del eje 5 del PMD 2022–2024."
    )


@pytest.mark.parametrize(
    ("cuantas", "otras", "frase"),
    [
        (45, 5, "Ninguna de las 45 acciones de BISOM imprime su línea del PMD en el cuarto trimestre de 2025. "
                "En cambio, 5 metas sí la imprimen: elija «Metas» para verlas."),
        (1, 1, "La única acción de BISOM no imprime su línea del PMD en el cuarto trimestre de 2025. "
               "En cambio, 1 meta sí la imprime: elija «Metas» para verla."),
        (2, 0, "Ninguna de las 2 acciones de BISOM imprime su línea del PMD en el cuarto trimestre de 2025. "
               "Tampoco la imprimen sus metas."),
    ],
)  # fmt: skip
def test_el_parrafo_sin_lineas_dice_donde_si_las_hay(cuantas, otras, frase):
    sin_linea = codigos((None, None, None, cuantas, 0, 0))
    assert parrafo(sin_linea, alineados((None, "Cumple", cuantas)), otras=otras) == frase


def test_los_ejes_que_empatan_van_juntos():
    plan = codigos((VIEJO, "2", "Bienestar", 3, 0, 0), (VIEJO, "3", "Crece", 3, 0, 0), (VIEJO, "5", None, 2, 0, 0))
    assert "Los ejes con más acciones son «Bienestar» y «Crece», con 3 cada uno." in parrafo(
        plan, alineados((VIEJO, "Aún no exigible", 4))
    )
    uno = codigos((VIEJO, "1", None, 3, 0, 0), (VIEJO, "2", "Bienestar", 1, 0, 0))
    assert "El eje con más acciones es el 1 (sin nombre impreso), con 3; le sigue «Bienestar», con 1." in parrafo(
        uno, alineados((VIEJO, "Aún no exigible", 4))
    )


def test_el_mapa_habla_del_eje_que_mas_cambio():
    tabla = por_trimestre(
        (1, NUEVO, "1", "Bienestar", 10, 10, 7), (4, NUEVO, "1", "Bienestar", 10, 10, 4),
        (1, NUEVO, "2", "Seguro", 3, 3, 0), (4, NUEVO, "2", "Seguro", 3, 3, 3),  # pocas
        (1, NUEVO, "3", "Crece", 9, 9, 0), (2, NUEVO, "3", "Crece", 9, 9, 9),  # no llega al último
    )  # fmt: skip
    assert llano(mensajes.trimestres(tabla, "accion")) == (
        "PMD 2025–2027: «Bienestar» tuvo en banda 7 de 10 acciones en ene–mar y 4 de 10 en oct–dic"
    )
    assert llano(mensajes.trimestres(tabla[tabla["trimestre"] == 1], "accion")) == (
        "PMD 2025–2027: «Crece» tuvo en banda 0 de 9 acciones en ene–mar"
    )
    futuro = por_trimestre((1, VIEJO, "2.1", None, 7, 0, 0))
    assert llano(mensajes.trimestres(futuro, "meta")) == "PMD 2022–2024: la estrategia 2.1 reúne 7 metas"
    assert mensajes.trimestres(futuro.head(0), "meta") == "Ninguna meta imprime su línea del PMD"


def test_un_codigo_se_dice_con_su_plan():
    fila = codigos((NUEVO, "1.6", None, 9, 8, 6)).iloc[0]
    assert llano(mensajes.de_codigo(NUEVO, "1.6", fila, "accion", "2025T4")) == (
        "La estrategia 1.6 del PMD 2025–2027 tiene en banda 6 de 8 acciones; 2 por debajo del plan"
    )
    sola = codigos((NUEVO, "1", "Bienestar", 1, 0, 0)).iloc[0]
    assert llano(mensajes.de_codigo(NUEVO, "1", sola, "meta", "2024T0")) == (
        "Al eje 1 del PMD 2025–2027 responde 1 meta; no es exigible todavía"
    )
    assert llano(mensajes.de_codigo(NUEVO, "1.6.1", None, "accion", "2025T4")) == (
        "Ninguna acción responde a la línea 1.6.1 del PMD 2025–2027 en el cuarto trimestre de 2025"
    )
    nombres = mensajes.nombres(codigos((NUEVO, "1", "Bienestar", 9, 8, 6), (NUEVO, "1.6", None, 9, 8, 6)))
    filas = pd.DataFrame(
        {"estado": ["Crítico"], "cumplimiento_pct": [40.0], "clave": ["302"], "descripcion": ["DAR PLÁTICAS"]}
    )
    dado = mensajes.parrafo_de_codigo(NUEVO, "1.6", fila, filas, nombres, "accion", ["BISOM"])
    assert llano(dado) == (
        "Las fuentes no imprimen el nombre de la estrategia 1.6 del PMD 2025–2027; es del eje 1, «Bienestar». "
        "Responden a este código 9 acciones de BISOM, 8 evaluables; con reporte 8 de 8 exigibles (100 %). Por debajo "
        "del plan, la única que quedó es la acción 302, «Dar pláticas»: alcanzó 40 % de lo programado."
    )
    assert "Ningún trimestre" in mensajes.parrafo_de_codigo(NUEVO, "9", None, filas, nombres, "accion", ["BISOM"])
