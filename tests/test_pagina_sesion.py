"""El modo sesión: sus pasos, el teclado, y los acuerdos que se apuntan en un corte y se ven en el siguiente."""

import io
import re
import shutil

import docx
import pandas as pd
import pytest
from playwright.sync_api import expect, sync_playwright

from poa import acuerdos, rutas, tablero
from poa.base import construir_base
from poa.consultas import consultar
from poa.mensajes import sesion as mensajes
from tests.extractos_hechos import Extractos
from tests.test_paginas import abrir, elementos, html, leido, revisar

BISOM = ["bisom", "bisom/100", "bisom/200", "bisom/300", "bisom/400", "bisom/500", mensajes.ACUERDOS]


@pytest.fixture
def datos(tmp_path, monkeypatch):
    """Una copia de la carpeta de datos, para apuntar sin tocar la de verdad."""
    copia = shutil.copytree(rutas.datos(), tmp_path / "datos", ignore=shutil.ignore_patterns("acuerdos.*"))
    monkeypatch.setenv("POA_DATOS", str(copia))
    return copia


def apuntar(corte: str, dependencia: str, clave: str, texto: str = "Revisar el padrón") -> acuerdos.Acuerdo:
    filas = consultar("cumplimiento", corte=corte, dependencia=dependencia, periodo="acumulado")
    fila = filas[filas["clave"] == clave].iloc[0]
    eslabones = consultar("eslabones", corte=corte, dependencia=dependencia).set_index("vigente_id")["eslabon"]
    return acuerdos.apuntar(fila, eslabones[fila["vigente_id"]], corte, texto, "JLM", fila["preset"])


def pasos_de(at) -> list[str]:
    """Las claves de los pasos del recorrido, en orden."""
    recorrido = html_de(at).split("class='recorrido'")[1].split("</nav>")[0]
    return re.findall(r"paso=([^&']+)", recorrido)


def html_de(at) -> str:
    return "".join(e.proto.body for e in elementos(at._tree) if e.type == "html")


def posicion(at) -> str:
    return re.search(r"<b>(\d+ de \d+)</b>", html_de(at))[1]


# ---------------------------------------------------------------- los pasos


def test_los_pasos_son_la_apertura_cada_meta_y_los_acuerdos():
    at = abrir("sesion", corte="2025T4", dependencia="bisom")
    assert pasos_de(at) == BISOM and posicion(at) == "1 de 7"
    revisar(at)


def test_de_todas_las_dependencias_va_una_tras_otra_en_orden():
    at = abrir("sesion", corte="2024T0", dependencia="todas")
    aperturas = [p for p in pasos_de(at) if "/" not in p]
    cortes = consultar("cortes", ejercicio=2024).sort_values("dependencia_corta")
    assert aperturas == [*cortes["dependencia"], mensajes.ACUERDOS]
    assert len(pasos_de(at)) == len(cortes) + int(cortes["metas"].sum()) + 1


@pytest.mark.parametrize("corte", ["2018T1", "2022T4", "2023T3", "2024T0", "2025T1", "2025T4"])
def test_cada_paso_de_cada_corte_se_lee(corte):
    for paso in pasos_de(abrir("sesion", corte=corte, dependencia="todas")):
        at = abrir("sesion", corte=corte, dependencia="todas", paso=paso)
        assert not at.exception, paso
        assert "aria-current" in html_de(at) and mensajes.NO_EXISTE not in leido(at)
        if paso != mensajes.ACUERDOS:
            revisar(at)


def test_un_paso_de_meta_dice_sus_cifras_su_porque_y_donde_esta_impreso():
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/400")
    suyas = consultar("cumplimiento", corte="2025T4", dependencia="bisom", periodo="acumulado")
    suyas = suyas[suyas["meta_clave"] == "400"]
    dicho, enlaces = " ".join(html(at).partes), " ".join(html(at).enlaces)
    for _, fila in suyas.iterrows():
        assert f"página {fila['pagina']}, renglón {fila['renglon']}" in dicho
        assert f"compromiso={fila['compromiso_id']}" in enlaces
    assert "32.5\u00a0%" in dicho and "Crítico" in dicho and "diversas obras iniciaron" in dicho
    assert "El documento no imprime motivo" in dicho
    assert dicho.index("403") < dicho.index("401")  # primero las que hay que preguntar


