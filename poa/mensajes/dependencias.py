"""Lo que dice la página Dependencias: la variación de sus compromisos y uno de ellos en detalle."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from poa import formato, tema


def compromiso(fila: Mapping, periodo: Mapping, corte: str, cual: str) -> str:
    """«La acción 305 alcanzó 97 de 85 programados (114.1 %), acumulado al cuarto trimestre de 2025».

    `fila`: nivel, clave y meta_anual; `periodo`: programado, alcanzado, cumplimiento_pct y estado.
    """
    nombre = f"La {formato.nivel(fila['nivel'])} {formato.texto(fila['clave'])}"
    cuando = f"acumulado al {formato.corte(corte)}" if cual == "acumulado" else f"en el {formato.corte(corte)}"
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
    corta = f"{formato.texto(menor['clave'])} quedó en {formato.porcentaje(menor['cumplimiento_pct'])} del plan"
    larga = f"{formato.texto(mayor['clave'])} llegó a {formato.porcentaje(mayor['cumplimiento_pct'])}"
    hay_corta, hay_larga = menor["estado"] in tema.DEBAJO, mayor["estado"] in tema.ENCIMA
    if hay_corta and hay_larga:
        return f"La {formato.nivel(nivel)} {corta} y la {larga}"
    if hay_corta:
        return f"La {formato.nivel(nivel)} {corta}; ninguna lo rebasó"
    if hay_larga:
        return f"La {formato.nivel(nivel)} {larga} del plan; ninguna quedó por debajo"
    return f"Las {formato.contar(len(con_cifra), nivel)} evaluables de {quien} están en banda"
