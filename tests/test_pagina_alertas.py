"""Alertas: frases exactas, y la página contra lo que dan sus consultas."""

import math
import re

import pandas as pd
import pytest

from poa import formato, tema
from poa.consultas import consultar
from poa.figuras import estados
from poa.mensajes import alertas as mensajes
from tests.test_paginas import abrir, elementos, graficas, html, leido, revisar

D = formato.ESPACIO
MOTIVO = "SE REBASÓ LA META POR LA DEMANDA"


def alertas(*filas: tuple, es_pequena: bool = False, nivel: str = "accion") -> pd.DataFrame:
    """Filas (clave, programado, alcanzado, estado, justificacion), ya de la más lejana a la más cercana."""
    hechas = []
    for lugar, (clave, p, a, estado, justificacion) in enumerate(filas, start=1):
        pct = 100 * a / p if p else float("nan")
        hechas.append(
            {
                "compromiso_id": f"poa-2025/2025T4/bisom/300/{clave}",
                "vigente_id": clave,
                "dependencia": "bisom",
                "nivel": nivel,
                "clave": clave,
                "descripcion": "ENTREGAR DESPENSAS",
                "unidad_medida": "DESPENSA",
                "programado": float(p),
                "alcanzado": float(a),
                "diferencia": float(a - p),
                "cumplimiento_pct": pct,
                "distancia": abs(math.log2(pct / 100)) if pct > 0 else float("nan"),
                "lado": "debajo" if estado in tema.DEBAJO else "encima",
                "es_pequena": es_pequena,
                "lugar": lugar,
                "estado": estado,
                "justificacion": justificacion,
                "observaciones": None if justificacion == "ausente" else MOTIVO,
                "certeza": "seguro",
            }
        )
    return pd.DataFrame(hechas or None, columns=None if hechas else list(alertas(CORTA).columns))


CORTA = ("403", 120, 39, "Crítico", "impresa")
MITAD = ("404", 40, 20, "Crítico", "ausente")
NADA = ("405", 30, 0, "Sin avance", "ausente")
DOBLE = ("503", 100, 200, "Sobrecumple", "contradictoria")
SIN_PLAN = ("504", 0, 12, "Avance no programado", "impresa")
CHICA = ("103", 4, 6, "Sobrecumple", "impresa")


def compromisos(**conteo: int) -> pd.DataFrame:
    palabras = {"cumple": "Cumple", "critico": "Crítico", "blanco": "Sin reporte", "plan": "Aún no exigible"}
    filas = [palabras.get(e, e) for e, n in conteo.items() for _ in range(n)]
    return pd.DataFrame({"estado": filas, "observaciones": [MOTIVO] * len(filas)})


def mensaje(filas: pd.DataFrame, total: pd.DataFrame, quien=("BISOM",)) -> str:
    return mensajes.mensaje(total, filas, "accion", list(quien), "2025T4").replace(D, " ")


@pytest.mark.parametrize(
    ("filas", "frase"),
    [
        (
            [CORTA, MITAD, DOBLE, CHICA],
            "2 quedaron por debajo y 2 lo rebasaron; 1 no imprime motivo y 1 contradice a sus cifras",
        ),
        ([CORTA, DOBLE], "1 quedó por debajo y 1 lo rebasó; todas imprimen motivo, pero 1 contradice a sus cifras"),
        ([MITAD, NADA], "las 2 quedaron por debajo; ninguna imprime motivo"),
        ([SIN_PLAN, CHICA], "1 lo rebasó y 1 avanzó sin plan; todas imprimen motivo"),
        ([MITAD, NADA, CORTA], "las 3 quedaron por debajo; 2 no imprimen motivo"),
    ],
)  # fmt: skip
def test_el_mensaje_dice_cuantas_a_cada_lado_y_cuantas_sin_motivo(filas, frase):
    todas = compromisos(cumple=4, critico=len(filas))
    assert mensaje(alertas(*filas), todas) == f"{len(filas)} acciones de BISOM se apartan del plan: {frase}"


