"""Lo que dice la página Ejes del PMD."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from poa import formato
from poa.mensajes import comunes


def mensaje(tabla: pd.DataFrame, nivel: str, dependencias: Sequence[str]) -> str:
    """«37 de 38 acciones de BISOM se alinean a un PMD: 2022-2024 y 2025-2027».

    Entra una fila por compromiso con `pmd`, el del renglón que lo alinea o un hueco.
    """
    quien, _ = comunes.quienes(dependencias)
    planes = sorted({str(p) for p in tabla["pmd"].dropna()})
    if not planes:
        return f"El documento no alinea a un PMD ninguna {formato.nivel(nivel)} de {quien}"
    alineadas = formato.numero(tabla["pmd"].notna().sum())
    return f"{alineadas} de {formato.contar(len(tabla), nivel)} de {quien} se alinean a {formato.lista(planes)}"
