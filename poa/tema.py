"""El aspecto del tablero: colores, estados, escala de letra y plantilla de Plotly; el CSS está en tema.css.

Fondo callado y tinta; el color se guarda para el estado, que nunca va solo: color, icono y palabra.
Nada aquí conoce Streamlit ni los datos.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from poa import formato

TINTA = "#1B2430"  # texto y barras de lo alcanzado
GRIS = "#56606B"  # texto secundario (7:1 sobre el fondo)
LINEA = "#D9D6CE"  # filetes
PAPEL = "#FFFFFF"
FONDO = "#F7F6F2"  # el papel de la página
VELO = "#EFEDE6"  # bandas y renglones señalados

# Las gráficas se bajan como imagen y la imagen no puede usar letras de la web: familia del sistema.
LETRA = "Arial, Helvetica, 'Liberation Sans', sans-serif"
LETRA_TITULO = "'Source Serif', Georgia, 'Liberation Serif', serif"

# Una sola escala, en px de pantalla. A 800 × 450 y escala 2.4 la imagen mide 1920 × 1080:
# título de gráfica 58 px, rótulos 34 px y pie 29 px.
ESCALA = {"nota": 12, "rotulo": 14, "texto": 16, "cifra": 20, "grafica": 24, "titulo": 30}
ANCHO, ALTO, AMPLIACION = 800, 450, 2.4
MARGEN = 24


@dataclass(frozen=True)
class Estado:
    """Cómo se ve un estado: palabra, icono, relleno, tinta encima, borde, trama y lo que significa."""

    palabra: str
    icono: str
    color: str
    tinta: str
    borde: str
    trama: str
    significado: str


# fmt: off
ESTADOS: dict[str, Estado] = {
    e.palabra: e
    for e in (
        # palabra, icono, relleno, tinta encima, borde, trama; significado
        Estado("Sin avance",           "✕",  "#B2182B", "#FFFFFF", "#7D0F1D", "",
               "se programó y no se alcanzó nada"),
        Estado("Crítico",              "▼",  "#B2182B", "#FFFFFF", "#7D0F1D", "",
               "lejos de lo programado"),
        Estado("En riesgo",            "◆",  "#F4A736", TINTA,     "#8F5A09", "",
               "por debajo de lo programado"),
        Estado("Cumple",               "●",  "#1A7A6E", "#FFFFFF", "#0F5149", "",
               "dentro de la banda de lo programado"),
        Estado("Sobrecumple",          "▲",  "#6BAED6", TINTA,     "#27678F", "",
               "rebasa lo programado: falla de planeación"),
        Estado("Meta subestimada",     "▲▲", "#3F007D", "#FFFFFF", "#2A0054", "",
               "rebasa con mucho lo programado"),
        Estado("Avance no programado", "+",  "#3F007D", "#3F007D", "#3F007D", "/",
               "hubo avance sin programación"),
        Estado("Sin reporte",          "?",  "#C8C8C8", TINTA,     "#6A6A6A", "\\",
               "se programó y se informó en blanco"),
        Estado("Sin programación",     "○",  "#FFFFFF", TINTA,     "#6A6A6A", "",
               "no se programó ni se alcanzó"),
        Estado("Dato por revisar",     "!",  "#FFFFFF", TINTA,     TINTA,     "",
               "la cifra impresa no se puede evaluar"),
        Estado("Aún no exigible",      "◔",  "#E9E7E0", TINTA,     "#6F6C63", "",
               "el trimestre no ha cerrado"),
    )
}
# fmt: on
DESCONOCIDO = Estado("Sin estado", "·", "#FFFFFF", TINTA, "#7A7A7A", "", "el tablero no reconoce este estado")
EVALUABLES = ("Sin avance", "Crítico", "En riesgo", "Cumple", "Sobrecumple", "Meta subestimada")
DEBAJO = ("Sin avance", "Crítico", "En riesgo")
ENCIMA = ("Sobrecumple", "Meta subestimada")


def estado(palabra: Any) -> Estado:
    """El aspecto de un estado por su palabra; uno desconocido tiene el suyo y no truena."""
    return ESTADOS.get(formato.texto(palabra, ""), DESCONOCIDO)


NOTA_INCOMPLETO = "* Reporte incompleto."


def es_incompleto(fila: Mapping[str, Any]) -> bool:
    """Si el porcentaje de un compromiso es solo el de los trimestres que reportó. `fila`: con sus `etiquetas`."""
    return "reporte incompleto" in formato.texto(fila.get("etiquetas"), "")


def asterisco(fila: Mapping[str, Any]) -> str:
    """« *», que explica NOTA_INCOMPLETO, o nada."""
    return f"{formato.ESPACIO}*" if es_incompleto(fila) else ""


PLAN = Estado("Programado", formato.ESPACIO, PAPEL, TINTA, TINTA, "", "")  # en contorno


def avance(palabra: str) -> Estado:
    """Cómo se ve lo hecho, en sólido, con la palabra del documento: «Alcanzado» o «Realizado»."""
    return Estado(palabra, formato.ESPACIO, TINTA, PAPEL, TINTA, "", "")


def rotulo_estado(palabra: Any) -> str:
    """«▼ Crítico»."""
    aspecto = estado(palabra)
    return f"{aspecto.icono} {aspecto.palabra}"


def marca_barra(palabra: Any) -> dict[str, Any]:
    """El `marker` de Plotly de un estado: relleno, borde y, si la lleva, trama."""
    aspecto = estado(palabra)
    marca: dict[str, Any] = {"color": aspecto.color, "line": {"color": PAPEL, "width": 1.5}}
    if aspecto.trama:
        marca["pattern"] = {
            "shape": aspecto.trama,
            "fgcolor": aspecto.borde,
            "bgcolor": PAPEL,
            "fgopacity": 0.4,
            "size": 7,
            "solidity": 0.2,
            "fillmode": "replace",
        }
    if aspecto.trama or aspecto.color in ("#FFFFFF", "#E9E7E0"):
        marca["line"] = {"color": aspecto.borde, "width": 1.2}
    return marca


@cache
def plantilla() -> go.layout.Template:
    """La plantilla de Plotly de todas las figuras (se usa con theme=None)."""
    eje = {
        "showgrid": False,
        "zeroline": False,
        "linecolor": TINTA,
        "linewidth": 1,
        "ticks": "",
        "tickfont": {"size": ESCALA["rotulo"], "color": TINTA},
        "automargin": False,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": LETRA, "size": ESCALA["rotulo"], "color": TINTA},
            "paper_bgcolor": PAPEL,
            "plot_bgcolor": PAPEL,
            "colorway": [TINTA, GRIS],
            "separators": ".,",
            "height": ALTO,
            "margin": {"l": 24, "r": 24, "t": 116, "b": 56},
            "title": {
                "x": 0,
                "xref": "container",
                "xanchor": "left",
                "pad": {"l": MARGEN},
                "yref": "container",
                "yanchor": "top",
                "font": {"size": ESCALA["grafica"], "color": TINTA, "family": LETRA},
            },
            "xaxis": eje,
            "yaxis": eje,
            "hovermode": "closest",
            "dragmode": False,
            "hoverlabel": {
                "bgcolor": TINTA,
                "bordercolor": TINTA,
                "align": "left",
                "font": {"family": LETRA, "size": ESCALA["rotulo"], "color": PAPEL},
            },
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": GRIS, "activecolor": TINTA, "orientation": "h"},
            "bargap": 0.3,
            "uirevision": "fijo",
        }
    )


_IDIOMA = {
    "es-MX": {
        "dictionary": {
            "Download plot as a PNG": "Descargar imagen PNG para lámina",
            "Download plot as a png": "Descargar imagen PNG para lámina",
            "Download plot": "Descargar imagen",
            "Zoom": "Acercar con recuadro",
            "Pan": "Desplazar",
            "Zoom in": "Acercar",
            "Zoom out": "Alejar",
            "Autoscale": "Escala automática",
            "Reset axes": "Restablecer ejes",
            "Reset": "Restablecer",
            "Preparing image - this may take a few seconds": "Preparando la imagen…",
            "Taking snapshot - this may take a few seconds": "Preparando la imagen…",
            "Image download succeeded": "Imagen descargada",
            "Snapshot succeeded": "Imagen descargada",
            "Sorry, there was a problem downloading your snapshot!": "No se pudo descargar la imagen.",
            "Double-click to zoom back out": "Doble clic para volver",
            "Click to enter": "Clic para escribir",
        },
        "format": {
            "months": [m.capitalize() for m in formato.MESES_LARGOS],
            "shortMonths": list(formato.MESES),
            "days": [d.capitalize() for d in formato.DIAS],
            "shortDays": [d[:3] for d in formato.DIAS],
            "date": "%d/%m/%Y",
            "decimal": ".",
            "thousands": ",",
            "grouping": [3],
            "currency": ["$", ""],
        },
    }
}


def config_grafica(archivo: str) -> dict[str, Any]:
    """`config` de Plotly: español de México y un solo botón, que baja `archivo` en PNG de 1920 × 1080."""
    return {
        "locale": "es-MX",
        "locales": _IDIOMA,
        "displaylogo": False,
        "displayModeBar": True,
        "plotlyServerURL": "",
        "modeBarButtons": [["toImage"]],
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
        "toImageButtonOptions": {
            "format": "png",
            "filename": archivo,
            "width": ANCHO,
            "height": ALTO,
            "scale": AMPLIACION,
        },
    }


def icono() -> str:
    """El icono de la pestaña, en SVG."""
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>{_marca()}</svg>"


def logo() -> str:
    """La marca y el nombre del tablero, en SVG, para la cinta de páginas."""
    nombre = "font-family='Georgia, Liberation Serif, serif' font-weight='600' font-size='18'"
    lugar = "font-family='Arial, Helvetica, Liberation Sans, sans-serif' font-size='14'"
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' width='216' height='40' viewBox='0 0 216 40'>"
        f"<g transform='translate(0 8) scale(.75)'>{_marca()}</g>"
        f"<text x='34' y='26' {nombre} fill='{TINTA}'>Tablero POA</text>"
        f"<text x='142' y='26' {lugar} fill='{GRIS}'>Mexicali</text></svg>"
    )


def _marca() -> str:
    return (
        f"<rect width='32' height='32' fill='{TINTA}'/>"
        f"<path d='M7 25V15h5v10zm6.5 0V7h5v18zM20 25v-6h5v6z' fill='{PAPEL}'/>"
    )


def css() -> str:
    """La hoja de estilo de la página, con los colores y la escala de este archivo ya puestos."""
    variables = {
        "tinta": TINTA,
        "gris": GRIS,
        "linea": LINEA,
        "papel": PAPEL,
        "fondo": FONDO,
        "velo": VELO,
        "letra": LETRA,
        "letra-titulo": LETRA_TITULO,
        "alto-hoja": f"{ALTO + 2}px",  # una gráfica con su filete, y lo que va a su lado
        **{f"t-{nombre}": f"{px / 16:g}rem" for nombre, px in ESCALA.items()},
    }
    raiz = "".join(f"--{nombre}:{valor};" for nombre, valor in variables.items())
    hoja = Path(__file__).with_suffix(".css").read_text("utf-8")
    return f":root{{{raiz}}}\n{hoja}"
