"""El paso por paso de un hilo: una fila por eslabón, de cuál viene, por qué se sabe y qué le cambió."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from poa import codigo, formato
from poa.componentes import enlaces, piezas
from poa.componentes.piezas import Columna, Renglon
from poa.componentes.seguir import PAGINA, Pedido
from poa.consultas import consultar
from poa.hojas import Hoja
from poa.mensajes import hilo as partes
from poa.mensajes import redaccion
from poa.mensajes import seguir as mensajes
from poa.mensajes.hilo import Fila, Hilo
from poa.seleccion import Seleccion

# Con menos palabras en común que estas (de 0 a 1), marcarlas una por una estorba la lectura.
_PARECIDO, _PARECIDO_AFIN = 0.2, 0.5


def mostrar(hilo: Hilo, pedido: Pedido, seleccion: Seleccion) -> None:
    """Una fila por eslabón, familia por familia y línea por línea: qué viene de qué y qué le cambió."""
    renglones: list[Renglon] = []
    for lugar, familia in enumerate(hilo.familias):
        quien = escape(partes.dependencias(familia)[0])
        titulo = f"<b>{quien}</b>" if not lugar else f"<b>{quien}</b> · Otra dependencia, propósito semejante"
        renglones.append(Renglon([titulo, *[""] * 8], clase="familia"))
        dentro = {e["eslabon"] for e in familia}
        for tramo in hilo.tramos:
            suyos = [e for e in tramo if e["eslabon"] in dentro]
            renglones += [_paso(hilo, e, _clase(n, len(suyos)), pedido, seleccion) for n, e in enumerate(suyos)]
    piezas.tabla(
        [
            Columna("Año y plan", "anio", "6.4rem"),
            Columna("Clave", "", "4.6rem"),
            Columna("Qué es del anterior, y por qué se sabe", "", "16rem"),
            Columna("Cómo se redactó"),
            Columna("Unidad", "", "7.6rem"),
            Columna("Programado<br>al año", "n", "6.4rem"),
            Columna("Alcanzado", "n", "7rem"),
            Columna("Del plan", "n", "4.6rem"),
            Columna("Dónde está impreso", "", "7.2rem"),
        ],
        renglones,
        "Paso por paso: cada compromiso del hilo, del más antiguo al último",
        _hoja(hilo, seleccion),
    )


def _hoja(hilo: Hilo, seleccion: Seleccion) -> Hoja:
    """Lo que se baja de un hilo: sus pasos y, en el mismo libro, sus trimestres y los enlaces que lo unen."""
    cual, archivo = {"hilo": str(hilo.eslabones[0]["hilo"])}, mensajes.archivo(hilo)
    filtros = [("Hilo", mensajes.nombre(hilo)), ("Umbrales", seleccion.umbrales)]
    suyo = codigo.de_vista(PAGINA, seleccion.con(compromiso=None), **cual)

    def una(nombre: str, titulo: str, consulta: str, **ademas: str | None) -> Hoja:
        tabla = partial(consultar, consulta, **cual, **ademas)
        return Hoja(nombre, titulo, consulta, tabla, f"{archivo}-{nombre}", filtros=filtros, codigo=suyo)

    anexas = (
        una("trimestres", "Sus trimestres", "hilo_trimestres", preset=seleccion.preset),
        una("enlaces", "Los enlaces que lo unen", "hilo_enlaces"),
    )
    return replace(una("pasos", "Paso por paso", "hilo"), anexas=anexas)


def _clase(lugar: int, cuantos: int) -> str:
    """Cómo se liga una fila con sus vecinas: las de una misma línea van unidas por un trazo."""
    if cuantos == 1:
        return "paso suelto"
    return "paso " + ("primero" if not lugar else "ultimo" if lugar == cuantos - 1 else "medio")


def _paso(hilo: Hilo, e: Fila, clase: str, pedido: Pedido, seleccion: Seleccion) -> Renglon:
    tarjeta_de = pedido.direccion(seleccion, hilo=e["hilo"], compromiso=e["compromiso_id"], tarjeta=True)
    lugar = f"página {formato.numero(e['pagina'])}, renglón {formato.numero(e['renglon'])}"
    es_pedido = pedido.hilo and pedido.hilo in (e["eslabon"], e["compromiso_id"]) and len(hilo.eslabones) > 1
    return Renglon(
        [
            _anio(hilo, e),
            f"{formato.nivel(e['nivel']).capitalize()}<br>"
            + enlaces.enlace(PAGINA, piezas.seguro(e["clave"]), "Ver de dónde sale", **tarjeta_de)
            + _duda(e),
            _de_donde_viene(hilo, e),
            _redaccion(hilo, e),
            _unidad(hilo, e),
            formato.numero(e["meta_anual"]),
            _alcanzado(hilo, e),
            formato.porcentaje(e["cumplimiento_pct"]),
            enlaces.enlace(PAGINA, lugar, "Ver de dónde sale", **tarjeta_de),
        ],
        clase=f"{clase} elegida" if es_pedido else clase,
        destino=enlaces.destino(PAGINA, **tarjeta_de),
    )


def _anio(hilo: Hilo, e: Fila) -> str:
    """El año y, debajo, qué parte de él: el plan, los meses o lo que de él se tiene."""
    notas = [partes.plan(int(e["plan"]))] if e["planes_del_anio"] > 1 else []
    if e["eslabon"] in hilo.lapsos:
        notas.append(partes.meses(*hilo.lapsos[e["eslabon"]]))
    notas += [nota] if (nota := partes.alcance_del_anio(e)) else []
    return f"<b>{e['ejercicio']}</b>" + "".join(f"<br><span class='u'>{nota}</span>" for nota in notas)


def _duda(e: Fila) -> str:
    """Si alguna cifra del compromiso no se leyó segura, la palabra que lo dice; la tarjeta dice cuál."""
    if e["certeza"] in (None, "seguro"):
        return ""
    palabra, explica = formato.CERTEZAS.get(e["certeza"], ("Sin anotar", ""))
    titulo = escape(f"Alguna de sus cifras: {explica}", quote=True)
    return f"<br><span class='u' title='{titulo}'>{palabra.lower()}</span>"


def _alcanzado(hilo: Hilo, e: Fila) -> str:
    """Lo alcanzado y, si no es contra todo el año, contra cuánto y de qué meses."""
    if e["es_solo_plan"]:
        return "<span class='u'>solo plan</span>"
    lapso, falta = hilo.lapso_medido(e), hilo.sin_reporte(e)
    notas = []
    if lapso and (lapso != (1, 4) or e["programado"] != e["meta_anual"]):
        cuando = "" if lapso == (1, 4) else f" en {partes.meses(*lapso)}"
        hay = not formato.es_blanco(e["programado"])
        plan = f"de {formato.numero(e['programado'])}" if hay and e["programado"] else "nada programado"
        notas.append(f"{plan if hay else 'sin programado que se lea'}{cuando}")
    if falta:
        notas.append(f"sin reporte de {falta}")
    cifra = formato.numero(e["alcanzado"]) if lapso else formato.RAYA
    return cifra + "".join(f"<br><span class='u'>{nota}</span>" for nota in notas)


def _de_donde_viene(hilo: Hilo, e: Fila) -> str:
    """Cada enlace que le llega: icono y palabra, de cuál viene y por qué se sabe."""
    llegan = hilo.llegan(e["eslabon"])
    if not llegan:
        dicho = "El más antiguo del hilo" if e is hilo.eslabones[0] else "Sin contraparte anterior"
        if len(hilo.eslabones) == 1:
            solo = e["planes_de_dependencia"] == 1
            dicho = "No hay otro plan de la dependencia" if solo else "Sin contraparte en otro plan"
        return f"<span class='u'>{dicho}</span>"
    grupos: dict[tuple[str, str], list[Fila]] = {}
    for n in llegan:
        grupos.setdefault((n["relacion"], n["procedencia"]), []).append(n)
    return "".join(_relacion(hilo, e, suyos) for suyos in grupos.values())


def _relacion(hilo: Hilo, e: Fila, suyos: Sequence[Fila]) -> str:
    """Los enlaces de una misma relación: su icono y palabra una vez, y cada evidencia con los que la comparten."""
    icono, palabra = partes.RELACIONES.get(suyos[0]["relacion"], ("·", "Relación sin nombre"))
    por_evidencia: dict[str, list[Fila]] = {}
    for n in suyos:
        por_evidencia.setdefault(formato.prosa(n["evidencia"], ""), []).append(n)
    dichos = []
    for evidencia, iguales in por_evidencia.items():
        origenes = [hilo.por_id[n["origen"]] for n in iguales]
        como = "Se parece a" if suyos[0]["relacion"] == "afin" else "Viene de"
        de = f"{como} {partes.claves(origenes)} {_de(hilo, origenes[0], e)}."
        dichos.append(f"<span class='u'>{escape(f'{de} {evidencia}'.strip())}</span>")
    notas = [partes.SUGERIDO] if suyos[0]["procedencia"] != "confirmado" else []
    if any(n["cambia_pmd"] for n in suyos):
        notas.append(f"Sus líneas ya son del {formato.pmd(e['pmd_declarado'])}")
    certezas = dict.fromkeys(formato.texto(n["certeza"], "") for n in suyos)
    notas += [f"Certeza {certeza}" for certeza in certezas if certeza not in ("", "alta")]
    return (
        f"<div class='viene'><span class='relacion'><i aria-hidden='true'>{icono}</i>{escape(palabra)}</span>"
        f"{''.join(dichos)}{''.join(f'<span class=senal>{escape(nota)}</span>' for nota in notas)}</div>"
    )


def _de(hilo: Hilo, origen: Fila, e: Fila) -> str:
    """«de 2018», «del primer plan de 2025» o «de 2023 (DIF)»: de qué plan es el origen."""
    sin_nombre = origen["eslabon"] in hilo.relevos and origen["eslabon"] not in hilo.lapsos
    cuando = f"de {origen['ejercicio'] if sin_nombre else hilo.cuando(origen)}".replace("de el ", "del ")
    return cuando + (f" ({partes.dependencias([origen])[0]})" if origen["dependencia"] != e["dependencia"] else "")


def _redaccion(hilo: Hilo, e: Fila) -> str:
    """El texto con lo que quita y pone respecto del compromiso del que viene."""
    suyo = formato.oracion(e["descripcion"], "")
    if not suyo:
        return "<span class='u'>Sin descripción impresa</span>"
    contra = [
        (n, redaccion.cotejar(hilo.por_id[n["origen"]]["descripcion"], suyo))
        for n in hilo.llegan(e["eslabon"])
        if not formato.es_blanco(hilo.por_id[n["origen"]]["descripcion"])
    ]
    if not contra:
        return escape(suyo)
    # primero el que no es afín; de varios, el que más se propone, que es el que más pesa en el que viene

    def peso(candidato: tuple[Fila, list[redaccion.Trozo]]) -> tuple[bool, float]:
        meta = hilo.por_id[candidato[0]["origen"]]["meta_anual"]
        return partes.quiebre(candidato[0]) != "afin", 0.0 if formato.es_blanco(meta) else float(meta)

    enlace, trozos = max(contra, key=peso)
    con_cual = ""
    if len(contra) > 1:
        con_cual = f"Comparado con {partes.claves([hilo.por_id[enlace['origen']]])}"
    if redaccion.es_igual(trozos):
        return f"{escape(suyo)} {_senales('Mismo texto', con_cual)}"
    minimo = _PARECIDO_AFIN if partes.quiebre(enlace) == "afin" else _PARECIDO
    if redaccion.parecido(trozos) < minimo:
        return f"{escape(suyo)} {_senales('Otra redacción', con_cual)}"
    return " ".join(_trozo(t) for t in trozos) + _senales(con_cual)


def _senales(*dichas: str) -> str:
    return "".join(f" <span class='senal'>{escape(dicha)}</span>" for dicha in dichas if dicha)


def _trozo(trozo: redaccion.Trozo) -> str:
    texto = escape(trozo.texto)
    if trozo.que == redaccion.IGUAL:
        return texto
    etiqueta, dicho = ("ins", "añade") if trozo.que == redaccion.PONE else ("del", "quita")
    return f"<{etiqueta}><span class='oculto'>{dicho}: </span>{texto}</{etiqueta}>"


def _unidad(hilo: Hilo, e: Fila) -> str:
    """La unidad de medida; si cambió, lo dice con la de antes, y si un afín usa otra, con la de él."""
    suya = escape(formato.unidad(e["unidad_medida"], "sin unidad impresa"))
    otras: dict[bool, list[str]] = {}
    for n in hilo.llegan(e["eslabon"]):
        origen = hilo.por_id[n["origen"]]
        if origen["unidad_comparable"] != e["unidad_comparable"]:
            es_afin = partes.quiebre(n) == "afin"
            quien = f"{partes.dependencias([origen])[0]}: " if es_afin else ""
            otras.setdefault(es_afin, []).append(f"{quien}{formato.unidad(origen['unidad_medida'], 'ninguna')}")
    if False in otras:
        antes = formato.lista(dict.fromkeys(otras[False]))
        return (
            f"<span class='otra'><i aria-hidden='true'>≠</i>{suya}</span><span class='u'>antes: {escape(antes)}</span>"
        )
    return suya + "".join(f"<br><span class='u'>{escape(otra)}</span>" for otra in dict.fromkeys(otras.get(True, ())))


def salidas(hilo: Hilo, seleccion: Seleccion) -> None:
    """A dónde seguir: qué más cambió entre los planes de cada dependencia del hilo."""
    quienes = {e["dependencia"]: partes.dependencias([e])[0] for e in hilo.eslabones}
    dichos = [
        enlaces.enlace("cambios", f"Cambios de plan de {escape(nombre)}", **seleccion.direccion(quien=quien))
        for quien, nombre in quienes.items()
    ]
    st.html(f"<p class='salida opciones'>{''.join(dichos)}</p>")
