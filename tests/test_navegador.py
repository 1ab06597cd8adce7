"""Recorridos en un navegador de verdad: enlace directo en frío, tarjeta y filtros."""

import re

import pytest
from playwright.sync_api import expect

from poa.componentes import marco
from poa.consultas import consultar
from tests.conftest import llegar

pytestmark = pytest.mark.navegador

COMPROMISO = "poa-2025/2025T4/bisom/300/305"


def abrir(hoja, direccion: str) -> None:
    llegar(hoja, direccion)
    hoja.wait_for_selector(".js-plotly-plot .main-svg")


def test_un_enlace_directo_en_frio_llega_a_su_pagina(servidor_frio, hoja):
    abrir(hoja, f"{servidor_frio}/dependencias?corte=2022T4&dependencia=presidencia")
    expect(hoja.locator("h1")).to_contain_text("Presidencia cumplió")
    expect(hoja.locator(".encabezado .ceja")).to_have_text("Presidencia Municipal")
    expect(hoja.locator('[role="dialog"]')).to_have_count(0)
    assert hoja.locator('[data-testid="stTopNavLink"]').all_inner_texts() == [n for _, n in marco.PAGINAS]
    expect(hoja.locator('[data-testid="stTopNavLink"][aria-current="page"]')).to_have_text("Dependencias")
    assert "/dependencias?" in hoja.url and "corte=2022T4" in hoja.url
    assert hoja.evaluate("document.documentElement.lang") == "es-MX"


def test_el_enlace_de_un_compromiso_abre_su_tarjeta_y_al_cerrarla_se_olvida(servidor, hoja):
    abrir(hoja, f"{servidor}/resumen?compromiso={COMPROMISO}")
    tarjeta = hoja.locator('[role="dialog"]')
    fuente = consultar("procedencia", compromiso_id=COMPROMISO).iloc[0]
    expect(tarjeta).to_contain_text("De dónde sale")
    expect(tarjeta).to_contain_text(f"Página {fuente['pagina']}, renglón {fuente['renglon']}")
    expect(tarjeta.locator("pre").first).to_contain_text("305.-")
    expect(tarjeta.locator("button").first).to_have_attribute("aria-label", "Cerrar")
    hoja.keyboard.press("Escape")
    expect(tarjeta).to_have_count(0)
    hoja.wait_for_url(lambda direccion: "compromiso=" not in direccion)


def test_del_conteo_al_renglon_impreso_en_dos_clics_sin_recargar(servidor, hoja):
    abrir(hoja, f"{servidor}/resumen?corte=2025T4")
    hoja.evaluate("window.marca = 1")
    hoja.locator(".st-key-hoja_estados a.ir").first.click()
    expect(hoja.locator('[role="dialog"] table.cifras')).to_be_visible()
    hoja.wait_for_url("**estado=**")
    hoja.locator('[role="dialog"] a.ir').first.click()
    expect(hoja.locator('[role="dialog"] pre').first).to_be_visible()
    assert hoja.evaluate("window.marca") == 1
    hoja.get_by_role("link", name="Ver este compromiso trimestre por trimestre").click()
    expect(hoja.locator(".detalle")).to_contain_text("Observación impresa")
    hoja.wait_for_url("**/dependencias?**")


