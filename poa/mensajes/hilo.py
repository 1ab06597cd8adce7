"""Un hilo por partes: cómo se nombra cada eslabón, qué líneas se pueden unir y por qué se corta lo demás.

Entran los resultados de las consultas hilo, hilo_trimestres e hilo_enlaces. Un eslabón es el compromiso de un
plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
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

    def sin_documento(self, con_documento: Collection[int]) -> list[int]:
        """Los años, entre el primero y el último del hilo, de los que no hay ningún documento."""
        return [anio for anio in self._entre() if anio not in con_documento]

    def ausentes(self, con_documento: Collection[int]) -> list[int]:
        """Los años de en medio que sí tienen documento y en que el hilo no aparece."""
        suyos = {int(e["ejercicio"]) for e in self.eslabones}
        return [anio for anio in self._entre() if anio in con_documento and anio not in suyos]

    def _entre(self) -> range:
        suyos = [int(e["ejercicio"]) for e in self.eslabones]
        return range(min(suyos) + 1, max(suyos))

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
        """El primero y el último trimestre de los relevos que solo llenan una parte de su plan."""
        lapsos = {}
        for eslabon in self.relevos:
            llenos = [
                int(t["trimestre"])
                for t in self.trimestres.get(eslabon, ())
                if t["en_vigor"] and any(_positivo(t[c]) for c in ("programado", "alcanzado"))
            ]
            if llenos and len(llenos) < 4:
                lapsos[eslabon] = (min(llenos), max(llenos))
        return lapsos

    def cuando(self, e: Fila) -> str:
        """«2018», «ene–mar de 2022», «la 6.1 de 2022» o «el primer plan de 2025»: cómo se llama en una frase."""
        if e["eslabon"] in self.lapsos:
            return f"{meses(*self.lapsos[e['eslabon']])} de {e['ejercicio']}"
        if e["eslabon"] in self.relevos:
            return f"{claves([e])} de {e['ejercicio']}"
        if e["planes_del_anio"] > 1:
            return f"el {plan(e)} de {e['ejercicio']}"
        return str(e["ejercicio"])

    def medido(self, e: Fila) -> str:
        """«ene–mar de 2018»: los meses de los que son sus cifras, o lo mismo que `cuando` si es todo su plan."""
        lapso = self.lapso_medido(e) if e["es_incompleto"] else None
        return f"{meses(*lapso)} de {e['ejercicio']}" if lapso else self.cuando(e)

    def lapso_medido(self, e: Fila) -> tuple[int, int] | None:
        """El primero y el último trimestre en vigor que traen alcanzado; None si ninguno."""
        llenos = [
            int(t["trimestre"])
            for t in self.trimestres.get(e["eslabon"], ())
            if t["en_vigor"] and t["es_exigible"] and not formato.es_blanco(t["alcanzado"])
        ]
        return (min(llenos), max(llenos)) if llenos else None

    def sin_reporte(self, e: Fila) -> str:
        """«jul–dic»: los meses en vigor y exigibles que el documento no reporta, o nada."""
        huecos = [int(t["trimestre"]) for t in self.trimestres.get(e["eslabon"], ()) if t["estado"] == "Sin reporte"]
        if huecos and huecos[-1] - huecos[0] == len(huecos) - 1:
            return meses(huecos[0], huecos[-1])
        return formato.lista(formato.TRIMESTRES[t] for t in huecos)

    def camino(self, familia: Sequence[Fila]) -> list[Fila]:
        """De una familia, la línea que más pasos da; donde se divide, sigue lo que conserva la unidad o es mayor."""
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

        return max((desde(e) for e in familia), key=lambda c: (len(c), self._tamano(c[0]["eslabon"])))

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
    """Por qué un enlace no une: «afin», «sugerido», «dividida», «fusionada» o «cambia_unidad»; None si une."""
    if enlace["relacion"] == "afin" or enlace["cambia_dependencia"]:
        return "afin"
    if enlace["procedencia"] != "confirmado":
        return "sugerido"
    if enlace["relacion"] in ("dividida", "fusionada"):
        return str(enlace["relacion"])
    return None if _une(enlace) else "cambia_unidad"


def _une(enlace: Fila) -> bool:
    return bool(enlace["une"]) and bool(enlace["misma_unidad"])


def meses(desde: int, hasta: int) -> str:
    """(2, 4) → «abr–dic»."""
    return f"{formato.MESES[3 * desde - 3]}–{formato.MESES[3 * hasta - 1]}"


def plan(e: Fila) -> str:
    """«primer plan», de un año que tuvo varios."""
    numero = int(e["plan"])
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
    """«de solicitudes resueltas a persona atendida»; la que no se imprime es «ninguna»."""
    de, a = (formato.unidad(enlace[c], "ninguna") for c in ("unidad_origen", "unidad_destino"))
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


def _positivo(valor: Any) -> bool:
    return not formato.es_blanco(valor) and float(valor) > 0
