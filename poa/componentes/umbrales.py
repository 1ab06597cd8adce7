"""Los umbrales en vigor y el control que los elige o los mueve; viven en la dirección como un filtro más."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from poa import formato
from poa.componentes import enlaces
from poa.consultas import consultar
from poa.seleccion import Umbral, preset_igual

_ANCHO = 192  # px, los de los filtros vecinos
_LIMITES = (50.0, 200.0)  # % del plan a los que llega la banda
_MAS_CRITICO, _MAS_SUBESTIMADA = 10.0, 400.0


def mostrar(umbral: Umbral, direccion: Mapping[str, str]) -> None:
    """El control, con el aspecto de los filtros vecinos; `direccion` es la de la vista."""
    with st.container(key="filtro_umbrales", width=_ANCHO, gap=None):
        st.html("<p class='rotulo'>Umbrales</p>")
        with (
            st.popover(umbral.rotulo, width="stretch", key="umbrales"),
            st.container(key="mover_umbrales", width=420),
        ):
            _elegir(umbral)
            _mover(umbral)
            enlace = enlaces.enlace("metodo", "Qué cambia con los umbrales", **direccion)
            st.html(f"<p class='salida'>{enlace}</p>")


def _elegir(umbral: Umbral) -> None:
    """Los presets, cada uno con su motivo; con umbrales propios, ninguno está elegido."""
    presets = consultar("presets")
    st.session_state["umbral_preset"] = None if umbral.es_propio else umbral.preset
    st.radio(
        "Juego de umbrales",
        list(presets["preset"]),
        index=None,
        key="umbral_preset",
        format_func=lambda preset: f"{preset} %",
        captions=[motivo.replace(" %", f"{formato.ESPACIO}%") for motivo in presets["motivo"]],
        on_change=lambda: enlaces.cambiar_filtro(preset=st.session_state["umbral_preset"]),
    )


def _mover(umbral: Umbral) -> None:
    """Los cuatro umbrales, en pasos de un punto; al soltar uno, los demás se apartan si les estorba."""
    st.html("<p class='rotulo'>Mover los umbrales</p>")
    desde, hasta = _LIMITES
    _deslizar(
        "Banda de cumplimiento",
        "banda",
        min(desde, umbral.minimo),
        max(hasta, umbral.maximo),
        (umbral.minimo, umbral.maximo),
    )
    _deslizar("Crítico, por debajo de", "critico", min(_MAS_CRITICO, umbral.critico), umbral.minimo, umbral.critico)
    _deslizar(
        "Meta subestimada, por encima de",
        "meta_subestimada",
        umbral.maximo,
        max(_MAS_SUBESTIMADA, umbral.meta_subestimada),
        umbral.meta_subestimada,
    )


def _deslizar(rotulo: str, nombre: str, desde: float, hasta: float, valor: float | tuple[float, float]) -> None:
    st.session_state[f"umbral_{nombre}"] = valor
    st.slider(rotulo, desde, hasta, step=1.0, format="%g %%", key=f"umbral_{nombre}", on_change=_al_mover)


def _al_mover() -> None:
    """La banda siempre rodea al 100 %; crítico queda debajo de ella y meta subestimada, encima."""
    minimo, maximo = st.session_state["umbral_banda"]
    minimo, maximo = min(minimo, 99.0), max(maximo, 101.0)
    cuatro = {
        "critico": min(st.session_state["umbral_critico"], minimo),
        "minimo": minimo,
        "maximo": maximo,
        "meta_subestimada": max(st.session_state["umbral_meta_subestimada"], maximo),
    }
    propios = "-".join(f"{tope:g}" for tope in cuatro.values())
    enlaces.cambiar_filtro(preset=preset_igual(cuatro) or propios)
