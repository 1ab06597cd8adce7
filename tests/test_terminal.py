"""Lo que la línea de órdenes dice cuando algo de afuera falla: la terminal, el disco, la base, el navegador."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import duckdb
import plotly.graph_objects as go
import pytest

from poa import rutas, seleccion
from poa.errores import ErrorDeUsuario
from poa.laminas import escribir, png
from poa.laminas.lamina import Lamina, Lista, Pendiente
from tests.test_ordenes import poa


def en_ingles(dicho: str) -> bool:
    return bool(re.search(r"Traceback|\b(Error|the|not|does|could)\b", dicho))


def lanzar(*argumentos: str, entorno: dict[str, str] | None = None, salida: Path | None = None):
    orden = [sys.executable, "-m", "poa", *argumentos]
    with open(salida or os.devnull, "wb") as a_donde:
        return subprocess.run(
            orden,
            stdout=a_donde if salida else subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=rutas.raiz(),
            env={**os.environ, **(entorno or {})},
            check=False,
        )


@pytest.fixture
def datos(tmp_path) -> Path:
    """Una copia de los datos con su base, para dañarla."""
    return Path(shutil.copytree(rutas.datos(), tmp_path / "datos"))


def base_de(datos: Path) -> Path:
    return datos / json.loads((datos / "actual.json").read_text("utf-8"))["archivo"]


def danar(base: Path) -> None:
    base.unlink()
    base.write_text("basura")


def quitar_tabla(base: Path) -> None:
    with duckdb.connect(str(base)) as con:
        con.execute("drop table corte cascade")


@pytest.mark.parametrize("dano", [danar, quitar_tabla])
@pytest.mark.parametrize("orden", [("consultar", "cortes"), ("revisar",), ("laminas",)])
def test_una_base_danada_o_de_otra_version_se_dice(datos, dano, orden):
    dano(base_de(datos))
    resultado = poa(*orden, datos=datos)
    assert resultado.returncode == 2 and "poa construir" in resultado.stderr
    assert not en_ingles(resultado.stderr), resultado.stderr


@pytest.mark.parametrize("entorno", [{"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
def test_una_terminal_que_no_sabe_escribir_una_letra_no_lo_impide(entorno):
    resultado = lanzar("linaje", "lista", entorno=entorno)
    assert resultado.returncode == 0 and b"Enlaces: " in resultado.stdout
    datos = lanzar("consultar", "hilos", "--formato", "csv", entorno=entorno).stdout
    assert datos.decode("utf-8").startswith("hilo,nombre") and "é" in datos.decode("utf-8")


def test_una_columna_con_listas_tambien_se_ve_en_tabla():
    resultado = poa("consultar", "hilos", "--param", "limite=1")
    assert resultado.returncode == 0 and not en_ingles(resultado.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="sin un disco lleno a la mano")
@pytest.mark.parametrize("formato", ["tabla", "csv"])
def test_si_no_queda_espacio_para_la_salida_lo_dice(formato):
    resultado = lanzar("consultar", "documentos", "--formato", formato, salida=Path("/dev/full"))
    assert resultado.returncode == 2 and "no queda espacio" in resultado.stderr.decode()
    assert not en_ingles(resultado.stderr.decode())


@pytest.mark.parametrize("puerto", ["abc", "8502.5", "0", "99999"])
def test_un_puerto_del_entorno_que_no_es_un_puerto_se_dice(puerto):
    resultado = lanzar("tablero", entorno={"STREAMLIT_SERVER_PORT": puerto})
    dicho = resultado.stderr.decode()
    assert resultado.returncode == 2 and "STREAMLIT_SERVER_PORT" in dicho and puerto in dicho and not en_ingles(dicho)


# ---------------------------------------------------------------- las láminas


@pytest.mark.parametrize(
    "opciones",
    [
        ["--nivel", "meta"],
        ["--periodo", "trimestre"],
        ["--formato", "PPTX"],
        ["--formato", "zzz"],
        ["--formato", "png,pptx"],
    ],
)
def test_la_vista_de_un_codigo_no_calla_lo_que_no_atiende(opciones, tmp_path):
    resultado = poa("laminas", "--vista", "dep/25T4/bisom", *opciones, "--salida", tmp_path / "nueva")
    assert resultado.returncode == 2 and not (tmp_path / "nueva").exists()


@pytest.mark.parametrize(
    ("corte", "dependencia"),
    [
        (" 2024t0 ", " DIF "),
        ("24T0", "Desarrollo Rural"),
        ("24t0", "desarrollo-rural"),
        ("2024T0", "servicios medicos"),
        ("2024T0", "Bienestar Social"),
        ("2024T0", "Instituto Municipal de la Juventud"),
    ],
)
def test_el_corte_y_la_dependencia_se_entienden_como_se_dicen(corte, dependencia):
    elegida = escribir.elegir(corte, dependencia, None, "accion", "acumulado")
    assert elegida.corte == "2024T0" and elegida.dependencia


@pytest.mark.parametrize(
    ("dependencia", "dice"),
    [("dif", "cortes: 2023T3, 2024T0"), ("nadie", r"bisom \(BISOM\)"), ("", "Dependencias:")],
)
def test_la_dependencia_que_no_esta_en_el_corte_dice_en_cuales_si(dependencia, dice):
    with pytest.raises(ErrorDeUsuario, match=dice):
        escribir.elegir("2025T4", dependencia, None, "accion", "acumulado")


def test_dos_selecciones_no_se_llaman_igual():
    opciones = {"nivel": "meta"}, {"periodo": "trimestre"}, {"preset": "Estricto 95–105"}, {"preset": "60-85-120-250"}
    elegidas = [seleccion.elegir("2025T3", "bisom", **o) for o in ({}, *opciones, {"preset": "70-85-120-250"})]
    assert len({elegida.archivo("variacion") for elegida in elegidas}) == len(elegidas)
    assert elegidas[0].archivo("variacion") == "2025-T3_bisom_variacion"
    assert elegidas[1].archivo("meta-100") == "2025-T3_bisom_meta-100", "ya dice que es de una meta"


def test_sin_espacio_en_el_disco_la_lamina_de_antes_sigue_entera(tmp_path, monkeypatch):
    (tmp_path / "prueba.pptx").write_bytes(b"la buena")
    figura = go.Figure()
    pendiente = Pendiente("una", "Una", lambda: [Lamina("una", "Una", Lista([(0, "a")]), lambda: figura, "una")])

    def lleno(ruta: Path, contenido: bytes) -> None:
        with ruta.open("wb") as archivo:
            archivo.write(contenido[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", lleno)
    hecho = escribir.escribir([pendiente], {"pptx"}, tmp_path, "Prueba", "prueba", lambda _: None)
    assert "no queda espacio" in hecho.fallas[0]
    assert [ruta.name for ruta in tmp_path.iterdir()] == ["prueba.pptx"]
    assert (tmp_path / "prueba.pptx").read_bytes() == b"la buena"


def vivos(senal: str) -> list[str]:
    """Las órdenes de los procesos que dicen eso."""
    ordenes = []
    for ruta in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # terminó entre que se listó y se leyó
            ordenes.append(ruta.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [orden for orden in ordenes if senal in orden]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="sin /proc no se sabe qué procesos quedan")
def test_un_navegador_que_no_contesta_no_se_queda_abierto(tmp_path, monkeypatch):
    falso = tmp_path / "navegador-mudo"
    falso.write_text(f"#!/bin/sh\nexec sleep 6{os.getpid()}\n")
    falso.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(falso))
    monkeypatch.setattr(png, "_ESPERA", 3)
    with png.servidor() as servidor, pytest.raises(ErrorDeUsuario, match="no abre"):
        servidor.abrir()
    assert not vivos(f"sleep 6{os.getpid()}") and not vivos(str(falso))


def test_interrumpir_lo_dice_y_no_deja_traza(tmp_path):
    orden = [sys.executable, "-m", "poa", "laminas", "--sesion", "--salida", str(tmp_path)]
    proceso = subprocess.Popen(orden, stderr=subprocess.PIPE, text=True, cwd=rutas.raiz())
    time.sleep(2)
    proceso.send_signal(signal.SIGINT)
    dicho = proceso.communicate(timeout=60)[1]
    assert proceso.returncode != 0 and "Se interrumpió" in dicho and not en_ingles(dicho)