@pytest.mark.parametrize(
    ("fila", "frase"),
    [
        (CORTA, "quedó por debajo; imprime su motivo"),
        (MITAD, "quedó por debajo; no imprime motivo"),
        (DOBLE, "lo rebasó; su motivo contradice a las cifras"),
    ],
)
def test_el_mensaje_de_una_sola_va_en_singular(fila, frase):
    esperado = f"1 acción de DIF e IMMM se aparta del plan: {frase}"
    assert mensaje(alertas(fila), compromisos(cumple=2, critico=1), ("DIF", "IMMM")) == esperado


def test_el_mensaje_sin_nada_que_explicar():
    ninguna, banda = alertas(), "de BISOM están en banda: nada pide explicación"
    assert mensaje(ninguna, compromisos(cumple=3)) == f"Las 3 acciones medibles {banda}"
    assert mensaje(ninguna, compromisos(cumple=3, blanco=1)).endswith("de BISOM están en banda; 1 sin reporte")
    assert mensaje(ninguna, compromisos(cumple=1)).startswith("La única acción medible de BISOM está en banda")
    assert mensaje(ninguna, compromisos(plan=3)) == "BISOM compromete 3 acciones; ninguna es exigible todavía"
    assert mensajes.sin_alertas(compromisos(plan=2), "meta").startswith("Nada es exigible todavía")
    assert "se puede medir" in mensajes.sin_alertas(compromisos(blanco=2), "meta")
    assert mensajes.sin_alertas(compromisos(cumple=2), "meta") == (
        "Ninguna meta medible de esta selección se aparta de su plan."
    )


def parrafo(filas: pd.DataFrame, total: pd.DataFrame, contra: pd.DataFrame | None = None, periodo="acumulado") -> str:
    contra = filas.head(0) if contra is None else contra
    nombres = {"bisom": "BISOM", "dif": "DIF"}
    return mensajes.parrafo(total, filas, contra, "accion", ["BISOM"], nombres, "2025T4", periodo).replace(D, " ")


def test_el_parrafo_dice_por_cual_preguntar_que_se_contradice_y_que_se_ignora():
    filas = alertas(CORTA, MITAD, DOBLE)
    filas.loc[0, "certeza"] = "reconstruido"
    assert parrafo(filas, compromisos(cumple=4, critico=3, blanco=2), alertas(DOBLE)) == (
        "En lo acumulado al cuarto trimestre de 2025, 3 de las 7 acciones medibles de BISOM se apartan del plan: "
        "2 quedaron por debajo y 1 lo rebasó. Pregunte primero por la acción 403, la más lejana: alcanzó 39 de 120, "
        "32.5 % del plan, con motivo impreso. Después, por la 404, que no imprime motivo, y por la 503, cuyo texto "
        "contradice a las cifras. Con reserva: 2 sin reporte y 1 con cifras reconstruidas o ambiguas."
    )
    assert parrafo(alertas(CORTA, MITAD, DOBLE), compromisos(cumple=4, critico=3)).endswith(
        "2 quedaron por debajo y 1 lo rebasó; rebasarlo es falla de planeación. Conviene preguntar primero por la "
        "más lejana, la acción 403, «Entregar despensas»: alcanzó 39 de 120 (unidad: despensa), 32.5 % del plan, con "
        "motivo impreso. Después, por la acción 404, que no imprime motivo."
    )
    assert parrafo(alertas(NADA), compromisos(critico=1, blanco=1), periodo="trimestre") == (
        "Solo en el cuarto trimestre de 2025, la única acción medible de BISOM se aparta del plan: quedó por debajo. "
        "Es la acción 405, «Entregar despensas»: no alcanzó nada de 30 (unidad: despensa); el documento no imprime "
        "motivo. Con reserva: 1 sin reporte."
    )
    assert parrafo(alertas(), compromisos(cumple=2)).endswith("las 2 acciones medibles de BISOM quedaron en banda.")
    assert parrafo(alertas(), compromisos(plan=2)).startswith("Nada es exigible todavía")
    assert parrafo(alertas(), compromisos()).startswith("No hay acciones")
    assert "ninguna acción de BISOM se puede medir" in parrafo(alertas(), compromisos(blanco=1))
    dos = compromisos(cumple=2, critico=2)
    assert parrafo(alertas(NADA, MITAD), dos).endswith(
        "no alcanzó nada de 30 (unidad: despensa); el documento no imprime motivo de ninguna."
    )
    assert "su motivo contradice a las cifras" in parrafo(alertas(DOBLE, CORTA), dos, alertas(DOBLE))
    assert "Después" not in parrafo(alertas(DOBLE, CORTA), dos, alertas(DOBLE))
    assert parrafo(alertas(), dos, alertas(*[DOBLE] * 5)).endswith(
        "en banda. Conviene preguntar por otras 5 acciones, cuyos textos contradicen a las cifras."
    )
    varias = pd.concat([alertas(CORTA), alertas(CHICA, es_pequena=True).assign(dependencia="dif")])
    assert "Sin contar las pequeñas, conviene preguntar primero por la más lejana" in parrafo(
        varias, compromisos(critico=2)
    )
    assert "«Entregar despensas», de BISOM: alcanzó" in parrafo(varias, compromisos(critico=2))
    assert "por una de las más lejanas, la acción" in parrafo(alertas(MITAD, MITAD), dos)
    assert "; rebasarlo es falla de planeación." in parrafo(alertas(DOBLE, CHICA), dos)
    a_medias = alertas(CORTA).assign(etiquetas="reporte incompleto")
    assert "32.5 % del plan (reporte incompleto)" in parrafo(a_medias, compromisos(critico=1))


