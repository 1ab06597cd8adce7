"""Los acuerdos en el modo sesión: dónde se apuntan, cómo se ven junto a su compromiso, y cómo se enmiendan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import pandas as pd
import streamlit as st

from poa import acta, formato
from poa import acuerdos as archivo
from poa.acuerdos import Acuerdo
from poa.componentes import descargas, enlaces, piezas
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario
from poa.mensajes import acuerdos as mensajes
from poa.mensajes import compromiso, sesion
from poa.mensajes.acuerdos import Linaje, Previo, Seguido
from poa.mensajes.sesion import Paso
from poa.seleccion import Seleccion

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ROTULO = f"Acuerdo (hasta {archivo.LARGO_TEXTO} letras)"
_INICIALES = "Iniciales de quien lo apunta"


# ---------------------------------------------------------------- leer


def leer() -> list[Acuerdo]:
    """Los acuerdos que valen; si el archivo no se puede leer, ninguno y, en la página, por qué."""
    try:
        return archivo.leer()
    except ErrorDeUsuario as error:
        piezas.vacio(error.mensaje)
        return []


def seguir(acuerdos: Sequence[Acuerdo], filas: pd.DataFrame, corte: str) -> dict[str, list[Seguido]]:
    """Los acuerdos de cada compromiso del corte, por `vigente_id`, con el linaje de la base."""
    if not acuerdos:
        return {}
    eslabones = consultar("eslabones", corte=corte)
    fuera = {
        vigente: desde
        for vigente, trimestres in consultar("impresas", corte=corte).groupby("vigente_id")
        if (desde := compromiso.sale_del_plan(trimestres)) is not None
    }
    linaje = Linaje(
        dict(zip(eslabones["vigente_id"], eslabones["eslabon"], strict=True)),
        consultar("hilo_enlaces").to_dict("records"),
        fuera,
        lambda una, otra: bool(consultar("misma_unidad", una=una, otra=otra)["es_la_misma"].iloc[0]),
    )
    return mensajes.seguir(acuerdos, filas, corte, linaje)


# ---------------------------------------------------------------- ver


def junto_a(seguidos: Mapping[str, Sequence[Seguido]], fila: pd.Series, nombres: Mapping[str, str]) -> str:
    """HTML de los acuerdos de un compromiso, con lo que se movió desde cada uno; el más reciente, primero."""
    suyos = seguidos.get(fila["vigente_id"], ())
    return "".join(
        _apunte(s.acuerdo, _movio(s, fila, nombres), mensajes.origen(s.acuerdo, fila)) for s in reversed(suyos)
    )


def _apunte(acuerdo: Acuerdo, movio: str, origen: str = "") -> str:
    return (
        f"<aside class='apunte'><p><b>Acuerdo</b> «{escape(acuerdo.texto)}» "
        f"<span class='u'>{escape(mensajes.de_quien(acuerdo) + origen)}</span></p>{movio}</aside>"
    )


def _movio(seguido: Seguido, fila: pd.Series, nombres: Mapping[str, str]) -> str:
    """«Al apuntarlo (T2 2025): 60 de 75, 80 % ▼; ahora (T4 2025): 97 de 85, 114.1 % ▲», o por qué no se compara."""
    if seguido.porque == "este_corte":
        return ""
    antes = _cifra(mensajes.al_apuntarlo(seguido.acuerdo), vars(seguido.acuerdo))
    aparte = mensajes.se_ve_tambien(seguido, fila["dependencia"], nombres)
    aparte = f"<p class='movio'>{escape(aparte)}</p>" if aparte else ""
    if seguido.porque:
        return (
            f"<p class='movio'>{antes}; <em>{escape(mensajes.sin_comparar(seguido, fila['corte']))}</em>.</p>{aparte}"
        )
    cambio, fuera = mensajes.cambio(seguido.acuerdo, fila), mensajes.fuera_del_plan(seguido, fila["corte"])
    despues = "".join(f"; {dicho}" for dicho in (escape(cambio), f"<em>{fuera}</em>" if fuera else "") if dicho)
    return f"<p class='movio'>{antes}; {_cifra(mensajes.ahora(fila), fila)}{despues}.</p>{aparte}"


def _cifra(cuando: str, fila: Mapping) -> str:
    reserva = mensajes.reserva(fila)
    aparte = f", {reserva}" if reserva else ""
    return f"{escape(cuando)}: <b>{escape(sesion.cifra(fila))}</b> {piezas.estado(fila['estado'])}{aparte}"


# ---------------------------------------------------------------- apuntar


def pedir(filas: pd.DataFrame, paso: Paso, seleccion: Seleccion) -> None:
    """El botón que abre dónde se apunta un acuerdo sobre un compromiso del paso.

    Lo escrito se queda si no se puede guardar; al guardarse, se cierra.
    """
    vuelta = st.session_state.setdefault("_apuntes", 0)
    nombres = {f["vigente_id"]: f for _, f in filas.sort_values("nivel", ascending=False, kind="stable").iterrows()}
    claves = {c: f"acuerdo_{c}_{vuelta}" for c in ("texto", "iniciales")}
    claves["sobre"] = f"acuerdo_sobre_{vuelta}_{paso.clave}"
    with (
        st.popover("Apuntar acuerdo", key=f"apuntar_{vuelta}", width="content"),
        st.form(f"forma_acuerdo_{vuelta}", border=False),
    ):
        st.selectbox(
            "Sobre qué compromiso",
            list(nombres),
            key=claves["sobre"],
            format_func=lambda v: (
                f"{formato.nivel(nombres[v]['nivel']).capitalize()} {formato.etiqueta_compromiso(nombres[v], 50)}"
            ),
            placeholder="Elija una opción",
        )
        st.text_area(_ROTULO, key=claves["texto"], max_chars=archivo.LARGO_TEXTO, height=150)
        _pedir_iniciales(claves["iniciales"])
        _decir_error()
        st.form_submit_button(
            "Guardar acuerdo",
            type="primary",
            on_click=_al_apuntar,
            args=(claves, {v: f.to_dict() for v, f in nombres.items()}, seleccion.corte),
        )


def _pedir_iniciales(clave: str) -> None:
    st.text_input(
        _INICIALES,
        st.session_state.get("_iniciales", ""),  # las últimas que se dieron
        key=clave,
        max_chars=10,
        width=240,
        placeholder="JLM",
    )


def _al_apuntar(claves: Mapping[str, str], filas: Mapping[str, Mapping], corte: str) -> None:
    sobre, texto, iniciales = (st.session_state.get(claves[c]) for c in ("sobre", "texto", "iniciales"))

    def guardar() -> None:
        fila = filas.get(sobre or "")
        if fila is None:
            raise ErrorDeUsuario("Elija sobre qué compromiso es el acuerdo.")
        eslabones = consultar("eslabones", corte=corte, dependencia=fila["dependencia"])
        suyo = eslabones.loc[eslabones["vigente_id"] == sobre, "eslabon"]
        archivo.apuntar(fila, str(suyo.iloc[0]), corte, texto, iniciales, fila["preset"])

    _intentar(guardar, iniciales, "Acuerdo guardado.")


def _intentar(guardar: Callable[[], object], iniciales: str | None, dicho: str) -> None:
    """Guarda y cierra lo abierto; si no se pudo, deja lo escrito y dice por qué."""
    try:
        guardar()
    except ErrorDeUsuario as error:
        st.session_state["_error_acuerdo"] = error.mensaje
        return
    st.session_state["_iniciales"] = iniciales
    st.session_state["_apuntes"] += 1
    st.toast(dicho)


def _decir_error() -> None:
    if dicho := st.session_state.pop("_error_acuerdo", None):
        piezas.error(dicho)


# ---------------------------------------------------------------- el último paso


def mostrar(acuerdos: Sequence[Acuerdo], previos: Sequence[Previo], filas: pd.DataFrame, seleccion: Seleccion) -> None:
    """Los acuerdos de la sesión por dependencia y meta, su acta, cómo enmendarlos y los que ya no tienen lugar.

    `acuerdos`: los del corte y las dependencias que se ven, en orden; `previos`: los de antes; `filas`: una por
    compromiso del corte.
    """
    titulo = mensajes.contar_acuerdos(len(acuerdos), seleccion.corte)
    aparte = "" if acuerdos else f"<p class='previos'>{mensajes.DONDE_SE_APUNTA}</p>"
    st.html(f"<article class='sesion cierre'><h1>{escape(titulo)}</h1>{aparte}</article>")
    _salidas(acuerdos, previos, filas, seleccion)
    sin_lugar = [p for p in previos if not p.llega]
    grupos = []
    for dependencia in dict.fromkeys(a.dependencia for a in acuerdos):
        suyos = [a for a in acuerdos if a.dependencia == dependencia]
        grupos.append(f"<h2>{escape(seleccion.nombre(dependencia))}</h2>")
        grupos += [_en_lista(a, seleccion) for a in suyos]
    if sin_lugar:
        grupos.append(f"<h2>{mensajes.SIN_LUGAR}</h2>")
        grupos += [_apunte(p.acuerdo, _sin_lugar(p), f", {seleccion.nombre(p.acuerdo.dependencia)}") for p in sin_lugar]
    if grupos:
        st.html(f"<article class='sesion cierre'>{''.join(grupos)}</article>")


def _sin_lugar(previo: Previo) -> str:
    antes = _cifra(mensajes.al_apuntarlo(previo.acuerdo), vars(previo.acuerdo))
    return f"<p class='movio'>{antes}; <em>{mensajes.sin_lugar(previo)}</em>.</p>"


def _salidas(acuerdos: Sequence[Acuerdo], previos: Sequence[Previo], filas: pd.DataFrame, seleccion: Seleccion) -> None:
    with st.container(key="sesion_salidas", horizontal=True, gap="small"):
        st.download_button(
            "Acta de acuerdos (DOCX)",
            lambda: acta.componer(acuerdos, previos, filas, seleccion),
            file_name=f"{seleccion.archivo('acta-de-acuerdos', segun=('preset',))}.docx",
            mime=_DOCX,
            on_click="ignore",
            type="primary" if acuerdos else "secondary",
        )
        descargas.presentacion(seleccion, "presentacion_al_cierre")
        if acuerdos:
            _enmendar(acuerdos, seleccion)


def _en_lista(acuerdo: Acuerdo, seleccion: Seleccion) -> str:
    nombre = formato.etiqueta_compromiso({"clave": acuerdo.clave, "descripcion": acuerdo.descripcion}, 110)
    destino = seleccion.direccion(paso=f"{acuerdo.dependencia}/{acuerdo.meta_clave}")
    sujeto = f"{formato.mayuscula(formato.nivel(acuerdo.nivel))} {nombre}"
    lugar = enlaces.enlace("sesion", escape(sujeto), "Ir a su paso", **destino)
    cifra = _cifra("Al apuntarlo", vars(acuerdo))
    return _apunte(acuerdo, f"<p class='movio'>{lugar}</p><p class='movio'>{cifra}.</p>")


def _enmendar(acuerdos: Sequence[Acuerdo], seleccion: Seleccion) -> None:
    """Corregir el texto de un acuerdo o tacharlo; en el archivo queda lo que decía."""
    vuelta = st.session_state.setdefault("_apuntes", 0)
    por_id = {a.acuerdo: a for a in reversed(acuerdos)}
    with st.popover("Corregir o tachar un acuerdo", key=f"enmendar_{vuelta}", width="content"):
        elegido = st.selectbox(
            "Cuál",
            list(por_id),
            key=f"enmienda_cual_{vuelta}",
            format_func=lambda a: f"{por_id[a].clave} · {formato.recortar(por_id[a].texto, 60)}",
            placeholder="Elija una opción",
        )
        claves = {c: f"enmienda_{c}_{vuelta}_{elegido}" for c in ("texto", "iniciales")}
        with st.form(f"forma_enmienda_{vuelta}", border=False):
            st.text_area(_ROTULO, por_id[elegido].texto, key=claves["texto"], max_chars=archivo.LARGO_TEXTO, height=150)
            _pedir_iniciales(claves["iniciales"])
            _decir_error()
            with st.container(horizontal=True):
                st.form_submit_button(
                    "Guardar corrección", type="primary", on_click=_al_corregir, args=(elegido, claves)
                )
                st.form_submit_button("Tachar", on_click=_al_tachar, args=(elegido, claves))


def _al_corregir(acuerdo: str, claves: Mapping[str, str]) -> None:
    texto, iniciales = (st.session_state.get(claves[c]) for c in ("texto", "iniciales"))
    _intentar(lambda: archivo.corregir(acuerdo, texto, iniciales), iniciales, "Acuerdo corregido.")


def _al_tachar(acuerdo: str, claves: Mapping[str, str]) -> None:
    iniciales = st.session_state.get(claves["iniciales"])
    _intentar(lambda: archivo.tachar(acuerdo, iniciales), iniciales, "Acuerdo tachado.")
