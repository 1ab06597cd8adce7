"""Cuánto mide cada columna de una tabla dibujada, para que ninguna cifra se parta y los textos den pocos renglones."""

from __future__ import annotations

from collections.abc import Sequence

from poa import tema
from poa.figuras import letra, lienzo

LETRA = tema.ESCALA["rotulo"]
SEPARA = 14  # px entre una columna de texto y la que sigue
# px a la izquierda de una cifra; de la primera de un grupo que sigue a otro, al menos; y los que ella lleva de más…
ENTRE_CIFRAS, ENTRE_GRUPOS, _MAS_AIRE = 9, 14, 6
_CEDE = 0.85  # …si sin ellos los textos no bajan a esta parte de sus renglones
ANTES = 8  # px entre el icono de un estado y su palabra
_CIFRA_MINIMA = 10  # px de una columna de cifras vacía, además de lo que la separa
_CIFRA_PARTIDA = 48  # px de una columna de cifras que ya no cede
_TEXTO_MINIMO, _PALABRA_MAXIMA = 40, 140  # px de una columna de texto; una palabra más larga se parte
_SOBRA = 0.5  # px, para que el redondeo no parta lo que cabe justo
_PASO = 4  # px que se reparten de una vez


def anchos(
    titulos: Sequence[str],
    grupos: Sequence[str],
    son_cifras: Sequence[bool],
    renglones: Sequence[Sequence[str]],
    entera: int | None = None,
    px_letra: int = LETRA,
) -> list[float]:
    """La parte del ancho de cada columna: a las cifras la que piden; a los textos, todo lo demás.

    `entera`: el lugar de la que va sobre las demás y no les quita ancho; se dice la que tendría a su lado.
    `px_letra`: los px de la letra con que se escribe.
    """
    con_aire, sin_aire = (
        _repartir(titulos, grupos, son_cifras, renglones, entera, px_letra, aire) for aire in (_MAS_AIRE, 0)
    )
    de_texto = [c for c, es_cifra in enumerate(son_cifras) if not es_cifra and c != entera]
    altos = [
        sum(
            max((len(letra.partir(renglon[c], px[c] - SEPARA, px_letra)) for c in de_texto), default=1)
            for renglon in renglones
        )
        for px in (con_aire, sin_aire)
    ]
    px = sin_aire if altos[1] <= _CEDE * altos[0] else con_aire
    return [p / sum(px) for p in px]


def _repartir(
    titulos: Sequence[str],
    grupos: Sequence[str],
    son_cifras: Sequence[bool],
    renglones: Sequence[Sequence[str]],
    entera: int | None,
    px_letra: int,
    aire: int,
) -> list[float]:
    """Los px de cada columna, con `aire` px de más antes de cada grupo de cifras que sigue a otro."""
    celdas = [[titulo, *(renglon[c] for renglon in renglones)] for c, titulo in enumerate(titulos)]
    antes = separaciones(grupos, son_cifras, entera)
    px = [_minimo(textos, antes[c], son_cifras[c], px_letra) for c, textos in enumerate(celdas)]
    for grupo in {g for g in grupos if g}:
        suyas = [c for c, g in enumerate(grupos) if g == grupo]
        pide = letra.palabra_mayor(grupo, px_letra) + antes[suyas[0]] + _SOBRA
        falta = max(pide - sum(px[c] for c in suyas), 0)
        # a la primera, para que quede antes de las cifras y no entre ellas; a todas, si en una se va a anotar a mano
        reciben = suyas if any(not any(renglon[c] for renglon in renglones) for c in suyas) else suyas[:1]
        for c in reciben:
            px[c] += falta / len(reciben)
    px = [p + (aire if antes[c] == ENTRE_GRUPOS and son_cifras[c] else 0) for c, p in enumerate(px)]
    _estrechar(px, [c for c, es_cifra in enumerate(son_cifras) if es_cifra], entera)
    de_texto = [c for c, es_cifra in enumerate(son_cifras) if not es_cifra]
    naturales = {c: px[c] + _pedido(celdas[c], False, px_letra) - _pedido(celdas[c], True, px_letra) for c in de_texto}
    con_titulo = {c: px[c] + letra.medir(titulos[c], px_letra) - _pedido(celdas[c], True, px_letra) for c in de_texto}
    if entera is not None:
        px[entera] = max(lienzo.PX - sum(p for c, p in enumerate(px) if c != entera), px[entera])
        de_texto.remove(entera)
    libre = lienzo.PX - sum(p for c, p in enumerate(px) if c != entera)
    largos = {c: [letra.medir(renglon[c], px_letra) for renglon in renglones] for c in de_texto}
    for c in sorted(de_texto, key=lambda c: con_titulo[c] - px[c]):  # primero, que los títulos no se partan
        gana = max(con_titulo[c] - px[c], 0)
        if gana <= libre:
            px[c], libre = px[c] + gana, libre - gana
    while libre > 0 and (faltan := [c for c in de_texto if px[c] < naturales[c]]):
        paso = min(_PASO, libre)
        px[max(faltan, key=lambda c: _alivio(c, px, largos))] += paso
        libre -= paso
    if de_texto and libre > 0:
        px[max(de_texto, key=lambda c: naturales[c])] += libre
    return px


