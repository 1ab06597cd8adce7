"""Cómo se acomoda un hilo para dibujarlo: años en columnas, líneas en carriles y las razones de cada corte.

Aquí no se dibuja nada. Un trimestre se nombra por su lugar, `ejercicio × 4 + trimestre − 1`: crece con el
tiempo y dos seguidos se llevan uno.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from poa import formato

_HUECO, _ENTRE = 26, 6  # px de los años que faltan y entre un año y el siguiente
_SIEMPRE = 40_000  # después de cualquier trimestre
_SIN_CONFIRMAR = "sin confirmar"
_PLAN_NUEVO = ("nuevo plan municipal", "nuevo PMD")

Fila = Mapping[str, Any]
Pares = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Columna:
    """Un año con sus cuatro trimestres o, con `texto`, un hueco de uno o más años; x en px del dibujo."""

    desde: int
    hasta: int
    x0: float
    x1: float
    texto: str = ""

    def orilla(self, trimestre: int) -> float:
        """Dónde empieza un trimestre (1–4) de este año."""
        return self.x0 + (trimestre - 1) * (self.x1 - self.x0) / 4

    def centro(self, trimestre: int) -> float:
        return self.x0 + (trimestre - 0.5) * (self.x1 - self.x0) / 4


@dataclass(frozen=True)
class Pieza:
    """Lo que un carril dibuja con una sola escala: un tramo, desde un trimestre y hasta antes de otro."""

    tramo: str
    desde: int
    hasta: int
    comparable: str
    unidad: str
    tope: float


@dataclass(frozen=True)
class Corte:
    """Dónde se corta una línea (o se separa de otra, o se junta con ella) y por qué, de lo principal a lo demás."""

    carril: int
    trimestre: int
    razones: tuple[tuple[str, ...], ...]  # cada una, de la más larga a la más corta
    otro: int | None = None  # el carril del que sale o al que llega; None si sigue en el suyo
    parte: bool = True  # falso: la línea sigue, solo se señala
    una_vez: bool = False  # basta decirlo en uno de los carriles que lo cruzan
    es_afin: bool = False  # donde empieza un afín; todos se dicen con la misma forma


@dataclass(frozen=True)
class Carril:
    """Una línea en el tiempo: piezas seguidas, de la más antigua a la última."""

    piezas: tuple[Pieza, ...]
    es_afin: bool
    eslabones: tuple[Fila, ...]

    @property
    def dependencia(self) -> str:
        return " → ".join(_sin_repetir(formato.texto(e["dependencia_corta"]) for e in self.eslabones))

    @property
    def claves(self) -> list[str]:
        return _sin_repetir(formato.texto(e["clave"]) for e in self.eslabones)

    def pieza(self, tramo: str) -> Pieza | None:
        return next((p for p in self.piezas if p.tramo == tramo), None)


def lugar(ejercicio: Any, trimestre: Any) -> int:
    return int(ejercicio) * 4 + int(trimestre) - 1


def columnas(ejercicios: Collection[int], faltan: Mapping[int, str], x0: float, x1: float) -> list[Columna]:
    """Los años, de izquierda a derecha, entre `x0` y `x1` px; los que faltan, juntos en una columna angosta.

    `faltan`: por qué no está en los años de en medio; sin saberlo, solo se dice que no aparece en ellos.
    """
    presentes = {int(e) for e in ejercicios}
    grupos: list[tuple[int, int, str]] = []
    for anio in range(min(presentes), max(presentes) + 1):
        motivo = "" if anio in presentes else faltan.get(anio, "no aparece")
        if motivo and grupos and grupos[-1][2] == motivo:
            grupos[-1] = (grupos[-1][0], anio, motivo)
        else:
            grupos.append((anio, anio, motivo))
    huecos = sum(1 for g in grupos if g[2])
    ancho = (x1 - x0 - huecos * _HUECO - _ENTRE * (len(grupos) - 1)) / len(presentes)
    hechas, x = [], x0
    for desde, hasta, motivo in grupos:
        fin = x + (_HUECO if motivo else ancho)
        lapso = f"{desde}–{hasta}" if hasta > desde else str(desde)
        hechas.append(Columna(desde, hasta, x, fin, f"{lapso} {motivo}" if motivo else ""))
        x = fin + _ENTRE
    return hechas


def acomodar(
    eslabones: pd.DataFrame, trimestres: pd.DataFrame, enlaces: pd.DataFrame
) -> tuple[list[Carril], list[Corte]]:
    """Los carriles de un hilo, en el orden en que se dibujan, y todos sus cortes.

    Entran las tres consultas del hilo. Comparten carril los tramos que se suceden por un enlace que no es
    «afín»; los que conviven (división, fusión) llevan uno cada uno. Primero el del eslabón más antiguo con
    los que salen de él o llegan a él; después, por su inicio, los afines.
    """
    filas = eslabones.to_dict("records")
    tramo_de = {e["eslabon"]: e["tramo"] for e in filas}
    tramos = list(dict.fromkeys(e["tramo"] for e in filas))
    cifras = trimestres.to_dict("records")
    vida = _vida(filas, cifras, tramo_de)
    llegada = _vida(filas, cifras, {e: e for e in tramo_de})
    pares = _pares(enlaces.to_dict("records"), filas, tramo_de, llegada)
    cadenas = _encadenar(tramos, pares, vida)
    familia = _familias(tramos, pares)
    orden = {t: n for n, t in enumerate(tramos)}
    cadenas.sort(key=lambda c: (orden[familia[c[0]]], orden[c[0]]))
    topes = _topes(filas, trimestres, tramo_de, vida)
    hechos = [
        Carril(
            tuple(_piezas(c, filas, pares, vida, topes)),
            familia[c[0]] != tramos[0],
            tuple(e for e in filas if e["tramo"] in c),
        )
        for c in cadenas
    ]
    return hechos, _cortes(hechos, pares, enlaces.to_dict("records"), tramo_de, vida)


def elegir(carriles: list[Carril], trimestres: pd.DataFrame, maximo: int) -> list[int]:
    """Los que se dibujan si no caben todos: el primero y los de más trimestres con cifra, sin cambiar de orden."""
    con_cifra = (trimestres["programado"] > 0) | (trimestres["alcanzado"] > 0)
    n = trimestres[con_cifra].groupby("tramo").size()
    peso = [sum(int(n.get(p.tramo, 0)) for p in c.piezas) for c in carriles]
    otros = sorted(range(1, len(carriles)), key=lambda i: (-peso[i], i))
    return sorted([0, *otros[: maximo - 1]])


def _vida(filas: list[Fila], trimestres: list[Fila], grupo_de: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Primer y último trimestre de cada grupo: los que tienen algo en vigor; sin ninguno, los de sus años."""
    vistos: dict[str, list[int]] = {}
    for t in trimestres:
        if t["en_vigor"] and (_positivo(t["programado"]) or _positivo(t["alcanzado"])):
            vistos.setdefault(grupo_de[t["eslabon"]], []).append(lugar(t["ejercicio"], t["trimestre"]))
    for grupo in set(grupo_de.values()) - set(vistos):
        anios = [int(e["ejercicio"]) for e in filas if grupo_de[e["eslabon"]] == grupo]
        vistos[grupo] = [lugar(min(anios), 1), lugar(max(anios), 4)]
    return {grupo: (min(lugares), max(lugares)) for grupo, lugares in vistos.items()}


