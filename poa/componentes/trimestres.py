"""Los cuadros de Trimestres: el año en cifras, las lecturas, cada compromiso por trimestre y sus meses."""

from __future__ import annotations

from html import escape
from itertools import groupby

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import enlaces, piezas, tarjeta
from poa.componentes.piezas import Columna, Renglon
from poa.figuras import estados, periodos
from poa.hojas import de_seleccion
from poa.mensajes import trimestres as mensajes
from poa.seleccion import Seleccion

PAGINA = "trimestres"
_TRIMESTRES = (1, 2, 3, 4)
# rótulo y lista que abre cada conteo
_CIFRAS = (("En banda", "Cumple"), ("Debajo del plan", "Debajo del plan"), ("Rebasan el plan", "Rebasan el plan"))


def cifras(filas: pd.DataFrame, seleccion: Seleccion) -> None:
    """Cuántos compromisos programan, reportan, cumplen y se apartan en cada trimestre; cada conteo abre su lista.

    `filas`: una por compromiso y trimestre de un nivel, de la consulta trimestres.
    """
    cerrados = mensajes.exigibles(filas)
    if not cerrados:
        _cifras_del_plan(filas, seleccion)
        return

    datos: list[dict] = [{"lista": "Programan algo", "periodo": "trimestre", **_por_trimestre(filas)}]

    def fila(rotulo: str, lista: str, periodo: str) -> Renglon:
        n = estados.filtrar(periodos.del_periodo(filas, periodo), lista)["trimestre"].value_counts()
        suyos = {f"t{t}": int(n.get(t, 0)) if t in cerrados else None for t in _TRIMESTRES}
        datos.append({"lista": rotulo, "periodo": periodo, **suyos})
        celdas = [
            _conteo(int(n.get(t, 0)), lista, f"{periodo}-{t}", seleccion) if t in cerrados else _AUN_NO
            for t in _TRIMESTRES
        ]
        return Renglon([rotulo, *celdas])

    renglones = [
        Renglon(["Programan algo", *_programan(filas, seleccion)]),
        fila("Con reporte", "Con reporte", "trimestre"),
    ]
    for periodo, titulo in (("trimestre", "Cada trimestre solo"), ("acumulado", "Acumulado")):
        renglones.append(Renglon([titulo, "", "", "", ""], clase="subtitulo"))
        renglones += [fila(rotulo, lista, periodo) for rotulo, lista in _CIFRAS]
    _hoja_de_cifras(formato.mayuscula(formato.nivel(seleccion.nivel, 2)), renglones, datos, seleccion)


def _cifras_del_plan(filas: pd.DataFrame, seleccion: Seleccion) -> None:
    """Donde nada es exigible: cuántos compromisos de cada dependencia programan algo en cada trimestre."""
    renglones, datos = [], []
    for dependencia, suyas in filas.groupby("dependencia", sort=False):
        cuantos = suyas["vigente_id"].nunique()
        datos.append({"dependencia": dependencia, "compromisos": cuantos, **_por_trimestre(suyas)})
        nombre = escape(seleccion.nombre(dependencia))
        if not seleccion.dependencia:
            nombre = enlaces.enlace(PAGINA, nombre, "Ver solo esta", **seleccion.direccion(dependencia=dependencia))
        total = f"<br><span class='u'>{formato.contar(cuantos, seleccion.nivel)}</span>"
        renglones.append(Renglon([nombre + total, *_programan(suyas, seleccion, dependencia=dependencia)]))
    _hoja_de_cifras("Programan algo", renglones, datos, seleccion)


def _programan(filas: pd.DataFrame, seleccion: Seleccion, **abre: str) -> list[str]:
    n = _por_trimestre(filas)
    return [_conteo(n[f"t{t}"], "Con programación", f"trimestre-{t}", seleccion, **abre) for t in _TRIMESTRES]


def _por_trimestre(filas: pd.DataFrame) -> dict[str, int]:
    """Cuántos programan algo en cada trimestre, en las columnas t1 a t4."""
    n = estados.filtrar(filas, "Con programación")["trimestre"].value_counts()
    return {f"t{t}": int(n.get(t, 0)) for t in _TRIMESTRES}


def _hoja_de_cifras(titulo: str, renglones: list[Renglon], datos: list[dict], seleccion: Seleccion) -> None:
    columnas = [Columna(titulo), *(Columna(formato.TRIMESTRES[t], "n", "15%") for t in _TRIMESTRES)]
    rotulo = "El año por trimestres, en cifras"
    hoja = de_seleccion(
        seleccion, PAGINA, "cifras", rotulo, "conteos", lambda: pd.DataFrame(datos, dtype=object), sin=("periodo",)
    )
    with st.container(key="hoja_trimestres_cifras"):
        piezas.tabla(columnas, renglones, rotulo, hoja)


_AUN_NO = f"<span class='u' title='Aún no exigible'>{tema.estado('Aún no exigible').icono}</span>"


def _conteo(n: int, lista: str, grupo: str, seleccion: Seleccion, **abre: str) -> str:
    if not n:
        return "<span class='u'>0</span>"
    abre |= {"grupo": grupo, "compromiso": seleccion.compromiso}  # el que se ve por meses sigue elegido
    return piezas.contado(formato.numero(n), lista, seleccion.nivel, seleccion, PAGINA, **abre)


