"""Los catálogos de `data/catalogos`: el juicio de las personas guardado como datos, con su fuente."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from poa import rutas
from poa.normalizar import norma, slug

PARECIDO_DE_NOMBRE = 88  # de 100; «BESOM» y «BISON» llegan por variante, «AVANTAMIENTO» por parecido


def leer_catalogo(nombre: str) -> list[dict[str, str]]:
    """Las filas de `data/catalogos/NOMBRE.csv`, una por elemento, todas las columnas como texto."""
    return _filas(rutas.catalogo(nombre))


@cache
def _filas(ruta: Path) -> list[dict[str, str]]:
    with ruta.open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


@cache
def _variantes_de_dependencia() -> dict[str, str]:
    variantes = {}
    for fila in leer_catalogo("dependencia"):
        for nombre in (fila["nombre"], *fila["variantes"].split("|")):
            variantes[norma(nombre)] = fila["dependencia"]
    return variantes


def reconocer_dependencia(nombre: str) -> tuple[str, bool]:
    """(identificador, si está en el catálogo) del nombre impreso de una dependencia.

    Acepta el nombre con errores de OCR; lo desconocido recibe un identificador hecho de su nombre.
    """
    buscado = norma(nombre)
    variantes = _variantes_de_dependencia()
    if buscado in variantes:
        return variantes[buscado], True
    largas = [variante for variante in variantes if len(variante) > 8]
    hallado = process.extractOne(buscado, largas, scorer=fuzz.ratio, score_cutoff=PARECIDO_DE_NOMBRE)
    if hallado:
        return variantes[hallado[0]], True
    palabras = f" {buscado} "
    contenidas = [variante for variante in variantes if len(variante) >= 4 and f" {variante} " in palabras]
    if contenidas and len(max(contenidas, key=len)) >= 0.5 * len(buscado):
        return variantes[max(contenidas, key=len)], True
    return slug(nombre), False


@cache
def _lineas_por_pmd() -> dict[str, dict[str, list[str]]]:
    lineas: dict[str, dict[str, list[str]]] = {}
    for fila in leer_catalogo("pmd_linea"):
        nombres = [norma(nombre) for nombre in (fila["nombre"], *fila["variantes"].split("|")) if nombre]
        lineas.setdefault(fila["pmd"], {})[fila["clave"]] = nombres
    return lineas


def pmd_de_ejercicio(ejercicio: int) -> str:
    """El PMD en vigor en un ejercicio; sin catálogo que lo cubra, el último que empezó antes (o el primero)."""
    planes = sorted(leer_catalogo("pmd"), key=lambda fila: int(fila["desde_anio"]))
    vigentes = [fila["pmd"] for fila in planes if int(fila["desde_anio"]) <= ejercicio <= int(fila["hasta_anio"])]
    anteriores = [fila["pmd"] for fila in planes if int(fila["desde_anio"]) <= ejercicio]
    return (vigentes or anteriores or [planes[0]["pmd"]])[-1]


def reconocer_pmd(ejercicio: int, declaradas: list[tuple[str, str]]) -> tuple[str, bool]:
    """(PMD, si sus nombres lo dicen) cuyas líneas se llaman como las que declara una página: (clave, nombre).

    Un código no significa nada sin su plan: en un año de cambio conviven dos catálogos (poa-2025). Sin
    nombres que comparar, el plan en vigor en el ejercicio.
    """
    en_vigor = pmd_de_ejercicio(ejercicio)
    puntos: dict[str, float] = {en_vigor: 0.0}
    for pmd, lineas in _lineas_por_pmd().items():
        parecidos = [
            max((fuzz.ratio(norma(nombre), conocido) for conocido in lineas[clave]), default=0)
            for clave, nombre in declaradas
            if clave in lineas and len(nombre) > 5
        ]
        puntos[pmd] = sum(parecido - 60 for parecido in parecidos)
    mejor = max(puntos, key=lambda pmd: (puntos[pmd], pmd == en_vigor))
    return (mejor, True) if puntos[mejor] > 0 else (en_vigor, False)
