"""El aspecto del tablero en un solo archivo: colores, estados, escala de letra, plantilla de Plotly y CSS.

Fondo callado y tinta; el color se guarda para el estado, que nunca va solo: color, icono y palabra.
Nada aquí conoce Streamlit ni los datos.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
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
ESCALA = {"nota": 12, "rotulo": 14, "texto": 16, "cifra": 20, "grafica": 24, "titulo": 34}
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
        #      palabra             icono relleno    tinta      borde      trama  significado
        Estado("Sin avance",          "✕", "#B2182B", "#FFFFFF", "#7D0F1D", "", "se programó y no se alcanzó nada"),
        Estado("Crítico",             "▼", "#B2182B", "#FFFFFF", "#7D0F1D", "", "lejos de lo programado"),
        Estado("En riesgo",           "◆", "#F4A736", TINTA,     "#A96A0B", "", "por debajo de lo programado"),
        Estado("Cumple",              "●", "#1A7A6E", "#FFFFFF", "#0F5149", "", "dentro de la banda de lo programado"),
        Estado("Sobrecumple",         "▲", "#6BAED6", TINTA,     "#2F76A3", "", "rebasa lo programado: falla de planeación"),
        Estado("Meta subestimada",   "▲▲", "#3F007D", "#FFFFFF", "#2A0054", "", "rebasa con mucho lo programado"),
        Estado("Avance no programado", "+", "#3F007D", "#3F007D", "#3F007D", "/", "hubo avance sin programación"),
        Estado("Sin reporte",         "?", "#C8C8C8", TINTA,     "#7A7A7A", "\\", "se programó y se informó en blanco"),
        Estado("Sin programación",    "○", "#FFFFFF", TINTA,     "#7A7A7A", "", "no se programó ni se alcanzó"),
        Estado("Dato por revisar",    "!", "#FFFFFF", TINTA,     TINTA,     ".", "la cifra impresa no se puede evaluar"),
        Estado("Aún no exigible",     "◔", "#E9E7E0", TINTA,     "#9A978E", "", "el trimestre no ha cerrado"),
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
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "yref": "container",
                "yanchor": "top",
                "font": {"size": ESCALA["rotulo"]},
                "entrywidth": 160,
                "itemwidth": 30,
                "itemclick": False,
                "itemdoubleclick": False,
                "traceorder": "normal",
                "indentation": -15,
                "bgcolor": "rgba(0,0,0,0)",
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
    """`config` de Plotly: español de México y un solo botón, que baja un PNG de 1920 × 1080 llamado `archivo`."""
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
        **{f"t-{nombre}": f"{px / 16:g}rem" for nombre, px in ESCALA.items()},
    }
    raiz = "".join(f"--{nombre}:{valor};" for nombre, valor in variables.items())
    return f":root{{{raiz}}}\n{_HOJA}"


# Los nombres que empiezan con st (clases y data-testid) son de Streamlit; los demás son nuestros.
_HOJA = """
html, body, .stApp, button, input, textarea { font-family: var(--letra); color: var(--tinta); }
.stApp { background: var(--fondo); }

/* Marco: una cinta con el nombre y las páginas; sin menús de la biblioteca */
[data-testid="stMainMenu"], [data-testid="stStatusWidget"], [data-testid="stAppDeployButton"],
[data-testid="stDecoration"], [data-testid="stElementToolbar"], [data-testid="stHeaderActionElements"],
[data-testid="stTooltipHoverTarget"] > svg { display: none !important; }
[data-testid="stHeader"] { background: var(--papel); border-bottom: 1px solid var(--linea); height: 3.5rem; }
[data-testid="stTopNavLink"] { border-radius: 0; font-size: var(--t-texto); border-bottom: 2px solid transparent; }
[data-testid="stTopNavLink"][aria-current="page"] { background: none; border-bottom-color: var(--tinta); }
[data-testid="stElementContainer"]:has(> .stHtml > style) { position: absolute; }
.st-key-guardia { position: absolute; height: 0 !important; overflow: hidden; }
[data-testid="stMainBlockContainer"] { max-width: 1440px; padding: 4rem 2.5rem 2.5rem; }
[data-testid="stMain"] [data-testid="stVerticalBlock"] { gap: 1rem; }
*:focus-visible { outline: 2px solid var(--tinta) !important; outline-offset: 2px; }