def test_el_titulo_de_la_figura_nombra_las_mas_lejanas_y_sus_empates():
    def titulo(*filas, **cambios):
        return mensajes.figura(alertas(*filas, **cambios), "accion").replace(D, " ")

    tercera = ("505", 10, 20, "Sobrecumple", "impresa")
    assert titulo(CORTA, DOBLE, tercera, MITAD) == (
        "Por debajo del plan, la más lejana es la acción 403 (32.5 %); por encima, las 503 y 505 (200 %)"
    )
    assert titulo(NADA, CORTA) == "Por debajo del plan, la más lejana es la acción 405 (nada); ninguna lo rebasó"
    assert titulo(SIN_PLAN, DOBLE) == (
        "Por encima del plan, la más lejana es la acción 504 (sin plan); ninguna quedó por debajo"
    )
    assert titulo(*[NADA] * 4).startswith("Por debajo del plan, las más lejanas son 4 acciones (nada)")
    con_chica = pd.concat([alertas(CORTA), alertas(CHICA, es_pequena=True)])
    assert mensajes.figura(con_chica, "meta").endswith("(32.5" + D + "%); por encima, solo pequeñas")
    con_las_dos = pd.concat([alertas(CORTA, DOBLE), alertas(CHICA, es_pequena=True)])
    assert mensajes.figura(con_las_dos, "accion").replace(D, " ") == (
        "Sin contar las pequeñas, la más lejana por debajo es la acción 403 (32.5 %); por encima, la 503 (200 %)"
    )
    assert titulo(CHICA, es_pequena=True).startswith("Por encima del plan, la más lejana es la acción 103 (150 %)")


def test_veces_notas_y_otras_claves():
    casos = (32.5, 50, 100, 190, 0, None, float("nan"))
    assert [mensajes.veces(c).replace(D, " ") for c in casos] == ["÷ 3.1", "÷ 2", "× 1", "× 1.9", "", "", ""]
    assert mensajes.lista(1, True, 9.0, "meta") == (
        "Es una: programa 9 o menos, y una sola unidad ya la saca de la banda."
    )
    assert mensajes.lista(2, False, 9.0, "meta").replace(D, " ").startswith("Son 2 metas. Quedar en la mitad (÷ 2)")
    assert mensajes.sin_contradicciones(compromisos(cumple=3), "meta").startswith("Ninguna de las 3 observaciones")
    assert mensajes.sin_contradicciones(compromisos(cumple=1), "meta").startswith("La única observación")
    assert "no imprime" in mensajes.sin_contradicciones(compromisos(cumple=1).assign(observaciones=None), "meta")


