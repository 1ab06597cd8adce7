"""Las ayudas y los errores de uso de la línea de órdenes: todo en español, sea cual sea el idioma del equipo."""

from __future__ import annotations

import ast
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from poa import idioma, rutas
from poa.cli import principal

VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
EQUIPOS = [{}, {"LANG": "C"}, {"LANG": "en_US.UTF-8"}, {"LC_ALL": "C", "LANGUAGE": "en"}]
SIN_TRADUCIR = {"click._termui_impl", "click._winconsole"}  # sus barras, su editor y la consola: `poa` no los usa
DE_GETTEXT = {"_": 1, "gettext": 1, "ngettext": 2}  # cuántos de sus argumentos son textos
# lo que click escribe sin pasar por gettext: nombres de tipos y marcas de la línea de uso
FIJAS = {"text", "integer", "float", "boolean", "uuid", "range", "choice", "datetime", "filename", "options", "args"}
# solo los ve quien declara mal una orden
DE_QUIEN_PROGRAMA = {
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Could not determine name for option with declarations {decls!r}",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead?"
    " Did you mean to pass '--{name}'?",
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
}
IGUALES = {"error"}  # se escriben igual en los dos idiomas

ERRORES = {
    "opción desconocida": (["--color"], "No hay ninguna opción '--color'."),
    "opción casi igual": (["leer", "a.txt", "--salid", "x"], "¿Quiso decir '--salida'?"),
    "opción parecida a dos": (["laminas", "--forma", "x"], "'--formato'"),
    "orden desconocida": (["imprimir"], "No hay ninguna orden 'imprimir'."),
    "orden casi igual": (["consulta"], "¿Quiso decir 'consultar'?"),
    "suborden desconocida": (["linaje", "confimar"], "¿Quiso decir 'confirmar'?"),
    "sin orden": ([], "Órdenes:"),
    "sin suborden": (["linaje"], "Órdenes:"),
    "solo opciones": (["--datos", "."], "Falta la orden."),
    "falta un argumento": (["consultar"], "Falta 'NOMBRE'."),
    "falta el segundo": (["linaje", "rechazar", "a"], "Falta 'DESTINO'."),
    "faltan los archivos": (["leer", "--salida", "x"], "Falta 'ARCHIVO…'."),
    "falta una opción": (["leer", "a.txt"], "Falta la opción '--salida'."),
    "sobra uno": (["construir", "ahora"], "Sobra un dato: ahora"),
    "sobran dos": (["construir", "ahora", "mismo"], "Sobran datos: ahora mismo"),
    "opción sin valor": (["tablero", "--puerto"], "La opción '--puerto' necesita un valor."),
    "valor de más": (["laminas", "--sesion=1"], "La opción '--sesion' no lleva ningún valor."),
    "no es de la lista": (["laminas", "--nivel", "metas"], "'metas' no es ninguno de estos: 'accion', 'meta'."),
    "no es un número": (["tablero", "--puerto", "ocho"], "'ocho' no es un número válido."),
    "fuera de rango": (["tablero", "--puerto", "70000"], "70000 no está entre 1 y 65535."),
    "archivo por carpeta": (["--datos", __file__, "revisar"], "es un archivo; se esperaba una carpeta."),
    "carpeta por archivo": (["linaje", "sugerir", "--salida", "."], "es una carpeta; se esperaba un archivo."),
}


