"""Cómo se escribe un dato en una celda, sin que un texto se vuelva fórmula.

Lo impreso en un documento puede empezar como una fórmula. En XLSX la celda es texto y guarda el valor exacto. En CSV
lleva los apóstrofos de poa.formulas; los números de verdad no los llevan.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from poa import formato, formulas

Celda = str | int | float | bool | date | datetime | None

CIFRAS_EXACTAS = 15  # las de un número de hoja de cálculo; un entero más largo va como texto
_TEXTO_MAXIMO = 32_767  # letras de una celda de XLSX

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE_A_MEDIAS = re.compile(r"(?<!_x[0-9A-Fa-f]{4})_(?:x[0-9A-Fa-f]{0,4})?$")


def valor(dato: Any) -> Celda:
    """Un dato de la base como se escribe en una celda: None si falta, número, fecha, sí o no, o texto.

    Al texto se le quitan los signos que ningún formato admite; una lista se escribe con punto y coma; el cero no
    lleva signo.
    """
    if isinstance(dato, (list, tuple, set, np.ndarray)):
        return "; ".join(str(valor(d)) for d in dato) or None
    if isinstance(dato, str):
        return formato.admisible(dato) or None
    if formato.es_blanco(dato):
        return None
    if isinstance(dato, np.generic):
        dato = dato.item()
    if isinstance(dato, pd.Timestamp):
        dato = dato.to_pydatetime()
    if isinstance(dato, (bool, int, date)):
        return dato
    if isinstance(dato, float):
        return dato + 0.0 if math.isfinite(dato) else ("∞" if dato > 0 else "−∞")
    return formato.admisible(str(dato))


def si_no(dato: bool) -> str:
    """«sí» o «no»."""
    return "sí" if dato else "no"


def para_csv(dato: Celda) -> str:
    """Lo que se escribe en el CSV; un texto que podría leerse como fórmula lleva apóstrofo."""
    if dato is None:
        return ""
    if isinstance(dato, bool):
        return si_no(dato)
    if isinstance(dato, float):
        return str(int(dato)) if dato.is_integer() and abs(dato) < 10**CIFRAS_EXACTAS else repr(dato)
    if isinstance(dato, (int, date)):
        return str(dato)
    return formulas.sin_formula(dato)


def para_xlsx(dato: Celda) -> Celda:
    """Lo que se guarda en la celda: los textos, escapados como pide el formato y a lo más de 32,767 letras."""
    if isinstance(dato, bool):
        return si_no(dato)
    if isinstance(dato, int) and len(str(abs(dato))) > CIFRAS_EXACTAS:
        return str(dato)
    if not isinstance(dato, str):
        return dato
    # _x000D_ es, para el formato, un retorno: el texto que lo trae escrito se escapa, y el retorno se escribe así
    escapado = _ESCAPE.sub("_x005F_", dato).replace("\r", "_x000D_")
    en_bytes = escapado.encode("utf-16-le")
    if len(en_bytes) <= 2 * _TEXTO_MAXIMO:
        return escapado
    aviso = f"… [recortado: el texto tiene {formato.numero(len(dato))} letras]"
    cabe = en_bytes[: 2 * (_TEXTO_MAXIMO - len(aviso))].decode("utf-16-le", "ignore")
    return _ESCAPE_A_MEDIAS.sub("", cabe) + aviso
