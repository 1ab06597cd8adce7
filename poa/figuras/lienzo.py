"""Lo que comparten las figuras: título que es el mensaje, clave de colores, pie con la fuente y la figura vacía."""

from __future__ import annotations

from collections.abc import Iterable

import plotly.graph_objects as go

from poa import formato, tema

PX = tema.ANCHO - 2 * tema.MARGEN  # los del dibujo, entre márgenes
LETRAS_TITULO = 64  # caben en 752 px a 24 px
LETRAS_PIE = 118  # caben en 752 px a 12 px
RENGLONES_MAXIMO = 15  # lo que se lee desde el fondo de la sala; lo demás se dice «y n más»
ALTO_CLAVE = 24  # px por renglón de la clave de colores
HOLGURA = 2  # px que un texto deja a su orilla; se quitan para que caiga en la del dibujo
_ALTO_TITULO = 29
_ANTES = 8  # px entre una pastilla y su palabra


def lienzo(mensaje: str, pie: str = "", arriba: int = 14, abajo: int = 56) -> go.Figure:
    """Figura en blanco con su mensaje y su pie, compuesta para 800 × 450 (PNG de 1920 × 1080).

    `arriba`: px entre el título y el dibujo; `abajo`: px bajo el dibujo, con el pie.
    """
    titulo = formato.partir(mensaje, LETRAS_TITULO, 2)
    figura = go.Figure(
        layout={
            "template": tema.plantilla(),
            "title": {"text": titulo, "y": _altura(titulo)},
            "showlegend": False,
            "margin": {"l": tema.MARGEN, "r": tema.MARGEN, "t": _bajo_titulo(titulo) + arriba, "b": abajo},
            "meta": {"mensaje": mensaje, "pie": pie},
        }
    )
    if pie:
        figura.add_annotation(
            text=formato.partir(pie, LETRAS_PIE, 2),
            xref="paper",
            yref="paper",
            x=0,
            y=0,
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            align="left",
            xshift=-HOLGURA,
            yshift=10 - abajo,
            font={"size": tema.ESCALA["nota"], "color": tema.GRIS},
            name="pie",
        )
    return figura


def dominio(izquierda: int, desde: float = 0, hasta: float = 1) -> list[float]:
    """Dominio del eje x que deja `izquierda` px de 800 para los rótulos; `desde` y `hasta` lo parten."""
    inicio = izquierda / (tema.ANCHO - 2 * tema.MARGEN)
    return [inicio + (1 - inicio) * desde, inicio + (1 - inicio) * hasta]


def _altura(titulo: str) -> float:
    """Lugar del título: con un renglón o con dos, el primero queda a la misma altura."""
    return 1 - (10 + 14 * (titulo.count("<br>") + 1)) / tema.ALTO


def _bajo_titulo(titulo: str) -> int:
    return 22 + (titulo.count("<br>") + 1) * _ALTO_TITULO


def en_px(figura: go.Figure, claves: list[str], lugares: int) -> None:
    """Ejes de una tabla dibujada: x son los px del dibujo, y los renglones `claves`, con al menos `lugares`."""
    figura.update_xaxes(visible=False, range=[0, PX], domain=[0, 1])
    figura.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=claves,
        showticklabels=False,
        showline=False,
        range=[max(len(claves), lugares) - 0.5, -0.5],
    )


def columna(
    figura: go.Figure, nombre: str, claves: list[str], textos: list[str], px: float, lado: str, gris: bool = False
) -> None:
    """Una columna de textos, uno por renglón, que acaba en `px` ('right') o ahí empieza ('left')."""
    figura.add_trace(
        go.Scatter(
            name=nombre,
            mode="text",
            x=[px] * len(claves),
            y=claves,
            text=textos,
            textposition="middle left" if lado == "right" else "middle right",
            textfont={"size": tema.ESCALA["rotulo"], "color": tema.GRIS if gris else tema.TINTA},
            hoverinfo="skip",
            cliponaxis=False,
            showlegend=False,
        )
    )


def encabezar(figura: go.Figure, titulos: Iterable[tuple[str, float, str]], alto: int = 4) -> None:
    """Los títulos de las columnas, (texto, px, lado), a `alto` px sobre el primer renglón."""
    nuevos = [
        {
            "text": texto,
            "x": px / PX,
            "xref": "paper",
            "xanchor": lado,
            "xshift": {"left": -HOLGURA, "right": HOLGURA}.get(lado, 0),
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": alto,
            "showarrow": False,
            "font": {"color": tema.GRIS},
            "name": "titulo",
        }
        for texto, px, lado in titulos
    ]
    figura.layout.annotations = [*figura.layout.annotations, *nuevos]


