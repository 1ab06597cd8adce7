"""Los mensajes y los párrafos: frases completas, con su plural, y los casos sin nada que contar."""

import pandas as pd
import pytest

from poa import formato
from poa.mensajes import comunes, dependencias, inicio, resumen
from tests.test_figuras import compromisos, conteo

D = formato.ESPACIO


def test_estados():
    n = {"Cumple": 21, "Crítico": 6, "En riesgo": 3, "Sobrecumple": 12, "Sin reporte": 2}
    assert comunes.estados(n, "accion", ["BISOM"], "2025T4").replace(D, " ") == (
        "BISOM cumplió 21 de 42 acciones evaluables; 9 quedaron por debajo del plan y 12 lo rebasaron"
    )
    assert comunes.estados({"Cumple": 1, "Crítico": 1}, "meta", ["DIF", "IMMM"], "2025T4").replace(D, " ") == (
        "DIF e IMMM cumplieron 1 de 2 metas; 1 quedó por debajo del plan"
    )
    assert comunes.estados({"Aún no exigible": 103}, "accion", list("abcdefg"), "2024T0").replace(D, " ") == (
        "Las 7 dependencias comprometen 103 acciones; ninguna es exigible todavía"
    )
    assert comunes.estados({}, "meta", ["DIF"], "2024T0") == "No hay metas para esta selección en el plan de 2024"


def test_variacion_grupos_y_cobertura():
    assert dependencias.variacion(compromisos(32.5, 100, 190), "accion", "BISOM").replace(D, " ") == (
        "La acción 301 quedó en 32.5 % del plan y la 303 llegó a 190 %"
    )
    assert dependencias.variacion(compromisos(100, 95), "meta", "DIF").replace(D, " ") == (
        "Las 2 metas evaluables de DIF están en banda"
    )
    assert "todavía" in dependencias.variacion(compromisos(100).head(0), "meta", "DIF")
    grupos = conteo(("Dirección", "Cumple", 2), ("Técnico", "Crítico", 1), ("Técnico", "Cumple", 1))
    assert comunes.grupos(grupos, "accion", "unidad ejecutora").replace(D, " ") == (
        "Técnico: 1 de 2 acciones en banda; Dirección, 2 de 2"
    )
    muchas = conteo(("Dirección", "Cumple", 2), ("Técnico", "Crítico", 4), ("Técnico", "Cumple", 1))
    assert comunes.grupos(muchas, "accion", "unidad ejecutora").replace(D, " ") == (
        "Técnico es la unidad ejecutora con menor parte en banda: 1 de 5 acciones"
    )
    empate = conteo(("Dirección", "Cumple", 1), ("Técnico", "Cumple", 1), ("Social", "Sin reporte", 1))
    assert comunes.grupos(empate, "meta", "unidad ejecutora").replace(D, " ") == (
        "Las unidades ejecutoras que se pueden evaluar tienen la misma parte en banda: 100 %"
    )
    sin_unidad = conteo(("Titular", "Cumple", 3), ("Sin unidad ejecutora en la hoja", "Crítico", 1))
    assert comunes.grupos(sin_unidad, "accion", "unidad ejecutora").replace(D, " ") == (
        "Titular: 3 de 3 acciones en banda; sin unidad ejecutora en la hoja, 0 de 1"
    )
    plan = conteo(("Técnico", "Aún no exigible", 1), ("Dirección", "Aún no exigible", 1))
    assert comunes.grupos(plan, "meta", "programa").replace(D, " ") == (
        "Los programas comprometen lo mismo: 1 meta cada uno"
    )
    assert comunes.cobertura(48, 52).replace(D, " ") == "Con reporte 48 de 52 exigibles (92.3 %)"
    assert comunes.cobertura(0, 0) == "Todavía no hay compromisos exigibles"


def parrafo(filas: pd.DataFrame, esperados: int = 0, reportados: int = 0, **cambios) -> str:
    indicador = pd.DataFrame({"esperados": [esperados], "reportados": [reportados]})
    filas = filas.assign(**{c: v for c, v in (("dependencia", "bisom"), ("etiquetas", None)) if c not in filas})
    dados = {
        "nivel": "accion",
        "dependencias": ["BISOM"],
        "nombres": {"bisom": "BISOM", "dif": "DIF"},
        "corte": "2025T4",
        "periodo": "acumulado",
        "banda": (90.0, 110.0),
    }
    return resumen.parrafo(filas, indicador, **(dados | cambios)).replace(D, " ")


def test_el_parrafo_dice_cuantas_en_banda_debajo_encima_y_con_reporte():
    assert parrafo(compromisos(32.5, 85, 100, 95, 190), 6, 5) == (
        "En lo acumulado al cuarto trimestre de 2025, BISOM cumplió 2 de 5 acciones evaluables: quedaron entre 90 y "
        "110 % de lo programado. Por debajo del plan quedaron 2; la más distante es la acción 301, «Entregar "
        "despensas», que alcanzó 3.25 de 10 (unidad: despensa), 32.5 % del plan. Una rebasó el plan; tienen reporte 5 "
        "de las 6 exigibles (83.3 %)."
    )
    assert parrafo(compromisos(0, 0, 100), 3, 3, periodo="trimestre", nivel="meta") == (
        "Solo en el cuarto trimestre de 2025, BISOM cumplió 1 de 3 metas evaluables: quedó entre 90 y 110 % de lo "
        "programado. Por debajo del plan quedaron 2; una de las más distantes es la meta 301, «Entregar despensas», "
        "que alcanzó 0 de 10 (unidad: despensa), 0 % del plan. Ninguna rebasó el plan; las 3 exigibles tienen reporte."
    )


