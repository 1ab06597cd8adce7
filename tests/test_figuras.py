"""Las figuras por su resumen: trazas, títulos, rótulos y el caso vacío. Ninguna conoce la base."""

import json
import re

import pandas as pd
import pytest

from poa import formato, tema
from poa.figuras import estados, letra, lienzo, texto, variacion
from poa.figuras import trimestres as por_trimestre

PIE = "Fuente: POA 2025, BISOM · Corte: cuarto trimestre de 2025 · Umbrales: CONEVAL 90–110 %"
D = formato.ESPACIO


def conteo(*filas: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame([{"grupo_id": g, "grupo": g, "estado": e, "n": n} for g, e, n in filas])


def compromisos(*porcentajes: float) -> pd.DataFrame:
    """Un compromiso por porcentaje, de P = 10, con el estado que le toca."""
    topes = dict(zip((0, 69.99, 89.99, 110, 220, float("inf")), tema.EVALUABLES, strict=True))
    filas = [
        {
            "compromiso_id": f"poa-2025/2025T4/bisom/300/{301 + i}",
            "clave": str(301 + i),
            "descripcion": "ENTREGAR DESPENSAS",
            "unidad_medida": "DESPENSA",
            "programado": 10.0,
            "alcanzado": pct / 10,
            "cumplimiento_pct": pct,
            "estado": next(estado for tope, estado in topes.items() if pct <= tope),
        }
        for i, pct in enumerate(porcentajes)
    ]
    return pd.DataFrame(filas)


def trimestres(*filas: tuple) -> pd.DataFrame:
    columnas = ["periodo", "trimestre", "programado", "alcanzado", "cumplimiento_pct", "estado", "plan"]
    return pd.DataFrame(filas, columns=columnas)


LA_305 = trimestres(
    ("trimestre", 1, 50.0, 85.0, 170.0, "Sobrecumple", 1),
    ("trimestre", 2, 25.0, 10.0, 40.0, "Crítico", 1),
    ("trimestre", 3, 10.0, 0.0, 0.0, "Sin avance", 2),
    ("trimestre", 4, 0.0, 2.0, None, "Avance no programado", 2),
    ("acumulado", 1, 50.0, 85.0, None, None, 1),
    ("acumulado", 2, 75.0, 95.0, None, None, 1),
    ("acumulado", 3, 85.0, 95.0, None, None, 2),
    ("acumulado", 4, 85.0, 97.0, 114.117, "Sobrecumple", 2),
)

TODAS = {
    "conteos": estados.conteos(conteo(("Dirección", "Cumple", 3)), "BISOM cumplió 3 de 3 acciones", "accion", PIE),
    "variacion": variacion.barras(compromisos(0, 85, 300), "La acción 301 quedó en 0 %", "accion", PIE),
    "trimestres": por_trimestre.programado_alcanzado(LA_305, "La acción 305 alcanzó 97 de 85", "expediente", PIE),
    "vacia": lienzo.vacia("El plan de 2024 no trae avances.", PIE),
}


def nombrados(figura, nombre: str) -> list:
    return [a for a in figura.layout.annotations if a.name == nombre]


def palabras(figura) -> str:
    """Todo texto de la figura: títulos, rótulos, leyenda y lo que se lee al pasar."""
    completa = figura.to_plotly_json() | {
        "layout": {k: v for k, v in figura.to_plotly_json()["layout"].items() if k != "template"}
    }
    return json.dumps(completa, default=list, ensure_ascii=False)


def test_los_conteos_van_en_el_orden_de_los_estados_y_se_nombran_con_icono_y_palabra():
    tabla = conteo(("Dirección", "Cumple", 21), ("Dirección", "Sin avance", 2), ("Técnico", "Sobrecumple", 6))
    figura = estados.conteos(tabla, "BISOM cumplió 21 de 29 acciones", "accion", PIE)
    assert [t.name for t in figura.data] == ["✕ Sin avance", "● Cumple", "▲ Sobrecumple"]
    assert [list(t.x) for t in figura.data] == [[2], [21], [6]]
    assert [list(t.y) for t in figura.data] == [["Dirección"], ["Dirección"], ["Técnico"]]
    assert figura.data[1].text[0] == "● 21"
    assert figura.data[1].hovertext[0] == (
        f"Dirección: 21{D}acciones de 23 en «Cumple» (91.3{D}%):<br>dentro de la banda de lo programado."
    )
    assert figura.data[1].customdata[0] == ["Dirección", "Cumple"]
    assert lienzo.mensaje(figura) == "BISOM cumplió 21 de 29 acciones"


def test_un_estado_desconocido_tiene_su_lugar_y_no_truena():
    figura = estados.conteos(conteo(("Dirección", "Otro", 1)), "Mensaje", "meta", PIE)
    assert [t.name for t in figura.data] == ["· Sin estado"]


def test_lo_rayado_lleva_trama_y_lo_demas_color():
    rayada = tema.marca_barra("Sin reporte")
    assert (rayada["pattern"]["shape"], rayada["color"]) == ("\\", "#C8C8C8")
    assert tema.marca_barra("Avance no programado")["pattern"]["shape"] == "/"
    assert "pattern" not in tema.marca_barra("Crítico")
    colores = {palabra: tema.estado(palabra).color for palabra in tema.EVALUABLES}
    assert list(colores.values()) == ["#B2182B", "#B2182B", "#F4A736", "#1A7A6E", "#6BAED6", "#3F007D"]
    assert len({tema.estado(p).icono for p in tema.ESTADOS}) == len(tema.ESTADOS)


def test_agrupar_va_por_dependencia_o_por_unidad_si_hay_una_sola():
    filas = pd.DataFrame(
        {
            "dependencia": ["dif", "dif", "dif"],
            "unidad": ["DIRECCION", "DIRECCIÓN", None],
            "programa": [None] * 3,
            "estado": ["Cumple", "Cumple", "Crítico"],
        }
    )
    tabla, como = estados.agrupar(filas, {"dif": "DIF", "bisom": "BISOM"})
    assert como == "unidad ejecutora"
    assert tabla.values.tolist() == [
        ["direccion", "Dirección", "Cumple", 2],
        ["ninguno", "Sin unidad ejecutora en la hoja", "Crítico", 1],
    ]
    filas["dependencia"] = ["dif", "bisom", "dif"]
    tabla, como = estados.agrupar(filas, {"dif": "DIF", "bisom": "BISOM"})
    assert (como, sorted(set(tabla["grupo"]))) == ("dependencia", ["BISOM", "DIF"])


def test_filtrar_da_las_filas_que_suma_cada_conteo():
    filas = compromisos(0, 85, 100, 300).assign(dependencia="bisom", unidad="TÉCNICO", programa=None)
    assert list(estados.filtrar(filas, "Cumple")["clave"]) == ["303"]
    assert list(estados.filtrar(filas, "Rebasan el plan")["clave"]) == ["304"]
    assert len(estados.filtrar(filas, "Evaluables")) == len(estados.filtrar(filas, "Con reporte")) == 4
    assert estados.filtrar(filas, "Cumple", "otra").empty
    assert len(estados.filtrar(filas, "Cumple", "tecnico")) == 1


def desnudos(textos) -> list[str]:
    """Los textos sin marcas ni espacios duros."""
    return [re.sub(r"<[^>]+>", "", t).strip(D).replace(D, " ") for t in textos]


def columna(figura, nombre: str) -> list[str]:
    """Los textos de una columna de una tabla dibujada, de arriba abajo."""
    (traza,) = (t for t in figura.data if t.type == "scatter" and t.name == nombre)
    return desnudos(traza.text)


def test_la_variacion_se_ordena_se_corta_en_250_y_alinea_porcentaje_diferencia_y_unidad():
    figura = variacion.barras(compromisos(312.5, 35, 100, 89.99), "Mensaje", "accion", PIE)
    barras, puntos = figura.data[:2]
    assert [c.split("/")[-1] for c in barras.y] == ["302", "304", "303", "301"]
    assert [largo / barras.x[3] * 150 for largo in barras.x] == pytest.approx([-65, -10.01, 0, 150])
    assert list(barras.text) == ["", "", "", "»"]  # la cortada lleva su marca; la cifra verdadera va al lado
    assert list(puntos.x) == [None, None, barras.base, None]  # la que no tiene largo se ve como punto
    assert list(puntos.customdata) == list(barras.customdata) == list(barras.y)
    assert columna(figura, "Del plan") == ["▼ 35 %", "◆ 89.9 %", "● 100 %", "▲▲ 312.5 %"]
    assert columna(figura, "Diferencia") == ["−6.5", "−1", "0", "+21.25"]
    assert set(columna(figura, "Unidad")) == {"despensa"}
    assert [a.text for a in nombrados(figura, "banda")] == [f"banda: 90–110{D}%"]
    assert barras.hovertext[0] == (
        f"<b>302 · Entregar despensas</b><br>Alcanzó 3.5 de 10{D}despensa (−6.5): 35{D}% del plan,<br>▼ Crítico."
    )


def test_la_variacion_ensena_a_lo_mas_quince_y_dice_cuantas_faltan():
    sin_cifra = compromisos(100).assign(cumplimiento_pct=float("nan"), estado="Sin reporte")
    tabla = pd.concat([compromisos(*range(100, 120)), sin_cifra])
    figura = variacion.barras(tabla, "Mensaje", "accion", PIE)
    assert columna(figura, "Del plan")[0] == "● 105 %"  # quedan fuera las más cercanas al plan
    assert len(figura.data[0].y) == 15
    assert figura.layout.meta["pie"] == f"Las 15 más lejanas al plan; 5 no caben y 1 va sin porcentaje. {PIE}"


def test_la_variacion_marca_los_reportes_incompletos():
    tabla = compromisos(50, 300).assign(etiquetas=[None, "meta pequeña; reporte incompleto"])
    figura = variacion.barras(tabla, "Mensaje", "accion", PIE)
    assert columna(figura, "Compromiso") == ["301 · Entregar despensas", "302 · Entregar despensas *"]
    assert figura.layout.meta["pie"].startswith("* Reporte incompleto. ")


def test_la_diferencia_va_en_la_unidad_y_sin_plan_es_todo_el_avance():
    filas = compromisos(50).assign(programado=[4.0])
    assert variacion.diferencia(filas.iloc[0]) == 1
    sin_plan = filas.assign(programado=float("nan"))
    assert variacion.diferencia(sin_plan.iloc[0]) is None
    assert variacion.diferencia(sin_plan.assign(estado="Avance no programado").iloc[0]) == 5


def test_los_trimestres_llevan_plan_en_contorno_y_avance_en_solido():
    figura = TODAS["trimestres"]
    plan, avance = figura.data[0], figura.data[1]
    assert [t.name for t in figura.data[:4]] == ["Programado", "Alcanzado"] * 2
    assert (plan.marker.color, plan.marker.line.color) == (tema.PAPEL, tema.TINTA)
    assert avance.marker.color == tema.TINTA
    assert list(plan.y) == [50, 25, 10, 0] and list(avance.y) == [85, 10, 0, 2]
    assert list(figura.data[3].y) == [85, 95, 95, 97]
    assert [a.text for a in nombrados(figura, "estado")] == [
        f"▲ 170{D}%", f"▼ 40{D}%", f"✕ 0{D}%", f"{D}+{D}", f"▲ 114.1{D}%",
    ]  # fmt: skip
    assert sum("nuevo plan" in a.text for a in figura.layout.annotations) == 2
    palabras = [a.text for a in nombrados(figura, "palabra")]
    assert palabras == ["Programado", "Alcanzado", "Sin avance", "Crítico", "Sobrecumple", "Avance no programado"]


def test_bajo_lo_acumulado_va_el_porcentaje_que_imprime_el_informe():
    figura = por_trimestre.programado_alcanzado(LA_305, "Mensaje", "expediente", PIE, f"20{D}%")
    (informe,) = nombrados(figura, "informe")
    assert (informe.text, informe.x, informe.xanchor) == (f"El informe imprime 20{D}%", 1, "right")
    assert not nombrados(TODAS["trimestres"], "informe")


def test_sin_acumulado_cada_trimestre_usa_todo_el_ancho():
    tabla = trimestres(*[("trimestre", t, 5.0, None, None, "Aún no exigible", 1) for t in (1, 2, 3, 4)])
    figura = por_trimestre.programado_alcanzado(tabla, "Mensaje", "informe", PIE)
    assert [t.name for t in figura.data] == ["Programado"]
    assert [a.text for a in nombrados(figura, "palabra")] == ["Programado", "Aún no exigible"]
    assert figura.layout.xaxis.domain[1] == 1


def test_un_hueco_no_es_cero():
    tabla = trimestres(("trimestre", 1, 5.0, None, None, "Sin reporte", 1))
    figura = por_trimestre.programado_alcanzado(tabla, "Mensaje", "informe", PIE)
    assert [t.name for t in figura.data] == ["Programado"]  # ninguna barra de alcanzado
    assert "Alcanzado: sin cifra impresa" in figura.data[0].hovertext[0]
    assert figura.layout.xaxis.ticktext[0] == "<b>ene–mar</b><br>5<br><b>—</b>"


@pytest.mark.parametrize(
    ("figura", "frase"),
    [
        (estados.conteos(conteo(), "M", "meta", PIE), "No hay metas para esta selección."),
        (
            variacion.barras(compromisos(), "M", "accion", PIE),
            "Ninguna acción de esta selección tiene cumplimiento que comparar.",
        ),
        (
            por_trimestre.programado_alcanzado(trimestres(), "M", "u", PIE),
            "El documento no imprime cifras trimestrales de este compromiso.",
        ),
    ],
)
def test_sin_datos_hay_una_frase(figura, frase):
    assert not figura.data
    assert [a.text.replace("<br>", " ") for a in nombrados(figura, "vacia")] == [frase]
    assert nombrados(figura, "pie")


@pytest.mark.parametrize("nombre", TODAS)
def test_ninguna_figura_dice_none_nan_ni_claves(nombre):
    visto = palabras(TODAS[nombre])
    textos = re.findall(r'"(?:text|name|hovertext|ticktext)": (\[[^\]]*\]|"[^"]*")', visto)
    assert textos
    assert not re.search(r"\bNone\b|\bnan\b|<NA>|\b[a-z]+_[a-z]+\b", " ".join(textos))


@pytest.mark.parametrize("nombre", TODAS)
def test_toda_figura_lleva_pie_mensaje_y_la_plantilla(nombre):
    figura = TODAS[nombre]
    assert lienzo.mensaje(figura)
    assert "CONEVAL" in figura.layout.meta["pie"]
    assert figura.layout.template.layout.separators == ".,"
    assert figura.layout.template.layout.height == tema.ALTO


def test_la_imagen_para_lamina_mide_1920_por_1080_y_sus_letras_se_leen():
    opciones = tema.config_grafica("2025-T3_bisom_variacion")["toImageButtonOptions"]
    assert opciones["width"] * opciones["scale"] == 1920
    assert opciones["height"] * opciones["scale"] == 1080
    escala = {nombre: px * opciones["scale"] for nombre, px in tema.ESCALA.items()}
    assert escala["grafica"] >= 56 and escala["rotulo"] >= 32 and escala["nota"] >= 24
    assert opciones["filename"] == "2025-T3_bisom_variacion"


def test_la_configuracion_habla_espanol_y_no_sube_nada():
    config = tema.config_grafica("x")
    assert config["locale"] == "es-MX" and config["plotlyServerURL"] == ""
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["locales"]["es-MX"]["format"]["decimal"] == "."


def test_el_tema_de_streamlit_repite_los_colores_de_aqui():
    import tomllib

    from poa import rutas

    tema_streamlit = tomllib.loads((rutas.raiz() / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    assert tema_streamlit["primaryColor"] == tema_streamlit["textColor"] == tema.TINTA
    assert tema_streamlit["backgroundColor"] == tema.FONDO
    assert tema_streamlit["secondaryBackgroundColor"] == tema.PAPEL
    assert tema_streamlit["borderColor"] == tema.LINEA


# ---------------------------------------------------------------- cómo se parten el título y el pie


@pytest.mark.parametrize("hasta", range(52, 95))
def test_un_titulo_en_dos_renglones_no_deja_una_palabra_sola(hasta):
    mensaje = ("Desde el tercer trimestre BISOM cumple con otro plan; la base lo compara, en cada caso, con el suyo")[
        :hasta
    ].strip()
    titulo = lienzo.lienzo(mensaje).layout.title.text
    renglones = titulo.split("<br>")
    assert " ".join(renglones) == mensaje
    if len(renglones) == 2:
        assert min(letra.medir(r, 24) for r in renglones) >= 0.35 * lienzo.PX


def test_el_pie_se_parte_entre_sus_partes_y_la_banda_no_se_separa_de_su_nombre():
    (pie,) = nombrados(lienzo.lienzo("M", f"Cada barra, contra el trimestre mayor de su renglón. {PIE}"), "pie")
    assert pie.text.split("<br>")[1] == f"Umbrales: CONEVAL{D}90–110{D}%"
    for de_mas in range(20, 200, 3):
        (pie,) = nombrados(lienzo.lienzo("M", f"{'nota ' * (de_mas // 5)}{'a' * (de_mas % 5)} {PIE}"), "pie")
        assert f"CONEVAL{D}90–110{D}%" in pie.text


# ---------------------------------------------------------------- el cuadro por trimestres


@pytest.mark.parametrize(
    ("titulo", "primero"),
    [
        (
            "La meta 500 estuvo en banda en 1 de sus 2 trimestres evaluables; sin reporte en jul–sep y oct–dic",
            "evaluables;",
        ),
        ("La meta 1 compromete 4 en el año (unidad: informe); todavía no es exigible", "año"),
        ("Las 12 acciones de Servicios Médicos Municipales de Mexicali lo rebasaron y 14 no llegaron", "Mexicali"),
    ],
)
def test_el_primer_renglon_de_un_titulo_no_acaba_a_medias(titulo, primero):
    partido = letra.equilibrar(titulo, 752, 24, 0.35)
    assert " ".join(partido) == titulo and len(partido) == 2
    assert partido[0].endswith(f" {primero}") and all(letra.medir(renglon, 24) <= 752 for renglon in partido)


def test_en_la_clave_lo_tramado_lleva_su_trama():
    figura = estados.conteos(conteo(("Dirección", "Cumple", 3), ("Dirección", "Sin reporte", 2)), "M", "accion", PIE)
    rayas = [f for f in figura.layout.shapes if f.name == "trama"]
    assert rayas and len({f.line.color for f in rayas}) == 1
    pastilla = next(n for n in nombrados(figura, "clave") if n.text == "?")
    assert all(pastilla.xshift <= min(f.x0, f.x1) < max(f.x0, f.x1) <= pastilla.xshift + 24 for f in rayas)


def test_una_portada_con_un_nombre_larguisimo_cabe():
    nombre = "Coordinación General de Desarrollo Comunitario y Atención a Grupos Vulnerables " * 3
    figura = texto.portada(
        [nombre, "Presentación del POA 2025", *["Programas: " + "uno y otro; " * 20] * 2, "Plan de 2025"]
    )
    ultima = figura.layout.annotations[-1]
    assert ultima.text == "Plan de 2025" and ultima.y + ultima.font.size * letra.RENGLON <= figura.layout.yaxis.range[0]


def test_una_barra_sola_va_al_centro_y_no_engorda():
    figura = estados.conteos(conteo(("Dirección", "Cumple", 3)), "Mensaje", "accion", PIE)
    assert list(figura.layout.yaxis.range) == [0.5, -0.5]
    assert figura.data[0].width * lienzo.alto_de(figura) <= 56
