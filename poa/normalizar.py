"""Funciones puras que dicen qué significa un texto impreso: cifra, clave, línea de acción, nombre. Nunca adivinan."""

from __future__ import annotations

import re
import unicodedata

CIFRA = re.compile(r"^\(?-?\s*\$?\s*\(?-?(\d{1,3}(?:[,' ]\d{3})+|\d+)(\.\d+)?\)?\.?$")
CIFRA_SIN_ENTERO = re.compile(r"^\(?-?\.\d+\)?$")
# Letras que el OCR confunde con dígitos dentro de una cifra.
LETRAS_POR_DIGITOS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
LINEA_ACCION = re.compile(r"(?<![\d.])(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?([\dLlIi]{1,2})(?![\d])\.?")
ESTRATEGIA = re.compile(r"(?<![\d.])(\d{1,2})\s?\.\s?(\d{1,2})\.?(?!\d)")
LINEA_SIN_UN_PUNTO = re.compile(r"(?<![\d.])(\d)\.(\d)(\d)(?![\d.])")  # «4.16» por «4.1.6» (poa-2025, renglón 373)
SEPARADORES_DE_LINEAS = re.compile(r"[\s,;.yY/\-–|]+")
CLAVE = re.compile(
    r"^[\s*\-–•(]*(?:META|ACCI[OÓ]N|Meta|Acci[oó]n)?\s*(?P<impresa>(?P<letras>[IiLl1]{0,2}\.?[MA]i?\.?\s?)?(?P<numero>\d{1,4}(?:\.\d{1,3}){0,2}))"
    r"(?P<cierre>\s*\.\s*[-–—]+|\s*[-–—]+|\s*\.(?=\D)|\s*[):]|\s)\s*(?P<resto>.*)$",
    re.S,
)


def texto_limpio(texto: str) -> str:
    """El texto sin espacios sobrantes ni los asteriscos y viñetas con que el OCR marca negritas y listas."""
    texto = texto.replace("**", " ").replace("\xa0", " ").replace("\\$", "$")
    return re.sub(r"\s+", " ", texto).strip()


def norma(texto: str | None) -> str:
    """El texto para compararlo: minúsculas, sin acentos, solo letras y cifras separadas por un espacio."""
    sin_acentos = unicodedata.normalize("NFD", (texto or "").lower())
    sin_acentos = "".join(letra for letra in sin_acentos if not unicodedata.combining(letra))
    return re.sub(r"[^a-z0-9]+", " ", sin_acentos).strip()


def slug(nombre: str) -> str:
    """Identificador ASCII de un nombre que no está en el catálogo."""
    return norma(nombre).replace(" ", "_")[:60] or "sin_nombre"


def cantidad(texto: str) -> float | None:
    """La cifra impresa como número, o `None` si el texto no es una cifra. Paréntesis o guion: negativa."""
    texto = texto.replace("\\$", "$").replace("**", "").replace("\xa0", " ").strip()
    if not CIFRA.match(texto) and not CIFRA_SIN_ENTERO.match(texto):
        return None
    negativa = texto.replace("$", "").lstrip().startswith(("(", "-"))
    numero = float(re.sub(r"[^\d.]", "", texto).rstrip(".") or "nan")
    return -numero if negativa else numero


def cantidad_dudosa(texto: str) -> float | None:
    """La cifra que queda al cambiar letras parecidas por dígitos («1O3» → 103); `None` si ni así es cifra."""
    texto = texto.strip()
    if not re.search(r"\d", texto) or len(re.sub(r"[^A-Za-z|]", "", texto)) > 2:
        return None
    return cantidad(texto.translate(LETRAS_POR_DIGITOS))


def porcentaje(texto: str) -> float | None:
    """El porcentaje impreso («25%», «0 %», «00%») como número de 0 a 100 o más; `None` si no lleva signo."""
    texto = texto.replace("**", "").strip()
    if not texto.endswith("%"):
        return None
    return cantidad(texto[:-1].strip())


def lineas_de_accion(texto: str) -> list[str]:
    """Las claves de línea de acción («2.1.1») que aparecen en un texto, en su orden y sin repetir."""
    claves = []
    if LINEA_ACCION.search(texto):  # solo junto a otras claves: suelta, «4.16» puede ser una cifra
        texto = LINEA_SIN_UN_PUNTO.sub(r"\1.\2.\3", texto)
    for eje, estrategia, linea in LINEA_ACCION.findall(texto):
        linea = re.sub(r"[LlIi]", "1", linea)
        clave = f"{int(eje)}.{int(estrategia)}.{int(linea)}"
        if clave not in claves:
            claves.append(clave)
    return claves


def estrategias(texto: str) -> list[str]:
    """Las claves de estrategia («2.1») que aparecen en un texto, en su orden y sin repetir."""
    sin_lineas = LINEA_ACCION.sub(" ", texto)
    return list(dict.fromkeys(f"{int(eje)}.{int(suya)}" for eje, suya in ESTRATEGIA.findall(sin_lineas)))


def son_lineas_de_accion(celda: str) -> bool:
    """Si la celda contiene solo claves de línea o de estrategia («2.1.1, 3.4.5»; «2.1 y 5.1»)."""
    resto = LINEA_ACCION.sub(" ", celda)
    resto = ESTRATEGIA.sub(" ", resto)
    return bool(re.search(r"\d\s?\.\s?\d", celda)) and SEPARADORES_DE_LINEAS.sub("", resto) == ""


def separar_clave(texto: str) -> tuple[str, str, str] | None:
    """(clave impresa, clave, descripción) de «300.- Promover…», «IM.1 ENCAUSAR…», «3.2 Realización…»; o `None`.

    La clave va sin letras ni puntuación final: «IM.1» → «1», «1.1.-» → «1.1».
    """
    hallado = CLAVE.match(texto_limpio(texto))
    if not hallado or not re.search(r"[A-Za-zÁÉÍÓÚÑáéíóúñ]{3}", hallado["resto"]):
        return None
    if not hallado["cierre"].strip() and "." not in hallado["impresa"] and not hallado["letras"]:
        return None  # «5 de mayo» o «100 personas»: una cifra suelta no es una clave
    impresa = (hallado["impresa"] + hallado["cierre"].strip()).strip()
    return impresa, hallado["numero"], hallado["resto"].strip()


def clave_con_letra(impresa: str) -> bool:
    """Si la clave se imprimió con la letra de meta («M.2», «IM.1», «Mi.3»)."""
    return bool(re.match(r"^[IiLl1]{0,2}\.?[MA]i?\.?\s?\d", impresa)) and not impresa[0].isdigit()