def test_el_parrafo_de_varias_dependencias_dice_de_quien_es_la_mas_distante():
    filas = compromisos(40, 100).assign(dependencia=["dif", "bisom"])
    assert "DIF y BISOM cumplieron 1 de 2" in parrafo(filas, dependencias=["DIF", "BISOM"])
    assert "«Entregar despensas», de DIF, que alcanzó 4 de 10" in parrafo(filas, dependencias=["DIF", "BISOM"])
    assert ", las 4 dependencias cumplieron" in parrafo(filas, dependencias=list("abcd"))


@pytest.mark.parametrize(
    ("porcentajes", "frase"),
    [
        ([100.0, 95.0], "BISOM cumplió las 2 acciones evaluables: quedaron entre 90 y 110 % de lo programado."),
        ([100.0], "BISOM cumplió la única acción evaluable; la banda va entre 90 y 110 % de lo programado."),
        ([50.0], "BISOM no cumplió la única acción evaluable; la banda va"),
        ([50.0, 60.0], "BISOM no cumplió ninguna de sus 2 acciones evaluables; la banda va"),
        ([120.0, 100.0], "Ninguna quedó por debajo del plan. Una rebasó el plan."),
    ],
)
def test_el_parrafo_concuerda_en_numero(porcentajes, frase):
    assert frase in parrafo(compromisos(*porcentajes))


def test_el_parrafo_dice_que_nada_es_exigible_que_nada_se_evalua_o_que_no_hay_nada():
    filas = compromisos(100, 100)
    assert parrafo(filas.assign(estado="Aún no exigible"), corte="2024T0") == (
        "En el plan de 2024, BISOM compromete 2 acciones. Ninguna es exigible todavía: el documento trae lo "
        "programado, no lo alcanzado."
    )
    assert parrafo(filas.assign(estado="Sin reporte"), 2, 0) == (
        "En lo acumulado al cuarto trimestre de 2025, BISOM tiene 2 acciones y ninguna se puede evaluar. Tienen "
        "reporte 0 de las 2 exigibles (0 %)."
    )
    assert parrafo(filas.head(0)) == "No hay acciones para esta selección en el cuarto trimestre de 2025."


def test_el_parrafo_dice_que_el_plan_se_rehizo():
    assert parrafo(compromisos(100, 100).assign(etiquetas="meta pequeña; reprogramada")).endswith(
        "El plan de 2025 se rehízo durante el año; cada trimestre se mide con el suyo."
    )


def test_el_parrafo_dice_el_reporte_incompleto_y_cabe_en_lo_que_se_lee():
    filas = compromisos(32.5, 100, 120).assign(etiquetas=["reporte incompleto; reprogramada"] * 3)
    filas["descripcion"] = "ENTREGAR DESPENSAS A LAS FAMILIAS DE LAS COLONIAS QUE MAS LO NECESITAN"
    dicho = parrafo(filas, 30, 29)
    assert "32.5 % del plan (reporte incompleto)." in dicho
    assert "(96.7 %), 3 de ellas incompleto." in dicho
    assert dicho.endswith("El plan de 2025 se rehízo durante el año.")
    assert len(dicho) <= comunes.LARGO_PARRAFO


def test_un_compromiso_se_nombra_sin_dejar_la_frase_colgada():
    fila = {"clave": "403", "descripcion": "DAR SEGUIMIENTO A LAS OBRAS COMUNITARIAS DE LA ZONA"}
    assert comunes.nombrar(fila, "accion", 47) == "la acción 403, «Dar seguimiento a las obras comunitarias…»"
    assert comunes.nombrar(fila | {"descripcion": None}, "meta") == "la meta 403, sin descripción impresa"


def test_la_portada_dice_que_hay():
    cortes = pd.DataFrame(
        {
            "ejercicio": [2024, 2025],
            "corte": ["2024T0", "2025T4"],
            "dependencia": ["dif", "bisom"],
            "dependencia_corta": ["DIF", "BISOM"],
            "metas": [2, 1],
            "acciones": [16, 28],
            "plan": [1, 2],
            "tiene_avance": [False, True],
        }
    )
    assert inicio.mensaje(cortes).replace(D, " ") == ("El tablero reúne 2 informes de 2 dependencias, de 2024 a 2025")
    assert inicio.parrafo(cortes).replace(D, " ") == (
        "Lo más reciente es el cuarto trimestre de 2025 de BISOM, con 1 meta y 28 acciones. Un informe es solo plan: "
        "dice lo comprometido, no lo alcanzado. Durante 2025, BISOM rehízo su plan. Cada cifra lleva a la página y el "
        "renglón en que está impresa."
    )
    assert inicio.mensaje(cortes.head(0)) == "El tablero todavía no tiene informes"
    assert "agregue un documento" in inicio.parrafo(cortes.head(0))
