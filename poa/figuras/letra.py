"""Cuánto mide un texto en la letra de las figuras y en qué renglones se parte para caber en un ancho."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from poa import formato

RENGLON = 1.3  # alto de un renglón, en veces su letra: el de Plotly
# Milésimas de la letra que ocupa cada carácter en Arial; los demás, como una minúscula.
_MINUSCULA = 556
_CARACTERES = {
    "ijlíìï'|": 222,
    "ftI.,:;/!·()[]-": 300,
    " \u00a0": 278,
    "r": 333,
    "cksvxyzJç•": 500,
    "ABEKPSVXYÁÉ": 667,
    "FTZL": 611,
    "CDHNRUwÚÑ": 722,
    "GOQÓ": 778,
    "mM": 833,
    "%": 889,
    "W": 944,
    "…—→▼▲": 1000,
    "+=<>×÷−": 584,
    formato.UNION: 0,
}
_MILESIMAS = {letra: ancho for letras, ancho in _CARACTERES.items() for letra in letras}
_CIERRAN = tuple(",;:.)%»…")  # tras ellos bien puede acabar un renglón
_CORTA = 2  # letras de una palabra que va con la siguiente; y las de tres o más que también
_ENLACES = frozenset(("con", "del", "las", "los", "para", "por", "que", "sin", "son", "sus", "una"))
_CORTAN = "/-_,;.)"  # después de ellos se parte una palabra que no cabe entera


@lru_cache(maxsize=20_000)
def medir(texto: str, letra: int) -> float:
    """Px de un texto en un renglón, con letra de `letra` px."""
    return sum(_MILESIMAS.get(caracter, _MINUSCULA) for caracter in texto) * letra / 1000


@lru_cache(maxsize=20_000)
def partir(texto: str, ancho: float, letra: int) -> tuple[str, ...]:
    """Los renglones de un texto que caben en `ancho` px; respeta sus saltos («\\n») y parte lo que no cabe entero."""
    renglones: list[str] = []
    for parrafo in texto.split("\n"):
        actual = ""
        for palabra in parrafo.split(" "):
            junto = f"{actual} {palabra}" if actual else palabra
            if medir(junto, letra) <= ancho:
                actual = junto
                continue
            if actual:
                renglones.append(actual)
            *completos, actual = _pedazos(palabra, ancho, letra)
            renglones += completos
        renglones.append(actual)
    return tuple(renglones)


def _pedazos(palabra: str, ancho: float, letra: int) -> list[str]:
    """Una palabra en pedazos que caben; se corta tras un signo si lo hay en su última mitad."""
    pedazos: list[str] = []
    while medir(palabra, letra) > ancho and len(palabra) > 1:
        caben = next(n for n in range(len(palabra), 0, -1) if n == 1 or medir(palabra[:n], letra) <= ancho)
        signo = max(palabra.rfind(c, caben // 2, caben) for c in _CORTAN) + 1
        hasta = signo or caben
        pedazos.append(palabra[:hasta])
        palabra = palabra[hasta:]
    return [*pedazos, palabra]


def en_renglones(texto: str, cuantos: int, letra: int) -> tuple[str, ...]:
    """El texto en a lo más `cuantos` renglones, los más angostos que se puede sin partir una palabra."""
    ancho = palabra_mayor(texto, letra) + 0.1  # para que el redondeo no parta lo que cabe justo
    while len(partidas := partir(texto, ancho, letra)) > cuantos:
        ancho += 1
    return partidas


def equilibrar(texto: str, ancho: float, letra: int, minimo: float) -> tuple[str, ...]:
    """Los renglones de `partir`; si son dos, el segundo baja del primero lo que le falta para no quedar corto.

    Y el primero no acaba a medias («y», «6», «a», un paréntesis). `minimo`: la parte de `ancho` que llena al menos el
    segundo; las dos cosas, si las palabras lo permiten.
    """
    renglones = partir(texto, ancho, letra)
    if len(renglones) != 2 or "\n" in texto:
        return renglones
    palabras = texto.split(" ")
    cortes = range(len(renglones[0].split(" ")), 0, -1)
    partidas = [(" ".join(palabras[:hasta]), " ".join(palabras[hasta:])) for hasta in cortes]
    caben = [partida for partida in partidas if medir(partida[1], letra) <= ancho]
    largas = [partida for partida in caben if medir(partida[1], letra) >= minimo * ancho]
    bien = [partida for partida in largas if not _queda_a_medias(partida[0])]
    return next(iter(bien or largas), caben[-1] if caben else renglones)


def _queda_a_medias(renglon: str) -> bool:
    """Si deja un paréntesis sin cerrar, o acaba en una cifra o en una palabra corta que no cierra una frase."""
    palabra = renglon.rsplit(" ", 1)[-1]
    va_con_la_siguiente = len(palabra) <= _CORTA or palabra in _ENLACES or palabra[:1].isdigit()
    return renglon.count("(") > renglon.count(")") or (palabra[-1:] not in _CIERRAN and va_con_la_siguiente)


def palabra_mayor(texto: str, letra: int) -> float:
    """Px de su palabra más larga."""
    return max((medir(palabra, letra) for palabra in texto.split()), default=0.0)


def acortar(renglones: tuple[str, ...], cuantos: int) -> tuple[str, ...]:
    """Los primeros `cuantos` renglones; si sobran, el último acaba en «…»."""
    if len(renglones) <= cuantos:
        return renglones
    *antes, ultimo = renglones[: max(cuantos, 1)]
    return (*antes, ultimo[:-1].rstrip(" ,.;:") + "…")


def escribir(renglones: tuple[str, ...]) -> str:
    """Los renglones como los quiere una figura: lo que parece marca se lee como está escrito."""
    return "<br>".join(escape(renglon, quote=False) for renglon in renglones)
