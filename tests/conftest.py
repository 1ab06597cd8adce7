"""Las pruebas de páginas y de navegador leen la base del proyecto; si no está, se construye antes de empezar."""

import io
import time
import urllib.request
from contextlib import suppress

import pytest
from playwright.sync_api import expect, sync_playwright

from poa import rutas, tablero
from poa.base import construir_base
from poa.errores import ErrorDeUsuario

expect.set_options(timeout=30_000)  # en una máquina ocupada la página tarda; quien falla de verdad falla igual


def pytest_sessionstart() -> None:
    if not (rutas.datos() / "actual.json").is_file():
        with suppress(ErrorDeUsuario):  # lo dirán las pruebas que la necesitan
            construir_base(rutas.datos())


@pytest.fixture(scope="module")
def navegador():
    ruta = tablero.navegador()
    if ruta is None:
        pytest.fail(
            "No se encontró Chromium, que piden los recorridos en navegador. En Debian o Ubuntu se instala "
            "con: apt-get install chromium fonts-liberation",
            pytrace=False,
        )
    with sync_playwright() as control:
        abierto = control.chromium.launch(executable_path=ruta, args=["--no-sandbox"])
        yield abierto
        abierto.close()


def esperar(direccion: str, segundos: float = 60) -> None:
    limite = time.monotonic() + segundos
    while True:
        try:
            with urllib.request.urlopen(direccion, timeout=5):
                return
        except OSError:
            assert time.monotonic() < limite, f"El tablero no contestó en {segundos} segundos."
            time.sleep(0.2)


@pytest.fixture
def servidor_frio():
    """Un servidor recién arrancado al que nadie ha entrado: ni siquiera la revisión de salud de app.py."""
    puerto = tablero.puerto_libre()
    proceso = tablero.lanzar(puerto)
    esperar(f"http://localhost:{puerto}/_stcore/health")
    yield f"http://localhost:{puerto}"
    tablero.detener(proceso)


@pytest.fixture(scope="module")
def servidor():
    with tablero.abierto() as direccion:
        yield direccion


@pytest.fixture
def hoja(navegador):
    contexto = navegador.new_context(viewport={"width": 1366, "height": 768}, locale="es-MX")
    pagina = contexto.new_page()
    pagina.set_default_timeout(60_000)
    yield pagina
    contexto.close()


@pytest.fixture(scope="module")
def archivo() -> bytes:
    """La presentación de muestra, con una lámina de cada clase, como se guarda."""
    # aquí y no arriba: quien no la pide no carga lo que escribe presentaciones
    from poa.laminas.presentacion import componer
    from tests.mazo_de_muestra import MAZO

    return componer(MAZO, "Sesión del subcomité, cuarto trimestre de 2025")


@pytest.fixture(scope="module")
def mazo(archivo: bytes):
    """La misma, vuelta a abrir."""
    from pptx import Presentation as abrir

    return abrir(io.BytesIO(archivo))


def llegar(hoja, direccion: str) -> None:
    """Va a una dirección y espera a que la página esté entera y quieta: con su pie, su letra y nada por cargar.

    Streamlit baja cada clase de elemento aparte y mientras pone un hueco gris: lo que se mide antes cambia de lugar.
    """
    hoja.goto(direccion)
    hoja.wait_for_selector("footer.pie")
    expect(hoja.get_by_test_id("stSkeleton")).to_have_count(0)
    hoja.evaluate("document.fonts.ready.then(() => true)")
