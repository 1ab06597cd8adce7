"""Qué tan segura es cada cifra elegida, y las palabras con que se dice la duda o la contradicción.

`seguro`: el orden impreso la da, una identidad la confirma y ninguna otra lectura compite. `reconstruido`:
hizo falta una identidad, otro reporte o una corrección. `ambiguo`: dos lecturas quedan en pie.
"""

from __future__ import annotations

from poa.conciliacion.identidades import iguales
from poa.conciliacion.renglon import ABSOLUTO, CASILLAS, CELDAS_CAMBIADAS, RELATIVO
from poa.conciliacion.resuelto import Resuelto
from poa.lectura.leido import Hallazgo

CERTEZAS = ("seguro", "reconstruido", "ambiguo")
RIVAL_CERCANA = 2.2  # dos lecturas a esta distancia quedan en pie las dos
RIVAL_LEJANA = 4.2  # más lejos que esto ya no se duda
CELDAS_DE_TRIMESTRES = 8
RIVAL_DE_CERO = 1.0  # entre «0» y en blanco, con el «0» impreso, la duda tiene que ser mayor
RIVAL_DE_IMPRESO_LIMPIO = 1.0  # si el renglón está impreso como pide el formato, hace falta una rival más cercana
NOMBRES = {"P": "programado", "A": "alcanzado"}


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
    if casilla % 2 == 0 and casilla < ABSOLUTO and _plan_en_blanco(resuelto):
        return "reconstruido"
    sin_plan = casilla < ABSOLUTO and casilla // 2 + 1 in resuelto.contexto.sin_plan
    if no_exigible or limpio or sin_plan or casilla in resuelto.apoyos:
        return "seguro"
    return "reconstruido"


def _plan_en_blanco(resuelto: Resuelto) -> bool:
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


def decir_dudas(resuelto: Resuelto) -> str:
    """La nota con las dos lecturas de cada casilla ambigua, o vacía."""
    dudas = []
    for casilla in range(9):
        if certeza_de_casilla(resuelto, casilla) != "ambiguo" or casilla in resuelto.elegida.juicio.contradicciones:
            continue
        otra = resuelto.rivales.get(casilla, resuelto.elegida.impresos[casilla])
        dudas.append(f"{nombre_de_casilla(casilla)}: {decir_cifra(resuelto.valores[casilla])} o {decir_cifra(otra)}")
    return "Dos lecturas posibles. " + "; ".join(dudas) + "." if dudas else ""


def nombre_de_casilla(casilla: int) -> str:
    """«programado T3», «alcanzado T1», «avance absoluto»."""
    if casilla == ABSOLUTO:
        return "avance absoluto"
    return f"{NOMBRES[CASILLAS[casilla][0]]} T{casilla // 2 + 1}"


def decir_cifra(valor: float | None) -> str:
    """La cifra con comas, sin decimales que no tiene; «en blanco» si no hay."""
    if valor is None:
        return "en blanco"
    return f"{valor:,.0f}" if iguales(valor, round(valor)) else f"{valor:,.2f}"


