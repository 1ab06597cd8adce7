"""Dónde está cada cosa. Nadie más arma rutas ni lee POA_DATOS.

Cada función se evalúa al llamarla, de modo que cambiar POA_DATOS surte efecto de inmediato.
Ninguna crea carpetas ni exige que existan.
"""

import os
from pathlib import Path


def raiz() -> Path:
    """Carpeta del proyecto: la que contiene app.py, queries/ y data/."""
    return Path(__file__).resolve().parent.parent


def datos() -> Path:
    """Carpeta de los datos: la que dice POA_DATOS o, si está vacía o no existe esa variable, data/."""
    elegida = os.environ.get("POA_DATOS", "").strip()
    return Path(elegida).expanduser().resolve() if elegida else raiz() / "data"


def extractos() -> Path:
    """Carpeta de los extractos en Parquet, una tabla por archivo."""
    return datos() / "extractos"


def consultas() -> Path:
    """Carpeta de las consultas SQL."""
    return raiz() / "queries"


def catalogo(nombre: str) -> Path:
    """Un catálogo; el que viene con el proyecto si la carpeta de datos no lo trae."""
    return _propio_o_incluido(f"catalogos/{nombre}.csv")


def correcciones() -> Path:
    """Carpeta de las correcciones; las que vienen con el proyecto si la de datos no trae ninguna."""
    return _propio_o_incluido("correcciones")


def diccionario() -> Path:
    """Archivo que describe cada columna; el que viene con el proyecto si la de datos no trae uno."""
    return _propio_o_incluido("diccionario.csv")


def columnas() -> Path:
    """Archivo que dice qué son las columnas que solo tienen las consultas; si falta, el que viene con el proyecto."""
    return _propio_o_incluido("columnas.csv")


def documentos() -> Path:
    """Archivo con la lista de los documentos leídos. Es de los datos: no se toma del proyecto."""
    return datos() / "documentos.csv"


def _propio_o_incluido(nombre: str) -> Path:
    """Ruta de `nombre` en la carpeta de datos; en la del proyecto si ahí falta o es una carpeta vacía."""
    propio = datos() / nombre
    if propio.is_file() or (propio.is_dir() and any(propio.iterdir())):
        return propio
    return raiz() / "data" / nombre
