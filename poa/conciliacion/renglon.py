"""Las lecturas posibles de un renglón: cada una reparte sus celdas impresas entre las casillas del formato.

El OCR repite celdas, tira las vacías (y las cifras se corren a la izquierda), pierde cifras y mete celdas
de más. Una lectura conserva el orden impreso y paga por cada uno de esos daños; después las identidades
(`identidades.py`) premian a la que cierra. Gana la más barata; las que quedan cerca son la duda.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from poa.conciliacion.identidades import ABSOLUTO, RELATIVO, Juicio, juzgar
from poa.lectura.leido import Celda

CASILLAS = ("P1", "A1", "P2", "A2", "P3", "A3", "P4", "A4", "ABS", "REL")

# Costo de cada daño: menos probable, más caro. Proporciones observadas en los cinco documentos recibidos.
VACIA_DE_MAS = 0.5  # celda vacía que sobra
VACIA_PERDIDA = 0.5  # casilla vacía que no se imprimió
COPIA = 0.6  # cifra igual a la anterior: el OCR repite celdas
COPIA_LEJANA = 1.5  # cifra igual a otra del renglón
CIFRA_DE_MAS = 4.0
CELDAS_CAMBIADAS = 2.5  # dos vecinas en orden inverso
SIN_PROGRAMADO = 0.9
SIN_ALCANZADO = 0.9
SIN_ABSOLUTO = 1.0
SIN_RELATIVO = 0.6
CERO_NO_EXIGIBLE = 0.4  # «0» impreso en un trimestre que el reporte aún no puede contener
FUERA_DE_COLUMNA = 1.2  # la tabla imprime otra casilla en esa columna
AVANCE_SIN_PLAN = 0.8  # alcanzado en un trimestre sin programado
CARA = 4.0  # una lectura así de cara se compara también con las de celdas cambiadas
FUERA_DE_PLAN = 2.5  # el reporte no programa ese trimestre
SIN_SIGNO = 1.5  # relativo sin «%»
OTRO_TRIMESTRE = 0.02  # desempate: una cifra suele quedar bajo su propio trimestre aunque cambie de columna
HOLGURA = 4.5  # una lectura que cuesta más que la mejor por esto ya no compite
HOLGURA_LIMPIA = 2.0  # lo mismo, cuando la mejor está impresa como pide el formato y cierra
ANCHOS = (16, 100)  # estados por casilla: una vuelta angosta da el tope con que se poda la ancha


@dataclass(frozen=True)
class Contexto:
    """Lo que se sabe del renglón por fuera de él: qué trimestres puede traer y cómo imprime su tabla."""

    corte: int
    meta: float | None
    unidad: str = ""
    columnas: tuple[tuple[int, int], ...] = ()  # (posición de la celda, casilla que su tabla imprime ahí)
    sin_plan: frozenset[int] = frozenset()  # trimestres que el reporte no programa
    absoluto: float | None = None  # cuando el formato lo imprime fuera del renglón y no está en duda


@dataclass(frozen=True)
class Lectura:
    """Una lectura del renglón. `valores`: lo que significa cada casilla; `impresos`: lo que trae el papel.

    `posiciones`: en qué celda está cada casilla (`None` si en ninguna). `danio`: costo de los daños de
    forma, 0 si el renglón está impreso como pide el formato. `costo` suma daño y juicio, y lo `ajeno`: lo
    que contradice a otros reportes.
    """

    valores: tuple[float | None, ...]
    impresos: tuple[float | None, ...]
    posiciones: tuple[int | None, ...]
    danio: float
    costo: float
    juicio: Juicio
    ajeno: float = 0.0

    @property
    def costo_propio(self) -> float:
        return self.costo - self.ajeno

    @property
    def cierra(self) -> bool:
        return not self.juicio.contradicciones


def leer_renglon(celdas: list[Celda], contexto: Contexto, a_fondo: bool = True) -> list[Lectura]:
    """Las lecturas del renglón, de la más barata a la más cara, sin dos con los mismos valores.

    `a_fondo` busca también las rivales y las celdas cambiadas de lugar; sin él, solo la mejor aproximada.
    """
    sin_texto = (
        Celda("" if celda.vacia else "·", celda.valor, celda.es_porcentaje, celda.es_dudosa) for celda in celdas
    )
    return list(_leer(tuple(sin_texto), contexto, a_fondo))


@lru_cache(maxsize=4096)
def _leer(impresas: tuple[Celda, ...], contexto: Contexto, a_fondo: bool) -> tuple[Lectura, ...]:
    # Muchos renglones de un POA traen las mismas cifras (1, 1, 1, 1 de 4): se leen una sola vez.
    celdas = _sin_cola(_un_solo_porcentaje(list(impresas)))
    if not a_fondo:
        return tuple(_recorrer(celdas, contexto, 0.0, float("inf"), ANCHOS[0]))
    lecturas = _lecturas(celdas, contexto)
    if not lecturas or not lecturas[0].cierra or lecturas[0].costo >= CARA:
        tope = lecturas[0].costo + HOLGURA if lecturas else float("inf")
        for i, j in _vecinas(celdas):
            cambiadas = list(celdas)
            cambiadas[i], cambiadas[j] = celdas[j], celdas[i]
            otras = _recorrer(cambiadas, contexto, CELDAS_CAMBIADAS, tope, ANCHOS[1])
            lecturas += [lectura for lectura in otras if lectura.cierra]
    return tuple(_distintas(lecturas))


def _distintas(lecturas: list[Lectura]) -> list[Lectura]:
    mejores: dict[tuple, Lectura] = {}
    for lectura in sorted(lecturas, key=lambda una: una.costo):
        mejores.setdefault((lectura.valores, lectura.juicio.meta), lectura)
    return [una for una in mejores.values() if una.costo <= next(iter(mejores.values())).costo + HOLGURA]


def _sin_cola(celdas: list[Celda]) -> list[Celda]:
    while celdas and celdas[-1].vacia:
        celdas = celdas[:-1]
    return celdas


def _un_solo_porcentaje(celdas: list[Celda]) -> list[Celda]:
    """Solo la última celda con «%» puede ser el relativo; las demás son cifras que el papel marca con signo."""
    con_signo = [i for i, celda in enumerate(celdas) if celda.es_porcentaje]
    return [
        Celda(celda.texto, celda.valor, False, celda.es_dudosa) if i in con_signo[:-1] else celda
        for i, celda in enumerate(celdas)
    ]


def _vecinas(celdas: list[Celda]) -> list[tuple[int, int]]:
    llenas = [i for i, celda in enumerate(celdas) if celda.valor is not None and not celda.es_porcentaje]
    return [(i, j) for i, j in zip(llenas, llenas[1:], strict=False) if celdas[i].valor != celdas[j].valor]


def _lecturas(celdas: list[Celda], contexto: Contexto) -> list[Lectura]:
    lecturas: list[Lectura] = []
    tope = float("inf")
    for ancho in ANCHOS:
        lecturas = _recorrer(celdas, contexto, 0.0, tope, ancho)
        if lecturas:
            limpia = lecturas[0].cierra and lecturas[0].danio == 0
            tope = lecturas[0].costo + (HOLGURA_LIMPIA if limpia else HOLGURA)
    return lecturas


def _recorrer(celdas: list[Celda], contexto: Contexto, costo_inicial: float, tope: float, ancho: int) -> list[Lectura]:
    """Recorre las casillas en orden; cada estado es (siguiente celda, valores hasta aquí)."""
    columnas = dict(contexto.columnas)
    de_sobra = _costos_de_saltar(celdas, contexto.meta, columnas)
    saltos = list(accumulate(de_sobra, initial=0.0))
    vacias = [celda.vacia for celda in celdas] + [False]
    hay_signo = any(celda.es_porcentaje for celda in celdas)
    # estado: (celda siguiente, valores) → (costo, daño, posiciones)
    estados: dict[tuple, tuple] = {(0, ()): (costo_inicial, costo_inicial, ())}
    for casilla in range(len(CASILLAS)):
        puestas = [
            (posicion, *puesta)
            for posicion, celda in enumerate(celdas)
            if (puesta := _costo_de_poner(celda, posicion, casilla, contexto, columnas, hay_signo)) is not None
        ]
        siguientes: dict[tuple, tuple] = {}
        for (inicio, valores), (costo, danio, posiciones) in estados.items():
            vacia, forma = _costo_de_vacia(casilla, valores, contexto)
            sin_valor, sin_celda = (*valores, None), (*posiciones, None)
            if inicio == len(celdas):
                forma = 0.0  # las celdas vacías del final no se cuentan como perdidas
            _anotar(siguientes, (inicio, sin_valor), costo + vacia + forma, danio + forma, sin_celda)
            if vacias[inicio]:
                _anotar(siguientes, (inicio + 1, sin_valor), costo + vacia, danio, sin_celda)
            for posicion, valor, precio in puestas:
                if posicion < inicio:
                    continue
                saltado = saltos[posicion] - saltos[inicio]
                if valor and casilla % 2 == 1 and casilla < ABSOLUTO and valores[-1] is None:
                    precio += AVANCE_SIN_PLAN
                if costo + saltado > tope or saltado > HOLGURA:
                    break
                clave = (posicion + 1, (*valores, valor))
                _anotar(siguientes, clave, costo + saltado + precio, danio + saltado, (*posiciones, posicion))
        estados = _los_mejores(siguientes, tope, ancho)
    return _terminar(celdas, estados, contexto, de_sobra, tope)


def _anotar(estados: dict, clave: tuple, costo: float, danio: float, posiciones: tuple) -> None:
    previo = estados.get(clave)
    if previo is None or costo < previo[0]:
        estados[clave] = (costo, danio, posiciones)


def _los_mejores(estados: dict, tope: float, ancho: int) -> dict:
    vivos = [(clave, dato) for clave, dato in estados.items() if dato[0] <= tope]
    if len(vivos) > ancho:
        vivos = sorted(vivos, key=lambda par: par[1][0])[:ancho]
    return dict(vivos)


def _costos_de_saltar(celdas: list[Celda], meta: float | None, columnas: dict[int, int]) -> list[float]:
    """Por celda, lo que cuesta decir que sobra: las vacías y las copias sobran fácil; una cifra nueva, no."""
    anterior, costos = meta, []
    vistos = {anterior} if anterior is not None else set()
    for posicion, celda in enumerate(celdas):
        if celda.vacia:
            costos.append(VACIA_DE_MAS)
            continue
        if celda.valor is None or celda.es_porcentaje:
            costos.append(CIFRA_DE_MAS)
            continue
        costo = COPIA if celda.valor == anterior else COPIA_LEJANA if celda.valor in vistos else CIFRA_DE_MAS
        costos.append(costo + (FUERA_DE_COLUMNA / 2 if posicion in columnas else 0.0))
        anterior = celda.valor
        vistos.add(celda.valor)
    return costos


def _costo_de_vacia(casilla: int, valores: tuple, contexto: Contexto) -> tuple[float, float]:
    """(costo de que la casilla esté vacía, costo de forma si además no se imprimió su celda)."""
    if casilla == RELATIVO:
        return (SIN_RELATIVO if contexto.corte else 0.0), 0.0
    if casilla == ABSOLUTO:
        return (SIN_ABSOLUTO if contexto.corte and contexto.absoluto is None else 0.0), 0.0
    trimestre = casilla // 2 + 1
    if casilla % 2 == 0:
        return (0.0 if trimestre in contexto.sin_plan else SIN_PROGRAMADO), VACIA_PERDIDA
    if trimestre > contexto.corte:
        return 0.0, VACIA_PERDIDA
    return (SIN_ALCANZADO / 3 if valores[-1] is None else SIN_ALCANZADO), VACIA_PERDIDA


def _costo_de_poner(
    celda: Celda, posicion: int, casilla: int, contexto: Contexto, columnas: dict[int, int], hay_signo: bool
) -> tuple[float | None, float] | None:
    """(valor que toma la casilla, costo) de poner la celda ahí; `None` si no puede ir."""
    if celda.valor is None:
        return None
    if casilla == RELATIVO:
        if celda.es_porcentaje:
            return celda.valor, 0.0
        return None if hay_signo or not contexto.corte else (celda.valor, SIN_SIGNO)
    if celda.es_porcentaje or (casilla == ABSOLUTO and (not contexto.corte or contexto.absoluto is not None)):
        return None
    precio = 0.0 if casilla == ABSOLUTO or posicion // 2 == casilla // 2 else OTRO_TRIMESTRE
    habitual = columnas.get(posicion)
    if habitual is not None and habitual != casilla:
        precio += FUERA_DE_COLUMNA
    if celda.es_dudosa:
        precio += 0.2
    trimestre = casilla // 2 + 1
    if casilla < ABSOLUTO and casilla % 2 == 1 and trimestre > contexto.corte:
        return (None, precio + CERO_NO_EXIGIBLE) if celda.valor == 0 else None
    if casilla < ABSOLUTO and casilla % 2 == 0 and trimestre in contexto.sin_plan and celda.valor != 0:
        precio += FUERA_DE_PLAN
    return celda.valor, precio


def _terminar(
    celdas: list[Celda], estados: dict, contexto: Contexto, de_sobra: list[float], tope: float
) -> list[Lectura]:
    """Las lecturas de los estados finales; las cifras que quedaron sin casilla cuestan lo que costaría saltarlas."""
    sobras = [
        sum(s for c, s in zip(celdas[i:], de_sobra[i:], strict=True) if not c.vacia) for i in range(len(celdas) + 1)
    ]
    finales = [
        (costo + sobras[inicio], danio + sobras[inicio], valores, posiciones)
        for (inicio, valores), (costo, danio, posiciones) in estados.items()
        if costo + sobras[inicio] <= tope
    ]
    lecturas: list[Lectura] = []
    for costo, danio, valores, posiciones in sorted(finales, key=lambda final: final[0]):
        if costo > tope:
            break
        impresos = tuple(celdas[posicion].valor if posicion is not None else None for posicion in posiciones)
        if contexto.absoluto is not None:
            valores = (*valores[:ABSOLUTO], contexto.absoluto, *valores[ABSOLUTO + 1 :])
            impresos = (*impresos[:ABSOLUTO], contexto.absoluto, *impresos[ABSOLUTO + 1 :])
        for juicio in juzgar(valores, contexto.meta, contexto.corte, contexto.unidad, contexto.sin_plan):
            lecturas.append(Lectura(juicio.valores, impresos, posiciones, danio, costo + juicio.costo, juicio))
            tope = min(tope, lecturas[-1].costo + HOLGURA)
    return _distintas(lecturas)
