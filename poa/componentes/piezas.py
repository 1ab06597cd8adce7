"""Piezas que comparten las páginas: encabezado, párrafo, tablas, conteos, gráfica. Todo texto va escapado."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import descargas, enlaces
from poa.figuras import lienzo
from poa.hojas import Hoja, de_seleccion
from poa.laminas.vistas import Vista
from poa.seleccion import Seleccion

SIN_MOTIVO = "<em class='sin-motivo'>El documento no imprime motivo</em>"


def seguro(valor: object) -> str:
    """Un texto listo para HTML; un hueco es una raya."""
    return html.escape(formato.texto(valor))


def oculto(texto: str) -> str:
    """Un rótulo que solo se oye: quien ve lo deduce del lugar."""
    return f"<span class='oculto'>{html.escape(texto)} </span>"


def estado(palabra: object) -> str:
    """Pastilla con icono y la palabra al lado: el color nunca va solo."""
    a = tema.estado(palabra)
    return (
        f"<span class='estado'><i style='{pintura(palabra)}' aria-hidden='true'>{a.icono}</i>"
        f"{html.escape(a.palabra)}</span>"
    )


def pintura(palabra: object) -> str:
    """El estilo CSS de un estado: relleno (con su trama, si la lleva), tinta y borde."""
    a = tema.estado(palabra)
    fondo = f"repeating-linear-gradient(45deg,{a.borde}55 0 1px,{tema.PAPEL} 1px 5px)" if a.trama else a.color
    return f"background:{fondo};color:{a.tinta};border-color:{a.borde}"


def encabezado(ceja: str, mensaje: str, linea: Sequence[tuple[str, str]], parrafo: str) -> None:
    """El mismo en toda página: ceja, mensaje y línea de corte; a su lado, lo que se puede leer en voz alta.

    `mensaje` va sin punto final; `parrafo`, con los suyos.
    """
    datos = "".join(f"<span>{html.escape(rotulo)} <b>{html.escape(valor)}</b></span>" for rotulo, valor in linea)
    st.html(
        f"<header class='encabezado'><div><p class='ceja'>{html.escape(ceja)}</p>"
        f"<h1>{html.escape(mensaje)}.</h1><div class='linea'>{datos}</div></div>"
        "<section class='parrafo' aria-labelledby='rotulo-parrafo'><h2 id='rotulo-parrafo'>Para leer en la sesión</h2>"
        f"<p>{html.escape(parrafo)}</p></section></header>"
    )


def cifras(valores: Sequence[tuple[str, str, str]]) -> None:
    """Tira de cifras: (rótulo, cifra, de cuántos); los dos últimos ya en HTML."""
    celdas = "".join(
        f"<div><dt>{html.escape(rotulo)}</dt><dd><b>{cifra}</b> <span>{de_cuantos}</span></dd></div>"
        for rotulo, cifra, de_cuantos in valores
    )
    st.html(f"<dl class='tira'>{celdas}</dl>")


def seccion(titulo: str, nota: str = "") -> None:
    """Título de sección y, si hace falta, una línea que la explica, ya en HTML."""
    pie = f"<p class='nota'>{nota}</p>" if nota else ""
    st.html(f"<h2 class='seccion'>{html.escape(titulo)}</h2>{pie}")


def vacio(frase: str, en_hoja: bool = False) -> None:
    """Lo que se ve en lugar de una tabla sin datos o, si es `en_hoja`, de una gráfica, con su mismo alto."""
    st.html(f"<div class='vacio{' alta' if en_hoja else ''}' role='status'><p>{html.escape(frase)}</p></div>")


def error(frase: str) -> None:
    """Por qué no se pudo hacer lo que se acaba de pedir, junto a donde se pidió; se oye en cuanto aparece."""
    st.html(f"<p class='error' role='alert'>{html.escape(frase)}</p>")


def titular(*partes: str) -> None:
    """El nombre de la pestaña, de lo particular a lo general; el marco lo lee en voz alta cuando cambia."""
    st.set_page_config(page_title=" · ".join([*partes, "Tablero POA Mexicali"]))


@dataclass(frozen=True)
class Columna:
    """Una columna de tabla: título, clase («n» para cifras, a la derecha) y ancho CSS si es fijo."""

    titulo: str
    clase: str = ""
    ancho: str = ""


@dataclass(frozen=True)
class Renglon:
    """Un renglón: celdas ya en HTML, su clase y, si tocarlo lleva a algún lado, a dónde (marco.destino)."""

    celdas: Sequence[str]
    clase: str = ""
    destino: str = ""


@dataclass(frozen=True)
class Pliegue:
    """Una tabla que se abre al tocar su título; `nota`, lo que se lee al lado, ya en HTML."""

    titulo: str
    columnas: Sequence[Columna]
    renglones: Sequence[Renglon]
    rotulo: str
    nota: str = ""


def tabla(columnas: Sequence[Columna], renglones: Iterable[Renglon], rotulo: str, hoja: Hoja) -> None:
    """Tabla HTML de cifras; con anchos dados no se mueve al cambiar su contenido.

    `hoja`: los datos que hay detrás, que se bajan debajo de ella. Toda tabla los da.
    """
    st.html(_tabla_html(columnas, renglones, rotulo))
    descargas.bajar(hoja)


def plegadas(pliegues: Sequence[Pliegue], hoja: Hoja) -> None:
    """Tablas plegadas, una debajo de otra, y la descarga de lo que hay detrás de todas."""
    contenido = "".join(plegado(p.titulo, _tabla_html(p.columnas, p.renglones, p.rotulo), p.nota) for p in pliegues)
    st.html(f"<div class='pliegues'>{contenido}</div>" if len(pliegues) > 1 else contenido)
    descargas.bajar(hoja)


def _tabla_html(columnas: Sequence[Columna], renglones: Iterable[Renglon], rotulo: str) -> str:
    anchos = "".join(f"<col style='width:{c.ancho}'>" if c.ancho else "<col>" for c in columnas)
    cabeza = "".join(f"<th scope='col' class='{c.clase}'>{c.titulo}</th>" for c in columnas)
    cuerpo = "".join(_renglon(r, columnas) for r in renglones)
    fija = " fija" if any(c.ancho for c in columnas) else ""
    return (
        f"<div class='rodante'><table class='cifras{fija}' aria-label='{html.escape(rotulo, quote=True)}'>"
        f"<colgroup>{anchos}</colgroup><thead><tr>{cabeza}</tr></thead><tbody>{cuerpo}</tbody></table></div>"
    )


def _renglon(renglon: Renglon, columnas: Sequence[Columna]) -> str:
    destino = f" data-ir='{html.escape(renglon.destino, quote=True)}'" if renglon.destino else ""
    celdas = "".join(
        f"<td class='{columna.clase}'>{celda}</td>" for columna, celda in zip(columnas, renglon.celdas, strict=True)
    )
    return f"<tr class='{renglon.clase}'{destino}>{celdas}</tr>"


def plegado(titulo: str, contenido: str, nota: str = "") -> str:
    """HTML de algo que se abre al tocar su título; `contenido` y `nota` ya en HTML."""
    aparte = f" <span class='u'>{nota}</span>" if nota else ""
    return f"<details class='pliegue'><summary><u>{html.escape(titulo)}</u>{aparte}</summary>{contenido}</details>"


def estados(conteos: pd.DataFrame, seleccion: Seleccion, pagina: str, **abre: str) -> None:
    """Cuántas metas y acciones hay en cada estado; siempre los once, para que nada se mueva. Es la leyenda.

    Entra una fila por nivel y estado con `nivel`, `estado`, `compromisos`; `abre`: lo que además lleva la
    dirección de cada conteo.
    """
    n = conteos.groupby(["estado", "nivel"])["compromisos"].sum() if not conteos.empty else {}
    renglones = [
        Renglon(
            [
                f"<span title='{html.escape(aspecto.significado, quote=True)}'>{estado(palabra)}</span>",
                *(
                    _conteo(int(n.get((palabra, nivel), 0)), palabra, nivel, seleccion, pagina, **abre)
                    for nivel in ("meta", "accion")
                ),
            ]
        )
        for palabra, aspecto in tema.ESTADOS.items()
    ]
    filas = [
        {"estado": e, "metas": int(n.get((e, "meta"), 0)), "acciones": int(n.get((e, "accion"), 0))}
        for e in tema.ESTADOS
    ]
    rotulo = "Metas y acciones por estado"
    hoja = de_seleccion(seleccion, pagina, "por_estado", rotulo, "conteos", lambda: pd.DataFrame(filas), sin=("nivel",))
    with st.container(key="hoja_estados"):
        columnas_ = [Columna("Estado"), Columna("Metas", "n", "5rem"), Columna("Acciones", "n", "5.5rem")]
        tabla(columnas_, renglones, rotulo, hoja)


def _conteo(n: int, palabra: str, nivel: str, seleccion: Seleccion, pagina: str, **abre: str) -> str:
    if not n:
        return "<span class='u'>0</span>"
    return contado(formato.numero(n), palabra, nivel, seleccion, pagina, **abre)


def contado(texto: str, estado: str, nivel: str, seleccion: Seleccion, pagina: str, **abre: str) -> str:
    """HTML de un conteo que abre la lista de los compromisos que lo suman, con su página y renglón."""
    return enlaces.enlace(
        pagina,
        html.escape(texto),
        "Ver cuáles son y dónde están impresos",
        **seleccion.direccion(estado=estado, nivel=nivel, **abre),
    )


def descripcion(fila: pd.Series, largo: int) -> str:
    """La descripción impresa, en mayúsculas y minúsculas y a lo más de `largo` letras."""
    return html.escape(formato.recortar(formato.oracion(fila["descripcion"], "Sin descripción impresa"), largo))


def con_unidad(valor: object, unidad: object) -> str:
    """La cifra y, debajo, su unidad de medida."""
    palabra = html.escape(formato.unidad(unidad, formato.RAYA))
    return f"{formato.numero(valor)}<br><span class='u'>{palabra}</span>"


def motivo(observaciones: object) -> str:
    """Las primeras 200 letras de la observación impresa; completa al pasar por ella."""
    if formato.es_blanco(observaciones):
        return SIN_MOTIVO
    completo = formato.oracion(observaciones)
    corto = html.escape(formato.recortar(completo, 200))
    return f"<span title='{html.escape(completo, quote=True)}'>{corto}</span>"


def grafica(vista: Vista, clave: str, al_tocar: Callable[[], None] | None = None) -> None:
    """La figura de una vista tal cual es (theme=None), con su texto alternativo y su botón de PNG de 1920 × 1080."""
    eleccion = {"on_select": al_tocar, "selection_mode": "points"} if al_tocar else {}
    with st.container(key=f"hoja_{clave}"):
        st.plotly_chart(
            vista.figura,
            key=clave,
            theme=None,
            config=tema.config_grafica(vista.archivo),
            alt=f"Gráfica: {lienzo.mensaje(vista.figura)}",
            **eleccion,
        )


def columnas() -> tuple:
    """Las dos columnas de siempre: la gráfica y, a su derecha, lo que la explica."""
    izquierda, derecha = st.columns([0.655, 0.345], gap="medium")
    return izquierda, derecha


def puntos(clave: str) -> list[dict]:
    """Lo tocado en la gráfica `clave`: una lista de puntos con su `customdata`, o vacía.

    Tocar dos veces el mismo punto lo deselige; aquí vuelve a contar como tocado.
    """
    eleccion = (st.session_state.get(clave) or {}).get("selection") or {}
    tocados = list(eleccion.get("points", [])) or st.session_state.get(f"tocado_{clave}", [])
    st.session_state[f"tocado_{clave}"] = tocados
    return tocados
