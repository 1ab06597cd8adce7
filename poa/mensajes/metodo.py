"""Lo que dice la página Método."""

from __future__ import annotations

from poa import formato


def mensaje(banda: tuple[float, float]) -> str:
    """«Cumple lo que alcanza entre 90 y 110 % de lo programado»."""
    minimo, maximo = (formato.numero(tope) for tope in banda)
    return f"Cumple lo que alcanza entre {minimo} y {maximo}{formato.ESPACIO}% de lo programado"
