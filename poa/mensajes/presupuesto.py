"""Lo que dice la página Presupuesto. Las filas son las de la consulta presupuesto; capítulo nulo es un total."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from poa import formato
from poa.mensajes import comunes

LADO_A_LADO = "Dinero y avance físico se leen lado a lado: los documentos no relacionan capítulos con metas."
_LETRAS_FIGURA = 124  # las de un título de gráfica de dos renglones
_PASOS = ["autorizado_inicial", "modificado", "devengado"]


def total(tabla: pd.DataFrame) -> pd.Series:
    """El dinero de todos los programas, en pesos, con `ampliacion` y sus dos porcentajes; lo que falta, NaN."""
    suma = tabla.loc[tabla["capitulo"].isna(), _PASOS].astype(float).sum(min_count=1)
    inicial, modificado, devengado = (suma[paso] for paso in _PASOS)
    suma["ampliacion"] = modificado - inicial
    suma["devengado_pct"] = 100 * devengado / modificado if modificado else float("nan")
    suma["ampliacion_pct"] = 100 * (modificado - inicial) / inicial if inicial else float("nan")
    return suma


def sin_presupuesto(ejercicio: int, dependencias: Sequence[str] = ()) -> str:
    """«Ningún documento del POA 2025 imprime presupuesto», y de quién si otra dependencia del año sí lo trae."""
    de = f" de {comunes.quienes(dependencias)[0]}" if dependencias else ""
    return f"Ningún documento del POA {ejercicio} imprime presupuesto{de}"


def mensaje(tabla: pd.DataFrame, dependencias: Sequence[str], ejercicio: int) -> str:
    """«Presidencia devengó 97.4 % de los 30.1 millones modificados; el presupuesto creció 29.9 %…».

    `dependencias`: los nombres cortos de las que tienen dinero en `tabla`.
    """
    suma, (quien, varias) = total(tabla), comunes.quienes(dependencias)
    quien = formato.mayuscula(quien)
    if formato.es_blanco(suma["devengado_pct"]):
        return f"{quien} no {'imprimen' if varias else 'imprime'} cuánto se devengó del presupuesto de {ejercicio}"
    verbo = "devengaron" if varias else "devengó"
    return f"{quien} {verbo} {formato.parte(suma['devengado_pct'])} {_de_lo_modificado(suma)}{_crecio(suma)}"


def _de_lo_modificado(suma: pd.Series) -> str:
    dicho = dinero(suma["modificado"])
    uno = f"1{formato.ESPACIO}millón"
    return "del millón de pesos modificado" if dicho == uno else f"de los {_pesos(suma['modificado'])} modificados"


def _crecio(suma: pd.Series) -> str:
    pct = suma["ampliacion_pct"]
    if formato.es_blanco(pct):
        return "" if formato.es_blanco(suma["autorizado_inicial"]) else "; no tenía autorizado inicial"
    if not suma["ampliacion"]:
        return "; el presupuesto no cambió en el año"
    return f"; el presupuesto {'creció' if pct > 0 else 'bajó'} {formato.parte(abs(pct))} sobre lo autorizado"


def parrafo(tabla: pd.DataFrame, dependencias: Sequence[str], ejercicio: int) -> str:
    """Cuánto se autorizó, se modificó y se devengó; el capítulo mayor y los que no tenían autorizado inicial."""
    suma, (quien, varias) = total(tabla), comunes.quienes(dependencias)
    tuvo, cerro = ("tuvieron", "devengaron") if varias else ("tuvo", "devengó")
    frases = [
        f"En {ejercicio}, {quien} {tuvo} {_pesos(suma['autorizado_inicial'])} autorizados al inicio y "
        f"{dinero(suma['modificado'])} después de sus modificaciones; {cerro} {dinero(suma['devengado'])}, "
        f"{formato.parte(suma['devengado_pct'], 'sin porcentaje')} de lo modificado."
    ]
    capitulos = _capitulos(tabla)
    if not capitulos.empty:
        mayor = capitulos.loc[capitulos["modificado"].idxmax()]
        frases.append(
            f"El capítulo con más dinero es {nombrar(mayor, capitulos)}: {dinero(mayor['modificado'])} modificados, "
            f"de los que {cerro} {formato.parte(mayor['devengado_pct'], 'un porcentaje que no se imprime')}."
        )
        frases.append(_sin_inicial(capitulos))
    return comunes.parrafo([*frases, LADO_A_LADO], frases)


def parrafo_sin(ejercicio: int, dependencias: Sequence[str], evaluables: int) -> str:
    """Lo que se lee cuando no hay dinero que mostrar; `evaluables`: cuántos compromisos tienen cumplimiento."""
    queda = (
        "Lo que sí se puede leer es el avance físico de cada programa: cuántas metas y acciones quedaron en la banda, "
        "cuántas por debajo y cuántas rebasaron su plan."
        if evaluables
        else "De cada programa se puede leer cuántas metas y acciones comprometió; todavía no hay avance que evaluar."
    )
    return f"{sin_presupuesto(ejercicio, dependencias)}. {queda}"


def cobertura(indicador: pd.DataFrame) -> list[tuple[str, str]]:
    """Metas y acciones aparte: de cuántas exigibles hay reporte. Filas de la consulta indicadores."""
    linea = []
    for nivel in ("meta", "accion"):
        suyas = indicador[indicador["nivel"] == nivel]
        reportados, esperados = (int(suyas[c].sum()) for c in ("reportados", "esperados"))
        dicho = f"{formato.numero(reportados)} de {formato.numero(esperados)}" if esperados else "ninguna exigible"
        linea.append((f"{formato.mayuscula(formato.nivel(nivel, 2))} con reporte:", dicho))
    return linea


def _sin_inicial(capitulos: pd.DataFrame) -> str:
    sin = capitulos[(capitulos["autorizado_inicial"] == 0) & (capitulos["modificado"] > 0)]
    if sin.empty:
        return ""
    if len(sin) == 1:
        unico = sin.iloc[0]
        nombre = nombrar(unico, capitulos).removeprefix("el capítulo ")
        return f"El capítulo {nombre} no tenía autorizado inicial y terminó con {dinero(unico['modificado'])}."
    return (
        f"No tenían autorizado inicial {formato.plural(len(sin), 'capítulo', 'capítulos')}, que terminaron con "
        f"{dinero(sin['modificado'].sum())}."
    )


def figura(tabla: pd.DataFrame) -> str:
    """El capítulo que más ganó o perdió en el año y el que menos devengó de lo suyo."""
    capitulos = _capitulos(tabla)
    if capitulos.empty:
        return "Sin capítulos que mostrar"
    frase = _extremos(capitulos, 80)
    return frase if len(frase) <= _LETRAS_FIGURA else _extremos(capitulos, 34)


def _extremos(capitulos: pd.DataFrame, largo: int) -> str:
    mayor = capitulos.loc[capitulos["ampliacion"].fillna(0).abs().idxmax()]
    menor = capitulos.loc[capitulos["devengado_pct"].fillna(float("inf")).idxmin()]
    el_mayor, el_menor = (nombrar(fila, capitulos, largo) for fila in (mayor, menor))
    gano = ""
    if mayor["ampliacion"]:
        verbo = "ganó" if mayor["ampliacion"] > 0 else "perdió"
        gano = f"El capítulo {el_mayor.removeprefix('el capítulo ')} {verbo} {dinero(abs(mayor['ampliacion']))}"
    if formato.es_blanco(menor["devengado_pct"]) or (len(capitulos) == 1 and gano):
        return gano or "Ningún capítulo imprime lo devengado"
    parte = formato.parte(menor["devengado_pct"])
    if not gano:
        return f"{formato.mayuscula(el_menor)} devengó {parte} de lo modificado"
    if mayor.name == menor.name:
        return f"{gano} y es el que menos devengó: {parte}"
    return f"{gano}; el que menos devengó, {el_menor}: {parte}"


def _capitulos(tabla: pd.DataFrame) -> pd.DataFrame:
    """Los capítulos con dinero modificado: con los demás no hay qué comparar."""
    return tabla[tabla["capitulo"].notna() & tabla["modificado"].notna()].reset_index(drop=True)


def nombrar(fila: pd.Series, capitulos: pd.DataFrame, largo: int = 80) -> str:
    """«servicios generales», a lo más `largo` letras; con su programa si el mismo nombre está en otro."""
    nombre = formato.minusculas(fila["descripcion"]) or f"el capítulo {formato.texto(fila['capitulo'])}"
    nombre = formato.recortar(nombre, largo)
    if (capitulos["descripcion"] == fila["descripcion"]).sum() > 1 and not formato.es_blanco(fila["programa_clave"]):
        return f"{nombre} (programa {formato.texto(fila['programa_clave'])})"
    return nombre


def dinero(pesos: float) -> str:
    """Pesos para decirse en voz alta: «30.1 millones», «138.7 mil»."""
    if formato.es_blanco(pesos):
        return "una cantidad que no se imprime"
    if abs(pesos) >= 1e6:
        cuantos = round(pesos / 1e6, 1)
        return f"{formato.numero(cuantos)}{formato.ESPACIO}{'millón' if cuantos == 1 else 'millones'}"
    if abs(pesos) >= 1000:
        return f"{formato.numero(round(pesos / 1000, 1))}{formato.ESPACIO}mil"
    return f"{formato.numero(pesos)}{formato.ESPACIO}pesos"


def _pesos(pesos: float) -> str:
    """«23.2 millones de pesos»: la primera cifra del párrafo dice de qué."""
    dicho = dinero(pesos)
    if dicho.endswith(("millón", "millones")):
        return f"{dicho} de pesos"
    return f"{dicho} pesos" if dicho.endswith("mil") else dicho
