"""Cómo se lee la cifra de cada barra de la presentación: el formato de Excel de su etiqueta, ligada a su valor."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from poa import formato, tema
from poa.laminas.lamina import Barras

_CIFRA = re.compile(r"[#0,]+(\.[#0]+)?")  # en un formato de Excel
_ADORNO = re.compile(r'"([^"]*)"')
_CASI = 1e-6


def _decimales(barras: Barras) -> int:
    """Los decimales que a lo más lleva una cifra."""
    hallado = re.search(r"\.([0#]+)", barras.formato)
    return len(hallado[1]) if hallado else 0


def _redonda(valor: float, barras: Barras) -> float:
    """La cifra como la dice el tablero: un porcentaje no cruza un umbral al redondear."""
    if "%" in barras.unidad + barras.formato:
        return formato.decimal_fiel(valor)
    return round(valor, _decimales(barras))


def _icono(barras: Barras, serie: str) -> str:
    """El del estado de una serie y un espacio; en barras apiladas, que lo dicen en su clave, nada."""
    es_estado = serie in barras.estados and not barras.apiladas
    return f"{tema.estado(barras.estados[serie]).icono}{formato.ESPACIO}" if es_estado else ""


def escrita(valor: float, barras: Barras, serie: str) -> str:
    """La cifra de una serie como se lee en su etiqueta: «▼ 32.5 %»."""
    pasa = "» " if barras.tope is not None and valor > barras.tope else ""
    numero = formato.numero(_redonda(valor, barras))
    return f"{pasa}{_icono(barras, serie)}{numero}{''.join(_ADORNO.findall(barras.formato))}"


def formato_de(valor: float, barras: Barras, serie: str) -> str:
    """El formato de Excel con que la etiqueta de un valor, que sigue ligada a él, se lee como en el tablero.

    Con miles y los decimales que pide («1,012», no «1012.»), con «»» si pasa del tope y sin ceros si las barras se
    apilan. Donde Excel redondearía distinto, el texto va en el formato, pero solo para ese valor: si se edita, se lee
    el nuevo.
    """
    redonda = _redonda(valor, barras)
    decimales = next(n for n in range(16) if round(redonda, n) == redonda)
    cifra = _CIFRA.search(barras.formato)[0]
    icono = _icono(barras, serie)
    adornado = f'"{icono}"{barras.formato}' if icono else barras.formato
    comun = adornado.replace(cifra, "#,##0" + ("." + "0" * decimales if decimales else ""))
    como_excel = Decimal(repr(float(valor))).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    if float(como_excel) != redonda:
        literal = adornado.replace(cifra, f'"{formato.numero(redonda)}"')
        marca = '"» "' if escrita(valor, barras, serie).startswith("»") else ""
        return f"[<{_limite(valor - _CASI)}]{comun};[>{_limite(valor + _CASI)}]{comun};{marca}{literal}"
    if barras.tope is not None:
        return f'[>{_limite(barras.tope)}]"» "{comun};{comun}'
    return f"{comun};-{comun};;" if barras.apiladas else comun


def _limite(valor: float) -> str:
    return f"{valor:.9f}".rstrip("0").rstrip(".")