def _pares(
    enlaces: list[Fila],
    filas: list[Fila],
    tramo_de: Mapping[str, str],
    llegada: Mapping[str, tuple[int, int]],
) -> Pares:
    """Los tramos que un enlace no afín pone uno tras otro, y en qué trimestre llega el primero al segundo.

    Van antes los de la misma unidad y la misma clave. Se puede llegar a un tramo que ya venía de otro año.
    """
    clave = {e["eslabon"]: e["clave"] for e in filas}
    orden = {e["eslabon"]: n for n, e in enumerate(filas)}
    propios = [
        n
        for n in enlaces
        if n["relacion"] != "afin"
        and n["origen"] in tramo_de
        and n["destino"] in tramo_de
        and tramo_de[n["origen"]] != tramo_de[n["destino"]]
    ]
    propios.sort(
        key=lambda n: (
            not n["misma_unidad"],
            clave[n["origen"]] != clave[n["destino"]],
            orden[n["origen"]],
            orden[n["destino"]],
        )
    )
    pares: Pares = {}
    for n in propios:
        par, cuando = (tramo_de[n["origen"]], tramo_de[n["destino"]]), llegada[n["destino"]][0]
        pares[par] = min(pares.get(par, cuando), cuando)
    return pares


def _encadenar(tramos: list[str], pares: Pares, vida: Mapping[str, tuple[int, int]]) -> list[list[str]]:
    """Las cadenas de tramos que no coinciden en el tiempo: cada tramo sigue a lo más a uno."""
    sigue: dict[str, str] = {}
    for antes, despues in pares:
        if antes not in sigue and despues not in sigue.values() and vida[antes][1] < vida[despues][0]:
            sigue[antes] = despues
    cadenas = []
    for tramo in tramos:
        if tramo in sigue.values():
            continue
        cadena = [tramo]
        while cadena[-1] in sigue:
            cadena.append(sigue[cadena[-1]])
        cadenas.append(cadena)
    return cadenas


