"""Las figuras en PNG de 1920 × 1080, con un solo navegador abierto para todas."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import kaleido
import plotly.graph_objects as go
from choreographer.browsers.chromium import Chromium

from poa import tema
from poa.errores import ErrorDeUsuario

SIN_NAVEGADOR = (
    "Para las imágenes PNG hace falta Chrome, Chromium o Edge en este equipo. En Debian: apt-get install chromium; "
    "si está en otro lado, diga dónde con la variable BROWSER_PATH. Lo demás no lo necesita."
)
_ESPERA = 30  # segundos por figura


def hay_navegador() -> bool:
    """Si el equipo tiene un navegador con que dibujar."""
    return bool(Chromium.find_browser(skip_local=False))


class Servidor:
    """Un navegador que se abre con la primera figura y se queda abierto; se puede usar desde varios hilos."""

    def __init__(self) -> None:
        self._candado = threading.Lock()
        self._vivo = False

    def png(self, figura: go.Figure) -> bytes:
        """La figura como PNG de 1920 × 1080. ErrorDeUsuario si no hay navegador.

        Si el navegador se cayó, se abre otro y se intenta una vez más.
        """
        for ultimo in (False, True):
            with self._candado:
                self._abrir()
            try:
                return kaleido.calc_fig_sync(
                    figura,
                    opts={"format": "png", "width": tema.ANCHO, "height": tema.ALTO, "scale": tema.AMPLIACION},
                )
            except Exception:
                self.cerrar()
                if ultimo:
                    raise
        raise AssertionError  # el segundo intento regresa o lanza

    def _abrir(self) -> None:
        if self._vivo:
            return
        if not hay_navegador():
            raise ErrorDeUsuario(SIN_NAVEGADOR)
        # sin MathJax: lo pediría a la red
        kaleido.start_sync_server(n=1, timeout=_ESPERA, mathjax=False, silence_warnings=True)
        self._vivo = True

    def cerrar(self) -> None:
        """Cierra el navegador; la siguiente figura abre otro."""
        with self._candado:
            if self._vivo:
                kaleido.stop_sync_server(silence_warnings=True)
                self._vivo = False


@contextmanager
def servidor() -> Iterator[Servidor]:
    """Un servidor que se cierra al terminar."""
    abierto = Servidor()
    try:
        yield abierto
    finally:
        abierto.cerrar()
