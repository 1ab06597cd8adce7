"""Los mensajes que encabezan páginas y figuras: frases completas, calculadas con lo que se muestra."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from poa import formato, tema

_duro = formato.ESPACIO


def evaluables(n_por_estado: Mapping[str, int]) -> int:
    """Cuántos compromisos tienen cumplimiento calculado (Sin avance a Meta subestimada)."""
    return sum(n_por_estado.get(e, 0) for e in tema.EVALUABLES)


def _quienes(dependencias: Sequence[str]) -> tuple[str, bool]:
    """Sujeto de la frase y si va en plural; más de tres dependencias se cuentan."""
    if len(dependencias) > 3:
        return f"Las {len(dependencias)} dependencias", True
    return formato.lista(dependencias), len(dependencias) != 1


def estados(
    n_por_estado: Mapping[str, int] | pd.Series, nivel: str, dependencias: Sequence[str], corte: str
) -> str:
    """«BISOM cumplió 21 de 52 acciones; 9 quedaron por debajo del plan y 12 lo rebasaron»."""
    n_por_estado = {str(e): int(n) for e, n in n_por_estado.items() if n}
    total, base = sum(n_por_estado.values()), evaluables(n_por_estado)
    quien, varias = _quienes(dependencias)
    if not total:
        return f"No hay {formato.nivel(nivel, 2)} para esta selección en el {formato.corte(corte)}"
    if n_por_estado.get("Aún no exigible", 0) == total:
        verbo = "comprometieron" if varias else "comprometió"
        return f"{quien} {verbo} {formato.contar(total, nivel)}; ninguna es exigible todavía"
    if not base:
        verbo = "tienen" if varias else "tiene"
        cuantas = formato.contar(total, nivel)
        return f"{quien} {verbo} {cuantas} y ninguna se puede evaluar en el {formato.corte(corte)}"
    verbo = "cumplieron" if varias else "cumplió"
    frase = (
        f"{quien} {verbo} {formato.numero(n_por_estado.get('Cumple', 0))} de {formato.contar(base, nivel)}"
    )
    return frase + _resto(n_por_estado)


def _resto(n: Mapping[str, int]) -> str:
    """«; 9 quedaron por debajo del plan y 12 lo rebasaron», o nada si ninguna salió de la banda."""
    debajo, encima = (sum(n.get(e, 0) for e in cuales) for cuales in (tema.DEBAJO, tema.ENCIMA))
    partes = []
    if debajo:
        partes.append(f"{debajo}{_duro}{'quedó' if debajo == 1 else 'quedaron'} por debajo del plan")
    if encima:
        verbo = "rebasó" if encima == 1 else "rebasaron"
        partes.append(f"{encima}{_duro}lo{_duro}{verbo}" if debajo else f"{encima}{_duro}{verbo} el plan")
    return f"; {' y '.join(partes)}" if partes else ""


def cobertura(reportados: int, exigibles: int) -> str:
    """«Reporte de 48 de 52 compromisos exigibles (92.3 %)»; sin exigibles lo dice."""
    if not exigibles:
        return "Todavía no hay compromisos exigibles"
    return (
        f"Con reporte {formato.numero(reportados)} de {formato.plural(exigibles, 'exigible', 'exigibles')} "
        f"({formato.porcentaje(100 * reportados / exigibles, ())})"
    )


def compromiso(fila: Mapping, periodo: Mapping, corte: str, cual: str) -> str:
    """«La acción 305 alcanzó 97 de 85 programados (114.1 %), acumulado al cuarto trimestre de 2025».

    `fila`: nivel, clave y meta_anual; `periodo`: programado, alcanzado, cumplimiento_pct y estado.
    """
    nombre = f"La {formato.nivel(fila['nivel'])} {formato.texto(fila['clave'])}"
    cuando = (
        f"acumulado al {formato.corte(corte)}" if cual == "acumulado" else f"en el {formato.corte(corte)}"
    )
    alcanzado, programado = (formato.numero(periodo[c]) for c in ("alcanzado", "programado"))
    if not formato.es_blanco(periodo["cumplimiento_pct"]):
        pct = formato.porcentaje(periodo["cumplimiento_pct"])
        return f"{nombre} alcanzó {alcanzado} de {programado} programados ({pct}), {cuando}"
    compromete = f"{nombre} compromete {formato.numero(fila['meta_anual'])} en el año"
    dichos = {
        "Aún no exigible": f"{compromete}; todavía no es exigible",
        "Sin programación": f"{nombre} no programó ni alcanzó nada, {cuando}",
        "Sin reporte": f"{nombre} no reporta lo que programó ({programado}), {cuando}",
        "Avance no programado": f"{nombre} alcanzó {alcanzado} sin haberlo programado, {cuando}",
    }
    return dichos.get(periodo["estado"], f"{nombre} imprime cifras que no se pueden evaluar, {cuando}")


def variacion(filas: pd.DataFrame, nivel: str, quien: str) -> str:
    """La más corta y la que más rebasó: «La acción 403 quedó en 32.5 % del plan y la 503 llegó a 190 %»."""
    con_cifra = filas[filas["cumplimiento_pct"].notna()].sort_values("cumplimiento_pct", kind="stable")
    if con_cifra.empty:
        return f"Ninguna {formato.nivel(nivel)} de {quien} se puede comparar todavía con su plan"
    menor, mayor = con_cifra.iloc[0], con_cifra.iloc[-1]
    corta = (
        f"{formato.texto(menor['clave'])} quedó en {formato.porcentaje(menor['cumplimiento_pct'])} del plan"
    )
    larga = f"{formato.texto(mayor['clave'])} llegó a {formato.porcentaje(mayor['cumplimiento_pct'])}"
    hay_corta, hay_larga = menor["estado"] in tema.DEBAJO, mayor["estado"] in tema.ENCIMA
    if hay_corta and hay_larga:
        return f"La {formato.nivel(nivel)} {corta} y la {larga}"
    if hay_corta:
        return f"La {formato.nivel(nivel)} {corta}; ninguna lo rebasó"
    if hay_larga:
        return f"La {formato.nivel(nivel)} {larga} del plan; ninguna quedó por debajo"
    return f"Las {formato.contar(len(con_cifra), nivel)} evaluables de {quien} están en banda"


def grupos(conteo: pd.DataFrame, nivel: str, como: str) -> str:
    """El grupo con menor parte en banda; sin evaluables, el que más compromete.

    Entra una fila por grupo y estado: `grupo`, `estado`, `n`.
    """
    if conteo.empty:
        return "Sin datos que mostrar"
    base = conteo[conteo["estado"].isin(tema.EVALUABLES)].groupby("grupo", sort=False)["n"].sum()
    if base.empty:
        total = conteo.groupby("grupo", sort=False)["n"].sum()
        mayor = total.idxmax()
        if len(total) == 1:
            return f"{mayor} compromete {formato.contar(total[mayor], nivel)}"
        return (
            f"{mayor} compromete más: {formato.numero(total[mayor])} de {formato.contar(total.sum(), nivel)}"
        )
    cumplen = conteo[conteo["estado"] == "Cumple"].groupby("grupo")["n"].sum().reindex(base.index).fillna(0)
    if len(base) == 1:
        cuantas = f"{formato.numero(cumplen.iloc[0])} de {formato.contar(base.iloc[0], nivel)}"
        return f"{base.index[0]}: {cuantas} en banda"
    peor = (cumplen / base).sort_values(kind="stable").index[0]
    el = "el programa" if como == "programa" else f"la {como}"
    return (
        f"{peor} es {el} con menor parte en banda: "
        f"{formato.numero(cumplen[peor])} de {formato.contar(base[peor], nivel)}"
    )


def sin_extremos(evaluables_hay: int, nivel: str, lado: str) -> str:
    """Por qué la lista de extremos está vacía."""
    if not evaluables_hay:
        return f"Ninguna {formato.nivel(nivel)} de esta selección se puede evaluar todavía contra su plan."
    return f"Ninguna {formato.nivel(nivel)} quedó por {lado} del plan en esta selección."


def cuantos(mostrados: int, todos: int) -> str:
    """«Se muestran 5 de 15: ver todas», o cuántas son si se muestran todas."""
    if mostrados < todos:
        return f"Se muestran {mostrados} de {todos}: ver todas"
    return "Es la única" if todos == 1 else f"Son {todos}"


def lista(cual: str, n: int, nivel: str) -> str:
    """Título de una lista de compromisos: «▼ Crítico: 3 acciones»."""
    nombre = tema.rotulo_estado(cual) if cual in tema.ESTADOS else cual
    return f"{formato.texto(nombre)}: {formato.contar(n, nivel)}"


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
