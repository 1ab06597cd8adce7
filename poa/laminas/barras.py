"""Las gráficas de la presentación con los datos de la base: por estado, contra el plan y trimestre a trimestre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from poa import formato, tema
from poa.figuras import variacion
from poa.laminas.lamina import Barras
from poa.seleccion import Seleccion

_LARGO_NOMBRE, _MENOS = 40, 12  # letras de la descripción, y las que le quedan si su estado va en el nombre
AL_CORTE = "Acumulado"
NUEVO_PLAN = "nuevo plan ›"
_CANTIDADES = {"Programado": "programado", "Alcanzado": "alcanzado"}


def conteos(conteo: pd.DataFrame, categorias: Sequence[str], unidad: str, horizontal: bool = False) -> Barras:
    """Cuántos hay en cada estado, apilados. `conteo`: una fila por categoría y una columna por estado, en blanco si no
    hay."""
    presentes = [estado for estado in tema.ESTADOS if estado in conteo.columns]
    return Barras(
        categorias=categorias,
        series={tema.rotulo_estado(e): [None if pd.isna(v) or not v else int(v) for v in conteo[e]] for e in presentes},
        estados={tema.rotulo_estado(e): e for e in presentes},
        unidad=unidad,
        horizontal=horizontal,
        apiladas=True,
        formato="#,##0",
    )


def contra_el_plan(filas: pd.DataFrame, seleccion: Seleccion) -> Barras:
    """El % del plan de cada compromiso, desde la línea del plan, en la serie de su estado.

    `filas`: las de `cumplimiento`, en orden y con sus marcas. La que no tiene porcentaje es un hueco y su nombre dice
    su estado.
    """
    presentes = [e for e in tema.ESTADOS if (filas["estado"].eq(e) & filas["cumplimiento_pct"].notna()).any()]
    pct = [None if pd.isna(v) else float(v) for v in filas["cumplimiento_pct"]]
    return Barras(
        categorias=[_nombre(fila) for _, fila in filas.iterrows()],
        series={
            tema.rotulo_estado(e): [v if suyo == e else None for v, suyo in zip(pct, filas["estado"], strict=True)]
            for e in presentes
        },
        estados={tema.rotulo_estado(e): e for e in presentes},
        unidad="% del plan",
        horizontal=True,
        tope=variacion.TOPE,
        nace=(100, "plan"),
        banda=seleccion.banda,
        formato=f'0.#"{formato.ESPACIO}%"',
    )


def _nombre(fila: Mapping) -> str:
    """El compromiso y, si su reporte está incompleto, el asterisco que explica el pie de su figura."""
    if formato.es_blanco(fila["cumplimiento_pct"]):
        rotulo = f" · {tema.rotulo_estado(fila['estado'])}"
        return formato.etiqueta_compromiso(fila, max(_LARGO_NOMBRE - len(rotulo) - 6, _MENOS)) + rotulo
    return formato.etiqueta_compromiso(fila, _LARGO_NOMBRE) + tema.asterisco(fila)


def por_trimestre(trimestres: pd.DataFrame, al_corte: pd.Series, unidad: str) -> Barras:
    """P y A de cada trimestre y, si son varios los que cuentan, lo acumulado, cada uno con su estado y su % del plan.

    `trimestres`: una fila por trimestre; `al_corte`: el cumplimiento acumulado. Lo que no hay queda en hueco.
    """
    filas = trimestres.sort_values("trimestre")
    categorias = [f"{formato.TRIMESTRES[int(f['trimestre'])]}\n{_estado(f)}" for _, f in filas.iterrows()]
    series = {n: [_cifra(v) for v in filas[columna]] for n, columna in _CANTIDADES.items()}
    separadas = {
        n: NUEVO_PLAN
        for n, (antes, plan) in enumerate(zip(filas["plan"], filas["plan"][1:], strict=False), 1)
        if plan != antes
    }
    suyos = filas["es_exigible"].astype(bool) & filas[list(_CANTIDADES.values())].notna().any(axis=1)
    if suyos.sum() > 1:
        separadas[len(categorias)] = ""
        categorias.append(f"{AL_CORTE}\n{_estado(al_corte)}{tema.asterisco(al_corte)}")
        series = {n: [*valores, _cifra(al_corte[_CANTIDADES[n]])] for n, valores in series.items()}
    return Barras(
        categorias=categorias,
        series=series,
        colores=dict.fromkeys(series, tema.TINTA),
        unidad=unidad,
        contorno=frozenset({"Programado"}),
        separadas=separadas,
    )


def _cifra(valor: object) -> float | None:
    return None if formato.es_blanco(valor) else float(valor)


def _estado(fila: pd.Series) -> str:
    """«◆ En riesgo 82.9 %»; sin razón que dar, «? Sin reporte»."""
    partes = (tema.rotulo_estado(fila["estado"]), formato.porcentaje(fila["cumplimiento_pct"], ""))
    return " ".join(filter(None, partes))
