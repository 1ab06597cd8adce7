"""Lo programado de cada compromiso en los cuatro trimestres, donde todavía no hay avance con que compararlo."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

_TRIMESTRES = (1, 2, 3, 4)
_LETRAS, _LETRAS_UNIDAD = 32, 15
# Lugares en los 752 px del dibujo: las cuatro columnas, dónde acaba la meta anual y dónde empieza la unidad
_INICIO, _COLUMNA, _BARRA, _CIFRA = 236, 90, 28, 48
_META, _UNIDAD = 650, 656


def barras(filas: pd.DataFrame, trimestres: pd.DataFrame, mensaje: str, nivel: str, pie: str = "") -> go.Figure:
    """Una barra en contorno por compromiso y trimestre, contra el trimestre mayor de su renglón, y la cifra.

    `filas`: una por compromiso, en orden: `vigente_id, compromiso_id, clave, descripcion, unidad_medida,
    meta_anual`; `trimestres`: una por compromiso y trimestre: `vigente_id, trimestre, programado` (en esa
    unidad). A lo más 15 renglones; el resto se dice en el pie. Sin nada programado, la figura vacía.
    """
    con_plan = trimestres[trimestres["vigente_id"].isin(filas["vigente_id"]) & (trimestres["programado"] > 0)]
    if con_plan.empty:
        return lienzo.vacia(f"El documento no reparte {formato.nivel(nivel, 2)} por trimestre.", pie, mensaje)
    visibles = filas.head(lienzo.RENGLONES_MAXIMO)
    if len(filas) > len(visibles):
        fuera = len(filas) - len(visibles)
        pie = f"Se muestran las primeras {len(visibles)}; {fuera} no {'cabe' if fuera == 1 else 'caben'}. {pie}"
    figura = lienzo.lienzo(mensaje, f"Cada barra, contra el trimestre mayor de su renglón. {pie}", arriba=34)
    cifras = trimestres.pivot(index="vigente_id", columns="trimestre", values="programado")
    cifras = cifras.reindex(index=visibles["vigente_id"], columns=list(_TRIMESTRES))
    for t in _TRIMESTRES:
        figura.add_trace(_traza(t, visibles, cifras))
    _rotulos(figura, visibles, cifras)
    figura.update_layout(barmode="overlay")
    lienzo.en_px(figura, [str(c) for c in visibles["compromiso_id"]], lugares=5)
    return figura


def _inicio(trimestre: int) -> int:
    return _INICIO + (trimestre - 1) * _COLUMNA


def _traza(trimestre: int, filas: pd.DataFrame, cifras: pd.DataFrame) -> go.Bar:
    nombre = formato.TRIMESTRES[trimestre]
    hay = [i for i, programado in enumerate(cifras[trimestre]) if programado > 0]
    filas, cifras = filas.iloc[hay], cifras.iloc[hay]
    claves = [str(c) for c in filas["compromiso_id"]]
    return go.Bar(
        name=f"Programado, {nombre}",
        orientation="h",
        y=claves,
        base=_inicio(trimestre),
        x=(cifras[trimestre] / cifras.max(axis=1) * _BARRA).tolist(),
        width=0.6,
        marker={"color": tema.PAPEL, "line": {"color": tema.TINTA, "width": 1.5}},
        customdata=claves,
        hoverinfo="text",
        hovertext=[
            f"<b>{formato.partir(formato.etiqueta_compromiso(fila, 160), 60)}</b><br>Programa "
            f"{formato.partir(formato.cantidad(cifra, fila['unidad_medida']), 60)} en {nombre}."
            for (_, fila), cifra in zip(filas.iterrows(), cifras[trimestre], strict=True)
        ],
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _rotulos(figura: go.Figure, filas: pd.DataFrame, cifras: pd.DataFrame) -> None:
    """El compromiso a la izquierda, la cifra tras cada barra, y a la derecha la meta anual con su unidad."""
    claves = [str(c) for c in filas["compromiso_id"]]
    nombres = [formato.partir(formato.etiqueta_compromiso(f), _LETRAS, 1) for _, f in filas.iterrows()]
    unidades = [formato.partir(formato.unidad(u), _LETRAS_UNIDAD, 1) for u in filas["unidad_medida"]]
    metas = [formato.numero(m) for m in filas["meta_anual"]]
    lienzo.columna(figura, "Compromiso", claves, nombres, 0, "left")
    for t in _TRIMESTRES:
        textos = [formato.numero(p) for p in cifras[t]]
        lienzo.columna(figura, formato.TRIMESTRES[t], claves, textos, _inicio(t) + _BARRA + _CIFRA, "right")
    lienzo.columna(figura, "Meta anual", claves, metas, _META, "right")
    lienzo.columna(figura, "Unidad", claves, unidades, _UNIDAD, "left", gris=True)
    titulos = [(formato.TRIMESTRES[t], _inicio(t), "left") for t in _TRIMESTRES]
    lienzo.encabezar(figura, [*titulos, ("Meta anual", _META, "right")])
