"""Los filtros: viven en la dirección de la página, se ven en una sola banda y pasan de una página a otra."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import streamlit as st

from poa import formato
from poa.componentes import enlaces, umbrales
from poa.componentes.umbrales import Umbral
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario
from poa.mensajes import comunes

TODAS = "todas"
_NIVELES = {"accion": "Acciones", "meta": "Metas"}
_PERIODOS = {"acumulado": "Acumulado", "trimestre": "Trimestre"}
_TRIMESTRES = ("Solo plan", "Primer trimestre", "Segundo trimestre", "Tercer trimestre", "Cuarto trimestre")
_EN_DIRECCION = ("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")


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
        dados = {campo: getattr(self, campo) for campo in _EN_DIRECCION} | cambios
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
    def umbrales(self) -> str:
        """«CONEVAL 90–110 %»."""
        return self.umbral.rotulo

    @property
    def cuando(self) -> str:
        """«cuarto trimestre de 2025, acumulado»."""
        if self.corte.endswith("T0"):
            return formato.corte(self.corte)
        return f"{formato.corte(self.corte)}, {formato.PERIODOS[self.periodo]}"


def leer() -> Seleccion:
    """La selección de la dirección, corregida a lo que existe; lo que falta se toma de la página anterior.

    Deja la dirección completa, para que la vista se pueda copiar.
    """
    cortes = consultar("cortes")
    if cortes.empty:
        raise ErrorDeUsuario("La base no tiene informes. Agregue un documento con: poa importar ARCHIVO")
    dados = _dados(cortes)
    ejercicio, corte = _elegir_corte(cortes, dados)
    hay = cortes[cortes["corte"] == corte].sort_values("dependencia_corta")
    dependencias = [str(d) for d in hay["dependencia"]]
    preset, umbral = umbrales.leer(dados.get("preset"))
    seleccion = Seleccion(
        ejercicio=ejercicio,
        corte=corte,
        dependencia=dados.get("dependencia") if dados.get("dependencia") in dependencias else None,
        preset=preset,
        umbral=umbral,
        nivel=dados.get("nivel") if dados.get("nivel") in _NIVELES else "accion",
        periodo=dados.get("periodo") if dados.get("periodo") in _PERIODOS else "acumulado",
        **{campo: dados.get(campo) for campo in enlaces.ABIERTO if campo != "tarjeta"},
        tarjeta=dados.get("tarjeta") == "1",
        nombres=dict(zip(cortes["dependencia"], cortes["dependencia_corta"], strict=True)),
        dependencias=dependencias,
    )
    _anotar(seleccion)
    return seleccion


def mostrar(seleccion: Seleccion, sin: Collection[str] = ()) -> None:
    """La banda de filtros; tocar uno cambia la dirección y con ella la página.

    `sin`: los que la página no usa, de 'ejercicio', 'corte', 'dependencia', 'nivel', 'periodo' y 'preset'.
    """
    with st.container(key="filtros", horizontal=True, vertical_alignment="bottom", gap="small"):
        for nombre, poner in _FILTROS.items():
            if nombre not in sin:
                poner(seleccion)


def _ejercicio(seleccion: Seleccion) -> None:
    ejercicios = sorted({int(e) for e in consultar("cortes")["ejercicio"]}, reverse=True)
    lista("Ejercicio", "ejercicio", ejercicios, seleccion.ejercicio, str, 112, _al_cambiar)


def _corte(seleccion: Seleccion) -> None:
    del_anio = sorted(set(consultar("cortes", ejercicio=seleccion.ejercicio)["corte"]))
    lista("Corte", "corte", del_anio, seleccion.corte, _nombre_corte, 186, _al_cambiar)


def _dependencia(seleccion: Seleccion) -> None:
    def como(dependencia: str) -> str:
        return "Todas las dependencias" if dependencia == TODAS else seleccion.nombre(dependencia)

    opciones = [TODAS, *seleccion.dependencias]
    lista("Dependencia", "dependencia", opciones, seleccion.dependencia or TODAS, como, 244, _al_cambiar)


_FILTROS: dict[str, Callable[[Seleccion], None]] = {
    "ejercicio": _ejercicio,
    "corte": _corte,
    "dependencia": _dependencia,
    "nivel": lambda seleccion: _botones("Compromisos", "nivel", _NIVELES, seleccion.nivel),
    "periodo": lambda seleccion: _botones("Periodo", "periodo", _PERIODOS, seleccion.periodo),
    "preset": lambda seleccion: umbrales.mostrar(seleccion.umbral, seleccion.direccion()),
}


def lista(
    rotulo: str,
    nombre: str,
    opciones: Sequence,
    valor: Any,
    como: Callable[[Any], str],
    ancho: int,
    al_cambiar: Callable[[str], None],
    fija: bool = False,
) -> None:
    """Un filtro que se elige de una lista; al elegir llama a `al_cambiar` con su nombre. `fija`: no hay qué elegir."""
    st.session_state[f"filtro_{nombre}"] = valor
    st.selectbox(
        rotulo,
        opciones,
        key=f"filtro_{nombre}",
        format_func=como,
        width=ancho,
        on_change=al_cambiar,
        args=(nombre,),
        disabled=fija,
        placeholder="Elija una opción",
    )


def _botones(rotulo: str, nombre: str, opciones: dict[str, str], valor: str) -> None:
    st.session_state[f"filtro_{nombre}"] = valor
    st.segmented_control(
        rotulo,
        list(opciones),
        key=f"filtro_{nombre}",
        format_func=opciones.get,
        required=True,
        on_change=_al_cambiar,
        args=(nombre,),
    )


def _al_cambiar(nombre: str) -> None:
    """Lleva el filtro a la dirección; un ejercicio nuevo suelta su corte."""
    enlaces.cambiar_filtro(**{nombre: str(st.session_state[f"filtro_{nombre}"])})
    if nombre == "ejercicio":
        enlaces.ir_a(corte=None)
        st.session_state.pop("_seleccion", None)


def _dados(cortes: pd.DataFrame) -> dict[str, str]:
    """Lo que dice la dirección o, si nada, lo último visto; un compromiso trae su corte y dependencia."""
    dados = dict(st.query_params.items())
    if not dados:
        dados = dict(st.session_state.get("_seleccion", {}))
    partes = dados.get("compromiso", "").split("/")
    if len(partes) == 5 and partes[1] in set(cortes["corte"]):
        dados = {"corte": partes[1], "dependencia": partes[2], **dados}
    return dados


def _elegir_corte(cortes: pd.DataFrame, dados: Mapping[str, str]) -> tuple[int, str]:
    """Corte pedido si existe; si no, el último con avance del ejercicio pedido o de todos."""
    existentes = {str(c): int(e) for c, e in zip(cortes["corte"], cortes["ejercicio"], strict=True)}
    pedido, ejercicio = dados.get("corte"), dados.get("ejercicio")
    if pedido in existentes and ejercicio in (None, str(existentes[pedido])):
        return existentes[pedido], pedido
    del_anio = [c for c, e in existentes.items() if str(e) == ejercicio] or list(existentes)
    elegido = max(del_anio)
    return existentes[elegido], elegido


def _anotar(seleccion: Seleccion) -> None:
    """Escribe la selección completa en la dirección y la recuerda para la siguiente página."""
    completa = {
        **seleccion.direccion(),
        **{c: v for c, v in st.query_params.items() if c in enlaces.ABIERTO + enlaces.PROPIOS},
    }
    if dict(st.query_params.items()) != completa:
        st.query_params.from_dict(completa)
    st.session_state["_seleccion"] = {c: completa[c] for c in _EN_DIRECCION if c in completa}


def _nombre_corte(corte: str) -> str:
    partes = formato.partir_corte(corte)
    return _TRIMESTRES[partes[1]] if partes else formato.RAYA


def linea(seleccion: Seleccion, indicador: pd.DataFrame) -> list[tuple[str, str]]:
    """La línea del encabezado: corte, umbrales y cobertura. `indicador`: filas de la consulta indicadores."""
    cobertura = comunes.cobertura(int(indicador["reportados"].sum()), int(indicador["esperados"].sum()))
    return [("Corte:", seleccion.cuando), ("Umbrales:", seleccion.umbrales), ("Cobertura:", cobertura)]


def banda(seleccion: Seleccion) -> tuple[float, float]:
    """Entre qué porcentajes del plan se cumple, según los umbrales elegidos."""
    return seleccion.umbral.minimo, seleccion.umbral.maximo


def pie(seleccion: Seleccion) -> str:
    """El pie de toda figura: fuente, corte y umbrales."""
    quienes = seleccion.quienes
    quien = formato.lista(quienes) if len(quienes) <= 3 else f"{len(quienes)} dependencias"
    fuente = f"Fuente: POA {seleccion.ejercicio}, {quien}"
    return f"{fuente} · Corte: {seleccion.cuando} · Umbrales: {seleccion.umbrales}"


def archivo(seleccion: Seleccion, *que: str) -> str:
    """Nombre de archivo de una figura: «2025-T3_bisom_variacion»."""
    quien = seleccion.dependencia or "todas"
    return formato.nombre_archivo(formato.corte_archivo(seleccion.corte), quien.replace("_", "-"), *que)


def nombre_completo(dependencia: str | None) -> str:
    """El nombre oficial de una dependencia."""
    cortes = consultar("cortes", dependencia=dependencia)
    return "Dependencia sin nombre" if cortes.empty else str(cortes["dependencia_nombre"].iloc[0])
