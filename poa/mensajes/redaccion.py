"""Qué cambió de una redacción a otra, palabra por palabra, sin contar acentos, mayúsculas ni puntuación."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from poa import formato

IGUAL, QUITA, PONE = "igual", "quita", "pone"
_CORTA = 3  # letras de una palabra que, sola entre dos cambios, no los separa: «de», «la», «y»


class Trozo(NamedTuple):
    """Palabras seguidas que siguen, que se quitan o que se ponen."""

    que: str
    texto: str


class _Palabra(NamedTuple):
    clave: str
    escrita: str


def cotejar(antes: object, despues: object) -> list[Trozo]:
    """Los trozos de `despues`, con lo que quita y pone respecto de `antes`; lo quitado va antes que lo puesto.

    Un texto sin nada que comparar (vacío o solo puntuación) no quita ni pone.
    """
    viejas, nuevas = _palabras(antes), _palabras(despues)
    trozos: list[Trozo] = []
    for igual, de, a in _bloques(viejas, nuevas):
        if igual:
            trozos.append(Trozo(IGUAL, _unir(a)))
            continue
        trozos += [Trozo(que, _unir(suyas)) for que, suyas in ((QUITA, de), (PONE, a)) if suyas]
    return trozos


def parecido(trozos: Sequence[Trozo]) -> float:
    """De 0 a 1: qué parte de las palabras de las dos redacciones es la misma. 1 si no hay palabras."""
    n = {que: sum(len(t.texto.split()) for t in trozos if t.que == que) for que in (IGUAL, QUITA, PONE)}
    total = 2 * n[IGUAL] + n[QUITA] + n[PONE]
    return 2 * n[IGUAL] / total if total else 1.0


def es_igual(trozos: Sequence[Trozo]) -> bool:
    """Cierto si nada se quita ni se pone."""
    return all(t.que == IGUAL for t in trozos)


def _palabras(texto: object) -> list[_Palabra]:
    """Cada palabra con lo que de ella se compara; un signo suelto se queda con la anterior."""
    palabras: list[_Palabra] = []
    for escrita in formato.oracion(texto, "").split():
        clave = re.sub(r"[\W_]+", "", formato.sin_acentos(escrita).casefold())
        if clave:
            palabras.append(_Palabra(clave, escrita))
        elif palabras:
            palabras[-1] = palabras[-1]._replace(escrita=f"{palabras[-1].escrita} {escrita}")
    return palabras


def _bloques(viejas: list[_Palabra], nuevas: list[_Palabra]) -> list[tuple[bool, list[_Palabra], list[_Palabra]]]:
    """(si sigue, palabras de antes, palabras de después); dos cambios que solo separa un «de la» son uno."""
    pasos = SequenceMatcher(None, [p.clave for p in viejas], [p.clave for p in nuevas], autojunk=False).get_opcodes()
    bloques: list[tuple[bool, list[_Palabra], list[_Palabra]]] = []
    for lugar, (paso, i, j, k, m) in enumerate(pasos):
        de, a = viejas[i:j], nuevas[k:m]
        entre_cambios = 0 < lugar < len(pasos) - 1 and all(len(p.clave) <= _CORTA for p in a)
        igual = paso == "equal" and not entre_cambios
        if bloques and not igual and not bloques[-1][0]:
            bloques[-1] = (False, bloques[-1][1] + de, bloques[-1][2] + a)
        else:
            bloques.append((igual, de, a))
    return bloques


def _unir(palabras: Sequence[_Palabra]) -> str:
    return " ".join(p.escrita for p in palabras)