def _familias(tramos: list[str], pares: Pares) -> dict[str, str]:
    """El primer tramo de cada grupo unido por enlaces que no son afines."""
    familia = {t: t for t in tramos}
    orden = {t: n for n, t in enumerate(tramos)}
    for antes, despues in pares:
        una, otra = familia[antes], familia[despues]
        primera = min(una, otra, key=lambda t: orden[t])
        familia = {t: primera if f in (una, otra) else f for t, f in familia.items()}
    return familia


def _topes(
    filas: list[Fila], trimestres: pd.DataFrame, tramo_de: Mapping[str, str], vida: Mapping[str, tuple[int, int]]
) -> dict[str, float]:
    """La cifra mayor que dibuja cada tramo, en su unidad."""
    mayor = trimestres[["programado", "alcanzado"]].max(axis=1)
    por_tramo = mayor.groupby(trimestres["eslabon"].map(tramo_de)).max()
    return {t: float(por_tramo.get(t, 0)) if por_tramo.get(t, 0) > 0 else 0.0 for t in vida}


def _piezas(
    cadena: list[str],
    filas: list[Fila],
    pares: Pares,
    vida: Mapping[str, tuple[int, int]],
    topes: Mapping[str, float],
) -> list[Pieza]:
    """Cada tramo desde que sale de otro hasta que otro lo sigue; los seguidos de la misma unidad comparten escala."""
    unidad = {t: _unidad(filas, t) for t in cadena}
    grupos: list[list[str]] = []
    for tramo in cadena:
        if grupos and unidad[grupos[-1][0]][0] == unidad[tramo][0]:
            grupos[-1].append(tramo)
        else:
            grupos.append([tramo])
    tope = {t: max(topes[u] for u in grupo) for grupo in grupos for t in grupo}
    # fuera de ese lapso el documento solo repite ceros de un compromiso que aún no existe o que ya es otro
    inicio = vida[cadena[0]][0]
    viene = any(d == cadena[0] and cuando == inicio > vida[a][1] for (a, d), cuando in pares.items())
    siguientes = [cuando for (a, _), cuando in pares.items() if a == cadena[-1] and cuando > vida[a][1]]
    inicios = [inicio if viene else 0, *(vida[t][0] for t in cadena[1:]), min(siguientes, default=_SIEMPRE)]
    return [
        Pieza(t, desde, hasta, *unidad[t], tope[t])
        for t, desde, hasta in zip(cadena, inicios, inicios[1:], strict=False)
    ]


def _unidad(filas: list[Fila], tramo: str) -> tuple[str, str]:
    """La unidad de un tramo, como se compara y como se lee: la de su último eslabón."""
    ultimo = [e for e in filas if e["tramo"] == tramo][-1]
    return formato.texto(ultimo["unidad_comparable"], ""), formato.unidad(ultimo["unidad_medida"])


def _cortes(
    carriles: list[Carril],
    pares: Pares,
    enlaces: list[Fila],
    tramo_de: Mapping[str, str],
    vida: Mapping[str, tuple[int, int]],
) -> list[Corte]:
    """Dónde se parte cada línea, de cuál sale o a cuál llega, dónde empieza un afín y dónde cambió el plan."""
    carril_de = {p.tramo: n for n, c in enumerate(carriles) for p in c.piezas}
    cortes = []
    for (antes, despues), cuando in pares.items():
        suyos = [n for n in enlaces if _une(n, antes, despues, tramo_de)]
        razones = tuple(dict.fromkeys(r for n in suyos for r in _razones(n, enlaces)))
        uno, otro = carril_de[antes], carril_de[despues]
        if uno != otro and cuando > vida[despues][0]:  # llega a una línea que ya venía: se lee en la que acaba
            uno, otro = otro, uno
        cortes.append(Corte(otro, cuando, razones, None if uno == otro else uno))
    # lo que ya dice el corte del carril no se repite en el que sale de él o llega a él
    dicho = {(c.carril, c.trimestre): c.razones for c in cortes if c.otro is None}
    cortes = [_sin_lo_dicho(c, dicho) for c in cortes]
    for n, carril in enumerate(carriles):
        if carril.es_afin and not any(c.carril == n and c.otro is not None for c in cortes):
            inicio = lugar(carril.eslabones[0]["ejercicio"], 1)
            cortes.append(Corte(n, inicio, (_razon_afin(carril, enlaces),), parte=False, es_afin=True))
    return cortes + _planes_nuevos(carriles, enlaces, tramo_de)


