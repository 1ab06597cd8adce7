"""Los filtros: viven en la dirección de la página, se ven en una sola banda y pasan de una página a otra."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from poa import formato
from poa.componentes import descargas, enlaces, umbrales
from poa.consultas import consultar
from poa.mensajes import comunes
from poa.seleccion import EN_DIRECCION, TODAS, Seleccion, elegir

_NIVELES = {"accion": "Acciones", "meta": "Metas"}
_PERIODOS = {"acumulado": "Acumulado", "trimestre": "Trimestre"}
_TRIMESTRES = ("Solo plan", "Primer trimestre", "Segundo trimestre", "Tercer trimestre", "Cuarto trimestre")


def leer() -> Seleccion:
    """La selección de la dirección, corregida a lo que existe; lo que falta se toma de la página anterior.

    Deja la dirección completa, para que la vista se pueda copiar.
    """
    dados = _dados()
    propios = {campo: dados.get(campo) for campo in enlaces.ABIERTO if campo != "tarjeta"}
    seleccion = elegir(
        **{campo: dados.get(campo) for campo in EN_DIRECCION}, **propios, tarjeta=dados.get("tarjeta") == "1"
    )
    _anotar(seleccion)
    return seleccion


def mostrar(seleccion: Seleccion, sin: Collection[str] = ()) -> None:
    """La banda de filtros; tocar uno cambia la dirección y con ella la página.

    `sin`: los que la página no usa, de 'ejercicio', 'corte', 'dependencia', 'nivel', 'periodo', 'preset' y
    'descargar'.
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
    "descargar": lambda seleccion: descargas.menu(descargas.de_la_seleccion(seleccion)),
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


def _dados() -> dict[str, str]:
    """Lo que dice la dirección o, si nada, lo último visto; un compromiso trae su corte y dependencia."""
    dados = dict(st.query_params.items())
    if not dados:
        dados = dict(st.session_state.get("_seleccion", {}))
    partes = dados.get("compromiso", "").split("/")
    if len(partes) == 5 and partes[1] in set(consultar("cortes")["corte"]):
        dados = {"corte": partes[1], "dependencia": partes[2], **dados}
    return dados


def _anotar(seleccion: Seleccion) -> None:
    """Escribe la selección completa en la dirección y la recuerda para la siguiente página."""
    completa = {
        **seleccion.direccion(),
        **{c: v for c, v in st.query_params.items() if c in enlaces.ABIERTO + enlaces.PROPIOS},
    }
    if dict(st.query_params.items()) != completa:
        st.query_params.from_dict(completa)
    st.session_state["_seleccion"] = {c: completa[c] for c in EN_DIRECCION if c in completa}


def _nombre_corte(corte: str) -> str:
    partes = formato.partir_corte(corte)
    return _TRIMESTRES[partes[1]] if partes else formato.RAYA


def linea(seleccion: Seleccion, indicador: pd.DataFrame) -> list[tuple[str, str]]:
    """La línea del encabezado: corte, umbrales y cobertura. `indicador`: filas de la consulta indicadores."""
    cobertura = comunes.cobertura(int(indicador["reportados"].sum()), int(indicador["esperados"].sum()))
    return [("Corte:", seleccion.cuando), ("Umbrales:", seleccion.umbrales), ("Cobertura:", cobertura)]
