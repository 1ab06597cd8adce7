"""Cómo hablan las órdenes con la terminal: sus rutas, sus errores sin rastreo, en qué van y las tablas que imprimen."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from poa import idioma
from poa.errores import ErrorDeUsuario, motivo

AVISOS = Console(stderr=True, highlight=False)
SALIDA = Console(highlight=False)


class Ruta(click.Path):
    """Un archivo o carpeta, con «~» por la carpeta propia; en blanco no es ninguno."""

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not str(value).strip():
            self.fail("está en blanco.", param, ctx)
        return super().convert(Path(value).expanduser(), param, ctx)


RUTA = Ruta(path_type=Path)
CARPETA = {"type": RUTA, "metavar": "CARPETA"}


class GrupoConMensajes(idioma.Grupo):
    """Un grupo de órdenes cuyos errores de usuario salen como una oración, con código 2 y sin rastreo."""

    def main(self, *args, **kwargs):
        for salida in (sys.stdout, sys.stderr):
            # lo que la terminal no sabe escribir («→» en una de Windows) sale como «?» y no como un error
            salida.reconfigure(errors="replace")
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context):
        try:
            resultado = super().invoke(ctx)
            sys.stdout.flush()
            return resultado
        except ErrorDeUsuario as error:
            dicho = error.mensaje
        except OSError as error:
            if error.errno == errno.EPIPE:  # quien leía ya no quiere más: click termina sin decir nada
                raise
            dicho = f"{error.filename or 'la salida'}: {motivo(error)}."
            _soltar_lo_que_no_cupo()
        AVISOS.print(f"No se pudo: {dicho}", style="bold", soft_wrap=True, markup=False)
        ctx.exit(2)


def _soltar_lo_que_no_cupo() -> None:
    """Si la salida ya no admite nada, lo pendiente se descarta: al terminar, Python lo intentaría otra vez."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def avance(verbo: str) -> Iterator[Callable[[str], None]]:
    """Dice en la terminal en qué va un trabajo mientras dura; da la función con que se le avisa."""
    if not AVISOS.is_terminal:
        yield lambda cosa: None
        return
    with AVISOS.status(f"{verbo}…") as estado:
        yield lambda cosa: estado.update(f"{verbo} {cosa}…")


@contextmanager
def barra(titulo: str, partes: int) -> Iterator[Callable[[str], None]]:
    """Una barra que avanza una parte cada vez que se le avisa cuál se terminó; fuera de una terminal, nada."""
    with Progress(
        TextColumn(titulo),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        console=AVISOS,
        transient=True,
        disable=not AVISOS.is_terminal,
    ) as avanza:
        tarea = avanza.add_task("", total=partes)
        yield lambda cual: avanza.update(tarea, advance=1, description=cual)


def imprimir_tabla(tabla) -> None:
    """Escribe en la salida un DataFrame con sus columnas; las cifras, a la derecha, y lo que falta, en blanco."""
    from rich.table import Table

    salida = Table(box=None, header_style="bold")
    for columna in tabla.columns:
        es_cifra = tabla[columna].dtype.kind in "if"
        salida.add_column(str(columna), justify="right" if es_cifra else "left", overflow="fold")
    for fila in tabla.itertuples(index=False):
        salida.add_row(*(_celda(valor) for valor in fila))
    SALIDA.print(salida)


def _celda(valor: object) -> str:
    if hasattr(valor, "tolist") and getattr(valor, "ndim", 0):  # una lista de la base llega como arreglo
        return ", ".join(map(str, valor.tolist()))
    return "" if valor is None or valor != valor else str(valor)