def test_las_barras_guardan_la_proporcion_de_las_cifras():
    cuerpo = html_de(abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/400"))
    renglon = cuerpo[cuerpo.index(">403<") :]
    assert re.search(r"class='p' style='width:100.0%'></i><i class='a' style='width:32.5%'", renglon)


def test_solo_plan_dice_lo_programado_en_cada_trimestre_y_nada_alcanzado():
    at = abrir("sesion", corte="2024T0", dependencia="dif", paso="dif/3")
    dicho = " ".join(html(at).partes)
    assert "Aún no exigible" in dicho and "Meta anual" in dicho and "Alcanzado" not in dicho
    trimestres = consultar("trimestres", corte="2024T0", dependencia="dif", nivel="accion")
    for valor in trimestres[trimestres["clave"] == "3.2"]["programado"]:
        assert f"{valor:,.0f}" in dicho


@pytest.mark.parametrize(
    ("pedido", "visto"),
    [("bisom/999", "1 de 7"), ("no-existe", "1 de 7"), ("bisom/300/305", "1 de 7"), ("<b>", "1 de 7")],
)
def test_un_paso_que_no_existe_lleva_al_mas_cercano_y_lo_dice(pedido, visto):
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso=pedido)
    assert posicion(at) == visto and mensajes.NO_EXISTE in leido(at)


def test_el_paso_se_conserva_al_cambiar_de_corte():
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/400")
    at.selectbox(key="filtro_corte").set_value("2025T2").run()
    assert posicion(at) == "5 de 7" and "Efectividad en la ejecución" in leido(at)


def test_de_otra_pagina_se_vuelve_al_mismo_paso():
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/400")
    at.switch_page("pages/resumen.py").run()
    at.query_params.clear()
    at.switch_page("pages/sesion.py").run()
    assert posicion(at) == "5 de 7" and at.query_params["paso"] in ("bisom/400", ["bisom/400"])


def test_un_compromiso_de_la_direccion_abre_su_paso_y_su_tarjeta():
    at = abrir("sesion", corte="2025T4", compromiso="poa-2025/2025T4/bisom/400/403", tarjeta="1")
    assert posicion(at) == "5 de 7" and "Texto impreso" in leido(at)


# ---------------------------------------------------------------- documentos que no se han visto


def sesion_de(hechos: Extractos, tmp_path, monkeypatch) -> None:
    construir_base(hechos.escribir(tmp_path))
    monkeypatch.setenv("POA_DATOS", str(tmp_path))


def test_una_sola_meta_sin_acciones(tmp_path, monkeypatch):
    hechos = Extractos()
    hechos.compromiso("2031T2", "acuerdos", "100", [(10, 5), (10, 12)], nivel="meta")
    sesion_de(hechos, tmp_path, monkeypatch)
    at = abrir("sesion", paso="acuerdos/100")
    assert pasos_de(at) == ["acuerdos", "acuerdos/100", mensajes.ACUERDOS] and posicion(at) == "2 de 3"
    assert "no imprime acciones" in leido(at)
    revisar(abrir("sesion", paso="acuerdos"))


def test_cuarenta_acciones_sin_meta_y_textos_dificiles(tmp_path, monkeypatch):
    hechos = Extractos()
    hostil = "<script>alert(1)</script> <b>negritas</b> =1+1 & " + "X" * 200
    for n in range(40):
        trimestres = [(10, None if n % 4 == 0 else n), (1e12 if n == 3 else 5, 2)]
        cambios = {"descripcion": hostil, "observaciones": hostil} if n % 2 else {"unidad_medida": None}
        hechos.compromiso("2031T2", "rara", str(101 + n), trimestres, **cambios)
    sesion_de(hechos, tmp_path, monkeypatch)
    at = abrir("sesion", paso="rara/100")
    revisar(at)
    assert "no imprime la meta" in leido(at) and "<script" not in html_de(at) and "<b>negritas" not in html_de(at)
    assert re.search(r"Y \d+ más", leido(at))
    suyas = consultar("cumplimiento", periodo="acumulado")["clave"]
    assert all(f">{clave}<" in html_de(at) for clave in suyas)
    revisar(abrir("sesion", paso="rara"))


# ---------------------------------------------------------------- qué se movió