def lecturas(filas: pd.DataFrame, seleccion: Seleccion) -> None:
    """La tira de lecturas: qué quiere decir cada una y cuántos compromisos la tienen; el conteo filtra la tabla."""
    quedan = len(mensajes.exigibles(filas)) < 4
    n = mensajes.contar_lecturas(filas)
    celdas = []
    for cual, dicho in mensajes.lecturas(quedan).items():
        cifra = formato.numero(n[cual])
        if n[cual]:
            cifra = _filtrar(cifra, cual, seleccion)
        elegida = " class='elegida'" if cual == seleccion.grupo else ""
        celdas.append(
            f"<div{elegida}><dt>{escape(dicho.palabra)}</dt><dd><b>{cifra}</b></dd><dd>{escape(dicho.explica)}</dd></div>"
        )
    st.html(f"<dl class='tira lecturas'>{''.join(celdas)}</dl>")


def _filtrar(texto: str, cual: str, seleccion: Seleccion) -> str:
    direccion = seleccion.direccion(grupo=cual, compromiso=seleccion.compromiso)
    return enlaces.enlace(PAGINA, texto, "Ver en la tabla", **direccion)


def compromisos(filas: pd.DataFrame, acumulado: pd.DataFrame, seleccion: Seleccion) -> None:
    """Cada compromiso por trimestre: alcanzado y debajo programado, lo acumulado, su estado y su lectura.

    `filas`: una por compromiso y trimestre; `acumulado`: una por compromiso con `programado`, `alcanzado`,
    `cumplimiento_pct` y `estado` al corte. El nombre lleva al compromiso y el resto del renglón, a su tarjeta.
    """
    cual = seleccion.grupo
    filtrada = cual in mensajes.lecturas(False)
    if filtrada:
        filas = filas[(filas["nivel"] == seleccion.nivel) & filas["vigente_id"].isin(mensajes.de_lectura(filas, cual))]
    if filas.empty:
        piezas.vacio(f"Ninguna {formato.nivel(seleccion.nivel)} de esta selección tiene esa lectura.")
        return
    al_corte = {f["vigente_id"]: f for f in acumulado.to_dict("records")}
    quedan = len(mensajes.exigibles(filas)) < 4
    nuevo = mensajes.plan_nuevo(filas)
    varias = filas["dependencia"].nunique() > 1
    renglones, dependencia = [], None
    for vigente, grupo in groupby(filas.to_dict("records"), key=lambda f: f["vigente_id"]):
        suyas = list(grupo)
        if varias and suyas[0]["dependencia"] != dependencia:
            dependencia = suyas[0]["dependencia"]
            renglones.append(Renglon(["", escape(seleccion.nombre(dependencia)), *[""] * 7], clase="quien"))
        renglones.append(_compromiso(suyas, al_corte[vigente], quedan, seleccion))
    piezas.tabla(
        [
            Columna("Clave", "", "4.6rem"),
            Columna("Compromiso", "largo"),
            *(Columna(_cabeza(t, nuevo), "n", "5.6rem") for t in _TRIMESTRES),
            Columna("Acumulado", "n corte", "6rem"),
            Columna("Estado al corte", "", "11.6rem"),
            Columna("Lectura", "", "13.5rem"),
        ],
        renglones,
        "Metas y acciones por trimestre",
        de_seleccion(
            seleccion,
            PAGINA,
            "compromisos",
            "Metas y acciones por trimestre",
            "trimestres",
            filas,
            sin=("periodo", *([] if filtrada else ["nivel"])),
            ademas=[("Lectura", mensajes.lecturas(False)[cual].palabra)] if filtrada else [],
        ),
    )


def _cabeza(trimestre: int, nuevo: int | None) -> str:
    marca = "<span class='u'>nuevo plan</span><br>" if trimestre == nuevo else ""
    return f"{marca}{formato.TRIMESTRES[trimestre]}"


def _compromiso(suyas: list[dict], al_corte: dict, quedan: bool, seleccion: Seleccion) -> Renglon:
    primera = suyas[0]
    tarjeta_de = seleccion.direccion(compromiso=primera["compromiso_id"], grupo=seleccion.grupo, tarjeta=True)
    nombre = enlaces.enlace(
        "dependencias",
        piezas.descripcion(primera, 110),
        "Ver trimestre por trimestre",
        **seleccion.direccion(compromiso=primera["compromiso_id"], dependencia=primera["dependencia"]),
    )
    palabra, detalle = mensajes.lectura(suyas, quedan)
    sale = not formato.es_blanco(primera["lectura_corte"])
    pct = formato.porcentaje(al_corte["cumplimiento_pct"], "")
    elegida = " elegida" if primera["compromiso_id"] == seleccion.compromiso else ""
    return Renglon(
        [
            f"<span class='clave'>{piezas.seguro(primera['clave'])}</span>",
            f"{nombre}<br><span class='u'>{escape(formato.unidad(primera['unidad_medida']))}</span>",
            *(_trimestre(t) for t in suyas),
            _cantidades(al_corte["alcanzado"], al_corte["programado"], al_corte["estado"]),
            piezas.estado(al_corte["estado"]) + (f"<br><span class='u'>{pct} de su plan</span>" if pct else ""),
            f"{f'<b>{palabra}</b>' if sale else escape(palabra)}<br><span class='u'>{escape(detalle)}</span>",
        ],
        clase=f"{primera['nivel']}{elegida}",
        destino=enlaces.destino(PAGINA, **tarjeta_de),
    )


