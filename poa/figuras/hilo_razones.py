"""Por qué se corta cada línea de un hilo: la raya entre sus piezas y la razón, a la derecha de donde se corta."""

from __future__ import annotations

from dataclasses import dataclass, replace

from poa import formato, tema
from poa.figuras import lienzo
from poa.figuras.carriles import Corte
from poa.figuras.hilo_plano import (
    DERECHA,
    FRANJA,
    FRANJA_DOBLE,
    IZQUIERDA,
    RENGLON,
    Marca,
    Plano,
    forma,
    nota,
    tinta,
)

_JUNTO_AL_HUECO = 8  # px de un corte a los años que faltan antes de él
_TRAS_RAYA, _ANTES_RAYA, _ENTRE = 4, 8, 10  # px de una raya a su texto, y entre dos textos

Lapso = tuple[float, float]


@dataclass(frozen=True)
class _Puesta:
    """La razón de un corte ya en su lugar; `completa` si está a su derecha y con su escala nueva."""

    corte: Corte
    texto: str
    lapso: Lapso
    completa: bool


def rotulos(plano: Plano, marcas: list[Marca], cortes: list[Corte]) -> tuple[list[dict], list[dict]]:
    """Las razones que caben y la raya de cada corte que parte su línea."""
    notas = [_razon(plano, p) for p in _poner(plano, marcas, cortes)]
    return notas, [_raya(plano, c) for c in _en_orden(cortes) if c.parte]


def sin_lugar(plano: Plano, marcas: list[Marca], cortes: list[Corte]) -> set[int]:
    """Los carriles con una línea partida cuya razón no cabe entera, con su escala, a la derecha del corte."""
    completas = [p.corte for p in _poner(plano, marcas, cortes) if p.completa]
    return {c.carril for c in cortes if c.parte and c.razones and c not in completas}


def _en_orden(cortes: list[Corte]) -> list[Corte]:
    """Primero lo que parte la línea; lo demás, si queda lugar, y al final los afines, que el pie explica."""
    return sorted(cortes, key=lambda c: (not c.parte, c.es_afin, c.otro is not None, c.carril, c.trimestre))


def _poner(plano: Plano, marcas: list[Marca], cortes: list[Corte]) -> list[_Puesta]:
    """Cada razón donde no tapa nada; los afines, todos con la forma más larga que cabe en todos."""
    formas = max((len(c.razones[0]) for c in cortes if c.es_afin), default=1)
    puestas: list[_Puesta] = []
    for n in range(formas):
        iguales = [replace(c, razones=(c.razones[0][n:][:1],)) if c.es_afin else c for c in cortes]
        puestas = _colocar(plano, marcas, iguales)
        if sum(p.corte.es_afin for p in puestas) == sum(c.es_afin for c in cortes):
            break
    return puestas


def _colocar(plano: Plano, marcas: list[Marca], cortes: list[Corte]) -> list[_Puesta]:
    ocupado = [_tapado(plano, marcas, cortes, n) for n in range(len(plano.carriles))]
    tras: dict[tuple[int, int], float] = {}  # dónde acaba lo ya dicho a la derecha de un corte
    puestas: list[_Puesta] = []
    dichos: set[int] = set()
    for corte in _en_orden(cortes):
        if not corte.razones or (corte.una_vez and corte.trimestre in dichos):
            continue
        x = plano.orilla(corte.trimestre)
        cual = (corte.carril, corte.trimestre)
        puesta = _a_la_derecha(plano, corte, tras.get(cual, x + _TRAS_RAYA), ocupado[corte.carril])
        if puesta:
            tras[cual] = puesta.lapso[1] + _ENTRE
        else:
            puesta = _a_la_izquierda(plano, corte, x, ocupado[corte.carril])
        if puesta:
            puestas.append(puesta)
            ocupado[corte.carril].append(puesta.lapso)
            dichos |= {corte.trimestre} if corte.una_vez else set()
    return puestas


def _a_la_derecha(plano: Plano, corte: Corte, x: float, ocupado: list[Lapso]) -> _Puesta | None:
    """La razón más larga que cabe desde `x`, con la escala nueva; si con ella ninguna, sin ella."""
    tope = _escala_nueva(plano, corte)
    for escala in dict.fromkeys((tope, "")):
        for texto in _redacciones(plano, corte, escala):
            lapso = (x, x + lienzo.medir(texto))
            if _libre(lapso, ocupado):
                return _Puesta(corte, texto, lapso, escala == tope)
    return None


