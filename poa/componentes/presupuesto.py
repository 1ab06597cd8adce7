"""Los cuadros de Presupuesto: pesos por capítulo, avance físico por programa y el renglón impreso de un importe."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from poa import formato
from poa.componentes import enlaces, piezas, tarjeta
from poa.componentes.piezas import Columna, Renglon
from poa.figuras.presupuesto import SIN_INICIAL
from poa.hojas import de_seleccion
from poa.mensajes.presupuesto import LADO_A_LADO, total
from poa.seleccion import Seleccion

_SIN_CLAVE = "sin-programa"


def al_corte(seleccion: Seleccion) -> Seleccion:
    """La misma vista con el avance acumulado: el dinero lo es, y al lado de él no se lee un trimestre suelto."""
    return seleccion.con(periodo="acumulado")


def sin_presupuesto(con_dinero: pd.DataFrame, seleccion: Seleccion) -> None:
    """En el lugar de la gráfica: qué ejercicios sí imprimen presupuesto, con su enlace.

    `con_dinero`: las filas de la consulta presupuesto, de todos los años.
    """
    pares = con_dinero[["ejercicio", "dependencia"]].drop_duplicates().sort_values("ejercicio", ascending=False)
    vinculos = [
        enlaces.enlace(
            "presupuesto",
            escape(f"POA {int(par['ejercicio'])} de {seleccion.nombre(par['dependencia'])}"),
            "Ver su presupuesto",
            ejercicio=int(par["ejercicio"]),
            dependencia=par["dependencia"],
        )
        for _, par in pares.iterrows()
    ]
    frase = "Ningún documento de la base imprime presupuesto."
    if vinculos:
        frase = f"El presupuesto por programa y capítulo está impreso en {formato.lista(vinculos)}."
    st.html(f"<div class='vacio alta' role='status'><p>{frase}</p></div>")


def avance_fisico(programas: pd.DataFrame, seleccion: Seleccion, pagina: str) -> None:
    """Por programa, cuántas metas y acciones están en banda, debajo o encima; cada conteo abre su lista.

    Entra una fila por dependencia, programa y nivel de la consulta programas, de un solo periodo.
    """
    varias = programas["dependencia"].nunique() > 1
    renglones = []
    for (dependencia, clave), filas in programas.groupby(["dependencia", "programa_clave"], dropna=False, sort=False):
        nombre = formato.texto(filas["programa"].iloc[0], "Sin programa impreso")
        quien = f"{seleccion.nombre(dependencia)} · " if varias else ""
        renglones.append(Renglon([f"<b>{escape(quien + nombre)}</b>", "", "", ""], clase="programa"))
        grupo = f"{dependencia}/{_SIN_CLAVE if formato.es_blanco(clave) else clave}"
        renglones += [_nivel(fila, grupo, seleccion, pagina) for _, fila in filas.iterrows()]
    with st.container(key="hoja_avance_fisico"):
        piezas.seccion("Avance físico", escape(LADO_A_LADO))
        piezas.tabla(
            [
                Columna("Acumulado al corte"),
                Columna("En banda", "n", "6.6rem"),
                Columna("Debajo", "n", "4rem"),
                Columna("Rebasan", "n", "4.4rem"),
            ],
            renglones,
            "Avance físico por programa",
            de_seleccion(
                al_corte(seleccion),
                pagina,
                "avance_fisico",
                "Avance físico por programa",
                "programas",
                programas,
                sin=("nivel",),
            ),
        )


def _nivel(fila: pd.Series, grupo: str, seleccion: Seleccion, pagina: str) -> Renglon:
    def ligar(texto: str, lista: str) -> str:
        direccion = seleccion.direccion(estado=lista, nivel=fila["nivel"], grupo=grupo)
        return enlaces.enlace(pagina, texto, "Ver cuáles son y dónde están impresos", **direccion)

    nombre = formato.contar(int(fila["total"]), fila["nivel"])
    if not fila["evaluables"]:
        return Renglon([f"<span class='u entero'>{nombre}, ninguna evaluable</span>", "", "", ""])
    de = f"{formato.numero(fila['cumplen'])} de {formato.numero(fila['evaluables'])}"
    cuentas = [(fila["debajo"], "Debajo del plan"), (fila["excedidos"], "Rebasan el plan")]
    return Renglon(
        [
            nombre,
            ligar(de, "Cumple") if fila["cumplen"] else f"<span class='u'>{de}</span>",
            *(ligar(formato.numero(n), lista) if n else "<span class='u'>0</span>" for n, lista in cuentas),
        ]
    )


def pesos(tabla: pd.DataFrame, seleccion: Seleccion, pagina: str) -> None:
    """Los pesos exactos por programa y capítulo, con sus totales; el lugar abre el renglón impreso."""
    varias = tabla["dependencia"].nunique() > 1
    renglones = [_importe(fila, seleccion, pagina, varias) for _, fila in tabla.iterrows()]
    programas = tabla["capitulo"].isna().sum()
    if programas > 1:
        suma = total(tabla)
        renglones.append(
            Renglon(["", "<b>Todos los programas</b>", *_cifras(suma), "<span class='u'>Suma</span>"], clase="total")
        )
    piezas.tabla(
        [
            Columna("Clave", "", "4.6rem"),
            Columna("Programa y capítulo"),
            Columna("Autorizado inicial", "n", "9.4rem"),
            Columna("Modificado", "n", "9.4rem"),
            Columna("Ampliación", "n", "10rem"),
            Columna("Devengado", "n", "9.4rem"),
            Columna("Devengado del<br>modificado", "n", "6.8rem"),
            Columna("Dónde está impreso", "", "10.6rem"),
        ],
        renglones,
        "Presupuesto por programa y capítulo, en pesos",
        de_seleccion(
            seleccion,
            pagina,
            "pesos",
            "Presupuesto por programa y capítulo, en pesos",
            "presupuesto",
            tabla,
            sin=("nivel", "periodo", "preset"),
        ),
    )


def _importe(fila: pd.Series, seleccion: Seleccion, pagina: str, varias: bool) -> Renglon:
    if formato.es_blanco(fila["capitulo"]):
        quien = f"{seleccion.nombre(fila['dependencia'])} · " if varias else ""
        nombre = escape(quien + formato.texto(fila["programa"], "Sin programa impreso"))
        clave = piezas.seguro(fila["programa_clave"])
        return Renglon([clave, nombre, *_cifras(fila), "<span class='u'>Suma</span>"], clase="meta")
    abre = seleccion.direccion(grupo=_renglon_de(fila), tarjeta=True)
    return Renglon(
        [
            f"<span class='clave'>{piezas.seguro(fila['capitulo'])}</span>",
            escape(formato.oracion(fila["descripcion"], "Capítulo sin nombre impreso")),
            *_cifras(fila),
            enlaces.enlace(pagina, escape(_lugar(fila)), "Ver el renglón impreso", **abre),
        ],
        clase="accion",
        destino=enlaces.destino(pagina, **abre),
    )


def _cifras(fila: pd.Series) -> list[str]:
    """Los tres pasos, la ampliación con su porcentaje y la parte devengada."""
    ampliacion, pct = fila["ampliacion"], fila["ampliacion_pct"]
    signo = "+" if ampliacion > 0 else ""
    como = SIN_INICIAL if formato.es_blanco(pct) else f"{signo}{formato.parte(pct)}"
    if formato.es_blanco(ampliacion):
        como = "no se imprime"
    return [
        formato.pesos(fila["autorizado_inicial"]),
        formato.pesos(fila["modificado"]),
        f"{signo}{formato.pesos(ampliacion)}<br><span class='u'>{como}</span>",
        formato.pesos(fila["devengado"]),
        formato.parte(fila["devengado_pct"]),
    ]


def abrir(seleccion: Seleccion, compromisos: pd.DataFrame, tabla: pd.DataFrame, pagina: str) -> None:
    """Abre lo que pide la dirección: la lista de un conteo, la tarjeta de un compromiso o un renglón de dinero.

    `compromisos`: las filas de la consulta cumplimiento que se cuentan; `tabla`: las de presupuesto.
    """
    if seleccion.compromiso or seleccion.estado:
        suyos = compromisos[compromisos["nivel"] == seleccion.nivel]
        if seleccion.grupo:
            grupos = suyos["dependencia"] + "/" + suyos["programa_clave"].fillna(_SIN_CLAVE)
            suyos = suyos[grupos == seleccion.grupo]
        tarjeta.abrir_lo_pedido(seleccion.con(grupo=None), suyos, pagina)
    elif seleccion.grupo:
        capitulos = tabla[tabla["capitulo"].notna()]
        suya = capitulos[[_renglon_de(f) == seleccion.grupo for _, f in capitulos.iterrows()]]
        if not suya.empty:
            cuadro = st.dialog(
                "De dónde sale", width="large", on_dismiss=lambda: enlaces.ir_a(grupo=None, tarjeta=None)
            )
            cuadro(_renglon)(suya.iloc[0], seleccion)


def _renglon(fila: pd.Series, seleccion: Seleccion) -> None:
    documento = escape(f"POA {int(fila['ejercicio'])} de {seleccion.nombre(fila['dependencia'])}")
    nombre = formato.oracion(fila["descripcion"], "Capítulo sin nombre impreso")
    datos = [
        ("Documento", f"{documento} <span class='u'>(archivo {piezas.seguro(fila['archivo'])})</span>"),
        ("Lugar", escape(_lugar(fila))),
        ("Programa", piezas.seguro(fila["programa"])),
        ("Texto impreso", f"<pre>{tarjeta.texto_impreso(fila['texto'])}</pre>"),
        *((formato.columna(paso), formato.pesos(fila[paso])) for paso in ("autorizado_inicial", "modificado")),
        ("Devengado", f"{formato.pesos(fila['devengado'])} ({formato.parte(fila['devengado_pct'])} de lo modificado)"),
    ]
    lista = "".join(f"<dt>{rotulo}</dt><dd>{valor}</dd>" for rotulo, valor in datos)
    sujeto = f"{formato.texto(fila['capitulo'])} · {nombre}"
    st.html(f"<div class='tarjeta'><p class='sujeto'>{escape(sujeto)}</p><dl>{lista}</dl></div>")


def _renglon_de(fila: pd.Series) -> str:
    """Cómo se nombra en la dirección el renglón de un importe."""
    return f"{fila['documento']}/{fila['renglon']}"


def _lugar(fila: pd.Series) -> str:
    return f"Página {formato.numero(fila['pagina'])}, renglón {formato.numero(fila['renglon'])}"