@pytest.mark.parametrize(
    ("dicho", "hallado"),
    [
        ("NUMERO MAYOR DE GESTIONES", ["número mayor de gestiones"]),
        ("la meta se superó", ["La meta, se superó"]),
        ("hubo un número … la meta, se superó", ["La meta, se superó", "hubo un número"]),
        ("meta se superó … se superó hubo", ["meta, se superó", ": hubo"]),
        ("no está", []),
        (None, []),
    ],
)
def test_las_palabras_que_hablaron_se_hallan_sin_fijarse_en_acentos_ni_signos(dicho, hallado):
    texto = "La meta, se superó: hubo un número mayor de gestiones."
    pedazos = mensajes.marcar(texto, dicho)
    assert [p for p, habla in pedazos if habla] == hallado
    assert "".join(p for p, _ in pedazos) == texto


def test_una_contradiccion_dice_sus_palabras_sus_cifras_y_donde_se_repite():
    fila = alertas(DOBLE).iloc[0].to_dict() | {
        "contradiccion_dice": "NO SE ALCANZÓ",
        "contradiccion_con": "van 200 de 100 programados al corte (200 %)",
    }
    assert mensajes.contradice(fila).replace(D, " ") == (
        "Contradice a las cifras: dice «no se alcanzó»; van 200 de 100 programados al corte (200 %)."
    )
    assert mensajes.cifras("van 2 de 3").startswith("Van 2 de 3")
    assert mensajes.medido(fila, "acumulado") == "Unidad: despensa."
    otras = {"contradiccion_con": "en su propio plan lleva 2 de 10 (20 %)"}
    assert mensajes.medido(fila | otras, "acumulado").replace(D, " ") == (
        "Acumulado al corte: 200 de 100, 200 % del plan (unidad: despensa)."
    )
    sin_plan = alertas(SIN_PLAN).iloc[0].to_dict() | otras
    assert mensajes.medido(sin_plan, "trimestre") == "Solo el trimestre: 12 de nada (unidad: despensa)."
    nada = fila | {"estado": "Sin programación", "programado": 0.0, "alcanzado": 0.0}
    assert mensajes.medido(nada, "trimestre") == "Solo el trimestre: no se programó ni se alcanzó nada."
    niveles = {"5": "meta", "6": "meta", "5.1": "accion"}
    assert mensajes.tambien_en(None, niveles) == ""
    assert mensajes.tambien_en("5, 6", niveles) == "La misma observación está impresa también en las metas 5 y 6."
    assert mensajes.tambien_en("5, 5.1", niveles).endswith("también en la meta 5 y en la acción 5.1.")


VISTAS = [
    ("2018T1", "accion", "acumulado"),
    ("2022T4", "accion", "acumulado"),
    ("2022T4", "meta", "acumulado"),
    ("2023T3", "accion", "trimestre"),
    ("2025T4", "accion", "trimestre"),
]


