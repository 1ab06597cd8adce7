"""Los cuadros de Dependencias: sus metas y acciones por trimestre, y una de ellas en detalle."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import enlaces, piezas, tarjeta
from poa.componentes.filtros import Seleccion
from poa.componentes.piezas import Columna, Renglon

_ALTO_HOJA = tema.ALTO + 2  # lo mismo que la gráfica de al lado
_CON_ICONO = (*tema.DEBAJO, *tema.ENCIMA, "Avance no programado", "Sin reporte", "Dato por revisar")


def compromisos(tabla: pd.DataFrame, del_periodo: pd.DataFrame, seleccion: Seleccion) -> None:
    """Metas con sus acciones debajo: A y P de cada trimestre, y P, A, % y estado del periodo elegido.

    `tabla`: una fila por compromiso con `programado_t1`…`alcanzado_t4`; `del_periodo`: una por compromiso
    con `vigente_id, programado, alcanzado, cumplimiento_pct, estado`. El nombre lleva al compromiso y el
    resto del renglón, a su tarjeta.
    """
    if tabla.empty:
        piezas.vacio("Esta dependencia no tiene metas ni acciones en el corte elegido.")
        return
    periodo = del_periodo.set_index("vigente_id")
    piezas.tabla(
        [
            Columna("Clave", "", "4.6rem"),
            Columna("Meta o acción", "largo"),
            Columna("Meta anual", "n", "8.5rem"),
            *(Columna(formato.TRIMESTRES[t], "n", "5rem") for t in (1, 2, 3, 4)),
            Columna("Programado", "n corte", "6.4rem"),
            Columna("Alcanzado", "n", "5.4rem"),
            Columna("Del plan", "n", "5.2rem"),
            Columna("Estado", "", "11.2rem"),
        ],
        [_compromiso(f, periodo.loc[f["vigente_id"]], seleccion) for _, f in tabla.iterrows()],
        "Metas y acciones de la dependencia",
    )


def _compromiso(fila: pd.Series, periodo: pd.Series, seleccion: Seleccion) -> Renglon:
    elegida = " elegida" if fila["compromiso_id"] == seleccion.compromiso else ""
    drill = enlaces.enlace(
        "dependencias",
        piezas.descripcion(fila, 130),
        "Ver trimestre por trimestre",
        **seleccion.direccion(compromiso=fila["compromiso_id"]),
    )
    tarjeta_de = seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True)
    return Renglon(
        [
            f"<span class='clave'>{piezas.seguro(fila['clave'])}</span>",
            drill,
            piezas.con_unidad(fila["meta_anual"], fila["unidad_medida"]),
            *(_trimestre(fila, t) for t in (1, 2, 3, 4)),
            formato.numero(periodo["programado"]),
            formato.numero(periodo["alcanzado"]),
            formato.porcentaje(periodo["cumplimiento_pct"]),
            piezas.estado(periodo["estado"]),
        ],
        clase=f"{fila['nivel']}{elegida}",
        destino=enlaces.destino("dependencias", **tarjeta_de),
    )


def _trimestre(fila: pd.Series, t: int) -> str:
    """A y debajo P, con el icono del estado si se aparta del plan; solo P si no es exigible; o una raya."""
    programado, alcanzado = fila[f"programado_t{t}"], fila[f"alcanzado_t{t}"]
    if formato.es_blanco(programado) and formato.es_blanco(alcanzado):
        return f"<span class='u'>{formato.RAYA}</span>"
    palabra = fila[f"estado_t{t}"]
    if palabra == "Aún no exigible" and formato.es_blanco(alcanzado):
        return f"{formato.numero(programado)}<br><span class='u'>plan</span>"
    icono = ""
    if palabra in _CON_ICONO:
        aspecto = tema.estado(palabra)
        icono = f"<span title='{escape(palabra)}' style='color:{aspecto.borde}'>{aspecto.icono}</span> "
    return f"{icono}{formato.numero(alcanzado)}<br><span class='u'>de {formato.numero(programado)}</span>"


def detalle(fila: pd.Series, periodo: pd.Series, seleccion: Seleccion) -> None:
    """Al lado de la gráfica de un compromiso: sus cifras, la observación impresa y de dónde sale."""
    observacion = formato.oracion(fila["observaciones"], "El documento no imprime observación.")
    unidad = escape(formato.unidad(fila["unidad_medida"]))
    regla = formato.REGLAS.get(formato.texto(fila["regla_acumulacion"], ""), formato.RAYA)
    datos = [
        ("Estado", piezas.estado(periodo["estado"])),
        ("Meta anual", f"{formato.numero(fila['meta_anual'])} <span class='u'>{unidad}</span>"),
        ("Avance anual", formato.parte(fila["avance_anual_pct"])),
        ("Según el informe", formato.parte(fila["informe_relativo_pct"])),
        ("Se acumula", escape(regla)),
    ]
    if not formato.es_blanco(fila["etiquetas"]):
        datos.append(("Señales", escape(formato.texto(fila["etiquetas"]).replace("; ", ", "))))
    lista = "".join(f"<dt>{rotulo}</dt><dd>{valor}</dd>" for rotulo, valor in datos)
    certeza = formato.CERTEZAS.get(formato.texto(fila["certeza"], ""), ("sin anotar",))[0].lower()
    documento = escape(tarjeta.nombre_documento(fila["compromiso_id"], seleccion))
    lugar = tarjeta.procedencia_breve(fila, seleccion, "dependencias")
    volver = enlaces.enlace("dependencias", "Ver todas las de la dependencia", **seleccion.direccion())
    st.html(
        f"<div class='hoja detalle tarjeta' style='height:{_ALTO_HOJA}px'>"
        f"<p class='sujeto'>{escape(formato.etiqueta_compromiso(fila))}</p>"
        f"<h3>Observación impresa</h3><p>{escape(observacion)}</p>"
        f"<h3>De dónde sale</h3><p>{documento}, {lugar}; certeza: {certeza}.</p>"
        f"<dl>{lista}</dl><p class='salida'>{volver}</p></div>"
    )
