"""Los pasos del modo sesión: la barra del recorrido y una meta con sus acciones.

Todo va en letra de proyector; lo que abre la sesión está en aperturas.py y los acuerdos, en acuerdos.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import acuerdos, descargas, enlaces, filtros, piezas, tarjeta
from poa.consultas import consultar
from poa.figuras import lienzo
from poa.mensajes import compromiso, comunes
from poa.mensajes import sesion as mensajes
from poa.mensajes.acuerdos import Seguido
from poa.mensajes.sesion import Paso
from poa.seleccion import Seleccion

PAGINA = "sesion"
_TRIMESTRES = (1, 2, 3, 4)


@dataclass(frozen=True)
class Vista:
    """Lo que se sabe del corte que se recorre.

    `filas`: una por compromiso, acumulada al corte, con la peor `certeza` de sus cifras; `trimestres`: una por
    compromiso y trimestre; `contradicen`: la frase de cada `vigente_id` cuyo texto desmienten sus cifras; `seguidos`:
    sus acuerdos, por `vigente_id`.
    """

    seleccion: Seleccion
    filas: pd.DataFrame
    trimestres: pd.DataFrame
    contradicen: Mapping[str, str]
    seguidos: Mapping[str, Sequence[Seguido]]

    def direccion(self, paso: Paso, **cambios: object) -> dict[str, str]:
        """Los parámetros de la dirección de un paso."""
        return self.seleccion.direccion(paso=paso.clave, **cambios)

    def de_antes(self, vigente_id: str) -> list[Seguido]:
        """Los acuerdos de otro corte sobre un compromiso."""
        return [s for s in self.seguidos.get(vigente_id, ()) if s.porque != "este_corte"]

    def por_preguntar(self, acciones: pd.DataFrame) -> pd.Series:
        """Cuáles de unas acciones van primero."""
        con_acuerdo = {v for v in acciones["vigente_id"] if self.de_antes(v)}
        return mensajes.por_preguntar(acciones, con_acuerdo | set(self.contradicen))


def pedido(seleccion: Seleccion, pasos: Sequence[Paso]) -> str | None:
    """El paso que dice la dirección; si no dice, el del compromiso que abre o el último que se vio, si sigue aquí."""
    partes = (seleccion.compromiso or "").split("/")
    otros = (f"{partes[2]}/{partes[3]}" if len(partes) == 5 else None, st.session_state.get("_paso"))
    claves = {paso.clave for paso in pasos}
    return st.query_params.get("paso") or next((clave for clave in otros if clave in claves), None)


def anotar(paso: Paso, es_el_primero: bool) -> None:
    """Recuerda el paso, para volver desde otra página, y lo deja en la dirección; sin decirlo se va al primero."""
    st.session_state["_paso"] = paso.clave
    if "paso" not in st.query_params and not es_el_primero:
        enlaces.ir_a(paso=paso.clave)


def avisar(dicho: str) -> None:
    """Por qué no se ve el paso que pide la dirección."""
    st.html(f"<p class='aviso-paso' role='status'>{escape(dicho)}</p>")


# ---------------------------------------------------------------- la barra


def barra(vista: Vista, pasos: Sequence[Paso], lugar: int) -> None:
    """Un renglón: qué se ve, el recorrido, dónde se apunta un acuerdo y los dos botones."""
    seleccion, paso = vista.seleccion, pasos[lugar]
    piezas.titular(f"Paso {lugar + 1} de {len(pasos)}: {paso.nombre}", "Sesión")
    quien = seleccion.quienes[0] if len(seleccion.quienes) == 1 else f"{len(seleccion.quienes)} dependencias"
    with st.container(key="sesion_barra", horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover(f"{formato.corte_corto(seleccion.corte)} · {formato.recortar(quien, 24)}"):
            filtros.mostrar(seleccion, sin=("nivel", "periodo", "preset", "descargar"))
            st.html(f"<p class='u'>Umbrales: {escape(seleccion.umbrales)}</p>")
            with st.container(key="salidas"):
                descargas.presentacion(seleccion, "presentacion")
        st.html(_recorrido(vista, pasos, lugar))
        if paso.dependencia is not None:
            acuerdos.pedir(paso.filas(vista.filas), paso, seleccion)
        st.html(_botones(vista, pasos, lugar), width="content")


def _recorrido(vista: Vista, pasos: Sequence[Paso], lugar: int) -> str:
    """Un tramo por paso, que lleva a él; las teclas también los siguen."""
    tramos = []
    for i, paso in enumerate(pasos):
        direccion = escape(enlaces.destino(PAGINA, **vista.direccion(paso)), quote=True)
        clase = "ir visto" if i <= lugar else "ir"
        abre = " abre" if paso.meta_clave is None else ""
        aqui = " aria-current='step'" if i == lugar else ""
        nombre = escape(paso.nombre, quote=True)
        tramos.append(f"<a class='{clase}{abre}' href='{direccion}' title='{nombre}' aria-label='{nombre}'{aqui}></a>")
    return (
        f"<nav class='recorrido' aria-label='Pasos de la sesión'><p><b>{lugar + 1} de {len(pasos)}</b> "
        f"<span>{escape(pasos[lugar].nombre)}</span></p><div>{''.join(tramos)}</div></nav>"
    )


def _botones(vista: Vista, pasos: Sequence[Paso], lugar: int) -> str:
    def boton(texto: str, a: int) -> str:
        if not 0 <= a < len(pasos):
            return f"<span class='apagado' aria-disabled='true'>{texto}</span>"
        return enlaces.enlace(PAGINA, texto, escape(pasos[a].nombre), **vista.direccion(pasos[a]))

    return f"<div class='botones'>{boton('‹ Anterior', lugar - 1)}{boton('Siguiente ›', lugar + 1)}</div>"


# ---------------------------------------------------------------- lo que comparten los pasos


def ceja(*partes: str) -> str:
    """Las partes que haya del renglón sobre el título."""
    return " · ".join(parte for parte in partes if parte)


def icono(palabra: object) -> str:
    """El icono de un estado sin su palabra, que dice al oírlo y al pasar por él."""
    aspecto = tema.estado(palabra)
    aviso = escape(aspecto.palabra, quote=True)
    return (
        f"<span class='estado'><i style='{piezas.pintura(palabra)}' role='img' aria-label='{aviso}' title='{aviso}'>"
        f"{aspecto.icono}</i></span>"
    )


def partir(filas: pd.DataFrame) -> tuple[pd.Series | None, pd.DataFrame]:
    """La meta, si el documento la imprime, y sus acciones."""
    es_meta = filas["nivel"] == "meta"
    return (filas[es_meta].iloc[0] if es_meta.any() else None), filas[~es_meta]


# ---------------------------------------------------------------- una meta con sus acciones


def meta(vista: Vista, paso: Paso) -> None:
    """Una meta a todo lo ancho, con sus trimestres, y debajo sus acciones: primero las que hay que preguntar."""
    suya, acciones = partir(paso.filas(vista.filas))
    primero = vista.por_preguntar(acciones)
    partes = [
        _cabeza(vista, paso, suya),
        _lista(vista, paso, mensajes.titulo_preguntar(int(primero.sum())), acciones[primero], enteras=True),
    ]
    if len(acciones[~primero]):
        titulo = mensajes.titulo_en_orden(acciones[~primero], bool(primero.any()))
        partes.append(_lista(vista, paso, titulo, acciones[~primero]))
    if acciones.empty:
        partes.append("<h2>El documento no imprime acciones de esta meta.</h2>")
    st.html(f"<article class='sesion'>{''.join(partes)}</article>")


def _cabeza(vista: Vista, paso: Paso, fila: pd.Series | None) -> str:
    """La meta: qué es, cuánto lleva contra su plan, por qué, y sus cuatro trimestres."""
    if fila is None:
        return (
            f"<header class='meta sola'><p class='ceja'>{escape(ceja(paso.nombre, paso.turno))}</p>"
            "<h1>El documento no imprime la meta de estas acciones.</h1></header>"
        )
    unidad = formato.unidad(fila["unidad_medida"])
    la_dice_abajo = fila["estado"] == "Aún no exigible" and not formato.es_blanco(fila["meta_anual"])
    arriba = ceja(paso.nombre, paso.turno, f"unidad: {unidad}" if unidad and not la_dice_abajo else "")
    descripcion = formato.oracion(fila["descripcion"], "Sin descripción impresa")
    larga = " larga" if len(descripcion) > 170 else ""
    return (
        f"<header class='meta'><div><p class='ceja'>{escape(arriba)}</p>"
        f"<h1 class='{larga}'>{escape(descripcion)}</h1>{_cuanto(fila, vista.seleccion.corte)}"
        f"{_porque(vista, fila)}{_lugar(vista, paso, fila, con_documento=True)}"
        f"{acuerdos.junto_a(vista.seguidos, fila, vista.seleccion.nombres)}</div>{_trimestres(vista, fila)}</header>"
    )


def _cuanto(fila: pd.Series, corte: str) -> str:
    """Lo acumulado en grande con su barra; lo que no tiene porcentaje, como frase; un plan, lo que compromete."""
    if fila["estado"] == "Aún no exigible":
        cifra, de = mensajes.compromete(fila)
        grande = f"<b>{cifra}</b> " if cifra else ""
        return f"<p class='cifra'>{grande}<span>{escape(de)}</span> {piezas.estado(fila['estado'])}</p>"
    if formato.es_blanco(fila["cumplimiento_pct"]):
        dicho = compromiso.titulo(fila, fila, corte, "acumulado")
        return f"<p class='frase'>{escape(dicho)}. {piezas.estado(fila['estado'])}</p>"
    incompleto = escape(comunes.a_medias(fila))
    return (
        f"<p class='cifra'><b>{formato.numero(fila['alcanzado'])}</b> <span>de {formato.numero(fila['programado'])}"
        f"</span> <b>{formato.porcentaje(fila['cumplimiento_pct'])}</b> <span>del plan{incompleto}</span> "
        f"{piezas.estado(fila['estado'])}</p>{_barra(fila)}"
    )


def _barra(fila: pd.Series) -> str:
    """Lo programado en contorno y lo alcanzado en sólido, contra el mayor de los dos."""
    p, a = (0.0 if formato.es_blanco(fila[c]) else max(float(fila[c]), 0.0) for c in ("programado", "alcanzado"))
    tope = max(p, a)
    if not tope:
        return ""
    barras = "".join(
        f"<i class='{clase}' style='width:{100 * v / tope:.1f}%'></i>" for clase, v in (("p", p), ("a", a)) if v
    )
    return f"<div class='pa' aria-hidden='true'>{barras}</div>"


def _porque(vista: Vista, fila: pd.Series) -> str:
    """El motivo impreso, con lo que sus cifras le desmienten; si falta donde hay algo que preguntar, lo dice."""
    if formato.es_blanco(fila["observaciones"]):
        return "" if fila["estado"] in mensajes.EN_ORDEN else f"<p class='porque'>{piezas.SIN_MOTIVO}.</p>"
    dicho = vista.contradicen.get(fila["vigente_id"])
    contra = f"<b class='contradice'>≠ {escape(dicho)}</b> " if dicho else ""
    return f"<p class='porque'>{contra}«{escape(formato.oracion(fila['observaciones']))}»</p>"


def _lugar(vista: Vista, paso: Paso, fila: pd.Series, con_documento: bool = False) -> str:
    """Dónde está impreso, que abre la tarjeta; y si alguna cifra no se leyó tal cual o le falta reporte."""
    documento = f"{escape(tarjeta.nombre_documento(fila['compromiso_id'], vista.seleccion))}, " if con_documento else ""
    lugar = tarjeta.procedencia_de_cifra(fila, vista.seleccion, PAGINA, paso=paso.clave)
    reservas = [mensajes.reserva(fila), "" if con_documento else comunes.a_medias(fila).strip(" ()")]
    # cada una pasa entera al renglón de abajo
    dichas = "".join(f"; {reserva.replace(' ', formato.ESPACIO)}" for reserva in reservas if reserva)
    return f"<p class='lugar'>{documento}{lugar}{dichas}</p>"


def _trimestres(vista: Vista, fila: pd.Series) -> str:
    """Las cuatro parejas de barras de una meta, con sus cifras y su estado; sin cifras, una frase."""
    suyos = consultar("compromiso", compromiso_id=fila["compromiso_id"], **vista.seleccion.consulta("corte", "preset"))
    dicho = compromiso.recorrido(fila, suyos)
    cifras = [float(v) for c in ("programado", "alcanzado") for v in suyos[c] if not formato.es_blanco(v)]
    if not cifras:
        return f"<div class='trimestres vacios'><p>{escape(dicho)}.</p></div>"
    tope = max([*cifras, 0.0]) or 1.0
    hay_avance = bool(suyos["es_exigible"].any())
    alcanzado = "<b>Alcanzado</b>" if hay_avance else ""
    columnas, antes = [], None
    for _, t in suyos.iterrows():
        nuevo = antes is not None and t["plan"] != antes and not formato.es_blanco(t["plan"])
        antes = t["plan"] if not formato.es_blanco(t["plan"]) else antes
        columnas.append(_columna(t, tope, nuevo, hay_avance))
    rotulos = f"<div class='renglones' aria-hidden='true'><span>Programado</span>{alcanzado}</div>"
    return f"<figure class='trimestres' aria-label='{escape(dicho, quote=True)}'>{rotulos}{''.join(columnas)}</figure>"


def _columna(t: pd.Series, tope: float, nuevo: bool, hay_avance: bool) -> str:
    barras = "".join(
        f"<i class='{clase}' style='height:{100 * float(t[c]) / tope:.1f}%'></i>"
        for clase, c in (("p", "programado"), ("a", "alcanzado"))
        if not formato.es_blanco(t[c]) and t[c] > 0  # un cero se lee en su cifra
    )
    estado = "" if t["estado"] == "Aún no exigible" else icono(t["estado"])
    alcanzado = ""
    if hay_avance:
        alcanzado = f"<p>{piezas.oculto('alcanzado')}<b>{formato.numero(t['alcanzado'])}</b></p>"
    clase = " class='nuevo'" if nuevo else ""
    aviso = "<em>nuevo plan ›</em>" if nuevo else ""
    return (
        f"<div{clase}>{aviso}<p>{estado}</p><div class='barras'>{barras}</div>"
        f"<p>{formato.TRIMESTRES[int(t['trimestre'])]}</p>"
        f"<p>{piezas.oculto('programado')}{formato.numero(t['programado'])}</p>{alcanzado}</div>"
    )


def _lista(vista: Vista, paso: Paso, titulo: str, filas: pd.DataFrame, enteras: bool = False) -> str:
    """Los renglones de unas acciones, a lo más quince a la vista; lo demás se abre.

    `enteras`: con su descripción completa, que es la que se discute; si no, sus primeros tres renglones.
    """
    if filas.empty:
        return ""
    es_plan = bool((filas["estado"] == "Aún no exigible").all())
    dibujar = _renglon_de_plan if es_plan else _renglon
    renglones = [dibujar(vista, paso, fila) for _, fila in filas.iterrows()]
    tope = lienzo.RENGLONES_MAXIMO
    cabeza = _cabeza_de_plan() if es_plan else ""
    clase = f"acciones{' plan' if es_plan else ''}{' enteras' if enteras else ''}"
    salida = f"<h2>{escape(titulo)}</h2><ul class='{clase}'>{cabeza}{''.join(renglones[:tope])}</ul>"
    if resto := renglones[tope:]:
        salida += piezas.plegado(f"Y {len(resto)} más", f"<ul class='{clase}'>{''.join(resto)}</ul>")
    return salida


def _renglon(vista: Vista, paso: Paso, fila: pd.Series) -> str:
    """Una acción: qué es, cuánto alcanzó de cuánto, su estado y dónde está impresa; debajo, por qué."""
    unidad = escape(formato.unidad(fila["unidad_medida"]))
    cuanto = f"<b>{formato.numero(fila['alcanzado'])}</b> de {formato.numero(fila['programado'])}"
    if mensajes.le_falta(fila):
        cuanto, unidad = escape(formato.mayuscula(mensajes.cifra(fila))), f"({unidad})" if unidad else ""
    return (
        f"<li><span class='clave'>{piezas.seguro(fila['clave'])}</span>{_nombre(fila)}"
        f"<span class='cuanto'>{cuanto} <span class='u'>{unidad}</span>{_barra(fila)}</span>"
        f"<span class='n'>{formato.porcentaje(fila['cumplimiento_pct'], '')}</span>"
        f"<div>{piezas.estado(fila['estado'])}{_lugar(vista, paso, fila)}</div>{_al_pie(vista, fila)}</li>"
    )


def _nombre(fila: pd.Series) -> str:
    completa = formato.oracion(fila["descripcion"], "Sin descripción impresa")
    return f"<span class='nombre' title='{escape(completa, quote=True)}'>{escape(completa)}</span>"


def _al_pie(vista: Vista, fila: pd.Series) -> str:
    """Bajo el renglón de una acción: por qué, si hay algo que preguntar, y sus acuerdos."""
    calla = fila["estado"] in mensajes.EN_ORDEN and fila["vigente_id"] not in vista.contradicen
    dicho = "" if calla else _porque(vista, fila)
    dicho += acuerdos.junto_a(vista.seguidos, fila, vista.seleccion.nombres)
    return f"<div class='pie'>{dicho}</div>" if dicho else ""


def _cabeza_de_plan() -> str:
    meses = "".join(f"<span class='n'>{formato.TRIMESTRES[t]}</span>" for t in _TRIMESTRES)
    return (
        f"<li class='cabeza' aria-hidden='true'><span></span><span></span><span class='n'>Meta anual</span>{meses}</li>"
    )


def _renglon_de_plan(vista: Vista, paso: Paso, fila: pd.Series) -> str:
    """Una acción de la que solo hay plan: su meta anual y lo programado en cada trimestre."""
    suyos = vista.trimestres[vista.trimestres["vigente_id"] == fila["vigente_id"]]
    programado = dict(zip(suyos["trimestre"], suyos["programado"], strict=True))
    meses = "".join(
        f"<span class='n'>{piezas.oculto(formato.TRIMESTRES[t])}{formato.numero(programado.get(t))}</span>"
        for t in _TRIMESTRES
    )
    unidad = escape(formato.unidad(fila["unidad_medida"]))
    return (
        f"<li><span class='clave'>{piezas.seguro(fila['clave'])}</span>{_nombre(fila)}"
        f"<span class='n'>{piezas.oculto('meta anual')}<b>{formato.numero(fila['meta_anual'])}</b> "
        f"<span class='u'>{unidad}</span></span>{meses}"
        f"{_lugar(vista, paso, fila)}{_al_pie(vista, fila)}</li>"
    )
