"""Arranca el tablero: base lista, servidor en pie y páginas calientes antes de decir la dirección."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from poa import rutas
from poa.errores import ErrorDeUsuario

PUERTO = 8501
NAVEGADORES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_ESPERA = 60.0  # segundos para que el servidor conteste; el primero carga todas las bibliotecas


def iniciar(puerto: int | None = None, construir: Callable[[], object] | None = None) -> int:
    """Abre el tablero en http://localhost:`puerto` y atiende hasta que se interrumpe; devuelve 0 al cerrarse.

    Sin `puerto`, el de la variable STREAMLIT_SERVER_PORT o 8501. `construir` se llama cuando no hay base; sin
    ella, o si el puerto no es un número, está ocupado o el servidor no contesta, levanta ErrorDeUsuario.
    """
    puerto = puerto or _puerto_del_entorno()
    _asegurar_base(construir)
    _asegurar_puerto(puerto)
    print("Se abre el tablero…", flush=True)
    servidor = lanzar(puerto)
    # que terminar la orden termine también el servidor, venga de Ctrl+C o de un administrador de procesos
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        calentar(puerto, servidor)
        print(f"Tablero listo en http://localhost:{puerto}\nPara cerrarlo, oprima Ctrl+C.", flush=True)
        return servidor.wait()
    except KeyboardInterrupt:
        print("\nTablero cerrado.")
        return 0
    finally:
        detener(servidor)


def lanzar(puerto: int) -> subprocess.Popen:
    """Proceso del servidor, con la configuración de .streamlit; sus avisos van a la salida de errores."""
    orden = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(rutas.raiz() / "app.py"),
        "--server.port",
        str(puerto),
        "--server.headless",
        "true",
    ]
    return subprocess.Popen(orden, cwd=rutas.raiz(), stdout=subprocess.DEVNULL)


def calentar(puerto: int, servidor: subprocess.Popen, espera: float = _ESPERA) -> None:
    """Espera la salud del servidor y corre app.py una vez: así ningún enlace directo se salta el marco."""
    limite = time.monotonic() + espera
    for ruta in ("health", "script-health-check"):
        while not _contesta(f"http://localhost:{puerto}/_stcore/{ruta}"):
            if servidor.poll() is not None:
                raise ErrorDeUsuario("El servidor del tablero se cerró al arrancar; el motivo está arriba.")
            if time.monotonic() > limite:
                raise ErrorDeUsuario(f"El tablero no contestó en {espera:.0f} segundos; vuelva a intentarlo.")
            time.sleep(0.2)


@contextmanager
def abierto() -> Iterator[str]:
    """La dirección de un tablero caliente en un puerto libre, abierto mientras dura el bloque."""
    puerto = puerto_libre()
    servidor = lanzar(puerto)
    try:
        calentar(puerto, servidor)
        yield f"http://localhost:{puerto}"
    finally:
        detener(servidor)


def puerto_libre() -> int:
    """Un puerto de esta máquina que nadie está usando."""
    with socket.socket() as toma:
        toma.bind(("127.0.0.1", 0))
        return toma.getsockname()[1]


def navegador() -> str | None:
    """Dónde está el Chromium o Chrome del sistema; None si no hay."""
    return next((ruta for nombre in NAVEGADORES if (ruta := shutil.which(nombre))), None)


def detener(servidor: subprocess.Popen) -> None:
    """Cierra el servidor; si no se deja, lo termina."""
    if servidor.poll() is None:
        servidor.terminate()
        try:
            servidor.wait(timeout=5)
        except subprocess.TimeoutExpired:
            servidor.kill()
            servidor.wait()


def _puerto_del_entorno() -> int:
    escrito = os.environ.get("STREAMLIT_SERVER_PORT", "").strip()
    if not escrito:
        return PUERTO
    if not escrito.isdecimal() or not 1 <= int(escrito) <= 65535:
        raise ErrorDeUsuario(
            f"La variable STREAMLIT_SERVER_PORT dice «{escrito}», que no es un puerto de 1 a 65535. "
            "Corríjala, o dé otro puerto con: poa tablero --puerto 8502"
        )
    return int(escrito)


def _asegurar_base(construir: Callable[[], object] | None) -> None:
    if (rutas.datos() / "actual.json").exists():
        return
    if construir is None:
        raise ErrorDeUsuario(f"No hay base en {rutas.datos()}. Constrúyala con: poa construir")
    print("No hay base todavía: se construye…", flush=True)
    construir()


def _asegurar_puerto(puerto: int) -> None:
    with socket.socket() as toma, suppress(OSError):
        toma.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        toma.bind(("127.0.0.1", puerto))
        return
    raise ErrorDeUsuario(
        f"El puerto {puerto} está ocupado. Cierre el otro tablero o use otro: make PUERTO={puerto + 1}"
    )


def _contesta(direccion: str) -> bool:
    try:
        with urllib.request.urlopen(direccion, timeout=30) as respuesta:
            return respuesta.status == 200
    except (urllib.error.URLError, OSError):
        return False