def _trimestre(fila: dict) -> str:
    """Icono del estado, A y debajo P; una raya si el trimestre no tiene ninguna de las dos."""
    aspecto = tema.estado(fila["estado"])
    if formato.es_blanco(fila["programado"]) and formato.es_blanco(fila["alcanzado"]):
        return f"<span class='u' title='{aspecto.palabra}'>{formato.RAYA}</span>"
    pct = formato.porcentaje(fila["cumplimiento_pct"], "")
    aviso = f"{aspecto.palabra}{f': {pct} de lo programado' if pct else ''}"
    cifras_ = _cantidades(fila["alcanzado"], fila["programado"], fila["estado"])
    return f"<span class='icono' title='{aviso}' style='color:{aspecto.borde}'>{aspecto.icono}</span>{cifras_}"


def _cantidades(alcanzado: object, programado: object, palabra: str) -> str:
    if palabra == "Aún no exigible" and formato.es_blanco(alcanzado):
        alcanzado = ""
    arriba = formato.numero(alcanzado, si_falta="" if alcanzado == "" else formato.RAYA)
    if formato.es_blanco(programado):
        return arriba
    return f"{arriba}<br><span class='u'>de {formato.numero(programado)}</span>"


def nota(filas: pd.DataFrame, seleccion: Seleccion) -> str:
    """Lo que explica la tabla y, si está filtrada, cómo verla toda; ya en HTML."""
    que = "Lo alcanzado y, debajo, lo programado" if mensajes.exigibles(filas) else "Lo programado en cada trimestre"
    como = f"{que}. El nombre abre el compromiso; lo demás, de dónde sale."
    if seleccion.grupo not in mensajes.lecturas(False):
        return como
    todas = _filtrar("Ver toda la tabla", "todas", seleccion)
    n = formato.contar(mensajes.contar_lecturas(filas)[seleccion.grupo], seleccion.nivel)
    palabra = mensajes.lecturas(len(mensajes.exigibles(filas)) < 4)[seleccion.grupo].palabra
    return f"Se ven solo las de «{escape(palabra)}»: {n}. {todas}"


def elegir_mes(opciones: pd.DataFrame, elegido: str) -> None:
    """La lista para elegir el compromiso cuyos meses se ven; lo elegido va en la dirección.

    `opciones`: una fila por compromiso con `compromiso_id`, `clave` y `descripcion`.
    """
    nombres = {f["compromiso_id"]: formato.etiqueta_compromiso(f) for _, f in opciones.iterrows()}
    st.session_state["meses_compromiso"] = elegido
    st.selectbox(
        f"{formato.mayuscula(formato.nivel(opciones['nivel'].iloc[0]))} que se ve mes por mes",
        list(nombres),
        key="meses_compromiso",
        format_func=lambda compromiso: nombres.get(compromiso, formato.RAYA),
        on_change=lambda: enlaces.ir_a(compromiso=st.session_state["meses_compromiso"], tarjeta=None),
    )


def del_mes(fila: pd.Series, seleccion: Seleccion) -> None:
    """Al lado de los meses: el compromiso, cómo va al corte, su observación impresa y de dónde sale.

    `fila`: una de la consulta cumplimiento, acumulada al corte.
    """
    unidad = escape(formato.unidad(fila["unidad_medida"], formato.RAYA))
    datos = [
        ("Al corte", piezas.estado(fila["estado"])),
        ("Alcanzado", f"{formato.numero(fila['alcanzado'])} de {formato.numero(fila['programado'])}"),
        ("Del plan", formato.porcentaje(fila["cumplimiento_pct"])),
        ("Unidad", unidad),
    ]
    lista = "".join(f"<dt>{rotulo}</dt><dd>{valor}</dd>" for rotulo, valor in datos)
    observacion = formato.oracion(fila["observaciones"], "El documento no imprime observación.")
    documento = escape(tarjeta.nombre_documento(fila["compromiso_id"], seleccion))
    ver = enlaces.enlace(
        "dependencias",
        "Ver trimestre por trimestre",
        **seleccion.direccion(compromiso=fila["compromiso_id"], dependencia=fila["dependencia"]),
    )
    st.html(
        f"<div class='hoja detalle tarjeta meses'><p class='sujeto'>{escape(formato.etiqueta_compromiso(fila))}</p>"
        f"<dl>{lista}</dl><h3>Observación impresa</h3><p>{escape(observacion)}</p><h3>De dónde sale</h3>"
        f"<p>{documento}, {tarjeta.procedencia_breve(fila, seleccion, PAGINA)}.</p><p class='salida'>{ver}</p></div>"
    )
