"""Los cuadros de Ejes del PMD: el árbol de códigos de cada plan y los compromisos de uno de ellos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import descargas, enlaces, piezas, tarjeta
from poa.componentes.piezas import Columna, Renglon
from poa.consultas import consultar
from poa.figuras import calor
from poa.hojas import columna_de_estado, de_seleccion
from poa.mensajes import ejes as mensajes
from poa.seleccion import Seleccion

PAGINA = "ejes"
_ABIERTOS = 16  # con tantos renglones o menos, el árbol se ve desplegado
_TITULO_ARBOL = "Ejes, estrategias y líneas"
_ESTADOS_DEL_ARBOL = tema.EVALUABLES  # los demás ya los cuenta la consulta
_SIN_NOMBRE = "<span class='u'>nombre no impreso en las fuentes</span>"


def las_de(filas: pd.DataFrame, responde: pd.DataFrame, pmd: str, clave: str) -> pd.DataFrame:
    """Los compromisos de `filas` que responden al código; con el plan vacío, los que no imprimen línea.

    `responde`: las filas de la consulta ejes_compromisos.
    """
    es_suyo = (responde["pmd"] == pmd) & (responde["clave_pmd"] == clave) if pmd else responde["pmd"].isna()
    return filas[filas["vigente_id"].isin(responde.loc[es_suyo, "vigente_id"])]


def abrir_lo_pedido(seleccion: Seleccion, filas: pd.DataFrame, responde: pd.DataFrame) -> None:
    """Abre la tarjeta, o la lista de los compromisos del código y trimestre que pide la dirección."""
    contadas, de_quien = _pedidas(seleccion, filas, responde)
    tarjeta.abrir_lo_pedido(seleccion.con(grupo=None), contadas, PAGINA, de=de_quien)


def _pedidas(seleccion: Seleccion, filas: pd.DataFrame, responde: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Los compromisos del código (y trimestre) cuyo conteo se tocó, y cómo se llama; sin él, todas las filas.

    El grupo de la dirección es «plan/código», «/» si no imprimen línea o «plan/código/columna» si se tocó una
    celda del mapa. Una celda trae las cifras de su trimestre, con los compromisos del plan que regía en él.
    """
    partes = (seleccion.grupo or "").split("/")
    if len(partes) not in (2, 3) or partes[2:] not in ([], *([str(c)] for c in range(1, calor.ACUMULADO + 1))):
        return filas, ""
    pmd, clave, columna = *partes[:2], int(partes[2]) if partes[2:] else 0
    nombre = f"{formato.pmd(pmd)}, {mensajes.nivel_pmd(clave)} {clave}" if pmd else "sin línea impresa"
    vista = seleccion.consulta("ejercicio", "corte", "dependencia", "nivel", "preset")
    if columna == calor.ACUMULADO:
        filas, nombre = consultar("cumplimiento", periodo="acumulado", **vista), f"{nombre}, acumulado al corte"
    elif columna:
        cifras = ["programado", "alcanzado", "cumplimiento_pct", "estado", "pagina", "renglon"]
        suyas = consultar("ejes_compromisos_trimestre", pmd=pmd, clave_pmd=clave, trimestre=columna, **vista)
        filas = filas.drop(columns=cifras).merge(suyas[["vigente_id", *cifras]], on="vigente_id")
        return filas, f"{nombre}, {formato.TRIMESTRES[columna]}"
    return las_de(filas, responde, pmd, clave), nombre


def indicacion() -> None:
    """Sobre el mapa de todos los ejes, en el lugar que en uno ocupa el camino."""
    st.html(
        "<p class='camino'>Un código solo dice algo dentro de su plan: el mismo nombra otra cosa en otro. "
        "Toque una celda para ver sus compromisos.</p>"
    )


def camino(seleccion: Seleccion, contenidas: Sequence[str]) -> None:
    """Dónde está el código que se ve y los que contiene: «Todos los ejes › PMD 2025–2027 › eje 1 › 1.1 · 1.3»."""
    partes = seleccion.linea.split(".")
    pasos = [enlaces.enlace(PAGINA, "Todos los ejes", **seleccion.direccion()), escape(formato.pmd(seleccion.pmd))]
    for n in range(1, len(partes)):
        clave = ".".join(partes[:n])
        pasos.append(_ir_a_codigo(escape(f"{mensajes.nivel_pmd(clave)} {clave}"), seleccion, clave))
    pasos.append(f"<b>{escape(f'{mensajes.nivel_pmd(seleccion.linea)} {seleccion.linea}')}</b>")
    if contenidas:
        pasos.append(" · ".join(_ir_a_codigo(escape(c), seleccion, c) for c in contenidas))
    st.html(f"<nav class='camino' aria-label='Lugar en el plan'>{' › '.join(pasos)}</nav>")


