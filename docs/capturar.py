"""Vuelve a tomar las imágenes del README: arranca el tablero, abre cada página y guarda su captura.

Uso: python docs/capturar.py. Pide Chromium o Chrome en el sistema.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from poa import tablero

CARPETA = Path(__file__).parent
PAGINAS = {
    "resumen.png": "/resumen?ejercicio=2025&corte=2025T4",
    "alertas.png": "/alertas?ejercicio=2025&corte=2025T4",
    "seguir.png": "/seguir?hilo=apoyos",
    "sesion.png": "/sesion?corte=2025T4&paso=bisom/300",
    "compromiso.png": "/dependencias?ejercicio=2025&corte=2025T4&dependencia=bisom"
    "&compromiso=poa-2025%2F2025T4%2Fbisom%2F300%2F305",
}


def principal() -> None:
    with tablero.abierto() as base, sync_playwright() as control:
        abierto = control.chromium.launch(executable_path=tablero.navegador(), args=["--no-sandbox"])
        hoja = abierto.new_page(viewport={"width": 1366, "height": 900}, locale="es-MX")
        for archivo, ruta in PAGINAS.items():
            hoja.goto(base + ruta)
            hoja.wait_for_selector("footer.pie")
            hoja.wait_for_timeout(2500)  # que terminen de pintarse figura y tablas
            hoja.screenshot(path=CARPETA / archivo)
        abierto.close()


if __name__ == "__main__":
    principal()
