"""Lo que dice la página Alertas."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from poa import formato, tema
from poa.mensajes import comunes


def mensaje(filas: pd.DataFrame, nivel: str, dependencias: Sequence[str]) -> str:
    """«BISOM tiene 11 de 38 acciones que piden explicación», con una fila por compromiso y su `estado`."""
    quien, varias = comunes.quienes(dependencias)
    quien = formato.mayuscula(quien)
    tiene = "tienen" if varias else "tiene"
    piden = int(filas["estado"].isin((*tema.DEBAJO, *tema.ENCIMA, "Avance no programado")).sum())
    if not piden:
        return f"{quien} no {tiene} {formato.nivel(nivel, 2)} que pidan explicación"
    pide = "pide" if piden == 1 else "piden"
    return f"{quien} {tiene} {piden} de {formato.contar(len(filas), nivel)} que {pide} explicación"