def separaciones(grupos: Sequence[str], son_cifras: Sequence[bool], entera: int | None = None) -> list[int]:
    """Los px a la izquierda del texto de cada columna; la entera no lleva ni separa."""
    antes, previa = [], None
    for c, es_cifra in enumerate(son_cifras):
        tras_cifra = previa is not None and son_cifras[previa]
        if c == entera:
            antes.append(0)
            continue
        if es_cifra:
            antes.append(ENTRE_GRUPOS if tras_cifra and grupos[c] != grupos[previa] else ENTRE_CIFRAS)
        else:
            antes.append(SEPARA if tras_cifra else 0)
        previa = c
    return antes


def _estrechar(px: list[float], cifras: Sequence[int], entera: int | None) -> None:
    """Si no caben todas, las columnas de cifras más anchas ceden: sus cifras se parten tras una coma."""
    sobra = sum(p for c, p in enumerate(px) if c != entera) - lienzo.PX
    while sobra > 0 and cifras and (mayor := max(px[c] for c in cifras)) > _CIFRA_PARTIDA:
        anchas = [c for c in cifras if px[c] > mayor - _PASO]
        for c in anchas:
            px[c] -= _PASO
        sobra -= _PASO * len(anchas)


def _minimo(textos: Sequence[str], antes: int, es_cifra: bool, px_letra: int) -> float:
    """Los px con los que ninguna cifra ni palabra de una columna se parte."""
    if es_cifra:
        return antes + max(_CIFRA_MINIMA, *(letra.medir(t, px_letra) for t in textos)) + _SOBRA
    return antes + SEPARA + min(_pedido(textos, True, px_letra), _PALABRA_MAXIMA) + _SOBRA


def _pedido(textos: Sequence[str], partidos: bool, px_letra: int) -> float:
    """Px del texto más largo de una columna o, si van partidos, de su palabra más larga."""
    if partidos:
        return max(_TEXTO_MINIMO, *(palabra(t, px_letra) for t in textos))
    return max(_TEXTO_MINIMO, *(letra.medir(renglon, px_letra) for t in textos for renglon in t.split("\n")))


def palabra(texto: str, px_letra: int) -> float:
    """Px de la palabra más larga; si es la de un estado, con su icono."""
    if aspecto := tema.ESTADOS.get(texto):
        return lienzo.pastilla(aspecto) + ANTES + letra.medir(texto, px_letra)
    return letra.palabra_mayor(texto, px_letra)


def _alivio(columna: int, px: Sequence[float], largos: dict[int, list[float]]) -> float:
    """Cuánto bajan los renglones de la tabla si la columna gana un paso, donde ella es la más alta."""
    total = 0.0
    for lugar, largo in enumerate(largos[columna]):
        suyo = largo / (px[columna] - SEPARA)
        if suyo >= max(largos[c][lugar] / (px[c] - SEPARA) for c in largos):
            total += suyo - largo / (px[columna] - SEPARA + _PASO)
    return total + 1e-6 * sum(largos[columna])
