"""Lo que muchos renglones enseñan de todos: columnas de cada tabla, trimestres y planes de cada reporte."""

from __future__ import annotations

from collections import Counter, defaultdict

from poa.conciliacion.renglon import ABSOLUTO, Contexto, Lectura, leer_renglon
from poa.lectura.leido import Leido

VOTO_CLARO = 2  # lo que vale, para saber las columnas de su tabla, un renglón sin lectura rival cercana
CLARA = 2.0  # distancia a la que una rival deja de ser cercana
PARTE_QUE_CAMBIA = 0.3  # de los compromisos comunes a dos cortes
CAMBIOS_SUFICIENTES = 3
TRIMESTRES = (1, 2, 3, 4)


def numerar_planes(leidos: list[Leido], lecturas: list[list[Lectura]]) -> None:
    """Escribe `plan` en cada leído: 1, y uno más a partir del corte en que se rehízo el plan del ejercicio.

    Un plan se rehace cuando buena parte de los compromisos que siguen cambia su meta anual (poa-2025, T3); si
    son pocos, hace falta además que el reporte nuevo deje de programar los trimestres que ya pasaron.
    """
    reportes: dict[tuple, dict[int, dict[str, Lectura]]] = defaultdict(lambda: defaultdict(dict))
    for leido, suyas in zip(leidos, lecturas, strict=True):
        if leido.meta_impresa is not None:
            reportes[leido.ejercicio, leido.dependencia][leido.corte][leido.meta_clave + "/" + leido.clave] = suyas[0]
    plan_de: dict[tuple, int] = {}
    for (ejercicio, dependencia), por_corte in reportes.items():
        plan, anterior = 1, None
        for corte in sorted(por_corte):
            actual = por_corte[corte]
            plan += anterior is not None and _se_rehizo(anterior, actual)
            plan_de[ejercicio, dependencia, corte] = plan
            anterior = actual
    for leido in leidos:
        leido.plan = plan_de.get((leido.ejercicio, leido.dependencia, leido.corte), 1)


def _se_rehizo(anterior: dict[str, Lectura], actual: dict[str, Lectura]) -> bool:
    comunes = anterior.keys() & actual.keys()
    cambian = sum(anterior[clave].juicio.meta != actual[clave].juicio.meta for clave in comunes)
    if cambian <= PARTE_QUE_CAMBIA * len(comunes):
        return False
    sin_primero = sum(lectura.valores[0] is None for lectura in actual.values())
    con_primero = sum(lectura.valores[0] is not None for lectura in anterior.values())
    deja_trimestres = sin_primero > len(actual) / 2 and con_primero > len(anterior) / 2
    return cambian >= CAMBIOS_SUFICIENTES or deja_trimestres


def _es_clara(lecturas: list[Lectura]) -> bool:
    return lecturas[0].cierra and (len(lecturas) == 1 or lecturas[1].costo - lecturas[0].costo >= CLARA)


def disposicion(leido: Leido) -> tuple[str, int]:
    """La tabla y el largo impreso del renglón: los que miden lo mismo perdieron o repitieron las mismas columnas."""
    llenas = [posicion for posicion, celda in enumerate(leido.celdas) if not celda.vacia]
    return leido.posicion, llenas[-1] if llenas else -1


def columnas_de_cada_tabla(leidos: list[Leido], lecturas: list[list[Lectura]]) -> dict[tuple[str, int], dict[int, int]]:
    """Por tabla y largo de renglón, qué casilla imprime cada columna, según los renglones que cierran."""
    votos: dict[tuple[str, int], dict[int, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for leido, suyas in zip(leidos, lecturas, strict=True):
        if not suyas[0].cierra:
            continue
        voto = VOTO_CLARO if _es_clara(suyas) else 1
        for casilla, posicion in enumerate(suyas[0].posiciones):
            if posicion is not None and suyas[0].impresos[casilla] != 0:
                votos[disposicion(leido)][posicion][casilla] += voto
    return {
        tabla: {
            posicion: cuenta.most_common(1)[0][0]
            for posicion, cuenta in por_posicion.items()
            if cuenta.most_common(1)[0][1] >= max(3, 0.6 * cuenta.total())
        }
        for tabla, por_posicion in votos.items()
    }


def trimestres_sin_plan(leidos: list[Leido], lecturas: list[list[Lectura]]) -> dict[tuple, frozenset[int]]:
    """Por reporte, los trimestres que casi nadie programa (el plan de medio año de poa-2025 deja T1 y T2 vacíos)."""
    con_plan: dict[tuple, list[Lectura]] = defaultdict(list)
    for leido, suyas in zip(leidos, lecturas, strict=True):
        if suyas[0].cierra and any(suyas[0].valores[casilla] for casilla in (0, 2, 4, 6)):
            con_plan[leido.ejercicio, leido.corte, leido.dependencia].append(suyas[0])
    return {
        reporte: frozenset(
            trimestre
            for trimestre in TRIMESTRES
            if sum(suya.valores[2 * trimestre - 2] is not None for suya in suyas) < 0.2 * len(suyas)
        )
        for reporte, suyas in con_plan.items()
        if len(suyas) >= 4
    }


def va_en_columna(lectura: Lectura, columnas: dict[int, int]) -> bool:
    puestas = [(posicion, casilla) for casilla, posicion in enumerate(lectura.posiciones) if posicion is not None]
    return bool(puestas) and all(columnas.get(posicion) == casilla for posicion, casilla in puestas)


def deducir_corte(leidos: list[Leido]) -> int | None:
    """El trimestre que reporta un documento que perdió su fecha: con el que más renglones suman su absoluto.

    `None` si ningún trimestre cierra más que los demás.
    """
    puntos = {}
    for corte in TRIMESTRES:
        cierran = 0
        for leido in leidos:
            contexto = Contexto(corte, leido.meta_impresa, leido.unidad_medida)
            lecturas = leer_renglon(leido.celdas, contexto, a_fondo=False)
            juicio = lecturas[0].juicio
            alcanzados = [lecturas[0].valores[2 * trimestre - 1] for trimestre in range(1, corte + 1)]
            prueba = ABSOLUTO in juicio.probadas and bool(lecturas[0].valores[ABSOLUTO]) and None not in alcanzados
            cierran += prueba and not juicio.contradicciones and not juicio.deducidas
        puntos[corte] = cierran
    mejor = max(puntos, key=lambda corte: puntos[corte])
    empatan = sum(valor == puntos[mejor] for valor in puntos.values())
    return mejor if puntos[mejor] > 0 and empatan == 1 else None
