"""La página Trimestres: lo que dice, lo que dibuja y lo que cuenta contra sus consultas."""

import re

import pandas as pd
import pytest

from poa import formato, tema
from poa.consultas import consultar
from poa.figuras import lienzo, meses, periodos
from poa.mensajes import trimestres as mensajes
from tests.test_paginas import abrir, elementos, graficas, html, leido, revisar

D = formato.ESPACIO
PIE = "Fuente: POA 2025, BISOM · Corte: cuarto trimestre de 2025, solo y acumulado · Umbrales: CONEVAL 90–110 %"
CORTES = ["2018T1", "2022T4", "2023T3", "2025T3", "2025T4"]


def anio(*compromisos: tuple[str, str, str | None], exigibles: int = 4, **cambios) -> pd.DataFrame:
    """Un compromiso por (estados de los trimestres, estado al corte, lectura al corte).

    Los estados van por su inicial: C Cumple, K Crítico, S Sobrecumple, n Avance no programado, r Sin reporte, - Sin
    programación. El trimestre fuera de la banda lleva lectura; los que no son exigibles, su estado.
    """
    nombres = {"C": "Cumple", "K": "Crítico", "S": "Sobrecumple", "n": "Avance no programado", "r": "Sin reporte"}
    filas = []
    for lugar, (estados, al_corte, lectura) in enumerate(compromisos):
        for trimestre, inicial in enumerate(estados, start=1):
            exigible = trimestre <= exigibles
            filas.append(
                {
                    "vigente_id": f"v{lugar}", "compromiso_id": f"c{lugar}", "dependencia": "bisom", "nivel": "accion",
                    "clave": str(301 + lugar), "descripcion": "ENTREGAR DESPENSAS", "unidad_medida": "DESPENSA",
                    "trimestre": trimestre, "plan": 1, "es_exigible": exigible, "programado": 10.0,
                    "estado": nombres.get(inicial, "Sin programación") if exigible else "Aún no exigible",
                    "estado_acumulado": nombres.get(al_corte, "Sin programación") if exigible else "Aún no exigible",
                    "estado_corte": nombres.get(al_corte, "Sin programación"), "regla_acumulacion": "suma",
                    "lectura": "fuera" if exigible and inicial in "KSn" and lectura else None,
                    "lectura_corte": lectura, "vuelve_al_plan": True,
                }
            )  # fmt: skip
    return pd.DataFrame(filas).assign(**cambios)


REPUSO, FALTA = ("CKSC", "C", "desfase de calendario"), ("KKCC", "K", "faltante")
SOBRA, CUBRE, BIEN = ("SSCC", "S", "exceso"), ("SKSC", "S", "compensado"), ("CCCC", "C", None)


def dice(filas: pd.DataFrame, *quienes: str) -> str:
    return mensajes.mensaje(filas, "accion", list(quienes) or ["BISOM"], 2025).replace(D, " ")


def parrafo(filas: pd.DataFrame) -> str:
    acumulado = filas[filas["trimestre"] == 1].assign(cumplimiento_pct=lambda f: f["clave"].astype(float) - 271)
    return mensajes.parrafo(filas, acumulado, "accion", ["BISOM"], 2025, {"dif": "DIF"}).replace(D, " ")


def detalle(estados: str, al_corte: str, lectura: str | None, **cambios) -> tuple[str, str]:
    return mensajes.lectura(anio((estados, al_corte, lectura), **cambios).to_dict("records"), False)


# ---------------------------------------------------------------- lo que dice


