"""La regla que impide que un texto se vuelva fórmula al abrirse en una hoja de cálculo.

En un CSV no hay tipos: el texto que empieza con = + - @ | (o sus formas anchas), aunque sea tras espacios, comillas o
signos que no se ven, o con tabulador o salto, lleva delante un apóstrofo; dentro de él, lo mismo después de ; tabulador
o salto, donde un programa con otro separador empezaría otra celda.
"""

from __future__ import annotations

import re

_INVISIBLES = "\\s\"'`´‘’“”«»\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_GATILLO = f"(?=[{_INVISIBLES}]*[=+\\-@|＝＋－＠｜﹢﹣﹦﹫])"
_FORMULA = re.compile(f"^(?=[\t\r\n])|^{_GATILLO}|(?<=[;\t\r\n]){_GATILLO}")
_ABRE = "(?:^|(?<=[;\t\r\n]))"  # donde un programa empezaría una celda
_FORMULA_O_APOSTROFO = re.compile(f"{_FORMULA.pattern}|{_ABRE}(?=')")
_APOSTROFO = re.compile(f"{_ABRE}'")


def parece_formula(texto: str) -> bool:
    """Cierto si una hoja de cálculo podría leer el texto, desde su principio, como fórmula."""
    return bool(_FORMULA.match(texto))


def sin_formula(texto: str) -> str:
    """El texto con un apóstrofo donde se podría leer como fórmula."""
    return _FORMULA.sub("'", texto)


def proteger(texto: str) -> str:
    """Como `sin_formula`, y también ante un apóstrofo propio: `desproteger` devuelve el mismo texto."""
    return _FORMULA_O_APOSTROFO.sub("'", texto)


def desproteger(escrito: str) -> str:
    """El texto que se le dio a `proteger`."""
    return _APOSTROFO.sub("", escrito)
