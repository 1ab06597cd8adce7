"""La tarjeta «de dónde sale»: documento, página, renglón, texto impreso, certeza y nota de una cifra."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from poa import formato
from poa.componentes import filtros, marco, piezas
from poa.componentes.filtros import Seleccion
from poa.consultas import consultar


def de_donde_sale(seleccion: Seleccion, pagina: str) -> None:
    """Abre la tarjeta del compromiso de la dirección; si no existe, lo dice. Al cerrarla, la dirección la olvida."""
    cierra = {"tarjeta": None} if pagina == "dependencia" else {"tarjeta": None, "compromiso": None}
    _abrir("De dónde sale", lambda: _contenido(seleccion, pagina), cierra)


def lista_de_estado(seleccion: Seleccion, filas: pd.DataFrame, titulo: str, pagina: str) -> None:
    """Abre la lista de compromisos que suman una cifra, cada uno con su página y renglón."""
    _abrir(titulo, lambda: _lista(seleccion, filas, pagina), {"estado": None, "grupo": None})


def procedencia_breve(fila: pd.Series, seleccion: Seleccion, pagina: str) -> str:
    """HTML de una línea: «POA 2025 de BISOM, página 15, renglón 894», que abre la tarjeta."""
    lugar = f"página {formato.numero(fila['pagina'])}, renglón {formato.numero(fila['renglon'])}"
    return marco.enlace(
        pagina,
        escape(lugar),
        "Ver de dónde sale",
        **seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True),
    )


def nombre_documento(compromiso_id: str, seleccion: Seleccion) -> str:
    """«POA 2025 de BISOM», a partir del compromiso."""
    partes = compromiso_id.split("/")
    corte = formato.partir_corte(partes[1]) if len(partes) == 5 else None
    if corte is None:
        return "documento sin nombre"
    return f"POA {corte[0]} de {seleccion.nombre(partes[2])}"


def _abrir(titulo: str, contenido: Callable[[], None], cierra: dict[str, None]) -> None:
    st.dialog(titulo, width="large", on_dismiss=lambda: filtros.ir_a(**cierra))(contenido)()


def _contenido(seleccion: Seleccion, pagina: str) -> None:
    informes = consultar("compromiso_informes", compromiso_id=seleccion.compromiso)
    propio = informes[informes["compromiso_id"] == seleccion.compromiso]
    if propio.empty:
        piezas.vacio(
            "La dirección pide un compromiso que no está en la base. Ciérrela y elija otro de la lista."
        )
        return
    fila, fuente = propio.iloc[0], consultar("procedencia", compromiso_id=seleccion.compromiso)
    st.html(
        f"<div class='tarjeta'><p class='sujeto'>{escape(formato.etiqueta_compromiso(fila))}</p>"
        f"{_impreso(fuente, seleccion)}</div>"
    )
    _cifras(informes, seleccion)
    _hallazgos(fuente[fuente["papel"] == "hallazgo"])
    if pagina != "dependencia":
        dependencia = fila["compromiso_id"].split("/")[2]
        st.html(
            "<p class='salida'>"
            + marco.enlace(
                "dependencia",
                "Ver este compromiso trimestre por trimestre",
                **seleccion.direccion(compromiso=fila["compromiso_id"], dependencia=dependencia),
            )
            + "</p>"
        )


def _impreso(fuente: pd.DataFrame, seleccion: Seleccion) -> str:
    """Lista de datos del renglón propio del compromiso."""
    propio = fuente[fuente["papel"] == "compromiso"].iloc[0]
    palabra, explica = formato.CERTEZAS.get(formato.texto(propio["certeza"], ""), ("Sin anotar", ""))
    datos = [
        (
            "Documento",
            f"{escape(nombre_documento(propio['compromiso_id'], seleccion))} "
            f"<span class='u'>(archivo {piezas.seguro(propio['archivo'])})</span>",
        ),
        ("Lugar", f"Página {formato.numero(propio['pagina'])}, renglón {formato.numero(propio['renglon'])}"),
        ("Texto impreso", f"<pre>{_renglon(propio['texto'])}</pre>"),
        ("Certeza", f"<b>{palabra}</b>. {explica}"),
    ]
    if not formato.es_blanco(propio["nota"]):
        datos.append(("Nota", piezas.seguro(propio["nota"])))
    return "<dl>" + "".join(f"<dt>{rotulo}</dt><dd>{valor}</dd>" for rotulo, valor in datos) + "</dl>"


def _renglon(texto: object) -> str:
    """El renglón tal como se recibió; las tabulaciones se ven como espacios anchos."""
    if formato.es_blanco(texto):
        return "El renglón no está en el texto recibido."
    return escape(str(texto).strip("\n")).replace("\t", " \u2003")


def _cifras(informes: pd.DataFrame, seleccion: Seleccion) -> None:
    """De qué renglón sale cada trimestre: P y A pueden venir de informes distintos."""
    trimestres = consultar(
        "compromiso", compromiso_id=seleccion.compromiso, corte=seleccion.corte, preset=seleccion.preset
    )
    if trimestres.empty:
        return
    impresos = informes.set_index(["compromiso_id", "trimestre"])
    filas = [
        (
            "",
            [
                escape(formato.TRIMESTRES[int(t["trimestre"])]),
                _usado_e_impreso(t, "programado", impresos),
                _donde(t, "programado"),
                _usado_e_impreso(t, "alcanzado", impresos),
                _donde(t, "alcanzado"),
                formato.CERTEZAS.get(formato.texto(t["certeza"], ""), (formato.RAYA,))[0],
            ],
        )
        for _, t in trimestres.iterrows()
    ]
    piezas.tabla(
        [
            ("Trimestre", ""),
            ("Programado", "n"),
            ("Dónde", ""),
            ("Alcanzado", "n"),
            ("Dónde", ""),
            ("Certeza", ""),
        ],
        filas,
        "De qué renglón sale cada cifra trimestral",
    )


def _usado_e_impreso(fila: pd.Series, columna: str, impresos: pd.DataFrame) -> str:
    """La cifra que vale y, si la impresa es otra, también la impresa."""
    usado = formato.numero(fila[columna])
    llave = (fila[f"{columna}_de"], fila["trimestre"])
    if llave not in impresos.index:
        return usado
    impreso = formato.numero(impresos.loc[[llave], f"{columna}_impreso"].iloc[0], si_falta="en blanco")
    if usado == impreso or (usado == formato.RAYA and impreso == "en blanco"):
        return usado
    return f"{usado}<br><span class='u'>impreso: {impreso}</span>"


def _donde(fila: pd.Series, columna: str) -> str:
    if formato.es_blanco(fila[f"{columna}_pagina"]) or formato.es_blanco(fila[columna]):
        return "<span class='u'>sin cifra impresa</span>"
    return (
        f"<span class='u'>informe del {escape(formato.corte(fila[f'{columna}_corte']))},<br>"
        f"pág. {formato.numero(fila[f'{columna}_pagina'])}, renglón {formato.numero(fila[f'{columna}_renglon'])}</span>"
    )


def _hallazgos(hallazgos: pd.DataFrame) -> None:
    if hallazgos.empty:
        return
    piezas.seccion("Lo que hubo que interpretar")
    filas = [
        (
            "",
            [
                formato.SEVERIDADES.get(formato.texto(h["severidad"], ""), formato.RAYA),
                escape(formato.COLUMNAS.get(formato.texto(h["columna"], ""), formato.RAYA)),
                piezas.seguro(h["impreso"]),
                piezas.seguro(h["usado"]),
                piezas.seguro(h["explicacion"]),
                f"pág. {formato.numero(h['pagina'])}, renglón {formato.numero(h['renglon'])}",
            ],
        )
        for _, h in hallazgos.iterrows()
    ]
    piezas.tabla(
        [("Tipo", ""), ("Dato", ""), ("Impreso", ""), ("Usado", ""), ("Por qué", ""), ("Dónde", "")],
        filas,
        "Hallazgos de lectura de este compromiso",
    )


def _lista(seleccion: Seleccion, filas: pd.DataFrame, pagina: str) -> None:
    if filas.empty:
        piezas.vacio("Ningún compromiso de esta selección está en ese estado.")
        return
    renglones = [
        (
            "",
            [
                marco.enlace(
                    pagina,
                    escape(formato.etiqueta_compromiso(f, 120)),
                    "Ver de dónde sale",
                    **seleccion.direccion(compromiso=f["compromiso_id"], tarjeta=True),
                ),
                f"{formato.numero(f['programado'])}<br><span class='u'>{escape(formato.minusculas(f['unidad_medida']))}</span>",
                formato.numero(f["alcanzado"]),
                formato.porcentaje(f["cumplimiento_pct"]),
                procedencia_breve(f, seleccion, pagina),
            ],
        )
        for _, f in filas.iterrows()
    ]
    piezas.tabla(
        [
            ("Compromiso", ""),
            ("Programado", "n"),
            ("Alcanzado", "n"),
            ("Del plan", "n"),
            ("Dónde está impreso", ""),
        ],
        renglones,
        "Compromisos que suman esta cifra",
    )
