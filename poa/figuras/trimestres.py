"""Programado contra alcanzado de un compromiso, trimestre a trimestre y acumulado."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

_IZQUIERDA = 96
_ABAJO = 66
_SOBRE = 32  # px entre la clave y el dibujo, con el nombre de cada panel
_RENGLON = 18  # px entre renglones de cifras
_ALTO_INFORME = 20
_COLUMNAS = ["periodo", "trimestre", "programado", "alcanzado", "cumplimiento_pct", "estado", "plan"]
# periodo, nombre, ejes y tramo del ancho; sin acumulado, el primero se queda con todo
_PANELES = (
    ("trimestre", "Cada trimestre", "x", "y", (0, 0.485)),
    ("acumulado", "Acumulado", "x2", "y2", (0.515, 1)),
)


def por_periodo(trimestres: pd.DataFrame, acumulado: pd.DataFrame, al_corte: pd.Series) -> pd.DataFrame:
    """Las filas que dibuja `programado_alcanzado`: las de cada trimestre y las acumuladas.

    `trimestres`: una fila por trimestre con su estado y su plan; `acumulado`: una por trimestre exigible,
    solo P y A; `al_corte`: el cumplimiento acumulado, que da estado y porcentaje al último de ellos.
    """
    cada = trimestres.assign(periodo="trimestre")[_COLUMNAS]
    if acumulado.empty:
        return cada
    es_corte = acumulado["trimestre"] == acumulado["trimestre"].max()
    junto = acumulado.merge(trimestres[["trimestre", "plan"]], on="trimestre").assign(
        periodo="acumulado",
        estado=[al_corte["estado"] if si else None for si in es_corte],
        cumplimiento_pct=[al_corte["cumplimiento_pct"] if si else float("nan") for si in es_corte],
    )
    return pd.concat([cada, junto[_COLUMNAS]], ignore_index=True)


def programado_alcanzado(tabla: pd.DataFrame, mensaje: str, unidad: str, pie: str = "", informe: str = "") -> go.Figure:
    """Plan en contorno y avance en sólido, en dos paneles: cada trimestre y acumulado.

    Entra una fila por periodo y trimestre de un solo compromiso: `periodo` ('trimestre'|'acumulado'),
    `trimestre` (1–4), `programado`, `alcanzado` (misma unidad), `cumplimiento_pct`, `estado` y `plan`
    (1, o 2 desde que el año se replaneó). Un hueco no se dibuja ni vale cero: se escribe «—». `informe`: el
    porcentaje que imprime el informe y de qué sale («48 % (19,230 de 40,000)»), que va al pie de lo acumulado.
    """
    if tabla.empty or (tabla["programado"].isna().all() and tabla["alcanzado"].isna().all()):
        return lienzo.vacia("El documento no imprime cifras trimestrales de este compromiso.", pie, mensaje)
    hay_acumulado = tabla.loc[tabla["periodo"] == "acumulado", ["programado", "alcanzado"]].notna().any(axis=None)
    informe = informe if hay_acumulado else ""
    presentes = [tema.estado(e) for e in tema.ESTADOS if e in set(tabla["estado"].dropna())]
    cantidades = [tema.PLAN, tema.avance("Alcanzado")] if tabla["alcanzado"].notna().any() else [tema.PLAN]
    clave = lienzo.repartir_clave([*cantidades, *presentes])
    figura = lienzo.lienzo(
        mensaje,
        pie,
        arriba=_SOBRE + lienzo.ALTO_CLAVE * len(clave),
        abajo=_ABAJO + (_ALTO_INFORME if informe else 0),
    )
    for periodo, nombre, eje_x, eje_y, tramo in _PANELES if hay_acumulado else _PANELES[:1]:
        filas = tabla[tabla["periodo"] == periodo].set_index("trimestre").reindex([1, 2, 3, 4])
        _panel(figura, filas, nombre, (eje_x, eje_y), unidad, tramo if hay_acumulado else (0, 1))
    _rotulos_de_renglon(figura, unidad)
    if informe:
        _informe(figura, informe)
    lienzo.poner_clave(figura, clave, _SOBRE)
    figura.update_layout(barmode="overlay")
    return figura


def _panel(
    figura: go.Figure, filas: pd.DataFrame, nombre: str, ejes: tuple[str, str], unidad: str, tramo: tuple[float, float]
) -> None:
    """Dibuja un panel, en su tramo del ancho: sus barras por trimestre, las cifras bajo el eje y los estados arriba."""
    trimestres, (eje_x, eje_y) = [1, 2, 3, 4], ejes
    desde, hasta = lienzo.dominio(_IZQUIERDA, *tramo)
    px = (hasta - desde) * lienzo.PX / 4  # de un trimestre
    comun = {
        "x": trimestres,
        "width": 0.5,
        "xaxis": eje_x,
        "yaxis": eje_y,
        "hoverinfo": "text",
    }
    frases = [_frase(t, nombre, fila, unidad) for t, fila in filas.iterrows()]
    hay_avance = bool(filas["alcanzado"].notna().any())
    figura.add_trace(
        go.Bar(
            name="Programado",
            y=_nulos(filas["programado"]),
            offset=-0.36 if hay_avance else -0.25,
            hovertext=frases,
            marker={"color": tema.PAPEL, "line": {"color": tema.TINTA, "width": 2}},
            **comun,
        )
    )
    if hay_avance:
        figura.add_trace(
            go.Bar(
                name="Alcanzado",
                y=_nulos(filas["alcanzado"]),
                offset=-0.14,
                hovertext=frases,
                marker={"color": tema.TINTA, "line": {"color": tema.TINTA, "width": 0}},
                **comun,
            )
        )
    tope = max([v for c in ("programado", "alcanzado") for v in _nulos(filas[c]) if v is not None] + [0]) or 1
    figura.update_layout(
        {
            f"{eje_x[0]}axis{eje_x[1:]}": {
                "anchor": eje_y,
                "domain": [desde, hasta],
                "tickmode": "array",
                "tickvals": trimestres,
                "ticktext": [_columna(t, fila, px - 2) for t, fila in filas.iterrows()],
                "range": [0.5, 4.5],
                "showline": True,
            },
            f"{eje_y[0]}axis{eje_y[1:]}": {"visible": False, "range": [0, tope * _aire(filas)], "anchor": eje_x},
        }
    )
    figura.add_annotation(
        text=f"<b>{nombre}</b>",
        xref=f"{eje_x} domain",
        yref="paper",
        x=0.01,
        y=1,
        xanchor="left",
        yanchor="bottom",
        yshift=2,
        showarrow=False,
    )
    _estados(figura, filas, eje_x)
    _replaneacion(figura, filas, nombre, eje_x, px)


def _aire(filas: pd.DataFrame) -> float:
    """Cuánto más alto que la barra mayor es el panel: lo que ocupa la ficha de su estado, de una línea o de dos."""
    fichas = [
        _ficha(tema.estado(e).icono, pct)
        for e, pct in zip(filas["estado"], filas["cumplimiento_pct"], strict=True)
        if not formato.es_blanco(e)
    ]
    return 1.5 if any("<br>" in ficha for ficha in fichas) else 1.24


def _columna(trimestre: int, fila: pd.Series, px: float) -> str:
    return (
        f"<b>{formato.TRIMESTRES[trimestre]}</b><br>{lienzo.cifra(fila['programado'], px)}"
        f"<br><b>{lienzo.cifra(fila['alcanzado'], px)}</b>"
    )


def _rotulos_de_renglon(figura: go.Figure, unidad: str) -> None:
    """A la izquierda, qué es cada renglón de cifras y, arriba de ellos, la unidad de medida."""
    comun = {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0,
        "showarrow": False,
        "xanchor": "left",
        "align": "left",
    }
    figura.add_annotation(
        text=f"{formato.ESPACIO}<br>Programado<br><b>Alcanzado</b>",
        yanchor="top",
        yshift=-2,
        **comun,
    )
    figura.add_annotation(
        text=lienzo.ajustar(unidad, _IZQUIERDA - 6, 3),
        yanchor="bottom",
        yshift=4,
        font={"color": tema.GRIS, "size": tema.ESCALA["rotulo"]},
        name="unidad",
        **comun,
    )


def _informe(figura: go.Figure, informe: str) -> None:
    """Bajo las cifras de lo acumulado, en un renglón que acaba donde el dibujo, lo que imprime el informe."""
    figura.add_annotation(
        text=lienzo.ajustar(f"El informe imprime {informe}", lienzo.PX, 1),
        x=1,
        xanchor="right",
        xshift=lienzo.HOLGURA,
        xref="paper",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-2 - 3 * _RENGLON,
        showarrow=False,
        name="informe",
    )


def _estados(figura: go.Figure, filas: pd.DataFrame, eje_x: str) -> None:
    """Sobre cada trimestre, su estado: icono, color y, si hay razón que dar, el porcentaje."""
    for trimestre, fila in filas.iterrows():
        if formato.es_blanco(fila.get("estado")):
            continue
        aspecto = tema.estado(fila["estado"])
        figura.add_annotation(
            text=_ficha(aspecto.icono, fila.get("cumplimiento_pct")),
            x=trimestre,
            xref=eje_x,
            y=1,
            yref="paper",
            yanchor="top",
            yshift=-4,
            showarrow=False,
            borderpad=2,
            bordercolor=aspecto.borde,
            name="estado",
            bgcolor=tema.PAPEL if aspecto.trama else aspecto.color,
            font={"size": tema.ESCALA["rotulo"], "color": aspecto.borde if aspecto.trama else aspecto.tinta},
        )


def _ficha(icono: str, pct: object) -> str:
    if formato.es_blanco(pct):
        return f"{formato.ESPACIO}{icono}{formato.ESPACIO}"
    cifra = formato.porcentaje(pct)
    return f"{icono} {cifra}" if len(icono + cifra) <= 8 else f"{icono}<br>{cifra}"


def _replaneacion(figura: go.Figure, filas: pd.DataFrame, nombre: str, eje_x: str, px: float) -> None:
    """Línea punteada donde el año cambió de plan, y desde cuándo rige el nuevo."""
    planes = [None if formato.es_blanco(p) else int(p) for p in filas["plan"]] if "plan" in filas else []
    for lugar, (antes, despues) in enumerate(zip(planes, planes[1:], strict=False), start=1):
        if antes and despues and antes != despues:
            figura.add_shape(
                type="line",
                xref=eje_x,
                yref="paper",
                x0=lugar + 0.5,
                x1=lugar + 0.5,
                y0=0,
                y1=1.04,
                line={"color": tema.GRIS, "width": 1.5, "dash": "dot"},
            )
            figura.add_annotation(
                text="nuevo plan ›",
                x=lugar + 0.56,
                xref=eje_x,
                y=1,
                yref="paper",
                yshift=2,
                xanchor="left",
                xshift=max(0, lienzo.medir(nombre, negrita=True) + 12 - lugar * px),  # tras el nombre del panel
                yanchor="bottom",
                showarrow=False,
                font={"color": tema.GRIS},
            )


def _nulos(columna: pd.Series) -> list[float | None]:
    return [None if formato.es_blanco(v) else float(v) for v in columna]


def _frase(trimestre: int, nombre: str, fila: pd.Series, unidad: str) -> str:
    """La frase que se lee al pasar por la barra."""
    cuando = f"{formato.mayuscula(formato.ORDINALES[trimestre])} trimestre, {nombre.lower()}"
    programado, alcanzado = (
        "sin cifra impresa" if formato.es_blanco(fila[c]) else formato.partir(f"{formato.numero(fila[c])} {unidad}", 60)
        for c in ("programado", "alcanzado")
    )
    final = "" if formato.es_blanco(fila.get("estado")) else f"<br>{tema.rotulo_estado(fila['estado'])}"
    return f"<b>{cuando}</b><br>Programado: {programado}<br>Alcanzado: {alcanzado}{final}"
