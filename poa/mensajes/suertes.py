"""Cómo se dice la suerte de un compromiso y qué se sabe del que no tiene contraparte en el otro plan.

Las láminas no imprimen todas las metas: de lo que no traen no se dice que desaparece ni que aparece.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from poa import formato
from poa.mensajes.hilo import meses
from poa.mensajes.planes import Par, Plan

SUERTES = {
    "continúa": "Continúan",
    "cambia": "Cambian",
    "desaparece": "Desaparecen",
    "aparece": "Aparecen",
    "relevo": "Relevos",
}


def con_contraparte(filas: pd.DataFrame) -> pd.DataFrame:
    """Las filas de la consulta cambios que llevan de un plan al otro."""
    return filas[filas["suerte"].isin(["continúa", "cambia"])]


def laminas(suerte: str, par: Par) -> str:
    """«las láminas de 2024», si en ellas está el plan que no lo trae; si no, nada."""
    sin_el = {"desaparece": par.despues, "aparece": par.antes}.get(suerte)
    return f"las láminas {sin_el.con('de')}" if sin_el and sin_el.es_lamina else ""


def no_esta(suerte: str, n: int) -> str:
    """«no están», de lo que falta en el plan de después; «no estaban», de lo que falta en el de antes."""
    verbo = "está" if suerte == "desaparece" else "estaba"
    return f"no {verbo}" if n == 1 else f"no {verbo}n"


def nombre(suerte: str, par: Par, n: int = 2) -> str:
    """«Desaparecen», «Desaparece» o, de lo que no traen unas láminas, «No están en las láminas»."""
    if laminas(suerte, par):
        return f"{formato.mayuscula(no_esta(suerte, n))} en las láminas"
    return SUERTES[suerte] if n != 1 or suerte == "relevo" else formato.mayuscula(suerte)


def que_le_pasa(suerte: str, par: Par, n: int) -> str:
    """«desaparecen» o «no están en las láminas de 2024»."""
    if ahi := laminas(suerte, par):
        return f"{no_esta(suerte, n)} en {ahi}"
    return suerte if n == 1 else f"{suerte}n"


def cubre(fila: Mapping, lado: str) -> str:
    """«ene–mar»: los meses de una meta anual que no es de todo el año; si lo es o no la hay, nada."""
    if any(formato.es_blanco(fila[f"{campo}_{lado}"]) for campo in ("meta_anual", "desde", "hasta")):
        return ""
    return meses(int(fila[f"desde_{lado}"]), int(fila[f"hasta_{lado}"]))


def que_se_sabe(fila: Mapping, par: Par, otro: Plan | None) -> str:
    """De uno sin contraparte: si está en `otro` plan o si falta con toda su meta, y si se sigue exigiendo."""
    dichos = [_en_otro(fila, par, otro) if otro else _con_su_meta(fila, par)]
    if fila["sigue_exigido"]:
        dichos.append(f"El {par.despues.lugar} no la imprime; el tablero la sigue exigiendo y queda sin reporte.")
    return " ".join(dichos)


def _en_otro(fila: Mapping, par: Par, otro: Plan) -> str:
    vuelve = "También está" if laminas("desaparece", par) else "Vuelve"
    verbo = vuelve if fila["suerte"] == "desaparece" else "Ya estaba"
    duda = ", según un enlace sin confirmar" if fila["otro_procedencia"] == "sugerido" else ""
    return f"{verbo} {otro.con('en')}{duda}."


def _con_su_meta(fila: Mapping, par: Par) -> str:
    suerte, es_meta, entera = fila["suerte"], fila["nivel"] == "meta", bool(fila["meta_entera"])
    if ahi := laminas(suerte, par):
        if es_meta:
            que = "no traen ni la meta ni sus acciones" if entera else "no traen la meta; sí, algo de ella"
        else:
            que = "no traen nada de su meta" if entera else "sí traen algo de su meta"
        return f"{formato.mayuscula(ahi)} {que}."
    if es_meta:
        que = "Ni ella ni sus acciones tienen" if entera else "Ella no; alguna de sus acciones sí tiene"
        return f"{que} contraparte."
    if entera:
        return f"{formato.mayuscula(suerte)} con toda su meta."
    return "Otros compromisos de su meta sí tienen contraparte."
