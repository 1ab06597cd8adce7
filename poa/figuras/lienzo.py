"""Lo que comparten las figuras: título que es el mensaje, subtítulo, clave de colores, pie y la figura vacía."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape

import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import letra as letras

PX = tema.ANCHO - 2 * tema.MARGEN  # los del dibujo, entre márgenes
RENGLONES_MAXIMO = 15  # lo que se lee desde el fondo de la sala; lo demás se dice «y n más»
ALTO_RENGLON = 16  # px de un renglón de rótulos que no se toca con el siguiente
ALTO_DOS_RENGLONES = 34  # px de un renglón en que caben dos de letra
_CON_DOS_RENGLONES = 8  # con más renglones que estos, su nombre va en uno
ALTO_CLAVE = 24  # px por renglón de la clave de colores
HOLGURA = 2  # px que un texto deja a su orilla; se quitan para que caiga en la del dibujo
_NEGRITA = 1.08  # lo que la negrita mide de más
_ORILLA = 9  # px sobre el título y bajo el pie
_ALTO_SUBTITULO = 19  # px del renglón del subtítulo y el aire que lo separa de lo demás
_RENGLONES_TITULO, _RENGLONES_PIE = 2, 3
_SEGUNDO_MINIMO = 0.35  # la parte del ancho que llena el segundo renglón de un título
_SIN_DECIMALES, _EN_MILLONES = 10_000, 1_000_000  # desde qué cifra se abrevia así la que no cabe
_ANTES = 8  # px entre una pastilla y su palabra
_ORILLA_PASTILLA, _ALTO_PASTILLA = 4, 17  # px que su borde agrega al ancho de una pastilla, y lo que mide de alto
_ENTRE_RAYAS = 6  # px entre las de su trama
_ANTES_CODIGO = 16  # px entre el pie y el código, si van en el mismo renglón
_CODIGO_LARGO = "Vista: dep/25T4/servicios_medicos/m/t/u70-85-115-220/c6-20_6-20.1"
_NOTA = tema.ESCALA["nota"]
_RENGLON_PIE = letras.RENGLON * _NOTA
_GRIS_DE_NOTA = {"size": _NOTA, "color": tema.GRIS}


def lienzo(mensaje: str, pie: str = "", arriba: int = 14, abajo: int = 12) -> go.Figure:
    """Figura en blanco con su mensaje y su pie, compuesta para 800 × 450 (PNG de 1920 × 1080).

    `arriba`: px entre el subtítulo y el dibujo; `abajo`: px entre el dibujo y el pie. El lugar del subtítulo y el del
    código que pone `rotular` quedan apartados.
    """
    titulo = _titular(mensaje)
    escrito = _partir_pie(pie)
    margen = {"l": tema.MARGEN, "r": tema.MARGEN, "t": _bajo_titulo(titulo) + arriba, "b": abajo + _alto_pie(escrito)}
    figura = go.Figure(
        layout={
            "template": tema.plantilla(),
            "title": {"text": titulo, "y": _altura(titulo)},
            "showlegend": False,
            "margin": margen,
            "meta": {"mensaje": mensaje, "pie": pie},
        }
    )
    if pie:
        figura.layout.annotations = [_al_pie(figura, escrito, "left") | {"align": "left", "name": "pie"}]
    return figura


def alto(mensaje: str, pie: str, arriba: int, abajo: int) -> float:
    """Los px que le quedan al dibujo de un `lienzo` con eso."""
    return tema.ALTO - _bajo_titulo(_titular(mensaje)) - arriba - abajo - _alto_pie(_partir_pie(pie))


def alto_de(figura: go.Figure) -> float:
    """Los px del dibujo de una figura."""
    return tema.ALTO - figura.layout.margin.t - figura.layout.margin.b


def caben(hay: int, alto_con: Callable[[int], float]) -> int:
    """Cuántos de `hay` renglones se dibujan: hasta 15, mientras su letra no se toque.

    `alto_con`: los px del dibujo con tantos renglones, que la clave y el pie cambian con ellos.
    """
    n = min(hay, RENGLONES_MAXIMO)
    while n > 1 and n * ALTO_RENGLON > alto_con(n):
        n -= 1
    return n


def renglones_de_nombre(figura: go.Figure, cuantos: int, lugares: int = 0) -> int:
    """En cuántos renglones puede ir el nombre de cada uno de `cuantos`, con al menos `lugares`: dos si son pocos."""
    px = alto_de(figura) / max(cuantos, lugares)
    return 2 if cuantos <= _CON_DOS_RENGLONES and px >= ALTO_DOS_RENGLONES else 1


def rotular(figura: go.Figure, subtitulo: str, codigo: str) -> go.Figure:
    """La misma figura con el subtítulo (los filtros activos) bajo el título y el código de la vista en el pie.

    Se llama sobre la figura ya hecha, en cualquier momento: su lugar lo aparta `lienzo`. El subtítulo que no cabe en su
    renglón acaba en «…»; el código va completo, junto al pie o, si ahí no cabe, en un renglón propio.
    """
    propias = ("subtitulo", "codigo")
    notas = [n for n in figura.layout.annotations if n.name not in propias]
    vista = f"Vista: {codigo}"
    for nota in notas:
        if nota.name == "pie":
            nota.yshift = _al_pie(figura)["yshift"] + (0 if _cabe_junto(nota.text, vista) else _RENGLON_PIE)
    del_titulo = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "showarrow": False, "name": "subtitulo"}
    del_titulo |= {"xanchor": "left", "yanchor": "top", "xshift": -HOLGURA}
    baja = figura.layout.margin.t - _fin_titulo(figura.layout.title.text)
    del_titulo |= {"yshift": baja, "font": {"size": tema.ESCALA["rotulo"], "color": tema.GRIS}}
    notas.append(del_titulo | {"text": ajustar(subtitulo, PX)})
    notas.append(_al_pie(figura, formato.partir(vista, len(vista)), "right") | {"name": "codigo"})
    figura.layout.annotations = notas
    figura.layout.meta = {**figura.layout.meta, "subtitulo": subtitulo, "codigo": codigo}
    return figura


def medir(texto: str, letra: float = tema.ESCALA["rotulo"], negrita: bool = False) -> float:
    """Px que ocupa un texto con letra de `letra` px; sus marcas no cuentan y, si va en renglones, es el mayor.

    `negrita`: si todo él va en negritas.
    """
    ancho = max(letras.medir(unescape(re.sub(r"<[^>]*>", "", r)), letra) for r in texto.split("<br>"))
    return ancho * (_NEGRITA if negrita else 1)


def ajustar(
    texto: str, px: float, renglones: int = 1, letra: float = tema.ESCALA["rotulo"], negrita: bool = False
) -> str:
    """El texto en a lo más `renglones` de `px`, listo para una figura; lo que no cabe acaba en «…»."""
    px /= _NEGRITA if negrita else 1
    filas = letras.partir(_con_su_signo(texto), px, letra)
    if len(filas) <= renglones:
        return letras.escribir(filas)
    *antes, ultima = filas[:renglones]
    largos = range(len(ultima) + 1, 1, -1)
    cortas = (formato.recortar(f"{ultima} y lo demás", largo) for largo in largos)
    return letras.escribir((*antes, next((c for c in cortas if letras.medir(c, letra) <= px), "…")))


def cifra(valor: float | None, px: float, con_signo: bool = False) -> str:
    """Una cifra como cabe en `px`: completa o, si es grande, sin decimales o en millones; un hueco, su raya."""
    escribir = formato.con_signo if con_signo else formato.numero
    formas = [escribir(valor)]
    if not formato.es_blanco(valor) and abs(valor) >= _SIN_DECIMALES:
        formas.append(escribir(round(valor)))
        if abs(valor) >= _EN_MILLONES:
            formas.append(("+" if con_signo and valor > 0 else "") + formato.millones(valor))
    return next((f for f in formas if medir(f, negrita=True) <= px), formas[-1])


def _titular(mensaje: str) -> str:
    letra = tema.ESCALA["grafica"]
    filas = letras.equilibrar(_con_su_signo(mensaje), PX, letra, _SEGUNDO_MINIMO)
    return letras.escribir(filas) if len(filas) == 2 else ajustar(mensaje, PX, _RENGLONES_TITULO, letra)


def _con_su_signo(texto: str) -> str:
    """El texto con cada cifra unida a su «%»."""
    return texto.replace(" %", f"{formato.ESPACIO}%")


def _altura(titulo: str) -> float:
    """Lugar del título: con un renglón o con dos, el primero queda a la misma altura."""
    medio_renglon = 0.7 * tema.ESCALA["grafica"]  # Plotly centra el bloque en su primer renglón
    return 1 - (_ORILLA + 5 + medio_renglon * titulo.count("<br>")) / tema.ALTO


def _fin_titulo(titulo: str) -> int:
    """Los px de la orilla de la figura a donde empieza el subtítulo."""
    return round(_ORILLA + (titulo.count("<br>") + 1) * letras.RENGLON * tema.ESCALA["grafica"]) - 1


def _bajo_titulo(titulo: str) -> int:
    return _fin_titulo(titulo) + _ALTO_SUBTITULO


def _partir_pie(pie: str) -> str:
    """El pie en renglones que acaban entre dos de sus partes, si así no ocupa más."""
    pie = re.sub(r"(\w) (\d[\d.,]*–\d)", rf"\1{formato.ESPACIO}\2", pie)  # el nombre de la banda, con sus cifras
    if not pie:
        return ""
    de_corrido = ajustar(pie, PX, _RENGLONES_PIE, _NOTA)
    if "<br>" not in de_corrido:
        return de_corrido
    por_partes = ajustar(_saltar(pie), PX, _RENGLONES_PIE + 1, _NOTA)
    return por_partes if _alto_pie(por_partes) <= _alto_pie(de_corrido) else de_corrido


def _saltar(pie: str) -> str:
    """El pie con un salto antes de cada parte («… · », «… . ») que no cabe en el renglón de la anterior."""
    dicho = ultimo = ""
    for parte in re.split(r"(?<= ·) |(?<=\.) ", pie):
        junto = f"{ultimo} {parte}" if ultimo else parte
        if ultimo and letras.medir(junto, _NOTA) > PX:
            dicho, ultimo = f"{dicho}{ultimo}\n", parte
        else:
            ultimo = junto
    return dicho + ultimo


def _alto_pie(escrito: str) -> int:
    """Los px del pie y su orilla, con el renglón del código si el más largo no cabe junto a él."""
    renglones = escrito.count("<br>") + 1 + (0 if _cabe_junto(escrito, _CODIGO_LARGO) else 1)
    return round(_ORILLA + renglones * _RENGLON_PIE)


def _cabe_junto(escrito: str, vista: str) -> bool:
    """Si el código cabe a la derecha del último renglón del pie."""
    return medir(escrito.split("<br>")[-1], _NOTA) + _ANTES_CODIGO + medir(vista, _NOTA) <= PX


def _al_pie(figura: go.Figure, texto: str = "", lado: str = "left") -> dict:
    """Un texto en el último renglón de la figura."""
    return {
        "text": texto,
        "xref": "paper",
        "yref": "paper",
        "x": 0 if lado == "left" else 1,
        "y": 0,
        "showarrow": False,
        "xanchor": lado,
        "yanchor": "bottom",
        "xshift": -HOLGURA if lado == "left" else HOLGURA,
        "yshift": _ORILLA - 3 - figura.layout.margin.b,
        "font": _GRIS_DE_NOTA,
    }


def dominio(izquierda: int, desde: float = 0, hasta: float = 1) -> list[float]:
    """Dominio del eje x que deja `izquierda` px de 800 para los rótulos; `desde` y `hasta` lo parten."""
    inicio = izquierda / (tema.ANCHO - 2 * tema.MARGEN)
    return [inicio + (1 - inicio) * desde, inicio + (1 - inicio) * hasta]


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
    figura: go.Figure,
    nombre: str,
    claves: list[str],
    textos: list[str],
    px: float | list[float],
    lado: str,
    gris: bool = False,
) -> None:
    """Una columna de textos, uno por renglón, que acaba en `px` ('right') o ahí empieza ('left').

    `px`: el mismo para todos o uno por renglón.
    """
    figura.add_trace(
        go.Scatter(
            name=nombre,
            mode="text",
            x=px if isinstance(px, list) else [px] * len(claves),
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
        largo = round(pastilla(aspecto) + _ANTES + medir(aspecto.palabra))
        if x and x + largo > ancho:
            filas.append([])
            x = 0
        filas[-1].append((aspecto, x))
        x += largo + 20
    return filas


def pastilla(aspecto: tema.Estado) -> int:
    """Px de la pastilla de color con el icono de un estado."""
    return 6 + 11 * len(aspecto.icono)


def poner_clave(
    figura: go.Figure, clave: list[list[tuple[tema.Estado, int]]], sobre: int, entre: int = ALTO_CLAVE, desde: int = 0
) -> None:
    """Qué es cada color: su pastilla, igual que en las tablas, y su palabra; `clave`, de `repartir_clave`.

    `sobre`: px del dibujo al último renglón; `entre`: px de un renglón a otro; `desde`: px a su izquierda. El
    lugar lo abre quien llama.
    """
    notas: list[dict] = []
    tramas: list[dict] = []
    for lugar, fila in enumerate(reversed(clave)):
        for aspecto, x in fila:
            comun = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "showarrow": False}
            comun |= {"yanchor": "bottom", "yshift": sobre + entre * lugar}
            marca = {
                "text": aspecto.icono,
                "width": pastilla(aspecto),
                "xshift": desde + x,
                "bgcolor": "rgba(0,0,0,0)" if aspecto.trama else aspecto.color,
                "bordercolor": aspecto.borde,
                "borderpad": 1,
                "font": {"size": tema.ESCALA["nota"], "color": aspecto.borde if aspecto.trama else aspecto.tinta},
                "name": "clave",
            }
            palabra = {"text": aspecto.palabra, "xshift": desde + x + pastilla(aspecto) + _ANTES, "name": "palabra"}
            notas += [comun | marca, comun | palabra]
            if aspecto.trama:
                tramas += _trama(aspecto, desde + x, comun["yshift"])
    # se asignan: update_layout las compararía una por una, que tarda diez veces más
    figura.layout.annotations = [*figura.layout.annotations, *notas]
    figura.layout.shapes = [*figura.layout.shapes, *tramas]


def _trama(aspecto: tema.Estado, x: float, y: float) -> list[dict]:
    """Las rayas de una pastilla de la clave, inclinadas como las de sus barras; (x, y): su esquina de abajo."""
    ancho, alto = pastilla(aspecto) + _ORILLA_PASTILLA, _ALTO_PASTILLA
    comun = {"type": "line", "xref": "paper", "yref": "paper", "xanchor": 0, "yanchor": 1, "name": "trama"}
    comun |= {"xsizemode": "pixel", "ysizemode": "pixel", "line": {"color": aspecto.borde, "width": 0.6}}
    rayas = []
    for corre in range(-alto + _ENTRE_RAYAS, ancho, _ENTRE_RAYAS):
        x0, x1 = max(corre, 0), min(corre + alto, ancho)  # a 45° desde (corre, 0), sin salirse de la pastilla
        y0, y1 = x0 - corre, x1 - corre
        if aspecto.trama == "\\":
            y0, y1 = alto - y0, alto - y1
        rayas.append(comun | {"x0": x + x0, "x1": x + x1, "y0": y + y0, "y1": y + y1})
    return rayas


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
