"""Órdenes: `python -m tests.documentos_hechos evaluar | mostrar | escribir`."""

import argparse
import json
from pathlib import Path

from . import DANIOS, FORMATOS, generar, hostiles
from .evaluacion import evaluar

COLUMNAS = [
    "acierto",
    "celdas",
    "mal",
    "faltan",
    "mal_seguro",
    "falta_seguro",
    "ilegibles",
    "sobrantes",
    "textos",
    "textos_mal",
    "caidas",
]


def orden_evaluar(opciones: argparse.Namespace) -> None:
    """Imprime la tabla de cifras por formato y daño, y las primeras celdas malas de cada uno."""
    print(f"{'formato':13} {'danio':8}" + "".join(f"{c:>13}" for c in COLUMNAS), flush=True)
    semillas = range(opciones.desde, opciones.desde + opciones.semillas)
    ejemplos = []
    for formato in opciones.formato or FORMATOS:
        for danio in opciones.danio or DANIOS:
            cuenta = evaluar(formato, danio, semillas)
            valores = [getattr(cuenta, c) for c in COLUMNAS]
            print(
                f"{formato:13} {danio:8}"
                + "".join(f"{v:13.2f}" if isinstance(v, float) else f"{v:13}" for v in valores),
                flush=True,
            )
            # Primero lo más grave: las caídas y las cifras falsas que dicen estar seguras.
            ejemplos += sorted(cuenta.errores, key=lambda e: "SEGURO" not in e)[: opciones.ejemplos]
    print(*ejemplos, sep="\n")


def orden_mostrar(opciones: argparse.Namespace) -> None:
    """Imprime un documento con número de renglón y flechas por tabuladores; con --verdad, su verdad."""
    texto, verdad = generar(opciones.formato, opciones.semilla, opciones.danio)
    if opciones.verdad:
        print(json.dumps(verdad, ensure_ascii=False, indent=1))
        return
    for numero, renglon in enumerate(texto.split("\n"), start=1):
        print(f"{numero:6} {renglon.replace(chr(9), '→')}")


def orden_escribir(opciones: argparse.Namespace) -> None:
    """Escribe en una carpeta los archivos hostiles y un documento por formato y daño."""
    opciones.carpeta.mkdir(parents=True, exist_ok=True)
    for nombre, contenido, _ in hostiles():
        (opciones.carpeta / nombre).write_bytes(contenido)
    for formato in FORMATOS:
        for danio in DANIOS:
            ruta = opciones.carpeta / f"{formato}-{opciones.semilla}-{danio}.txt"
            ruta.write_text(generar(formato, opciones.semilla, danio)[0], encoding="utf-8")


def main() -> None:
    """Lee la orden y la ejecuta."""
    analizador = argparse.ArgumentParser(prog="tests.documentos_hechos", description=__doc__)
    ordenes = analizador.add_subparsers(required=True)
    orden = ordenes.add_parser("evaluar", help="compara la lectura con la verdad")
    orden.add_argument("--semillas", type=int, default=10)
    orden.add_argument("--desde", type=int, default=0)
    orden.add_argument("--formato", action="append", choices=FORMATOS)
    orden.add_argument("--danio", action="append", choices=DANIOS)
    orden.add_argument("--ejemplos", type=int, default=12, help="celdas malas que se listan por renglón de la tabla")
    orden.set_defaults(hacer=orden_evaluar)
    orden = ordenes.add_parser("mostrar", help="imprime un documento hecho")
    orden.add_argument("formato", choices=FORMATOS)
    orden.add_argument("semilla", type=int)
    orden.add_argument("danio", choices=DANIOS, nargs="?", default="ninguno")
    orden.add_argument("--verdad", action="store_true")
    orden.set_defaults(hacer=orden_mostrar)
    orden = ordenes.add_parser("escribir", help="escribe archivos de muestra y hostiles")
    orden.add_argument("carpeta", type=Path)
    orden.add_argument("--semilla", type=int, default=1)
    orden.set_defaults(hacer=orden_escribir)
    opciones = analizador.parse_args()
    opciones.hacer(opciones)


main()
