"""Lo que un renglón solo no decide lo deciden los demás: su tabla, los otros reportes del compromiso y el plan hermano."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from poa.conciliacion.identidades import iguales, regla_del_plan, relativo_cuadra
from poa.conciliacion.renglon import ABSOLUTO, CASILLAS, RELATIVO, Contexto, Lectura, leer_renglon
from poa.lectura.leido import Leido
from poa.normalizar import norma

PLAN_DISTINTO = 2.0  # por cada P que otro reporte del mismo plan imprime distinto
AVANCE_DISTINTO = 1.5  # por cada A que otro reporte vuelve a decir distinto
ACUMULADO_DISTINTO = 2.5  # si lo dicho hasta un corte no da el absoluto que ese corte imprimió
FALTA_EN_UNO = 0.3
VOTO_CLARO = 2  # lo que vale, para saber las columnas de su tabla, un renglón sin lectura rival cercana
CLARA = 2.0  # distancia a la que una rival deja de ser cercana
PARTE_QUE_CAMBIA = 0.3  # de los compromisos comunes a dos cortes
CAMBIOS_SUFICIENTES = 3
PARECIDO_DE_HERMANO = 88
TRIMESTRES = (1, 2, 3, 4)


@dataclass
class Resuelto:
    """Un compromiso con su lectura elegida. `apoyos`: casillas que otro reporte del mismo plan dice igual."""

    leido: Leido
    lecturas: list[Lectura]
    elegida: Lectura
    contexto: Contexto
    ventaja: dict[int, float] = field(default_factory=dict)  # casilla → costo extra de la rival más cercana
    ventaja_propia: dict[int, float] = field(default_factory=dict)  # lo mismo, sin lo que dicen otros reportes
    contrarios: set = field(default_factory=set)  # casillas que otro reporte dice distinto o deja en blanco
    apoyos_limpios: set = field(default_factory=set)  # apoyos de un reporte impreso como debe
    rivales: dict[int, float | None] = field(default_factory=dict)  # casilla → valor de esa rival
    apoyos: set = field(default_factory=set)
    fuentes: dict = field(default_factory=dict)  # casilla corregida → de dónde salió el valor
    en_columna: bool = False

    @property
    def valores(self) -> tuple[float | None, ...]:
        return self.elegida.valores

    @property
    def meta(self) -> float | None:
        return self.elegida.juicio.meta


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
    columnas = _columnas_de_cada_tabla(leidos, primeras)
    sin_plan = _trimestres_sin_plan(leidos, primeras)
    resueltos = []
    for leido, contexto in zip(leidos, contextos, strict=True):
        contexto = replace(
            contexto,
            columnas=tuple(columnas.get(_disposicion(leido), {}).items()),
            sin_plan=sin_plan.get((leido.ejercicio, leido.corte, leido.dependencia), frozenset()),
        )
        lecturas = _leer(leido, contexto)
        resuelto = Resuelto(leido, lecturas, lecturas[0], contexto)
        resueltos.append(resuelto)
    for grupo in _grupos(resueltos):
        _acordar(grupo)
    hermanos = _por_dependencia(resueltos)
    for resuelto in resueltos:
        _consultar_hermano(resuelto, hermanos[resuelto.leido.dependencia])
    for grupo in _grupos(resueltos):
        _apoyar(grupo)
    for resuelto in resueltos:
        _poner_cero_perdido(resuelto)
        _hallar_lo_impreso(resuelto)
        _medir_duda(resuelto)
        resuelto.en_columna = _va_en_columna(resuelto.elegida, dict(resuelto.contexto.columnas))
    return resueltos


def _leer(leido: Leido, contexto: Contexto) -> list[Lectura]:
    """Las lecturas del renglón y, si tiene otras maneras de partirse, también las de ellas; por costo."""
    lecturas = leer_renglon(leido.celdas, contexto)
    if leido.alternativas and (not lecturas[0].cierra or lecturas[0].danio > 0):
        for meta, celdas, costo in leido.alternativas:
            corridas = len(celdas) - len(leido.celdas)
            columnas = tuple((posicion + corridas, casilla) for posicion, casilla in contexto.columnas) if corridas >= 0 else ()
            otras = leer_renglon(celdas, replace(contexto, meta=meta, columnas=columnas))
            lecturas += [replace(otra, costo=otra.costo + costo) for otra in otras]
        lecturas.sort(key=lambda una: una.costo)
    return lecturas


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


def _disposicion(leido: Leido) -> tuple[str, int]:
    """La tabla y el largo impreso del renglón: los que miden lo mismo perdieron o repitieron las mismas columnas."""
    llenas = [posicion for posicion, celda in enumerate(leido.celdas) if not celda.vacia]
    return leido.posicion, llenas[-1] if llenas else -1


def _columnas_de_cada_tabla(
    leidos: list[Leido], lecturas: list[list[Lectura]]
) -> dict[tuple[str, int], dict[int, int]]:
    """Por tabla y largo de renglón, qué casilla imprime cada columna, según los renglones que cierran."""
    votos: dict[tuple[str, int], dict[int, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for leido, suyas in zip(leidos, lecturas, strict=True):
        if not suyas[0].cierra:
            continue
        voto = VOTO_CLARO if _es_clara(suyas) else 1
        for casilla, posicion in enumerate(suyas[0].posiciones):
            if posicion is not None and suyas[0].impresos[casilla] != 0:
                votos[_disposicion(leido)][posicion][casilla] += voto
    return {
        tabla: {
            posicion: cuenta.most_common(1)[0][0]
            for posicion, cuenta in por_posicion.items()
            if cuenta.most_common(1)[0][1] >= max(3, 0.6 * cuenta.total())
        }
        for tabla, por_posicion in votos.items()
    }


def _trimestres_sin_plan(leidos: list[Leido], lecturas: list[list[Lectura]]) -> dict[tuple, frozenset[int]]:
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


def _va_en_columna(lectura: Lectura, columnas: dict[int, int]) -> bool:
    puestas = [(posicion, casilla) for casilla, posicion in enumerate(lectura.posiciones) if posicion is not None]
    return bool(puestas) and all(columnas.get(posicion) == casilla for posicion, casilla in puestas)


def _grupos(resueltos: list[Resuelto]) -> list[list[Resuelto]]:
    """Los reportes de un mismo compromiso en un ejercicio, del corte más temprano al más tardío."""
    grupos: dict[tuple, list[Resuelto]] = defaultdict(list)
    for resuelto in resueltos:
        leido = resuelto.leido
        grupos[leido.ejercicio, leido.dependencia, leido.meta_clave, leido.clave].append(resuelto)
    return [sorted(grupo, key=lambda uno: uno.leido.corte) for grupo in grupos.values() if len(grupo) > 1]


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


def _acordar(grupo: list[Resuelto]) -> None:
    """Reordena las lecturas de cada reporte por lo que cuestan más lo que contradicen a los demás; dos vueltas."""
    for _ in range(2):
        for resuelto in grupo:
            otros = [otro for otro in grupo if otro is not resuelto]
            resuelto.elegida = min(
                resuelto.lecturas,
                key=lambda una: una.costo + sum(_desacuerdo(una, resuelto.leido, otro) for otro in otros),
            )
    for resuelto in grupo:
        otros = [otro for otro in grupo if otro is not resuelto]
        resuelto.lecturas = sorted(
            (
                replace(
                    una,
                    costo=una.costo + sum(_desacuerdo(una, resuelto.leido, otro) for otro in otros),
                    ajeno=sum(_desacuerdo(una, resuelto.leido, otro) for otro in otros),
                )
                for una in resuelto.lecturas
            ),
            key=lambda una: una.costo,
        )
        resuelto.elegida = resuelto.lecturas[0]
    for resuelto in grupo:
        _tomar_plan_de_otro(resuelto, [otro for otro in grupo if otro is not resuelto])
        _tomar_avance_de_otro(resuelto, [otro for otro in grupo if otro is not resuelto])


def _tomar_plan_de_otro(resuelto: Resuelto, otros: list[Resuelto]) -> None:
    """Completa o corrige P con otro reporte del mismo plan cuya suma sí cierra."""
    plan_roto = bool(resuelto.elegida.juicio.contradicciones & {0, 2, 4, 6, "META"})
    for otro in otros:
        if otro.leido.plan != resuelto.leido.plan or otro.elegida.juicio.contradicciones or not otro.elegida.juicio.regla:
            continue
        suyos = [otro.valores[casilla] for casilla in (0, 2, 4, 6)]
        mios = [resuelto.valores[casilla] for casilla in (0, 2, 4, 6)]
        if resuelto.meta is not None and otro.meta is not None and not iguales(resuelto.meta, otro.meta) and not plan_roto:
            continue
        ceros_a_la_vista = 0 in mios  # el renglón escribe sus ceros: el que falta se perdió, no está en blanco
        cambios = {
            2 * i: suyo
            for i, (mio, suyo) in enumerate(zip(mios, suyos, strict=True))
            if suyo is not None
            and (mio is None and (suyo != 0 or ceros_a_la_vista) or mio is not None and plan_roto and not iguales(mio, suyo))
        }
        completos = [cambios.get(2 * i, mio) for i, mio in enumerate(mios)]
        if cambios and not regla_del_plan(completos, otro.meta, resuelto.leido.unidad_medida):
            continue
        distintos = sum(mio is not None and suyo is not None and not iguales(mio, suyo) for mio, suyo in zip(mios, suyos, strict=True))
        if distintos > 2 or (distintos and not plan_roto):
            continue
        corregida = resuelto.meta is not None and otro.meta is not None and not iguales(resuelto.meta, otro.meta)
        if cambios or corregida:
            fuente = f"el reporte {otro.leido.corte_texto} del mismo compromiso"
            _corregir(resuelto, cambios, fuente, otro.meta if corregida else None, {0, 2, 4, 6, "META"})
            return


def _tomar_avance_de_otro(resuelto: Resuelto, otros: list[Resuelto]) -> None:
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
                _corregir(resuelto, {casilla: suyo}, fuente, None, {*casillas, ABSOLUTO})
                return
    faltan = [casilla for casilla in casillas if casilla not in conocidos]
    relativo = resuelto.valores[RELATIVO]
    if len(faltan) == 1 and relativo is not None and resuelto.meta and relativo_cuadra(relativo, absoluto, resuelto.meta):
        resto = absoluto - sum(conocidos.values())
        if resto >= 0:
            cambios = {**conocidos, faltan[0]: resto}
            cambios = {casilla: valor for casilla, valor in cambios.items() if valor != resuelto.valores[casilla]}
            fuente = "el avance absoluto y el relativo impresos, y los reportes anteriores"
            _corregir(resuelto, cambios, fuente, None, {*casillas, ABSOLUTO})


def _poner_cero_perdido(resuelto: Resuelto) -> None:
    """El P que falta en un renglón que sí escribe sus ceros y cuya suma ya cierra es un cero perdido (poa-2018, 4)."""
    programados = {casilla: resuelto.valores[casilla] for casilla in (0, 2, 4, 6)}
    vacios = [casilla for casilla, valor in programados.items() if valor is None]
    if len(vacios) == 1 and 0 in programados.values() and resuelto.elegida.juicio.regla == "suma":
        _corregir(resuelto, {vacios[0]: 0.0}, "la suma, que ya cierra, y los ceros que el renglón sí imprime", None, set())


def _hallar_lo_impreso(resuelto: Resuelto) -> None:
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


def _corregir(resuelto: Resuelto, cambios: dict[int, float], fuente: str, meta: float | None, limpias: set) -> None:
    juicio = resuelto.elegida.juicio
    valores = list(resuelto.elegida.valores)
    for casilla, valor in cambios.items():
        valores[casilla] = valor
        resuelto.fuentes[casilla] = fuente
    if meta is not None:
        resuelto.fuentes["META"] = fuente
    juicio = replace(
        juicio,
        valores=tuple(valores),
        meta=meta if meta is not None else juicio.meta,
        meta_corregida=juicio.meta_corregida or meta is not None,
        corregidas=juicio.corregidas | cambios.keys(),
        contradicciones=juicio.contradicciones - limpias,
        regla=juicio.regla or regla_del_plan([valores[i] for i in (0, 2, 4, 6)], meta or juicio.meta, resuelto.leido.unidad_medida),
    )
    resuelto.elegida = replace(resuelto.elegida, valores=tuple(valores), juicio=juicio)
    if "META" in limpias:  # el plan quedó probado: las lecturas que dicen otro plan ya no compiten
        resuelto.lecturas = [
            una for una in resuelto.lecturas if all(una.valores[casilla] == valores[casilla] for casilla in (0, 2, 4, 6))
        ]


def _por_dependencia(resueltos: list[Resuelto]) -> dict[str, list[Resuelto]]:
    grupos: dict[str, list[Resuelto]] = defaultdict(list)
    for resuelto in resueltos:
        grupos[resuelto.leido.dependencia].append(resuelto)
    return grupos


def _consultar_hermano(resuelto: Resuelto, candidatos: list[Resuelto]) -> None:
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
            _corregir(resuelto, {}, fuente, otro.meta, {0, 2, 4, 6, "META"})
            return
        if len(distintas) == 1 and resuelto.meta == otro.meta:
            _corregir(resuelto, {distintas[0]: otro.valores[distintas[0]]}, fuente, None, {0, 2, 4, 6, "META"})
            return


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