/* Filtros: una sola banda, siempre del mismo alto */
.st-key-filtros { border-bottom: 1px solid var(--linea); padding: .25rem 0 .8rem; }
.st-key-filtros label p, .st-key-filtros [data-testid="stWidgetLabel"] p { font-size: var(--t-nota);
  color: var(--gris); letter-spacing: .02em; }
.st-key-filtros [role="group"], .st-key-filtros [data-testid="stButtonGroup"] button {
  background: var(--papel); border-color: var(--linea); font-size: var(--t-rotulo); min-height: 2.5rem; }
.st-key-filtros [role="radio"][aria-checked="true"] {
  background: var(--tinta); color: var(--papel); border-color: var(--tinta); }
.st-key-filtros [role="radio"][aria-checked="true"] * { color: var(--papel); }

/* Encabezado: ceja, mensaje y la línea de corte, umbrales y cobertura */
.encabezado { min-height: 8.6rem; }
.encabezado .ceja { font-size: var(--t-rotulo); color: var(--gris); margin: 0 0 .35rem; }
.encabezado h1 { font-family: var(--letra-titulo); font-weight: 600; font-size: var(--t-titulo); line-height: 1.18;
  letter-spacing: -.005em; margin: 0; padding: 0; max-width: 34em; text-wrap: balance; min-height: 2.36em;
  display: flex; align-items: flex-start; }
.encabezado .linea { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; margin: .7rem 0 0;
  font-size: var(--t-rotulo); color: var(--gris); }
.encabezado .linea b { color: var(--tinta); font-weight: 600; }

h2.seccion { font-family: var(--letra-titulo); font-weight: 600; font-size: var(--t-cifra); margin: 0; padding: 0; }
p.nota { font-size: var(--t-rotulo); color: var(--gris); margin: .2rem 0 0; max-width: 48em; }

/* Hojas: papel blanco con filete */
.hoja { background: var(--papel); border: 1px solid var(--linea); }
[class*="st-key-hoja_"] { background: var(--papel); border: 1px solid var(--linea); height: 452px; overflow: hidden;
  box-sizing: border-box; }
.st-key-hoja_estados { padding: .4rem 1.1rem; }
.st-key-hoja_estados table.cifras td { padding-top: .4rem; padding-bottom: .4rem; }
.st-key-hoja_estados table.cifras tr:last-child td { border-bottom: 0; }
.hoja { padding: 1.25rem 1.5rem; }

/* Estado: icono y palabra, con una pastilla del color */
.estado { display: inline-flex; align-items: center; gap: .5em; white-space: nowrap; }
.estado i { font-style: normal; display: inline-flex; align-items: center; justify-content: center; min-width: 1.55em;
  height: 1.45em; padding: 0 .2em; font-size: .82em; line-height: 1; letter-spacing: -.12em; border: 1px solid; flex: none; }

/* Tablas: filetes finos, cifras a la derecha y del mismo ancho */
table.cifras { width: 100%; border-collapse: collapse; font-size: var(--t-rotulo); line-height: 1.35;
  font-variant-numeric: tabular-nums; color: var(--tinta); }
table.cifras caption { text-align: left; caption-side: top; padding-bottom: .5rem; }
table.cifras th { text-align: left; font-weight: 400; color: var(--gris); font-size: var(--t-nota);
  border-bottom: 1px solid var(--tinta); padding: .35rem .7rem; vertical-align: bottom; }