def test_de_una_tarjeta_a_su_hilo_y_de_una_busqueda_a_otro(servidor, hoja):
    abrir(hoja, f"{servidor}/alertas?corte=2025T4&compromiso=poa-2025/2025T4/bisom/300/309&tarjeta=1")
    hoja.get_by_role("link", name="Seguir esta meta en otros años").click()
    hoja.wait_for_url("**/seguir?**")
    expect(hoja.locator(".hilos [aria-current]")).to_contain_text("Apoyos a personas en situación de vulnerabilidad")
    expect(hoja.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    caja = hoja.get_by_label("Buscar una meta o acción")
    caja.fill("despenzas alimentarias")
    caja.press("Enter")
    hoja.wait_for_url("**busca=despenzas**")
    expect(hoja.locator(".hilos [aria-current]")).to_contain_text("Despensas")
    expect(hoja.locator("h1")).to_contain_text("Despensas")


def test_la_marca_de_un_compromiso_en_los_cambios_abre_su_tarjeta(servidor, hoja):
    abrir(hoja, f"{servidor}/cambios?quien=bisom&planes=2025.1-2025.2")
    hoja.locator(".js-plotly-plot .points path").last.click(force=True)
    expect(hoja.locator('[role="dialog"] pre').first).to_be_visible()


def test_un_tramo_de_la_grafica_abre_la_lista_que_suma(servidor, hoja):
    abrir(hoja, f"{servidor}/resumen?corte=2025T4")
    hoja.locator(".js-plotly-plot .bars .point path").first.click(force=True)
    expect(hoja.locator('[role="dialog"] table.cifras')).to_be_visible()


def test_una_barra_de_la_variacion_abre_su_compromiso(servidor, hoja):
    abrir(hoja, f"{servidor}/dependencias?corte=2025T4&dependencia=bisom")
    hoja.locator(".js-plotly-plot .bars .point path").first.click(force=True)
    expect(hoja.locator(".detalle")).to_contain_text("De dónde sale")
    hoja.wait_for_url("**compromiso=**")


def test_un_filtro_cambia_la_direccion_y_atras_lo_deshace(servidor, hoja):
    abrir(hoja, f"{servidor}/resumen?corte=2025T4")
    expect(hoja.locator("h1")).to_contain_text("acciones")
    alto = hoja.locator(".tira").bounding_box()["y"]
    hoja.get_by_role("radio", name="Metas").click()
    expect(hoja.locator("h1")).to_contain_text("metas")
    hoja.wait_for_url("**nivel=meta**")
    assert hoja.locator(".tira").bounding_box()["y"] == pytest.approx(alto, abs=1)  # nada salta
    hoja.go_back()
    expect(hoja.locator("h1")).to_contain_text("acciones")


def test_cambiar_de_ejercicio_cambia_el_corte(servidor, hoja):
    abrir(hoja, f"{servidor}/resumen?corte=2025T4")
    hoja.get_by_role("combobox", name=re.compile("Ejercicio")).click()
    hoja.get_by_role("option", name="2018").click()
    expect(hoja.locator("h1")).to_contain_text("Presidencia")
    hoja.wait_for_url("**corte=2018T1**")


@pytest.mark.parametrize("ancho", [1366, 1920])
def test_la_cinta_cabe_en_un_renglon(servidor, hoja, ancho):
    hoja.set_viewport_size({"width": ancho, "height": 768})
    abrir(hoja, f"{servidor}/resumen?corte=2025T4")
    logo = hoja.get_by_role("img", name="Tablero POA Mexicali").bounding_box()
    lugares = [enlace.bounding_box() for enlace in hoja.locator('[data-testid="stTopNavLink"]').all()]
    assert len(lugares) == len(marco.PAGINAS)
    assert len({round(lugar["y"]) for lugar in lugares}) == 1
    assert logo["x"] + logo["width"] <= lugares[0]["x"]
    assert lugares[-1]["x"] + lugares[-1]["width"] <= ancho


def test_los_umbrales_se_mueven_sin_que_nada_salte(servidor, hoja):
    abrir(hoja, f"{servidor}/resumen?corte=2025T4")
    alto = hoja.locator(".tira").bounding_box()["y"]
    hoja.get_by_role("button", name="CONEVAL 90–110 %").click()
    minimo = hoja.get_by_role("slider", name=re.compile("Banda de cumplimiento, mínimo"))
    minimo.focus()
    for _ in range(5):
        hoja.keyboard.press("ArrowLeft")
    expect(hoja.locator(".encabezado .linea")).to_contain_text("Propios 85–110 %")
    hoja.wait_for_url("**preset=70-85-110-220**")
    expect(minimo).to_be_visible()  # la hoja sigue abierta
    assert hoja.locator(".tira").bounding_box()["y"] == pytest.approx(alto, abs=1)
    hoja.get_by_role("link", name="Qué cambia con los umbrales").click()
    hoja.wait_for_url("**/metodo?**preset=70-85-110-220**")


def test_nada_de_lo_que_se_lee_esta_en_ingles_ni_es_clave(servidor, hoja):
    for direccion in ("", "resumen?corte=2024T0", f"resumen?compromiso={COMPROMISO}"):
        llegar(hoja, f"{servidor}/{direccion}")
        if not direccion:
            hoja.get_by_label("Abrir una vista por el código").fill("dep/25T4")  # lo que aparece al escribir
        if umbrales := hoja.locator(".st-key-filtro_umbrales button").all():
            umbrales[0].dispatch_event("click")
            hoja.wait_for_selector('[data-testid="stSlider"]')
        visto = hoja.locator("body").inner_text() + " ".join(
            hoja.eval_on_selector_all("[aria-label], [title]", "ns => ns.map(n => n.ariaLabel || n.title)")
        )
        ingles = re.search(
            r"(?i)\b(close|select|fullscreen|required|deploy|rerun|settings|main|page|start|end|skip|press|enter)\b",
            visto,
        )
        assert not ingles, ingles
        assert not re.search(r"\bNone\b|\bnan\b|\b[a-z]+_[a-z]+\b", visto)


def test_el_codigo_de_una_lamina_se_abre_con_su_boton_y_el_malo_dice_por_que_junto_al_campo(servidor, hoja):
    llegar(hoja, servidor)
    caja, boton = (
        hoja.get_by_label("Abrir una vista por el código"),
        hoja.get_by_role("button", name="Abrir", exact=True),
    )
    caja.fill("dep/25T4/nadie")
    boton.click()
    expect(hoja.get_by_role("alert")).to_contain_text("«nadie», que no está en el cuarto trimestre de 2025")
    expect(hoja.locator(".vacio")).to_have_count(0)
    assert hoja.get_by_role("alert").bounding_box()["y"] < hoja.locator("table.cifras").bounding_box()["y"]
    caja.fill("dep/25T4/bisom")
    boton.click()
    hoja.wait_for_url("**/dependencias?**")


@pytest.mark.parametrize("ancho", [1366, 1920])
def test_el_boton_del_png_se_lee_no_tapa_el_titulo_y_su_aviso_va_bajo_la_cinta(servidor, hoja, ancho):
    hoja.set_viewport_size({"width": ancho, "height": 768})
    abrir(hoja, f"{servidor}/resumen?corte=2023T3")
    boton = hoja.get_by_role("button", name="Descargar imagen PNG").first
    caja, titulo = boton.bounding_box(), hoja.locator(".js-plotly-plot .gtitle").first.bounding_box()
    assert caja["width"] >= 36 and caja["height"] >= 24
    assert titulo["x"] + titulo["width"] <= caja["x"] or titulo["y"] >= caja["y"] + caja["height"]
    with hoja.expect_download() as bajada:
        boton.click()
    aviso = hoja.locator(".plotly-notifier .notifier-note").first
    expect(aviso).to_be_visible()
    assert bajada.value.suggested_filename.endswith(".png")
    assert aviso.bounding_box()["y"] >= hoja.get_by_test_id("stHeader").bounding_box()["height"]


def test_sirve_con_teclado(servidor, hoja):
    abrir(hoja, f"{servidor}/resumen?corte=2025T4")
    enlace = hoja.locator(".st-key-hoja_estados a.ir").first
    enlace.focus()
    hoja.keyboard.press("Enter")
    expect(hoja.locator('[role="dialog"]')).to_be_visible()
