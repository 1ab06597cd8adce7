"""Lo que se dice de un solo compromiso: cómo va, su recorrido, qué imprime el informe y qué señales lleva."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from poa import formato, tema
from poa.mensajes import comunes, dependencias

_LARGO_MOTIVO = 130


def titulo(fila: Mapping, periodo: Mapping, corte: str, cual: str, trimestres: pd.DataFrame | None = None) -> str:
    """«La acción 305 alcanzó 97 de 85 programados (114.1 %), acumulado al cuarto trimestre de 2025».

    `fila`: nivel, clave y meta_anual; `periodo`: programado, alcanzado, cumplimiento_pct y estado; `trimestres`: los
    de `recorrido`, que dicen si lo que no suma nada es que no se imprime.
    """
    nombre = _nombre(fila)
    cuando = f"acumulado al {formato.corte(corte)}" if cual == "acumulado" else f"en el {formato.corte(corte)}"
    if tema.es_incompleto(periodo):
        cuando = f"en lo reportado hasta el {formato.corte(corte)}"
    alcanzado, programado = (formato.numero(periodo[c]) for c in ("alcanzado", "programado"))
    if not formato.es_blanco(periodo["cumplimiento_pct"]):
        pct = formato.porcentaje(periodo["cumplimiento_pct"])
        return f"{nombre} alcanzó {alcanzado} de {programado} programados ({pct}), {cuando}"
    unidad = formato.unidad(fila["unidad_medida"])
    en = f" (unidad: {unidad})" if unidad else ""
    compromete = f"{nombre} compromete {formato.numero(fila['meta_anual'])} en el año{en}"
    if formato.es_blanco(fila["meta_anual"]):
        compromete = f"{nombre} no imprime su meta anual"
    dichos = {
        "Aún no exigible": f"{compromete}; todavía no es exigible",
        "Sin programación": f"{nombre} {_sin_programacion(periodo, trimestres, corte, cual)}, {cuando}",
        "Sin reporte": f"{nombre} no reporta lo que programó ({programado}), {cuando}",
        "Avance no programado": f"{nombre} alcanzó {alcanzado} sin haberlo programado, {cuando}",
    }
    return dichos.get(periodo["estado"], f"{nombre} imprime cifras que no se pueden evaluar, {cuando}")


def _sin_programacion(periodo: Mapping, trimestres: pd.DataFrame | None, corte: str, cual: str) -> str:
    """Que no programó ni alcanzó nada; lo que no se imprime no es un cero, y no se dice que lo fuera."""
    if not formato.es_blanco(periodo["alcanzado"]):
        return "no programó ni alcanzó nada"
    if not formato.es_blanco(periodo["programado"]):
        return "no programó nada"
    if trimestres is None:
        return "no tiene cifras que comparar"
    suyos = trimestres[trimestres["es_exigible"].astype(bool)]
    partes = formato.partir_corte(corte)
    if cual == "trimestre" and partes is not None:
        suyos = suyos[suyos["trimestre"] == partes[1]]
    hay_p, hay_a = (bool(suyos[c].notna().any()) for c in ("programado", "alcanzado"))
    if not hay_p and not hay_a:
        return "no imprime lo programado ni lo alcanzado"
    return "no programó ni alcanzó nada" if hay_a else "no programó nada"


def recorrido(fila: Mapping, trimestres: pd.DataFrame) -> str:
    """«La acción 305 estuvo en banda en 0 de 3 trimestres; desde jul–sep rige otro plan».

    `trimestres`: una fila por trimestre con `trimestre, programado, es_exigible, estado, plan, esta_en_plan`.
    """
    nombre = _nombre(fila)
    if trimestres.empty or trimestres["programado"].isna().all() and not trimestres["es_exigible"].any():
        return f"{nombre} no imprime cifras por trimestre"
    if not trimestres["es_exigible"].any():
        n = int((trimestres["programado"] > 0).sum())
        return f"{nombre} se programa en {f'{n} de los 4' if n < 4 else 'los 4'} trimestres"
    juzgados = trimestres[trimestres["estado"].isin(tema.EVALUABLES)]
    n, bien = len(juzgados), int((juzgados["estado"] == "Cumple").sum())
    if not n:
        frase = f"{nombre} no tiene trimestres que evaluar"
    elif n == 1:
        frase = f"{nombre} {'estuvo' if bien else 'no estuvo'} en banda en su único trimestre evaluable"
    elif bien == n:
        frase = f"{nombre} estuvo en banda en sus {n} trimestres evaluables"
    elif not bien:
        frase = f"{nombre} no estuvo en banda en ninguno de sus {n} trimestres evaluables"
    else:
        frase = f"{nombre} estuvo en banda en {bien} de sus {n} trimestres evaluables"
    notas = [_desde_cuando(trimestres), _sin_reporte(trimestres)]
    return "; ".join([frase, *(f for f in notas if f)])


def sale_del_plan(trimestres: pd.DataFrame) -> int | None:
    """Desde qué trimestre rige un plan que ya no trae al compromiso; None si no lo hay.

    `trimestres`: una fila por trimestre con `trimestre, plan` y `esta_en_plan`.
    """
    nuevo = _de_otro_plan(trimestres)
    return None if nuevo.empty or nuevo["esta_en_plan"].any() else int(nuevo["trimestre"].iloc[0])


def _de_otro_plan(trimestres: pd.DataFrame) -> pd.DataFrame:
    """Los trimestres del plan que siguió al primero, en orden."""
    return trimestres[trimestres["plan"] > trimestres["plan"].min()].sort_values("trimestre")


def _desde_cuando(trimestres: pd.DataFrame) -> str:
    """Desde qué trimestre rige otro plan, o deja de estar en él."""
    nuevo = _de_otro_plan(trimestres)
    if nuevo.empty:
        return ""
    desde = formato.TRIMESTRES[int(nuevo["trimestre"].iloc[0])]
    return f"desde {desde} rige otro plan" if nuevo["esta_en_plan"].any() else f"desde {desde} ya no está en el plan"


def faltan(trimestres: pd.DataFrame) -> str:
    """Los trimestres exigibles sin reporte: «jul–sep y oct–dic», o nada."""
    huecos = trimestres[trimestres["estado"] == "Sin reporte"]["trimestre"]
    return formato.lista(formato.TRIMESTRES[int(t)] for t in sorted(huecos))


def _sin_reporte(trimestres: pd.DataFrame) -> str:
    return f"sin reporte en {cuales}" if (cuales := faltan(trimestres)) else ""


def contraste(fila: Mapping, trimestres: pd.DataFrame, corte: str) -> str:
    """En qué se aparta el porcentaje que imprime el informe del que sale de los trimestres; nada si coinciden.

    «El año suma 97 de 85 (114.1 %) con los dos planes; el informe, solo con el suyo, imprime 20 % (2 de 10)».
    `fila`: el cumplimiento acumulado; `trimestres`, los de `recorrido`.
    """
    dicho, cifras = informe(fila)
    if not dicho:
        return ""
    impreso = fila["informe_relativo_pct"]
    dice = f"imprime {dicho}{f' ({cifras})' if cifras else ''}"
    de_otro = fila["corte_informe"] != corte
    quien = f"su último informe, del {formato.corte(fila['corte_informe'])}," if de_otro else "el informe,"
    pct, llevan = fila["cumplimiento_pct"], _llevan(fila, corte)
    if "reprogramada" in formato.texto(fila["etiquetas"], ""):
        if formato.es_blanco(pct):
            return f"{formato.mayuscula(quien)} solo con su plan, {dice}."
        if trimestres["esta_en_plan"].all():
            tambien = "también " if abs(pct - impreso) < 1 else ""
            return f"{llevan} con los dos planes; {quien} solo con el suyo, {tambien}{dice}."
        return f"{llevan} y el plan nuevo ya no lo incluye; {quien} contra el año entero de su plan, {dice}."
    if formato.es_blanco(pct) or abs(pct - impreso) < 1:
        return ""
    if not formato.es_blanco(fila["avance_anual_pct"]) and abs(fila["avance_anual_pct"] - impreso) < 1:
        return f"{llevan}; {quien} contra la meta de todo el año, {dice}."
    return f"{llevan}; {quien} en cambio, {dice}."


def informe(fila: Mapping) -> tuple[str, str]:
    """(«20 %», «2 de 10»): el avance que imprime el informe y sus cifras; vacío lo que no trae o aún no se exige."""
    if formato.es_blanco(fila["informe_relativo_pct"]) or fila["estado"] == "Aún no exigible":
        return "", ""
    cifras = [formato.numero(fila[c]) for c in ("informe_avance_absoluto", "informe_meta_anual")]
    return formato.parte(fila["informe_relativo_pct"]), "" if formato.RAYA in cifras else " de ".join(cifras)


def _llevan(fila: Mapping, corte: str) -> str:
    """«El año suma 97 de 85 (114.1 %)»; antes del cierre, «Hasta el tercer trimestre suma…»."""
    verbo = "suma" if fila["regla_acumulacion"] == "suma" else "queda en"
    cifras = f"{formato.numero(fila['alcanzado'])} de {formato.numero(fila['programado'])}"
    if tema.es_incompleto(fila):
        cifras += " programados para esos trimestres"
        return f"Lo reportado {verbo} {cifras} ({formato.porcentaje(fila['cumplimiento_pct'])})"
    partes = formato.partir_corte(corte)
    sujeto = "El año" if partes and partes[1] == 4 else f"Hasta el {formato.corte(corte)}"
    return f"{sujeto} {verbo} {cifras} ({formato.porcentaje(fila['cumplimiento_pct'])})"


def senales(etiquetas: object, trimestres: pd.DataFrame, meta_pequena: float) -> list[tuple[str, str]]:
    """Cada señal de un compromiso con lo que quiere decir: [('Meta pequeña', 'con 9 o menos…')]."""
    huecos = faltan(trimestres)
    significados = SENALES | {
        "meta pequeña": f"con {formato.numero(meta_pequena)} o menos programados, uno de más o de menos la saca de la "
        "banda; su porcentaje dice poco.",
        "reporte incompleto": f"no hay reporte de {huecos or 'algún trimestre'}; lo acumulado compara solo lo que sí "
        "se reportó con lo programado para esos trimestres.",
    }
    palabras = [p.strip() for p in formato.texto(etiquetas, "").split(";") if p.strip()]
    return [(formato.mayuscula(p), significados.get(p, "señal que el tablero no explica.")) for p in palabras]


SENALES = {
    "desfase de calendario": "el trimestre salió de la banda, pero lo acumulado está dentro.",
    "meta pequeña": "con tan poco programado, uno de más o de menos la saca de la banda.",
    "reprogramada": "el plan del año se rehízo; cada trimestre se mide con el que regía en él.",
    "reporte incompleto": "falta el reporte de algún trimestre; lo acumulado compara solo los reportados.",
    "justificación ausente": "quedó fuera de la banda y el documento no imprime por qué.",
    "justificación contradictoria": "la observación impresa dice lo contrario que las cifras.",
}


def parrafo(fila: Mapping, acumulado: Mapping, trimestres: pd.DataFrame, corte: str, periodo: str) -> str:
    """Qué es y cómo va, en qué se aparta el informe, qué no se reportó y el motivo impreso o, si lo debe, que falta.

    `fila`: el cumplimiento del periodo elegido; `acumulado`, el acumulado al corte.
    """
    comparado = contraste(acumulado, trimestres, corte)
    frases = [
        _presentar(fila, acumulado, trimestres, corte, periodo, bool(comparado)),
        comparado,
        f"No hay reporte de {cuales}." if (cuales := faltan(trimestres)) else "",
    ]
    if fila["estado"] != "Aún no exigible" and (_es_callado(fila) or not formato.es_blanco(fila["observaciones"])):
        frases.append(f"{formato.mayuscula(dependencias.motivo(fila, _LARGO_MOTIVO))}.")
    return " ".join(f for f in frases if f)


def _presentar(
    fila: Mapping, acumulado: Mapping, trimestres: pd.DataFrame, corte: str, periodo: str, se_compara: bool
) -> str:
    """Nombre y estado; las cifras también, si no las va a decir el contraste con el informe."""
    nombre = formato.mayuscula(comunes.nombrar(fila, fila["nivel"], 70))
    unidad = formato.unidad(fila["unidad_medida"])
    ya_dicha = fila["estado"] == "Aún no exigible" and not formato.es_blanco(acumulado["meta_anual"])
    en = f" (unidad: {unidad})" if unidad and not ya_dicha else ""
    if se_compara and periodo == "acumulado":
        return f"{nombre}{en}, está en «{fila['estado']}» al {formato.corte(corte)}."
    dicho = titulo(acumulado, fila, corte, periodo, trimestres).replace(_nombre(fila), f"{nombre}{en},", 1)
    return f"{dicho}." if fila["estado"] == "Aún no exigible" else f"{dicho}: «{fila['estado']}»."


def _es_callado(fila: Mapping) -> bool:
    """Si debe un motivo y no lo imprime."""
    return "justificación ausente" in formato.texto(fila["etiquetas"], "")


def _nombre(fila: Mapping) -> str:
    return f"La {formato.nivel(fila['nivel'])} {formato.texto(fila['clave'])}"
