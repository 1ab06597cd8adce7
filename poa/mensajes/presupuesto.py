"""Lo que dice la página Presupuesto."""

from __future__ import annotations

from collections.abc import Sequence

from poa.mensajes import comunes


def mensaje(dependencias: Sequence[str], ejercicio: int) -> str:
    """«El dinero de BISOM en 2025, junto a sus metas»."""
    quien, _ = comunes.quienes(dependencias)
    return f"El dinero de {quien} en {ejercicio}, junto a sus metas"