@pytest.mark.parametrize(
    ("compromisos", "frase"),
    [
        (
            [REPUSO, REPUSO, FALTA, SOBRA, CUBRE, BIEN],
            "De 5 acciones de BISOM que se salieron de la banda, 2 volvieron a ella: fue calendario; 1 quedó por "
            "debajo y 2 la rebasaron",
        ),
        ([FALTA, SOBRA],
         "De 2 acciones de BISOM que se salieron de la banda, ninguna volvió a ella: 1 quedó por debajo y 1 la rebasó"),
        ([REPUSO, REPUSO], "Las 2 acciones de BISOM que se salieron de la banda volvieron a ella: fue calendario"),
        ([REPUSO, BIEN], "La única acción de BISOM que se salió de la banda volvió a ella: fue calendario"),
        ([SOBRA], "La única acción de BISOM que se salió de la banda la rebasó"),
        ([BIEN, BIEN], "Ninguna de las 2 acciones de BISOM se salió de la banda en los cuatro trimestres de 2025"),
        ([BIEN], "La única acción de BISOM no se salió de la banda en los cuatro trimestres de 2025"),
        ([("----", "-", None)], "La única acción de BISOM no se puede evaluar en los cuatro trimestres de 2025"),
    ],
)  # fmt: skip
def test_el_mensaje_aparta_el_calendario_del_faltante(compromisos, frase):
    assert dice(anio(*compromisos)) == frase


def test_el_mensaje_no_llama_calendario_a_lo_que_cupo_en_la_banda():
    filas = anio(REPUSO, REPUSO, FALTA)
    filas.loc[filas["vigente_id"] == "v0", "vuelve_al_plan"] = False
    assert "2 volvieron a ella (1 por calendario); 1 quedó por debajo" in dice(filas)
    assert "2 volvieron a ella; 1 quedó por debajo" in dice(anio(REPUSO, REPUSO, FALTA, vuelve_al_plan=False))


def test_con_trimestres_por_vencer_nada_es_definitivo():
    assert "1 sigue por debajo y 1 la rebasa" in dice(anio(REPUSO, FALTA, SOBRA, exigibles=3))
    assert dice(anio(FALTA, BIEN, exigibles=1)) == (
        "Con un solo trimestre exigible, 1 de las 2 acciones de BISOM se salió de la banda: aún no se sabe si es "
        "calendario o faltante"
    )
    assert dice(anio(BIEN, BIEN, exigibles=0), "DIF", "BISOM") == (
        "DIF y BISOM programaron 2 acciones para 2025; ningún trimestre es exigible todavía"
    )
    assert dice(anio(BIEN).head(0)) == "No hay acciones de BISOM en 2025"
    assert [mensajes.lecturas(q)["faltante"].palabra for q in (True, False)] == ["Faltante al corte", "Faltante real"]


def test_el_parrafo_dice_las_salidas_el_peor_trimestre_lo_que_no_vence_y_el_plan_nuevo():
    filas = anio(REPUSO, ("KKrC", "K", "faltante"), FALTA, SOBRA, BIEN, exigibles=3)
    filas.loc[filas["trimestre"] >= 3, "plan"] = 2
    assert parrafo(filas) == (
        "En los tres trimestres exigibles de 2025, 4 de las 5 acciones de BISOM se salieron de la banda: 1 volvió a "
        "ella (desfase de calendario), 2 siguen por debajo (1 con reporte incompleto) y 1 la rebasa. La más corta es "
        "la acción 302, con 31 % de su plan. El peor trimestre fue el segundo, con 1 de 5 evaluables en banda; el "
        "cuarto todavía no es exigible. De 1 acción no hay reporte del tercer trimestre; desde el tercero rige un plan "
        "nuevo."
    )


def test_el_parrafo_con_un_trimestre_sin_ninguno_o_sin_filas():
    assert parrafo(anio(FALTA, SOBRA, BIEN, exigibles=1)) == (
        "En el primer trimestre de 2025, 2 de las 3 acciones de BISOM se salieron de la banda: 1 por debajo y 1 por "
        "encima; con un solo trimestre no se distingue el calendario del faltante. Quedó corta la acción 301, "
        "«Entregar despensas», con 30 % de su plan. El segundo, tercer y cuarto trimestre todavía no son exigibles."
    )
    assert parrafo(anio(FALTA)) == (
        "En los cuatro trimestres de 2025, la única acción de BISOM se salió de la banda: quedó por debajo. Quedó "
        "corta la acción 301, «Entregar despensas», con 30 % de su plan. Los peores trimestres fueron el primero y "
        "el segundo, con 0 de 1 evaluables en banda."
    )
    assert parrafo(anio(BIEN, BIEN, exigibles=0)) == (
        "BISOM programó 2 acciones para 2025; ningún trimestre es exigible todavía. El documento trae lo programado, "
        "no lo alcanzado. Las 2 acciones de BISOM programan algo en los cuatro trimestres."
    )
    filas = anio(FALTA, BIEN)
    filas["dependencia"] = filas["vigente_id"].map({"v0": "dif", "v1": "bisom"})
    assert "«Entregar despensas», de DIF, con 30 %" in parrafo(filas)
    assert parrafo(anio(BIEN).head(0)) == "No hay acciones de BISOM en 2025."