def ordenes(grupo: click.Group, camino: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """El camino de cada orden y suborden, incluido el grupo mismo."""
    yield camino
    for nombre, orden in grupo.commands.items():
        if isinstance(orden, click.Group):
            yield from ordenes(orden, (*camino, nombre))
        else:
            yield (*camino, nombre)


def palabras(texto: str) -> set[str]:
    """Las de un texto, sin las opciones, que se escriben como son («--help»)."""
    return set(re.findall(r"[^\W\d_]{2,}", re.sub(r"--\w+", " ", texto.lower())))


def campos(texto: str) -> set[str]:
    con_porcentaje = re.findall(r"%\(\w+\)s", texto)
    return {campo for _, campo, _, _ in string.Formatter().parse(texto) if campo} | set(con_porcentaje)


def sin_campos(texto: str) -> str:
    return re.sub(r"\{[^}]*\}|%\(\w+\)s", " ", texto)


def inglesas() -> set[str]:
    """Las palabras de los textos de click que su traducción no usa."""
    en_ingles = FIJAS.union(*(palabras(sin_campos(original)) for original in idioma.TEXTOS))
    return en_ingles - IGUALES.union(*(palabras(sin_campos(propio)) for propio in idioma.TEXTOS.values()))


def textos_de(modulo: Path) -> Iterator[str]:
    """Los textos que un módulo pasa por gettext; lo que no es un texto escrito ahí, como código entre « »."""
    for nodo in ast.walk(ast.parse(modulo.read_text("utf-8"))):
        if isinstance(nodo, ast.Call) and isinstance(nodo.func, ast.Name) and nodo.func.id in DE_GETTEXT:
            for texto in nodo.args[: DE_GETTEXT[nodo.func.id]]:
                yield texto.value if isinstance(texto, ast.Constant) else f"«{ast.unparse(texto)}»"


def modulos_de_click() -> dict[str, set[str]]:
    """Cada módulo de click que traduce, con sus textos."""
    carpeta = Path(click.__file__).parent
    textos = {
        ".".join(ruta.relative_to(carpeta.parent).with_suffix("").parts): set(textos_de(ruta))
        for ruta in carpeta.rglob("*.py")
    }
    return {modulo: suyos for modulo, suyos in textos.items() if suyos}


@pytest.fixture(params=EQUIPOS, ids=lambda equipo: " ".join(map("=".join, equipo.items())) or "sin variables")
def equipo(request, monkeypatch) -> dict[str, str]:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    for variable, valor in request.param.items():
        monkeypatch.setenv(variable, valor)
    return request.param


def test_ninguna_ayuda_trae_ingles_ni_frases_cortadas(equipo):
    caminos = list(ordenes(principal))
    assert ("linaje", "sugerir") in caminos
    for camino in caminos:
        resultado = CliRunner().invoke(principal, [*camino, "--help"], prog_name="poa")
        assert resultado.exit_code == 0
        assert not palabras(resultado.output) & inglesas(), resultado.output
        assert resultado.output.startswith(" ".join(["Uso: poa", *camino, "[OPCIONES]"]))
        assert "Muestra esta ayuda y termina." in resultado.output and "..." not in resultado.output


def test_toda_orden_y_toda_opcion_se_explican():
    for camino in ordenes(principal):
        orden: click.Command = principal
        for nombre in camino:
            orden = orden.commands[nombre]
        assert orden.help, camino
        for opcion in orden.params:
            assert not isinstance(opcion, click.Option) or opcion.help, (camino, opcion.name)


@pytest.mark.parametrize("caso", ERRORES)
def test_los_errores_de_uso_no_traen_ingles_y_terminan_con_dos(caso, equipo):
    argumentos, esperado = ERRORES[caso]
    resultado = CliRunner().invoke(principal, argumentos, prog_name="poa")
    assert resultado.exit_code == 2
    assert esperado in resultado.stderr and not resultado.stdout
    dicho = resultado.stderr.replace(__file__, "")
    assert not palabras(dicho) & inglesas(), dicho


@pytest.mark.parametrize(("argumentos", "codigo"), [(["leer", "--help"], 0), (["leer"], 2)])
def test_la_orden_de_verdad_tambien_habla_espanol(argumentos, codigo, equipo):
    limpio = {nombre: valor for nombre, valor in os.environ.items() if not nombre.startswith(("LC_", "PYTHON"))}
    orden = [sys.executable, "-m", "poa", *argumentos]
    resultado = subprocess.run(orden, capture_output=True, cwd=rutas.raiz(), env=limpio | equipo, check=False)
    dicho = (resultado.stdout + resultado.stderr).decode("utf-8")
    assert resultado.returncode == codigo
    assert dicho.startswith("Uso: poa leer [OPCIONES] ARCHIVO…") and not palabras(dicho) & inglesas()


def test_interrumpir_se_dice_en_espanol(monkeypatch):
    def interrumpir(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(principal.commands["construir"], "callback", interrumpir)
    resultado = CliRunner().invoke(principal, ["construir"])
    assert (resultado.exit_code, resultado.stderr.strip()) == (1, "Se interrumpió.")


def test_estan_todos_los_textos_de_click_y_ninguno_de_mas():
    de_click = modulos_de_click()
    assert set(de_click) == set(idioma.MODULOS) | SIN_TRADUCIR
    textos = set().union(*(de_click[modulo] for modulo in idioma.MODULOS))
    assert {texto for texto in textos if texto.startswith("«")} == {"«extra['required']»"}
    assert textos - {"«extra['required']»"} | {"required"} == set(idioma.TEXTOS) | DE_QUIEN_PROGRAMA


def test_click_toma_de_ahi_sus_textos():
    for nombre in idioma.MODULOS:
        modulo = import_module(nombre)
        assert modulo._("Usage:") == "Uso:", nombre
        if hasattr(modulo, "ngettext"):
            assert modulo.ngettext("Missing option", "Missing argument", 2) == "Falta", nombre


@pytest.mark.parametrize("original", idioma.TEXTOS)
def test_cada_texto_lleva_solo_los_datos_que_click_le_da(original):
    propio = idioma.TEXTOS[original]
    assert propio and campos(propio) <= campos(original)