def _ir_a_codigo(texto: str, seleccion: Seleccion, clave: str, pmd: str | None = None) -> str:
    destino = seleccion.direccion(pmd=pmd or seleccion.pmd, linea=clave)
    return enlaces.enlace(PAGINA, texto, "Ver sus compromisos y sus trimestres", **destino)


def arbol(ejes: pd.DataFrame, conteos: pd.DataFrame, seleccion: Seleccion) -> None:
    """Eje, estrategia y línea de cada plan, con sus compromisos por estado; cada conteo abre su lista.

    `ejes`: las filas de la consulta ejes de un nivel y periodo; `conteos`: las de ejes_estados, de los mismos.
    Lo que no imprime línea va al final, con su propio renglón.
    """
    por_codigo: dict[tuple[str, str], dict[str, int]] = {}
    for c in conteos.fillna({"pmd": "", "clave_pmd": ""}).to_dict("records"):
        por_codigo.setdefault((c["pmd"], c["clave_pmd"]), {})[c["estado"]] = int(c["compromisos"])
    hoja = de_seleccion(seleccion, PAGINA, "codigos", _TITULO_ARBOL, "ejes", lambda: _con_estados(impresos, conteos))
    impresos, ejes = ejes, ejes.fillna({"pmd": "", "clave_pmd": "", "nombre": ""})
    con_linea = ejes[ejes["pmd"] != ""]
    abierto = " open" if len(con_linea) <= _ABIERTOS else ""
    mayor = int(ejes["total"].max()) if len(ejes) else 0
    partes = [_CABEZA]
    for pmd, del_plan in con_linea.groupby("pmd"):
        partes.append(f"<h3>{escape(formato.pmd(pmd))}</h3>")
        for eje, suyas in del_plan.groupby(del_plan["clave_pmd"].str.split(".").str[0], sort=False):
            filas = [_fila(f, por_codigo, mayor, seleccion) for f in suyas.to_dict("records")]
            partes.append(
                f"<details{abierto} aria-label='Eje {escape(eje)}'><summary>{filas[0]}</summary>{''.join(filas[1:])}"
                "</details>"
            )
    for fila in ejes[ejes["pmd"] == ""].head(1).to_dict("records"):
        partes.append(_fila(fila, por_codigo, mayor, seleccion))
    st.html(f"<div class='arbol' role='group' aria-label='{_TITULO_ARBOL}'>{''.join(partes)}</div>")
    descargas.bajar(hoja)


def _con_estados(ejes: pd.DataFrame, conteos: pd.DataFrame) -> pd.DataFrame:
    """Los códigos con una columna por cada estado que faltaba contar; los que no imprimen línea, una sola vez."""
    llave = ["nivel_pmd", "pmd", "clave_pmd"]
    repetidos = ejes["pmd"].isna() & (ejes["nivel_pmd"] != "eje")
    anchos = conteos.pivot(index=llave, columns="estado", values="compromisos")
    anchos = anchos.reindex(columns=list(_ESTADOS_DEL_ARBOL)).fillna(0).astype(int)
    anchos.columns = [columna_de_estado(palabra) for palabra in anchos.columns]
    return ejes[~repetidos].merge(anchos.reset_index(), on=llave, how="left")


_CABEZA = (
    "<div class='fila cabeza'>"
    + "".join(
        f"<span{clase}>{titulo}</span>"
        for titulo, clase in (
            ("Eje, estrategia y línea", ""),
            ("Cuántas hay en cada estado", ""),
            ("Total", " class='n'"),
            ("En banda, de las evaluables", " class='n'"),
            ("Índice acotado a 100 %, y cuántas rebasan", " class='n'"),
            ("Con reporte, de las exigibles", " class='n'"),
        )
    )
    + "</div>"
)


def _fila(fila: dict, por_codigo: dict, mayor: int, seleccion: Seleccion) -> str:
    pmd, clave = fila["pmd"], fila["clave_pmd"]
    grupo = f"{pmd}/{clave}"
    clase = mensajes.nivel_pmd(clave).replace("í", "i") if pmd else "suelta"
    dicho = escape(fila["nombre"]) if fila["tiene_nombre"] else _SIN_NOMBRE
    codigo = f"<b>{escape(clave)}</b> {_ir_a_codigo(dicho, seleccion, clave, pmd)}"
    nombre = codigo if pmd else "Sin línea impresa"

    def ligar(texto: str, lista: str) -> str:
        return piezas.contado(texto, lista, seleccion.nivel, seleccion, PAGINA, grupo=grupo)

    def de(cuantos: str, base: str, lista: str) -> str:
        if not fila[base]:
            return f"<span class='u'>{formato.RAYA}</span>"
        return ligar(f"{formato.numero(fila[cuantos])} de {formato.numero(fila[base])}", lista)

    evaluables = bool(fila["evaluables"])
    banda = f"{formato.parte(fila['en_banda_pct'])} " if evaluables else ""
    rebasan = ligar(formato.numero(fila["excedidos"]), "Rebasan el plan") if fila["excedidos"] else "0"
    indice = (
        f"{formato.parte(fila['indice_acotado_pct'])} <span class='u'>rebasan {rebasan}</span>"
        if evaluables
        else f"<span class='u'>{formato.RAYA}</span>"
    )
    celdas = (
        _tramos(por_codigo.get((pmd, clave), {}), int(fila["total"]), mayor, grupo, seleccion),
        formato.numero(fila["total"]),
        banda + de("cumplen", "evaluables", "Evaluables"),
        indice,
        de("reportados", "esperados", "Con reporte"),
    )
    cifras = "".join(f"<span class='n'>{celda}</span>" for celda in celdas[1:])
    return f"<div class='fila {clase}'><span class='nombre'>{nombre}</span>{celdas[0]}{cifras}</div>"