def seguidos(antes: dict, ahora: dict, enlaces=(), eslabon: str = "2026.1/d/1/1.1"):
    """Lo que se dice de un acuerdo al verlo desde un compromiso de otro corte."""
    base = {"acuerdo": "a", "fecha": pd.Timestamp("2026-01-05"), "iniciales": "AB", "texto": "x", "corte": "2025T4"}
    base |= {"eslabon": "2025.1/d/1/1.1", "compromiso_id": "p/2025T4/d/1/1.1", "nivel": "accion", "descripcion": None}
    base |= {"unidad_medida": "Evento", "programado": 75.0, "alcanzado": 60.0, "cumplimiento_pct": 80.0}
    base |= {"estado": "En riesgo", "preset": None, "documento": "p", "pagina": 1, "renglon": 1}
    fila = {"vigente_id": "2026/d/1/1.1", "corte_informe": "2026T1", "unidad_medida": "Eventos", "clave": "1.1"}
    filas = pd.DataFrame([fila | ahora])
    return mensajes.seguir(
        [acuerdos.Acuerdo(**(base | antes))],
        filas,
        {filas["vigente_id"].iloc[0]: eslabon},
        enlaces,
        "2026T1",
        lambda una, otra: str(una).rstrip("s") == str(otra).rstrip("s"),
    )


def enlace(origen: str, destino: str, relacion: str = "misma", **cambios) -> dict:
    une = relacion in ("misma", "reformulada")
    return {
        "origen": origen,
        "destino": destino,
        "relacion": relacion,
        "procedencia": "confirmado",
        "une": une,
        "misma_unidad": relacion != "cambia_unidad",
        "cambia_dependencia": relacion == "afin",
        "unidad_origen": "Evento",
        "unidad_destino": "Persona" if relacion == "cambia_unidad" else "Evento",
    } | cambios


UNO, OTRO = "2025.1/d/1/1.1", "2026.1/d/1/1.1"


def porque(*argumentos, **opciones) -> str | None:
    (suyos,) = seguidos(*argumentos, **opciones).values()
    return suyos[0].porque


def test_un_acuerdo_llega_por_el_linaje_y_se_compara_si_es_el_mismo():
    assert porque({}, {}, [enlace(UNO, OTRO)]) is None
    medio = "2025.2/d/9/9.9"
    assert porque({}, {}, [enlace(UNO, medio, "reformulada"), enlace(medio, OTRO)]) is None
    assert not seguidos({}, {})  # sin enlace, la misma clave de otro año no es el mismo compromiso
    assert not seguidos({}, {}, [enlace(OTRO, UNO)])  # el linaje no va hacia atrás
    assert not seguidos({"corte": "2026T2"}, {}, [enlace(UNO, OTRO)])  # ni se ve lo que se acordó después


@pytest.mark.parametrize("relacion", ["afin", "cambia_unidad", "dividida", "fusionada"])
def test_lo_que_no_se_puede_comparar_dice_por_que(relacion):
    assert porque({}, {}, [enlace(UNO, OTRO, relacion)]) == relacion
    (suyos,) = seguidos({}, {}, [enlace(UNO, OTRO, relacion)]).values()
    assert mensajes.sin_comparar(suyos[0]).startswith("no se compara: ")
    # si hay otro camino que sí une, ese vale
    assert porque({}, {}, [enlace(UNO, OTRO, relacion), enlace(UNO, "m"), enlace("m", OTRO)]) is None


def test_los_demas_casos_en_que_no_se_compara():
    assert porque({}, {}, [enlace(UNO, OTRO, procedencia="sugerido", une=False)]) == "sugerido"
    assert porque({}, {"unidad_medida": "Persona"}, [enlace(UNO, OTRO)]) == "cambia_unidad"
    assert porque({}, {"unidad_medida": None}, [enlace(UNO, OTRO)]) == "sin_unidad"
    mismo = {"eslabon": "2026.1/d/1/1.1", "corte": "2025T4"}
    assert porque(mismo, {}) is None
    assert porque(mismo, {"corte_informe": "2025T4"}) == "sin_informe"
    assert porque({"eslabon": "2026.2/d/1/1.1"}, {}) == "sin_enlace"
    assert porque({"eslabon": OTRO, "corte": "2026T1"}, {}) == "este_corte"


