"""Los cuadros de Seguir una meta: la búsqueda y la lista de lo hallado; el paso por paso está en pasos.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape

import pandas as pd
import streamlit as st

from poa import formato
from poa.componentes import descargas, enlaces, umbrales
from poa.componentes.filtros import lista
from poa.consultas import consultar
from poa.hojas import Hoja
from poa.mensajes import seguir as mensajes
from poa.mensajes.hilo import Fila, Hilo
from poa.seleccion import TODAS, Seleccion

PAGINA = "seguir"
_LISTADOS = 40  # los que caben en la lista sin que sea más rápido buscar
_CUALQUIERA = "cualquiera"
_LARGO_BUSCA = 120
_EJEMPLO = "Por ejemplo: despensas, jóvenes, 10.3"


# ---------------------------------------------------------------- lo que pide la dirección


@dataclass(frozen=True)
class Pedido:
    """Lo que la dirección pide a esta página: un hilo, y con qué se busca. Vacío es que no lo pide."""

    hilo: str = ""
    busca: str = ""
    quien: str = ""
    unidad: str = ""

    def direccion(self, seleccion: Seleccion, **cambios: object) -> dict[str, str]:
        """Los parámetros de esta vista, para un enlace."""
        propios = {c: getattr(self, c) or None for c in ("hilo", "busca", "quien", "unidad")}
        return seleccion.direccion(**(propios | cambios))

    @property
    def hay_busqueda(self) -> bool:
        """Cierto si se pidió algo más que un hilo."""
        return bool(self.busca or self.quien or self.unidad)

    def hallados(self) -> pd.DataFrame:
        """Los hilos que responden a lo buscado, como los da la consulta hilos."""
        return consultar("hilos", texto=self.busca or None, dependencia=self.quien or None, unidad=self.unidad or None)


def leer(seleccion: Seleccion) -> Pedido:
    """Lo que pide la dirección, corregido a lo que existe."""
    dados = {c: st.query_params.get(c, "").strip() for c in ("hilo", "busca", "quien", "unidad")}
    dados["busca"] = dados["busca"][:_LARGO_BUSCA]
    dados["quien"] = dados["quien"] if dados["quien"] in seleccion.nombres else ""
    dados["unidad"] = unidades().get(_llana(dados["unidad"]), "")
    return Pedido(**dados)


def unidades() -> dict[str, str]:
    """Cada unidad de medida, sin acentos ni mayúsculas, y cómo se escribe; la base ya da una por cada comparable."""
    escritas = (formato.mayuscula(formato.unidad(u)) for u in consultar("hilo")["unidad_medida"].dropna().unique())
    return {_llana(escrita): escrita for escrita in escritas}


def _llana(unidad: str) -> str:
    return formato.sin_acentos(unidad).casefold()


def de_su_corte(seleccion: Seleccion) -> Seleccion:
    """La misma selección en el último corte del año del compromiso abierto, que aquí puede ser cualquiera."""
    trozos = (seleccion.compromiso or "").split("/")
    partido = formato.partir_corte(trozos[1]) if len(trozos) == 5 else None
    cortes = consultar("cortes", dependencia=trozos[2], ejercicio=partido[0]) if partido else pd.DataFrame()
    if cortes.empty:
        return seleccion
    return seleccion.con(ejercicio=partido[0], corte=str(cortes["corte"].max()), dependencia=trozos[2])


# ---------------------------------------------------------------- la búsqueda


def buscar(pedido: Pedido, seleccion: Seleccion) -> None:
    """La banda de búsqueda, con el aspecto de los filtros de las demás páginas."""
    escritas = sorted(set(unidades().values()), key=_llana)
    with st.container(key="filtros", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.session_state["filtro_busca"] = pedido.busca
        st.text_input(
            "Buscar una meta o acción",
            key="filtro_busca",
            max_chars=_LARGO_BUSCA,
            placeholder=_EJEMPLO,
            width=380,
            on_change=_al_buscar,
            args=("busca",),
        )
        quienes = sorted(seleccion.nombres, key=lambda d: _llana(seleccion.nombre(d)))
        _lista("Dependencia", "quien", TODAS, quienes, pedido.quien, "Todas las dependencias", seleccion.nombre)
        _lista("Unidad de medida", "unidad", _CUALQUIERA, escritas, pedido.unidad, "Cualquier unidad", str)
        umbrales.mostrar(seleccion.umbral, pedido.direccion(seleccion))
        hoja = _hoja(pedido, seleccion)
        descargas.menu(descargas.de_hojas(hoja.titulo, hoja.archivo, [hoja]))


def _hoja(pedido: Pedido, seleccion: Seleccion) -> Hoja:
    """Lo que se baja de una búsqueda: todos los hilos hallados, no solo los que caben en la lista."""
    dichos = [("Palabras", pedido.busca), ("Dependencia", seleccion.nombres.get(pedido.quien, ""))]
    filtros = [(r, v) for r, v in [*dichos, ("Unidad de medida", pedido.unidad)] if v]
    archivo = formato.nombre_archivo("hilos", *(p for p in (pedido.busca, pedido.quien, pedido.unidad) if p))
    return Hoja("hilos", "Hilos hallados", "hilos", pedido.hallados, archivo, filtros=filtros)


def _lista(
    rotulo: str,
    nombre: str,
    ninguna: str,
    opciones: Sequence[str],
    valor: str,
    sin_elegir: str,
    como: Callable[[str], str],
) -> None:
    """Una lista en la que también se puede no elegir nada."""

    def dicho(opcion: str) -> str:
        return sin_elegir if opcion == ninguna else como(opcion)

    lista(rotulo, nombre, [ninguna, *opciones], valor or ninguna, dicho, 244, _al_buscar)


def _al_buscar(nombre: str) -> None:
    """Lleva lo buscado a la dirección y suelta el hilo que se veía: se muestra el primero que responde."""
    dicho = str(st.session_state[f"filtro_{nombre}"] or "").strip()
    enlaces.cambiar_filtro(**{nombre: None if dicho in ("", TODAS, _CUALQUIERA) else dicho}, hilo=None)


# ---------------------------------------------------------------- lo hallado


def columnas() -> tuple:
    """La lista de lo hallado y, a su derecha, el dibujo del elegido."""
    izquierda, derecha = st.columns([0.345, 0.655], gap="medium")
    return izquierda, derecha


def resultados(hallados: pd.DataFrame, elegido: Hilo | None, pedido: Pedido, seleccion: Seleccion) -> None:
    """La lista de hilos; cada uno es un enlace que lo abre. El que se ve va señalado y siempre está.

    Entra lo que da la consulta hilos; `elegido`, el que se está viendo.
    """
    anios = sorted({int(a) for a in consultar("cortes")["ejercicio"]})
    actual = str(elegido.eslabones[0]["hilo"]) if elegido else ""
    filas = hallados.head(_LISTADOS).to_dict("records")
    titulo = mensajes.resultados(
        len(hallados), len(filas), pedido.hay_busqueda, bool(len(hallados) and hallados["es_parcial"].any())
    )
    renglones = [_hallado(f, f["hilo"] == actual, anios, pedido, seleccion) for f in filas]
    if elegido and actual not in {f["hilo"] for f in filas}:
        renglones.insert(0, _hallado(_como_hallado(elegido), True, anios, pedido, seleccion))
    if not filas:
        renglones.append(_que_probar(pedido, seleccion))
    cabezas = "".join(f"<span>{anio % 100:02d}</span>" for anio in anios)
    with st.container(key="hoja_hilos"):
        st.html(
            f"<nav class='hilos' aria-label='{escape(titulo, quote=True)}' style='--anios:{len(anios)}'>"
            f"<header><h2 aria-live='polite'>{escape(titulo)}</h2>"
            f"<div class='anios' aria-hidden='true'>{cabezas}</div></header>"
            f"<ol>{''.join(renglones)}</ol></nav>"
        )


def _como_hallado(elegido: Hilo) -> dict[str, object]:
    """El hilo que se ve, como una fila de la consulta hilos, para cuando no responde a lo buscado."""
    return dict(elegido.eslabones[-1]) | {
        "nombre": elegido.eslabones[0]["hilo_nombre"],
        "dependencias": list(dict.fromkeys(e["dependencia"] for e in elegido.eslabones)),
        "anios": [e["ejercicio"] for e in elegido.eslabones],
        "aparte": "Lo que se está viendo · ",
    }


def _hallado(fila: Fila, es_elegido: bool, anios: Sequence[int], pedido: Pedido, seleccion: Seleccion) -> str:
    suyos = {int(a) for a in fila["anios"]}
    nombre = formato.texto(fila["nombre"], "") or formato.etiqueta_compromiso(fila, 80)
    quienes = " · ".join(seleccion.nombre(d) for d in fila["dependencias"])
    unidad = formato.unidad(fila["unidad_medida"], "sin unidad impresa")
    marcas = "".join(f"<i class='{'si' if anio in suyos else 'no'}'></i>" for anio in anios)
    direccion = enlaces.destino(PAGINA, **pedido.direccion(seleccion, hilo=fila["hilo"]))
    actual = " aria-current='true'" if es_elegido else ""
    dicho = formato.lista(str(a) for a in sorted(suyos))
    return (
        f"<li{' class=elegido' if es_elegido else ''}><a class='ir' href='{escape(direccion, quote=True)}'{actual}>"
        f"<b>{escape(nombre)}</b><span class='anios' title='{dicho}'>{marcas}</span>"
        f"<span class='u'>{fila.get('aparte', '')}{escape(quienes)} · {escape(unidad)}"
        f"<span class='oculto'> · {dicho}</span></span></a></li>"
    )


def _que_probar(pedido: Pedido, seleccion: Seleccion) -> str:
    """Cuando nada responde: la misma búsqueda sin alguno de sus filtros, con cuántos daría."""
    quitar = {"quien": "Sin la dependencia", "unidad": "Sin la unidad de medida", "busca": "Sin las palabras"}
    dichos = []
    for campo, como in quitar.items():
        otro = replace(pedido, **{campo: ""}, hilo="")
        if getattr(pedido, campo) and otro.hay_busqueda and (n := len(otro.hallados())):
            texto = f"{como}: {formato.plural(n, 'resultado', 'resultados')}"
            dichos.append(enlaces.enlace(PAGINA, f"<b>{texto}</b>", **otro.direccion(seleccion)))
    dichos.append(enlaces.enlace(PAGINA, "<b>Los que llegan más lejos</b>", **Pedido().direccion(seleccion)))
    return "<li class='ninguno'>Nada responde a lo que se busca.</li>" + "".join(f"<li>{d}</li>" for d in dichos)
