"""Las frases que dicen varias páginas: quiénes, cuántas por estado, cobertura y títulos de listas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from poa import formato, tema

POCAS = 5  # con menos evaluables no se dice que un grupo es el de menor parte: una sola mueve 25 puntos
LARGO_PARRAFO = 430  # letras que se leen en voz alta sin perder a quien oye
_PLURALES = {"dependencia": "dependencias", "unidad ejecutora": "unidades ejecutoras", "programa": "programas"}
_duro = formato.ESPACIO
# con lo que no termina una frase cortada
_SUELTAS = "a|al|ante|con|de|del|e|el|en|la|las|lo|los|medio|o|para|por|que|se|sin|su|sus|u|un|una|y"


def evaluables(n_por_estado: Mapping[str, int]) -> int:
    """Cuántos compromisos tienen cumplimiento calculado (Sin avance a Meta subestimada)."""
    return sum(n_por_estado.get(e, 0) for e in tema.EVALUABLES)


def los_que_cuentan(filas: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """De qué se habla: ('accion', las acciones) o, si no hay ninguna, ('meta', las metas).

    `filas`: una por compromiso, con su `nivel`.
    """
    nivel = "accion" if (filas["nivel"] == "accion").any() else "meta"
    return nivel, filas[filas["nivel"] == nivel]


def quienes(dependencias: Sequence[str]) -> tuple[str, bool]:
    """Sujeto de la frase y si va en plural: «DIF e IMMM»; más de tres se cuentan («las 7 dependencias»)."""
    if len(dependencias) > 3:
        return f"las {len(dependencias)} dependencias", True
    return formato.lista(dependencias), len(dependencias) != 1


def nombrar(fila: Mapping, nivel: str, largo: int = 50) -> str:
    """«la acción 403, «Dar seguimiento a las obras…»»: clave y principio de la descripción; con `largo` 0, sin ella."""
    nombre = f"la {formato.nivel(nivel)} {formato.texto(fila['clave'])}"
    if not largo:
        return nombre
    if formato.es_blanco(fila["descripcion"]):
        return f"{nombre}, sin descripción impresa"
    breve = formato.recortar(formato.oracion(fila["descripcion"]), largo).rstrip(" .")
    return f"{nombre}, «{re.sub(rf'(?: (?:{_SUELTAS}))+…$', '…', breve)}»"


def a_medias(fila: Mapping) -> str:
    """« (reporte incompleto)» si su porcentaje es solo el de los trimestres reportados; si no, nada."""
    return " (reporte incompleto)" if tema.es_incompleto(fila) else ""


def incompletos(filas: pd.DataFrame) -> str:
    """«, 6 de ellas incompleto»: de cuántas falta el reporte de algún trimestre, o nada."""
    n = int(filas["etiquetas"].fillna("").str.contains("reporte incompleto", regex=False).sum())
    return (f", {n}{_duro}de ellas incompleto" if len(filas) > 1 else ", incompleto") if n else ""


def dudas(certezas: Iterable[object]) -> list[tuple[int, str]]:
    """[(13, «cifras reconstruidas o ambiguas»), (7, «un total distinto del impreso»)]: cuántos de cada duda que haya.

    `certezas`: la de cada compromiso, como las da mensajes.dependencias.certezas.
    """
    n = Counter(certezas)
    cuentas = (
        (n["reconstruido"] + n["ambiguo"], "cifras reconstruidas o ambiguas"),
        (n["distinto"], "un total distinto del impreso"),
    )
    return [(cuantos, que) for cuantos, que in cuentas if cuantos]


def parrafo(*versiones: Iterable[str]) -> str:
    """Las frases que haya, en un párrafo: el de la primera versión que se pueda leer de corrido, o la última."""
    dichos = [" ".join(frase for frase in frases if frase) for frases in versiones]
    return next((dicho for dicho in dichos if len(dicho) <= LARGO_PARRAFO), dichos[-1])


def estados(n_por_estado: Mapping[str, int] | pd.Series, nivel: str, dependencias: Sequence[str], corte: str) -> str:
    """«BISOM cumplió 21 de 52 acciones; 9 quedaron por debajo del plan y 12 lo rebasaron»."""
    n_por_estado = {str(e): int(n) for e, n in n_por_estado.items() if n}
    total, base = sum(n_por_estado.values()), evaluables(n_por_estado)
    quien, varias = quienes(dependencias)
    quien = formato.mayuscula(quien)
    if not total:
        return f"No hay {formato.nivel(nivel, 2)} para esta selección en el {formato.corte(corte)}"
    if n_por_estado.get("Aún no exigible", 0) == total:
        verbo = "comprometen" if varias else "compromete"
        return f"{quien} {verbo} {formato.contar(total, nivel)}; ninguna es exigible todavía"
    if not base:
        verbo = "tienen" if varias else "tiene"
        cuantas = formato.contar(total, nivel)
        return f"{quien} {verbo} {cuantas} y ninguna se puede evaluar en el {formato.corte(corte)}"
    verbo = "cumplieron" if varias else "cumplió"
    frase = f"{quien} {verbo} {formato.numero(n_por_estado.get('Cumple', 0))} de {formato.contar(base, nivel)}"
    if base < total:
        frase += " evaluable" if base == 1 else " evaluables"
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


def grupos(conteo: pd.DataFrame, nivel: str, como: str) -> str:
    """El grupo con menor parte en banda; sin evaluables, el que más compromete.

    Entra una fila por grupo y estado: `grupo`, `estado`, `n`.
    """
    if conteo.empty:
        return "Sin datos que mostrar"
    base = conteo[conteo["estado"].isin(tema.EVALUABLES)].groupby("grupo", sort=False)["n"].sum()
    total = conteo.groupby("grupo", sort=False)["n"].sum()
    if base.empty:
        return mas_compromete(total, nivel, como)
    cumplen = conteo[conteo["estado"] == "Cumple"].groupby("grupo")["n"].sum()
    tabla = pd.DataFrame({"evaluables": base, "cumplen": cumplen}, index=total.index).fillna(0)
    return menor_parte(tabla.rename_axis("grupo").reset_index(), nivel, como)


def varios(como: str) -> str:
    """«las unidades ejecutoras», «los programas»."""
    return f"{'los' if como == 'programa' else 'las'} {_PLURALES[como]}"


def mas_compromete(total: pd.Series, nivel: str, como: str) -> str:
    """Quién compromete más, con sus empates; `total`: cuántos compromisos por grupo."""
    mayores = list(total.index[total == total.max()])
    cuantas = formato.contar(int(total.sum()), nivel)
    if len(total) == 1:
        return f"{mayores[0]} compromete {cuantas}"
    if len(mayores) > 1:
        de_a = f"{formato.contar(int(total.max()), nivel)} {'cada uno' if como == 'programa' else 'cada una'}"
        if len(mayores) == len(total):
            return f"{formato.mayuscula(varios(como))} comprometen lo mismo: {de_a}"
        los = formato.lista(mayores) if len(mayores) == 2 else f"{len(mayores)} de {varios(como)}"
        return f"{los} son quienes más comprometen: {de_a}"
    prefijo = "El programa " if como == "programa" else ""
    nombre = f"«{mayores[0]}»" if prefijo else mayores[0]
    return f"{prefijo}{nombre} compromete más: {formato.numero(total.max())} de {cuantas}"


def con_nombre(grupos: pd.DataFrame, como: str) -> pd.DataFrame:
    """Los grupos que la hoja nombra: lo que quedó «sin unidad ejecutora» no es una de ellas."""
    return grupos[grupos["grupo"] != f"Sin {como} en la hoja"]


def menor_parte(grupos: pd.DataFrame, nivel: str, como: str) -> str:
    """«Técnico es la unidad ejecutora con menor parte en banda: 1 de 7 acciones».

    Entra una fila por grupo con `grupo`, `evaluables` y `cumplen`. Dice los empates; del que tiene pocas
    evaluables no dice que sea el menor, sino cuántas tiene él y cuántas los demás.
    """
    todos = grupos[grupos["evaluables"] > 0]
    juzgados = con_nombre(todos, como)
    if juzgados.empty:
        juzgados = todos
    parte = juzgados["cumplen"] / juzgados["evaluables"]
    peores = juzgados[parte == parte.min()]
    peor = peores.iloc[0]
    cuantas = f"{formato.numero(peor['cumplen'])} de {formato.contar(int(peor['evaluables']), nivel)}"
    if len(juzgados) == 1:
        otras = todos.drop(juzgados.index)
        resto = f"; sin {como} en la hoja, {_de(otras)}" if len(otras) else ""
        return f"{peor['grupo']}: {cuantas} en banda{resto}"
    if len(peores) == len(juzgados):
        cuales = " que se pueden evaluar" if len(juzgados) < len(grupos) else ""
        pct = formato.parte(100 * parte.min())
        return f"{formato.mayuscula(varios(como))}{cuales} tienen la misma parte en banda: {pct}"
    if len(peores) == 2:
        dos = formato.lista(f"{fila['grupo']} ({_de(peores.loc[[i]])})" for i, fila in peores.iterrows())
        return f"{dos} tienen la menor parte en banda"
    if len(peores) > 2:
        return f"{len(peores)} de {varios(como)} tienen la menor parte en banda: {formato.parte(100 * parte.min())}"
    if peor["evaluables"] < POCAS:
        otros = juzgados.drop(peor.name)
        demas = otros["grupo"].iloc[0] if len(otros) == 1 else varios(como).replace("s ", "s demás ", 1)
        return f"{peor['grupo']}: {cuantas} en banda; {demas}, {_de(otros)}"
    el = "el programa" if como == "programa" else f"la {como}"
    return f"{peor['grupo']} es {el} con menor parte en banda: {cuantas}"


def _de(grupos: pd.DataFrame) -> str:
    return f"{formato.numero(grupos['cumplen'].sum())} de {formato.numero(grupos['evaluables'].sum())}"


def programan(n: Mapping[int, int], total: int, nivel: str, quien: str) -> str:
    """«De las 16 acciones de DIF, programan algo 15 en ene–mar…»; `n`: cuántas en cada trimestre, del 1 al 4."""
    if not any(n.values()):
        return f"El plan de {quien} no reparte sus {formato.nivel(nivel, 2)} por trimestre"
    todos = all(cuantas == total for cuantas in n.values())
    if total == 1:
        en = "los cuatro trimestres" if todos else formato.lista(formato.TRIMESTRES[t] for t, hay in n.items() if hay)
        return f"La única {formato.nivel(nivel)} de {quien} se programa en {en}"
    todas = f"{formato.contar(total, nivel)} de {quien}"
    if todos:
        return f"Las {todas} programan algo en los cuatro trimestres"
    partes = [f"{formato.numero(hay)} en {formato.TRIMESTRES[t]}" for t, hay in n.items()]
    return f"De las {todas}, programan algo {formato.lista(partes)}"


def cobertura(reportados: int, exigibles: int) -> str:
    """«Con reporte 48 de 52 exigibles (92.3 %)»; sin exigibles lo dice."""
    if not exigibles:
        return "Todavía no hay compromisos exigibles"
    return (
        f"Con reporte {formato.numero(reportados)} de {formato.plural(exigibles, 'exigible', 'exigibles')} "
        f"({formato.parte(100 * reportados / exigibles)})"
    )


def cuantos(mostrados: int, todos: int) -> str:
    """«Se muestran 5 de 15: ver todas», o cuántas son si se muestran todas."""
    if mostrados < todos:
        return f"Se muestran {mostrados} de {todos}: ver todas"
    return "Es la única" if todos == 1 else f"Son {todos}"


def lista(cual: str, n: int, nivel: str) -> str:
    """Título de una lista de compromisos: «▼ Crítico: 3 acciones»."""
    nombre = tema.rotulo_estado(cual) if cual in tema.ESTADOS else cual
    return f"{formato.texto(nombre)}: {formato.contar(n, nivel)}"
