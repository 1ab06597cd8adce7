"""Lo que abre la sesión: el orden del día, si hay varias dependencias, y cómo llega cada una."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import enlaces, piezas
from poa.componentes.sesion import PAGINA, Vista, ceja, icono, partir
from poa.mensajes import comunes, sesion_laminas
from poa.mensajes import sesion as mensajes
from poa.mensajes.sesion import Paso
from poa.seleccion import Seleccion

_METAS_HOLGADAS = 6  # con más, cada una va en un renglón para que quepan en la pantalla

# ---------------------------------------------------------------- el orden del día


def orden(vista: Vista, pasos: Sequence[Paso], impreso: pd.DataFrame, ausentes: str) -> None:
    """Las dependencias que se van a ver, en orden, y el orden del día que imprime el documento, si lo trae.

    `impreso`: filas de la consulta sesion; `ausentes`: quién no informa este corte, sin punto final, o nada.
    """
    seleccion, aperturas = vista.seleccion, [p for p in pasos if p.dependencia and p.meta_clave is None]
    nivel, cuentan = comunes.los_que_cuentan(vista.filas)
    titulo = comunes.estados(cuentan["estado"].value_counts(), nivel, [p.nombre for p in aperturas], seleccion.corte)
    al_lado = _impreso(impreso, seleccion)
    st.html(
        f"<article class='sesion orden{' con-impreso' if al_lado else ''}'>"
        f"<p class='ceja'>Orden del día · {escape(seleccion.con(periodo='acumulado').cuando)}</p>"
        f"<h1>{escape(titulo)}.</h1><div class='dos'>"
        f"<div><ol class='metas'>{''.join(_punto(vista, n, p) for n, p in enumerate(aperturas, 1))}</ol>"
        f"{_aparte(ausentes)}</div>{al_lado}</div></article>"
    )


def _punto(vista: Vista, n: int, paso: Paso) -> str:
    """Una dependencia del orden del día: cómo llega, qué compromete y cuántas acciones hay que preguntar."""
    filas = paso.filas(vista.filas)
    cuantas = filas["nivel"].value_counts()
    acciones = filas[filas["nivel"] == "accion"]
    nombre = vista.seleccion.con(dependencia=paso.dependencia).nombre_completo
    texto = (
        f"<span class='clave'>{n}</span><span><b>{escape(nombre)}</b>{_en_palabras(filas)}</span>"
        f"{_cuantas(sesion_laminas.compromete(cuantas.get('meta', 0), cuantas.get('accion', 0)), vista, acciones)}"
    )
    return f"<li>{enlaces.enlace(PAGINA, texto, '', **vista.direccion(paso))}</li>"


def _en_palabras(filas: pd.DataFrame) -> str:
    """Cuántas de sus acciones hay en cada estado (de sus metas, si no las imprime); si es uno solo, cuál."""
    n = comunes.los_que_cuentan(filas)[1]["estado"].value_counts()
    hay = [palabra for palabra in tema.ESTADOS if palabra in n]
    estados = [f"{piezas.estado(palabra)}{f' {n[palabra]}' if len(hay) > 1 else ''}" for palabra in hay]
    return f"<span class='estados'>{''.join(f'<span>{uno}</span>' for uno in estados)}</span>"


def _cuantas(dicho: str, vista: Vista, acciones: pd.DataFrame) -> str:
    """Cuántos compromisos hay y, más grande, cuántas acciones suyas hay que preguntar."""
    preguntar = int(vista.por_preguntar(acciones).sum())
    aparte = f"<span class='preguntar'><b>{preguntar}</b> para preguntar</span>" if preguntar else ""
    return f"<span class='cuantas'><span class='u'>{escape(dicho)}</span>{aparte}</span>"


def _aparte(ausentes: str) -> str:
    return f"<p class='previos'>{escape(ausentes)}.</p>" if ausentes else ""


def _impreso(impreso: pd.DataFrame, seleccion: Seleccion) -> str:
    """El orden del día como se imprime, y en qué página; nada si el documento no lo trae."""
    suyo = sesion_laminas.puntos_impresos(impreso)
    if suyo.empty:
        return ""
    titulo, puntos = sesion_laminas.orden_del_dia(impreso, seleccion.ejercicio, ())
    renglones = "".join(f"<li class='{'punto' if sangria else ''}'>{escape(texto)}</li>" for sangria, texto in puntos)
    lugar = f"Impreso en la página {suyo['pagina'].iloc[0]}, renglón {suyo['renglon'].iloc[0]}"
    return f"<aside class='impreso'><h2>{escape(titulo)}</h2><ol>{renglones}</ol><p class='u'>{lugar}</p></aside>"


# ---------------------------------------------------------------- la apertura


def apertura(vista: Vista, paso: Paso, pasos: Sequence[Paso], parrafo: str, ausentes: str) -> None:
    """Cómo llega una dependencia: qué cumplió, cuántas en cada estado y sus metas, que llevan a su paso.

    `ausentes`: como en `orden`, si no hubo orden del día en que decirlo.
    """
    filas = paso.filas(vista.filas)
    nivel, cuentan = comunes.los_que_cuentan(filas)
    nombre = vista.seleccion.con(dependencia=paso.dependencia).nombre_completo
    titulo = comunes.estados(cuentan["estado"].value_counts(), nivel, [paso.nombre], vista.seleccion.corte)
    suyos = [p for p in pasos if p.dependencia == paso.dependencia and p.meta_clave is not None]
    previos = {s.acuerdo.acuerdo for v in filas["vigente_id"] for s in vista.de_antes(v)}
    cuando = vista.seleccion.con(periodo="acumulado").cuando
    st.html(
        f"<article class='sesion apertura'><p class='ceja'>{escape(ceja(nombre, paso.turno, cuando))}</p>"
        f"<h1>{escape(titulo)}.</h1><p class='parrafo'>{escape(parrafo)}</p>"
        f"<div class='dos'><div><ul class='conteos'>{_conteos(filas)}</ul>"
        f"<p class='previos'>{escape(mensajes.hay_previos(len(previos)))}</p>{_aparte(ausentes)}</div>"
        f"<ol class='metas{' muchas' if len(suyos) > _METAS_HOLGADAS else ''}'>"
        f"{''.join(_meta_de(vista, p) for p in suyos)}</ol></div></article>"
    )


def _conteos(filas: pd.DataFrame) -> str:
    """Cuántas metas y acciones hay en cada estado; solo los que hay, que así se leen desde el fondo."""
    n = filas.groupby(["estado", "nivel"]).size()
    renglones = []
    for palabra in tema.ESTADOS:
        metas, acciones = (int(n.get((palabra, nivel), 0)) for nivel in ("meta", "accion"))
        if metas + acciones:
            celdas = "".join(
                f"<span class='n'>{f'<b>{cuantas}</b> {formato.nivel(nivel, cuantas)}' if cuantas else ''}</span>"
                for cuantas, nivel in ((acciones, "accion"), (metas, "meta"))
            )
            renglones.append(f"<li>{piezas.estado(palabra)}{celdas}</li>")
    return "".join(renglones)


def _meta_de(vista: Vista, paso: Paso) -> str:
    """Una meta del orden del día: su estado, su descripción y cuántas acciones suyas hay que preguntar."""
    filas = paso.filas(vista.filas)
    meta, acciones = partir(filas)
    titulo = "Acciones sin meta impresa" if meta is None else formato.etiqueta_compromiso(meta, 90)
    como_va = "" if meta is None else icono(meta["estado"])
    aparte = _cuantas(formato.contar(len(acciones), "accion"), vista, acciones)
    texto = f"{como_va}<span><b>{escape(titulo)}</b></span>{aparte}"
    return f"<li>{enlaces.enlace(PAGINA, texto, '', **vista.direccion(paso))}</li>"