@pytest.mark.parametrize(
    ("suyo", "dicho"),
    [
        (REPUSO, ("Desfase de calendario", "lo que faltó en abr–jun se repuso en jul–sep")),
        (("SCCK", "C", "desfase de calendario"), ("Desfase de calendario", "lo de oct–dic se adelantó en ene–mar")),
        (("CKCC", "C", "desfase de calendario"),
         ("Desfase de calendario", "lo que faltó en abr–jun se repuso en los demás")),
        (("KKCS", "K", "faltante"), ("Faltante real", "faltó en ene–mar y abr–jun; en oct–dic repuso una parte")),
        (("KKrr", "K", "faltante"),
         ("Faltante en lo reportado", "faltó en ene–mar y abr–jun; sin reporte en jul–sep y oct–dic")),
        (("KKKK", "K", "faltante"), ("Faltante real", "faltó en los cuatro trimestres")),
        (("SKCn", "S", "compensado"),
         ("Compensado de más", "faltó en abr–jun; rebasó en ene–mar; avanzó sin programar en oct–dic")),
        (BIEN, ("En banda", "")),
        (("--rr", "r", None), ("Sin reporte", "en jul–sep y oct–dic")),
        (("----", "-", None), ("Nada programado", "")),
    ],
)  # fmt: skip
def test_la_lectura_de_un_compromiso_dice_que_paso_en_cada_trimestre(suyo, dicho):
    assert detalle(*suyo) == dicho


def test_lo_que_no_se_suma_no_se_repone_y_lo_que_no_vuelve_cabe_en_la_banda():
    suyo = ("KCCC", "C", "desfase de calendario")
    assert detalle(*suyo, regla_acumulacion="constante")[1] == "ene–mar fuera de la banda; su promedio está en ella"
    assert detalle(*suyo, vuelve_al_plan=False)[1] == "lo que faltó en ene–mar cabe en la banda del año"


# ---------------------------------------------------------------- lo que dibuja


