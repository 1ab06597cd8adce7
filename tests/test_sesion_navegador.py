"""El modo sesión en un navegador de verdad: el teclado, el foco, los acuerdos y lo que se lee desde el fondo."""

import io
import re
import shutil

import docx
import pytest
from playwright.sync_api import expect

from poa import rutas, tablero
from poa.mensajes import sesion as mensajes
from tests.conftest import llegar

pytestmark = pytest.mark.navegador


@pytest.fixture(scope="module")
def servidor(tmp_path_factory):
    """Un tablero con su copia de los datos: lo que aquí se apunta no llega a la carpeta de verdad."""
    copia = tmp_path_factory.mktemp("sesion") / "datos"
    shutil.copytree(rutas.datos(), copia, ignore=shutil.ignore_patterns("acuerdos.*"))
    with pytest.MonkeyPatch.context() as entorno:
        entorno.setenv("POA_DATOS", str(copia))
        with tablero.abierto() as direccion:
            yield direccion


def en(hoja, lugar: int, de: int = 7) -> None:
    expect(hoja.locator(".recorrido b")).to_have_text(f"{lugar} de {de}")


@pytest.mark.navegador
def test_se_recorre_con_el_teclado_sin_recargar_y_atras_regresa(servidor, hoja):
    llegar(hoja, f"{servidor}/sesion?corte=2025T4&dependencia=bisom")
    en(hoja, 1)
    hoja.evaluate("window.marca = 1")
    for tecla, lugar in (("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2), ("PageUp", 1), ("ArrowLeft", 1)):
        if tecla == "PageDown":  # antes recorre lo que no cabe en la pantalla
            hoja.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 1e6)")
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
def test_con_el_control_se_recorre_el_paso_que_no_cabe_antes_de_pasar_al_siguiente(servidor, hoja):
    llegar(hoja, f"{servidor}/sesion?corte=2025T4&paso=bisom/300")
    bajado = "document.querySelector('[data-testid=stMain]').scrollTop"
    hoja.wait_for_timeout(500)
    hoja.keyboard.press("ArrowDown")
    hoja.wait_for_function(f"{bajado} > 40")
    vistos = 0
    while "300" in hoja.url and vistos < 20:
        antes = hoja.evaluate(bajado)
        hoja.keyboard.press("PageDown")
        hoja.wait_for_timeout(900)
        assert "300" not in hoja.url or hoja.evaluate(bajado) > antes
        vistos += 1
    assert vistos > 1
    assert re.search(r"paso=bisom(/|%2F)400", hoja.url)


def test_el_boton_oprimido_con_el_teclado_conserva_el_foco(servidor, hoja):
    llegar(hoja, f"{servidor}/sesion?corte=2025T4&paso=bisom/100")
    hoja.locator(".botones a").last.focus()
    hoja.keyboard.press("Enter")
    hoja.wait_for_url(re.compile("200"))
    hoja.wait_for_function("document.activeElement.textContent.startsWith('Siguiente')")


def test_el_foco_entra_a_lo_que_se_abre_y_vuelve_al_cerrarlo_o_al_guardar(servidor, hoja):
    llegar(hoja, f"{servidor}/sesion?corte=2025T1&paso=bisom/100")
    abrir = hoja.get_by_role("button", name="Apuntar acuerdo")
    cual = hoja.get_by_role("combobox", name="Sobre qué compromiso")
    abrir.focus()
    for cerrar in ("Escape", "Guardar"):
        hoja.keyboard.press("Enter")
        expect(cual).to_be_focused()
        if cerrar == "Escape":
            hoja.keyboard.press("Escape")
        else:
            hoja.keyboard.press("Tab")
            hoja.keyboard.type("Con puro teclado")
            hoja.keyboard.press("Tab")
            hoja.keyboard.type("ab")
            hoja.keyboard.press("Enter")
            expect(hoja.locator(".apunte")).to_contain_text("Con puro teclado")
        expect(abrir).to_be_focused()


def test_el_tramo_oprimido_conserva_el_foco_y_cada_paso_se_anuncia(servidor, hoja):
    llegar(hoja, f"{servidor}/sesion?corte=2025T4&paso=bisom/100")
    anuncio = hoja.get_by_role("status").and_(hoja.locator("#se-oye"))
    hoja.locator(".recorrido a").nth(3).focus()
    hoja.keyboard.press("Enter")
    en(hoja, 4)
    expect(hoja.locator(".recorrido [aria-current]")).to_be_focused()
    expect(anuncio).to_have_text("Paso 4 de 7: BISOM, meta 300")
    expect(hoja).to_have_title("Paso 4 de 7: BISOM, meta 300 · Sesión · Tablero POA Mexicali")
    hoja.keyboard.press("ArrowRight")
    expect(hoja.locator(".recorrido [aria-current][title='BISOM, meta 400']")).to_be_focused()
    expect(anuncio).to_have_text("Paso 5 de 7: BISOM, meta 400")
    hoja.get_by_role("link", name="Método", exact=True).first.click()
    expect(hoja).to_have_title("Método · Tablero POA Mexicali")
    expect(anuncio).to_have_text("Método")


@pytest.mark.parametrize(("prefiere", "como"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_a_quien_le_molesta_el_movimiento_nada_se_desliza(servidor, hoja, prefiere, como):
    hoja.emulate_media(reduced_motion=prefiere)
    llegar(hoja, f"{servidor}/sesion?corte=2025T4&paso=bisom/300")
    hoja.evaluate(
        """() => { window.modos = [];
          for (const cual of ['scrollBy', 'scrollTo']) Element.prototype[cual] = (e) => modos.push(e.behavior); }"""
    )
    hoja.keyboard.press("PageDown")
    hoja.get_by_role("link", name="Siguiente").click()
    hoja.wait_for_function("modos.length >= 2")
    assert set(hoja.evaluate("modos")) == {como}


def test_las_cifras_de_cada_trimestre_se_oyen_con_su_rotulo(servidor, hoja):
    llegar(hoja, f"{servidor}/sesion?corte=2025T4&paso=bisom/300")
    oido = hoja.locator(".sesion .trimestres").aria_snapshot()
    for dicho in ("Sobrecumple", "ene–mar", "programado 280", "alcanzado 320"):
        assert dicho in oido
    llegar(hoja, f"{servidor}/sesion?corte=2024T0&paso=dif/3")
    assert "meta anual 3,547 servicio ene–mar 1,105 abr–jun 846" in hoja.locator(".acciones").first.aria_snapshot()


@pytest.mark.parametrize("ancho", [1366, 1920])
def test_lo_que_se_discute_se_lee_entero_y_lo_que_se_opera_crece_con_lo_demas(servidor, hoja, ancho):
    hoja.set_viewport_size({"width": ancho, "height": 1080})
    llegar(hoja, f"{servidor}/sesion?corte=2022T4&paso=presidencia/2")
    cortadas = "ns => ns.filter(n => n.scrollHeight > n.clientHeight + 1).length"
    assert hoja.locator(".enteras .nombre").count() == 2
    assert hoja.eval_on_selector_all(".enteras .nombre", cortadas) == 0
    hoja.get_by_role("button", name="Apuntar acuerdo").click()
    expect(hoja.get_by_label("Acuerdo (hasta 600 letras)")).to_be_visible()
    letra = "ns => Math.min(...ns.filter(n => n.offsetWidth).map(n => parseFloat(getComputedStyle(n).fontSize)))"
    opera = ".st-key-sesion_barra button p, [data-testid=stPopoverBody] :is(label p, input, textarea, button p)"
    assert hoja.eval_on_selector_all(opera, letra) >= 0.9 * 0.0117 * ancho
    cual = hoja.get_by_role("combobox", name="Sobre qué compromiso")
    assert cual.evaluate("n => n.scrollWidth <= n.clientWidth")


def test_las_teclas_no_se_quitan_a_quien_escribe_ni_a_lo_que_esta_abierto(servidor, hoja):
    llegar(hoja, f"{servidor}/sesion?corte=2025T4&dependencia=bisom&paso=bisom/400")
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
    llegar(hoja, f"{servidor}/sesion?corte=2025T2&dependencia=bisom&paso=bisom/300")
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
    llegar(hoja, f"{servidor}/sesion?corte=2025T4&dependencia=bisom&paso=bisom/300")
    expect(apunte).to_contain_text("Al apuntarlo (T2 2025): 95 de 75, 126.7\u00a0%")
    expect(apunte).to_contain_text("ahora (T4 2025): 97 de 85, 114.1\u00a0%")
    llegar(hoja, f"{servidor}/sesion?corte=2025T2&dependencia=bisom&paso={mensajes.ACUERDOS}")
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
    llegar(hoja, f"{servidor}/sesion?{vista}")
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
