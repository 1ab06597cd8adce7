"""Los mensajes que encabezan páginas y figuras: frases completas, calculadas con las cifras que se muestran."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from poa import formato, tema


def cuentas(estados: pd.DataFrame) -> dict[str, int]:
    """{estado: n} de una tabla con columnas `estado` y `n` (una fila por grupo y estado)."""
    if estados.empty:
        return {}
    return {str(e): int(n) for e, n in estados.groupby("estado")["n"].sum().items() if n}


def evaluables(n_por_estado: Mapping[str, int]) -> int:
    """Cuántos compromisos tienen cumplimiento calculado (Sin avance a Meta subestimada)."""
    return sum(n_por_estado.get(e, 0) for e in tema.EVALUABLES)


def _quienes(dependencias: Sequence[str]) -> tuple[str, bool]:
    """Sujeto de la frase y si va en plural; más de tres dependencias se cuentan."""
    if len(dependencias) > 3:
        return f"Las {len(dependencias)} dependencias", True
    return formato.lista(dependencias), len(dependencias) != 1


def estados(n_por_estado: Mapping[str, int], nivel: str, dependencias: Sequence[str], corte: str) -> str:
    """«BISOM cumplió 21 de 52 acciones; 9 quedaron por debajo del plan y 12 lo rebasaron»."""
    total, base = sum(n_por_estado.values()), evaluables(n_por_estado)
    quien, varias = _quienes(dependencias)
    if not total:
        return f"No hay {formato.nivel(nivel, 2)} para esta selección en el {formato.corte(corte)}"
    if n_por_estado.get("Aún no exigible", 0) == total:
        verbo = "comprometieron" if varias else "comprometió"
        return f"{quien} {verbo} {formato.contar(total, nivel)}; ninguna es exigible todavía"
    if not base:
        verbo = "tienen" if varias else "tiene"
        return f"{quien} {verbo} {formato.contar(total, nivel)} y ninguna se puede evaluar en el {formato.corte(corte)}"
    verbo = "cumplieron" if varias else "cumplió"
    frase = (
        f"{quien} {verbo} {formato.numero(n_por_estado.get('Cumple', 0))} de {formato.contar(base, nivel)}"
    )
    return frase + _resto(n_por_estado)


def _resto(n: Mapping[str, int]) -> str:
    debajo = sum(n.get(e, 0) for e in tema.DEBAJO)
    encima = sum(n.get(e, 0) for e in tema.ENCIMA)
    partes = []
    if debajo:
        partes.append(f"{debajo} {'quedó' if debajo == 1 else 'quedaron'} por debajo del plan")
    if encima:
        partes.append(
            f"{encima} lo {'rebasó' if encima == 1 else 'rebasaron'}"
            if debajo
            else f"{encima} {'rebasó' if encima == 1 else 'rebasaron'} el plan"
        )
    return f"; {formato.lista(partes)}" if partes else ""


def cobertura(reportados: int, exigibles: int) -> str:
    """«Reporte de 48 de 52 compromisos exigibles (92.3 %)»; sin exigibles lo dice."""
    if not exigibles:
        return "Todavía no hay compromisos exigibles"
    return (
        f"Con reporte {formato.numero(reportados)} de {formato.plural(exigibles, 'exigible', 'exigibles')} "
        f"({formato.porcentaje(100 * reportados / exigibles, ())})"
    )


def compromiso(fila: Mapping, periodo: Mapping, corte: str, cual: str) -> str:
    """«La acción 305 alcanzó 97 de 85 programados (114.1 %), acumulado al cuarto trimestre de 2025»."""
    nombre = f"La {formato.nivel(fila['nivel'])} {formato.texto(fila['clave'])}"
    cuando = (
        f"acumulado al {formato.corte(corte)}" if cual == "acumulado" else f"en el {formato.corte(corte)}"
    )
    if not formato.es_blanco(periodo["cumplimiento_pct"]):
        return (
            f"{nombre} alcanzó {formato.numero(periodo['alcanzado'])} de {formato.numero(periodo['programado'])} "
            f"programados ({formato.porcentaje(periodo['cumplimiento_pct'])}), {cuando}"
        )
    if periodo["estado"] == "Aún no exigible":
        return f"{nombre} compromete {formato.numero(fila['meta_anual'])} en el año; todavía no es exigible"
    return f"{nombre}: {str(periodo['estado']).lower()}, {cuando}"


def dependencia(filas: pd.DataFrame, nivel: str, quien: str, corte: str) -> str:
    """El mensaje de estados y, si algo quedó corto, cuál fue lo más lejano al plan."""
    n = {str(e): int(k) for e, k in filas["estado"].value_counts().items()}
    frase = estados(n, nivel, [quien], corte)
    cortas = filas[filas["estado"].isin(tema.DEBAJO)]
    if cortas.empty:
        return frase
    peor = cortas.sort_values("cumplimiento_pct", kind="stable").iloc[0]
    return f"{frase}. Lo más corto: la {formato.texto(peor['clave'])}, con {formato.porcentaje(peor['cumplimiento_pct'])}"


def variacion(filas: pd.DataFrame, nivel: str, quien: str) -> str:
    """«De 37 acciones evaluables de BISOM, 4 quedaron por debajo del plan y 6 lo rebasaron»."""
    n = {str(e): int(k) for e, k in filas["estado"].value_counts().items()}
    base = evaluables(n)
    if not base:
        return f"Ninguna {formato.nivel(nivel)} de {quien} se puede comparar todavía con su plan"
    resto = _resto(n).removeprefix("; ") or (
        "la única está en banda" if base == 1 else "todas están en banda"
    )
    cuantas = f"{formato.contar(base, nivel)} {'evaluable' if base == 1 else 'evaluables'}"
    return f"De {cuantas} de {quien}, {resto}"


def grupos(conteo: pd.DataFrame, nivel: str, por_unidad: bool) -> str:
    """El grupo con mayor proporción en banda o, sin evaluables, el que más compromete. Una fila por grupo y estado."""
    if conteo.empty:
        return "Sin datos que mostrar"
    cual = "unidad ejecutora" if por_unidad else "dependencia"
    nombres = list(dict.fromkeys(conteo["grupo"]))
    base = conteo[conteo["estado"].isin(tema.EVALUABLES)].groupby("grupo")["n"].sum()
    if base.empty:
        total = conteo.groupby("grupo")["n"].sum()
        mayor = total.idxmax()
        return (
            f"{mayor} compromete más: {formato.contar(total[mayor], nivel)} de {formato.numero(total.sum())}"
        )
    cumplen = conteo[conteo["estado"] == "Cumple"].groupby("grupo")["n"].sum().reindex(base.index).fillna(0)
    if len(nombres) == 1:
        return f"{nombres[0]}: {formato.numero(cumplen.iloc[0])} de {formato.contar(base.iloc[0], nivel)} en banda"
    peor = (cumplen / base).sort_values(kind="stable").index[0]
    return (
        f"La {cual} con menos {formato.nivel(nivel, 2)} en banda es {peor}: "
        f"{formato.numero(cumplen[peor])} de {formato.numero(base[peor])}"
    )


def cuantos(mostrados: int, todos: int) -> str:
    """«Las 5 más lejanas de 9»; vacío si no hay."""
    if not todos:
        return ""
    return (
        f"Se muestran {mostrados} de {todos}."
        if mostrados < todos
        else ("La única." if todos == 1 else f"Son {todos}.")
    )


def lista(estado: str, n: int, nivel: str) -> str:
    """Título de una lista de compromisos: «Crítico: 3 acciones»."""
    return f"{tema.rotulo_estado(estado)}: {formato.contar(n, nivel)}"


def portada(cortes: pd.DataFrame) -> str:
    """«El tablero reúne 14 informes de 8 dependencias, de 2018 a 2025»."""
    if cortes.empty:
        return "El tablero todavía no tiene informes"
    anios = sorted({int(e) for e in cortes["ejercicio"]})
    lapso = f"de {anios[0]} a {anios[-1]}" if len(anios) > 1 else f"de {anios[0]}"
    return (
        f"El tablero reúne {formato.plural(len(cortes), 'informe', 'informes')} de "
        f"{formato.plural(cortes['dependencia'].nunique(), 'dependencia', 'dependencias')}, {lapso}"
    )
