"""Cuadros con enlaces: estados por nivel, extremos con su motivo, compromisos de una dependencia y uno en detalle."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import marco, piezas, tarjeta
from poa.componentes.filtros import Seleccion

_ALTO_HOJA = tema.ALTO + 2  # lo mismo que la gráfica de al lado, con su filete


def estados(conteos: pd.DataFrame, seleccion: Seleccion, pagina: str) -> None:
    """Cuántas metas y acciones hay en cada estado; siempre los once, para que nada se mueva. También es la leyenda.

    Entra una fila por nivel y estado con `nivel`, `estado`, `compromisos`.
    """
    n = conteos.groupby(["estado", "nivel"])["compromisos"].sum() if not conteos.empty else {}
    filas = [
        (
            "",
            [
                f"<span title='{escape(e.significado, quote=True)}'>{piezas.estado(palabra)}</span>",
                *(
                    _conteo(int(n.get((palabra, nivel), 0)), palabra, nivel, seleccion, pagina)
                    for nivel in ("meta", "accion")
                ),
            ],
        )
        for palabra, e in tema.ESTADOS.items()
    ]
    with st.container(key="hoja_estados"):
        piezas.tabla(
            [("Estado", ""), ("Metas", "n"), ("Acciones", "n")], filas, "Metas y acciones por estado"
        )


def _conteo(n: int, palabra: str, nivel: str, seleccion: Seleccion, pagina: str) -> str:
    if not n:
        return "<span class='u'>0</span>"
    return marco.enlace(
        pagina,
        formato.numero(n),
        "Ver cuáles son y dónde están impresos",
        **seleccion.direccion(estado=palabra, nivel=nivel),
    )


def extremos(filas: pd.DataFrame, seleccion: Seleccion, pagina: str, si_faltan: str, rotulo: str) -> None:
    """Compromisos fuera de la banda con el motivo que imprime el documento."""
    if filas.empty:
        piezas.vacio(si_faltan)
        return
    varias = filas["dependencia"].nunique() > 1
    renglones = [
        (
            "",
            [
                f"<span class='clave'>{piezas.seguro(f['clave'])}</span>",
                _descripcion(
                    f, seleccion, pagina, f"{seleccion.nombre(f['dependencia'])} · " if varias else ""
                ),
                _con_unidad(f["programado"], f["unidad_medida"]),
                formato.numero(f["alcanzado"]),
                formato.porcentaje(f["cumplimiento_pct"]),
                piezas.estado(f["estado"]),
                _motivo(f["observaciones"]),
            ],
        )
        for _, f in filas.iterrows()
    ]
    piezas.tabla(
        [
            ("Clave", ""),
            ("Compromiso", "largo"),
            ("Programado", "n"),
            ("Alcanzado", "n"),
            ("Del plan", "n"),
            ("Estado", ""),
            ("Motivo impreso", "motivo largo"),
        ],
        renglones,
        rotulo,
    )


def _descripcion(fila: pd.Series, seleccion: Seleccion, pagina: str, antes: str = "") -> str:
    texto = formato.recortar(formato.oracion(fila["descripcion"], "Sin descripción impresa"), 150)
    return escape(antes) + marco.enlace(
        pagina,
        escape(texto),
        "Ver de dónde sale",
        **seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True),
    )


def _con_unidad(valor: object, unidad: object) -> str:
    return f"{formato.numero(valor)}<br><span class='u'>{escape(formato.minusculas(unidad)) or formato.RAYA}</span>"


def _motivo(observaciones: object) -> str:
    if formato.es_blanco(observaciones):
        return "<span class='u'>El documento no imprime motivo.</span>"
    completo = formato.oracion(observaciones)
    return f"<span title='{escape(completo, quote=True)}'>{escape(formato.recortar(completo, 220))}</span>"


def compromisos(tabla: pd.DataFrame, del_periodo: pd.DataFrame, seleccion: Seleccion) -> None:
    """Metas con sus acciones debajo: A y P de cada trimestre, y P, A, % y estado del periodo elegido.

    `tabla`: una fila por compromiso con `programado_t1`…`alcanzado_t4`; `del_periodo`: una por compromiso con
    `vigente_id, programado, alcanzado, cumplimiento_pct, estado`.
    """
    if tabla.empty:
        piezas.vacio("Esta dependencia no tiene metas ni acciones en el corte elegido.")
        return
    periodo = del_periodo.set_index("vigente_id")
    filas = []
    for _, f in tabla.iterrows():
        p = periodo.loc[f["vigente_id"]]
        elegida = "elegida" if f["compromiso_id"] == seleccion.compromiso else ""
        filas.append(
            (
                f"{f['nivel']} {elegida}",
                [
                    f"<span class='clave'>{piezas.seguro(f['clave'])}</span>",
                    _abrir(f, seleccion),
                    escape(formato.minusculas(f["unidad_medida"])) or formato.RAYA,
                    *(_trimestre(f, t) for t in (1, 2, 3, 4)),
                    formato.numero(p["programado"]),
                    formato.numero(p["alcanzado"]),
                    formato.porcentaje(p["cumplimiento_pct"]),
                    piezas.estado(p["estado"]),
                ],
            )
        )
    piezas.tabla(
        [
            ("Clave", ""),
            ("Meta o acción", "largo"),
            ("Unidad", "u"),
            *((formato.TRIMESTRES[t], "n") for t in (1, 2, 3, 4)),
            ("Programado", "n corte"),
            ("Alcanzado", "n"),
            ("Del plan", "n"),
            ("Estado", ""),
        ],
        filas,
        "Metas y acciones de la dependencia",
    )


def _abrir(fila: pd.Series, seleccion: Seleccion) -> str:
    texto = formato.recortar(formato.oracion(fila["descripcion"], "Sin descripción impresa"), 130)
    return marco.enlace(
        "dependencia",
        escape(texto),
        "Ver trimestre por trimestre",
        **seleccion.direccion(compromiso=fila["compromiso_id"]),
    )


def _trimestre(fila: pd.Series, t: int) -> str:
    """A grande y P debajo; el estado del trimestre solo por su icono, con la palabra al pasar."""
    palabra = fila[f"estado_t{t}"]
    icono = ""
    if palabra in tema.DEBAJO + tema.ENCIMA or palabra in (
        "Avance no programado",
        "Sin reporte",
        "Dato por revisar",
    ):
        a = tema.estado(palabra)
        icono = f"<span title='{escape(palabra)}' style='color:{a.borde}'>{a.icono}</span> "
    programado = formato.numero(fila[f"programado_t{t}"])
    return f"{icono}{formato.numero(fila[f'alcanzado_t{t}'])}<br><span class='u'>de {programado}</span>"


def detalle(fila: pd.Series, periodo: pd.Series, seleccion: Seleccion) -> None:
    """Al lado de la gráfica de un compromiso: sus cifras, la observación impresa y de dónde sale."""
    observacion = (
        "El documento no imprime observación."
        if formato.es_blanco(fila["observaciones"])
        else formato.oracion(fila["observaciones"])
    )
    datos = [
        ("Estado", piezas.estado(periodo["estado"])),
        ("Meta anual", formato.cantidad(fila["meta_anual"], fila["unidad_medida"])),
        ("Avance anual", formato.porcentaje(fila["avance_anual_pct"], ())),
        ("Según el informe", formato.porcentaje(fila["informe_relativo_pct"], ())),
        (
            "Se acumula",
            escape(formato.REGLAS.get(formato.texto(fila["regla_acumulacion"], ""), formato.RAYA)),
        ),
    ]
    if not formato.es_blanco(fila["etiquetas"]):
        datos.append(("Señales", escape(formato.texto(fila["etiquetas"]).replace("; ", ", "))))
    lista = "".join(f"<dt>{r}</dt><dd>{v}</dd>" for r, v in datos)
    certeza = formato.CERTEZAS.get(formato.texto(fila["certeza"], ""), ("sin anotar",))[0].lower()
    cerrar = marco.enlace("dependencia", "Volver a todos", "", **seleccion.direccion())
    st.html(
        f"<div class='hoja detalle tarjeta' style='height:{_ALTO_HOJA}px'><p class='sujeto'>{escape(formato.etiqueta_compromiso(fila))}</p>"
        f"<h3>Observación impresa</h3><p>{escape(observacion)}</p><dl>{lista}</dl>"
        f"<h3>De dónde sale</h3><p>{escape(tarjeta.nombre_documento(fila['compromiso_id'], seleccion))}, "
        f"{tarjeta.procedencia_breve(fila, seleccion, 'dependencia')}; certeza: {certeza}.</p>"
        f"<p class='salida'>{cerrar}</p></div>"
    )
