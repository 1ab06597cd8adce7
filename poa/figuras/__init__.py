"""Figuras: funciones puras de DataFrame a figura de Plotly. No conocen Streamlit, la base ni la hora."""

from poa.figuras.estados import agrupar, conteos, filtrar
from poa.figuras.lienzo import mensaje, vacia
from poa.figuras.trimestres import por_periodo, programado_alcanzado
from poa.figuras.variacion import variacion

__all__ = [
    "agrupar",
    "conteos",
    "filtrar",
    "mensaje",
    "por_periodo",
    "programado_alcanzado",
    "vacia",
    "variacion",
]