def _sin_lo_dicho(corte: Corte, dicho: Mapping[tuple[int, int], tuple[tuple[str, ...], ...]]) -> Corte:
    """Un enlace entre carriles dice, en el que no continúa, solo lo que su vecino no dijo."""
    if corte.otro is None:
        return corte
    en_destino = dicho.get((corte.carril, corte.trimestre))
    if en_destino is not None:  # llega a una línea que ya traía la suya: se lee en la que acaba
        resto = tuple(r for r in corte.razones if r not in en_destino)
        return Corte(corte.otro, corte.trimestre, resto, corte.carril)
    en_origen = dicho.get((corte.otro, corte.trimestre), ())
    return Corte(corte.carril, corte.trimestre, tuple(r for r in corte.razones if r not in en_origen), corte.otro)


def _planes_nuevos(carriles: list[Carril], enlaces: list[Fila], tramo_de: Mapping[str, str]) -> list[Corte]:
    """Donde una línea pasa de un plan municipal a otro."""
    hechos: dict[tuple[int, int], Corte] = {}
    for n, carril in enumerate(carriles):
        anio = {e["eslabon"]: int(e["ejercicio"]) for e in carril.eslabones}
        for e in enlaces:
            # dentro de un año lo dice la tabla: arriba va un solo PMD, el que está en vigor
            if e["cambia_pmd"] and anio.get(e["origen"], 9999) < anio.get(e["destino"], 0):
                cuando = lugar(anio[e["destino"]], 1)
                hechos[n, cuando] = Corte(n, cuando, (_PLAN_NUEVO,), parte=False, una_vez=True)
    return list(hechos.values())


def _une(enlace: Fila, antes: str, despues: str, tramo_de: Mapping[str, str]) -> bool:
    return (
        enlace["relacion"] != "afin"
        and tramo_de.get(enlace["origen"]) == antes
        and tramo_de.get(enlace["destino"]) == despues
    )


def _razones(enlace: Fila, enlaces: list[Fila]) -> list[tuple[str, ...]]:
    """Por qué un enlace no continúa la línea, en pocas palabras."""
    razones: list[tuple[str, ...]] = []
    if enlace["relacion"] == "dividida":
        n = sum(e["origen"] == enlace["origen"] and e["relacion"] == "dividida" for e in enlaces)
        razones.append((f"dividido en {n}", "dividido") if n > 1 else ("dividido",))
    if enlace["relacion"] == "fusionada":
        n = sum(e["destino"] == enlace["destino"] and e["relacion"] == "fusionada" for e in enlaces)
        razones.append((f"fusión de {n}", "fusión") if n > 1 else ("fusión",))
    if enlace["relacion"] == "cambia_unidad" or not enlace["misma_unidad"]:
        razones.append(_razon_de_unidad(*(formato.unidad(enlace[c], "") for c in ("unidad_origen", "unidad_destino"))))
    if enlace["cambia_dependencia"]:
        razones.append(("otra dependencia",))
    if enlace["procedencia"] == "sugerido":
        razones.append((_SIN_CONFIRMAR,))
    return razones


def _razon_de_unidad(antes: str, despues: str) -> tuple[str, ...]:
    if not despues:
        return ("no imprime su unidad", "sin unidad impresa", "sin unidad")
    if not antes:
        return (f"antes, sin unidad impresa; ahora, {despues}", "antes, sin unidad impresa", "antes, sin unidad")
    larga, media = f"cambia de unidad: {antes} → {despues}", f"cambia de unidad, a {despues}"
    return (larga, media, "cambia de unidad", "otra unidad")


def _razon_afin(carril: Carril, enlaces: list[Fila]) -> tuple[str, ...]:
    suyos = {e["eslabon"] for e in carril.eslabones}
    propios = [n for n in enlaces if n["relacion"] == "afin" and suyos & {n["origen"], n["destino"]}]
    duda = f", {_SIN_CONFIRMAR}" if propios and all(n["procedencia"] == "sugerido" for n in propios) else ""
    return (
        f"afín: otra dependencia{duda}",
        f"afín{duda}",
        "afín",
    )


def _positivo(valor: Any) -> bool:
    return not formato.es_blanco(valor) and float(valor) > 0


def _sin_repetir(textos: Any) -> list[str]:
    """Los textos en orden, sin los que repiten al anterior."""
    unicos: list[str] = []
    for t in textos:
        if not unicos or unicos[-1] != t:
            unicos.append(t)
    return unicos
