"""La orden `poa laminas`: qué escribe, con qué código termina y qué hace cuando una lámina falla."""

from __future__ import annotations

import io
from pathlib import Path

import plotly.graph_objects as go
import pytest
from PIL import Image
from pptx import Presentation as Pptx

from poa import seleccion
from poa.errores import ErrorDeUsuario
from poa.laminas import escribir, png, vistas
from poa.laminas.lamina import Lamina, Lista, Pendiente
from poa.laminas.sesion import sesion
from tests.test_ordenes import poa


def suelta(clave: str, dibujar=None) -> Lamina:
    figura = vistas.alertas(seleccion.elegir("2025T4")).figura
    return Lamina(clave, f"Lámina {clave}", Lista([(0, "Un punto")]), dibujar or (lambda: figura), clave)


def falla() -> go.Figure:
    raise RuntimeError("no quiso")


def pendiente(*laminas: Lamina) -> Pendiente:
    return Pendiente(laminas[0].clave, laminas[0].titulo, lambda: list(laminas))


def correr(pendientes, salida: Path, formatos=("png", "pptx"), avisos: list | None = None) -> escribir.Escrito:
    avisar = (avisos if avisos is not None else []).append
    return escribir.escribir(pendientes, formatos, salida, "Prueba", "prueba", avisar)


def test_de_una_dependencia_escribe_sus_imagenes_y_su_presentacion(tmp_path):
    resultado = poa("laminas", "--corte", "2025T4", "--dependencia", "bisom", "--salida", tmp_path)
    assert resultado.returncode == 0, resultado.stderr
    nombres = {ruta.name for ruta in tmp_path.iterdir()}
    assert {"2025-T4_bisom_variacion.png", "2025-T4_bisom_estados.png", "2025-T4_bisom_laminas.pptx"} <= nombres
    for ruta in tmp_path.glob("*.png"):
        assert Image.open(ruta).size == (1920, 1080), ruta.name
    assert len(Pptx(tmp_path / "2025-T4_bisom_laminas.pptx").slides) == len(list(tmp_path.glob("*.png")))
    assert "imágenes" in resultado.stdout and "Traceback" not in resultado.stderr


def test_solo_el_formato_pedido_y_en_cualquier_caja(tmp_path):
    opciones = ["--corte", "2018t1", "--dependencia", "Presidencia", "--umbrales", "estricto", "--formato", "PPTX"]
    assert poa("laminas", *opciones, "--salida", tmp_path).returncode == 0
    assert {ruta.suffix for ruta in tmp_path.iterdir()} == {".pptx"}


def test_la_vista_de_un_codigo(tmp_path):
    resultado = poa("laminas", "--vista", "dep/25T4/bisom/c300_305", "--vista", "ini/25T4/bisom", "--salida", tmp_path)
    assert resultado.returncode == 1, "la segunda no tiene gráfica"
    assert [ruta.name for ruta in tmp_path.iterdir()] == ["2025-T4_bisom_305_trimestres.png"]
    assert "ini/25T4/bisom" in resultado.stderr and "Traceback" not in resultado.stderr


@pytest.mark.parametrize(
    ("opciones", "dice"),
    [
        (["--corte", "2031T4"], "2031T4"),
        (["--dependencia", "nadie"], "nadie"),
        (["--formato", "jpg"], "jpg"),
        (["--umbrales", "a ojo"], "a ojo"),
        (["--umbrales", "85-60-120-250"], "85-60-120-250"),
        (["--vista", "hola"], "hola"),
        (["--vista", "dep/25T4/bisom", "--sesion"], "--vista"),
        (["--vista", "dep/25T4/bisom", "--corte", "2018T1"], "--vista"),
    ],
)
def test_lo_que_no_existe_se_dice_y_no_se_escribe_nada(opciones, dice, tmp_path):
    resultado = poa("laminas", *opciones, "--salida", tmp_path / "nueva")
    assert resultado.returncode == 2
    assert dice in resultado.stderr and "Traceback" not in resultado.stderr
    assert not (tmp_path / "nueva").exists()


def test_una_lamina_que_falla_no_pierde_las_demas(tmp_path):
    def armar():
        yield suelta("tercera")
        raise ErrorDeUsuario("Falta un dato.")

    avisos: list = []
    hecho = correr(
        [
            pendiente(suelta("primera"), suelta("segunda", falla)),
            Pendiente("x", "La que no se arma", armar),
            pendiente(suelta("cuarta")),
        ],
        tmp_path,
        avisos=avisos,
    )
    assert {ruta.name for ruta in hecho.archivos} == {"primera.png", "tercera.png", "cuarta.png", "prueba.pptx"}
    assert len(hecho.fallas) == 2
    assert "segunda" in hecho.fallas[0] and "RuntimeError" in hecho.fallas[0]
    assert "La que no se arma" in hecho.fallas[1] and "Falta un dato." in hecho.fallas[1]
    assert avisos == ["Lámina primera", "La que no se arma", "Lámina cuarta"]
    titulos = [lamina.shapes.title.text for lamina in Pptx(tmp_path / "prueba.pptx").slides]
    assert [t for t in titulos if t.startswith("Lámina")] == [
        "Lámina primera", "Lámina segunda", "Lámina tercera", "Lámina cuarta",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("navegador", "dice"), [("/no/hay", "hace falta Chrome"), ("true", "no abre"), ("cat", "no abre")]
)
def test_sin_navegador_o_con_uno_que_no_abre_lo_dice_y_escribe_lo_demas(tmp_path, monkeypatch, navegador, dice):
    monkeypatch.setenv("BROWSER_PATH", navegador)
    hecho = correr([pendiente(suelta("una"))], tmp_path)
    assert [ruta.name for ruta in hecho.archivos] == ["prueba.pptx"]
    assert len(hecho.fallas) == 1 and dice in hecho.fallas[0]
    assert len(Pptx(tmp_path / "prueba.pptx").slides) == 1, "a la presentación no le falta nada"
    with pytest.raises(ErrorDeUsuario, match=dice):
        correr([pendiente(suelta("una"))], tmp_path / "otra", formatos=("png",))
    assert not (tmp_path / "otra").exists()


def test_dos_laminas_con_el_mismo_nombre_no_se_pisan(tmp_path):
    hecho = correr([pendiente(suelta("una"), suelta("una"))], tmp_path, formatos=("png",))
    assert [ruta.name for ruta in hecho.archivos] == ["una.png", "una-2.png"]


def test_una_carpeta_que_no_se_puede_usar_se_dice(tmp_path):
    (tmp_path / "archivo").write_text("")
    with pytest.raises(ErrorDeUsuario, match="No se puede usar la carpeta"):
        correr([pendiente(suelta("una"))], tmp_path / "archivo" / "dentro")


def test_el_navegador_que_se_cae_se_vuelve_a_abrir():
    figura = vistas.alertas(seleccion.elegir("2025T4")).figura
    with png.servidor() as servidor:
        servidor.png(figura)
        servidor._kaleido.subprocess.kill()
        assert Image.open(io.BytesIO(servidor.png(figura))).size == (1920, 1080)


@pytest.mark.parametrize("corte", ["2018T1", "2022T4", "2023T3", "2024T0", "2025T1", "2025T4"])
def test_la_sesion_de_cada_corte_se_arma_entera(corte):
    pendientes = sesion(seleccion.elegir(corte))
    laminas = [lamina for pendiente in pendientes for lamina in pendiente.armar()]
    assert len(laminas) >= len(pendientes) > 4
    assert len({lamina.archivo for lamina in laminas}) == len(laminas)
