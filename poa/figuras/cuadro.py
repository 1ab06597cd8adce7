"""Una tabla dibujada para la lámina: celdas que se parten en renglones, grupos de encabezado y estado con su icono."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import plotly.graph_objects as go

from poa import tema
from poa.figuras import letra, lienzo

LETRA = tema.ESCALA["rotulo"]
RENGLON = LETRA * letra.RENGLON
ARRIBA, ABAJO = 8, 8  # px sobre el encabezado, que va dentro del dibujo, y sobre el pie
_AIRE = 5  # px sobre y bajo el texto de un renglón
_BAJO_ENTERA = 3  # px de lo que va a todo lo ancho a las celdas de debajo
_SEPARA = 14  # px entre una columna de texto y la que sigue
_ENTRE_CIFRAS = 9  # px a la izquierda de una cifra
_CIFRA_MINIMA = 17  # px de una columna de cifras vacía, además de lo que la separa
_CIFRA_PARTIDA = 48  # px de una columna de cifras que ya no cede
_TEXTO_MINIMO, _PALABRA_MAXIMA = 40, 140  # px de una columna de texto; una palabra más larga se parte
_BAJO_TITULOS = 6  # px de los títulos al primer renglón, con su raya
_ANTES = 8  # px entre el icono de un estado y su palabra
_SOBRA = 0.5  # px, para que el redondeo no parta lo que cabe justo
_PASO = 4  # px que se reparten de una vez


class Columna(Protocol):
    """Una columna: su título, el grupo que va arriba, su parte del ancho y si es de cifras.

    `es_entera`: su texto va a todo lo ancho, sobre las demás celdas de su renglón.
    """

    titulo: str
    ancho: float
    grupo: str
    es_cifra: bool
    es_entera: bool


class Tabla(Protocol):
    """Las columnas, los renglones de texto y, si lo hay, el estado de cada renglón."""

    columnas: Sequence[Columna]
    renglones: Sequence[Sequence[str]]
    estados: Sequence[str | None]


def anchos(
    titulos: Sequence[str],
    grupos: Sequence[str],
    son_cifras: Sequence[bool],
    renglones: Sequence[Sequence[str]],
    entera: int | None = None,
) -> list[float]:
    """La parte del ancho de cada columna: a las cifras la que piden; a los textos, la que da menos renglones.

    `entera`: el lugar de la que va sobre las demás y no les quita ancho; se dice la que tendría a su lado.
    """
    celdas = [[titulo, *(renglon[c] for renglon in renglones)] for c, titulo in enumerate(titulos)]
    px = [_minimo(textos, c, son_cifras) for c, textos in enumerate(celdas)]
    for grupo in {g for g in grupos if g}:
        suyas = [c for c, g in enumerate(grupos) if g == grupo]
        falta = letra.palabra_mayor(grupo, LETRA) + _ENTRE_CIFRAS + _SOBRA - sum(px[c] for c in suyas)
        for c in suyas:
            px[c] += max(falta, 0) / len(suyas)
    _estrechar(px, [c for c, es_cifra in enumerate(son_cifras) if es_cifra], entera)
    de_texto = [c for c, es_cifra in enumerate(son_cifras) if not es_cifra]
    naturales = {c: px[c] - _pedido(celdas[c], True) + _pedido(celdas[c], False) for c in de_texto}
    if entera is not None:
        px[entera] = max(lienzo.PX - sum(p for c, p in enumerate(px) if c != entera), px[entera])
        de_texto.remove(entera)
    libre = lienzo.PX - sum(p for c, p in enumerate(px) if c != entera)
    largos = {c: [letra.medir(renglon[c], LETRA) for renglon in renglones] for c in de_texto}
    while libre > 0 and (faltan := [c for c in de_texto if px[c] < naturales[c]]):
        paso = min(_PASO, libre)
        px[max(faltan, key=lambda c: _alivio(c, px, largos))] += paso
        libre -= paso
    if entera is None and de_texto and libre > 0:
        px[max(de_texto, key=lambda c: naturales[c])] += libre
    return [p / sum(px) for p in px]


def _estrechar(px: list[float], cifras: Sequence[int], entera: int | None) -> None:
    """Si no caben todas, las columnas de cifras más anchas ceden: sus cifras se parten tras una coma."""
    sobra = sum(p for c, p in enumerate(px) if c != entera) - lienzo.PX
    while sobra > 0 and cifras and (mayor := max(px[c] for c in cifras)) > _CIFRA_PARTIDA:
        anchas = [c for c in cifras if px[c] > mayor - _PASO]
        for c in anchas:
            px[c] -= _PASO
        sobra -= _PASO * len(anchas)


def _minimo(textos: Sequence[str], c: int, son_cifras: Sequence[bool]) -> float:
    """Los px con los que ninguna cifra ni palabra de una columna se parte."""
    if son_cifras[c]:
        return _ENTRE_CIFRAS + max(_CIFRA_MINIMA, *(letra.medir(t, LETRA) for t in textos)) + _SOBRA
    tras_cifra = c > 0 and son_cifras[c - 1]
    return _SEPARA * (2 if tras_cifra else 1) + min(_pedido(textos, True), _PALABRA_MAXIMA) + _SOBRA


def _pedido(textos: Sequence[str], partidos: bool) -> float:
    """Px del texto más largo de una columna o, si van partidos, de su palabra más larga."""
    medida = _palabra if partidos else lambda t: max(letra.medir(renglon, LETRA) for renglon in t.split("\n"))
    return max(_TEXTO_MINIMO, *(medida(t) for t in textos))


def _palabra(texto: str) -> float:
    """Px de la palabra más larga; si es la de un estado, con su icono."""
    if aspecto := tema.ESTADOS.get(texto):
        return lienzo.pastilla(aspecto) + _ANTES + letra.medir(texto, LETRA)
    return letra.palabra_mayor(texto, LETRA)


def _alivio(columna: int, px: Sequence[float], largos: dict[int, list[float]]) -> float:
    """Cuánto bajan los renglones de la tabla si la columna gana un paso, donde ella es la más alta."""
    total = 0.0
    for lugar, largo in enumerate(largos[columna]):
        suyo = largo / (px[columna] - _SEPARA)
        if suyo >= max(largos[c][lugar] / (px[c] - _SEPARA) for c in largos):
            total += suyo - largo / (px[columna] - _SEPARA + _PASO)
    return total + 1e-6 * sum(largos[columna])


def alto_libre(mensaje: str, pie: str = "") -> float:
    """Px que quedan para la tabla, con su encabezado, bajo un mensaje y sobre un pie."""
    margen = lienzo.lienzo(mensaje, pie, ARRIBA, ABAJO).layout.margin
    return tema.ALTO - margen.t - margen.b


def alto(tabla: Tabla, lugares: Sequence[int] | None = None) -> float:
    """Px del encabezado y de los renglones de `lugares` (todos, si no se dicen)."""
    lugares = range(len(tabla.renglones)) if lugares is None else lugares
    return _alto_encabezado(tabla) + sum(_alto_renglon(tabla, lugar) for lugar in lugares)


def repartir(tabla: Tabla, px: float, alto_minimo: float = 0, a_lo_mas: int | None = None) -> list[list[int]]:
    """En qué láminas caben los renglones: los lugares de cada una, en el menor número y con alturas parecidas.

    Uno que no cabe ni solo va solo, y se dibuja cortado. Si hacen falta más de `a_lo_mas` láminas, se llenan esas y
    los demás renglones se quedan fuera.
    """
    altos = [max(_alto_renglon(tabla, lugar), alto_minimo) for lugar in range(len(tabla.renglones))]
    px -= _alto_encabezado(tabla)
    llenas = _llenar(altos, px)
    if a_lo_mas is not None and len(llenas) > a_lo_mas:
        return llenas[:a_lo_mas]
    bajo, alto_ = max((a for a in altos if a <= px), default=px), px
    while alto_ - bajo > 1:
        medio = (bajo + alto_) / 2
        if len(_llenar(altos, medio)) == len(llenas):
            alto_ = medio
        else:
            bajo = medio
    return _llenar(altos, alto_)


def cuantos_caben(tabla: Tabla, px: float) -> int:
    """Cuántos de los primeros renglones caben en una lámina con `px` libres; al menos uno."""
    altos = [_alto_renglon(tabla, lugar) for lugar in range(len(tabla.renglones))]
    llenas = _llenar(altos, px - _alto_encabezado(tabla))
    return len(llenas[0]) if llenas else 0


def _llenar(altos: Sequence[float], px: float) -> list[list[int]]:
    laminas: list[list[int]] = []
    ocupado = 0.0
    for lugar, este in enumerate(altos):
        if laminas and ocupado + este <= px:
            laminas[-1].append(lugar)
            ocupado += este
        else:
            laminas.append([lugar])
            ocupado = este
    return laminas


def dibujar(tabla: Tabla, mensaje: str, pie: str = "", alto_minimo: float = 0) -> go.Figure:
    """La tabla a 800 × 450, con letra de 14 px. Lo que no cabe se corta: quien la arma la reparte antes.

    `alto_minimo`: px de cada renglón, si en él se va a escribir a mano.
    """
    figura = lienzo.lienzo(mensaje, pie, ARRIBA, ABAJO)
    libre = tema.ALTO - figura.layout.margin.t - figura.layout.margin.b
    en_px(figura, libre)
    poner(figura, tabla, 0, libre, alto_minimo)
    return figura


def en_px(figura: go.Figure, alto_: float) -> None:
    """Ejes en px del dibujo, contados desde arriba a la izquierda."""
    figura.update_xaxes(visible=False, range=[0, lienzo.PX], domain=[0, 1])
    figura.update_yaxes(visible=False, range=[alto_, 0], domain=[0, 1])
    figura.add_trace({"type": "scatter", "x": [0], "y": [0], "mode": "markers", "marker": {"opacity": 0}})
    figura.data[-1].update(hoverinfo="skip", showlegend=False, name="Esquina")


def poner(figura: go.Figure, tabla: Tabla, desde: float, hasta: float, alto_minimo: float = 0) -> None:
    """La tabla entre dos alturas de una figura con ejes en px."""
    orillas = _orillas(tabla.columnas)
    notas, rayas = _encabezar(tabla.columnas, orillas, desde)
    y = desde + _alto_encabezado(tabla)
    for lugar, renglon in enumerate(tabla.renglones):
        este = min(max(_alto_renglon(tabla, lugar), alto_minimo), hasta - y)
        if este < RENGLON:
            break
        if lugar:
            rayas.append(_raya(0, lienzo.PX, y, tema.LINEA))
        caben = int((este - 2 * _AIRE + 1) // RENGLON)
        arriba = min(_renglones(tabla, lugar)[0], max(caben - 1, 1))
        for c, celda in enumerate(renglon):
            es_entera = tabla.columnas[c].es_entera
            desde_y = y + _AIRE + (0 if es_entera or not arriba else arriba * RENGLON + _BAJO_ENTERA)
            suyos = arriba if es_entera else caben - arriba
            notas += _celda(tabla, c, lugar, celda, orillas[c], desde_y, suyos)
        y += este
    rayas.append(_raya(0, lienzo.PX, y, tema.LINEA))
    figura.layout.annotations = [*figura.layout.annotations, *notas]
    figura.layout.shapes = [*figura.layout.shapes, *rayas]


def _orillas(columnas: Sequence[Columna]) -> list[tuple[float, float]]:
    """De qué px a cuál va el texto de cada columna; la entera, de orilla a orilla."""
    total = sum(c.ancho for c in columnas if not c.es_entera)
    orillas, x, tras_cifra = [], 0.0, False
    for c in columnas:
        if c.es_entera:
            orillas.append((0.0, float(lienzo.PX)))
            continue
        fin = round(min(x + c.ancho / total * lienzo.PX, lienzo.PX), 2)
        antes = _ENTRE_CIFRAS if c.es_cifra else _SEPARA if tras_cifra else 0
        orillas.append((x + antes, fin if c.es_cifra else fin - _SEPARA))
        x, tras_cifra = fin, c.es_cifra
    return orillas


def _alto_encabezado(tabla: Tabla) -> float:
    return RENGLON * _renglones_encabezado(tabla.columnas) + _BAJO_TITULOS


def _renglones_encabezado(columnas: Sequence[Columna]) -> int:
    """Los de los títulos, con los de sus grupos arriba."""
    orillas = _orillas(columnas)
    grupos = _renglones_grupo(columnas)
    altos = [
        len(_titulo(c, x)) + (grupos if c.grupo else 0)
        for c, x in zip(columnas, orillas, strict=True)
        if not c.es_entera
    ]
    return max(altos, default=1)


def _titulo(columna: Columna, orillas: tuple[float, float]) -> tuple[str, ...]:
    """El título de una columna, en los renglones que pide; el de una cifra cabe siempre en uno."""
    if columna.es_cifra:
        return (columna.titulo,)
    return letra.partir(columna.titulo, orillas[1] - orillas[0], LETRA)


def _renglones_grupo(columnas: Sequence[Columna]) -> int:
    """Cuántos renglones ocupan los títulos de los grupos; sin grupos, ninguno."""
    grupos = _grupos(columnas, _orillas(columnas))
    return max((len(letra.partir(grupo, x1 - x0, LETRA)) for grupo, x0, x1 in grupos), default=0)


def _alto_renglon(tabla: Tabla, lugar: int) -> float:
    arriba, abajo = _renglones(tabla, lugar)
    return RENGLON * (arriba + abajo) + 2 * _AIRE + (_BAJO_ENTERA if arriba else 0)


def _renglones(tabla: Tabla, lugar: int) -> tuple[int, int]:
    """Cuántos renglones ocupa lo que va a todo lo ancho y cuántos las celdas de debajo."""
    orillas = _orillas(tabla.columnas)
    altos = {True: 0, False: 0}
    for c, celda in enumerate(tabla.renglones[lugar]):
        if celda:
            cual = tabla.columnas[c].es_entera
            altos[cual] = max(altos[cual], len(_partir(tabla, c, lugar, celda, orillas[c])[0]))
    return altos[True], altos[False] or int(not altos[True])


def _estado(tabla: Tabla, lugar: int, celda: str) -> tema.Estado | None:
    """El estado que nombra la celda, si es la palabra del de su renglón."""
    suyo = tabla.estados[lugar] if lugar < len(tabla.estados) else None
    return tema.estado(celda) if suyo and celda == suyo else None


def _partir(
    tabla: Tabla, c: int, lugar: int, celda: str, orillas: tuple[float, float]
) -> tuple[tuple[str, ...], float]:
    """Los renglones de una celda y los px que su icono le quita."""
    if tabla.columnas[c].es_cifra:
        return letra.partir(celda, round(orillas[1] - orillas[0] + 1, 1), LETRA), 0
    aspecto = _estado(tabla, lugar, celda)
    quita = lienzo.pastilla(aspecto) + _ANTES if aspecto else 0
    return letra.partir(celda, round(orillas[1] - orillas[0] - quita, 1), LETRA), quita


def _celda(
    tabla: Tabla, c: int, lugar: int, celda: str, orillas: tuple[float, float], y: float, caben: int
) -> list[dict]:
    if not celda:
        return []
    renglones, quita = _partir(tabla, c, lugar, celda, orillas)
    lado = "right" if tabla.columnas[c].es_cifra else "left"
    x = orillas[1] if lado == "right" else orillas[0] + quita
    notas = [nota(letra.escribir(letra.acortar(renglones, max(caben, 1))), x, y, lado)]
    if aspecto := _estado(tabla, lugar, celda):
        notas.append(_icono(aspecto, orillas[0], y))
    return notas


def _icono(aspecto: tema.Estado, x: float, y: float) -> dict:
    return nota(aspecto.icono, x, y + 1) | {
        "width": lienzo.pastilla(aspecto),
        "bgcolor": tema.PAPEL if aspecto.trama else aspecto.color,
        "bordercolor": aspecto.borde,
        "xshift": 0,
        "align": "center",
        "font": {"size": tema.ESCALA["nota"], "color": aspecto.borde if aspecto.trama else aspecto.tinta},
        "name": "clave",
    }


def nota(texto: str, x: float, y: float, lado: str = "left", **otros: object) -> dict:
    """Un texto cuya orilla `lado` y cuyo primer renglón empiezan en (x, y), en px del dibujo."""
    corre = {"left": -lienzo.HOLGURA, "right": lienzo.HOLGURA}.get(lado, 0)
    return {
        "text": texto, "x": x, "y": y, "xref": "x", "yref": "y", "xanchor": lado, "yanchor": "top", "align": lado,
        "xshift": corre, "yshift": lienzo.HOLGURA, "showarrow": False,
        "font": {"size": LETRA, "color": tema.TINTA}, "name": "celda", **otros,
    }  # fmt: skip


def _encabezar(
    columnas: Sequence[Columna], orillas: list[tuple[float, float]], desde: float
) -> tuple[list[dict], list[dict]]:
    """Los títulos de las columnas y, arriba de las suyas, los de los grupos con su filete."""
    base = desde + RENGLON * _renglones_encabezado(columnas)
    bajo_grupos = base - RENGLON
    gris = {"font": {"size": LETRA, "color": tema.GRIS}, "name": "titulo"}
    notas, rayas = [], [_raya(0, lienzo.PX, base + 4, tema.TINTA)]
    for c, (x0, x1) in zip(columnas, orillas, strict=True):
        if c.es_entera and not _renglones_grupo(columnas):
            continue  # sin los grupos no tiene renglón donde ponerse; su texto se presenta solo
        partes = _titulo(c, (x0, x1))
        y = desde if c.es_entera else base - RENGLON * len(partes) + 1
        lado = "right" if c.es_cifra else "left"
        notas.append(nota(letra.escribir(partes), x1 if c.es_cifra else x0, y, lado, **gris))
    for grupo, x0, x1 in _grupos(columnas, orillas):
        partes = letra.partir(grupo, x1 - x0, LETRA)
        es_cifra = next(c.es_cifra for c in columnas if c.grupo == grupo)
        y = bajo_grupos - RENGLON * len(partes)
        centro = nota(letra.escribir(partes), (x0 + x1) / 2 if es_cifra else x0, y, "center" if es_cifra else "left")
        notas.append(centro | gris)
        rayas.append(_raya(x0, x1, bajo_grupos, tema.LINEA))
    return notas, rayas


def _grupos(columnas: Sequence[Columna], orillas: list[tuple[float, float]]) -> list[tuple[str, float, float]]:
    """Cada grupo con la orilla izquierda de su primera columna y la derecha de su última."""
    grupos: list[tuple[str, float, float]] = []
    for c, (x0, x1) in zip(columnas, orillas, strict=True):
        if grupos and c.grupo and grupos[-1][0] == c.grupo:
            grupos[-1] = (c.grupo, grupos[-1][1], x1)
        else:
            grupos.append((c.grupo, x0, x1))
    return [grupo for grupo in grupos if grupo[0]]


def _raya(x0: float, x1: float, y: float, color: str) -> dict:
    return {"type": "line", "xref": "x", "yref": "y", "x0": x0, "x1": x1, "y0": y, "y1": y,
            "line": {"color": color, "width": 1}}  # fmt: skip