def anotados(figura, nombre: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", a.text).replace(D, " ") for a in figura.layout.annotations if a.name == nombre]


def test_los_periodos_van_en_dos_paneles_con_la_misma_escala_y_su_parte_en_banda():
    filas = anio(REPUSO, FALTA, SOBRA, BIEN, exigibles=3)
    filas.loc[filas["trimestre"] >= 3, "plan"] = 2
    figura = periodos.conteos(periodos.contar(filas), mensajes.periodos(filas, "accion"), "accion", PIE)
    assert [(t.name, t.xaxis) for t in figura.data] == [
        (nombre, eje)
        for eje in ("x", "x2")
        for nombre in ("▼ Crítico", "● Cumple", "▲ Sobrecumple", "◔ Aún no exigible")
    ]
    assert figura.layout.xaxis.range == figura.layout.xaxis2.range == pytest.approx((0, 4), abs=0.1)
    assert list(figura.data[1].x) == [2, 1, 3] and figura.data[1].customdata[0] == ["trimestre-1", "Cumple"]
    assert [t.replace("  ", " ") for t in anotados(figura, "en banda")] == [
        "ene–mar 2 de 4 evaluables en banda", "abr–jun 1 de 4 evaluables en banda",
        "jul–sep 3 de 4 evaluables en banda", "oct–dic aún no exigible; 4 programan algo",
        "ene–mar 2 de 4 evaluables en banda", "ene–jun 2 de 4 evaluables en banda",
        "ene–sep 2 de 4 evaluables en banda", "ene–dic aún no exigible",
    ]  # fmt: skip
    assert anotados(figura, "nuevo plan") == ["nuevo plan"]
    assert sorted(f.name for f in figura.layout.shapes) == ["nuevo plan", "nuevo plan", "programan"]
    assert lienzo.mensaje(figura).replace(D, " ") == (
        "El segundo trimestre tuvo la menor parte en banda, 1 de 4 acciones; en lo acumulado, 2 de 4"
    )


def test_el_tramo_angosto_lleva_su_icono_y_el_plan_sin_avance_un_solo_panel():
    figura = periodos.conteos(periodos.contar(anio(FALTA, *[BIEN] * 36)), "Mensaje", "accion", PIE)
    assert re.sub(r"<span[^>]*>|</span>", "", figura.data[0].text[0]) == "▼<br>1"
    solo_plan = anio(BIEN, BIEN, exigibles=0)
    figura = periodos.conteos(periodos.contar(solo_plan), mensajes.periodos(solo_plan, "accion"), "accion", PIE)
    assert [t.name for t in figura.data] == ["◔ Aún no exigible"]
    assert figura.layout.xaxis.domain == (0, 1) and figura.layout.shapes[0].x1 == 2
    assert lienzo.mensaje(figura).startswith("Ningún trimestre es exigible todavía")
    vacia = periodos.conteos(periodos.contar(anio(BIEN).head(0)), "M", "meta", PIE)
    assert anotados(vacia, "vacia") == ["No hay metas para esta selección."]


UN_MES = pd.DataFrame(
    {"mes": [1, 2, 3], "programado": [2.0, 2.0, None], "realizado": [16.0, 2.0, None], "variacion": [14.0, 0.0, None]}
)
AL_CORTE = {"nivel": "accion", "clave": "4.4", "unidad_medida": "EVENTO", "programado": 6.0, "alcanzado": 35.0}


def test_los_meses_llevan_plan_en_contorno_avance_en_solido_y_el_hueco_no_es_cero():
    figura = meses.programado_realizado(UN_MES, mensajes.meses(UN_MES, AL_CORTE), "evento", PIE)
    plan, avance, variacion = figura.data
    assert (plan.marker.color, avance.marker.color, variacion.yaxis) == (tema.PAPEL, tema.TINTA, "y2")
    assert list(avance.y)[:4] == [16, 2, None, None]
    assert figura.layout.xaxis.ticktext[0] == "<b>ene</b><br>2<br><b>16</b><br>+14"
    assert figura.layout.xaxis.ticktext[2] == "<b>mar</b><br>—<br><b>—</b><br>—"
    assert "Realizado: sin cifra impresa" in avance.hovertext[2]
    assert sum(f.x0 in (3.5, 6.5, 9.5) for f in figura.layout.shapes) == 3
    dicho = "La acción 4.4 alcanzó 35 de 6 (unidad: evento); el mes que más se apartó fue enero: 16 de 2"
    assert lienzo.mensaje(figura) == dicho
    sin_cifras = meses.programado_realizado(UN_MES.tail(1), "M", "evento", PIE)
    assert anotados(sin_cifras, "vacia") == ["El documento no imprime cifras mensuales de este compromiso."]


def test_los_meses_sin_distancia_o_sin_cifras_tienen_su_frase():
    iguales = UN_MES.assign(realizado=UN_MES["programado"])
    assert mensajes.meses(iguales, AL_CORTE).endswith("; cada mes realizó lo programado")
    assert mensajes.meses(iguales * 0, AL_CORTE).endswith("; ningún mes programó ni realizó nada")
    assert mensajes.meses(UN_MES.tail(1), AL_CORTE) == "La acción 4.4 no imprime lo realizado mes por mes"
    assert mensajes.sin_meses("meta", True) == "El detalle mensual de este corte se imprime solo para las acciones."


# ---------------------------------------------------------------- lo que cuenta


def filas_de(tabla: str, at) -> int:
    cuerpo = " ".join(e.proto.body for e in elementos(at._tree) if e.type == "html")
    return re.search(f"aria-label='{tabla}'.*?<tbody>(.*?)</tbody>", cuerpo, re.DOTALL)[1].count("<tr")


@pytest.mark.parametrize("corte", CORTES)
def test_lo_dibujado_es_lo_que_dan_las_consultas(corte):
    at = abrir("trimestres", corte=corte, nivel="accion")
    revisar(at)
    filas = consultar("trimestres", corte=corte, nivel="accion")
    trazas = graficas(at)[0]["data"]
    dibujado = {tuple(d): n for t in trazas for n, d in zip(t["x"], t["customdata"], strict=True)}
    for periodo, columna in (("trimestre", "estado"), ("acumulado", "estado_acumulado")):
        contado = filas.groupby(["trimestre", columna]).size()
        assert {(f"{periodo}-{t}", e): n for (t, e), n in contado.items()}.items() <= dibujado.items()
    assert filas_de("Metas y acciones por trimestre", at) == consultar("compromisos", corte=corte).shape[0]
    ultimo = filas[filas["trimestre"] == int(corte[-1])]["estado_acumulado"].tolist()
    assert ultimo == consultar("cumplimiento", corte=corte, nivel="accion", periodo="acumulado")["estado"].tolist()


@pytest.mark.parametrize("corte", CORTES)
def test_la_lectura_y_la_etiqueta_llaman_desfase_a_lo_mismo(corte):
    filas = consultar("trimestres", corte=corte)
    con_lectura = filas[(filas["trimestre"] == int(corte[-1])) & (filas["lectura"] == "desfase de calendario")]
    todas = consultar("cumplimiento", corte=corte, periodo="acumulado")
    con_etiqueta = todas[todas["etiquetas"].str.contains("desfase de calendario")]
    assert set(con_lectura["vigente_id"]) == set(con_etiqueta["vigente_id"])
    por_compromiso = filas.groupby("vigente_id")["lectura"].agg(set)
    for vigente, cual in filas.drop_duplicates("vigente_id").set_index("vigente_id")["lectura_corte"].items():
        assert cual is None or cual in por_compromiso[vigente]


def test_una_lectura_filtra_la_tabla_y_un_conteo_abre_su_lista():
    filas = consultar("trimestres", corte="2025T4", nivel="accion")
    at = abrir("trimestres", corte="2025T4", grupo="faltante")
    revisar(at)
    assert filas_de("Metas y acciones por trimestre", at) == len(mensajes.de_lectura(filas, "faltante"))
    at = abrir("trimestres", corte="2025T4", grupo="acumulado-4", estado="Debajo del plan")
    revisar(at)
    n = filas[(filas["trimestre"] == 4) & filas["estado_acumulado"].isin(tema.DEBAJO)].shape[0]
    assert filas_de("Compromisos que suman esta cifra", at) == n


@pytest.mark.parametrize("pedido", [{"grupo": "x-9", "estado": "Cumple"}, {"estado": "Sin motivo impreso"}])
def test_una_direccion_que_no_dice_nada_no_rompe_la_pagina(pedido):
    revisar(abrir("trimestres", corte="2025T4", **pedido))


def test_los_meses_se_eligen_y_viven_en_la_direccion():
    at = abrir("trimestres", corte="2022T4")
    revisar(at)
    assert len(graficas(at)) == 2
    otro = consultar("meses", corte="2022T4")["compromiso_id"].iloc[-1]
    at.selectbox(key="meses_compromiso").set_value(otro).run()
    assert f"La acción {otro.split('/')[-1]} " in graficas(at)[1]["layout"]["title"]["text"]
    assert "De dónde sale" in html(at).partes
    assert "se imprime solo para las acciones" in leido(abrir("trimestres", corte="2022T4", nivel="meta"))
    assert mensajes.SIN_MESES in leido(abrir("trimestres", corte="2025T4"))
