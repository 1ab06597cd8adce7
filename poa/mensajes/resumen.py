"""Lo que dice la página Resumen: el párrafo para la sesión y por qué una lista está vacía."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from poa import formato, tema
from poa.mensajes import comunes


def parrafo(
    filas: pd.DataFrame,
    indicador: pd.DataFrame,
    nivel: str,
    dependencias: Sequence[str],
    nombres: Mapping[str, str],
    corte: str,
    periodo: str,
    banda: tuple[float, float],
) -> str:
    """De dos a cuatro frases: cuántas en banda, cuántas debajo y la más distante, cuántas encima y cobertura.

    Si no se puede leer de corrido, dice menos: cómo se mide el plan rehecho y el resto de una descripción.

    `filas`: una por compromiso de un nivel y periodo, como las da la consulta cumplimiento; `indicador`: una
    por dependencia, con `esperados` y `reportados`; `dependencias`: sus nombres cortos; `nombres`: el corto
    de cada dependencia por su clave; `banda`: % del plan entre los que se cumple.
    """
    conteo = filas["estado"].value_counts()
    quien, varias = comunes.quienes(dependencias)
    if filas.empty:
        return f"{comunes.estados(conteo, nivel, dependencias, corte)}."
    if (filas["estado"] == "Aún no exigible").all():
        verbo = "comprometen" if varias else "compromete"
        return (
            f"En el {formato.corte(corte)}, {quien} {verbo} {formato.contar(len(filas), nivel)}. "
            f"{'Todavía no es exigible' if len(filas) == 1 else 'Ninguna es exigible todavía'}: "
            "el documento trae lo programado, no lo alcanzado."
        )
    hay_fuera = comunes.evaluables(conteo) > int(conteo.get("Cumple", 0))
    frases = [
        _en_banda(conteo, nivel, quien, varias, _cuando(corte, periodo), banda),
        _debajo(filas, nivel, nombres) if hay_fuera else "",
        _encima_y_cobertura(conteo, indicador, hay_fuera, comunes.incompletos(filas)),
    ]
    breve = [frases[0], _debajo(filas, nivel, nombres, 36) if hay_fuera else "", frases[2]]
    return comunes.parrafo(
        [*frases, _replaneadas(filas, corte)],
        [*frases, _replaneadas(filas, corte, "")],
        [*breve, _replaneadas(filas, corte, "")],
    )


def _cuando(corte: str, periodo: str) -> str:
    if periodo == "acumulado":
        return f"En lo acumulado al {formato.corte(corte)}"
    return f"Solo en el {formato.corte(corte)}"


def _en_banda(conteo: pd.Series, nivel: str, quien: str, varias: bool, cuando: str, banda: tuple[float, float]) -> str:
    base, cumplen = comunes.evaluables(conteo), int(conteo.get("Cumple", 0))
    verbo = "cumplieron" if varias else "cumplió"
    if not base:
        cuantas = formato.contar(int(conteo.sum()), nivel)
        return f"{cuando}, {quien} {'tienen' if varias else 'tiene'} {cuantas} y ninguna se puede evaluar."
    minimo, maximo = (formato.numero(tope) for tope in banda)
    rango = f"entre {minimo} y {maximo}{formato.ESPACIO}% de lo programado"
    evaluable = f"{formato.contar(base, nivel)} {'evaluable' if base == 1 else 'evaluables'}"
    if base == 1:
        unica = f"la única {formato.nivel(nivel)} evaluable"
        return f"{cuando}, {quien} {verbo if cumplen else 'no ' + verbo} {unica}; la banda va {rango}."
    if cumplen == base:
        return f"{cuando}, {quien} {verbo} las {evaluable}: quedaron {rango}."
    if not cumplen:
        return f"{cuando}, {quien} no {verbo} ninguna de sus {evaluable}; la banda va {rango}."
    quedo = "quedó" if cumplen == 1 else "quedaron"
    return f"{cuando}, {quien} {verbo} {formato.numero(cumplen)} de {evaluable}: {quedo} {rango}."


def _debajo(filas: pd.DataFrame, nivel: str, nombres: Mapping[str, str], largo: int = 50) -> str:
    debajo = filas[filas["estado"].isin(tema.DEBAJO)]
    if debajo.empty:
        return "Ninguna quedó por debajo del plan."
    lejos = debajo.sort_values("cumplimiento_pct", kind="stable").iloc[0]
    iguales = int((debajo["cumplimiento_pct"] == lejos["cumplimiento_pct"]).sum())
    nombre = comunes.nombrar(lejos, nivel, largo)
    if filas["dependencia"].nunique() > 1:
        nombre += f", de {nombres.get(lejos['dependencia'], 'otra dependencia')}"
    unidad = formato.unidad(lejos["unidad_medida"])
    alcanzo = (
        f"{nombre}, que alcanzó {formato.numero(lejos['alcanzado'])} de "
        f"{formato.numero(lejos['programado'])}{f' (unidad: {unidad})' if unidad else ''}, "
        f"{formato.porcentaje(lejos['cumplimiento_pct'])} del plan{comunes.a_medias(lejos)}."
    )
    if len(debajo) == 1:
        return f"Por debajo del plan quedó una: {alcanzo}"
    una = "la más distante es" if iguales == 1 else "una de las más distantes es"
    return f"Por debajo del plan quedaron {formato.numero(len(debajo))}; {una} {alcanzo}"


def _encima_y_cobertura(conteo: pd.Series, indicador: pd.DataFrame, hay_fuera: bool, incompletos: str) -> str:
    """«6 rebasaron el plan; tienen reporte 37 de las 38 exigibles (97.4 %), 6 de ellas incompleto»."""
    encima = sum(int(conteo.get(e, 0)) for e in tema.ENCIMA)
    partes = []
    if hay_fuera:
        rebaso = {0: "ninguna rebasó el plan", 1: "una rebasó el plan"}
        partes.append(rebaso.get(encima, f"{formato.numero(encima)}{formato.ESPACIO}rebasaron el plan"))
    esperados, reportados = int(indicador["esperados"].sum()), int(indicador["reportados"].sum())
    if esperados == 1:
        partes.append("la única exigible tiene reporte" if reportados else "la única exigible no tiene reporte")
    elif esperados and esperados == reportados:
        partes.append(f"las {formato.numero(esperados)} exigibles tienen reporte")
    elif esperados:
        parte = formato.parte(100 * reportados / esperados)
        verbo = "tiene" if reportados == 1 else "tienen"
        partes.append(
            f"{verbo} reporte {formato.numero(reportados)} de las {formato.numero(esperados)} exigibles ({parte})"
        )
    return f"{formato.mayuscula('; '.join(partes))}{incompletos if esperados else ''}." if partes else ""


def _replaneadas(filas: pd.DataFrame, corte: str, como: str = "; cada trimestre se mide con el suyo") -> str:
    partes = formato.partir_corte(corte)
    if partes is None or not filas["etiquetas"].fillna("").str.contains("reprogramada").any():
        return ""
    return f"El plan de {partes[0]} se rehízo durante el año{como}."


def sin_extremos(evaluables_hay: int, nivel: str, lado: str) -> str:
    """Por qué la lista de extremos está vacía."""
    if not evaluables_hay:
        return f"Ninguna {formato.nivel(nivel)} de esta selección se puede evaluar todavía contra su plan."
    return f"Ninguna {formato.nivel(nivel)} quedó por {lado} del plan en esta selección."
