"""Cifras que se completan o corrigen con otra parte de los documentos: otro reporte, el plan hermano, la columna."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz import fuzz

from poa.conciliacion.identidades import iguales, regla_del_plan, relativo_cuadra
from poa.conciliacion.renglon import ABSOLUTO, RELATIVO
from poa.conciliacion.resuelto import Resuelto
from poa.normalizar import norma

PARECIDO_DE_HERMANO = 88


def tomar_plan_de_otro(resuelto: Resuelto, otros: list[Resuelto]) -> None:
    """Completa o corrige P con otro reporte del mismo plan cuya suma sí cierra."""
    plan_roto = bool(resuelto.elegida.juicio.contradicciones & {0, 2, 4, 6, "META"})
    for otro in otros:
        if (
            otro.leido.plan != resuelto.leido.plan
            or otro.elegida.juicio.contradicciones
            or not otro.elegida.juicio.regla
        ):
            continue
        suyos = [otro.valores[casilla] for casilla in (0, 2, 4, 6)]
        mios = [resuelto.valores[casilla] for casilla in (0, 2, 4, 6)]
        if (
            resuelto.meta is not None
            and otro.meta is not None
            and not iguales(resuelto.meta, otro.meta)
            and not plan_roto
        ):
            continue
        ceros_a_la_vista = 0 in mios  # el renglón escribe sus ceros: el que falta se perdió, no está en blanco
        cambios = {
            2 * i: suyo
            for i, (mio, suyo) in enumerate(zip(mios, suyos, strict=True))
            if suyo is not None
            and (
                mio is None
                and (suyo != 0 or ceros_a_la_vista)
                or mio is not None
                and plan_roto
                and not iguales(mio, suyo)
            )
        }
        completos = [cambios.get(2 * i, mio) for i, mio in enumerate(mios)]
        if cambios and not regla_del_plan(completos, otro.meta, resuelto.leido.unidad_medida):
            continue
        distintos = sum(
            mio is not None and suyo is not None and not iguales(mio, suyo)
            for mio, suyo in zip(mios, suyos, strict=True)
        )
        if distintos > 2 or (distintos and not plan_roto):
            continue
        corregida = resuelto.meta is not None and otro.meta is not None and not iguales(resuelto.meta, otro.meta)
        if cambios or corregida:
            fuente = f"el reporte {otro.leido.corte_texto} del mismo compromiso"
            resuelto.corregir(cambios, fuente, otro.meta if corregida else None, {0, 2, 4, 6, "META"})
            return


def tomar_avance_de_otro(resuelto: Resuelto, otros: list[Resuelto]) -> None:
    """Corrige un A con otro reporte que lo vuelve a decir, si así ΣA da el absoluto impreso (poa-2025, T4, 308)."""
    rotas = resuelto.elegida.juicio.contradicciones
    absoluto = resuelto.valores[ABSOLUTO]
    if ABSOLUTO not in rotas or absoluto is None:
        return
    casillas = [2 * trimestre - 1 for trimestre in range(1, resuelto.leido.corte + 1)]
    suma = sum(resuelto.valores[casilla] or 0.0 for casilla in casillas)
    conocidos: dict[int, float] = {}
    for otro in otros:
        if otro.elegida.juicio.contradicciones:
            continue
        conocidos |= {casilla: otro.valores[casilla] for casilla in casillas if otro.valores[casilla] is not None}
        for casilla in casillas:
            suyo, mio = otro.valores[casilla], resuelto.valores[casilla]
            if suyo is not None and suyo != mio and iguales(suma - (mio or 0.0) + suyo, absoluto):
                fuente = f"el reporte {otro.leido.corte_texto} y el avance absoluto impreso"
                resuelto.corregir({casilla: suyo}, fuente, None, {*casillas, ABSOLUTO})
                return
    faltan = [casilla for casilla in casillas if casilla not in conocidos]
    relativo = resuelto.valores[RELATIVO]
    if (
        len(faltan) == 1
        and relativo is not None
        and resuelto.meta
        and relativo_cuadra(relativo, absoluto, resuelto.meta)
    ):
        resto = absoluto - sum(conocidos.values())
        if resto >= 0:
            cambios = {**conocidos, faltan[0]: resto}
            cambios = {casilla: valor for casilla, valor in cambios.items() if valor != resuelto.valores[casilla]}
            fuente = "el avance absoluto y el relativo impresos, y los reportes anteriores"
            resuelto.corregir(cambios, fuente, None, {*casillas, ABSOLUTO})


def poner_cero_perdido(resuelto: Resuelto) -> None:
    """El P que falta en un renglón que sí escribe sus ceros y cuya suma ya cierra es un cero perdido (poa-2018, 4)."""
    programados = {casilla: resuelto.valores[casilla] for casilla in (0, 2, 4, 6)}
    vacios = [casilla for casilla, valor in programados.items() if valor is None]
    if len(vacios) == 1 and 0 in programados.values() and resuelto.elegida.juicio.regla == "suma":
        resuelto.corregir(
            {vacios[0]: 0.0}, "la suma, que ya cierra, y los ceros que el renglón sí imprime", None, set()
        )


def hallar_lo_impreso(resuelto: Resuelto) -> None:
    """Lo que el papel trae en la columna de una casilla que se dedujo: la cifra que no era (poa-2025, T4, 308)."""
    elegida = resuelto.elegida
    usadas = {posicion for posicion in elegida.posiciones if posicion is not None}
    impresos, posiciones = list(elegida.impresos), list(elegida.posiciones)
    for posicion, casilla in resuelto.contexto.columnas:
        celdas = resuelto.leido.celdas
        if casilla >= RELATIVO or posiciones[casilla] is not None or posicion in usadas or posicion >= len(celdas):
            continue
        if elegida.valores[casilla] is not None and celdas[posicion].valor is not None:
            impresos[casilla], posiciones[casilla] = celdas[posicion].valor, posicion
            usadas.add(posicion)
    resuelto.elegida = replace(elegida, impresos=tuple(impresos), posiciones=tuple(posiciones))


def consultar_hermano(resuelto: Resuelto, candidatos: list[Resuelto]) -> None:
    """Si ΣP no da la meta y el plan de otro ejercicio de la dependencia repite el compromiso, él dice cuál cifra falla.

    poa-2023, 308 imprime 6,482 donde sus trimestres suman 6,492; el plan 2024 de la misma dependencia, 6,492.
    """
    rotas = resuelto.elegida.juicio.contradicciones
    if "META" not in rotas:
        return
    leido = resuelto.leido
    mios = [resuelto.valores[casilla] for casilla in (0, 2, 4, 6)]
    for otro in candidatos:
        if otro.leido.ejercicio == leido.ejercicio or otro.elegida.juicio.regla != "suma":
            continue
        if fuzz.token_set_ratio(norma(otro.leido.descripcion), norma(leido.descripcion)) < PARECIDO_DE_HERMANO:
            continue
        suyos = [otro.valores[casilla] for casilla in (0, 2, 4, 6)]
        distintas = [2 * i for i in range(4) if mios[i] != suyos[i]]
        fuente = f"el plan {otro.leido.ejercicio} de la misma dependencia ({otro.leido.clave})"
        if not distintas:
            resuelto.corregir({}, fuente, otro.meta, {0, 2, 4, 6, "META"})
            return
        if len(distintas) == 1 and resuelto.meta == otro.meta:
            resuelto.corregir({distintas[0]: otro.valores[distintas[0]]}, fuente, None, {0, 2, 4, 6, "META"})
            return
