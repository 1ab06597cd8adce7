"""La imagen para lámina: un clic en cada página da un PNG de 1920 × 1080, el mismo que sale de la línea de órdenes."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from poa import formato
from poa.componentes import marco
from poa.figuras import lienzo
from poa.laminas import png, vistas
from tests.conftest import llegar

pytestmark = pytest.mark.navegador

# Cada página con gráfica, en una vista que la tiene: su dirección, su código y cuál de sus gráficas es.
VISTAS = {
    "resumen": ("resumen?corte=2025T4", "res/25T4/todas", 0),
    "dependencias, todas": ("dependencias?corte=2024T0", "dep/24T0/todas", 0),
    "dependencias, una": ("dependencias?corte=2025T4&dependencia=bisom", "dep/25T4/bisom", 0),
    "dependencias, solo plan": ("dependencias?corte=2024T0&dependencia=dif", "dep/24T0/dif", 0),
    "dependencias, uno": (
        "dependencias?compromiso=poa-2025/2025T4/bisom/300/305",
        "dep/25T4/bisom/c300_305",
        0,
    ),
    "ejes": ("ejes?corte=2023T3&nivel=meta", "eje/23T3/todas/m", 0),
    "trimestres": ("trimestres?corte=2018T1", "tri/18T1/todas", 0),
    "trimestres, meses": (
        "trimestres?compromiso=poa-2022/2022T4/presidencia/1/1.1",
        "tri/22T4/presidencia/c1_1.1",
        1,
    ),
    "alertas": ("alertas?corte=2022T4&periodo=trimestre", "ale/22T4/todas/t", 0),
    "seguir": ("seguir?hilo=poa-2025/2025T4/bisom/300/305", "seg/25T4/todas/hbisom:300_305", 0),
    "cambios": (
        "cambios?corte=2025T4&quien=bisom&planes=2025.1-2025.2",
        "cam/25T4/todas/qbisom/p2025.1-2025.2",
        0,
    ),
    "presupuesto": ("presupuesto?corte=2022T4", "pre/22T4/todas", 0),
    "metodo": ("metodo?corte=2025T4&preset=60-85-120-250", "met/25T4/todas/u60-85-120-250", 0),
}
SIN_GRAFICA = {"inicio"}


@pytest.fixture(scope="module")
def dibujante():
    with png.servidor() as abierto:
        yield abierto


def bajar(hoja, direccion: str, cual: int) -> tuple[bytes, str]:
    """El PNG que da el botón de la gráfica número `cual` y el nombre con que baja."""
    llegar(hoja, direccion)
    dibujo = hoja.locator(".js-plotly-plot").nth(cual)
    dibujo.locator(".main-svg").first.wait_for()
    dibujo.hover()
    with hoja.expect_download() as bajada:
        dibujo.locator('.modebar-btn[data-title="Descargar imagen PNG para lámina"]').click()
    with open(bajada.value.path(), "rb") as archivo:
        return archivo.read(), bajada.value.suggested_filename


def abrir(imagen: bytes) -> np.ndarray:
    """Los píxeles de un PNG opaco de 1920 × 1080."""
    leida = Image.open(io.BytesIO(imagen))
    assert leida.size == (1920, 1080)
    con_alfa = np.asarray(leida.convert("RGBA"))
    assert (con_alfa[..., 3] == 255).all(), "la imagen tiene partes transparentes"
    return con_alfa[..., :3].astype(int)


def distintos(una: np.ndarray, otra: np.ndarray) -> float:
    """Qué parte de los píxeles cambia a la vista entre dos imágenes."""
    return float((np.abs(una - otra).max(axis=2) > 60).mean())


def revisar(imagen: bytes, archivo: str, codigo: str, dibujante) -> None:
    """Mide 1920 × 1080, no está en blanco, es la de su código y lleva sus acentos."""
    pixeles = abrir(imagen)
    assert pixeles.std() > 10, "la imagen está en blanco"
    vista = vistas.de_codigo(codigo)
    assert archivo == f"{vista.archivo}.png"
    assert re.fullmatch(r"[0-9A-Za-z_-]+\.png", archivo)
    misma = distintos(pixeles, abrir(dibujante.png(vista.figura)))
    assert misma < 0.002, f"cambia {misma:.2%} respecto de la que dibuja la línea de órdenes"
    # sin acentos en el título la imagen ya no es la misma: los lleva dibujados
    sin_acentos = formato.sin_acentos(vista.figura.layout.title.text)
    if sin_acentos != vista.figura.layout.title.text:
        vista.figura.update_layout(title_text=sin_acentos)
        assert distintos(pixeles, abrir(dibujante.png(vista.figura))) > misma


def test_estan_todas_las_paginas():
    assert {nombre.split(",")[0] for nombre in VISTAS} | SIN_GRAFICA | {"sesion"} == {p for p, _ in marco.PAGINAS}


@pytest.mark.parametrize("cual", VISTAS)
def test_cada_pagina_baja_su_imagen(servidor, hoja, dibujante, cual):
    direccion, codigo, numero = VISTAS[cual]
    revisar(*bajar(hoja, f"{servidor}/{direccion}", numero), codigo, dibujante)


def test_tambien_desde_un_servidor_frio(servidor_frio, hoja, dibujante):
    direccion, codigo, numero = VISTAS["alertas"]
    revisar(*bajar(hoja, f"{servidor_frio}/{direccion}", numero), codigo, dibujante)


@pytest.mark.parametrize("cual", VISTAS)
def test_el_codigo_impreso_es_el_de_su_vista(cual):
    _, codigo, _ = VISTAS[cual]
    figura = vistas.de_codigo(codigo).figura
    assert figura.layout.meta["codigo"] == codigo
    assert lienzo.mensaje(figura)


def test_escribir_el_codigo_abre_la_vista(servidor, hoja):
    hoja.goto(servidor)
    campo = hoja.get_by_label("Abrir una vista por el código de su lámina")
    campo.fill("dep/25T4/bisom/c300_305")
    campo.press("Enter")
    hoja.wait_for_url(re.compile(r"/dependencias\?.*compromiso="))
    hoja.locator("h1", has_text="305").wait_for()
    hoja.goto(f"{servidor}/?v=ale/25T4/bisom")
    hoja.wait_for_url(re.compile(r"/alertas\?.*corte=2025T4"))
    hoja.goto(f"{servidor}/?v=ale/31T4/bisom")
    hoja.get_by_text("no hay informes aquí").wait_for()
