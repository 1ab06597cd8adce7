"""Lo programado y lo realizado de un compromiso mes por mes, y cuánto se apartó cada mes."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

_IZQUIERDA = 96
_ABAJO = 82
_SOBRE = 28  # px entre la clave y el dibujo, con el nombre de cada trimestre
_MESES = list(range(1, 13))
_PX_MES = (lienzo.PX - _IZQUIERDA) / 12 - 2  # los de un mes para su cifra
# del alto del dibujo: lo programado y lo realizado arriba, la variación abajo
_ARRIBA, _VARIACION = (0.4, 1), (0, 0.25)


def mas_lejos(filas: pd.DataFrame) -> str:
    """El `compromiso_id` más lejos de lo programado al corte; sin ninguno evaluable, el primero."""
    lejos = (filas["cumplimiento_pct"] - 100).abs()
    return str(filas.loc[lejos.idxmax() if lejos.notna().any() else filas.index[0], "compromiso_id"])


def programado_realizado(tabla: pd.DataFrame, mensaje: str, unidad: str, pie: str = "") -> go.Figure:
    """Doce meses: lo programado en contorno, lo realizado en sólido y, en su panel, la variación impresa.

    Entra una fila por mes de un solo compromiso: `mes` (1–12), `programado`, `realizado` y `variacion`, todo
    en `unidad`. Un mes sin cifra no se dibuja ni vale cero: se escribe «—». Sin filas, la figura vacía.
    """
    if tabla.empty or tabla[["programado", "realizado"]].isna().all(axis=None):
        return lienzo.vacia("El documento no imprime cifras mensuales de este compromiso.", pie, mensaje)
    filas = tabla.set_index("mes").reindex(_MESES)
    figura = lienzo.lienzo(mensaje, pie, arriba=_SOBRE + lienzo.ALTO_CLAVE, abajo=_ABAJO)
    frases = [_frase(mes, fila, unidad) for mes, fila in filas.iterrows()]
    comun = {"x": _MESES, "hovertext": frases, "hoverinfo": "text"}
    vacio, lleno = {"color": tema.PAPEL, "line": {"color": tema.TINTA, "width": 2}}, {"color": tema.TINTA}
    figura.add_trace(
        go.Bar(name="Programado", y=_cifras(filas["programado"]), width=0.5, offset=-0.36, marker=vacio, **comun)
    )
    figura.add_trace(
        go.Bar(name="Realizado", y=_cifras(filas["realizado"]), width=0.5, offset=-0.14, marker=lleno, **comun)
    )
    figura.add_trace(
        go.Bar(
            name="Variación",
            y=_cifras(filas["variacion"]),
            width=0.3,
            marker={"color": tema.GRIS},
            yaxis="y2",
            **comun,
        )
    )
    lienzo.poner_clave(figura, lienzo.repartir_clave([tema.PLAN, tema.avance("Realizado")]), _SOBRE)
    _ejes(figura, filas)
    _trimestres(figura)
    _rotulos(figura, unidad)
    return figura


def _ejes(figura: go.Figure, filas: pd.DataFrame) -> None:
    tope = max([v for c in ("programado", "realizado") for v in _cifras(filas[c]) if v is not None] + [0]) or 1
    lejos = max([abs(v) for v in _cifras(filas["variacion"]) if v is not None] + [0]) or 1
    figura.update_layout(
        barmode="overlay",
        xaxis={
            "domain": lienzo.dominio(_IZQUIERDA),
            "anchor": "y2",
            "range": [0.5, 12.5],
            "tickmode": "array",
            "tickvals": _MESES,
            "ticktext": [_columna(mes, fila) for mes, fila in filas.iterrows()],
            "showline": False,
        },
        yaxis={"visible": False, "range": [0, tope * 1.06], "domain": _ARRIBA},
        yaxis2={"visible": False, "range": [-lejos * 1.1, lejos * 1.1], "domain": _VARIACION, "anchor": "x"},
    )
    for eje in ("y", "y2"):
        figura.add_shape(
            type="line", xref="x domain", x0=0, x1=1, yref=eje, y0=0, y1=0, line={"color": tema.TINTA, "width": 1}
        )


def _columna(mes: int, fila: pd.Series) -> str:
    return (
        f"<b>{formato.MESES[mes - 1]}</b><br>{lienzo.cifra(fila['programado'], _PX_MES)}"
        f"<br><b>{lienzo.cifra(fila['realizado'], _PX_MES)}</b>"
        f"<br>{lienzo.cifra(fila['variacion'], _PX_MES, con_signo=True)}"
    )


def _trimestres(figura: go.Figure) -> None:
    """Una línea entre trimestres y el nombre de cada uno arriba."""
    for trimestre in (1, 2, 3, 4):
        figura.add_annotation(
            text=formato.TRIMESTRES[trimestre],
            x=3 * trimestre - 1,
            xref="x",
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=3,
            showarrow=False,
            font={"color": tema.GRIS},
        )
        if trimestre < 4:
            figura.add_shape(
                type="line",
                xref="x",
                yref="paper",
                x0=3 * trimestre + 0.5,
                x1=3 * trimestre + 0.5,
                y0=0,
                y1=1.06,
                line={"color": tema.LINEA, "width": 1.5},
            )


def _rotulos(figura: go.Figure, unidad: str) -> None:
    """A la izquierda: la unidad, qué panel es el de abajo y qué es cada renglón de cifras."""
    comun = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "align": "left", "showarrow": False}
    figura.add_annotation(
        text=f"{formato.ESPACIO}<br>Programado<br><b>Realizado</b><br>Variación", y=0, yanchor="top", yshift=-2, **comun
    )
    gris = {"color": tema.GRIS}
    figura.add_annotation(
        text=lienzo.ajustar(unidad, _IZQUIERDA - 8, 4),
        y=_ARRIBA[0],
        yanchor="bottom",
        yshift=-4,
        font=gris,
        name="unidad",
        **comun,
    )
    figura.add_annotation(text="Variación", y=sum(_VARIACION) / 2, yanchor="middle", font=gris, **comun)


def _cifras(columna: pd.Series) -> list[float | None]:
    return [None if formato.es_blanco(v) else float(v) for v in columna]


def _frase(mes: int, fila: pd.Series, unidad: str) -> str:
    """La frase que se lee al pasar por la barra."""
    programado, realizado, variacion = (
        formato.partir(f"{escribir(fila[c])} {unidad}", 60) if not formato.es_blanco(fila[c]) else "sin cifra impresa"
        for c, escribir in (
            ("programado", formato.numero),
            ("realizado", formato.numero),
            ("variacion", formato.con_signo),
        )
    )
    return (
        f"<b>{formato.mayuscula(formato.MESES_LARGOS[mes - 1])}</b><br>Programado: {programado}"
        f"<br>Realizado: {realizado}<br>Variación: {variacion}"
    )
