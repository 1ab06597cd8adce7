"""Las frases que dicen varias páginas: quiénes, cuántas por estado, cobertura y títulos de listas."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from poa import formato, tema

_duro = formato.ESPACIO
# con lo que no termina una frase cortada
_SUELTAS = "a|al|ante|con|de|del|e|el|en|la|las|lo|los|medio|o|para|por|que|se|sin|su|sus|u|un|una|y"


def evaluables(n_por_estado: Mapping[str, int]) -> int:
    """Cuántos compromisos tienen cumplimiento calculado (Sin avance a Meta subestimada)."""
    return sum(n_por_estado.get(e, 0) for e in tema.EVALUABLES)


def quienes(dependencias: Sequence[str]) -> tuple[str, bool]:
    """Sujeto de la frase y si va en plural: «DIF e IMMM»; más de tres se cuentan («las 7 dependencias»)."""
    if len(dependencias) > 3:
        return f"las {len(dependencias)} dependencias", True
    return formato.lista(dependencias), len(dependencias) != 1


def nombrar(fila: Mapping, nivel: str, largo: int = 50) -> str:
    """«la acción 403, «Dar seguimiento a las obras…»»: clave y principio de la descripción de un compromiso."""
    nombre = f"la {formato.nivel(nivel)} {formato.texto(fila['clave'])}"
    if formato.es_blanco(fila["descripcion"]):
        return f"{nombre}, sin descripción impresa"
    breve = formato.recortar(formato.oracion(fila["descripcion"]), largo).rstrip(" .")
    return f"{nombre}, «{re.sub(rf'(?: (?:{_SUELTAS}))+…$', '…', breve)}»"


def estados(n_por_estado: Mapping[str, int] | pd.Series, nivel: str, dependencias: Sequence[str], corte: str) -> str:
    """«BISOM cumplió 21 de 52 acciones; 9 quedaron por debajo del plan y 12 lo rebasaron»."""
    n_por_estado = {str(e): int(n) for e, n in n_por_estado.items() if n}
    total, base = sum(n_por_estado.values()), evaluables(n_por_estado)
    quien, varias = quienes(dependencias)
    quien = formato.mayuscula(quien)
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
    frase = f"{quien} {verbo} {formato.numero(n_por_estado.get('Cumple', 0))} de {formato.contar(base, nivel)}"
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
    if base.empty:
        total = conteo.groupby("grupo", sort=False)["n"].sum()
        mayor = total.idxmax()
        if len(total) == 1:
            return f"{mayor} compromete {formato.contar(total[mayor], nivel)}"
        return f"{mayor} compromete más: {formato.numero(total[mayor])} de {formato.contar(total.sum(), nivel)}"
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
