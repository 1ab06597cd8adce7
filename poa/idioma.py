"""Lo que la biblioteca de la línea de órdenes dice por su cuenta (ayudas y errores de uso), en español.

Sus textos pasan por gettext, que elige el catálogo según el idioma del equipo. Aquí se toman de `TEXTOS`,
para que salgan en español también en un equipo en inglés o sin idioma configurado.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

# Los módulos de click con textos que `poa` puede mostrar; cada uno guarda su propia referencia a gettext.
MODULOS = (
    "click.core",
    "click.decorators",
    "click.exceptions",
    "click.formatting",
    "click.parser",
    "click.shell_completion",
    "click.termui",
    "click.types",
    "click.utils",
)

# Lo que puede ver quien usa una orden; los errores de quien la declara mal se quedan como son.
TEXTOS = {
    # las ayudas
    "Usage:": "Uso:",
    "Options": "Opciones",
    "Commands": "Órdenes",
    "Positional arguments": "Qué se escribe después de la orden",
    "Show this message and exit.": "Muestra esta ayuda y termina.",
    "Show the version and exit.": "Muestra la versión y termina.",
    "%(prog)s, version %(version)s": "%(prog)s, versión %(version)s",
    "Confirm the action without prompting.": "Lo hace sin preguntar.",
    "default: {default}": "predeterminado: {default}",
    "(dynamic)": "(se calcula)",
    "required": "obligatorio",
    "env var: {var}": "variable: {var}",
    "deprecated": "en desuso",
    "file": "archivo",
    "directory": "carpeta",
    "path": "ruta",
    "Choice({choices})": "Opciones({choices})",
    # los errores de uso
    "Error: {message}": "No se pudo: {message}",
    "Try '{command} {option}' for help.": "Vea la ayuda con: {command} {option}",
    "Aborted!": "Se interrumpió.",
    "No such command {name!r}.": "No hay ninguna orden '{name}'.",
    "No such option {name!r}.": "No hay ninguna opción '{name}'.",
    "Did you mean {possibility}?": "¿Quiso decir {possibility}?",
    "(Did you mean one of: {possibilities}?)": "¿Quiso decir una de estas: {possibilities}?",
    "Missing command.": "Falta la orden.",
    "Missing argument": "Falta",
    "Missing option": "Falta la opción",
    "Missing parameter": "Falta",
    "Missing {param_type}": "Falta",
    "Missing parameter: {param_name}": "Falta {param_name}",
    "Choose from:\n\t{choices}": "Elija entre:\n\t{choices}",
    "Got unexpected extra argument ({args})": "Sobra un dato: {args}",
    "Got unexpected extra arguments ({args})": "Sobran datos: {args}",
    "Option {name!r} does not take a value.": "La opción '{name}' no lleva ningún valor.",
    "Option {name!r} requires an argument.": "La opción '{name}' necesita un valor.",
    "Option {name!r} requires {nargs} arguments.": "La opción '{name}' necesita {nargs} valores.",
    "Argument {name!r} takes {nargs} values.": "'{name}' lleva {nargs} valores.",
    "Takes {nargs} values but 1 was given.": "Lleva {nargs} valores y se dio 1.",
    "Takes {nargs} values but {len} were given.": "Lleva {nargs} valores y se dieron {len}.",
    "{len_type} values are required, but {len_value} was given.": "Lleva {len_type} valores y se dio {len_value}.",
    "{len_type} values are required, but {len_value} were given.": "Lleva {len_type} valores y se dieron {len_value}.",
    # los valores que no sirven
    "Invalid value: {message}": "Ese valor no sirve: {message}",
    "Invalid value for {param_hint}: {message}": "El valor de {param_hint} no sirve: {message}",
    "Value must be an iterable.": "Se esperaban varios valores.",
    "{value!r} is not {choice}.": "'{value}' no es {choice}.",
    "{value!r} is not one of {choices}.": "'{value}' no es ninguno de estos: {choices}.",
    "{value!r} is not a valid {number_type}.": "'{value}' no es un número válido.",
    "{value} is not in the range {range}.": "{value} no está entre los permitidos: {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "'{value}' no es ni sí ni no. Se puede escribir: {states}"
    ),
    "{value!r} is not a valid UUID.": "'{value}' no es un identificador UUID.",
    "{value!r} does not match the format {format}.": "'{value}' no es una fecha escrita así: {format}.",
    "{value!r} does not match the formats {formats}.": "'{value}' no es una fecha escrita de estos modos: {formats}.",
    # los archivos y carpetas
    "{name} {filename!r} does not exist.": "'{filename}' no existe.",
    "{name} {filename!r} is a file.": "'{filename}' es un archivo; se esperaba una carpeta.",
    "{name} {filename!r} is a directory.": "'{filename}' es una carpeta; se esperaba un archivo.",
    "{name} {filename!r} is not readable.": "'{filename}' no se puede leer: no hay permiso.",
    "{name} {filename!r} is not writable.": "no se puede escribir en '{filename}': no hay permiso.",
    "{name} {filename!r} is not executable.": "'{filename}' no se puede ejecutar: no hay permiso.",
    "Could not open file {filename!r}: {message}": "No se puede abrir '{filename}': {message}",
    "unknown error": "no se sabe por qué",
    # las preguntas en la terminal
    "Do you want to continue?": "¿Continuar?",
    "Repeat for confirmation": "Escríbalo otra vez",
    "Error: The two entered values do not match.": "Los dos valores no son iguales.",
    "Error: invalid input": "Eso no es una respuesta.",
    "Press any key to continue...": "Oprima cualquier tecla para continuar…",
    "Shell completion is not supported for Bash versions older than 4.4.": (
        "Para completar las órdenes con el tabulador hace falta Bash 4.4 o posterior."
    ),
    "Couldn't detect Bash version, shell completion is not supported.": (
        "No se pudo saber la versión de Bash; no se completan las órdenes con el tabulador."
    ),
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": (
        "La orden '{name}' está en desuso.{extra_message}"
    ),
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": (
        "'{name}' está en desuso.{extra_message}"
    ),
}


def hablar_espanol() -> None:
    """Hace que click tome sus textos de `TEXTOS`. Va antes de declarar órdenes: algunos se fijan al declararlas.

    Lo que falte en `TEXTOS` sale como lo escribió click.
    """
    for nombre in MODULOS:
        modulo = import_module(nombre)
        for gettext, propio in (("_", _texto), ("ngettext", _texto_segun_cuantos)):
            if hasattr(modulo, gettext):
                setattr(modulo, gettext, propio)


class Orden(click.Command):
    """Una orden cuya ayuda va entera en español: lo que click escribe sin pasar por gettext y sin cortar frases."""

    def __init__(self, *args, options_metavar: str = "[OPCIONES]", **kwargs) -> None:
        super().__init__(*args, options_metavar=options_metavar, **kwargs)

    def get_short_help_str(self, limit: int = 45) -> str:
        """La primera oración de la ayuda, completa: en la lista de órdenes ocupa los renglones que haga falta."""
        return super().get_short_help_str(sys.maxsize)


class Grupo(Orden, click.Group):
    """Un grupo de órdenes en español, como las que se declaran en él."""

    command_class = Orden
    group_class = type  # los grupos de adentro, de la misma clase

    def __init__(self, *args, subcommand_metavar: str = "ORDEN …", **kwargs) -> None:
        super().__init__(*args, subcommand_metavar=subcommand_metavar, **kwargs)


def _texto(original: str) -> str:
    return TEXTOS.get(original, original)


def _texto_segun_cuantos(uno: str, varios: str, cuantos: int) -> str:
    return _texto(uno if cuantos == 1 else varios)