def test_el_corte_siguiente_ensena_el_acuerdo_con_lo_que_se_movio(datos):
    apuntar("2025T2", "bisom", "305", "Firmar los expedientes")
    apuntar("2025T2", "bisom", "500", "Reparar los aires")
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/300")
    dicho = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html_de(at)))
    assert "«Firmar los expedientes» JLM, " in dicho
    assert re.search(
        r"Al apuntarlo \(T2 2025\) ?: 95 de 75, 126.7 % ▲ Sobrecumple ?; ahora \(T4 2025\) ?: 97 de 85, 114.1 % ▲",
        dicho,
    )
    assert "sigue en «Sobrecumple»" in dicho
    revisar(at)
    otro = leido(abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/500"))
    assert "«Reparar los aires»" in otro and mensajes.SIN_MOVIMIENTO in otro  # la meta 500 ya no se informó
    assert "Reparar los aires" not in leido(abrir("sesion", corte="2025T1", dependencia="bisom", paso="bisom/500"))
    apertura = leido(abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom"))
    assert "Hay 2\u00a0acuerdos de cortes anteriores" in apertura


def test_de_un_anio_a_otro_llega_por_su_hilo_y_lo_afin_no_se_compara(datos):
    apuntar("2024T0", "bisom", "3.5", "Pedir la lista de organismos")
    dicho = leido(abrir("sesion", corte="2025T1", dependencia="bisom", paso="bisom/300"))
    assert "«Pedir la lista de organismos»" in dicho and "sobre la acción 3.5 de 2024" in dicho
    assert "solo plan, sin avance" in dicho and "ahora (T1 2025)" in dicho


def test_un_acuerdo_cuyo_compromiso_ya_no_esta_se_ve_en_el_ultimo_paso(datos):
    nuevo = apuntar("2025T1", "bisom", "305", "Se quedó sin lugar")
    ruta = acuerdos.archivo()
    ruta.write_text(ruta.read_text("utf-8-sig").replace(nuevo.eslabon, "2025.1/bisom/300/399"), encoding="utf-8-sig")
    dicho = leido(abrir("sesion", corte="2025T4", dependencia="bisom", paso=mensajes.ACUERDOS))
    assert mensajes.SIN_LUGAR in dicho and "Se quedó sin lugar" in dicho


def test_un_archivo_danado_se_dice_y_la_sesion_sigue(datos):
    (datos / "acuerdos.csv").write_text("hola\n1,2\n")
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/300")
    assert not at.exception and "está dañado" in leido(at) and "1,354" in leido(at)


# ---------------------------------------------------------------- apuntar y enmendar


def test_se_apunta_desde_el_paso_y_lo_escrito_no_se_pierde_si_falta_algo(datos):
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/400")
    at.selectbox(key="acuerdo_sobre_0_bisom/400").set_value("2025/bisom/400/403")
    at.text_area(key="acuerdo_texto_0").set_value("=Traer el calendario")
    guardar = next(b for b in at.button if b.label == "Guardar acuerdo")
    guardar.click().run()
    assert "de 2 a 5 letras" in leido(at) and acuerdos.leer() == []
    assert at.text_area(key="acuerdo_texto_0").value == "=Traer el calendario"
    at.text_input(key="acuerdo_iniciales_0").set_value("ab")
    next(b for b in at.button if b.label == "Guardar acuerdo").click().run()
    (guardado,) = acuerdos.leer()
    assert (guardado.clave, guardado.texto, guardado.iniciales) == ("403", "=Traer el calendario", "AB")
    assert (guardado.programado, guardado.alcanzado, guardado.estado) == (120, 39, "Crítico")
    assert "«=Traer el calendario»" in leido(at)
    assert at.text_area(key="acuerdo_texto_1").value == "" and at.text_input(key="acuerdo_iniciales_1").value == "ab"


def test_en_el_ultimo_paso_se_corrige_se_tacha_y_se_baja_el_acta(datos):
    apuntar("2025T4", "bisom", "403", "Con herror")
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso=mensajes.ACUERDOS)
    assert "1\u00a0acuerdo en la sesión" in leido(at) and "39 de 120" in leido(at)
    (viejo,) = acuerdos.leer()
    at.text_area(key=f"enmienda_texto_0_{viejo.acuerdo}").set_value("Sin error")
    at.text_input(key=f"enmienda_iniciales_0_{viejo.acuerdo}").set_value("CD")
    next(b for b in at.button if b.label == "Guardar corrección").click().run()
    assert "«Sin error»" in leido(at) and "corregido" in leido(at) and "Con herror" not in leido(at)
    (nuevo,) = acuerdos.leer()
    assert at.text_input(key=f"enmienda_iniciales_1_{nuevo.acuerdo}").value == "CD"
    next(b for b in at.button if b.label == "Tachar").click().run()
    assert mensajes.SIN_ACUERDOS in leido(at) and acuerdos.leer() == []
    assert len(acuerdos.leer(con_tachados=True)) == 2


# ---------------------------------------------------------------- en el navegador


@pytest.fixture(scope="module")
def servidor(tmp_path_factory):
    """Un tablero con su copia de los datos: lo que aquí se apunta no llega a la carpeta de verdad."""
    copia = tmp_path_factory.mktemp("sesion") / "datos"
    shutil.copytree(rutas.datos(), copia, ignore=shutil.ignore_patterns("acuerdos.*"))
    with pytest.MonkeyPatch.context() as entorno:
        entorno.setenv("POA_DATOS", str(copia))
        with tablero.abierto() as direccion:
            yield direccion


@pytest.fixture(scope="module")
def navegador():
    if (ruta := tablero.navegador()) is None:
        pytest.fail("No se encontró Chromium: apt-get install chromium fonts-liberation", pytrace=False)
    with sync_playwright() as control:
        abierto = control.chromium.launch(executable_path=ruta, args=["--no-sandbox"])
        yield abierto
        abierto.close()


@pytest.fixture
def hoja(navegador):
    contexto = navegador.new_context(viewport={"width": 1366, "height": 768}, locale="es-MX")
    pagina = contexto.new_page()
    pagina.set_default_timeout(30_000)
    yield pagina
    contexto.close()


def entrar(hoja, direccion: str) -> None:
    hoja.goto(direccion)
    hoja.wait_for_selector("footer.pie")
    hoja.evaluate("document.fonts.ready.then(() => true)")


def en(hoja, lugar: int, de: int = 7) -> None:
    expect(hoja.locator(".recorrido b")).to_have_text(f"{lugar} de {de}")


@pytest.mark.navegador
def test_se_recorre_con_el_teclado_sin_recargar_y_atras_regresa(servidor, hoja):
    entrar(hoja, f"{servidor}/sesion?corte=2025T4&dependencia=bisom")
    en(hoja, 1)
    hoja.evaluate("window.marca = 1")
    for tecla, lugar in (("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2), ("PageUp", 1), ("ArrowLeft", 1)):
        hoja.keyboard.press(tecla)
        en(hoja, lugar)
    hoja.keyboard.press("End")
    en(hoja, 7)
    hoja.keyboard.press("ArrowRight")
    en(hoja, 7)
    hoja.keyboard.press("Home")
    en(hoja, 1)
    for _ in range(3):  # tan de prisa que el paso anterior no ha llegado
        hoja.keyboard.press("ArrowRight")
    en(hoja, 4)
    hoja.wait_for_url("**paso=bisom%2F300**")
    hoja.get_by_role("link", name="Siguiente").click()
    en(hoja, 5)
    hoja.wait_for_url("**paso=bisom%2F400**")
    assert hoja.evaluate("window.marca") == 1
    hoja.go_back()
    en(hoja, 4)
    expect(hoja.locator(".sesion h1")).to_contain_text("Promover la participación ciudadana")


@pytest.mark.navegador
def test_las_teclas_no_se_quitan_a_quien_escribe_ni_a_lo_que_esta_abierto(servidor, hoja):
    entrar(hoja, f"{servidor}/sesion?corte=2025T4&dependencia=bisom&paso=bisom/400")
    en(hoja, 5)
    hoja.get_by_role("link", name="página 17, renglón 960").click()
    expect(hoja.locator('[role="dialog"]')).to_be_visible()
    hoja.keyboard.press("ArrowRight")
    hoja.keyboard.press("Escape")
    expect(hoja.locator('[role="dialog"]')).to_have_count(0)
    en(hoja, 5)
    hoja.get_by_role("button", name="Apuntar acuerdo").click()
    caja = hoja.get_by_label("Acuerdo (hasta 600 letras)")
    caja.fill("texto")
    for tecla in ("ArrowLeft", "ArrowRight", "Home", "End", "PageDown"):
        caja.press(tecla)
    caja.press("a")
    en(hoja, 5)
    expect(caja).to_have_value("textoa")
    hoja.keyboard.press("Escape")


@pytest.mark.navegador
def test_un_acuerdo_se_apunta_en_un_corte_y_el_siguiente_dice_que_se_movio(servidor, hoja):
    entrar(hoja, f"{servidor}/sesion?corte=2025T2&dependencia=bisom&paso=bisom/300")
    hoja.get_by_role("button", name="Apuntar acuerdo").click()
    hoja.get_by_role("combobox", name=re.compile("Sobre qué compromiso")).click()
    hoja.get_by_role("option", name=re.compile("Acción 305")).click()
    hoja.get_by_label("Acuerdo (hasta 600 letras)").fill("@Firmar los expedientes,\ncon acentos: acción")
    hoja.get_by_label("Iniciales de quien lo apunta").fill("jlm")
    hoja.get_by_role("button", name="Guardar acuerdo").click()
    apunte = hoja.locator(".apunte")
    expect(apunte).to_contain_text("@Firmar los expedientes,")
    expect(hoja.get_by_role("button", name="Guardar acuerdo")).to_have_count(0)  # se cerró
    hoja.keyboard.press("ArrowRight")  # y las teclas vuelven a pasar de paso
    en(hoja, 5)
    entrar(hoja, f"{servidor}/sesion?corte=2025T4&dependencia=bisom&paso=bisom/300")
    expect(apunte).to_contain_text("Al apuntarlo (T2 2025): 95 de 75, 126.7\u00a0%")
    expect(apunte).to_contain_text("ahora (T4 2025): 97 de 85, 114.1\u00a0%")
    entrar(hoja, f"{servidor}/sesion?corte=2025T2&dependencia=bisom&paso={mensajes.ACUERDOS}")
    with hoja.expect_download() as bajada:
        hoja.get_by_role("button", name="Acta de acuerdos (DOCX)").click()
    assert bajada.value.suggested_filename == "2025-T2_bisom_acta-de-acuerdos.docx"
    with open(bajada.value.path(), "rb") as archivo:
        acta = docx.Document(io.BytesIO(archivo.read()))
    celdas = [c.text for t in acta.tables for r in t.rows for c in r.cells]
    assert "@Firmar los expedientes,\ncon acentos: acción" in celdas


@pytest.mark.navegador
@pytest.mark.parametrize("ancho", [1280, 1366, 1920])
@pytest.mark.parametrize(
    "vista", ["corte=2025T4&paso=bisom/300", "corte=2024T0&paso=dif/3", "corte=2022T4&paso=presidencia"]
)
def test_se_lee_desde_el_fondo_y_nada_se_encima_ni_se_sale(servidor, hoja, vista, ancho):
    hoja.set_viewport_size({"width": ancho, "height": 768})
    entrar(hoja, f"{servidor}/sesion?{vista}")
    hoja.wait_for_selector(".sesion h1")
    medidas = hoja.evaluate(
        """() => {
          const letra = (s) => [...document.querySelectorAll(s)].map(n => parseFloat(getComputedStyle(n).fontSize));
          const caja = (n) => n.getBoundingClientRect();
          const fuera = [...document.querySelectorAll('.sesion *, .st-key-sesion_barra *')].filter(n => {
            const r = caja(n); return r.width && r.right > innerWidth + 1; }).length;
          const encimados = [...document.querySelectorAll('.sesion .acciones > li:not(.cabeza)')].filter(li => {
            const hijos = [...li.children].map(caja).filter(r => r.width && r.height);
            return hijos.some((a, i) => hijos.some((b, j) => j > i && a.left < b.right - 1 && b.left < a.right - 1
                              && a.top < b.bottom - 1 && b.top < a.bottom - 1)); }).length;
          return {principal: letra('.sesion h1, .sesion .nombre, .sesion .cuanto, .sesion .conteos .estado'),
                  todas: letra('.sesion p, .sesion .u, .sesion .estado'), fuera, encimados,
                  ancho: document.documentElement.scrollWidth,
                  titulo: caja(document.querySelector('.sesion h1')).top,
                  barra: caja(document.querySelector('.st-key-sesion_barra')).bottom}; }"""
    )
    assert min(medidas["principal"]) >= 23.9 and min(medidas["todas"]) >= 15.9
    assert not medidas["fuera"] and not medidas["encimados"] and medidas["ancho"] <= ancho
    assert medidas["titulo"] >= medidas["barra"] - 1
