"""Lo que dice la portada: qué informes reúne el tablero. Entra una fila por corte y dependencia."""

from __future__ import annotations

import pandas as pd

from poa import formato
from poa.mensajes import comunes


def mensaje(cortes: pd.DataFrame) -> str:
    """«El tablero reúne 14 informes de 8 dependencias, de 2018 a 2025»."""
    if cortes.empty:
        return "El tablero todavía no tiene informes"
    anios = sorted({int(e) for e in cortes["ejercicio"]})
    lapso = f"de {anios[0]} a {anios[-1]}" if len(anios) > 1 else f"de {anios[0]}"
    return (
        f"El tablero reúne {formato.plural(len(cortes), 'informe', 'informes')} de "
        f"{formato.plural(cortes['dependencia'].nunique(), 'dependencia', 'dependencias')}, {lapso}"
    )


def parrafo(cortes: pd.DataFrame) -> str:
    """El corte más reciente y de quién es, cuántos informes son solo plan y qué planes se rehicieron."""
    if cortes.empty:
        return "Todavía no hay informes: agregue un documento y aquí se dirá qué trae."
    recientes = cortes[cortes["corte"] == cortes["corte"].max()]
    quien, _ = comunes.quienes(list(recientes["dependencia_corta"]))
    frases = [
        f"Lo más reciente es el {formato.corte(recientes['corte'].iloc[0])} de {quien}, con "
        f"{formato.contar(int(recientes['metas'].sum()), 'meta')} y "
        f"{formato.contar(int(recientes['acciones'].sum()), 'accion')}."
    ]
    solo_plan = int((~cortes["tiene_avance"].astype(bool)).sum())
    if solo_plan == 1:
        frases.append("Un informe es solo plan: dice lo comprometido, no lo alcanzado.")
    elif solo_plan:
        frases.append(
            f"De los {formato.plural(len(cortes), 'informe', 'informes')}, {formato.numero(solo_plan)} son solo "
            "plan: dicen lo comprometido, no lo alcanzado."
        )
    rehechos = cortes[cortes["plan"] > 1]
    for ejercicio, suyos in rehechos.groupby("ejercicio"):
        quien, varias = comunes.quienes(list(suyos["dependencia_corta"].unique()))
        rehizo = "rehicieron" if varias else "rehízo"
        frases.append(f"Durante {ejercicio}, {quien} {rehizo} su plan.")
    frases.append("Cada cifra lleva a la página y el renglón en que está impresa.")
    return " ".join(frases)
