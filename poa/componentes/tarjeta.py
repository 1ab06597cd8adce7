"""La tarjeta «de dónde sale»: documento, página, renglón, texto impreso, certeza y nota de una cifra."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import pandas as pd
import streamlit as st

from poa import formato
from poa.componentes import enlaces, piezas
from poa.componentes.piezas import Columna, Renglon
from poa.consultas import consultar
from poa.figuras import estados
from poa.hojas import de_seleccion
from poa.mensajes import comunes, seguir, sesion_laminas
from poa.mensajes.acuerdos import lugares
from poa.seleccion import Seleccion


def abrir_lo_pedido(
    seleccion: Seleccion, filas: pd.DataFrame, pagina: str, conserva: bool = False, de: str = ""
) -> None:
    """Abre lo que pide la dirección: la tarjeta de un compromiso, o la lista de los que suman un conteo.

    `filas`: los compromisos que se están contando, como los da la consulta cumplimiento. Al cerrarse, la
    dirección olvida lo que abrió; con `conserva`, el compromiso sigue elegido en la página. `de`: de quién
    son los contados, para el título de la lista.
    """
    if seleccion.compromiso:
        cierra = ("tarjeta",) if conserva else ("tarjeta", "compromiso")
        _abrir("De dónde sale", lambda: _contenido(seleccion, pagina, conserva), cierra)
    elif seleccion.estado:
        suyas = estados.filtrar(filas, seleccion.estado, seleccion.grupo)
        titulo = comunes.lista(seleccion.estado, len(suyas), seleccion.nivel) + (f" · {de}" if de else "")
        _abrir(titulo, lambda: _lista(seleccion, suyas, pagina, titulo), ("estado", "grupo"))


def procedencia_breve(fila: pd.Series, seleccion: Seleccion, pagina: str, **conserva: str) -> str:
    """HTML de «página 15, renglón 894», que abre la tarjeta; `conserva`: lo propio de la página en su dirección."""
    return _a_su_tarjeta(_lugar(fila["pagina"], fila["renglon"]), fila, seleccion, pagina, **conserva)


def procedencia_de_cifra(fila: pd.Series, seleccion: Seleccion, pagina: str, **conserva: str) -> str:
    """Como procedencia_breve, con el lugar de cada informe del que se junta la cifra: «página 15, renglón 894…».

    `fila`: de la consulta cumplimiento o alertas.
    """
    impresas = consultar("impresas", corte=fila["corte"], dependencia=fila["dependencia"])
    suyas = impresas[impresas["vigente_id"] == fila["vigente_id"]]
    corte = formato.partir_corte(fila["corte"])
    if fila["periodo"] == "trimestre" and corte is not None:
        suyas = suyas[suyas["trimestre"] == corte[1]]
    propio = (fila["corte_informe"], fila["pagina"], fila["renglon"])
    otros = [_lugar(pag, renglon) for informe, pag, renglon in lugares(suyas) if (informe, pag, renglon) != propio]
    # cada uno pasa entero al renglón de abajo
    todos = [lugar.replace(" ", formato.ESPACIO) for lugar in (_lugar(fila["pagina"], fila["renglon"]), *otros)]
    return _a_su_tarjeta(formato.lista(todos), fila, seleccion, pagina, **conserva)


def _a_su_tarjeta(dicho: str, fila: pd.Series, seleccion: Seleccion, pagina: str, **conserva: str) -> str:
    destino = seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True, **conserva)
    return enlaces.enlace(pagina, escape(dicho), "Ver de dónde sale", **destino)


def nombre_documento(compromiso_id: str, seleccion: Seleccion) -> str:
    """«POA 2025 de BISOM», a partir del compromiso."""
    partes = compromiso_id.split("/")
    corte = formato.partir_corte(partes[1]) if len(partes) == 5 else None
    if corte is None:
        return "documento sin nombre"
    return f"POA {corte[0]} de {seleccion.nombre(partes[2])}"


def _lugar(pagina: object, renglon: object, hasta: object = None) -> str:
    if hasta is not None and hasta > renglon:
        return f"página {formato.numero(pagina)}, renglones {formato.numero(renglon)} a {formato.numero(hasta)}"
    return f"página {formato.numero(pagina)}, renglón {formato.numero(renglon)}"


def _abrir(titulo: str, contenido: Callable[[], None], cierra: Sequence[str]) -> None:
    st.dialog(titulo, width="large", on_dismiss=lambda: enlaces.ir_a(**dict.fromkeys(cierra)))(contenido)()


def _contenido(seleccion: Seleccion, pagina: str, esta_elegido: bool) -> None:
    informes = consultar("compromiso_informes", compromiso_id=seleccion.compromiso)
    propio = informes[informes["compromiso_id"] == seleccion.compromiso]
    if propio.empty:
        piezas.vacio("Se pidió un compromiso que no está en la base. Cierre y elija otro de la lista.")
        return
    fila = propio.iloc[0]
    fuente = consultar("procedencia", compromiso_id=seleccion.compromiso)
    sujeto = escape(formato.etiqueta_compromiso(fila))
    st.html(f"<div class='tarjeta'><p class='sujeto'>{sujeto}</p>{_impreso(fuente, seleccion)}</div>")
    _cifras(informes, seleccion, pagina)
    _hallazgos(fuente[fuente["papel"] == "hallazgo"], seleccion, pagina)
    salidas = [_a_sus_trimestres(seleccion)] if not esta_elegido else []
    if pagina != "seguir":
        salidas.append(_a_su_hilo(seleccion))
    st.html(f"<p class='salida opciones'>{''.join(f'<span>{salida}</span>' for salida in salidas if salida)}</p>")


def _a_sus_trimestres(seleccion: Seleccion) -> str:
    dependencia = seleccion.compromiso.split("/")[2]
    destino = seleccion.direccion(compromiso=seleccion.compromiso, dependencia=dependencia)
    return enlaces.enlace("dependencias", "Ver este compromiso trimestre por trimestre", **destino)


def _a_su_hilo(seleccion: Seleccion) -> str:
    """El enlace al hilo del compromiso, con los años a los que llega."""
    suyos = consultar("hilo", hilo=seleccion.compromiso)
    if suyos.empty:
        return ""
    destino = seleccion.direccion(hilo=seleccion.compromiso)
    alcance = escape(seguir.alcance(suyos.to_dict("records")))
    return f"{enlaces.enlace('seguir', 'Seguir esta meta en otros años', **destino)} <span class='u'>{alcance}</span>"


def _impreso(fuente: pd.DataFrame, seleccion: Seleccion) -> str:
    """Lista de datos del renglón propio del compromiso."""
    propio = fuente[fuente["papel"] == "compromiso"].iloc[0]
    palabra, explica = formato.CERTEZAS.get(formato.texto(propio["certeza"], ""), ("Sin anotar", ""))
    documento = escape(nombre_documento(propio["compromiso_id"], seleccion))
    datos = [
        ("Documento", f"{documento} <span class='u'>(archivo {piezas.seguro(propio['archivo'])})</span>"),
        ("Lugar", escape(formato.mayuscula(_lugar(propio["pagina"], propio["renglon"], propio["renglon_hasta"])))),
        ("Texto impreso", f"<pre>{texto_impreso(propio['texto'])}</pre>"),
        ("Certeza", f"<b>{palabra}</b>. {explica}"),
    ]
    if not formato.es_blanco(propio["nota"]):
        datos.append(("Nota", escape(formato.prosa(propio["nota"]))))
    return "<dl>" + "".join(f"<dt>{rotulo}</dt><dd>{valor}</dd>" for rotulo, valor in datos) + "</dl>"


def texto_impreso(texto: object) -> str:
    """El renglón tal como se recibió; las tabulaciones se ven como espacios anchos."""
    if formato.es_blanco(texto):
        return "El renglón no está en el texto recibido."
    return escape(str(texto).strip("\n")).replace("\t", " \u2003")


def _cifras(informes: pd.DataFrame, seleccion: Seleccion, pagina: str) -> None:
    """De qué renglón sale cada trimestre: P y A pueden venir de informes distintos."""
    trimestres = consultar(
        "compromiso",
        compromiso_id=seleccion.compromiso,
        corte=seleccion.corte,
        preset=seleccion.preset,
    )
    if trimestres.empty:
        return
    impresos = informes.set_index(["compromiso_id", "trimestre"])
    renglones = [
        Renglon(
            [
                escape(formato.TRIMESTRES[int(t["trimestre"])]),
                _usado_e_impreso(t, "programado", impresos),
                _usado_e_impreso(t, "alcanzado", impresos),
                _donde(t),
                formato.CERTEZAS.get(formato.texto(t["certeza"], ""), (formato.RAYA,))[0],
            ]
        )
        for _, t in trimestres.iterrows()
    ]
    columnas = [
        Columna("Trimestre", "", "7rem"),
        Columna("Programado", "n", "8rem"),
        Columna("Alcanzado", "n", "8rem"),
        Columna("Dónde está impreso"),
        Columna("Certeza", "", "8rem"),
    ]
    rotulo = "De qué renglón sale cada cifra trimestral"
    hoja = de_seleccion(
        seleccion,
        pagina,
        "cifras_del_compromiso",
        rotulo,
        "compromiso_trimestre",
        lambda: _con_impresos(trimestres, impresos),
        sin=("dependencia", "nivel", "periodo"),
    )
    piezas.tabla(columnas, renglones, rotulo, hoja)
    _total(trimestres.iloc[0])
    fuentes = pd.concat([trimestres["programado_de"], trimestres["alcanzado_de"]]).dropna().unique()
    _otros_renglones([f for f in fuentes if f != seleccion.compromiso])


def _total(fila: pd.Series) -> None:
    """Lo acumulado y lo que el informe imprime en su lugar, si es otra cosa. `fila`: de la consulta compromiso."""
    impresas = consultar("impresas", corte=fila["corte"], dependencia=fila["dependencia"])
    suyas = impresas[(impresas["vigente_id"] == fila["vigente_id"]) & impresas["total_es_distinto"].astype(bool)]
    for _, suya in suyas.head(1).iterrows():
        st.html(f"<p class='u'>Lo acumulado, {escape(sesion_laminas.otro_total(suya))}.</p>")


def _con_impresos(trimestres: pd.DataFrame, impresos: pd.DataFrame) -> pd.DataFrame:
    """Los trimestres con lo que imprime, de cada cifra, el informe del que sale."""
    juntos = trimestres.copy()
    for columna in ("programado", "alcanzado"):
        llaves = zip(juntos[f"{columna}_de"], juntos["trimestre"], strict=True)
        juntos[f"{columna}_impreso"] = [
            impresos.loc[[llave], f"{columna}_impreso"].iloc[0] if llave in impresos.index else None for llave in llaves
        ]
    return juntos


def _otros_renglones(compromisos: list[str]) -> None:
    """El texto impreso de los otros informes de los que sale alguna cifra."""
    for compromiso_id in compromisos:
        fuente = consultar("procedencia", compromiso_id=compromiso_id)
        propio = fuente[fuente["papel"] == "compromiso"].iloc[0]
        informe = formato.corte(compromiso_id.split("/")[1])
        lugar = _lugar(propio["pagina"], propio["renglon"], propio["renglon_hasta"])
        lugar = f"Texto impreso del informe del {informe}, {lugar}"
        st.html(
            f"<div class='tarjeta'><p class='u'>{escape(lugar)}</p><pre>{texto_impreso(propio['texto'])}</pre></div>"
        )


def _usado_e_impreso(fila: pd.Series, columna: str, impresos: pd.DataFrame) -> str:
    """La cifra que vale y, si la impresa es otra, también la impresa."""
    usado = formato.numero(fila[columna])
    llave = (fila[f"{columna}_de"], fila["trimestre"])
    if llave not in impresos.index:
        return usado
    impreso = formato.numero(impresos.loc[[llave], f"{columna}_impreso"].iloc[0])
    if usado == impreso:
        return usado
    dicho = "impreso en blanco" if impreso == formato.RAYA else f"impreso: {impreso}"
    return f"{usado}<br><span class='u'>{dicho}</span>"


def _donde(fila: pd.Series) -> str:
    """El informe, la página y el renglón de las dos cifras; una línea si es el mismo, dos si no."""
    lugares = {
        columna: f"Informe del {formato.corte(fila[f'{columna}_corte'])}, "
        + _lugar(fila[f"{columna}_pagina"], fila[f"{columna}_renglon"])
        for columna in ("programado", "alcanzado")
        if not formato.es_blanco(fila[columna]) and not formato.es_blanco(fila[f"{columna}_pagina"])
    }
    if not lugares:
        return "<span class='u'>Sin cifra impresa</span>"
    if len(set(lugares.values())) == 1:
        return escape(next(iter(lugares.values())))
    return "<br>".join(
        f"<span class='u'>{formato.COLUMNAS[columna]}:</span> {escape(lugar)}" for columna, lugar in lugares.items()
    )


def _hallazgos(hallazgos: pd.DataFrame, seleccion: Seleccion, pagina: str) -> None:
    if hallazgos.empty:
        return
    piezas.seccion("Lo que hubo que interpretar")
    renglones = [
        Renglon(
            [
                formato.SEVERIDADES.get(formato.texto(h["severidad"], ""), formato.RAYA),
                escape(formato.columna(h["columna"])),
                piezas.seguro(h["impreso"]),
                piezas.seguro(h["usado"]),
                escape(formato.prosa(h["explicacion"])),
                escape(_lugar(h["pagina"], h["renglon"])),
            ]
        )
        for _, h in hallazgos.iterrows()
    ]
    columnas = [
        Columna("Tipo", "", "7rem"),
        Columna("Dato", "", "11rem"),
        Columna("Impreso", "", "8rem"),
        Columna("Usado", "", "8rem"),
        Columna("Por qué"),
        Columna("Dónde", "", "9rem"),
    ]
    rotulo = "Hallazgos de lectura de este compromiso"
    sin = ("dependencia", "nivel", "periodo", "preset")
    hoja = de_seleccion(seleccion, pagina, "hallazgos_del_compromiso", rotulo, "procedencia", hallazgos, sin=sin)
    piezas.tabla(columnas, renglones, rotulo, hoja)


def _lista(seleccion: Seleccion, filas: pd.DataFrame, pagina: str, titulo: str) -> None:
    if filas.empty:
        piezas.vacio("Ningún compromiso de esta selección está en ese estado.")
        return
    varias = filas["dependencia"].nunique() > 1
    renglones = []
    for _, fila in filas.iterrows():
        tarjeta_de = seleccion.direccion(
            compromiso=fila["compromiso_id"], tarjeta=True, pmd=seleccion.pmd, linea=seleccion.linea
        )
        quien = f"{escape(seleccion.nombre(fila['dependencia']))} · " if varias else ""
        sujeto = escape(formato.etiqueta_compromiso(fila, 110))
        celdas = [
            quien + enlaces.enlace(pagina, sujeto, "Ver de dónde sale", **tarjeta_de),
            piezas.con_unidad(fila["programado"], fila["unidad_medida"]),
            formato.numero(fila["alcanzado"]),
            formato.porcentaje(fila["cumplimiento_pct"]),
            escape(formato.mayuscula(_lugar(fila["pagina"], fila["renglon"]))),
        ]
        renglones.append(Renglon(celdas, destino=enlaces.destino(pagina, **tarjeta_de)))
    columnas = [
        Columna("Compromiso"),
        Columna("Programado", "n", "9rem"),
        Columna("Alcanzado", "n", "6rem"),
        Columna("Del plan", "n", "5.5rem"),
        Columna("Dónde está impreso", "", "13rem"),
    ]
    hoja = de_seleccion(seleccion, pagina, "lista", titulo, "cumplimiento", filas, ademas=[("Lista", titulo)])
    piezas.tabla(columnas, renglones, "Compromisos que suman esta cifra", hoja)
