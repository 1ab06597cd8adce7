"""Los planes de una dependencia: cómo se nombran, cuáles se pueden comparar y qué se dice cuando no se puede."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from poa import formato
from poa.mensajes.hilo import plan

NIVELES = ("meta", "accion")


@dataclass(frozen=True)
class Plan:
    """Un plan de una dependencia, con cuántas metas y acciones imprime; `numero` es su lugar en el año."""

    plan: str
    ejercicio: int
    numero: int
    del_anio: int
    es_lamina: bool
    metas: int
    acciones: int

    @classmethod
    def de(cls, fila: Mapping) -> Plan:
        """De una fila de la consulta planes."""
        enteros = (int(fila[c]) for c in ("ejercicio", "numero", "planes_del_anio"))
        conteos = (int(fila[c]) for c in ("metas", "acciones"))
        return cls(str(fila["plan"]), *enteros, bool(fila["es_lamina"]), *conteos)

    def cuantos(self, nivel: str) -> int:
        return self.metas if nivel == "meta" else self.acciones

    @property
    def lugar(self) -> str:
        """«primer plan», o nada si es el único del año."""
        return plan(self.numero) if self.del_anio > 1 else ""

    @property
    def nombre(self) -> str:
        """«2024» o «primer plan de 2025»."""
        return f"{self.lugar} de {self.ejercicio}" if self.lugar else str(self.ejercicio)

    @property
    def completo(self) -> str:
        """«el plan de 2024» o «el primer plan de 2025»."""
        return f"el {self.nombre}" if self.lugar else f"el plan de {self.ejercicio}"

    def con(self, preposicion: str) -> str:
        """('en') «en 2024», «en el primer plan de 2025»; ('de') «de 2024», «del primer plan de 2025»."""
        if not self.lugar:
            return f"{preposicion} {self.nombre}"
        return f"{'del' if preposicion == 'de' else preposicion + ' el'} {self.nombre}"


@dataclass(frozen=True)
class Par:
    """Dos planes seguidos de una dependencia."""

    antes: Plan
    despues: Plan

    @property
    def clave(self) -> str:
        """Como va en la dirección: «2024.1-2025.1»."""
        return f"{self.antes.plan}-{self.despues.plan}"

    @property
    def mismo_anio(self) -> bool:
        return self.antes.ejercicio == self.despues.ejercicio

    @property
    def sin_documento(self) -> str:
        """«de 2019 a 2021»: los años que faltan entre los dos, o nada."""
        desde, hasta = self.antes.ejercicio + 1, self.despues.ejercicio - 1
        if desde > hasta:
            return ""
        return f"de {desde}" if desde == hasta else f"de {desde} a {hasta}"

    @property
    def rotulo(self) -> str:
        """«2024 → 2025, primer plan»."""
        if self.mismo_anio:
            return f"{self.antes.ejercicio}: {self.antes.lugar} → {self.despues.lugar}"
        dicho = " → ".join(", ".join(filter(None, (str(p.ejercicio), p.lugar))) for p in (self.antes, self.despues))
        return f"{dicho} (no hay documento {self.sin_documento})" if self.sin_documento else dicho

    def fuente(self, quien: str) -> str:
        """El pie de la figura: de qué documentos sale."""
        anios = sorted({self.antes.ejercicio, self.despues.ejercicio})
        return f"Fuente: {formato.lista(f'POA {anio}' for anio in anios)}, {quien} · Planes: {self.rotulo}"

    def archivo(self, quien: str) -> str:
        """«2024-a-2025-1_bisom_cambios»."""
        antes, despues = (
            "-".join([str(p.ejercicio), *([str(p.numero)] if p.lugar else [])]) for p in (self.antes, self.despues)
        )
        return formato.nombre_archivo(f"{antes}-a-{despues}", quien.replace("_", "-"), "cambios")


def pares(planes: pd.DataFrame) -> list[Par]:
    """Los planes seguidos de una dependencia, del primero al último.

    Entra una fila por plan de la consulta planes. Dos que no van seguidos no se ofrecen: los enlaces dicen qué
    fue de cada compromiso en el plan siguiente, y saltarse uno uniría lo que en medio cambió de unidad o se dividió.
    """
    en_orden = [Plan.de(fila) for _, fila in planes.sort_values(["ejercicio", "numero"]).iterrows()]
    return [Par(a, b) for a, b in zip(en_orden, en_orden[1:], strict=False)]


def elegir_quien(planes: pd.DataFrame, *pedidas: str | None) -> str:
    """La primera de `pedidas` que tiene planes; si ninguna, la de planes más recientes que comparar.

    `planes`: la consulta planes, de todas las dependencias; al menos una fila.
    """
    hay = set(planes["dependencia"])
    for pedida in pedidas:
        if pedida in hay:
            return pedida
    con_dos = planes[planes["siguiente"].notna()]
    candidatas = con_dos if len(con_dos) else planes
    return str(candidatas.sort_values("ejercicio", kind="stable")["dependencia"].iloc[-1])


def elegir_par(posibles: Sequence[Par], pedido: str | None, ejercicio: int) -> Par | None:
    """El par de clave `pedido`; si no, el que llega a `ejercicio` desde otro año, el que sale de él, o el último.

    None si no hay ninguno.
    """
    if not posibles:
        return None
    orden = (
        lambda p: p.clave == pedido,
        lambda p: p.despues.ejercicio == ejercicio and not p.mismo_anio,
        lambda p: p.antes.ejercicio == ejercicio,
    )
    return next((p for cumple in orden for p in posibles if cumple(p)), posibles[-1])


# ---------------------------------------------------------------- lo que no se puede comparar


def un_plan(quien: str, plan: Plan) -> str:
    """«De IMJUM solo hay el plan de 2024: no hay con qué compararlo»."""
    return f"De {quien} solo hay {plan.completo}: no hay con qué compararlo"


def parrafo_un_plan(plan: Plan, otras: Sequence[str]) -> str:
    """Qué trae ese plan y qué dependencias sí tienen dos."""
    trae = formato.lista(formato.contar(plan.cuantos(n), n) for n in NIVELES if plan.cuantos(n))
    if not otras:
        return f"Ese plan tiene {trae}. Ninguna dependencia tiene todavía dos planes."
    verbo = "Tiene" if len(otras) == 1 else "Tienen"
    sugiere = f"{verbo} al menos dos planes {formato.lista(otras)}: abajo se pueden abrir sus cambios."
    return f"Ese plan tiene {trae}. {sugiere}"


def sin_enlaces(quien: str, par: Par) -> str:
    """El mensaje cuando nadie ha enlazado los dos planes: no es lo mismo que todo haya desaparecido."""
    return (
        f"{quien} tiene {par.antes.completo} y {par.despues.completo}, pero nadie los ha enlazado: "
        "no se sabe qué continúa"
    )


def parrafo_sin_enlaces(par: Par) -> str:
    """Cuánto trae cada plan y qué hace falta."""
    dichos = [
        f"{formato.mayuscula(p.completo)} tiene "
        + (formato.lista(formato.contar(p.cuantos(n), n) for n in NIVELES if p.cuantos(n)) or "ningún compromiso")
        for p in (par.antes, par.despues)
    ]
    return f"{dichos[0]}; {dichos[1][:1].lower()}{dichos[1][1:]}. Falta que una persona diga cuáles son los mismos."
