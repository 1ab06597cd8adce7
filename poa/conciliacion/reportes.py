"""Lo que un renglón solo no decide lo deciden los demás: su tabla, los otros reportes y el plan hermano."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from poa.conciliacion.cruces import (
    consultar_hermano,
    hallar_lo_impreso,
    poner_cero_perdido,
    tomar_avance_de_otro,
    tomar_plan_de_otro,
)
from poa.conciliacion.identidades import iguales, relativo_cuadra
from poa.conciliacion.renglon import ABSOLUTO, CASILLAS, RELATIVO, Contexto, Lectura, leer_renglon
from poa.conciliacion.resuelto import Resuelto
from poa.conciliacion.tablas import (
    columnas_de_cada_tabla,
    disposicion,
    numerar_planes,
    trimestres_sin_plan,
    va_en_columna,
)
from poa.lectura.leido import Leido

PLAN_DISTINTO = 2.0  # por cada P que otro reporte del mismo plan imprime distinto
AVANCE_DISTINTO = 1.5  # por cada A que otro reporte vuelve a decir distinto
ACUMULADO_DISTINTO = 2.5  # si lo dicho hasta un corte no da el absoluto que ese corte imprimió
FALTA_EN_UNO = 0.3


def conciliar_reportes(leidos: list[Leido]) -> list[Resuelto]:
    """Una lectura por compromiso leído, en el mismo orden. Numera además los planes de cada ejercicio."""
    contextos = [
        Contexto(max(leido.corte, 0), leido.meta_impresa, leido.unidad_medida, absoluto=leido.absoluto_impreso)
        for leido in leidos
    ]
    primeras = [
        leer_renglon(leido.celdas, contexto, a_fondo=False) for leido, contexto in zip(leidos, contextos, strict=True)
    ]
    numerar_planes(leidos, primeras)
    columnas = columnas_de_cada_tabla(leidos, primeras)
    sin_plan = trimestres_sin_plan(leidos, primeras)
    resueltos = []
    for leido, contexto in zip(leidos, contextos, strict=True):
        contexto = replace(
            contexto,
            columnas=tuple(columnas.get(disposicion(leido), {}).items()),
            sin_plan=sin_plan.get((leido.ejercicio, leido.corte, leido.dependencia), frozenset()),
        )
        lecturas = _leer(leido, contexto)
        resuelto = Resuelto(leido, lecturas, lecturas[0], contexto)
        resueltos.append(resuelto)
    for grupo in _grupos(resueltos):
        _acordar(grupo)
    hermanos = _por_dependencia(resueltos)
    for resuelto in resueltos:
        consultar_hermano(resuelto, hermanos[resuelto.leido.dependencia])
    for grupo in _grupos(resueltos):
        _apoyar(grupo)
    for resuelto in resueltos:
        poner_cero_perdido(resuelto)
        hallar_lo_impreso(resuelto)
        _medir_duda(resuelto)
        resuelto.en_columna = va_en_columna(resuelto.elegida, dict(resuelto.contexto.columnas))
    return resueltos


def _leer(leido: Leido, contexto: Contexto) -> list[Lectura]:
    """Las lecturas del renglón y, si tiene otras maneras de partirse, también las de ellas; por costo."""
    lecturas = leer_renglon(leido.celdas, contexto)
    if leido.alternativas and (not lecturas[0].cierra or lecturas[0].danio > 0):
        for meta, celdas, costo in leido.alternativas:
            corridas = len(celdas) - len(leido.celdas)
            columnas = (
                tuple((posicion + corridas, casilla) for posicion, casilla in contexto.columnas)
                if corridas >= 0
                else ()
            )
            otras = leer_renglon(celdas, replace(contexto, meta=meta, columnas=columnas))
            lecturas += [replace(otra, costo=otra.costo + costo) for otra in otras]
        lecturas.sort(key=lambda una: una.costo)
    return lecturas


def _grupos(resueltos: list[Resuelto]) -> list[list[Resuelto]]:
    """Los reportes de un mismo compromiso en un ejercicio, del corte más temprano al más tardío."""
    grupos: dict[tuple, list[Resuelto]] = defaultdict(list)
    for resuelto in resueltos:
        leido = resuelto.leido
        grupos[leido.ejercicio, leido.dependencia, leido.meta_clave, leido.clave].append(resuelto)
    return [sorted(grupo, key=lambda uno: uno.leido.corte) for grupo in grupos.values() if len(grupo) > 1]


def _acordar(grupo: list[Resuelto]) -> None:
    """Reordena las lecturas de cada reporte por lo que cuestan más lo que contradicen a los demás; dos vueltas."""
    for _ in range(2):
        for resuelto in grupo:
            otros = [otro for otro in grupo if otro is not resuelto]
            resuelto.elegida = min(
                resuelto.lecturas, key=lambda una: una.costo + _desacuerdo_con(otros, una, resuelto.leido)
            )
    for resuelto in grupo:
        otros = [otro for otro in grupo if otro is not resuelto]
        ajenos = [(una, _desacuerdo_con(otros, una, resuelto.leido)) for una in resuelto.lecturas]
        con_ajeno = [replace(una, costo=una.costo + ajeno, ajeno=ajeno) for una, ajeno in ajenos]
        resuelto.lecturas = sorted(con_ajeno, key=lambda una: una.costo)
        resuelto.elegida = resuelto.lecturas[0]
    for resuelto in grupo:
        tomar_plan_de_otro(resuelto, [otro for otro in grupo if otro is not resuelto])
        tomar_avance_de_otro(resuelto, [otro for otro in grupo if otro is not resuelto])


def _desacuerdo_con(otros: list[Resuelto], lectura: Lectura, leido: Leido) -> float:
    return sum(_desacuerdo(lectura, leido, otro) for otro in otros)


def _desacuerdo(lectura: Lectura, leido: Leido, otro: Resuelto) -> float:
    """Cuánto contradice una lectura a la elegida de otro reporte del mismo compromiso."""
    total = 0.0
    if leido.plan == otro.leido.plan:
        for casilla in (0, 2, 4, 6):
            uno, dos = lectura.valores[casilla], otro.valores[casilla]
            if uno is not None and dos is not None:
                total += PLAN_DISTINTO * (not iguales(uno, dos))
            elif uno is not None or dos is not None:
                total += FALTA_EN_UNO
        total += PLAN_DISTINTO * _planes_incompatibles(lectura, otro.elegida)
        if lectura.juicio.meta is not None and otro.meta is not None:
            total += PLAN_DISTINTO * (not iguales(lectura.juicio.meta, otro.meta))
        antes, despues = (lectura, otro.elegida) if leido.corte <= otro.leido.corte else (otro.elegida, lectura)
        total += ACUMULADO_DISTINTO * _contradice_acumulado(antes, despues, min(leido.corte, otro.leido.corte))
    for trimestre in range(1, min(leido.corte, otro.leido.corte) + 1):
        uno, dos = lectura.valores[2 * trimestre - 1], otro.valores[2 * trimestre - 1]
        if uno is not None and dos is not None:
            total += AVANCE_DISTINTO * (not iguales(uno, dos))
        elif (uno is not None or dos is not None) and leido.plan == otro.leido.plan:
            total += FALTA_EN_UNO
    return total


def _planes_incompatibles(una: Lectura, otra: Lectura) -> bool:
    """Si los dos planes cierran por su lado pero, juntos, programan más que la meta."""
    if una.juicio.regla != "suma" or otra.juicio.regla != "suma" or una.juicio.meta is None:
        return False
    juntos = [una.valores[i] if una.valores[i] is not None else otra.valores[i] for i in (0, 2, 4, 6)]
    return not iguales(sum(valor or 0.0 for valor in juntos), una.juicio.meta)


def _contradice_acumulado(antes: Lectura, despues: Lectura, corte: int) -> bool:
    """Si lo que el reporte posterior dice hasta `corte` no suma el absoluto que el anterior imprimió."""
    absoluto = antes.valores[ABSOLUTO]
    if absoluto is None or antes.juicio.regla not in ("suma", ""):
        return False
    suma = sum(despues.valores[2 * trimestre - 1] or 0.0 for trimestre in range(1, corte + 1))
    return not iguales(suma, absoluto)


def _por_dependencia(resueltos: list[Resuelto]) -> dict[str, list[Resuelto]]:
    grupos: dict[str, list[Resuelto]] = defaultdict(list)
    for resuelto in resueltos:
        grupos[resuelto.leido.dependencia].append(resuelto)
    return grupos


def _apoyar(grupo: list[Resuelto]) -> None:
    """Anota qué casillas dice igual otro reporte (P y meta solo dentro del mismo plan)."""
    for resuelto in grupo:
        for otro in grupo:
            if otro is resuelto or otro.elegida.juicio.contradicciones:
                continue
            mismo_plan = otro.leido.plan == resuelto.leido.plan
            for casilla in range(ABSOLUTO):
                trimestre = casilla // 2 + 1
                es_avance = casilla % 2 == 1
                if es_avance and trimestre > min(resuelto.leido.corte, otro.leido.corte):
                    continue
                suyo, mio = otro.valores[casilla], resuelto.valores[casilla]
                if suyo != mio and (mismo_plan or es_avance and None not in (suyo, mio)):
                    resuelto.contrarios.add(casilla)
                if casilla in otro.elegida.juicio.deducidas | otro.elegida.juicio.corregidas:
                    continue  # lo que el otro dedujo no prueba nada
                if (es_avance or mismo_plan) and otro.valores[casilla] == resuelto.valores[casilla]:
                    resuelto.apoyos.add(casilla)
                    if otro.elegida.danio == 0:
                        resuelto.apoyos_limpios.add(casilla)
            if mismo_plan and otro.meta == resuelto.meta and not otro.elegida.juicio.meta_corregida:
                resuelto.apoyos.add("META")


def _medir_duda(resuelto: Resuelto) -> None:
    """Por casilla, a qué distancia queda la lectura más cercana que dice otra cosa sin contradecirse más."""
    elegida = resuelto.elegida
    tope = len(elegida.juicio.contradicciones)
    for lectura in resuelto.lecturas:
        if len(lectura.juicio.contradicciones) > tope:
            continue
        for casilla in range(len(CASILLAS)):
            if lectura.valores[casilla] == elegida.valores[casilla] or casilla in elegida.juicio.corregidas:
                continue
            ventaja = lectura.costo - elegida.costo
            propia = lectura.costo_propio - elegida.costo_propio
            resuelto.ventaja_propia[casilla] = min(propia, resuelto.ventaja_propia.get(casilla, 99.0))
            if ventaja < resuelto.ventaja.get(casilla, 99.0):
                resuelto.ventaja[casilla] = ventaja
                resuelto.rivales[casilla] = lectura.valores[casilla]
    relativo, absoluto = elegida.valores[RELATIVO], elegida.valores[ABSOLUTO]
    if relativo is not None and absoluto and resuelto.meta and relativo_cuadra(relativo, absoluto, resuelto.meta):
        resuelto.apoyos |= {ABSOLUTO}
