"""Cuadros con enlaces: estados, extremos con su motivo, compromisos de una dependencia y uno en detalle."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import marco, piezas, tarjeta
from poa.componentes.filtros import Seleccion
from poa.componentes.piezas import Columna, Renglon

_ALTO_HOJA = tema.ALTO + 2  # lo mismo que la gráfica de al lado
_CON_ICONO = (*tema.DEBAJO, *tema.ENCIMA, "Avance no programado", "Sin reporte", "Dato por revisar")


def estados(conteos: pd.DataFrame, seleccion: Seleccion, pagina: str) -> None:
    """Cuántas metas y acciones hay en cada estado; siempre los once, para que nada se mueva. Es la leyenda.

    Entra una fila por nivel y estado con `nivel`, `estado`, `compromisos`.
    """
    n = conteos.groupby(["estado", "nivel"])["compromisos"].sum() if not conteos.empty else {}
    renglones = [
        Renglon(
            [
                f"<span title='{escape(aspecto.significado, quote=True)}'>{piezas.estado(palabra)}</span>",
                *(
                    _conteo(int(n.get((palabra, nivel), 0)), palabra, nivel, seleccion, pagina)
                    for nivel in ("meta", "accion")
                ),
            ]
        )
        for palabra, aspecto in tema.ESTADOS.items()
    ]
    with st.container(key="hoja_estados"):
        piezas.tabla(
            [Columna("Estado"), Columna("Metas", "n", "5rem"), Columna("Acciones", "n", "5.5rem")],
            renglones,
            "Metas y acciones por estado",
        )


def _conteo(n: int, palabra: str, nivel: str, seleccion: Seleccion, pagina: str) -> str:
    if not n:
        return "<span class='u'>0</span>"
    return contado(formato.numero(n), palabra, nivel, seleccion, pagina)


def contado(texto: str, estado: str, nivel: str, seleccion: Seleccion, pagina: str) -> str:
    """HTML de un conteo que abre la lista de los compromisos que lo suman, con su página y renglón."""
    return marco.enlace(
        pagina,
        escape(texto),
        "Ver cuáles son y dónde están impresos",
        **seleccion.direccion(estado=estado, nivel=nivel),
    )


def indicadores(tabla: pd.DataFrame, seleccion: Seleccion, pagina: str) -> None:
    """La tira con los cuatro números del nivel y periodo elegidos, cada uno con el conteo que abre su lista.

    Entra una fila por dependencia con las columnas de la consulta indicadores.
    """
    suma = {c: int(tabla[c].sum()) for c in ("evaluables", "cumplen", "excedidos", "esperados", "reportados")}
    indice = (tabla["indice_acotado_pct"] * tabla["evaluables"]).sum() / (suma["evaluables"] or 1)

    def ligar(texto: str, lista: str) -> str:
        return contado(texto, lista, seleccion.nivel, seleccion, pagina)

    def parte(cual: str, de: str, lista: str) -> tuple[str, str]:
        pct = formato.porcentaje(100 * suma[cual] / (suma[de] or 1), ())
        return pct, ligar(f"{formato.numero(suma[cual])} de {formato.numero(suma[de])}", lista)

    media = f"media de {formato.contar(suma['evaluables'], seleccion.nivel)}"
    valores = {
        "En banda": ("evaluables", lambda: parte("cumplen", "evaluables", "Cumple")),
        "Rebasan el plan": ("evaluables", lambda: parte("excedidos", "evaluables", "Rebasan el plan")),
        "Índice acotado a 100 %": (
            "evaluables",
            lambda: (formato.porcentaje(indice, ()), ligar(media, "Evaluables")),
        ),
        "Con reporte": ("esperados", lambda: parte("reportados", "esperados", "Con reporte")),
    }
    sin_base = (formato.RAYA, "ninguna evaluable todavía")
    piezas.cifras([(r, *(valor() if suma[base] else sin_base)) for r, (base, valor) in valores.items()])


def informes(cortes: pd.DataFrame) -> None:
    """Los informes que hay, del más reciente al más viejo, con enlaces a su resumen y a su dependencia."""
    recientes = cortes.sort_values(["corte", "dependencia_nombre"], ascending=[False, True])
    piezas.tabla(
        [
            Columna("Corte", "", "14rem"),
            Columna("Dependencia"),
            Columna("Metas", "n", "5rem"),
            Columna("Acciones", "n", "6rem"),
            Columna("Trae", "", "9rem"),
            Columna("", "", "8rem"),
            Columna("", "", "12rem"),
        ],
        [_informe(informe) for _, informe in recientes.iterrows()],
        "Informes que reúne el tablero",
    )


def _informe(informe: pd.Series) -> Renglon:
    vista = {"corte": informe["corte"], "dependencia": informe["dependencia"]}
    return Renglon(
        [
            escape(formato.mayuscula(formato.corte(informe["corte"]))),
            escape(informe["dependencia_nombre"]),
            formato.numero(informe["metas"]),
            formato.numero(informe["acciones"]),
            "Plan y avance" if informe["tiene_avance"] else "Solo plan",
            marco.enlace("resumen", "Ver resumen", **vista),
            marco.enlace("dependencia", "Ver metas y acciones", **vista),
        ]
    )


def extremos(filas: pd.DataFrame, seleccion: Seleccion, pagina: str, si_faltan: str, rotulo: str) -> None:
    """Compromisos fuera de la banda con el motivo que imprime el documento; tocar uno abre su tarjeta."""
    if filas.empty:
        piezas.vacio(si_faltan)
        return
    varias = filas["dependencia"].nunique() > 1
    renglones = []
    for _, fila in filas.iterrows():
        tarjeta_de = seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True)
        quien = f"{seleccion.nombre(fila['dependencia'])} · " if varias else ""
        celdas = [
            f"<span class='clave'>{piezas.seguro(fila['clave'])}</span>",
            escape(quien) + marco.enlace(pagina, _descripcion(fila, 150), "Ver de dónde sale", **tarjeta_de),
            _con_unidad(fila["programado"], fila["unidad_medida"]),
            formato.numero(fila["alcanzado"]),
            formato.porcentaje(fila["cumplimiento_pct"]),
            piezas.estado(fila["estado"]),
            _motivo(fila["observaciones"]),
        ]
        renglones.append(Renglon(celdas, destino=marco.destino(pagina, **tarjeta_de)))
    piezas.tabla(
        [
            Columna("Clave", "", "4.2rem"),
            Columna("Compromiso", "largo", "28%"),
            Columna("Programado", "n", "7.6rem"),
            Columna("Alcanzado", "n", "5.4rem"),
            Columna("Del plan", "n", "5rem"),
            Columna("Estado", "", "10.6rem"),
            Columna("Motivo impreso", "motivo largo"),
        ],
        renglones,
        rotulo,
    )


def _descripcion(fila: pd.Series, largo: int) -> str:
    return escape(formato.recortar(formato.oracion(fila["descripcion"], "Sin descripción impresa"), largo))


def _con_unidad(valor: object, unidad: object) -> str:
    palabra = escape(formato.unidad(unidad, formato.RAYA))
    return f"{formato.numero(valor)}<br><span class='u'>{palabra}</span>"


def _motivo(observaciones: object) -> str:
    if formato.es_blanco(observaciones):
        return "<span class='u'>El documento no imprime motivo.</span>"
    completo = formato.oracion(observaciones)
    corto = escape(formato.recortar(completo, 200))
    return f"<span title='{escape(completo, quote=True)}'>{corto}</span>"


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
    drill = marco.enlace(
        "dependencia",
        _descripcion(fila, 130),
        "Ver trimestre por trimestre",
        **seleccion.direccion(compromiso=fila["compromiso_id"]),
    )
    tarjeta_de = seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True)
    return Renglon(
        [
            f"<span class='clave'>{piezas.seguro(fila['clave'])}</span>",
            drill,
            _con_unidad(fila["meta_anual"], fila["unidad_medida"]),
            *(_trimestre(fila, t) for t in (1, 2, 3, 4)),
            formato.numero(periodo["programado"]),
            formato.numero(periodo["alcanzado"]),
            formato.porcentaje(periodo["cumplimiento_pct"]),
            piezas.estado(periodo["estado"]),
        ],
        clase=f"{fila['nivel']}{elegida}",
        destino=marco.destino("dependencia", **tarjeta_de),
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
        ("Avance anual", formato.porcentaje(fila["avance_anual_pct"], ())),
        ("Según el informe", formato.porcentaje(fila["informe_relativo_pct"], ())),
        ("Se acumula", escape(regla)),
    ]
    if not formato.es_blanco(fila["etiquetas"]):
        datos.append(("Señales", escape(formato.texto(fila["etiquetas"]).replace("; ", ", "))))
    lista = "".join(f"<dt>{rotulo}</dt><dd>{valor}</dd>" for rotulo, valor in datos)
    certeza = formato.CERTEZAS.get(formato.texto(fila["certeza"], ""), ("sin anotar",))[0].lower()
    documento = escape(tarjeta.nombre_documento(fila["compromiso_id"], seleccion))
    lugar = tarjeta.procedencia_breve(fila, seleccion, "dependencia")
    volver = marco.enlace("dependencia", "Ver todas las de la dependencia", **seleccion.direccion())
    st.html(
        f"<div class='hoja detalle tarjeta' style='height:{_ALTO_HOJA}px'>"
        f"<p class='sujeto'>{escape(formato.etiqueta_compromiso(fila))}</p>"
        f"<h3>Observación impresa</h3><p>{escape(observacion)}</p>"
        f"<h3>De dónde sale</h3><p>{documento}, {lugar}; certeza: {certeza}.</p>"
        f"<dl>{lista}</dl><p class='salida'>{volver}</p></div>"
    )
