"""Las figuras en PNG de 1920 × 1080, con un solo navegador abierto para todas."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import plotly.graph_objects as go
from choreographer.browsers.chromium import Chromium
from kaleido import Kaleido

from poa import tema
from poa.errores import ErrorDeUsuario

SIN_NAVEGADOR = (
    "Para las imágenes PNG hace falta Chrome, Chromium o Edge en este equipo. En Debian: apt-get install chromium; "
    "si está en otro lado, diga dónde con la variable BROWSER_PATH. Lo demás no lo necesita."
)
NO_ABRE = (
    "El navegador {ruta} no abre, así que no hay imágenes PNG. Ábralo una vez para ver qué le pasa, o diga otro con la "
    "variable BROWSER_PATH. Lo demás no lo necesita."
)
# Al cerrar el navegador las bibliotecas a veces escriben una traza en la terminal; lo que falla ya sale por png().
for _biblioteca in ("choreographer", "kaleido"):
    logging.getLogger(_biblioteca).setLevel(logging.CRITICAL + 1)

_ESPERA = 30  # segundos para abrir el navegador o dibujar una figura
_TAMANO = {"format": "png", "width": tema.ANCHO, "height": tema.ALTO, "scale": tema.AMPLIACION}


def buscar_navegador() -> str | None:
    """La ruta del navegador con que se dibuja; si se dijo una en BROWSER_PATH, esa o ninguna."""
    pedido = os.environ.get("BROWSER_PATH")
    return shutil.which(pedido) if pedido else Chromium.find_browser(skip_local=False)


class Servidor:
    """Un navegador que se abre con la primera figura y se queda abierto; se puede usar desde varios hilos.

    Lleva su propio lazo de asyncio en un hilo: el servidor de kaleido espera para siempre si el navegador no abre.
    """

    def __init__(self) -> None:
        self._candado = threading.Lock()
        self._lazo: asyncio.AbstractEventLoop | None = None
        self._kaleido: Kaleido | None = None

    def abrir(self) -> None:
        """Abre el navegador si no lo está. ErrorDeUsuario si no hay o no abre."""
        with self._candado:
            self._abrir()

    def png(self, figura: go.Figure) -> bytes:
        """La figura como PNG de 1920 × 1080. ErrorDeUsuario si no hay navegador o no abre.

        Si el navegador se cayó, se abre otro y se intenta una vez más.
        """
        with self._candado:
            for ultimo in (False, True):
                self._abrir()
                try:
                    return self._esperar(self._kaleido.calc_fig(figura, opts=_TAMANO))
                except Exception:
                    self._cerrar()
                    if ultimo:
                        raise
        raise AssertionError  # el segundo intento regresa o lanza

    def cerrar(self) -> None:
        """Cierra el navegador; la siguiente figura abre otro."""
        with self._candado:
            self._cerrar()

    def _abrir(self) -> None:
        if self._kaleido is not None:
            return
        ruta = buscar_navegador()
        if ruta is None:
            raise ErrorDeUsuario(SIN_NAVEGADOR)
        self._lazo = asyncio.new_event_loop()
        self._lazo.set_exception_handler(lambda *_: None)  # lo que falla ya sale por png()
        threading.Thread(target=self._lazo.run_forever, daemon=True).start()
        try:
            self._kaleido = self._esperar(_nuevo(ruta))
            self._esperar(_abierto(self._kaleido))
        except BaseException as error:
            self._matar()  # también si se interrumpe: uno a medio abrir no obedece, y se quedaría vivo
            self._cerrar()
            if not isinstance(error, Exception):
                raise
            raise ErrorDeUsuario(NO_ABRE.format(ruta=ruta)) from error

    def _esperar(self, tarea: Coroutine) -> Any:
        return asyncio.run_coroutine_threadsafe(tarea, self._lazo).result(timeout=_ESPERA)

    def _matar(self) -> None:
        """Termina el navegador, y lo que haya abierto, sin pedírselo."""
        proceso = getattr(self._kaleido, "subprocess", None)
        if proceso is None or proceso.poll() is not None:
            return
        if hasattr(os, "killpg"):  # choreographer le da su propia sesión
            with suppress(ProcessLookupError):
                os.killpg(proceso.pid, signal.SIGKILL)
        proceso.kill()
        proceso.wait()

    def _cerrar(self) -> None:
        if self._kaleido is not None:
            with suppress(Exception):  # ya estaba caído
                self._esperar(self._kaleido.close())
        if self._lazo is not None:
            self._lazo.call_soon_threadsafe(self._lazo.stop)
        self._lazo = self._kaleido = None


async def _nuevo(ruta: str) -> Kaleido:
    # se hace dentro del lazo, que es el suyo; sin MathJax: lo pediría a la red
    return Kaleido(n=1, timeout=_ESPERA, mathjax=False, path=ruta)


async def _abierto(kaleido: Kaleido) -> None:
    await kaleido


@contextmanager
def servidor() -> Iterator[Servidor]:
    """Un servidor que se cierra al terminar."""
    abierto = Servidor()
    try:
        yield abierto
    finally:
        abierto.cerrar()
