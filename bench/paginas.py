"""Cuánto tarda cada página en un navegador de verdad: abrirla, llegar por la cinta y cambiar un filtro.

Uso: python bench/paginas.py [VECES]. Pide Chromium o Chrome. Imprime medianas y máximos en milisegundos.

Se mide en la página misma: desde que empieza la navegación, o desde el clic, hasta el último cambio del
documento (texto, tabla o trazo de gráfica) antes de que el tablero diga que terminó y nada se mueva en 400 ms.
El tablero y la caché del navegador ya están calientes; el resultado de las consultas, no siempre.
"""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import Page, sync_playwright

from poa import tablero
from poa.componentes import marco

QUIETO_MS = 400
VISTAS = ("corte=2025T4", "corte=2022T4")
BUSCADAS = ("apoyos vulnerables", "despenzas")
VIGIA = """
window.ultimo = 0;
new MutationObserver((cambios) => {
  // lo que se anuncia a quien no ve llega después y no se ve
  if (cambios.some((c) => c.target.id !== 'se-oye')) window.ultimo = performance.now();
})
  .observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
"""
LISTA = f"""() => {{
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.dataset.testScriptState === 'notRunning' && document.querySelector('footer.pie')
    && performance.now() - window.ultimo > {QUIETO_MS} && window.ultimo;
}}"""


def esperar(hoja: Page) -> float:
    """Milisegundos, desde que empezó la navegación de la hoja, en que se vio el último cambio."""
    return hoja.wait_for_function(LISTA, timeout=30_000).json_value()


def abrir(hoja: Page, direccion: str) -> float:
    hoja.goto(direccion)
    return esperar(hoja)


def por_la_cinta(hoja: Page, nombre: str) -> float:
    desde = hoja.evaluate("performance.now()")
    hoja.locator('[data-testid="stTopNavLink"]', has_text=nombre).first.click()
    hoja.wait_for_function(f"window.ultimo > {desde}")
    return esperar(hoja) - desde


def cambiar_filtro(hoja: Page, rotulo: str) -> float:
    """Toca el otro botón del filtro «Compromisos» (metas o acciones), que toda página recalcula."""
    otro = hoja.locator('.st-key-filtros [role="radio"][aria-checked="false"]', has_text=rotulo).first
    desde = hoja.evaluate("performance.now()")
    otro.click()
    hoja.wait_for_function(f"window.ultimo > {desde}")
    return esperar(hoja) - desde


def cambiar_dependencia(hoja: Page, cual: int) -> float:
    """Elige en la lista «Dependencia»: 0 es todas y 1, la primera. Cuenta desde el clic en la opción."""
    hoja.locator(".st-key-filtro_dependencia input").click()
    opcion = hoja.locator('[role="option"]').nth(cual)
    opcion.wait_for()
    desde = hoja.evaluate("performance.now()")
    opcion.click()
    hoja.wait_for_function(f"window.ultimo > {desde}")
    return esperar(hoja) - desde


def buscar(hoja: Page, palabras: str) -> float:
    """Escribe en «Buscar una meta o acción» y cuenta desde que se oprime Entrar."""
    caja = hoja.locator(".st-key-filtro_busca input")
    caja.fill(palabras)
    desde = hoja.evaluate("performance.now()")
    caja.press("Enter")
    hoja.wait_for_function(f"window.ultimo > {desde}")
    return esperar(hoja) - desde


def resumen(tiempos: list[float]) -> str:
    return f"{statistics.median(tiempos):5.0f} (máx. {max(tiempos):.0f})"


def medir(hoja: Page, base: str, veces: int) -> None:
    for vista in VISTAS:
        titulos = ("abrir", "por la cinta", "metas o acciones", "dep. o búsqueda")
        print(f"\n{vista}\n{'página':18} " + " ".join(f"{titulo:>18}" for titulo in titulos))
        for archivo, nombre in marco.PAGINAS[1:]:
            direccion = f"{base}/{archivo}?{vista}"
            abrir(hoja, direccion)
            abiertas = [abrir(hoja, direccion) for _ in range(veces)]
            filtros = []
            if hoja.locator('.st-key-filtros [role="radio"]', has_text="Metas").count():
                for rotulo in ("Metas", "Acciones") * veces:
                    filtros.append(cambiar_filtro(hoja, rotulo))
            listas = []
            if hoja.locator(".st-key-filtro_dependencia").count():
                listas = [cambiar_dependencia(hoja, cual) for cual in (1, 0) * veces]
            elif hoja.locator(".st-key-filtro_busca").count():
                listas = [buscar(hoja, palabras) for palabras in BUSCADAS * veces]
            cintas = []
            for _ in range(veces):
                por_la_cinta(hoja, "Inicio")
                cintas.append(por_la_cinta(hoja, nombre))
            # el primer cambio a cada valor lleva consultas sin guardar: se queda en el máximo
            print(
                f"{nombre:18} {resumen(abiertas):>18} {resumen(cintas):>18} "
                f"{resumen(filtros) if filtros else 'sin ese filtro':>18} "
                f"{resumen(listas) if listas else 'sin ese filtro':>18}"
            )


def principal() -> None:
    veces = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tablero.abierto() as base, sync_playwright() as control:
        abierto = control.chromium.launch(executable_path=tablero.navegador(), args=["--no-sandbox"])
        hoja = abierto.new_page(viewport={"width": 1366, "height": 768}, locale="es-MX")
        hoja.add_init_script(VIGIA)
        medir(hoja, base, veces)
        abierto.close()


if __name__ == "__main__":
    principal()