@pytest.mark.parametrize(("corte", "nivel", "periodo"), VISTAS)
def test_la_pagina_muestra_todo_lo_que_dan_sus_consultas(corte, nivel, periodo):
    vista = {"corte": corte, "nivel": nivel, "periodo": periodo}
    at = abrir("alertas", **vista)
    revisar(at)
    filas = consultar("alertas", **vista)
    texto = leido(at)
    cuerpos = [e.proto.body for e in elementos(at._tree) if e.type == "html"]
    listas = [c for c in cuerpos if "Motivo impreso" in c and "<table" in c]
    assert sum(c.count("<tr") - 1 for c in listas) == len(filas)
    sin_motivo = int((filas["justificacion"] == "ausente").sum())
    assert sum(c.count("El documento no imprime motivo") for c in listas) == sin_motivo
    tocables = graficas(at)[0]["data"][1]["customdata"]
    assert set(tocables) <= set(filas["compromiso_id"])
    verbos = {"debajo": r"qued(?:ó|aron) por debajo", "encima": r"lo rebas(?:ó|aron)|avanz(?:ó|aron) sin plan"}
    for lado, verbo in verbos.items():
        n = int((filas["lado"] == lado).sum())
        assert bool(re.search(verbo, texto.replace(D, " ").partition("Para leer")[0])) == bool(n)
    cuadro = next(c for c in cuerpos if "Qué lo explica" in c)
    del_nivel = consultar("cumplimiento", **vista)
    dichos = dict(re.findall(r"(?:title='[^']*'>|</i>)([\wáéíóúñ ]+)</span></td><td class='n'>.*?>(\d+)<", cuadro))
    for lista in (*tema.DEBAJO, *tema.ENCIMA, "Avance no programado", "Sin motivo impreso", "Con motivo impreso"):
        assert int(dichos[lista]) == len(estados.filtrar(del_nivel, lista)), lista
    assert int(dichos["Sin motivo impreso"]) == sin_motivo


@pytest.mark.parametrize("lista", ["Sin motivo impreso", "Con motivo impreso", "Rebasan el plan o sin plan"])
def test_cada_conteo_abre_los_que_suma(lista):
    at = abrir("alertas", corte="2023T3", estado=lista)
    revisar(at)
    filas = estados.filtrar(consultar("cumplimiento", corte="2023T3", nivel="accion", periodo="acumulado"), lista)
    abierta = next(
        p for e in elementos(at._tree) if e.type == "html" and "Compromisos que suman" in (p := e.proto.body)
    )
    assert abierta.count("<tr") == len(filas) + 1 > 1


def test_solo_con_el_plan_nada_es_exigible_y_no_hay_grafica_vacia():
    at = abrir("alertas", corte="2024T0")
    revisar(at)
    assert not graficas(at)
    assert "Nada es exigible todavía: este documento solo trae el plan." in html(at).partes
    assert "Lo que dicen contra lo que miden" not in html(at).partes


VISTAS_QUE_HABLAN = [
    ("2022T4", "meta", "acumulado"),
    ("2022T4", "meta", "trimestre"),
    ("2023T3", "accion", "acumulado"),
    ("2025T4", "accion", "trimestre"),
    ("2018T1", "meta", "acumulado"),
]


@pytest.mark.parametrize(("corte", "nivel", "periodo"), VISTAS_QUE_HABLAN)
def test_cada_contradiccion_se_ve_con_su_texto_y_sus_cifras(corte, nivel, periodo):
    vista = {"corte": corte, "nivel": nivel, "periodo": periodo}
    at = abrir("alertas", **vista)
    revisar(at)
    filas = consultar("contradicciones", **vista)
    cuerpos = [e.proto.body for e in elementos(at._tree) if e.type == "html"]
    hojas = "".join(c for c in cuerpos if "<div class='dichos'>" in c).split("<article")[1:]
    assert len(hojas) == len(filas)
    assert len(estados.filtrar(consultar("cumplimiento", **vista), "Contradicen a las cifras")) == len(filas)
    for hoja, (_, fila) in zip(hojas, filas.iterrows(), strict=True):
        marcadas = re.findall("<mark>(.*?)</mark>", hoja)
        dichas = [re.sub(r"\W+", " ", d).strip() for d in fila["contradiccion_dice"].split(" … ")]
        assert [re.sub(r"\W+", " ", m).strip().lower() for m in marcadas] == [d.lower() for d in dichas]
        assert formato.mayuscula(fila["contradiccion_con"]) in hoja.replace(D, " ")
        for clave in (fila["tambien_en"] or "").split(", "):
            assert clave in hoja.partition("La misma observación")[2]
    if filas.empty:
        assert any("contradice a sus cifras." in c for c in cuerpos)
    fuera = consultar("alertas", **vista)
    n = int((fuera["justificacion"] == "contradictoria").sum())
    assert sum(c.count("≠ Contradice a las cifras: dice «") for c in cuerpos) == n