def _a_la_izquierda(plano: Plano, corte: Corte, x: float, ocupado: list[Lapso]) -> _Puesta | None:
    """La razón antes del corte y de los años que faltan junto a él.

    Un plan nuevo no: se leería como el de los años de antes. La escala tampoco: es la de las barras de después.
    """
    antes = next((c.x0 for c in plano.columnas if c.texto and 0 < x - c.x1 < _JUNTO_AL_HUECO), x) - _ANTES_RAYA
    for texto in [] if corte.una_vez else _redacciones(plano, corte, ""):
        lapso = (antes - lienzo.medir(texto), antes)
        if _libre(lapso, ocupado):
            return _Puesta(corte, texto, lapso, False)
    return None


def _libre(lapso: Lapso, ocupado: list[Lapso]) -> bool:
    desde, hasta = lapso
    return desde >= IZQUIERDA and hasta <= DERECHA + 2 and all(hasta < a or desde > b for a, b in ocupado)


def _tapado(plano: Plano, marcas: list[Marca], cortes: list[Corte], n: int) -> list[Lapso]:
    """Lo que un texto del carril no puede pisar: huecos, rayas y, si no tiene franja aparte, sus barras."""
    rayas = [plano.orilla(c.trimestre) for c in cortes if c.parte and n in (c.carril, c.otro)]
    fijo = [(c.x0 - 3, c.x1 + 3) for c in plano.columnas if c.texto] + [(x - 1, x + 1) for x in rayas]
    if plano.con_franja(n):
        return fijo
    medio = plano.trimestre / 2
    suyas = [m for m in marcas if m.carril == n and m.tiene_algo]
    return fijo + [(m.x - medio, m.x + medio) for m in suyas]


def _redacciones(plano: Plano, corte: Corte, escala: str) -> list[str]:
    """Las razones juntas, de la redacción más larga a la más corta; si su carril da para dos renglones, también así."""
    formas = max(len(r) for r in corte.razones)
    juntas = ["; ".join(r[min(n, len(r) - 1)] for r in corte.razones) for n in range(formas)]
    juntas = list(dict.fromkeys([*juntas, corte.razones[0][-1]]))
    en_uno = f" ({escala})" if escala else ""
    if plano.franja[corte.carril] < FRANJA_DOBLE:
        return [texto + en_uno for texto in juntas]
    return [f for t in juntas for f in (t + en_uno, f"{t}<br>{escala}" if escala else _en_dos(t), _en_dos(t + en_uno))]


def _en_dos(texto: str) -> str:
    """El texto en dos renglones, lo más parejos que se puede."""
    palabras = texto.split(" ")
    cortes = [f"{' '.join(palabras[:n])}<br>{' '.join(palabras[n:])}" for n in range(1, len(palabras))]
    return min(cortes, key=lienzo.medir, default=texto)


def _escala_nueva(plano: Plano, corte: Corte) -> str:
    """«máx. 90», si la unidad de su carril es otra desde el corte."""
    piezas = plano.carriles[corte.carril].piezas
    for antes, despues in zip(piezas, piezas[1:], strict=False):
        es_otra = despues.desde == corte.trimestre and antes.comparable != despues.comparable
        if corte.parte and corte.otro is None and es_otra and despues.tope:
            return f"máx.{formato.ESPACIO}{formato.numero(despues.tope)}"
    return ""


def _razon(plano: Plano, puesta: _Puesta) -> dict:
    n = puesta.corte.carril
    y = plano.fondo(n) - RENGLON / 2 - 4
    if plano.con_franja(n):
        y = plano.techo(n) + (FRANJA_DOBLE if "<br>" in puesta.texto else FRANJA) / 2 - 1
    letra = tinta() if puesta.corte.parte else {"color": tema.GRIS}
    texto = "<br>".join(formato.partir(renglon, 90) for renglon in puesta.texto.split("<br>"))
    # con fondo solo si cruza la línea de un año, para no borrar la raya de junto
    desde, hasta = puesta.lapso
    fondo = {"bgcolor": tema.PAPEL} if any(desde < c.x0 < hasta + 3 for c in plano.columnas) else {}
    return nota(texto, desde, y, font=letra, name="razón", **fondo)


def _raya(plano: Plano, corte: Corte) -> dict:
    """Entre las dos piezas de un carril o, si sale de otro o llega a otro, de uno al otro."""
    x = plano.orilla(corte.trimestre)
    if corte.otro is None:
        y = (plano.techo(corte.carril), plano.piso(corte.carril))
    else:
        primero, segundo = sorted([corte.carril, corte.otro])
        y = (plano.piso(primero), plano.piso(segundo))
    return forma("line", "corte", (x, x), y, tema.TINTA, line={"color": tema.TINTA, "width": 1.5}, layer="above")
