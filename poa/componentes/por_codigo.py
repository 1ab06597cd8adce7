"""Abrir una vista con el código que lleva impreso una lámina: en la portada, o con «?v=» en la dirección."""

from __future__ import annotations

import streamlit as st

from poa import codigo
from poa.componentes import piezas
from poa.errores import ErrorDeUsuario

PARAMETRO = "v"


def pedida() -> tuple[str, dict[str, str]] | None:
    """La página y los parámetros del código de la dirección; None si no hay o no dice una vista.

    El que no se entiende se queda en la dirección: la portada explica por qué.
    """
    escrito = st.query_params.get(PARAMETRO)
    if not escrito:
        return None
    try:
        return codigo.leer(escrito)
    except ErrorDeUsuario:
        return None


def mostrar() -> None:
    """El campo donde se escribe y, si lo escrito no abre nada, por qué."""
    escrito = st.query_params.get(PARAMETRO, "")
    st.session_state["por_codigo"] = escrito
    with st.form("forma_por_codigo", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Abrir una vista por el código de su lámina", key="por_codigo", placeholder="dep/25T4/bisom", width=420
        )
        st.form_submit_button("Abrir", on_click=lambda: _ir_a(st.session_state["por_codigo"]))
    if escrito:
        try:
            codigo.leer(escrito)
        except ErrorDeUsuario as error:
            piezas.error(error.mensaje)


def _ir_a(escrito: str) -> None:
    if escrito.strip():
        st.query_params[PARAMETRO] = escrito.strip()
    else:
        st.query_params.pop(PARAMETRO, None)
