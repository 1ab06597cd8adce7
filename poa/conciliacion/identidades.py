"""Las identidades que obedece un renglón: ΣP = meta anual, ΣA = avance absoluto, relativo = absoluto / meta.

Aquí están escritas una sola vez. `juzgar` recibe un reparto de cifras y devuelve los juicios posibles: qué
identidades cierran, qué casilla perdida se deduce de ellas y qué cifra impresa las contradice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

ABSOLUTO, RELATIVO = 8, 9
CONSTANTE_MINIMA = 10
TOLERANCIA = 1e-6
REDONDEO = 0.5 + 1e-6  # el relativo se imprime en enteros

CIFRA_DEDUCIDA = 2.2
SUMA_INCOMPLETA = 3.0
PROGRAMADO_NO_SUMA = 4.0
ALCANZADO_NO_SUMA = 4.0
UNA_MALA = 4.3  # algo más que dejarlo sin resolver: hace falta que otro reporte lo apoye
DEDUCIDA_SIN_PLAN = 1.5  # cifra que se deduce en un trimestre sin programado
RELATIVO_NO_CUADRA = 3.0
PLAN_EN_BLANCO = 1.5  # un compromiso sin ningún P es raro, aunque poa-2025 los tiene (204, 205, 206)
AVANCE_SIN_NINGUN_PLAN = 1.0
SIN_DE_DONDE = 3.0  # relativo mayor que cero sin absoluto ni alcanzado
SIN_META = 2.0
META_DEDUCIDA = 1.0
CONSTANTE_CORTA = 1.5  # tres trimestres iguales a la meta pueden ser un total perdido
UNA_SOLA_MALA = 2.5  # dos identidades señalan la misma cifra
REGLA_RARA = 1.0
MISMA_CONFUSION = 4.5


@dataclass(frozen=True)
class Juicio:
    """El veredicto sobre un reparto. `valores` ya trae lo deducido o corregido; `meta`, la que se usa.

    `probadas`: casillas que una identidad confirma; `deducidas`: las que salen de una identidad;
    `contradicciones`: casillas cuya cifra impresa rompe una identidad sin que se sepa cuál es la mala.
    """

    valores: tuple[float | None, ...]
    meta: float | None
    costo: float = 0.0
    regla: str = ""  # suma | constante | ultimo | promedio
    probadas: frozenset = frozenset()
    deducidas: frozenset = frozenset()
    corregidas: frozenset = frozenset()
    contradicciones: frozenset = frozenset()
    meta_corregida: bool = False
    dudoso: bool = False


def iguales(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCIA * max(1.0, abs(a), abs(b))


def relativo_cuadra(relativo: float, absoluto: float, meta: float) -> bool:
    """Si el porcentaje impreso es absoluto / meta redondeado a entero."""
    return meta != 0 and abs(relativo - 100 * absoluto / meta) <= REDONDEO


def regla_del_plan(programados: list[float | None], meta: float | None, unidad: str) -> str:
    """Cómo se acumula el plan, deducido solo de P: suma, constante, ultimo, promedio o '' si ninguna cierra."""
    con_plan = [programado for programado in programados if programado is not None]
    if meta is None or not con_plan:
        return ""
    if iguales(sum(con_plan), meta):
        return "suma"
    es_porcentaje = "porcentaje" in unidad.lower() or "%" in unidad
    # Dos trimestres iguales a una meta de 1 son más bien una copia que una constante.
    bastan = len(con_plan) == 4 or es_porcentaje or len(con_plan) == 3 and meta >= CONSTANTE_MINIMA
    if bastan and all(iguales(programado, meta) for programado in con_plan):
        return "constante"
    creciente = all(antes <= luego for antes, luego in zip(con_plan, con_plan[1:], strict=False))
    if len(con_plan) >= 3 and creciente and iguales(con_plan[-1], meta) and con_plan[0] < con_plan[-1]:
        return "ultimo"
    if es_porcentaje and len(con_plan) >= 2 and iguales(sum(con_plan) / len(con_plan), meta):
        return "promedio"
    return ""


def juzgar(
    valores: tuple[float | None, ...], meta: float | None, corte: int, unidad: str, sin_plan: frozenset[int]
) -> list[Juicio]:
    """Los juicios posibles de un reparto (10 casillas P1, A1 … P4, A4, ABS, REL). Siempre al menos uno."""
    juicios = []
    for con_plan in _juzgar_plan(Juicio(valores, meta), unidad, corte, sin_plan):
        for con_avance in _juzgar_avance(con_plan, corte):
            juicios.append(_juzgar_relativo(con_avance, corte, sin_plan))
    confusion = _misma_confusion(valores, meta, corte, unidad)
    return juicios + ([confusion] if confusion else [])


def _juzgar_plan(juicio: Juicio, unidad: str, corte: int, sin_plan: frozenset[int]) -> list[Juicio]:
    casillas = [0, 2, 4, 6]
    programados = [juicio.valores[casilla] for casilla in casillas]
    con_plan = [casilla for casilla in casillas if juicio.valores[casilla] is not None]
    if juicio.meta is None and con_plan and (len(con_plan) == 4 or not corte):
        meta = sum(juicio.valores[casilla] for casilla in con_plan)
        costo = juicio.costo + META_DEDUCIDA + 0.3 * (4 - len(con_plan))
        return [replace(juicio, meta=meta, regla="suma", costo=costo, meta_corregida=True)]
    if juicio.meta is None:
        return [replace(juicio, costo=juicio.costo + SIN_META)]
    if not con_plan:
        con_avance = any(juicio.valores[casilla] for casilla in (1, 3, 5, 7))
        costo = (PLAN_EN_BLANCO if juicio.meta else 0.0) + (AVANCE_SIN_NINGUN_PLAN if con_avance else 0.0)
        return [replace(juicio, costo=juicio.costo + costo)]
    regla = regla_del_plan(programados, juicio.meta, unidad)
    if regla:
        corta = regla == "constante" and len(con_plan) < 4
        costo = CONSTANTE_CORTA if corta else 0.0 if regla in ("suma", "constante") else REGLA_RARA
        probadas = frozenset() if corta else frozenset(con_plan) | {"META"}
        return [replace(juicio, regla=regla, costo=juicio.costo + costo, probadas=probadas)]
    suma = sum(juicio.valores[casilla] for casilla in con_plan)
    salidas = []
    if suma < juicio.meta and len(con_plan) < 4:
        for casilla in casillas:
            if juicio.valores[casilla] is not None:
                continue
            valores = list(juicio.valores)
            valores[casilla] = juicio.meta - suma
            salidas.append(
                replace(
                    juicio,
                    valores=tuple(valores),
                    regla="suma",
                    costo=juicio.costo
                    + CIFRA_DEDUCIDA
                    + 0.3 * (4 - len(con_plan) - 1)
                    + (DEDUCIDA_SIN_PLAN if casilla // 2 + 1 in sin_plan else 0.0),
                    deducidas=juicio.deducidas | {casilla},
                )
            )
    if len(con_plan) + len(sin_plan - {casilla // 2 + 1 for casilla in con_plan}) == 4 and len(con_plan) > 1:
        salidas += _una_mal_impresa(juicio, con_plan, juicio.meta - suma)
    costo = SUMA_INCOMPLETA if suma < juicio.meta and len(con_plan) < 4 else PROGRAMADO_NO_SUMA
    rotas = juicio.contradicciones | {0, 2, 4, 6, "META"}
    salidas.append(replace(juicio, costo=juicio.costo + costo, contradicciones=rotas))
    return salidas


def _juzgar_avance(juicio: Juicio, corte: int) -> list[Juicio]:
    casillas = [2 * trimestre - 1 for trimestre in range(1, corte + 1)]
    con_avance = [casilla for casilla in casillas if juicio.valores[casilla] is not None]
    absoluto = juicio.valores[ABSOLUTO]
    alcanzados = [juicio.valores[casilla] for casilla in con_avance]
    suma = sum(alcanzados)
    if absoluto is None:
        return [_absoluto_deducido(juicio, con_avance, suma)]
    if not con_avance and iguales(absoluto, 0):
        return [replace(juicio, probadas=juicio.probadas | {ABSOLUTO})]
    if iguales(suma, absoluto) and con_avance:
        return [replace(juicio, probadas=juicio.probadas | frozenset(con_avance) | {ABSOLUTO})]
    if juicio.regla in ("constante", "ultimo", "promedio") and con_avance:
        resumenes = (suma / len(alcanzados), alcanzados[-1], max(alcanzados))
        if any(iguales(resumen, absoluto) for resumen in resumenes):
            return [replace(juicio, costo=juicio.costo + 0.2, probadas=juicio.probadas | {ABSOLUTO})]
    salidas = []
    if suma < absoluto:
        for casilla in casillas:
            if juicio.valores[casilla] is None:
                valores = list(juicio.valores)
                valores[casilla] = absoluto - suma
                sin_programa = DEDUCIDA_SIN_PLAN if juicio.valores[casilla - 1] is None else 0.0
                salidas.append(
                    replace(
                        juicio,
                        valores=tuple(valores),
                        costo=juicio.costo + CIFRA_DEDUCIDA + sin_programa,
                        deducidas=juicio.deducidas | {casilla},
                    )
                )
    relativo, meta = juicio.valores[RELATIVO], juicio.meta
    if len(con_avance) > 1 and relativo is not None and meta and relativo_cuadra(relativo, absoluto, meta):
        salidas += _una_mal_impresa(juicio, con_avance, absoluto - suma)  # el relativo confirma el absoluto
    rotas = juicio.contradicciones | frozenset(con_avance) | {ABSOLUTO}
    salidas.append(replace(juicio, costo=juicio.costo + ALCANZADO_NO_SUMA, contradicciones=rotas))
    return salidas


def _una_mal_impresa(juicio: Juicio, casillas: list[int], falta: float) -> list[Juicio]:
    """Que una sola de las cifras que se suman esté mal impresa: un juicio por cada una que podría ser."""
    salidas = []
    for casilla in casillas:
        valores = list(juicio.valores)
        valores[casilla] += falta
        if valores[casilla] >= 0:
            salidas.append(
                replace(
                    juicio,
                    valores=tuple(valores),
                    costo=juicio.costo + UNA_MALA,
                    regla=juicio.regla or "suma",
                    corregidas=juicio.corregidas | {casilla},
                )
            )
    return salidas


def _absoluto_deducido(juicio: Juicio, con_avance: list[int], suma: float) -> Juicio:
    """Sin absoluto impreso lo dan ΣA o un relativo de 0 %, si el plan se acumula sumando; si no, queda vacío."""
    relativo = juicio.valores[RELATIVO]
    if relativo is None or juicio.regla not in ("suma", ""):
        return juicio  # ni absoluto ni relativo: el reporte los deja en blanco (poa-2018, 2)
    if not con_avance and relativo > 0:
        return replace(juicio, costo=juicio.costo + SIN_DE_DONDE, contradicciones=juicio.contradicciones | {RELATIVO})
    valores = list(juicio.valores)
    valores[ABSOLUTO] = suma
    return replace(juicio, valores=tuple(valores), costo=juicio.costo + 0.3, deducidas=juicio.deducidas | {ABSOLUTO})


def _juzgar_relativo(juicio: Juicio, corte: int, sin_plan: frozenset[int]) -> Juicio:
    relativo, absoluto, meta = juicio.valores[RELATIVO], juicio.valores[ABSOLUTO], juicio.meta
    if relativo is None or absoluto is None or not meta or juicio.regla in ("constante", "promedio", "ultimo"):
        return juicio
    casillas = [2 * trimestre - 1 for trimestre in range(1, corte + 1)]
    alcanzados = [juicio.valores[casilla] for casilla in casillas if juicio.valores[casilla] is not None]
    programados = [juicio.valores[casilla] for casilla in (0, 2, 4, 6) if juicio.valores[casilla] is not None]
    avance_roto = ABSOLUTO in juicio.contradicciones
    completo = len(programados) + len(sin_plan) >= 4
    plan_roto = "META" in juicio.contradicciones and completo and len(programados) > 1
    if relativo_cuadra(relativo, absoluto, meta):
        if avance_roto and corte == 1 and alcanzados:
            return _corregir(juicio, 1, absoluto, ALCANZADO_NO_SUMA, {1, ABSOLUTO})
        return replace(juicio, probadas=juicio.probadas | {RELATIVO})
    if avance_roto and relativo_cuadra(relativo, sum(alcanzados), meta):
        return _corregir(juicio, ABSOLUTO, sum(alcanzados), ALCANZADO_NO_SUMA, {*casillas, ABSOLUTO})
    if not alcanzados and iguales(relativo, 0):
        return _corregir(juicio, ABSOLUTO, 0.0, ALCANZADO_NO_SUMA, {ABSOLUTO})
    if plan_roto and not avance_roto and relativo_cuadra(relativo, absoluto, sum(programados)):
        rotas = juicio.contradicciones - {0, 2, 4, 6, "META"}
        return replace(
            juicio,
            meta=sum(programados),
            costo=juicio.costo - PROGRAMADO_NO_SUMA + UNA_SOLA_MALA,
            contradicciones=rotas,
            probadas=juicio.probadas | {0, 2, 4, 6, RELATIVO},
            meta_corregida=True,
        )
    sobran_pruebas = ABSOLUTO in juicio.probadas and "META" in juicio.probadas
    costo = RELATIVO_NO_CUADRA / 2 if sobran_pruebas else RELATIVO_NO_CUADRA
    rotas = {RELATIVO} if sobran_pruebas else {RELATIVO, ABSOLUTO}
    return replace(juicio, costo=juicio.costo + costo, contradicciones=juicio.contradicciones | rotas)


def _corregir(juicio: Juicio, casilla: int, valor: float, ahorro: float, limpias: set) -> Juicio:
    valores = list(juicio.valores)
    valores[casilla] = valor
    ahorrado = ahorro if juicio.contradicciones & {casilla} else 0.0
    return replace(
        juicio,
        valores=tuple(valores),
        costo=juicio.costo - ahorrado + UNA_SOLA_MALA,
        contradicciones=juicio.contradicciones - limpias,
        probadas=juicio.probadas | {RELATIVO},
        corregidas=juicio.corregidas | {casilla},
    )


def _misma_confusion(valores: tuple[float | None, ...], meta: float | None, corte: int, unidad: str) -> Juicio | None:
    """El OCR leyó siempre la misma cifra por otra (poa-2018, 2.1: tres «2» por «3»): cambiarla lo cierra todo."""
    programados = [valores[casilla] for casilla in (0, 2, 4, 6)]
    absoluto, relativo = valores[ABSOLUTO], valores[RELATIVO]
    if meta is None or None in programados or absoluto is None or relativo is None:
        return None
    falta = meta - sum(programados)
    for mala in {valor for valor in programados if programados.count(valor) >= 2}:
        buena = mala + falta / programados.count(mala)
        if buena == mala or buena != int(buena) or buena < 0 or len(str(int(buena))) != len(str(int(mala))):
            continue
        nuevos = tuple(
            buena if valor == mala and (casilla % 2 == 0 or casilla == ABSOLUTO) and casilla != RELATIVO else valor
            for casilla, valor in enumerate(valores)
        )
        cambiadas = frozenset(casilla for casilla in range(9) if nuevos[casilla] != valores[casilla])
        alcanzados = [nuevos[2 * trimestre - 1] or 0.0 for trimestre in range(1, corte + 1)]
        if not iguales(sum(alcanzados), nuevos[ABSOLUTO]) or not relativo_cuadra(relativo, nuevos[ABSOLUTO], meta):
            continue
        if ABSOLUTO not in cambiadas:
            continue  # sin otra identidad que lo pida, sería inventar
        return Juicio(nuevos, meta, MISMA_CONFUSION, "suma", frozenset({RELATIVO}), corregidas=cambiadas, dudoso=True)
    return None
