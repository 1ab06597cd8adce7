"""Piezas de HTML que se repiten: estado, encabezado, tablas de cifras, leyenda y avisos. Todo texto va escapado."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

import streamlit as st

from poa import figuras, formato, tema


def seguro(valor: object) -> str:
    """Un texto listo para HTML; un hueco es una raya."""
    return html.escape(formato.texto(valor))


def estado(palabra: object) -> str:
    """Pastilla con icono y la palabra al lado: el color nunca va solo."""
    a = tema.estado(palabra)
    fondo = f"repeating-linear-gradient(45deg,{a.borde}55 0 1px,{tema.PAPEL} 1px 5px)" if a.trama else a.color
    return (
        f"<span class='estado'><i style='background:{fondo};color:{a.tinta};border-color:{a.borde}' "
        f"aria-hidden='true'>{a.icono}</i>{html.escape(a.palabra)}</span>"
    )


def encabezado(ceja: str, mensaje: str, linea: Sequence[tuple[str, str]]) -> None:
    """El mismo en toda página: ceja, mensaje y la línea de corte, umbrales y cobertura. Ocupa siempre el mismo alto."""
    datos = "".join(
        f"<span>{html.escape(rotulo)} <b>{html.escape(valor)}</b></span>" for rotulo, valor in linea
    )
    st.html(
        f"<header class='encabezado'><p class='ceja'>{html.escape(ceja)}</p>"
        f"<h1>{html.escape(mensaje)}.</h1><div class='linea'>{datos}</div></header>"
    )


def cifras(valores: Sequence[tuple[str, str, str]]) -> None:
    """Tira de cifras: (rótulo, cifra, de cuántos)."""
    celdas = "".join(
        f"<div><dt>{html.escape(r)}</dt><dd><b>{html.escape(c)}</b> <span>{html.escape(n)}</span></dd></div>"
        for r, c, n in valores
    )
    st.html(f"<dl class='tira'>{celdas}</dl>")


def seccion(titulo: str, nota: str = "") -> None:
    """Título de sección y, si hace falta, una línea que la explica."""
    pie = f"<p class='nota'>{html.escape(nota)}</p>" if nota else ""
    st.html(f"<h2 class='seccion'>{html.escape(titulo)}</h2>{pie}")


def vacio(frase: str) -> None:
    """Lo que se ve en lugar de una tabla o una gráfica sin datos."""
    st.html(f"<div class='vacio' role='status'>{html.escape(frase)}</div>")


def tabla(
    columnas: Sequence[tuple[str, str]],
    filas: Iterable[tuple[str, Sequence[str]]],
    rotulo: str,
    alto: int | None = None,
) -> None:
    """Tabla HTML. `columnas`: (título, clase: '' o 'n' para cifras); `filas`: (clase del renglón, celdas ya en HTML)."""
    cabeza = "".join(f"<th scope='col' class='{clase}'>{titulo}</th>" for titulo, clase in columnas)
    cuerpo = "".join(
        f"<tr class='{clase}'>"
        + "".join(f"<td class='{c}'>{celda}</td>" for (_, c), celda in zip(columnas, celdas, strict=True))
        + "</tr>"
        for clase, celdas in filas
    )
    caja = f" style='max-height:{alto}px'" if alto else ""
    st.html(
        f"<div class='rodante'{caja}><table class='cifras' aria-label='{html.escape(rotulo, quote=True)}'>"
        f"<thead><tr>{cabeza}</tr></thead><tbody>{cuerpo}</tbody></table></div>"
    )


def grafica(figura, clave: str, archivo: str, al_tocar=None) -> None:
    """La figura tal cual es (theme=None), con su texto alternativo y su botón de PNG de 1920 × 1080."""
    eleccion = {"on_select": al_tocar, "selection_mode": "points"} if al_tocar else {}
    st.plotly_chart(
        figura,
        key=clave,
        theme=None,
        config=tema.config_grafica(archivo),
        alt=f"Gráfica: {figuras.mensaje(figura)}",
        **eleccion,
    )


def columnas() -> tuple:
    """Las dos columnas de siempre: la gráfica y, a su derecha, lo que la explica."""
    izquierda, derecha = st.columns([0.655, 0.345], gap="medium")
    return izquierda, derecha


def puntos(clave: str) -> list[dict]:
    """Lo tocado en la gráfica `clave`: una lista de puntos con su `customdata`, o vacía."""
    estado_grafica = st.session_state.get(clave) or {}
    return list((estado_grafica.get("selection") or {}).get("points", []))
