"""Las páginas con la base de verdad: abren en todo corte y dependencia, y nada de lo que se lee es clave."""

import json
import re
from html.parser import HTMLParser

import pytest
from streamlit.testing.v1 import AppTest

from poa import rutas
from poa.componentes import marco
from poa.consultas import consultar

PROHIBIDO = re.compile(r"\bNone\b|\bnan\b|\bNaN\b|<NA>|\b[a-z]+_[a-z_]+\b|\b\d{4}T\d\b|[a-z]+-\d{4}/")
INGLES = re.compile(r"\b(?:Choose an option|Select|required|Loading|Error|Close|Fullscreen|undefined)\b")
PAGINAS = [nombre for nombre, _ in marco.PAGINAS[1:]]
CON_GRAFICA = ("resumen", "dependencias")


class Leido(HTMLParser):
    """Lo que una persona lee de un HTML: su texto y sus avisos al pasar; no direcciones ni estilos."""

    def __init__(self):
        super().__init__()
        self.partes, self.enlaces, self.en_estilo = [], [], False

    def handle_starttag(self, etiqueta, atributos):
        self.en_estilo = etiqueta == "style"
        dados = dict(atributos)
        self.partes += [dados[a] for a in ("title", "aria-label") if dados.get(a)]
        self.enlaces += [dados[a] for a in ("href", "data-ir") if dados.get(a)]

    def handle_endtag(self, _etiqueta):
        self.en_estilo = False

    def handle_data(self, texto):
        if not self.en_estilo:
            self.partes.append(texto)


def elementos(bloque):
    for hijo in bloque.children.values():
        yield hijo
        if hasattr(hijo, "children"):
            yield from elementos(hijo)


def html(at: AppTest) -> Leido:
    leido = Leido()
    for elemento in elementos(at._tree):
        if elemento.type == "html":
            leido.feed(elemento.proto.body)
    return leido


def graficas(at: AppTest) -> list[dict]:
    return [json.loads(e.proto.spec) for e in elementos(at._tree) if e.type == "plotly_chart"]


def textos_de_grafica(grafica: dict) -> str:
    """Títulos, anotaciones, nombres, rótulos y lo que se lee al pasar; no la plantilla ni customdata."""
    trazo = grafica["layout"]
    partes = [trazo["title"]["text"], *(a["text"] for a in trazo.get("annotations", []))]
    partes += [str(trazo.get(eje, {}).get("ticktext", "")) for eje in ("xaxis", "xaxis2", "yaxis")]
    for traza in grafica["data"]:
        partes += [str(traza.get(campo, "")) for campo in ("name", "text", "hovertext")]
    return re.sub(r"<[^>]+>", " ", " ".join(partes)).replace("null", "")


def leido(at: AppTest) -> str:
    """Todo lo que se lee en la página."""
    filtros = [f"{w.label} {w.format_func(w.value)}" for w in at.selectbox]
    return " ".join([*html(at).partes, *map(textos_de_grafica, graficas(at)), *filtros])


def abrir(pagina: str, **parametros: str) -> AppTest:
    at = AppTest.from_file(str(rutas.raiz() / "app.py"), default_timeout=60)
    at.run()
    at.switch_page(f"pages/{pagina}.py")
    for nombre, valor in parametros.items():
        at.query_params[nombre] = valor
    return at.run()


def vistas() -> list[dict[str, str]]:
    """Cada corte con cada una de sus dependencias y con todas."""
    cortes = consultar("cortes")
    pares = [(c, d) for c, d in zip(cortes["corte"], cortes["dependencia"], strict=True)]
    return [{"corte": c, "dependencia": d} for c, d in [*pares, *((c, "todas") for c in sorted(set(cortes["corte"])))]]


def revisar(at: AppTest) -> None:
    assert not at.exception, at.exception[0].message
    texto = leido(at)
    assert len(texto) > 400
    assert not PROHIBIDO.search(texto), PROHIBIDO.search(texto)
    assert not INGLES.search(texto), INGLES.search(texto)


@pytest.mark.parametrize("pagina", PAGINAS)
@pytest.mark.parametrize("vista", vistas(), ids=lambda v: "-".join(v.values()))
def test_cada_pagina_abre_en_toda_vista(pagina, vista):
    for nivel, periodo in (("accion", "acumulado"), ("meta", "trimestre")):
        at = abrir(pagina, nivel=nivel, periodo=periodo, **vista)
        revisar(at)
        assert at.query_params["corte"] == [vista["corte"]] or at.query_params["corte"] == vista["corte"]
        assert len(graficas(at)) >= (pagina in CON_GRAFICA)


@pytest.mark.parametrize("preset", list(consultar("presets")["preset"]))
def test_los_umbrales_se_eligen_y_se_dicen(preset):
    at = abrir("resumen", corte="2025T4", preset=preset)
    revisar(at)
    assert f"{preset} %" in leido(at)
    conteo = consultar("cumplimiento", corte="2025T4", nivel="accion", periodo="acumulado", preset=preset)
    assert f"cumplió {(conteo['estado'] == 'Cumple').sum()} de" in leido(at)


