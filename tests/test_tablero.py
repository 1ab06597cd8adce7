"""El arranque del tablero: qué pasa sin base, con el puerto ocupado y cuando el servidor no contesta."""

import os
import socket
import subprocess
import sys

import pytest

from poa import rutas, tablero
from poa.errores import ErrorDeUsuario


def test_sin_base_y_sin_quien_la_construya_dice_que_hacer(tmp_path, monkeypatch):
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    with pytest.raises(ErrorDeUsuario, match="poa construir"):
        tablero.iniciar(8501)


def test_sin_base_la_construye_antes_de_arrancar(tmp_path, monkeypatch):
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    llamadas = []
    with socket.socket() as toma:
        toma.bind(("127.0.0.1", 0))
        toma.listen()
        with pytest.raises(ErrorDeUsuario, match="ocupado"):
            tablero.iniciar(toma.getsockname()[1], lambda: llamadas.append("construida"))
    assert llamadas == ["construida"]


def test_si_el_servidor_se_cierra_al_arrancar_lo_dice():
    muerto = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    muerto.wait()
    with pytest.raises(ErrorDeUsuario, match="se cerró"):
        tablero.calentar(1, muerto)


def test_si_el_servidor_no_contesta_lo_dice():
    mudo = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        with pytest.raises(ErrorDeUsuario, match="no contestó"):
            tablero.calentar(1, mudo, espera=0.3)
    finally:
        tablero.detener(mudo)
    assert mudo.poll() is not None


def test_al_terminar_la_orden_termina_tambien_el_servidor():
    puerto = tablero.puerto_libre()
    entorno = {**os.environ, "STREAMLIT_SERVER_PORT": str(puerto)}
    orden = subprocess.Popen(
        [sys.executable, "-m", "poa", "tablero"],
        env=entorno,
        cwd=rutas.raiz(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert any("Tablero listo" in renglon for renglon in orden.stdout)
    orden.terminate()
    assert orden.wait(timeout=30) == 0
    assert orden.stderr.read() == ""  # la biblioteca no agrega sus avisos, que están en inglés
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", puerto), timeout=5):
        pass