table.cifras td { border-bottom: 1px solid var(--linea); padding: .5rem .7rem; vertical-align: top; }
table.cifras th:first-child, table.cifras td:first-child { padding-left: .2rem; }
table.cifras .n { text-align: right; white-space: nowrap; }
table.cifras .n .u { white-space: normal; }
table.cifras .u { color: var(--gris); font-size: var(--t-nota); }
table.cifras tr.meta td { background: var(--velo); border-bottom-color: var(--tinta); }
table.cifras tr.meta td:nth-child(2) { font-weight: 600; }
table.cifras tr.accion td:first-child { padding-left: 1rem; }
table.cifras tr[data-ir] { cursor: pointer; }
table.cifras.fija { table-layout: fixed; }
table.cifras tr.elegida td { background: var(--papel); box-shadow: inset 0 1px var(--tinta), inset 0 -1px var(--tinta); }
table.cifras tbody tr:hover td { background: var(--velo); }
table.cifras .clave { white-space: nowrap; color: var(--gris); }
table.cifras .motivo { color: var(--gris); }

/* Enlaces: tinta con subrayado fino */
[data-testid="stHtml"] a, .hoja a { color: var(--tinta); text-decoration: underline; text-decoration-color: #A9ADB1;
  text-decoration-thickness: 1px; text-underline-offset: 3px; cursor: pointer; }
[data-testid="stHtml"] a:hover { text-decoration-color: var(--tinta); }

/* Tarjeta «de dónde sale» */
[data-testid="stDialog"], [data-testid="stDialog"] > div { background-color: rgba(27, 36, 48, .38); }
[data-testid="stDialog"] > div > div, [data-testid="stDialog"] [role="dialog"] { background-color: transparent; }
[data-testid="stDialog"] [role="dialog"] { border-radius: 0; background: var(--papel); }
[data-testid="stDialog"] h2 { font-family: var(--letra-titulo); font-size: var(--t-cifra); }
.tarjeta dl { display: grid; grid-template-columns: 8rem 1fr; gap: .5rem 1rem; margin: 0; padding: 0 !important; font-size: var(--t-rotulo); }
.tarjeta dt { color: var(--gris); font-weight: 400; }
.tarjeta dd { margin: 0; }
.tarjeta pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--fondo); border-left: 3px solid var(--tinta);
  border-radius: 0; padding: .7rem .9rem; margin: .3rem 0 0; font: var(--t-rotulo)/1.5 'Liberation Mono', Consolas, monospace;
  color: var(--tinta); }

.tira { display: grid; grid-template-columns: repeat(4, 1fr); margin: 0; padding: 0 !important; border-top: 1px solid var(--tinta);
  border-bottom: 1px solid var(--linea); }
.tira > div { padding: .55rem 1rem .65rem 0; }
.tira dt { font-size: var(--t-nota); color: var(--gris); font-weight: 400; }
.tira dt, .tira dd { padding: 0; } .tira dd { margin: 0; font-size: var(--t-rotulo); color: var(--gris); }
.tira dd b { font-size: var(--t-cifra); font-weight: 400; color: var(--tinta); margin-right: .35rem; }
.rodante { overflow-x: auto; }
.detalle { overflow-y: auto; padding: 1rem 1.25rem; }
.sujeto { font-size: var(--t-texto); font-weight: 600; margin: 0 0 .75rem; }
.detalle h3 { font-family: var(--letra); font-size: var(--t-nota); font-weight: 400; color: var(--gris); padding: 0; margin: .8rem 0 .15rem; }
.detalle dl { margin-top: .9rem; }
.detalle p { font-size: var(--t-rotulo); margin: 0; }
.salida { font-size: var(--t-rotulo); margin: .8rem 0 0 !important; }

.vacio { border: 1px dashed var(--linea); padding: 2.2rem 1.5rem; text-align: center; color: var(--gris);
  font-size: var(--t-texto); background: var(--papel); }
.leyenda { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; font-size: var(--t-rotulo); margin: 0; padding: 0; list-style: none; }
footer.pie { border-top: 1px solid var(--linea); margin-top: 1.5rem; padding-top: .9rem; font-size: var(--t-nota);
  color: var(--gris); display: flex; flex-wrap: wrap; justify-content: space-between; gap: .4rem 2rem; }
"""