def repartir_clave(aspectos: Iterable[tema.Estado], ancho: int = PX) -> list[list[tuple[tema.Estado, int]]]:
    """Lo que explica la clave en renglones que caben en `ancho` px, cada cosa con su px de inicio."""
    filas: list[list[tuple[tema.Estado, int]]] = [[]]
    x = 0
    for aspecto in aspectos:
        largo = round(_pastilla(aspecto) + _ANTES + medir(aspecto.palabra))
        if x and x + largo > ancho:
            filas.append([])
            x = 0
        filas[-1].append((aspecto, x))
        x += largo + 20
    return filas


def _pastilla(aspecto: tema.Estado) -> int:
    return 6 + 11 * len(aspecto.icono)


def medir(texto: str, letra: int = tema.ESCALA["rotulo"]) -> float:
    """Px que ocupa un texto en un renglón, con letra de `letra` px."""
    return sum(_ancho(caracter) for caracter in texto) * letra / tema.ESCALA["rotulo"]


def _ancho(letra: str) -> float:
    """Px de una letra de 14 px, para acomodar una palabra tras otra."""
    if letra in "fiíjlrtI ":
        return 4
    return 12 if letra in "mMwW" else 7.8


def poner_clave(
    figura: go.Figure, clave: list[list[tuple[tema.Estado, int]]], sobre: int, entre: int = ALTO_CLAVE, desde: int = 0
) -> None:
    """Qué es cada color: su pastilla, igual que en las tablas, y su palabra; `clave`, de `repartir_clave`.

    `sobre`: px del dibujo al último renglón; `entre`: px de un renglón a otro; `desde`: px a su izquierda. El
    lugar lo abre quien llama.
    """
    notas: list[dict] = []
    for lugar, fila in enumerate(reversed(clave)):
        for aspecto, x in fila:
            comun = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "showarrow": False}
            comun |= {"yanchor": "bottom", "yshift": sobre + entre * lugar}
            pastilla = {
                "text": aspecto.icono,
                "width": _pastilla(aspecto),
                "xshift": desde + x,
                "bgcolor": tema.PAPEL if aspecto.trama else aspecto.color,
                "bordercolor": aspecto.borde,
                "borderpad": 1,
                "font": {"size": tema.ESCALA["nota"], "color": aspecto.borde if aspecto.trama else aspecto.tinta},
                "name": "clave",
            }
            palabra = {"text": aspecto.palabra, "xshift": desde + x + _pastilla(aspecto) + _ANTES, "name": "palabra"}
            notas += [comun | pastilla, comun | palabra]
    # se asignan: update_layout las compararía una por una, que tarda diez veces más
    figura.layout.annotations = [*figura.layout.annotations, *notas]


def tramo(palabra: str, **propio: object) -> go.Bar:
    """La traza de un estado en barras apiladas: su relleno y su letra; lo demás, en `propio` como en go.Bar."""
    aspecto = tema.estado(palabra)
    comun = {
        "name": tema.rotulo_estado(palabra),
        "orientation": "h",
        "marker": tema.marca_barra(palabra),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"color": tema.TINTA if aspecto.trama else aspecto.tinta, "size": tema.ESCALA["rotulo"]},
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    return go.Bar(comun | propio)


def vacia(frase: str, pie: str = "", mensaje: str = "Sin datos que mostrar") -> go.Figure:
    """La figura cuando no hay nada que dibujar: una frase completa, sin ejes."""
    figura = lienzo(mensaje, pie)
    figura.update_xaxes(visible=False)
    figura.update_yaxes(visible=False)
    figura.add_annotation(
        text=formato.partir(frase, 70),
        xref="paper",
        yref="paper",
        x=0.5,
        y=0.55,
        showarrow=False,
        font={"size": tema.ESCALA["texto"], "color": tema.GRIS},
        name="vacia",
    )
    return figura


def mensaje(figura: go.Figure) -> str:
    """El mensaje de una figura, sin cortes de renglón: es también su texto alternativo."""
    return str((figura.layout.meta or {}).get("mensaje", ""))
