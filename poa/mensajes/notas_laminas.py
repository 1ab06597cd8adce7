"""Lo que lee quien expone y no va en la lámina: de dónde sale cada cifra, qué hubo que interpretar y los motivos."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from poa import formato
from poa.mensajes import sesion_laminas as dichos

_DE_TRIMESTRE = re.compile(r"(programado|alcanzado)_t([1-4])")
_CIFRAS = ("programado", "alcanzado")


def fuentes(impresas: pd.DataFrame, filas: pd.DataFrame) -> str:
    """De dónde sale cada compromiso, uno por renglón: «305: POA 2025, p. 15, r. 812; p. 2, r. 140».

    `filas`: los compromisos, con el lugar de su último informe; `impresas`: la consulta de ese nombre, con los
    lugares de cada trimestre.
    """
    return "\n".join(
        ["Fuentes (página y renglón del documento):", *(_fuente(f, impresas) for _, f in filas.iterrows())]
    )


def _fuente(fila: Mapping, impresas: pd.DataFrame) -> str:
    suyas = impresas[impresas["vigente_id"] == fila["vigente_id"]]
    lugares = [(fila["documento"], fila["pagina"], fila["renglon"])]
    for _, t in suyas.iterrows():
        for que in _CIFRAS:
            if not formato.es_blanco(t[que]):
                lugares.append((t[f"{que}_documento"], t[f"{que}_pagina"], t[f"{que}_renglon"]))
    documento, partes = None, []
    for suyo, pagina, renglon in dict.fromkeys(lugares):
        nombre = "" if suyo == documento else f"{_documento(suyo)}, "
        partes.append(f"{nombre}p. {formato.texto(pagina)}, r. {formato.texto(renglon)}")
        documento = suyo
    return f"{formato.mayuscula(formato.nivel(fila['nivel']))} {formato.texto(fila['clave'])}: {'; '.join(partes)}"


def _documento(documento: str) -> str:
    """«POA 2025»; el que no se llama así, con el nombre de su archivo, que es como se busca."""
    del_anio = re.fullmatch(r"poa-(\d{4})", documento)
    return f"POA {del_anio[1]}" if del_anio else f"archivo «{documento}»"


def explicaciones(
    hallazgos: pd.DataFrame, impresas: pd.DataFrame, filas: pd.DataFrame, nombres: Mapping[str, str] | None = None
) -> str:
    """Por qué se marca cada cifra, con el informe de que sale; nada si no hay qué explicar.

    `hallazgos`, `impresas`: las consultas de esos nombres; `filas`: los compromisos, con su `compromiso_id` (el de su
    último informe); `nombres`: el corto de cada dependencia, que se dice si hay varias. Lo que se dijo de un informe
    que ya no da la cifra no va.
    """
    varias = nombres is not None and filas["dependencia"].nunique() > 1

    def de_quien(fila: Mapping) -> str:
        return f" de {nombres.get(fila['dependencia'], 'otra dependencia')}" if varias else ""

    renglones = [
        f"{formato.texto(fila['clave'])}{de_quien(fila)}, {_informe(corte)}: {dicho}"
        for _, fila in filas.iterrows()
        for corte, dicho in _de_uno(fila, hallazgos, impresas[impresas["vigente_id"] == fila["vigente_id"]])
    ]
    return "\n".join(["Lo que hubo que interpretar:", *dict.fromkeys(renglones)]) if renglones else ""


def estrategias(fila: Mapping, escritas: str) -> str:
    """De dónde salen las estrategias del cuadro, si el documento no las imprime. `fila`: de la consulta compromisos."""
    if not escritas or not formato.es_blanco(fila["estrategias_impresas"]):
        return ""
    return "El documento no imprime estrategias: las del cuadro son las de sus líneas de acción."


def _informe(corte: object) -> str:
    nombre = formato.corte_corto(corte)
    return nombre if nombre.startswith("Plan") else f"informe {nombre}"


def _de_uno(fila: Mapping, hallazgos: pd.DataFrame, suyas: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """(corte del informe, lo que se dice) de un compromiso; `suyas`: sus filas de la consulta impresas."""
    ultimo, de, cortes, notas, dudosos = fila["compromiso_id"], {}, {}, {}, set()
    cortes[ultimo], notas[ultimo] = fila["corte_informe"], formato.texto(fila["nota"], "")
    for _, t in suyas.iterrows():
        for que in _CIFRAS:
            informe = ultimo if formato.es_blanco(t[f"{que}_de"]) else t[f"{que}_de"]
            de[que, int(t["trimestre"])] = informe
            if informe != ultimo:
                cortes[informe], notas[informe] = t[f"{que}_corte"], formato.texto(t[f"{que}_nota"], "")
            if t[f"{que}_es_dudoso"]:
                dudosos.add(informe)
    es_distinto = bool(suyas["total_es_distinto"].any())
    for informe, corte in sorted(cortes.items(), key=lambda uno: uno[1]):
        leidos = hallazgos[hallazgos["compromiso_id"] == informe]
        valen = leidos[pd.Series([_vale(c, informe, ultimo, de) for c in leidos["columna"]], leidos.index, dtype=bool)]
        yield from ((corte, formato.prosa(e)) for e in valen["explicacion"])
        if informe in dudosos or (informe == ultimo and es_distinto):
            resto = notas[informe]
            for explicacion in leidos["explicacion"]:
                resto = resto.replace(explicacion, "")
            if resto.strip():
                yield corte, formato.prosa(re.sub(r"\s+", " ", resto).strip())
        if informe == ultimo and es_distinto and "avance_absoluto" not in set(valen["columna"]):
            yield corte, f"el total R, {dichos.otro_total(suyas.iloc[0])}."


def _vale(columna: object, informe: str, ultimo: str, de: Mapping[tuple[str, int], str]) -> bool:
    """Si lo dicho de una columna toca a algo que se usa: su trimestre sale de ese informe o, lo demás, es el último."""
    hallada = _DE_TRIMESTRE.fullmatch(formato.texto(columna, ""))
    if hallada:
        return de.get((hallada[1], int(hallada[2]))) == informe
    return informe == ultimo or (formato.es_blanco(columna) and informe in de.values())


def motivos(alertas: pd.DataFrame) -> str:
    """Los motivos impresos, completos, para quien expone."""
    con = alertas[~alertas["observaciones"].map(formato.es_blanco)]
    if con.empty:
        return ""
    impresos = (f"{formato.texto(a['clave'])}: {formato.oracion(a['observaciones'])}" for _, a in con.iterrows())
    return "\n".join(["Motivos impresos:", *impresos])
