"""El párrafo de un hilo para leerse en la sesión: sus cifras, sus cortes, los años que faltan y las dudas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from poa import formato
from poa.mensajes import comunes
from poa.mensajes.hilo import (
    NO_APARECE,
    SIN_DOCUMENTO,
    SIN_DOCUMENTO_SUYO,
    Fila,
    Hilo,
    anios,
    claves,
    cuantos,
    de_unidad_a_unidad,
    dependencias,
)

_duro = formato.ESPACIO
_FALTA = {
    SIN_DOCUMENTO: "de {} no hay documento",
    SIN_DOCUMENTO_SUYO: "de {} no hay documento de estas dependencias",
    NO_APARECE: "en {} no aparece",
}


def parrafo(hilo: Hilo, faltan: Mapping[int, str]) -> str:
    """Qué pasó, con P y A; dónde se corta y por qué; qué años faltan o están a medias, y qué cifras se dudan.

    `faltan`: los años de en medio que no están, y por qué. Sale la versión más completa que se puede leer.
    """
    lineas = _lineas(hilo)
    largas = [_cifras(hilo, linea) for linea in lineas]
    cortas = [_cifras(hilo, _puntas(linea)) for linea in lineas]
    cortes, breves = _cortes(hilo, True), _cortes(hilo, False)
    anual, huecos, duda = _de_cada_anio(hilo, faltan), _huecos(faltan), _dudas(hilo)
    return comunes.parrafo(
        [*largas, *cortes, anual, duda],
        [*largas, *breves, anual, duda],
        [*largas, *breves, huecos, duda],
        [*cortas, *breves, huecos, duda],
        [*cortas, *breves, duda],
        [*cortas, *breves],
        [largas[0], *largas[1:][-1:], *breves, huecos, duda],
        [cortas[0], *cortas[1:][-1:], *breves, duda],
        [largas[0], *breves, huecos, duda],
        [cortas[0], *breves[:2], duda],
        [cortas[0], *breves[:1]],
        [_cifras(hilo, lineas[0][-1:])],
    )


def _lineas(hilo: Hilo) -> list[list[Fila]]:
    """El camino de cada familia; primero el de más años y, a igual número, el más antiguo."""
    caminos = [hilo.camino(familia) for familia in hilo.familias]
    return sorted(caminos, key=lambda camino: -len({e["ejercicio"] for e in camino}))


def _puntas(linea: Sequence[Fila]) -> list[Fila]:
    """Lo primero y lo último con alcanzado de lo más largo que sí se puede comparar o, si nada trae, lo último."""
    tramos: dict[str, list[Fila]] = {}
    for e in linea:
        if not formato.es_blanco(e["alcanzado"]):
            tramos.setdefault(e["tramo"], []).append(e)
    if not tramos:
        return list(linea[-1:])
    con_cifra = max(tramos.values(), key=len)
    return [con_cifra[0], *con_cifra[1:][-1:]]


def _cifras(hilo: Hilo, linea: Sequence[Fila]) -> str:
    """«Presidencia (unidad: apoyo) alcanzó 80 de 40 en ene–mar de 2018 (200 %) y 144 de 190 en…»."""
    frases = []
    for _, suyos in groupby(linea, key=lambda e: e["unidad_comparable"]):
        pasos = list(suyos)
        partes, verbo = [], ""
        for e in pasos:
            hizo, cifras, pct = _paso(hilo, e)
            cuando = hilo.medido(e)
            partes.append(" ".join(p for p in (hizo if hizo != verbo else "", cifras, f"en {cuando}", pct) if p))
            verbo = hizo
        palabra = formato.unidad(pasos[-1]["unidad_medida"])
        quien = dependencias(pasos)[0] if not frases else "después"
        frases.append(f"{quien}{f' (unidad: {palabra})' if palabra else ''} {formato.lista(partes)}")
    return "; ".join(frases) + "."


def _paso(hilo: Hilo, e: Fila) -> tuple[str, str, str]:
    """Lo que se hizo en un plan: («alcanzó», «80 de 40», «(200 %)»); a medio decir si no hay cifras."""
    p, a = e["programado"], e["alcanzado"]
    if e["es_solo_plan"]:
        meta = e["meta_anual"]
        return ("no imprime su meta", "", "") if formato.es_blanco(meta) else ("programó", formato.numero(meta), "")
    if formato.es_blanco(p) and not formato.es_blanco(a):
        return "alcanzó", f"{formato.numero(a)} sin programado que se lea", ""
    if formato.es_blanco(a):
        if hilo.sin_reporte(e):
            return "no reportó lo programado", "", ""
        return _sin_cifras(hilo, e), "", ""
    if not float(p) and not float(a):
        return _sin_cifras(hilo, e), "", ""
    if not float(p):
        return "alcanzó", f"{formato.numero(a)} sin haberlo programado", ""
    pct = formato.porcentaje(e["cumplimiento_pct"], "")
    falta = f"sin reporte de {cuales}" if (cuales := hilo.sin_reporte(e)) else ""
    aparte = ", ".join(dicho for dicho in (pct, falta) if dicho)
    return "alcanzó", f"{formato.numero(a)} de {formato.numero(p)}", f"({aparte})" if aparte else ""


def _sin_cifras(hilo: Hilo, e: Fila) -> str:
    """Un 0 programado dice que no se programó nada; un blanco, que no está impreso."""
    programado = [t["programado"] for t in hilo.exigibles(e)]
    if any(not formato.es_blanco(p) for p in programado):
        return "no programó nada"
    return "no imprime cifras" if formato.es_blanco(e["meta_anual"]) else "no imprime su programado por trimestre"


def _cortes(hilo: Hilo, largos: bool) -> list[str]:
    """Cada corte de la línea con su razón, en frases; las breves van todas en una."""
    fechadas: list[tuple[str, str]] = []
    for n in hilo.distintos("fusionada"):
        a, de = hilo.por_id[n["destino"]], hilo.reunidas(n["destino"])
        dicho = f"{cuantos(len(de), a['nivel'])} se reúnen en una"
        if largos and len(de) < 5:
            dicho = f"{claves(de)} se reúnen en {claves([a])}"
        fechadas.append((a["orden"], f"en {hilo.cuando(a)}, {dicho}"))
    for n in hilo.distintos("dividida"):
        de, a = hilo.por_id[n["origen"]], hilo.repartidas(n["origen"])
        cuales = f" ({claves(a)})" if largos else ""
        dicho = f"en {hilo.cuando(a[0])}, {claves([de])} se divide en {formato.numero(len(a))}{cuales}"
        fechadas.append((a[0]["orden"], dicho))
    for n in hilo.distintos("cambia_unidad"):
        cambio = f": {de_unidad_a_unidad(n)}" if largos else ""
        a = hilo.por_id[n["destino"]]
        fechadas.append((a["orden"], f"en {hilo.cuando(a)} cambia la unidad{cambio}"))
    for n in hilo.distintos("sin_unidad"):
        de, a = hilo.por_id[n["origen"]], hilo.por_id[n["destino"]]
        cual = next(e for e in (a, de) if formato.es_blanco(e["unidad_medida"]))
        fechadas.append((a["orden"], f"en {hilo.cuando(cual)} no se imprime la unidad: no hay con qué unirla"))
    partes = list(dict.fromkeys(dicho for _, dicho in sorted(fechadas)))
    if not largos and partes:
        partes = ["; ".join(partes)]
    frases = [f"{formato.mayuscula(parte)}." for parte in partes]
    if n := hilo.hay("sugerido"):
        es = "enlace es una sugerencia" if n == 1 else "enlaces son sugerencias"
        frases.append(f"{formato.numero(n)}{_duro}{es} sin confirmar: no se {'une' if n == 1 else 'unen'}.")
    if hilo.hay("afin"):
        quienes = formato.lista(dependencias(hilo.eslabones))
        frases.append(
            f"{quienes} persiguen algo semejante, pero son dependencias distintas: se ven juntas y no se suman."
            if largos
            else "Son dependencias distintas: no se suman."
        )
    return frases


def _de_cada_anio(hilo: Hilo, faltan: Mapping[int, str]) -> str:
    """«De 2018 solo hay ene–mar, de 2024 solo hay plan y de 2019–2021 no hay documento.»."""
    partes = []
    for anio, suyos in groupby(sorted(hilo.eslabones, key=lambda e: e["ejercicio"]), key=lambda e: e["ejercicio"]):
        filas = list(suyos)
        corte = formato.partir_corte(max(e["corte"] for e in filas))
        if all(e["es_solo_plan"] for e in filas):
            partes.append(f"de {anio} solo hay plan")
        elif all(e["es_incompleto"] for e in filas) and corte:
            partes.append(f"de {anio} solo hay {formato.ACUMULADOS[corte[1]]}")
    for porque, dicho in _FALTA.items():
        if cuales := [anio for anio, suyo in faltan.items() if suyo == porque]:
            partes.append(dicho.format(anios(cuales)))
    dicho = formato.lista(partes)
    return f"{formato.mayuscula(dicho)}." if dicho else ""


def _huecos(faltan: Mapping[int, str]) -> str:
    sin = [anio for anio, porque in faltan.items() if porque == SIN_DOCUMENTO]
    return f"De {anios(sin)} no hay documento." if sin else ""


def _dudas(hilo: Hilo) -> str:
    """«De 11 compromisos, 1 tiene alguna cifra reconstruida.»; nada si todo se leyó seguro."""
    clases = {"reconstruido": "reconstruida", "ambiguo": "con dos lecturas"}
    dudosos = [e for e in hilo.eslabones if e["certeza"] in clases]
    if not dudosos:
        return ""
    como = formato.lista((dicho for clase, dicho in clases.items() if any(e["certeza"] == clase for e in dudosos)), "o")
    if len(hilo.eslabones) == 1:
        return f"Tiene alguna cifra {como}."
    n, todos = len(dudosos), len(hilo.eslabones)
    cuantas = f"Los {todos}" if n == todos else f"De {todos} compromisos, {n}{_duro}"
    return f"{cuantas}{' ' if n == todos else ''}{'tiene' if n == 1 else 'tienen'} alguna cifra {como}."
