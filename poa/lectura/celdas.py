"""Un renglón de tabla en celdas, y el papel de cada una: líneas, descripción, unidad, meta, cifras, observación."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from poa.lectura.leido import Celda
from poa.normalizar import (
    cantidad,
    cantidad_dudosa,
    norma,
    porcentaje,
    separar_clave,
    son_lineas_de_accion,
    texto_limpio,
)

SEPARADOR = re.compile(r"^\s*:?-{2,}:?\s*$")
PALABRAS_DE_TITULO = (
    "meta anual",
    "unidad medida",
    "unidad de medida",
    "metas y acciones",
    "meta y acciones",
    "descripcion de las metas",
    "linea de accion",
    "avance absoluto",
    "acumulado relativo",
)
EN_BLANCO = {"-", "–", "—", "N/A", "n/a", "S/D"}  # maneras de imprimir una celda vacía
ANCHO_DE_TABLA = 11  # unidad, meta y las casillas de cuatro trimestres
TRIMESTRES_DE_TITULO = ("ene mar", "abr jun", "jul sep", "oct dic", "enc mar")


@dataclass
class Partes:
    """Las celdas de un renglón de compromiso, repartidas por su papel. `desde` es la columna de la primera cifra."""

    clave_impresa: str = ""
    clave: str = ""
    descripcion: str = ""
    unidad: str = ""
    meta: float | None = None
    meta_texto: str = ""
    lineas: str = ""
    cifras: list[Celda] = field(default_factory=list)
    observaciones: str = ""


def partir(texto: str) -> list[str] | None:
    """Las celdas de un renglón de tabla (tabuladores o barras), o `None` si no lo es."""
    if "\t" in texto:
        return [celda.strip() for celda in texto.split("\t")]
    recortado = texto.strip()
    if recortado.startswith("|") and recortado.count("|") >= 3:
        return [celda.strip() for celda in recortado.removeprefix("|").removesuffix("|").split("|")]
    return None


def es_titulo(celdas: list[str]) -> bool:
    """Si el renglón es parte del título de la tabla: nombres de columna, trimestres, P/A o guiones."""
    llenas = [celda for celda in celdas if celda]
    if not llenas:
        return True
    if all(SEPARADOR.match(celda) for celda in llenas):
        return True
    if all(celda.upper() in {"P", "A", "R", "PROG.", "REAL"} for celda in llenas):
        return True
    textos = [norma(celda) for celda in llenas]
    if any(separar_clave(celda) for celda in llenas):
        return False
    trimestres = sum(any(nombre in texto for nombre in TRIMESTRES_DE_TITULO) for texto in textos)
    titulos = sum(any(palabra in texto for palabra in PALABRAS_DE_TITULO) for texto in textos if len(texto) < 60)
    return trimestres >= 2 or titulos >= 2


def celda_de_cifra(texto: str) -> Celda:
    """La celda con su valor: cifra, porcentaje, o sin valor si es otra cosa."""
    signo = porcentaje(texto)
    if signo is not None:
        return Celda(texto, signo, es_porcentaje=True)
    valor = cantidad(texto)
    if valor is None and texto:
        dudosa = cantidad_dudosa(texto)
        if dudosa is not None:
            return Celda(texto, dudosa, es_dudosa=True)
    return Celda(texto, valor)


def repartir_papeles(celdas: list[str]) -> Partes | None:
    """El papel de cada celda de un renglón de meta o acción; `None` si el renglón no es de un compromiso.

    Sirve a las dos disposiciones impresas (línea, descripción, unidad, meta… y línea, unidad, meta,
    descripción…) y a los renglones sin descripción (poa-2023, página 1).
    """
    limpias = ["" if celda.strip() in EN_BLANCO else texto_limpio(celda) for celda in celdas]
    tipos = [_tipo(celda) for celda in limpias]
    descripcion = next((i for i, tipo in enumerate(tipos) if tipo == "clave"), None)
    if descripcion is None:
        descripcion = _descripcion_sin_clave(limpias, tipos)
    partes = Partes()
    if descripcion is not None:
        hallada = separar_clave(limpias[descripcion])
        if hallada:
            partes.clave_impresa, partes.clave, partes.descripcion = hallada
        else:
            partes.descripcion = limpias[descripcion]
    inicio = descripcion if descripcion is not None else -1
    unidad = _columna_de_unidad(tipos, inicio)
    if descripcion is None and unidad is None:
        return None
    ancla = unidad if unidad is not None else inicio
    partes.unidad = limpias[unidad] if unidad is not None else ""
    meta = next((i for i in range(ancla + 1, len(tipos)) if tipos[i] == "cifra"), None)
    partes.lineas = " ".join(
        limpias[i] for i in range(len(tipos)) if tipos[i] == "lineas" and i < max(ancla, inicio, 1)
    )
    if unidad is not None and inicio >= 0 and unidad > inicio + 1:
        seguidas = [limpias[i] for i in range(inicio + 1, unidad) if tipos[i] in ("texto", "clave")]
        partes.descripcion = " ".join([partes.descripcion, *seguidas])
    if meta is None:
        desde = max(ancla, inicio) + 1
    else:
        partes.meta, partes.meta_texto = cantidad(limpias[meta]), limpias[meta]
        desde = max(meta, inicio) + 1
    fin = next((i for i in range(desde, len(tipos)) if tipos[i] in ("texto", "clave", "lineas")), len(tipos))
    partes.cifras = [celda_de_cifra(limpias[i]) for i in range(desde, fin)]
    partes.observaciones = " ".join(limpias[i] for i in range(fin, len(tipos)) if tipos[i] in ("texto", "clave"))
    tardias = [celda_de_cifra(limpias[i]) for i in range(fin, len(tipos)) if tipos[i] in ("cifra", "porcentaje")]
    if partes.observaciones and any(celda.es_porcentaje for celda in tardias):
        partes.cifras += tardias  # la observación quedó antes del relativo
    if descripcion is None and not _es_renglon_sin_texto(partes, len(tipos)):
        return None
    return partes


def _es_renglon_sin_texto(partes: Partes, ancho: int) -> bool:
    """Un renglón sin descripción es de un compromiso si trae cifras, o unidad y meta en una tabla completa."""
    con_cifra = sum(celda.valor is not None for celda in partes.cifras)
    return con_cifra >= 3 or bool(partes.unidad) and partes.meta is not None and ancho >= ANCHO_DE_TABLA


def _tipo(celda: str) -> str:
    if not celda:
        return "vacia"
    if porcentaje(celda) is not None:
        return "porcentaje"
    if cantidad(celda) is not None:
        return "cifra"
    if son_lineas_de_accion(celda):
        return "lineas"
    if separar_clave(celda):
        return "clave"
    if cantidad_dudosa(celda) is not None:
        return "cifra"
    return "texto"


def _descripcion_sin_clave(celdas: list[str], tipos: list[str]) -> int | None:
    """Una descripción que perdió su clave: el primero de dos textos antes de las cifras, y el más largo."""
    primera = next((i for i, tipo in enumerate(tipos) if tipo in ("cifra", "porcentaje") and i > 0), len(tipos))
    textos = [i for i in range(primera) if tipos[i] == "texto"]
    if len(textos) >= 2 and len(celdas[textos[0]]) > len(celdas[textos[1]]) and len(celdas[textos[0]]) > 20:
        return textos[0]
    return None


def _columna_de_unidad(tipos: list[str], descripcion: int) -> int | None:
    """La columna de la unidad: el último texto entre la descripción y las cifras; si no hay, el que la precede."""
    siguiente = next((i for i in range(descripcion + 1, len(tipos)) if tipos[i] in ("cifra", "porcentaje")), None)
    fin = siguiente if siguiente is not None else len(tipos)
    despues = [i for i in range(descripcion + 1, fin) if tipos[i] == "texto"]
    antes = [i for i in range(0, max(descripcion, 0)) if tipos[i] == "texto"]
    if antes and "cifra" in tipos[antes[-1] : max(descripcion, 0)]:
        return antes[-1]  # línea, unidad, meta, descripción (poa-2023, página 2)
    if despues:
        return despues[-1] if siguiente is not None else despues[0]
    return antes[-1] if antes else None
