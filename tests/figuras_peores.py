"""Cada clase de figura en su peor caso inventado: textos larguísimos, cifras extremas y los renglones que se pidan."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from poa import tema
from poa.figuras import (
    calendario,
    calor,
    cambios,
    comparacion,
    distancia,
    estados,
    hilo,
    lienzo,
    meses,
    periodos,
    presupuesto,
    sensibilidad,
    trimestres,
    variacion,
)
from tests.test_figura_hilo import enlace, eslabon
from tests.test_figura_hilo import trimestres as de_eslabon
from tests.test_mensajes_cambios import fila as de_un_cambio

TITULO = ("De las 1,234,567.8 acciones evaluables de la dependencia, 12,345 rebasaron con mucho lo programado " * 2)[
    :204
]
LARGO = ("PROMOVER, GESTIONAR Y DAR SEGUIMIENTO A LOS MECANISMOS DE COORDINACIÓN INTERINSTITUCIONAL MMWW " * 3)[:200]
UNIDAD = "PORCENTAJE DE CUMPLIMIENTO DE INDICADORES MUNICIPALES"
PIE = (
    "Fuente: POA 2031, Coordinación de Derechos Humanos, Desarrollo Rural y Servicios Médicos · Corte: cuarto "
    "trimestre de 2031, acumulado al corte · Umbrales: crítico 70, banda 85–115, subestimada 220 %"
)
SUBTITULO = "Derechos Humanos, Desarrollo Rural, Servicios Médicos, DIF, BISOM, IMMM e IMJUM · acciones · " * 2
CODIGO = "dep/25T4/servicios_medicos/m/t/u70-85-115-220/c6-20_6-20.1"
EXTREMOS = (0.0, 0.4, 5.0, 69.96, 89.96, 100.0, 104.0, 110.04, 219.9, 250.0, 250.4, 12_345.0)
CIFRAS = (1_234_567.8, 0.0, 12_345.25, 7.0)


def compromisos(n: int, estado: str | None = None) -> pd.DataFrame:
    """`n` compromisos con lo más largo y lo más extremo de cada columna."""
    topes = dict(zip((0, 69.99, 89.99, 110, 220, float("inf")), tema.EVALUABLES, strict=True))
    filas = []
    for i in range(n):
        pct = EXTREMOS[i % len(EXTREMOS)]
        programado = CIFRAS[i % len(CIFRAS)] or 3.0
        filas.append(
            {
                "compromiso_id": f"poa-2031/2031T4/x/300/{i}",
                "vigente_id": str(i),
                "dependencia": "x",
                "clave": f"{10 + i}.{i}",
                "descripcion": LARGO if i % 3 else "CORTA",
                "unidad_medida": UNIDAD if i % 2 else "NO",
                "programado": programado,
                "alcanzado": programado * pct / 100,
                "meta_anual": 1_234_567.8,
                "cumplimiento_pct": pct,
                "estado": estado or next(e for tope, e in topes.items() if pct <= tope),
                "etiquetas": "reporte incompleto" if i % 2 else None,
            }
        )
    return pd.DataFrame(filas)


def de_calendario(n: int) -> go.Figure:
    filas = compromisos(n, "Aún no exigible")
    plan = [
        {"vigente_id": v, "trimestre": t, "programado": CIFRAS[(i + t) % 4]}
        for i, v in enumerate(filas["vigente_id"])
        for t in (1, 2, 3, 4)
    ]
    return calendario.barras(filas, pd.DataFrame(plan), TITULO, "accion", PIE)


def de_calor(n: int) -> go.Figure:
    celdas = []
    for i, columna in itertools.product(range(n), range(1, 6)):
        lista = list(calor.SIN_RAZON)
        evaluables = 0 if (i + columna) % 4 == 0 else (12, 345, 1_234)[i % 3]
        celda = {"pmd": f"20{25 + i // 9}-20{27 + i // 9}", "clave_pmd": f"10.1{i}.{i}", "nombre": LARGO.capitalize()}
        celda |= {"tiene_nombre": i % 5 != 1, "columna": columna, "evaluables": evaluables, "total": 1_500}
        celda |= {"cumplen": evaluables * i // n, "debajo": 1, "excedidos": 1, "en_banda_pct": 100 * (i / n)}
        sueltos = {c: 1_234 * (k == columna - 1 or (i % 6 == 0 and k < 2)) for k, c in enumerate(lista)}
        celdas.append(celda | sueltos)
    return calor.mapa(pd.DataFrame(celdas), TITULO, "accion", PIE)


def de_cambios(n: int) -> go.Figure:
    suertes = ("continúa", "cambia", "desaparece", "aparece")
    filas = []
    for meta, accion in itertools.product(range(1, n // 4 + 2), range(5)):
        cual = f"{meta}/{meta}" if not accion else f"{meta}/{meta}.{accion}"
        suerte = suertes[(meta + accion) % 4]
        une = suerte in ("continúa", "cambia")
        relacion = ("cambia_unidad", "dividida", "fusionada")[accion % 3] if suerte == "cambia" else "misma"
        antes, despues = cual if suerte != "aparece" else "", cual if suerte != "desaparece" else ""
        largas = {"descripcion_antes": LARGO, "descripcion_despues": LARGO} if accion % 2 == 0 else {}
        duda = {"procedencia": "sugerido"} if une and accion == 3 else {}
        filas.append(de_un_cambio(suerte, antes, despues, relacion if une else None, **largas, **duda))
    clave = dict.fromkeys(cambios.CLAVE, ("No estaban en las láminas", "1,234 metas y 12,345 acciones"))
    dichos = ("POA 2031, plan 6 (de julio a diciembre)", "primer plan de 2032, de solo plan y en láminas")
    return cambios.columnas(pd.DataFrame(filas), TITULO, dichos, clave, PIE, ("", "las láminas de 2032"))


def de_comparacion(n: int) -> go.Figure:
    filas = []
    for i in range(n):
        conteos = {e: (0, 1, 12, 345)[(i + k) % 4] for k, e in enumerate(tema.ESTADOS)}
        fila = {"grupo_id": f"g{i}", "grupo": LARGO if i % 2 else "MMWMWMW " * 4, "es_total": i == 0}
        fila |= {"total": sum(conteos.values()), "metas": 1, "acciones": 1, "evaluables": 1_234, "cumplen": 1_233}
        fila |= {"debajo": 999, "excedidos": 1_111, "esperados": 1_234, "reportados": 1_111, "indice_acotado_pct": 99.9}
        filas.append(fila | conteos)
    return comparacion.barras(pd.DataFrame(filas), TITULO, "accion", "unidad ejecutora", PIE)


def de_distancia(n: int) -> go.Figure:
    motivos = ("impresa", "ausente", "contradictoria")
    filas = compromisos(n)
    fuera = filas[filas["estado"] != "Cumple"].reset_index(drop=True)
    fuera = fuera.assign(
        lado=["debajo" if e in tema.DEBAJO else "encima" for e in fuera["estado"]],
        es_pequena=[n <= 14 and i % 5 == 4 for i in range(len(fuera))],
        lugar=range(1, len(fuera) + 1),
        justificacion=[motivos[i % 3] for i in range(len(fuera))],
        dependencia=["a", "b"] * (len(fuera) // 2) + ["a"] * (len(fuera) % 2),
    )
    fuera.loc[1:2, ["cumplimiento_pct", "estado", "lado"]] = [float("nan"), "Avance no programado", "encima"]
    return distancia.puntos(fuera, TITULO, "accion", PIE, (85, 115), {"a": "Derechos Humanos", "b": "Desarrollo Rural"})


def de_estados(n: int) -> go.Figure:
    filas = [
        {
            "grupo_id": f"g{i}",
            "grupo": LARGO if i % 2 else "MMWMWMW " * 4,
            "estado": e,
            "n": (1, 12, 1_345)[(i + k) % 3],
        }
        for i in range(n)
        for k, e in enumerate(tema.ESTADOS)
    ]
    return estados.conteos(pd.DataFrame(filas), TITULO, "accion", PIE)


def de_hilo(n: int) -> go.Figure:
    """Hasta seis líneas a la vez, con unidades y dependencias largas, que se dividen y cambian de unidad."""
    primero = eslabon(2022, "6-20.10", "t0", dependencia="DERECHOS HUMANOS", unidad=UNIDAD)
    cifras = [(primero, (1_234_567.8, 0, 3, 12_345.25), (12, 3, None, 152_403_394))]
    uniones = []
    for i in range(min(n, 6)):
        quien = ("Derechos Humanos y Grupos en Situación de Vulnerabilidad", "DIF", "Desarrollo Rural")[i % 3]
        otro = eslabon(2023 + i % 4, f"300.{i}", dependencia=quien, unidad=UNIDAD if i % 2 else "APOYO")
        cifras.append((otro, (10, 1_234_567.8, 0, 5), (12 * i, 0, 3, 5 * i)))
        relacion = ("dividida", "afin", "cambia_unidad", "misma")[i % 4]
        uniones.append(enlace(primero, otro, relacion))
    eslabones = pd.DataFrame([c[0] for c in cifras])
    filas = pd.DataFrame([f for c in cifras for f in de_eslabon(*c)])
    filas = filas.astype({"programado": float, "alcanzado": float, "cumplimiento_pct": float})
    faltan = {2023: "sin documento", 2025: "sin documento suyo"}
    return hilo.seguimiento(eslabones, filas, pd.DataFrame(uniones), TITULO, PIE, (85, 115), faltan)


def de_meses(n: int) -> go.Figure:
    filas = [{"mes": m, "programado": (0, 1_234_567.8, n, 7.25)[m % 4], "realizado": (None, 99_999.9, 12.5, 0)[m % 4]}
             for m in range(1, 13)]  # fmt: skip
    tabla = pd.DataFrame(filas)
    tabla["variacion"] = tabla["realizado"] - tabla["programado"]
    return meses.programado_realizado(tabla, TITULO, UNIDAD.lower(), PIE)


def de_periodos(n: int) -> go.Figure:
    filas = [
        {
            "vigente_id": f"{i}-{k}", "trimestre": t, "estado": e, "programado": 1.0, "plan": 1 + (t > 2),
            "estado_acumulado": tema.EVALUABLES[(i + k) % 6], "es_exigible": t < 4 or n > 9,
        }
        for i in range(n)
        for k, e in enumerate(tema.ESTADOS)
        for t in (1, 2, 3, 4)
    ]  # fmt: skip
    return periodos.conteos(periodos.contar(pd.DataFrame(filas)), TITULO, "accion", PIE)


def de_presupuesto(n: int) -> go.Figure:
    pesos = ((0.0, 2_500_000.0, 1_234_567_890.0), (1_234_567_890.0, 1.0, 0.0), (100.0, 999_999.0, 1_000_000.0))
    filas = []
    for i in range(n):
        inicial, modificado, devengado = pesos[i % 3]
        es_programa = i % 4 == 0
        fila = {"dependencia": ("a", "b")[i % 2], "programa": LARGO, "capitulo": None if es_programa else f"{i}0000"}
        fila |= {"autorizado_inicial": inicial, "modificado": modificado, "devengado": devengado}
        fila |= {"ampliacion": modificado - inicial, "devengado_pct": min(100 * devengado / modificado, 12_345.0)}
        fila |= {"ampliacion_pct": min(100 * (modificado - inicial) / inicial, 12_345.0) if inicial else float("nan")}
        filas.append(fila | {"descripcion": None if es_programa else LARGO, "documento": "poa-2031", "renglon": i})
    nombres = {"a": "Derechos Humanos", "b": "Desarrollo Rural"}
    return presupuesto.barras(pd.DataFrame(filas), TITULO, PIE, nombres)


def de_sensibilidad(n: int) -> go.Figure:
    juegos = ["CONEVAL 90–110", "Estricto 95–105", "Amplio 85–115", "Propios 12.5–187.5", "Otro muy largo 70–130"][
        : max(n, 1)
    ]
    filas = [
        {"preset": juego, "preset_orden": lugar, "estado": e}
        for lugar, juego in enumerate(juegos)
        for i in range(40)
        for e in list(tema.ESTADOS)[: 1 + (i + lugar) % 11]
    ]
    return sensibilidad.barras(pd.DataFrame(filas), TITULO, "accion", juegos[0], dict.fromkeys(juegos, LARGO), PIE)


def de_trimestres(n: int) -> go.Figure:
    estados_ = ("Meta subestimada", "Avance no programado", "Sin reporte", "Crítico")
    filas = [
        {
            "periodo": periodo, "trimestre": t, "programado": CIFRAS[t % 4], "estado": estados_[t - 1],
            "alcanzado": (1_234_567.8, None, 3.5, 0)[t % 4], "cumplimiento_pct": EXTREMOS[-t],
            "plan": 1 if t < 2 + n % 3 else 2,
        }
        for periodo in ("trimestre", "acumulado")[: 1 + n % 2]
        for t in (1, 2, 3, 4)
    ]  # fmt: skip
    return trimestres.programado_alcanzado(pd.DataFrame(filas), TITULO, UNIDAD.lower(), PIE, "12,345.5 %")


def de_variacion(n: int) -> go.Figure:
    return variacion.barras(compromisos(n), TITULO, "accion", PIE, (85, 115))


INVENTADAS: dict[str, Callable[[int], go.Figure]] = {
    "calendario": de_calendario,
    "calor": de_calor,
    "cambios": de_cambios,
    "comparacion": de_comparacion,
    "distancia": de_distancia,
    "estados": de_estados,
    "hilo": de_hilo,
    "meses": de_meses,
    "periodos": de_periodos,
    "presupuesto": de_presupuesto,
    "sensibilidad": de_sensibilidad,
    "trimestres": de_trimestres,
    "variacion": de_variacion,
    "vacia": lambda n: lienzo.vacia(LARGO * (1 + n % 2), PIE, TITULO),
}
