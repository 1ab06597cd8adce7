"""El camino del dato va en un solo sentido: qué puede importar cada quien."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from poa import rutas

PAGINAS = sorted((rutas.raiz() / "pages").glob("*.py"))
PERMITIDOS = {
    "streamlit",
    "poa.componentes",
    "poa.consultas",
    "poa.figuras",
    "poa.formato",
    "poa.laminas",
    "poa.mensajes",
}


def importados(codigo: str) -> set[str]:
    """Módulos que importa un código: `from poa import figuras` cuenta como poa.figuras."""
    modulos = set()
    for nodo in ast.walk(ast.parse(codigo)):
        if isinstance(nodo, ast.Import):
            modulos |= {alias.name for alias in nodo.names}
        elif isinstance(nodo, ast.ImportFrom):
            modulo = "." * nodo.level + (nodo.module or "")
            modulos |= {f"poa.{alias.name}" for alias in nodo.names} if modulo == "poa" else {modulo}
    return modulos


def no_permitidos(codigo: str) -> set[str]:
    """Los importados que una página no debe conocer; un submódulo vale lo que su módulo."""
    return {m for m in importados(codigo) if not any(f"{m}.".startswith(f"{p}.") for p in PERMITIDOS)}


def test_hay_paginas():
    assert PAGINAS


@pytest.mark.parametrize("pagina", PAGINAS, ids=lambda p: p.stem)
def test_la_pagina_solo_conoce_la_vitrina(pagina: Path):
    assert no_permitidos(pagina.read_text("utf-8")) == set()


@pytest.mark.parametrize(
    ("codigo", "ajenos"),
    [
        ("import streamlit as st\nfrom poa import componentes, figuras", set()),
        ("from poa.consultas import consultar", set()),
        ("from poa import lectura", {"poa.lectura"}),
        ("def f():\n    import duckdb", {"duckdb"}),
        ("from poa.lectura.tabla import leer", {"poa.lectura.tabla"}),
        ("from . import otra", {"."}),
        ("import poa", {"poa"}),
        ("import streamlit_extras", {"streamlit_extras"}),
    ],
)
def test_la_vigilancia_distingue(codigo: str, ajenos: set[str]):
    assert no_permitidos(codigo) == ajenos


def test_los_modulos_respetan_el_camino():
    orden = Path(sys.executable).with_name("lint-imports")
    corrida = subprocess.run([orden, "--no-cache"], cwd=rutas.raiz(), capture_output=True, text=True)
    assert corrida.returncode == 0, corrida.stdout + corrida.stderr
