"""Qué parte del POA se está viendo y cómo se dice: la comparten el tablero y lo que sale de él."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from poa import formato
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario

TODAS = "todas"
PERIODOS = ("acumulado", "trimestre")
EN_DIRECCION = ("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")
DE_LO_QUE_SE_VE = ("nivel", "periodo", "preset")  # además del corte y la dependencia, lo que cambia casi toda vista
_LARGO_DE_NOMBRE = 48  # letras: uno más largo, de una dependencia fuera del catálogo, no deja ver lo demás del renglón
CUATRO = ("critico", "minimo", "maximo", "meta_subestimada")


@dataclass(frozen=True)
class Umbral:
    """Una fila de la consulta umbral: los topes van en % de lo programado; `meta_pequena`, en unidades."""

    preset: str
    minimo: float
    maximo: float
    critico: float
    meta_subestimada: float
    meta_pequena: float
    es_propio: bool
    motivo: str

    @property
    def rotulo(self) -> str:
        """«CONEVAL 90–110 %»."""
        return f"{self.preset} %"


@dataclass(frozen=True)
class Seleccion:
    """Lo que se está viendo. `dependencia` None es todas; `preset` None, los umbrales predeterminados.

    `preset` es el nombre de un preset o «crítico-mínimo-máximo-subestimada»; `umbral` es lo que significa.
    `pmd` y `linea` son un plan de desarrollo y el principio de una clave suya ('3', '3.2' o '3.2.1').
    """

    ejercicio: int
    corte: str
    dependencia: str | None
    nivel: str
    periodo: str
    preset: str | None
    umbral: Umbral
    compromiso: str | None = None
    estado: str | None = None
    grupo: str | None = None
    pmd: str | None = None
    linea: str | None = None
    tarjeta: bool = False
    nombres: Mapping[str, str] = field(default_factory=dict)
    dependencias: Sequence[str] = ()

    def consulta(self, *campos: str) -> dict[str, Any]:
        """Los parámetros de una consulta con esos nombres."""
        return {campo: getattr(self, campo) for campo in campos}

    def con(self, **cambios: Any) -> Seleccion:
        """La misma selección con algo cambiado; la dirección no se mueve."""
        return replace(self, **cambios)

    def direccion(self, **cambios: Any) -> dict[str, str]:
        """Los parámetros de la dirección de esta vista; lo abierto sobre ella solo va si está en `cambios`."""
        dados = {campo: getattr(self, campo) for campo in EN_DIRECCION} | cambios
        dados["dependencia"] = dados["dependencia"] or TODAS
        dados["tarjeta"] = "1" if dados.get("tarjeta") else None
        return {campo: str(valor) for campo, valor in dados.items() if valor is not None}

    def nombre(self, dependencia: Any) -> str:
        """El nombre corto de una dependencia; si no se conoce, una frase."""
        return self.nombres.get(dependencia, "Dependencia sin nombre")

    @property
    def quienes(self) -> list[str]:
        """Los nombres cortos de las dependencias que se están viendo."""
        return [self.nombre(d) for d in ([self.dependencia] if self.dependencia else self.dependencias)]

    @property
    def nombre_completo(self) -> str:
        """El nombre oficial de la dependencia elegida."""
        cortes = consultar("cortes", dependencia=self.dependencia)
        return "Dependencia sin nombre" if cortes.empty else str(cortes["dependencia_nombre"].iloc[0])

    @property
    def umbrales(self) -> str:
        """«CONEVAL 90–110 %»."""
        return self.umbral.rotulo

    @property
    def banda(self) -> tuple[float, float]:
        """Entre qué porcentajes del plan se cumple."""
        return self.umbral.minimo, self.umbral.maximo

    @property
    def cuando(self) -> str:
        """«cuarto trimestre de 2025, acumulado»."""
        if self.corte.endswith("T0"):
            return formato.corte(self.corte)
        return f"{formato.corte(self.corte)}, {formato.PERIODOS[self.periodo]}"

    def subtitulo(self, de: str | None = None) -> str:
        """Los filtros de una figura: «BISOM · acciones · cuarto trimestre de 2025, acumulado al corte».

        `de`: lo que se ve, si no son todas las metas o acciones.
        """
        return " · ".join([self._quien, de or formato.nivel(self.nivel, 2), self.cuando])

    @property
    def pie(self) -> str:
        """El pie de toda figura: fuente, corte y umbrales."""
        corte = formato.corte_corto(self.corte)
        return f"Fuente: POA {self.ejercicio}, {self._quien} · Corte: {corte} · Umbrales: {self.umbrales}"

    @property
    def _quien(self) -> str:
        quienes = self.quienes
        if len(quienes) > 3:
            return f"{len(quienes)} dependencias"
        largo = _LARGO_DE_NOMBRE if len(quienes) == 1 else _LARGO_DE_NOMBRE // 2
        return formato.lista(formato.recortar(quien, largo) for quien in quienes)

    def archivo(self, *que: str, segun: Collection[str] = DE_LO_QUE_SE_VE) -> str:
        """Nombre de archivo de una figura: «2025-T3_bisom_variacion».

        Lo que se aparta de lo predeterminado también va, para que dos vistas no se llamen igual:
        «2025-T3_bisom_metas_trimestre_estricto-95-105_variacion». `segun`: de qué depende lo que se escribe.
        """
        quien = (self.dependencia or TODAS).replace("_", "-")
        ya_lo_dice = any("meta" in parte for parte in que)
        de_los_umbrales = "" if self.umbral.preset == _umbral(None).preset else self._umbrales_en_archivo
        aparte = {
            "nivel": "metas" if self.nivel == "meta" and not ya_lo_dice else "",
            "periodo": "trimestre" if self.periodo == "trimestre" else "",
            "preset": de_los_umbrales,
        }
        partes = [aparte[campo] for campo in DE_LO_QUE_SE_VE if campo in segun]
        return formato.nombre_archivo(formato.corte_archivo(self.corte), quien, *partes, *que)

    @property
    def _umbrales_en_archivo(self) -> str:
        if not self.umbral.es_propio:
            return self.umbral.preset
        return "-".join(["umbrales", *(f"{getattr(self.umbral, campo):g}" for campo in CUATRO)])


def elegir(
    corte: str | None = None,
    dependencia: str | None = None,
    nivel: str | None = None,
    periodo: str | None = None,
    preset: str | None = None,
    ejercicio: str | None = None,
    **abierto: Any,
) -> Seleccion:
    """La selección pedida, corregida a lo que existe; lo que no se da es lo predeterminado.

    Sin `corte`, el último con avance del ejercicio pedido o de todos; si solo hay planes, el más reciente. `abierto`:
    lo demás de Seleccion.
    ErrorDeUsuario si la base no tiene informes.
    """
    cortes = consultar("cortes")
    if cortes.empty:
        raise ErrorDeUsuario("La base no tiene informes. Agregue un documento con: poa importar ARCHIVO")
    anio, corte = _elegir_corte(cortes, corte, ejercicio)
    hay = cortes[cortes["corte"] == corte].sort_values("dependencia_corta")
    dependencias = [str(d) for d in hay["dependencia"]]
    preset, umbral = leer_umbral(preset)
    return Seleccion(
        ejercicio=anio,
        corte=corte,
        dependencia=dependencia if dependencia in dependencias else None,
        nivel=nivel if nivel in formato.NIVELES else "accion",
        periodo=periodo if periodo in PERIODOS else "acumulado",
        preset=preset,
        umbral=umbral,
        nombres=dict(zip(cortes["dependencia"], cortes["dependencia_corta"], strict=True)),
        dependencias=dependencias,
        **abierto,
    )


def _elegir_corte(cortes: pd.DataFrame, pedido: str | None, ejercicio: str | None) -> tuple[int, str]:
    """Corte pedido si existe; si no, el último con avance del ejercicio pedido o de todos.

    Un plan recién llegado no quita de la vista el avance del año que termina: se ve si se pide, o si no hay otra cosa.
    """
    suyos = cortes[cortes["corte"] == pedido]
    if len(suyos) and ejercicio in (None, str(suyos["ejercicio"].iloc[0])):
        return int(suyos["ejercicio"].iloc[0]), str(pedido)
    del_anio = cortes[cortes["ejercicio"].astype(str) == ejercicio]
    posibles = del_anio if len(del_anio) else cortes
    con_avance = posibles[posibles["tiene_avance"]]
    elegido = (con_avance if len(con_avance) else posibles).sort_values("corte").iloc[-1]
    return int(elegido["ejercicio"]), str(elegido["corte"])


def leer_umbral(pedido: str | None) -> tuple[str | None, Umbral]:
    """El preset pedido y lo que significa; uno imposible es el predeterminado.

    Los propios que coinciden con un preset son ese preset: nada se llama de dos maneras.
    """
    try:
        umbral = _umbral(pedido)
    except ErrorDeUsuario:
        pedido, umbral = None, _umbral(None)
    if umbral.es_propio and (igual := preset_igual({c: getattr(umbral, c) for c in CUATRO})):
        pedido, umbral = igual, _umbral(igual)
    return pedido, umbral


def preset_igual(cuatro: Mapping[str, float]) -> str | None:
    """El preset que tiene esos cuatro umbrales, si alguno."""
    presets = consultar("presets")
    iguales = presets[(presets[list(CUATRO)] == [cuatro[c] for c in CUATRO]).all(axis=1)]
    return None if iguales.empty else str(iguales["preset"].iloc[0])


def _umbral(preset: str | None) -> Umbral:
    fila = consultar("umbral", preset=preset).iloc[0]
    return Umbral(**{campo: fila[campo] for campo in Umbral.__dataclass_fields__})
