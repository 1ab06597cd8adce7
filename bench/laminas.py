"""Cuánto tarda sacar las láminas: la sesión completa, como orden, y una imagen más con el navegador ya abierto.

Uso: python bench/laminas.py [VECES]. Pide Chromium o Chrome. Imprime la mediana y el intervalo, en segundos de reloj.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from poa import rutas, seleccion
from poa.laminas import png, vistas

CORTE = "2025T4"
IMAGENES = 10


def medir(hacer: Callable[[], object], veces: int) -> str:
    """«mediana (mínimo–máximo)» de hacer algo `veces`."""
    tiempos = []
    for _ in range(veces):
        inicio = time.perf_counter()
        hacer()
        tiempos.append(time.perf_counter() - inicio)
    return f"{statistics.median(tiempos):.2f} s ({min(tiempos):.2f}–{max(tiempos):.2f})"


def sesion(carpeta: str) -> None:
    orden = ["laminas", "--sesion", "--corte", CORTE, "--salida", carpeta]
    subprocess.run([sys.executable, "-m", "poa", *orden], check=True, capture_output=True, cwd=rutas.raiz())


def principal() -> None:
    veces = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as carpeta:
        print(f"poa laminas --sesion --corte {CORTE}: {medir(lambda: sesion(carpeta), veces)}")
    elegida = seleccion.elegir(corte=CORTE)
    with png.servidor() as servidor:
        print(f"la primera imagen: {medir(lambda: servidor.png(vistas.alertas(elegida).figura), 1)}")
        print(f"una imagen más: {medir(lambda: servidor.png(vistas.alertas(elegida).figura), IMAGENES)}")


if __name__ == "__main__":
    principal()
