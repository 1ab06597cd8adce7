"""Los cuadros de Método sobre las fuentes: documentos, certeza, hallazgos, excepciones y diccionario."""

from __future__ import annotations

import csv
from html import escape

import pandas as pd
import streamlit as st

from poa import formato, rutas
from poa.componentes import enlaces, piezas
from poa.componentes.piezas import Columna, Pliegue, Renglon
from poa.hojas import de_todo
from poa.mensajes import metodo as mensajes
from poa.seleccion import Seleccion


def documentos(tabla: pd.DataFrame, seleccion: Seleccion) -> None:
    """Cada documento con sus cortes, su tamaño, la certeza de sus cifras y sus hallazgos; abajo, la suma."""
    conteos = ["paginas", "renglones", "metas", "acciones", "seguras", "reconstruidas", "ambiguas"]
    conteos += ["errores", "advertencias", "avisos"]
    renglones = [
        Renglon(
            [
                f"<b>{escape(mensajes.documento(fila))}</b><br><span class='u'>{piezas.seguro(fila['archivo'])}</span>",
                escape(formato.lista(formato.corte_corto(c) for c in _partes(fila["cortes"]))),
                escape(formato.lista(seleccion.nombre(d) for d in _partes(fila["dependencias"]))),
                *(formato.numero(fila[c]) for c in conteos),
            ]
        )
        for _, fila in tabla.iterrows()
    ]
    sumas = [formato.numero(int(tabla[c].sum())) for c in conteos]
    cuantos = formato.plural(len(tabla), "documento", "documentos")
    renglones.append(Renglon([cuantos, "", "", *sumas], clase="total"))
    anchos = ("4.6rem", "5.4rem", "4.8rem", "5rem", "4.6rem", "7rem", "5rem", "4.6rem", "6.4rem", "4.4rem")
    titulos = ("Páginas", "Renglones", "Metas<br>impresas", "Acciones<br>impresas", "Cifras<br>seguras")
    titulos += ("Cifras<br>reconstruidas", "Cifras<br>ambiguas", "Errores", "Advertencias", "Avisos")
    piezas.tabla(
        [
            Columna("Documento", "", "8rem"),
            Columna("Cortes", "", "9rem"),
            Columna("Dependencias"),
            *(Columna(titulo, "n", ancho) for titulo, ancho in zip(titulos, anchos, strict=True)),
        ],
        renglones,
        "Documentos leídos",
        de_todo("documentos", "Documentos leídos", "documentos", tabla),
    )
    certezas = "".join(f"<dt>{palabra}</dt><dd>{explica}</dd>" for palabra, explica in formato.CERTEZAS.values())
    st.html(f"<dl class='certezas'>{certezas}</dl>")


def _partes(lista: object) -> list[str]:
    return [p.strip() for p in formato.texto(lista, "").split(",") if p.strip()]


def hallazgos(tabla: pd.DataFrame) -> None:
    """Plegado, qué se halló al leer: cuántos hallazgos de cada regla y severidad."""
    if tabla.empty:
        return
    conteo = tabla.groupby(["severidad", "regla"], sort=False).size()
    renglones = [
        Renglon([formato.SEVERIDADES.get(s, formato.RAYA).lower(), escape(mensajes.nombre(r)), formato.numero(n), ""])
        for (s, r), n in conteo.items()
    ]
    columnas = [
        Columna("Tipo", "", "10rem"),
        Columna("Qué se halló", "", "16rem"),
        Columna("Hallazgos", "n", "6rem"),
        Columna(""),
    ]
    titulo = f"{formato.plural(len(tabla), 'hallazgo', 'hallazgos')} de la lectura, por tipo"
    pliegue = Pliegue(titulo, columnas, renglones, "Hallazgos por tipo")
    piezas.plegadas([pliegue], de_todo("hallazgos", "Hallazgos de la lectura", "hallazgos", tabla))


def excepciones(tabla: pd.DataFrame, seleccion: Seleccion) -> None:
    """Lo que no cuadra en un documento, ya se conoce y se deja como está impreso, con su motivo."""
    if tabla.empty:
        return
    renglones = []
    for _, fila in tabla.iterrows():
        partes = formato.texto(fila["compromiso_id"], "").split("/")
        donde = escape(mensajes.nombre(fila["prueba"]))
        if len(partes) == 5:
            cual = escape(f"Compromiso {partes[4]} de {seleccion.nombre(partes[2])}, {formato.corte(partes[1])}")
            donde = enlaces.enlace("dependencias", cual, "Ver", compromiso=fila["compromiso_id"], tarjeta="1")
        renglones.append(Renglon([donde, escape(formato.prosa(fila["motivo"]))]))
    columnas = [Columna("Lo que no cuadra", "", "19rem"), Columna("Por qué se deja como está impreso")]
    hoja = de_todo("excepciones", "Excepciones conocidas", "excepciones", tabla)
    piezas.tabla(columnas, renglones, "Excepciones conocidas", hoja)


def diccionario(tabla: pd.DataFrame) -> None:
    """Plegada, cada tabla con sus columnas: nombre, unidad, descripción y de dónde sale."""
    notas, pliegues = _unidades_y_fuentes(), []
    cabezas = [
        Columna("Columna", "", "15rem"),
        Columna("Qué es"),
        Columna("Unidad", "", "12rem"),
        Columna("De dónde sale", "", "17rem"),
    ]
    for nombre, columnas in tabla.groupby("tabla", sort=False):
        renglones = [
            Renglon(
                [
                    escape(mensajes.nombre(columna["columna"])),
                    escape(mensajes.prosa(columna["descripcion"])),
                    *(escape(mensajes.prosa(nota)) for nota in notas.get((nombre, columna["columna"]), ("", ""))),
                ]
            )
            for _, columna in columnas.iterrows()
        ]
        cuantas = formato.plural(len(columnas), "columna", "columnas")
        trata = escape(mensajes.prosa(columnas["trata_de"].iloc[0]))
        titulo = mensajes.nombre(nombre)
        pliegues.append(Pliegue(titulo, cabezas, renglones, f"Columnas de {titulo}", f"{cuantas}. {trata}"))
    hoja = de_todo("diccionario", "Diccionario", "diccionario", lambda: _con_notas(tabla, notas))
    piezas.plegadas(pliegues, hoja)


def _con_notas(tabla: pd.DataFrame, notas: dict[tuple[str, str], tuple[str, str]]) -> pd.DataFrame:
    """El diccionario con la unidad y la fuente de cada columna."""
    suyas = [notas.get(llave, ("", "")) for llave in zip(tabla["tabla"], tabla["columna"], strict=True)]
    con_notas = tabla.assign(unidad=[unidad for unidad, _ in suyas], fuente=[fuente for _, fuente in suyas])
    return con_notas.drop(columns="lugar")


def _unidades_y_fuentes() -> dict[tuple[str, str], tuple[str, str]]:
    """(tabla, columna) → (unidad, fuente): los comentarios de la base solo llevan la descripción."""
    with rutas.diccionario().open(encoding="utf-8", newline="") as archivo:
        return {(f["tabla"], f["columna"]): (f["unidad"], f["fuente"]) for f in csv.DictReader(archivo)}
