"""Lo que dice la página Trimestres."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from poa import formato
from poa.mensajes import comunes


def mensaje(cobertura: pd.DataFrame, nivel: str, dependencias: Sequence[str], ejercicio: int) -> str:
    """«BISOM tiene 3 de 4 trimestres de 2025 exigibles», con las filas de la consulta cobertura de un nivel."""
    quien, varias = comunes.quienes(dependencias)
    quien = formato.mayuscula(quien)
    tiene = "tienen" if varias else "tiene"
    exigibles = cobertura.loc[cobertura["es_exigible"].astype(bool), "trimestre"].nunique()
    if not exigibles:
        return f"{quien} todavía no {tiene} {formato.nivel(nivel, 2)} exigibles en {ejercicio}"
    return f"{quien} {tiene} {formato.nivel(nivel, 2)} exigibles en {exigibles} de 4 trimestres de {ejercicio}"
