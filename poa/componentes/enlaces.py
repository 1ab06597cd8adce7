"""Enlaces entre vistas y cambios de la dirección: todo lo que se ve tiene una que se puede copiar."""

from __future__ import annotations

import html
from urllib.parse import quote, urlencode

import streamlit as st

# Lo que está abierto sobre una vista: se cierra al cambiar un filtro.
ABIERTO = ("compromiso", "estado", "grupo", "pmd", "linea", "tarjeta")
# Lo que solo entiende una página: qué hilo se sigue, qué se busca, qué planes se comparan y en qué paso va la sesión.
PROPIOS = ("hilo", "busca", "quien", "unidad", "planes", "paso")


def destino(pagina: str, **parametros: object) -> str:
    """La dirección de una vista, relativa al tablero; los parámetros vacíos no van."""
    dados = {nombre: str(valor) for nombre, valor in parametros.items() if valor not in (None, "")}
    return f"{pagina}?{urlencode(dados, quote_via=quote, safe='/')}"


def enlace(pagina: str, texto: str, titulo: str = "", **parametros: object) -> str:
    """HTML de un enlace de verdad (se copia, se abre aparte) que dentro del tablero no recarga la página.

    `texto` ya viene como HTML seguro.
    """
    direccion = html.escape(destino(pagina, **parametros), quote=True)
    aviso = f' title="{html.escape(titulo, quote=True)}"' if titulo else ""
    return f'<a class="ir" href="{direccion}"{aviso}>{texto}</a>'


def ir_a(**cambios: str | None) -> None:
    """Cambia parámetros de la dirección (None los quita); para usarse en la respuesta a un toque."""
    for nombre, valor in cambios.items():
        if valor is None:
            st.query_params.pop(nombre, None)
        else:
            st.query_params[nombre] = valor


def cambiar_filtro(**cambios: str | None) -> None:
    """Lo mismo con un filtro: además cierra el compromiso, la lista o la línea que estén abiertos."""
    ir_a(**dict.fromkeys(ABIERTO), **cambios)