def cumplen(preset: str | None) -> int:
    filas = consultar("cumplimiento", corte="2025T4", nivel="accion", periodo="acumulado", preset=preset)
    return int((filas["estado"] == "Cumple").sum())


def test_los_umbrales_propios_viven_en_la_direccion_y_se_dicen():
    at = abrir("resumen", corte="2025T4", preset="60-85-120-250")
    revisar(at)
    assert at.query_params["preset"] in ("60-85-120-250", ["60-85-120-250"])
    assert "Propios 85–120 %" in leido(at).replace("\u00a0", " ")
    assert f"cumplió {cumplen('60-85-120-250')} de" in leido(at)
    assert at.radio(key="umbral_preset").value is None


@pytest.mark.parametrize("imposible", ["90-60-110-220", "70-90-95-220", "70-90.3-110-220", "x", "60-85-120"])
def test_unos_umbrales_imposibles_son_los_predeterminados(imposible):
    at = abrir("resumen", corte="2025T4", preset=imposible)
    revisar(at)
    assert "preset" not in at.query_params
    assert at.radio(key="umbral_preset").value == "CONEVAL 90–110"


def test_mover_los_umbrales_cambia_lo_que_se_cuenta():
    at = abrir("resumen", corte="2025T4", estado="Cumple")
    at.slider(key="umbral_banda").set_value((60.0, 195.0)).run()
    assert at.query_params["preset"] in ("60-60-195-220", ["60-60-195-220"])  # crítico baja con el mínimo
    assert "estado" not in at.query_params
    assert f"cumplió {cumplen('60-60-195-220')} de" in leido(at)
    at.slider(key="umbral_banda").set_value((100.0, 100.0)).run()  # la banda siempre rodea al 100 %
    assert at.query_params["preset"] in ("60-99-101-220", ["60-99-101-220"])
    at.radio(key="umbral_preset").set_value("Amplio 85–115").run()
    assert at.slider(key="umbral_banda").value == (85, 115)
    at.slider(key="umbral_banda").set_value((90.0, 110.0)).run()  # los de un preset son ese preset
    assert at.query_params["preset"] in ("CONEVAL 90–110", ["CONEVAL 90–110"])
    revisar(at)


def test_la_linea_y_su_plan_viven_en_la_direccion_hasta_que_cambia_un_filtro():
    at = abrir("ejes", corte="2025T4", pmd="2025-2027", linea="3.2")
    assert {"pmd", "linea"} <= set(at.query_params)
    ajena = abrir("resumen", corte="2025T4", pmd="2025-2027", linea="3.2")
    assert not any("linea=" in enlace for enlace in html(ajena).enlaces)
    at.segmented_control(key="filtro_nivel").set_value("meta").run()
    assert not {"pmd", "linea"} & set(at.query_params)


def test_una_pagina_no_muestra_los_filtros_que_no_usa():
    at = abrir("presupuesto", corte="2022T4")
    assert [f.label for f in at.selectbox] == ["Ejercicio", "Corte", "Dependencia"]
    assert not at.segmented_control and not at.slider


def test_todas_las_dependencias_van_lado_a_lado_y_una_con_sus_compromisos():
    todas = html(abrir("dependencias", corte="2024T0")).partes
    assert "Todas las dependencias" in todas
    assert "Metas y acciones de la dependencia" not in todas
    una = html(abrir("dependencias", corte="2024T0", dependencia="dif")).partes
    assert "Metas y acciones de la dependencia" in una


@pytest.mark.parametrize("pagina", ["inicio", "resumen"])
def test_hay_un_parrafo_para_leer_en_la_sesion(pagina):
    at = AppTest.from_file(str(rutas.raiz() / "app.py"), default_timeout=60).run()
    if pagina != "inicio":
        at.switch_page(f"pages/{pagina}.py").run()
    assert "Para leer en la sesión" in html(at).partes


