"""Los cuadros de Alertas: cuántas a cada lado del plan, la lista ordenada y lo que dicen contra lo que miden."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import descargas, enlaces, piezas, tarjeta
from poa.componentes.piezas import Columna, Renglon
from poa.figuras import estados
from poa.hojas import de_seleccion
from poa.mensajes import alertas as mensajes
from poa.mensajes import sesion
from poa.seleccion import Seleccion

_MOTIVO_CORTO = 200
_GRUPOS = (
    ("No se cumplió el plan", "Debajo del plan", tema.DEBAJO),
    ("Se rebasó el plan o no lo había", "Rebasan el plan o sin plan", estados.LISTAS["Rebasan el plan o sin plan"]),
)


def conteos(filas: pd.DataFrame, seleccion: Seleccion, pagina: str) -> None:
    """Cuántas quedaron a cada lado del plan y cuántas lo explican; cada número abre su lista.

    Entra una fila por compromiso del nivel y periodo, como las da la consulta cumplimiento. Los renglones
    son siempre los mismos, para que nada se mueva.
    """

    def contar(lista: str) -> str:
        n = len(estados.filtrar(filas, lista))
        if not n:
            return "<span class='u'>0</span>"
        return piezas.contado(formato.numero(n), lista, seleccion.nivel, seleccion, pagina)

    renglones = []
    for titulo, lista, palabras in _GRUPOS:
        renglones.append(Renglon([f"<b>{titulo}</b>", f"<b>{contar(lista)}</b>"], clase="grupo"))
        renglones += [Renglon([piezas.estado(palabra), contar(palabra)]) for palabra in palabras]
    renglones.append(Renglon(["<b>Qué lo explica</b>", ""], clase="grupo"))
    renglones += [
        Renglon([f"<span title='{escape(explica, quote=True)}'>{lista}</span>", contar(lista)])
        for lista, explica in _EXPLICAN.items()
    ]
    with st.container(key="hoja_conteos_alertas"):
        nombre = formato.mayuscula(formato.nivel(seleccion.nivel, 2))
        columnas = [Columna("Fuera de la banda"), Columna(nombre, "n", "5.5rem")]
        hoja = de_seleccion(seleccion, pagina, "conteos", "Fuera de la banda", "conteos", lambda: _conteos(filas))
        piezas.tabla(columnas, renglones, "Fuera de la banda", hoja)


def _conteos(filas: pd.DataFrame) -> pd.DataFrame:
    """Los mismos conteos como se bajan: una fila por lista."""
    listas = [lista for _, junta, palabras in _GRUPOS for lista in (junta, *palabras)] + list(_EXPLICAN)
    return pd.DataFrame([{"lista": lista, "compromisos": len(estados.filtrar(filas, lista))} for lista in listas])


_EXPLICAN = {
    "Con motivo impreso": "El documento imprime una observación que no contradice a sus cifras.",
    "Sin motivo impreso": "El documento no imprime observación y debería.",
    "Contradicen a las cifras": "La observación dice algo que las cifras desmienten; puede pasar también en banda.",
}


def lista(
    filas: pd.DataFrame,
    certezas: pd.Series,
    contradicciones: pd.DataFrame,
    seleccion: Seleccion,
    pagina: str,
    rotulo: str,
) -> None:
    """Los compromisos que se apartan, de la más lejana a la más cercana, con su motivo impreso o su ausencia.

    Entra una fila por compromiso de la consulta alertas; `certezas`: la peor de las cifras de cada uno, por
    `vigente_id`. La descripción y el lugar abren la tarjeta.
    """
    varias = filas["dependencia"].nunique() > 1
    dichos = {f["vigente_id"]: mensajes.contradice(f) for _, f in contradicciones.iterrows()}
    con_certeza = filas.assign(certeza=filas["vigente_id"].map(certezas))
    piezas.tabla(
        [
            Columna("Lugar", "n", "3.4rem"),
            Columna("Clave", "", "4.2rem"),
            Columna("Compromiso", "largo", "26%"),
            Columna("Alcanzado de programado", "n", "9.5rem"),
            Columna("Diferencia", "n", "5.6rem"),
            Columna("Del plan", "n", "5rem"),
            Columna("Estado", "", "12.2rem"),
            Columna("Motivo impreso", "motivo largo"),
        ],
        [_renglon(f, dichos.get(f["vigente_id"], ""), varias, seleccion, pagina) for _, f in con_certeza.iterrows()],
        rotulo,
        de_seleccion(
            seleccion, pagina, "pequenas" if filas["es_pequena"].all() else "lejanas", rotulo, "alertas", filas
        ),
    )


def _renglon(fila: pd.Series, dicho: str, varias: bool, seleccion: Seleccion, pagina: str) -> Renglon:
    quien = f"{escape(seleccion.nombre(fila['dependencia']))} · " if varias else ""
    tarjeta_de = seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True)
    compromiso = enlaces.enlace(pagina, piezas.descripcion(fila, 130), "Ver de dónde sale", **tarjeta_de)
    lugar = tarjeta.procedencia_de_cifra(fila, seleccion, pagina)
    lugar += f"; {escape(reserva)}" if (reserva := sesion.reserva(fila)) else ""
    unidad = escape(formato.unidad(fila["unidad_medida"], formato.RAYA))
    return Renglon(
        [
            formato.numero(fila["lugar"]),
            f"<span class='clave'>{piezas.seguro(fila['clave'])}</span>",
            f"{quien}{compromiso}<br><span class='u'>{lugar}</span>",
            f"{_alcanzado_de_programado(fila)}<br><span class='u'>{unidad}</span>",
            _diferencia(fila["diferencia"]),
            f"{formato.porcentaje(fila['cumplimiento_pct'])}<br><span class='u'>"
            f"{mensajes.veces(fila['cumplimiento_pct'])}</span>",
            piezas.estado(fila["estado"]),
            _motivo(fila, dicho),
        ]
    )


def _alcanzado_de_programado(fila: pd.Series) -> str:
    """«<b>39</b> de 120»; sin plan, «<b>2</b> de nada»."""
    sin_plan = formato.es_blanco(fila["programado"]) or not fila["programado"]
    programado = "nada" if sin_plan else formato.numero(fila["programado"])
    return f"<b>{formato.numero(fila['alcanzado'])}</b> de {programado}"


def _diferencia(valor: object) -> str:
    """Con su signo, en la unidad del compromiso."""
    cifra = formato.numero(valor)
    return f"+{cifra}" if not formato.es_blanco(valor) and valor > 0 else cifra


def _motivo(fila: pd.Series, dicho: str) -> str:
    """La observación, sus primeras letras con el resto plegado; o que no hay; o que contradice, y a qué."""
    if fila["justificacion"] == "ausente":
        return piezas.SIN_MOTIVO
    texto = _plegar(formato.oracion(fila["observaciones"]))
    if fila["justificacion"] != "contradictoria":
        return texto
    return f"<b class='contradice'>≠ {escape(dicho)}</b><br>{texto}"


def _plegar(completo: str) -> str:
    corto = formato.recortar(completo, _MOTIVO_CORTO)
    if corto == completo:
        return escape(completo)
    return (
        f"<details class='plegado'><summary><span>{escape(corto)}</span> <u>Leer completo</u></summary>"
        f"{escape(completo)}</details>"
    )


def contradicciones(filas: pd.DataFrame, todos: pd.DataFrame, seleccion: Seleccion, pagina: str) -> None:
    """Una hoja por contradicción: a la izquierda lo que el texto dice, señalado; a la derecha lo que se mide.

    Entra una fila por compromiso de la consulta contradicciones; `todos`: las metas y acciones del corte, para
    saber cuál es cada clave que repite la observación.
    """
    varias = filas["dependencia"].nunique() > 1
    hojas = []
    for _, fila in filas.iterrows():
        suyos = todos[todos["dependencia"] == fila["dependencia"]]
        niveles = dict(zip(suyos["clave"], suyos["nivel"], strict=True))
        hojas.append(_contradiccion(fila, niveles, varias, seleccion, pagina))
    st.html(f"<div class='dichos'>{''.join(hojas)}</div>")
    rotulo = "Lo que dicen contra lo que miden"
    descargas.bajar(de_seleccion(seleccion, pagina, "contradicciones", rotulo, "contradicciones", filas))


def _contradiccion(fila: pd.Series, niveles: dict[str, str], varias: bool, seleccion: Seleccion, pagina: str) -> str:
    quien = f"{escape(seleccion.nombre(fila['dependencia']))} · " if varias else ""
    tarjeta_de = seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True)
    sujeto = enlaces.enlace(pagina, escape(formato.etiqueta_compromiso(fila, 120)), "Ver de dónde sale", **tarjeta_de)
    partes = mensajes.marcar(formato.oracion(fila["observaciones"]), fila["contradiccion_dice"])
    texto = "".join(f"<mark>{escape(p)}</mark>" if habla else escape(p) for p, habla in partes)
    documento = escape(tarjeta.nombre_documento(fila["compromiso_id"], seleccion))
    lugar = tarjeta.procedencia_breve(fila, seleccion, pagina)
    otras = escape(mensajes.tambien_en(fila["tambien_en"], niveles))
    return (
        "<article class='hoja dicho'>"
        f"<header><p>{quien}{sujeto}</p>{piezas.estado(fila['estado'])}</header>"
        f"<div><h3>Lo que dice</h3><blockquote>«{texto}»</blockquote>"
        f"<p class='u'>{documento}, {lugar}. {otras}</p></div>"
        f"<div><h3>Lo que mide</h3><p class='mide'>{escape(mensajes.cifras(fila['contradiccion_con']))}</p>"
        f"<p class='u'>{escape(mensajes.medido(fila, seleccion.periodo))}</p></div>"
        "</article>"
    )
