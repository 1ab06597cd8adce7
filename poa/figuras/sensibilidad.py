"""Los mismos compromisos contados por estado con cada juego de umbrales: una barra por juego."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import estados

_GRUESO = 0.5


def barras(
    sensibilidad: pd.DataFrame,
    mensaje: str,
    nivel: str,
    en_vigor: str,
    notas: Mapping[str, str],
    pie: str = "",
) -> go.Figure:
    """Una barra apilada por juego de umbrales, en el orden fijo de los estados, y debajo qué cambia.

    Entra una fila por compromiso y juego, con `preset`, `preset_orden` y `estado`; `notas` es lo que se escribe
    bajo cada juego. El juego en vigor va en negritas. Lo tocado vuelve en customdata como [juego, estado].
    """
    orden = sensibilidad.drop_duplicates("preset").sort_values("preset_orden", kind="stable")["preset"].tolist()
    conteo = sensibilidad.groupby(["preset_orden", "preset", "estado"], sort=True).size().reset_index(name="n")
    conteo["grupo"] = conteo["preset"]
    figura = estados.conteos(conteo, mensaje, nivel, pie)
    if sensibilidad.empty:
        return figura
    figura.update_traces(width=_GRUESO)
    figura.update_yaxes(
        ticktext=[_rotulo(juego, juego == en_vigor) for juego in orden], range=[max(len(orden), 3) - 0.38, -0.42]
    )
    for lugar, juego in enumerate(orden):
        figura.add_annotation(
            text=formato.recortar(notas[juego], 62),
            x=0,
            y=lugar + _GRUESO / 2,
            xanchor="left",
            yanchor="top",
            yshift=-1,
            showarrow=False,
            name="nota",
            font={"color": tema.GRIS},
        )
    return figura


def _rotulo(juego: str, es_el_en_vigor: bool) -> str:
    """«CONEVAL<br>90–110 %»: el nombre y, abajo, su banda."""
    nombre, _, banda = juego.rpartition(" ")
    escrito = f"{nombre}<br>{banda}{formato.ESPACIO}%" if nombre else juego
    return f"<b>{escrito}</b>" if es_el_en_vigor else escrito