@pytest.mark.parametrize("corte", ["2018T1", "2022T4", "2023T3", "2024T0", "2025T4"])
def test_la_tarjeta_de_un_compromiso_dice_de_donde_sale(corte):
    filas = consultar("cumplimiento", corte=corte, periodo="acumulado")
    for _, fila in filas.iloc[:: max(1, len(filas) // 3)].iterrows():
        at = abrir("resumen", corte=corte, compromiso=fila["compromiso_id"])
        revisar(at)
        texto = leido(at)
        fuente = consultar("procedencia", compromiso_id=fila["compromiso_id"]).iloc[0]
        desde, hasta = int(fuente["renglon"]), int(fuente["renglon_hasta"])
        lugar = f"renglones {desde:,} a {hasta:,}" if hasta > desde else f"renglón {desde:,}"
        assert f"Página {int(fuente['pagina']):,}, {lugar}" in texto
        assert fuente["archivo"] in texto


@pytest.mark.parametrize("corte", ["2018T1", "2022T4", "2023T3", "2024T0", "2025T4"])
def test_un_compromiso_se_ve_por_trimestre_con_su_observacion_y_su_tarjeta(corte):
    filas = consultar("compromisos", corte=corte)
    for _, fila in filas.iloc[:: max(1, len(filas) // 3)].iterrows():
        at = abrir("dependencias", compromiso=fila["compromiso_id"], tarjeta="1")
        revisar(at)
        assert "Observación impresa" in html(at).partes
        assert f" {fila['clave']} " in graficas(at)[0]["layout"]["title"]["text"].replace("<br>", " ")


def test_un_compromiso_que_no_existe_tiene_su_frase():
    at = abrir("resumen", compromiso="poa-1999/1999T1/nadie/1/1")
    revisar(at)
    assert "no está en la base" in leido(at)


def test_lo_que_no_existe_en_la_direccion_se_corrige():
    at = abrir("dependencias", corte="1999T9", dependencia="nadie", nivel="x", periodo="y", preset="z", ejercicio="w")
    revisar(at)
    assert at.selectbox(key="filtro_corte").value == max(consultar("cortes")["corte"])


def test_un_conteo_abre_la_lista_que_lo_suma():
    at = abrir("resumen", corte="2025T4", estado="Rebasan el plan")
    revisar(at)
    filas = consultar("cumplimiento", corte="2025T4", nivel="accion", periodo="acumulado")
    n = filas["estado"].isin(["Sobrecumple", "Meta subestimada"]).sum()
    lista = [e.proto.body for e in elementos(at._tree) if e.type == "html" and "Compromisos que suman" in e.proto.body]
    assert lista[0].count("<tr") == n + 1


def test_un_estado_sin_compromisos_tiene_su_frase():
    at = abrir("resumen", corte="2024T0", estado="Crítico")
    revisar(at)
    assert "Ningún compromiso de esta selección está en ese estado." in leido(at)
    assert "todavía contra su plan" in leido(at)


def test_lo_mismo_se_cuenta_en_la_pagina_y_en_la_consulta():
    at = abrir("resumen", corte="2022T4")
    filas = consultar("cumplimiento", corte="2022T4", nivel="accion", periodo="acumulado")
    del_dibujo = {
        t["name"].split(" ", 1)[1]: sum(t["x"] if isinstance(t["x"], list) else []) for t in graficas(at)[0]["data"]
    }
    assert del_dibujo == filas["estado"].value_counts().to_dict()


def test_todos_los_enlaces_llevan_a_una_pagina_que_existe():
    enlaces = [e for p in PAGINAS for e in html(abrir(p, corte="2025T4")).enlaces if not e.startswith("#")]
    assert enlaces
    assert {e.partition("?")[0] for e in enlaces} <= {nombre for nombre, _ in marco.PAGINAS}


def test_un_filtro_cambia_la_direccion_y_la_pagina_siguiente_lo_recuerda():
    at = abrir("resumen", corte="2025T4")
    at.selectbox(key="filtro_ejercicio").set_value(2018).run()
    assert at.query_params["corte"] in ("2018T1", ["2018T1"])
    at.switch_page("pages/dependencias.py")
    at.query_params.clear()
    at.run()
    assert at.query_params["corte"] in ("2018T1", ["2018T1"])
    revisar(at)


def test_la_portada_lista_todos_los_informes():
    at = AppTest.from_file(str(rutas.raiz() / "app.py"), default_timeout=60).run()
    revisar(at)
    assert leido(at).count("Ver resumen") == len(consultar("cortes"))


def test_sin_base_se_dice_que_hacer(tmp_path, monkeypatch):
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    for pagina in ("inicio", *PAGINAS):
        at = AppTest.from_file(str(rutas.raiz() / "app.py"), default_timeout=60).run()
        if pagina != "inicio":
            at.switch_page(f"pages/{pagina}.py").run()
        assert not at.exception
        assert "poa construir" in " ".join(html(at).partes)


def test_las_graficas_usan_nuestro_tema_y_tienen_texto_alternativo():
    at = abrir("dependencias", corte="2025T4", dependencia="bisom")
    grafica = next(e.proto for e in elementos(at._tree) if e.type == "plotly_chart")
    assert grafica.theme == ""
    assert grafica.alt.startswith("Gráfica: ")
    assert json.loads(grafica.config)["locale"] == "es-MX"


def test_lo_acumulado_que_se_dibuja_termina_en_lo_que_se_cuenta():
    for _, fila in consultar("cumplimiento", periodo="acumulado").iterrows():
        dibujado = consultar("compromiso_acumulado", compromiso_id=fila["compromiso_id"], corte=fila["corte"])
        if len(dibujado):
            ultimo = dibujado.sort_values("trimestre").iloc[-1]
            for cifra in ("programado", "alcanzado"):
                assert ultimo[cifra] == pytest.approx(fila[cifra], nan_ok=True), fila["compromiso_id"]
