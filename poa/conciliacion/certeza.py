"""Qué tan segura es cada cifra elegida.

`seguro`: el orden impreso la da, una identidad la confirma y ninguna otra lectura compite. `reconstruido`:
hizo falta una identidad, otro reporte o una corrección. `ambiguo`: dos lecturas quedan en pie.
"""

from __future__ import annotations

from poa.conciliacion.renglon import ABSOLUTO, CELDAS_CAMBIADAS, RELATIVO
from poa.conciliacion.resuelto import Resuelto

CERTEZAS = ("seguro", "reconstruido", "ambiguo")
RIVAL_CERCANA = 2.2  # dos lecturas a esta distancia quedan en pie las dos
RIVAL_LEJANA = 4.2  # más lejos que esto ya no se duda
CELDAS_DE_TRIMESTRES = 8
RIVAL_DE_CERO = 1.0  # entre «0» y en blanco, con el «0» impreso, la duda tiene que ser mayor
RIVAL_DE_IMPRESO_LIMPIO = 1.0  # si el renglón está impreso como pide el formato, hace falta una rival más cercana


def peor(*certezas: str) -> str:
    """La menos segura de varias certezas."""
    return max(certezas, key=CERTEZAS.index)


def certeza_de_casilla(resuelto: Resuelto, casilla: int) -> str:
    """La certeza de una casilla (0 a 8) de la lectura elegida."""
    juicio, elegida = resuelto.elegida.juicio, resuelto.elegida
    if casilla in juicio.contradicciones or juicio.dudoso and casilla in juicio.corregidas:
        return "ambiguo"
    rival = resuelto.ventaja.get(casilla, 99.0)
    limpio = _impreso_como_debe(resuelto)
    apoyada = casilla in resuelto.apoyos
    cerca = RIVAL_DE_IMPRESO_LIMPIO if limpio else RIVAL_CERCANA
    if elegida.impresos[casilla] == 0 and resuelto.rivales.get(casilla, 0) is None:
        cerca = min(cerca, RIVAL_DE_CERO)
    if rival < cerca:
        return "reconstruido" if apoyada and rival > 0.5 else "ambiguo"
    if rival < RIVAL_LEJANA and not limpio:
        return "reconstruido"
    propia = resuelto.ventaja_propia.get(casilla, 99.0)
    if propia < (RIVAL_DE_IMPRESO_LIMPIO if limpio else RIVAL_LEJANA) and casilla not in resuelto.apoyos_limpios:
        return "reconstruido"  # solo la sostienen reportes que también están dañados
    if resuelto.contrarios and elegida.danio > 0 and casilla not in resuelto.apoyos_limpios:
        return "reconstruido"  # otro reporte dice distinto alguna cifra de este renglón
    if casilla in juicio.deducidas | juicio.corregidas or _viene_de_lectura_dudosa(resuelto):
        return "reconstruido"
    if elegida.valores[casilla] is None:
        return _certeza_de_vacia(resuelto, casilla, limpio)
    if casilla in juicio.probadas and not _hermana_deducida(juicio, casilla):
        return "seguro"
    if casilla in resuelto.apoyos_limpios and limpio:
        return "seguro"
    sin_tacha = limpio and elegida.danio == 0 and elegida.cierra and juicio.regla != "constante"
    return "seguro" if sin_tacha and not _hermana_deducida(juicio, casilla) else "reconstruido"


def _hermana_deducida(juicio, casilla: int) -> bool:
    """Si otra cifra de la misma suma se dedujo o corrigió: entonces la identidad se gastó y no prueba a esta."""
    hermanas = {0, 2, 4, 6, "META"} if casilla < ABSOLUTO and casilla % 2 == 0 else {1, 3, 5, 7, ABSOLUTO}
    return bool((juicio.deducidas | juicio.corregidas) & hermanas) or juicio.meta_corregida and "META" in hermanas


def _impreso_como_debe(resuelto: Resuelto) -> bool:
    """Si el renglón está completo y cada cifra en la columna que le toca a su formato o a su tabla."""
    elegida, celdas = resuelto.elegida, resuelto.leido.celdas
    completo = elegida.posiciones[RELATIVO] is not None or len(celdas) >= CELDAS_DE_TRIMESTRES
    en_columna = resuelto.en_columna and elegida.cierra and not _viene_de_lectura_dudosa(resuelto)
    return completo and (elegida.danio == 0 or en_columna)


def _certeza_de_vacia(resuelto: Resuelto, casilla: int, limpio: bool) -> str:
    no_exigible = casilla < ABSOLUTO and casilla % 2 == 1 and casilla // 2 + 1 > resuelto.leido.corte
    if casilla % 2 == 0 and casilla < ABSOLUTO and resuelto.elegida.juicio.deducidas & {0, 2, 4, 6}:
        return "reconstruido"  # se perdió una P del renglón: cuál, no lo dice el papel
    if casilla % 2 == 0 and casilla < ABSOLUTO and plan_en_blanco(resuelto):
        return "reconstruido"
    sin_plan = casilla < ABSOLUTO and casilla // 2 + 1 in resuelto.contexto.sin_plan
    if no_exigible or limpio or sin_plan or casilla in resuelto.apoyos:
        return "seguro"
    return "reconstruido"


def plan_en_blanco(resuelto: Resuelto) -> bool:
    """Si el renglón tiene meta anual y no programa ningún trimestre: cuál le toca, no lo dice (poa-2025, T1, 204)."""
    return bool(resuelto.meta) and all(resuelto.valores[casilla] is None for casilla in (0, 2, 4, 6))


def _viene_de_lectura_dudosa(resuelto: Resuelto) -> bool:
    """Si la lectura cambió celdas de lugar, usó letras como dígitos o saltó una cifra que no es copia."""
    elegida, celdas = resuelto.elegida, resuelto.leido.celdas
    puestas = {posicion for posicion in elegida.posiciones if posicion is not None}
    if any(celda.es_dudosa for celda in celdas) or elegida.danio >= CELDAS_CAMBIADAS + 4:
        return True
    anterior, vistas = resuelto.leido.meta_impresa, []
    for posicion, celda in enumerate(celdas):
        if celda.valor is None or celda.es_porcentaje:
            continue
        if posicion not in puestas and celda.valor != anterior:
            return True
        anterior = celda.valor
        vistas.append(celda.valor)
    de_celdas = elegida.impresos[: ABSOLUTO if resuelto.leido.absoluto_impreso is not None else RELATIVO]
    return not _en_orden([valor for valor in de_celdas if valor is not None], vistas)


def _en_orden(impresos: list[float], vistas: list[float]) -> bool:
    """Si las cifras elegidas aparecen en el papel en ese orden (una lectura con celdas cambiadas, no)."""
    resto = iter(vistas)
    return all(any(valor == vista for vista in resto) for valor in impresos)


def certeza_de_meta(resuelto: Resuelto) -> str:
    """La certeza de la meta anual."""
    juicio = resuelto.elegida.juicio
    if "META" in juicio.contradicciones:
        return "ambiguo"
    if juicio.meta_corregida:
        return "reconstruido"
    if "META" in juicio.probadas or "META" in resuelto.apoyos or RELATIVO in juicio.probadas:
        return "reconstruido" if _viene_de_lectura_dudosa(resuelto) else "seguro"
    limpia = _impreso_como_debe(resuelto) and resuelto.elegida.danio == 0 and juicio.regla != "constante"
    return "seguro" if limpia and resuelto.leido.meta_impresa is not None else "reconstruido"