def hallazgos_de(resuelto: Resuelto) -> list[Hallazgo]:
    """Todo lo que lo impreso tiene en contra: identidades rotas, cifras deducidas, ceros que no tocan."""
    salidas: list[Hallazgo] = []
    juicio, elegida, leido = resuelto.elegida.juicio, resuelto.elegida, resuelto.leido

    def anotar(regla: str, severidad: str, columna: str, impreso, usado, explicacion: str) -> None:
        salidas.append(
            Hallazgo(
                regla,
                severidad,
                explicacion,
                columna,
                texto_de_cifra(impreso),
                texto_de_cifra(usado),
                leido.renglon,
                leido.pagina,
            )
        )

    for casilla in range(9):
        impreso, usado = elegida.impresos[casilla], elegida.valores[casilla]
        columna = "avance_absoluto" if casilla == ABSOLUTO else f"{nombre_de_casilla(casilla).replace(' T', '_t')}"
        if impreso is not None and usado is None:
            anotar(
                "cero_no_exigible",
                "aviso",
                columna,
                impreso,
                None,
                f"Se imprime 0 en {nombre_de_casilla(casilla)}, que el reporte aún no puede contener: queda en blanco.",
            )
        elif impreso is not None and usado is not None and not iguales(impreso, usado):
            fuente = resuelto.fuentes.get(casilla, "las identidades del renglón (suma y relativo)")
            anotar(
                "cifra_corregida",
                "advertencia",
                columna,
                impreso,
                usado,
                f"{nombre_de_casilla(casilla).capitalize()} imprime {decir_cifra(impreso)} y {fuente} "
                f"{'dan' if casilla not in resuelto.fuentes else 'dice'} {decir_cifra(usado)}.",
            )
        elif impreso is None and usado is not None:
            fuente = resuelto.fuentes.get(casilla, "las sumas del renglón")
            anotar(
                "cifra_deducida",
                "aviso",
                columna,
                None,
                usado,
                f"{nombre_de_casilla(casilla).capitalize()} no está impreso en su celda; "
                f"{decir_cifra(usado)} sale de {fuente}.",
            )
    _hallazgos_de_meta(resuelto, anotar)
    if _plan_en_blanco(resuelto):
        anotar(
            "plan_en_blanco",
            "aviso",
            "",
            None,
            None,
            f"La meta anual es {decir_cifra(resuelto.meta)} y el renglón no programa ningún trimestre.",
        )
    dudas = decir_dudas(resuelto)
    if dudas:
        anotar("lectura_ambigua", "advertencia", "", None, None, dudas)
    programados = [elegida.valores[casilla] for casilla in (0, 2, 4, 6)]
    if "META" in juicio.contradicciones:
        suma = sum(valor for valor in programados if valor is not None)
        anotar(
            "programado_no_suma",
            "error",
            "meta_anual",
            juicio.meta,
            juicio.meta,
            f"La meta anual impresa es {decir_cifra(juicio.meta)} y los programados suman {decir_cifra(suma)}; "
            "nada más en los documentos dice cuál está mal.",
        )
    if ABSOLUTO in juicio.contradicciones:
        casillas = [2 * trimestre - 1 for trimestre in range(1, leido.corte + 1)]
        suma = sum(elegida.valores[casilla] or 0.0 for casilla in casillas)
        anotar(
            "alcanzado_no_suma",
            "error",
            "avance_absoluto",
            elegida.impresos[ABSOLUTO],
            elegida.valores[ABSOLUTO],
            f"El avance absoluto impreso es {decir_cifra(elegida.valores[ABSOLUTO])} y los alcanzados suman "
            f"{decir_cifra(suma)}; nada más en los documentos dice cuál está mal.",
        )
    if RELATIVO in juicio.contradicciones:
        anotar(
            "relativo_no_cuadra",
            "advertencia",
            "acumulado_relativo_pct",
            elegida.valores[RELATIVO],
            elegida.valores[RELATIVO],
            f"El relativo impreso es {decir_cifra(elegida.valores[RELATIVO])} % y no "
            "corresponde al absoluto entre la meta anual.",
        )
    if any(valor is not None and valor < 0 for valor in (*elegida.valores, juicio.meta)):
        anotar(
            "cifra_negativa", "error", "", None, None, "El renglón trae cifras negativas, que una meta no puede tener."
        )
    return salidas


def _hallazgos_de_meta(resuelto: Resuelto, anotar) -> None:
    impresa, usada = resuelto.leido.meta_impresa, resuelto.meta
    if usada is None or impresa is not None and iguales(impresa, usada):
        return
    fuente = resuelto.fuentes.get("META", "la suma de sus programados y el relativo impreso")
    if impresa is None:
        anotar(
            "cifra_deducida",
            "aviso",
            "meta_anual",
            None,
            usada,
            f"La meta anual no está impresa en su celda; {decir_cifra(usada)} sale de {fuente}.",
        )
    else:
        anotar(
            "cifra_corregida",
            "advertencia",
            "meta_anual",
            impresa,
            usada,
            f"La meta anual imprime {decir_cifra(impresa)}; {decir_cifra(usada)} sale de {fuente}.",
        )


def texto_de_cifra(valor) -> str:
    """Una cifra como texto plano para las columnas impreso y usado de `hallazgo`."""
    if valor is None:
        return ""
    return f"{valor:.10g}" if isinstance(valor, float) else str(valor)