def _tramos(n_por_estado: dict[str, int], total: int, mayor: int, grupo: str, seleccion: Seleccion) -> str:
    """La barra apilada: un tramo por estado, con su icono y cuántas; al tocarlo, cuáles son."""
    tramos = []
    for palabra, aspecto in tema.ESTADOS.items():
        n = n_por_estado.get(palabra, 0)
        if n:
            destino = seleccion.direccion(estado=palabra, grupo=grupo)
            direccion = escape(enlaces.destino(PAGINA, **destino), quote=True)
            aviso = f"{palabra}: {formato.contar(n, seleccion.nivel)}. Ver cuáles son"
            tramos.append(
                f"<a class='ir' href='{direccion}' title='{escape(aviso, quote=True)}' "
                f"style='flex-grow:{n};{piezas.pintura(palabra)}'>{aspecto.icono} {formato.numero(n)}</a>"
            )
    return f"<span class='tramos' style='width:{100 * total / mayor:.1f}%'>{''.join(tramos)}</span>"


def compromisos(filas: pd.DataFrame, lineas: pd.DataFrame, seleccion: Seleccion) -> None:
    """Los que responden al código: líneas, meta anual con su unidad, P y A del periodo, % y estado.

    `filas`: una por compromiso, como las da la consulta cumplimiento; `lineas`: las de ejes_compromisos de su
    plan. El nombre lleva a Dependencias y el resto del renglón, a su tarjeta.
    """
    if filas.empty:
        piezas.vacio("En este corte ningún compromiso responde a este código con los filtros elegidos.")
        return
    por_compromiso = lineas[lineas["nivel_pmd"] == "linea"].groupby("vigente_id")["clave_pmd"].agg(list)
    varias = filas["dependencia"].nunique() > 1
    piezas.tabla(
        [
            Columna("Clave", "", "5rem"),
            *([Columna("Dependencia", "", "8rem")] if varias else []),
            Columna("Compromiso", "largo"),
            Columna("Líneas a las que responde", "", "11rem"),
            Columna("Meta anual", "n", "8rem"),
            Columna("Programado", "n", "6rem"),
            Columna("Alcanzado", "n", "5.4rem"),
            Columna("Del plan", "n", "5.2rem"),
            Columna("Estado", "", "11.2rem"),
        ],
        _renglones(filas, por_compromiso, varias, seleccion),
        "Compromisos que responden al código",
        de_seleccion(
            seleccion,
            PAGINA,
            "compromisos",
            "Compromisos que responden al código",
            "cumplimiento",
            lambda: filas.assign(lineas=filas["vigente_id"].map(por_compromiso)),
        ),
    )


def _renglones(filas: pd.DataFrame, por_compromiso: pd.Series, varias: bool, seleccion: Seleccion) -> Iterable[Renglon]:
    for _, fila in filas.iterrows():
        drill = seleccion.direccion(compromiso=fila["compromiso_id"], dependencia=fila["dependencia"])
        de_tarjeta = seleccion.direccion(
            compromiso=fila["compromiso_id"], tarjeta=True, pmd=seleccion.pmd, linea=seleccion.linea
        )
        nombre = piezas.descripcion(fila, 130)
        yield Renglon(
            [
                f"<span class='clave'>{piezas.seguro(fila['clave'])}</span>",
                *([escape(seleccion.nombre(fila["dependencia"]))] if varias else []),
                enlaces.enlace("dependencias", nombre, "Ver trimestre por trimestre", **drill),
                ", ".join(_ir_a_codigo(escape(c), seleccion, c) for c in por_compromiso.get(fila["vigente_id"], []))
                or formato.RAYA,
                piezas.con_unidad(fila["meta_anual"], fila["unidad_medida"]),
                formato.numero(fila["programado"]),
                formato.numero(fila["alcanzado"]),
                formato.porcentaje(fila["cumplimiento_pct"]),
                piezas.estado(fila["estado"]),
            ],
            destino=enlaces.destino(PAGINA, **de_tarjeta),
        )
