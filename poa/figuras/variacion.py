"""Qué tan lejos del plan quedó cada compromiso, en porcentaje del plan: unidades distintas, un mismo eje."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

TOPE = 250.0  # % del plan; lo que pasa se corta, con su marca y su cifra verdadera
_duro = formato.ESPACIO
_POCOS = 8  # con menos renglones que estos la barra no engorda
_CASI_EL_PLAN = 4.0  # puntos
_LETRAS = 32
_LETRAS_UNIDAD = 15
# Lugares en los 752 px del dibujo: las barras, dónde acaban las dos cifras y dónde empieza la unidad
_BARRAS = (236, 456)
_PORCENTAJE, _DIFERENCIA, _UNIDAD = 556, 644, 650


def ordenar(tabla: pd.DataFrame) -> pd.DataFrame:
    """Las filas con cumplimiento, de la más corta a la más excedida; si no caben, las más lejanas al plan."""
    filas = tabla[tabla["cumplimiento_pct"].notna()]
    lejos = (filas["cumplimiento_pct"].astype(float) - 100).abs()
    elegidas = filas.loc[lejos.sort_values(ascending=False, kind="stable").index[: lienzo.RENGLONES_MAXIMO]]
    return elegidas.sort_values(["cumplimiento_pct", "clave"], kind="stable")


def diferencia(fila: pd.Series) -> float | None:
    """A − P en la unidad del compromiso; sin plan, todo su avance; si falta alguna de las dos, None."""
    programado, alcanzado = fila["programado"], fila["alcanzado"]
    if fila["estado"] == "Avance no programado":
        programado = 0.0
    if formato.es_blanco(programado) or formato.es_blanco(alcanzado):
        return None
    return float(alcanzado) - float(programado)


def barras(
    tabla: pd.DataFrame, mensaje: str, nivel: str, pie: str = "", banda: tuple[float, float] = (90.0, 110.0)
) -> go.Figure:
    """Barras desde la línea del plan (100 %) hasta lo alcanzado, cortadas en 250 %, con sus dos cifras al lado.

    Entra una fila por compromiso: `compromiso_id, clave, descripcion, unidad_medida, programado, alcanzado`
    (en esa unidad), `cumplimiento_pct` (0–∞, % del plan), `estado` y, si las hay, sus `etiquetas`. A lo más 15
    renglones, los más lejanos al plan; el resto, y los que no tienen porcentaje, se dicen en el pie. Sin
    ninguno evaluable, la figura vacía con su frase.
    """
    con_cifra = int(tabla["cumplimiento_pct"].notna().sum()) if not tabla.empty else 0
    if not con_cifra:
        return lienzo.vacia(_por_que_vacia(tabla, nivel), pie, mensaje)
    filas = ordenar(tabla)
    pie = _pie(filas, con_cifra, len(tabla), pie)
    clave = lienzo.repartir_clave([tema.estado(e) for e in tema.ESTADOS if e in set(filas["estado"])])
    figura = lienzo.lienzo(mensaje, pie, arriba=30 + lienzo.ALTO_CLAVE * len(clave), abajo=68)
    pct = filas["cumplimiento_pct"].astype(float)
    aspectos = [tema.estado(e) for e in filas["estado"]]
    claves = [str(c) for c in filas["compromiso_id"]]
    frases = [_frase(f) for _, f in filas.iterrows()]
    colores = {"color": [a.color for a in aspectos], "line": {"color": [a.borde for a in aspectos], "width": 1}}
    comun = {"y": claves, "customdata": claves, "hovertext": frases, "hoverinfo": "text"}
    comun |= {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
    figura.add_trace(
        go.Bar(
            name="Variación",
            orientation="h",
            base=_px(100),
            x=[_px(min(p, TOPE)) - _px(100) for p in pct],
            width=0.6 if len(filas) > _POCOS else 0.36,
            marker=colores,
            text=["»" if p > TOPE else "" for p in pct],
            textposition="inside",
            insidetextanchor="end",
            textangle=0,
            constraintext="none",
            textfont={"size": tema.ESCALA["texto"], "color": [a.tinta for a in aspectos]},
            **comun,
        )
    )
    # una barra que casi no tiene largo no se ve: su punto, sí
    figura.add_trace(
        go.Scatter(
            name="En el plan",
            mode="markers",
            x=[_px(p) if abs(p - 100) < _CASI_EL_PLAN else None for p in pct],
            marker={**colores, "size": 9},
            cliponaxis=False,
            **comun,
        )
    )
    _cifras(figura, claves, filas, aspectos)
    _escala(figura, banda)
    lienzo.poner_clave(figura, clave, 30)
    lienzo.en_px(figura, claves, lugares=5)
    return figura


def _px(pct: float) -> float:
    """Dónde va un porcentaje del plan, en px del dibujo."""
    return _BARRAS[0] + pct / TOPE * (_BARRAS[1] - _BARRAS[0])


def _es_incompleto(fila: pd.Series) -> bool:
    return "reporte incompleto" in formato.texto(fila.get("etiquetas"), "")


def _pie(filas: pd.DataFrame, con_cifra: int, todas: int, pie: str) -> str:
    """Lo que la figura no dibuja, en pocas letras: el pie tiene dos renglones y la fuente va completa."""
    no_caben = con_cifra - len(filas)
    fuera = [f"{no_caben} no {'cabe' if no_caben == 1 else 'caben'}"] if no_caben else []
    if todas > con_cifra:
        sin = todas - con_cifra
        fuera.append(f"{sin} {'va' if sin == 1 else 'van'} sin porcentaje")
    partes = [
        "* Reporte incompleto." if any(_es_incompleto(fila) for _, fila in filas.iterrows()) else "",
        f"Las {len(filas)} más lejanas al plan; {formato.lista(fuera)}." if no_caben else "",
        f"{formato.mayuscula(formato.lista(fuera))}." if fuera and not no_caben else "",
        pie,
    ]
    return " ".join(parte for parte in partes if parte)


def _por_que_vacia(tabla: pd.DataFrame, nivel: str) -> str:
    if not tabla.empty and (tabla["estado"] == "Aún no exigible").all():
        return "El documento trae lo programado; todavía no trae avances."
    return f"Ninguna {formato.nivel(nivel)} de esta selección tiene cumplimiento que comparar."


def _cifras(figura: go.Figure, claves: list[str], filas: pd.DataFrame, aspectos: list[tema.Estado]) -> None:
    """A la izquierda el compromiso; a la derecha, alineados, su porcentaje y su diferencia con la unidad."""
    renglones = [fila for _, fila in filas.iterrows()]
    nombres = [
        formato.partir(formato.etiqueta_compromiso(f), _LETRAS, 1) + (" *" if _es_incompleto(f) else "")
        for f in renglones
    ]
    porcentajes = [
        f"<span style='color:{a.borde}'>{a.icono}</span>{_duro}{formato.porcentaje(f['cumplimiento_pct'])}"
        for f, a in zip(renglones, aspectos, strict=True)
    ]
    diferencias = [formato.con_signo(diferencia(f)) for f in renglones]
    unidades = [formato.partir(formato.unidad(f["unidad_medida"]), _LETRAS_UNIDAD, 1) for f in renglones]
    lienzo.columna(figura, "Compromiso", claves, nombres, 0, "left")
    lienzo.columna(figura, "Del plan", claves, porcentajes, _PORCENTAJE, "right")
    lienzo.columna(figura, "Diferencia", claves, diferencias, _DIFERENCIA, "right")
    lienzo.columna(figura, "Unidad", claves, unidades, _UNIDAD, "left", gris=True)


def _escala(figura: go.Figure, banda: tuple[float, float]) -> None:
    """La escala en porcentaje del plan, con su línea y la banda, que lleva su nombre."""
    marcas = {0: "0", 50: "50", 100: "<b>plan</b>", 150: "150", 200: "200", TOPE: f"{TOPE:g}{_duro}%"}
    titulos = [(texto, _px(pct), "center") for pct, texto in marcas.items()]
    lienzo.encabezar(figura, [*titulos, ("Del plan", _PORCENTAJE, "right"), ("Diferencia", _DIFERENCIA, "right")])
    comun = {"yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    rayas = [
        comun | {"type": "line", "x0": _px(p), "x1": _px(p), "line": {"color": tema.LINEA, "width": 1}} for p in marcas
    ]
    minimo, maximo = banda
    zona = {"type": "rect", "x0": _px(minimo), "x1": _px(maximo), "fillcolor": tema.VELO, "line": {"width": 0}}
    plan = {"type": "line", "x0": _px(100), "x1": _px(100), "line": {"color": tema.TINTA, "width": 1.5}}
    figura.update_layout(shapes=[*rayas, comun | zona, comun | plan | {"layer": "above"}])
    figura.add_annotation(
        text=f"banda: {formato.numero(minimo)}–{formato.numero(maximo)}{_duro}%",
        x=_px((minimo + maximo) / 2),
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-2,
        showarrow=False,
        font={"color": tema.GRIS},
        name="banda",
    )


def _frase(fila: pd.Series) -> str:
    """La frase que se lee al pasar por la barra."""
    de = formato.partir(formato.cantidad(fila.get("programado"), fila.get("unidad_medida")), 60)
    nombre = formato.partir(formato.etiqueta_compromiso(fila, 160), 60)
    return (
        f"<b>{nombre}</b><br>Alcanzó {formato.numero(fila.get('alcanzado'))} de "
        f"{de} ({formato.con_signo(diferencia(fila))}): "
        f"{formato.porcentaje(fila['cumplimiento_pct'])} del plan,<br>{tema.rotulo_estado(fila['estado'])}."
    )
