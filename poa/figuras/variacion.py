"""Qué tan lejos del plan quedó cada compromiso, en porcentaje del plan: unidades distintas, un mismo eje."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

TOPE = 250.0  # % del plan; lo que pasa se corta, con su marca y su cifra verdadera
_IZQUIERDA = 290
_LETRAS = 40


def ordenar(tabla: pd.DataFrame) -> pd.DataFrame:
    """Las filas con cumplimiento, de la más corta a la más excedida; si no caben, las más lejanas al plan."""
    filas = tabla[tabla["cumplimiento_pct"].notna()]
    lejos = (filas["cumplimiento_pct"].astype(float) - 100).abs()
    elegidas = filas.loc[lejos.sort_values(ascending=False, kind="stable").index[: lienzo.RENGLONES_MAXIMO]]
    return elegidas.sort_values(["cumplimiento_pct", "clave"], kind="stable")


def barras(
    tabla: pd.DataFrame, mensaje: str, nivel: str, pie: str = "", banda: tuple[float, float] = (90.0, 110.0)
) -> go.Figure:
    """Barras desde la línea del plan (100 %) hasta lo alcanzado, cortadas en 250 %.

    Entra una fila por compromiso: `compromiso_id, clave, descripcion, unidad_medida, programado, alcanzado,
    cumplimiento_pct` (0–∞, % del plan) y `estado`. A lo más 15 renglones, los más lejanos al plan; el resto
    se dice en el pie. Sin ninguno evaluable, la figura vacía con su frase.
    """
    con_cifra = int(tabla["cumplimiento_pct"].notna().sum()) if not tabla.empty else 0
    if not con_cifra:
        return lienzo.vacia(_por_que_vacia(tabla, nivel), pie, mensaje)
    filas = ordenar(tabla)
    resto = con_cifra - len(filas)
    if resto:
        pie = f"Se muestran las {len(filas)} más lejanas al plan y {resto} más quedan fuera. {pie}"
    figura = lienzo.lienzo(mensaje, pie, arriba=34)
    pct = filas["cumplimiento_pct"].astype(float)
    aspectos = [tema.estado(e) for e in filas["estado"]]
    claves = [str(c) for c in filas["compromiso_id"]]
    figura.add_trace(
        go.Bar(
            name="Variación",
            orientation="h",
            y=claves,
            base=100,
            x=[min(p, TOPE) - 100 for p in pct],
            width=0.66,
            marker={
                "color": [a.color for a in aspectos],
                "line": {"color": [a.borde for a in aspectos], "width": 1},
            },
            customdata=claves,
            hovertext=[_frase(f) for _, f in filas.iterrows()],
            hoverinfo="text",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )
    _cifras(figura, claves, list(pct), aspectos)
    _ejes(figura, filas, claves, banda)
    return figura


def _por_que_vacia(tabla: pd.DataFrame, nivel: str) -> str:
    if not tabla.empty and (tabla["estado"] == "Aún no exigible").all():
        return "El documento trae lo programado; todavía no trae avances."
    return f"Ninguna {formato.nivel(nivel)} de esta selección tiene cumplimiento que comparar."


def _cifras(figura: go.Figure, claves: list[str], pct: list[float], aspectos: list[tema.Estado]) -> None:
    """Al final de cada barra, icono y cifra verdadera; la cortada lleva su marca."""
    por_debajo = [p < 100 for p in pct]
    figura.add_trace(
        go.Scatter(
            name="Cifra",
            mode="text",
            y=claves,
            x=[min(p, TOPE) for p in pct],
            cliponaxis=False,
            hoverinfo="skip",
            text=[_cifra(p, a) for p, a in zip(pct, aspectos, strict=True)],
            textposition=["middle left" if d else "middle right" for d in por_debajo],
            textfont={"size": tema.ESCALA["rotulo"], "color": tema.TINTA},
        )
    )


def _cifra(pct: float, aspecto: tema.Estado) -> str:
    duro = formato.ESPACIO
    icono = f"<span style='color:{aspecto.borde}'>{aspecto.icono}</span>"
    return f"{duro}{'»' + duro if pct > TOPE else ''}{icono}{duro}{formato.porcentaje(pct)}{duro}"


def _ejes(figura: go.Figure, filas: pd.DataFrame, claves: list[str], banda: tuple[float, float]) -> None:
    lugares = max(len(claves), 5)
    figura.add_vrect(x0=banda[0], x1=banda[1], fillcolor=tema.VELO, line_width=0, layer="below")
    figura.add_vline(x=100, line={"color": tema.TINTA, "width": 1.5})
    figura.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=claves,
        tickmode="array",
        showticklabels=False,
        range=[lugares - 0.5, -0.5],
        showline=False,
    )
    for lugar, (_, fila) in enumerate(filas.iterrows()):
        figura.add_annotation(
            text=formato.recortar(formato.etiqueta_compromiso(fila), _LETRAS),
            xref="paper",
            x=0,
            y=lugar,
            yref="y",
            xanchor="left",
            showarrow=False,
            name="renglon",
        )
    figura.update_xaxes(
        domain=lienzo.dominio(_IZQUIERDA),
        range=[-54, TOPE + 96],
        tickmode="array",
        tickvals=[0, 50, 100, 150, 200, TOPE],
        ticktext=["0 %", "50 %", "<b>plan</b>", "150 %", "200 %", "250 %"],
        side="top",
        showline=False,
        showgrid=True,
        gridcolor=tema.LINEA,
        gridwidth=1,
        layer="below traces",
        tickfont={"size": tema.ESCALA["rotulo"], "color": tema.GRIS},
    )


def _frase(fila: pd.Series) -> str:
    """La frase que se lee al pasar por la barra."""
    unidad = fila.get("unidad_medida")
    nombre = formato.partir(formato.etiqueta_compromiso(fila, 160), 60)
    return (
        f"<b>{nombre}</b><br>Alcanzó {formato.numero(fila.get('alcanzado'))} de "
        f"{formato.cantidad(fila.get('programado'), unidad)}: {formato.porcentaje(fila['cumplimiento_pct'])} "
        f"del plan,<br>{tema.rotulo_estado(fila['estado'])}."
    )
