"""Un hilo por partes: cómo se nombra cada eslabón, qué líneas se pueden unir y por qué se corta lo demás.

Entran los resultados de las consultas hilo, hilo_trimestres e hilo_enlaces. Un eslabón es el compromiso de un
plan.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from poa import formato

Fila = Mapping[str, Any]

# icono y palabra de cada relación; el icono se lee sin color
RELACIONES = {
    "misma": ("=", "Mismo compromiso"),
    "reformulada": ("≈", "Reformulado"),
    "cambia_unidad": ("≠", "Cambia de unidad"),
    "dividida": ("÷", "Dividido"),
    "fusionada": ("+", "Fusionado"),
    "afin": ("║", "Afín: otra dependencia, propósito semejante"),
}
# por qué un año de en medio no tiene al hilo
SIN_DOCUMENTO, SIN_DOCUMENTO_SUYO, NO_APARECE = "sin documento", "sin documento suyo", "no aparece"
SUGERIDO = "Enlace sugerido, sin confirmar"
_NUMEROS = ("", "un", "dos", "tres", "cuatro")


@dataclass(frozen=True)
class Hilo:
    """Los eslabones, del más antiguo al último, sus trimestres y sus enlaces, como filas sueltas."""

    eslabones: Sequence[Fila]
    trimestres: Mapping[str, Sequence[Fila]]
    enlaces: Sequence[Fila]

    @cached_property
    def por_id(self) -> dict[str, Fila]:
        """Cada eslabón por su identificador."""
        return {e["eslabon"]: e for e in self.eslabones}

    @cached_property
    def familias(self) -> list[list[Fila]]:
        """Los eslabones que se siguen unos a otros aunque la línea se corte; entre familias solo hay afines."""
        de = {e["eslabon"]: e["eslabon"] for e in self.eslabones}

        def raiz(quien: str) -> str:
            while de[quien] != quien:
                quien = de[quien]
            return quien

        for enlace in self.enlaces:
            if quiebre(enlace) != "afin":
                uno, otro = raiz(enlace["origen"]), raiz(enlace["destino"])
                de[otro] = uno
        grupos: dict[str, list[Fila]] = {}
        for e in self.eslabones:
            grupos.setdefault(raiz(e["eslabon"]), []).append(e)
        return list(grupos.values())

    @cached_property
    def tramos(self) -> list[list[Fila]]:
        """Los eslabones que se pueden unir en una misma línea."""
        grupos: dict[str, list[Fila]] = {}
        for e in self.eslabones:
            grupos.setdefault(e["tramo"], []).append(e)
        return list(grupos.values())

    def hay(self, cual: str) -> int:
        """Cuántos enlaces se quiebran por esa razón."""
        return sum(quiebre(n) == cual for n in self.enlaces)

    def distintos(self, cual: str) -> list[Fila]:
        """Los enlaces que se quiebran por esa razón; de los que fusionan o dividen lo mismo, uno."""
        punta = {"fusionada": "destino", "dividida": "origen"}.get(cual)
        vistos: dict[Any, Fila] = {}
        for n in self.enlaces:
            if quiebre(n) == cual:
                vistos.setdefault(n[punta] if punta else (n["origen"], n["destino"]), n)
        return list(vistos.values())

    def reunidas(self, destino: str) -> list[Fila]:
        """Los eslabones que se fusionan en uno."""
        return [self.por_id[n["origen"]] for n in self.llegan(destino) if quiebre(n) == "fusionada"]

    def repartidas(self, origen: str) -> list[Fila]:
        """Los eslabones en que se divide uno."""
        return [self.por_id[n["destino"]] for n in self.enlaces if n["origen"] == origen and quiebre(n) == "dividida"]

    def faltan(self, documentos: Mapping[int, Collection[str]]) -> dict[int, str]:
        """Los años de en medio en que el hilo no está, y por qué; `documentos`: qué dependencias tiene cada año."""
        suyos = {int(e["ejercicio"]) for e in self.eslabones}
        quienes = {e["dependencia"] for e in self.eslabones}
        porque = {}
        for anio in range(min(suyos) + 1, max(suyos)):
            if anio in suyos:
                continue
            if anio not in documentos:
                porque[anio] = SIN_DOCUMENTO
            else:
                porque[anio] = NO_APARECE if quienes & set(documentos[anio]) else SIN_DOCUMENTO_SUYO
        return porque

    def llegan(self, eslabon: str) -> list[Fila]:
        """Los enlaces que llegan a un eslabón; los afines, al final."""
        suyos = [n for n in self.enlaces if n["destino"] == eslabon]
        return sorted(suyos, key=lambda n: quiebre(n) == "afin")

    @cached_property
    def relevos(self) -> set[str]:
        """Los eslabones que se relevan dentro de un mismo plan: el nombre del año no los distingue."""
        return {
            eslabon
            for n in self.enlaces
            if quiebre(n) != "afin" and _plan(self.por_id[n["origen"]]) == _plan(self.por_id[n["destino"]])
            for eslabon in (n["origen"], n["destino"])
        }

    @cached_property
    def lapsos(self) -> dict[str, tuple[int, int]]:
        """El primero y el último trimestre de los relevos cuya meta, y ellos, solo llenan una parte de su plan."""
        lapsos = {}
        for eslabon in self.relevos:
            e = self.por_id[eslabon]
            if formato.es_blanco(e["meta_desde"]) or e["meta_hasta"] - e["meta_desde"] == 3:
                continue
            desde, hasta = int(e["meta_desde"]), int(e["meta_hasta"])
            fuera = [t for t in self.trimestres.get(eslabon, ()) if not desde <= t["trimestre"] <= hasta]
            if not any(not formato.es_blanco(t["programado"]) and t["programado"] > 0 for t in fuera):
                lapsos[eslabon] = (desde, hasta)
        return lapsos

    def cuando(self, e: Fila) -> str:
        """«2018», «ene–mar de 2022», «la 6.1 de 2022» o «el primer plan de 2025»: cómo se llama en una frase."""
        if e["eslabon"] in self.lapsos:
            return f"{meses(*self.lapsos[e['eslabon']])} de {e['ejercicio']}"
        if e["eslabon"] in self.relevos:
            return f"{claves([e])} de {e['ejercicio']}"
        if e["planes_del_anio"] > 1:
            return f"el {plan(int(e['plan']))} de {e['ejercicio']}"
        return str(e["ejercicio"])

    def medido(self, e: Fila) -> str:
        """«ene–mar de 2018»: los meses de los que son sus cifras, o lo mismo que `cuando` si es todo el año."""
        es_parte = e["es_incompleto"] or e["planes_del_anio"] > 1
        lapso = (self.lapso_medido(e) or self.lapso_exigible(e)) if es_parte else None
        return f"{meses(*lapso)} de {e['ejercicio']}" if lapso and lapso != (1, 4) else self.cuando(e)

    def lapso_medido(self, e: Fila) -> tuple[int, int] | None:
        """El primero y el último trimestre en vigor que traen alcanzado; None si ninguno."""
        return self._lapso(e, lambda t: not formato.es_blanco(t["alcanzado"]))

    def lapso_exigible(self, e: Fila) -> tuple[int, int] | None:
        """El primero y el último trimestre que ese plan rige y ya se pueden exigir; None si ninguno."""
        return self._lapso(e, lambda t: True)

    def _lapso(self, e: Fila, cuenta: Callable[[Fila], bool]) -> tuple[int, int] | None:
        suyos = [int(t["trimestre"]) for t in self.exigibles(e) if cuenta(t)]
        return (min(suyos), max(suyos)) if suyos else None

    def exigibles(self, e: Fila) -> list[Fila]:
        """Los trimestres de un eslabón que su plan rige y ya se pueden exigir."""
        return [t for t in self.trimestres.get(e["eslabon"], ()) if t["en_vigor"] and t["es_exigible"]]

    def sin_reporte(self, e: Fila) -> str:
        """«jul–dic»: los meses en vigor y exigibles que el documento no reporta, o nada."""
        huecos = [int(t["trimestre"]) for t in self.trimestres.get(e["eslabon"], ()) if t["estado"] == "Sin reporte"]
        if huecos and huecos[-1] - huecos[0] == len(huecos) - 1:
            return meses(huecos[0], huecos[-1])
        return formato.lista(formato.TRIMESTRES[t] for t in huecos)

    def camino(self, familia: Sequence[Fila]) -> list[Fila]:
        """De una familia, la línea que más pasos da y más une; si se divide, la que conserva la unidad o es mayor."""
        dentro = {e["eslabon"] for e in familia}
        salen: dict[str, list[Fila]] = {}
        for n in self.enlaces:
            if quiebre(n) != "afin" and n["origen"] in dentro:
                salen.setdefault(n["origen"], []).append(n)

        def desde(e: Fila) -> list[Fila]:
            pasos = [e]
            while hay := [n for n in salen.get(pasos[-1]["eslabon"], ()) if self.por_id[n["destino"]] not in pasos]:
                mejor = max(hay, key=lambda n: (_une(n), bool(n["misma_unidad"]), self._tamano(n["destino"])))
                pasos.append(self.por_id[mejor["destino"]])
            return pasos

        def vale(camino: list[Fila]) -> tuple[float, ...]:
            pares = set(zip((e["eslabon"] for e in camino), (e["eslabon"] for e in camino[1:]), strict=False))
            dados = [n for n in self.enlaces if (n["origen"], n["destino"]) in pares]
            iguales = sum(bool(n["misma_unidad"]) for n in dados)
            return (
                len(camino),
                sum(map(_une, dados)),
                iguales,
                -camino[0]["ejercicio"],
                self._tamano(camino[0]["eslabon"]),
            )

        return max((desde(e) for e in familia), key=vale)

    def _tamano(self, eslabon: str) -> float:
        meta = self.por_id[eslabon]["meta_anual"]
        return 0.0 if formato.es_blanco(meta) else float(meta)


def leer(eslabones: pd.DataFrame, trimestres: pd.DataFrame, enlaces: pd.DataFrame) -> Hilo:
    """El hilo de sus tres tablas; un enlace a un eslabón que no viene en ellas no cuenta."""
    filas = eslabones.to_dict("records")
    hay = {e["eslabon"] for e in filas}
    suyos: dict[str, list[Fila]] = {}
    for t in trimestres.to_dict("records"):
        suyos.setdefault(t["eslabon"], []).append(t)
    return Hilo(
        filas,
        suyos,
        [n for n in enlaces.to_dict("records") if n["origen"] in hay and n["destino"] in hay],
    )


def quiebre(enlace: Fila) -> str | None:
    """Por qué un enlace no une; None si une.

    «afin», «sugerido», «dividida», «fusionada», «cambia_unidad» o, si una de las dos no se imprime, «sin_unidad».
    """
    if enlace["relacion"] == "afin" or enlace["cambia_dependencia"]:
        return "afin"
    if enlace["procedencia"] != "confirmado":
        return "sugerido"
    if enlace["relacion"] in ("dividida", "fusionada"):
        return str(enlace["relacion"])
    if _une(enlace):
        return None
    sin = any(formato.es_blanco(enlace[unidad]) for unidad in ("unidad_origen", "unidad_destino"))
    return "sin_unidad" if sin else "cambia_unidad"


def _une(enlace: Fila) -> bool:
    return bool(enlace["une"]) and bool(enlace["misma_unidad"])


def meses(desde: int, hasta: int) -> str:
    """(2, 4) → «abr–dic»."""
    return f"{formato.MESES[3 * desde - 3]}–{formato.MESES[3 * hasta - 1]}"


def plan(numero: int) -> str:
    """«primer plan», de un año que tuvo varios."""
    return f"{formato.ORDINALES[numero]} plan" if numero < len(formato.ORDINALES) else f"plan {numero}"


def alcance_del_anio(e: Fila) -> str:
    """Lo que hay de ese año: «solo plan», «solo T1», «T1–T3», o nada si está completo."""
    if e["es_solo_plan"]:
        return "solo plan"
    partes = formato.partir_corte(e["corte"])
    if not e["es_incompleto"] or partes is None:
        return ""
    return "solo T1" if partes[1] == 1 else f"T1–T{partes[1]}"


def de_unidad_a_unidad(enlace: Fila) -> str:
    """«de solicitudes resueltas a persona atendida»."""
    de, a = (formato.unidad(enlace[c]) for c in ("unidad_origen", "unidad_destino"))
    return f"de {de} a {a}"


def anios(lista: Iterable[int]) -> str:
    """[2019, 2020, 2021, 2023] → «2019–2021 y 2023»."""
    grupos: list[list[int]] = []
    for anio in sorted({int(a) for a in lista}):
        if grupos and anio == grupos[-1][-1] + 1:
            grupos[-1].append(anio)
        else:
            grupos.append([anio])
    partes = (str(g[0]) if len(g) == 1 else f"{g[0]}–{formato.UNION}{g[-1]}" for g in grupos)
    return formato.lista(partes)


def cuantos(n: int, nivel: str) -> str:
    """(3, 'accion') → «tres acciones»; de cinco en adelante, con cifra."""
    if n == 1:
        return f"una {formato.nivel(nivel)}"
    return f"{_NUMEROS[n]} {formato.nivel(nivel, n)}" if n < len(_NUMEROS) else formato.contar(n, nivel)


def claves(eslabones: Iterable[Fila]) -> str:
    """«la 309 y la 312»."""
    return formato.lista(f"la {formato.texto(e['clave'])}" for e in eslabones)


def dependencias(eslabones: Iterable[Fila]) -> list[str]:
    """Los nombres cortos de las dependencias, en el orden en que aparecen."""
    return list(dict.fromkeys(formato.texto(e["dependencia_corta"], "una dependencia sin nombre") for e in eslabones))


def _plan(e: Fila) -> tuple[int, int, str]:
    return int(e["ejercicio"]), int(e["plan"]), str(e["dependencia"])
