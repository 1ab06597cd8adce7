"""Las descargas: una línea discreta bajo cada tabla y, en la banda de filtros, lo que sale de toda la selección.

Cada archivo se hace solo al tocarlo, aparte de la página: lo que lo hace no puede usar nada de Streamlit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from poa import hojas
from poa.consultas import consultar
from poa.hojas import Hoja
from poa.seleccion import Seleccion

_TIPOS = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "parquet": ("Parquet", "application/vnd.apache.parquet"),
    "pptx": ("PPTX", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
_EN_TABLA = (("csv", hojas.escribir_csv), ("xlsx", hojas.escribir_xlsx))
_VISTA = ("ejercicio", "corte", "dependencia", "preset")


@dataclass(frozen=True)
class Salida:
    """Un archivo que se puede bajar: qué se lee en su botón, su nombre con extensión y la función que lo da."""

    rotulo: str
    archivo: str
    hacer: Callable[[], bytes]


def bajar(hoja: Hoja) -> None:
    """La línea «Descargar: CSV · XLSX» de una tabla; quien la oye sabe de cuál es."""
    with st.container(key=f"bajar_{hoja.nombre}", horizontal=True, gap=None):
        for extension, escribir in _EN_TABLA:
            _boton(
                f"Descargar «{hoja.titulo}» en {extension.upper()}",
                Salida("", f"{hoja.archivo}.{extension}", partial(escribir, hoja)),
                f"bajar_{extension}_{hoja.nombre}",
            )


def menu(salidas: Sequence[Salida]) -> None:
    """El control «Descargar», al final de la banda de filtros: abre la lista de lo que se puede bajar."""
    with (
        st.container(key="filtro_descargar", gap=None, width="content"),
        st.popover("Descargar", key="descargar"),
        st.container(key="salidas", width=390),
    ):
        for salida in salidas:
            _boton(f"{salida.rotulo} ({_tipo(salida)[0]})", salida, f"salida_{salida.archivo}")


def _tipo(salida: Salida) -> tuple[str, str]:
    return _TIPOS[salida.archivo.rpartition(".")[2]]


def _boton(rotulo: str, salida: Salida, clave: str) -> None:
    st.download_button(
        rotulo,
        data=salida.hacer,
        file_name=salida.archivo,
        mime=_tipo(salida)[1],
        key=clave,
        on_click="ignore",
        type="tertiary",
    )


def de_la_seleccion(seleccion: Seleccion) -> list[Salida]:
    """Toda la selección, con sus metas y acciones y sus dos periodos, en un libro y en Parquet; y su presentación."""
    archivo = seleccion.archivo("seleccion", segun=("preset",))
    hojas_ = de_hojas("Toda la selección", archivo, hojas_de_la_seleccion(seleccion))
    return [*hojas_, _de_la_sesion(seleccion)]


def presentacion(seleccion: Seleccion, clave: str) -> None:
    """El botón que baja la presentación de la sesión, donde no hay banda de filtros."""
    salida = _de_la_sesion(seleccion)
    _boton(f"{salida.rotulo} ({_tipo(salida)[0]})", salida, clave)


def _de_la_sesion(seleccion: Seleccion) -> Salida:
    archivo = seleccion.archivo("sesion", segun=("periodo", "preset"))
    return Salida("Presentación de la sesión", f"{archivo}.pptx", partial(_presentacion, seleccion))


def _presentacion(seleccion: Seleccion) -> bytes:
    # se importa al pedirla: cargar lo que escribe presentaciones alargaría el arranque del tablero
    from poa.laminas import escribir

    return escribir.de_la_sesion(seleccion)


def hojas_de_la_seleccion(seleccion: Seleccion) -> list[Hoja]:
    """Cómo va cada compromiso y, aparte, cada uno de sus trimestres."""
    vista = seleccion.consulta(*_VISTA)
    sin = ("nivel", "periodo")
    return [
        hojas.de_seleccion(seleccion, "resumen", nombre, titulo, nombre, partial(consultar, nombre, **vista), sin=sin)
        for nombre, titulo in (("cumplimiento", "Cumplimiento"), ("trimestres", "Trimestre por trimestre"))
    ]


def de_hojas(rotulo: str, archivo: str, suyas: Sequence[Hoja]) -> list[Salida]:
    """Un libro con todas las hojas y cada una en Parquet; `archivo`, el del libro, sin extensión."""
    salidas = [Salida(rotulo, f"{archivo}.xlsx", partial(hojas.escribir_xlsx, *suyas))]
    for hoja in suyas:
        cual = rotulo if len(suyas) == 1 else f"{rotulo}: {hoja.titulo[0].lower()}{hoja.titulo[1:]}"
        salidas.append(Salida(cual, f"{hoja.archivo}.parquet", partial(hojas.escribir_parquet, hoja)))
    return salidas
