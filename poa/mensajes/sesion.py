"""Lo que dice el modo sesión: el orden de sus pasos, por qué se pregunta primero y qué tan segura es cada cifra."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from poa import formato
from poa.mensajes import comunes

# La clave de una dependencia nunca lleva guion: ninguna se puede confundir con el primer paso ni con el último.
ORDEN = "orden-del-dia"
ACUERDOS = "acuerdos-sesion"
SIN_META = "sin-meta"
# De lo demás no hay nada que preguntar.
EN_ORDEN = ("Cumple", "Sin programación", "Aún no exigible")
NO_EXISTE = "Se pidió un paso que no está en este corte; este es el más cercano."
# De lo que sí imprime cifras por trimestre, pero no hay regla que las junte.
SIN_JUNTAR = "sus trimestres no se pueden juntar en una cifra"
# Lo que se dice junto a una cifra que no se lee tal cual.
RESERVAS = {
    "distinto": "total distinto del impreso",
    "reconstruido": "cifra reconstruida",
    "ambiguo": "cifra con dos lecturas",
}


# ---------------------------------------------------------------- el recorrido


@dataclass(frozen=True)
class Paso:
    """Un paso de la sesión: el orden del día, la apertura de una dependencia, una meta y sus acciones, o los acuerdos.

    `clave` es lo que lleva la dirección: `ORDEN`, «bisom», «bisom/300» o `ACUERDOS`. `meta_clave` es None si no es de
    una meta; `nombre`, cómo se le llama en el recorrido; `turno`, «dependencia 1 de 7», si hay varias.
    """

    clave: str
    nombre: str
    dependencia: str | None = None
    meta_clave: str | None = None
    turno: str = ""

    def filas(self, todas: pd.DataFrame) -> pd.DataFrame:
        """De las filas de la consulta cumplimiento, las de este paso; en los que no son de una dependencia, todas."""
        if self.dependencia is None:
            return todas
        suyas = todas[todas["dependencia"] == self.dependencia]
        return suyas if self.meta_clave is None else suyas[_metas(suyas) == self.meta_clave]


def _metas(filas: pd.DataFrame) -> pd.Series:
    return filas["meta_clave"].map(lambda clave: formato.texto(clave, SIN_META))


def orden_impreso(filas: pd.DataFrame) -> list[str]:
    """Las dependencias como aparecen en los documentos, que es como las llama el orden del día.

    `filas`: una por compromiso, con `documento`, `pagina` y `renglon`.
    """
    return list(filas.sort_values(["documento", "pagina", "renglon"], kind="stable")["dependencia"].drop_duplicates())


def recorrer(filas: pd.DataFrame, nombres: Mapping[str, str]) -> list[Paso]:
    """Los pasos en orden: por dependencia, su apertura y sus metas por clave; al final, los acuerdos.

    Si hay varias dependencias, antes va el orden del día; el de una sola es su apertura.
    `filas`: una por compromiso del corte, en el orden de sus claves.
    """
    presentes = orden_impreso(filas)
    varias = len(presentes) > 1
    pasos = [Paso(ORDEN, "Orden del día")] if varias else []
    for n, dependencia in enumerate(presentes, 1):
        suyas = filas[filas["dependencia"] == dependencia]
        nombre = nombres.get(dependencia, "Dependencia sin nombre")
        turno = f"dependencia {n} de {len(presentes)}" if varias else ""
        pasos.append(Paso(dependencia, nombre, dependencia, turno=turno))
        for meta in dict.fromkeys(_metas(suyas)):
            de_meta = f"{nombre}, {'acciones sin meta' if meta == SIN_META else f'meta {meta}'}"
            pasos.append(Paso(f"{dependencia}/{meta}", de_meta, dependencia, meta, turno))
    return [*pasos, Paso(ACUERDOS, "Acuerdos de la sesión")]


def buscar(pasos: Sequence[Paso], pedido: str | None) -> tuple[int, bool]:
    """El lugar del paso pedido y si es ese; si no existe, el de su dependencia o el primero.

    Sin pedir ninguno, el primero; también si se pide el orden del día de una sola dependencia.
    """
    claves = [paso.clave for paso in pasos]
    if pedido in (None, "", ORDEN):
        return 0, True
    if pedido in claves:
        return claves.index(pedido), True
    dependencia = pedido.partition("/")[0]
    return (claves.index(dependencia) if dependencia in claves else 0), False


# ---------------------------------------------------------------- lo que se ve en un paso


def por_preguntar(acciones: pd.DataFrame, tambien: Collection[str]) -> pd.Series:
    """Cuáles van primero: las que se salieron del plan o no se pueden evaluar y, con ellas, las de `tambien`.

    `tambien`: los `vigente_id` de las que traen un acuerdo anterior o un texto que sus cifras desmienten.
    """
    return ~acciones["estado"].isin(EN_ORDEN) | acciones["vigente_id"].isin(tambien)


def titulo_preguntar(n: int) -> str:
    """El título de las que van primero."""
    return f"Para preguntar: {formato.contar(n, 'accion')}"


def titulo_en_orden(acciones: pd.DataFrame, hay_otras: bool) -> str:
    """El título de las que no piden explicación: cuántas son y en qué estados están."""
    n = len(acciones)
    quienes = formato.mayuscula(_sus(n))
    if hay_otras:
        quienes = "La otra acción" if n == 1 else f"Las otras {formato.contar(n, 'accion')}"
    if (acciones["estado"] == "Aún no exigible").all():
        return f"{quienes}: lo programado en cada trimestre"
    conteo = acciones["estado"].value_counts()
    cuentas = (("Cumple", "en banda"), ("Sin programación", "sin programación"), ("Aún no exigible", "sin vencer"))
    hay = [(int(conteo[estado]), como) for estado, como in cuentas if estado in conteo.index]
    if len(hay) == 1 and hay[0][0] == n:
        return f"{quienes}, {hay[0][1]}"
    return f"{quienes}: {formato.lista(f'{cuantas}{formato.ESPACIO}{como}' for cuantas, como in hay)}"


def _sus(n: int) -> str:
    return "su única acción" if n == 1 else f"sus {formato.contar(n, 'accion')}"


def compromete(fila: Mapping) -> tuple[str, str]:
    """(«40,000», «en el año (unidad: persona usuaria)»): lo que un plan compromete, o que no lo dice."""
    if formato.es_blanco(fila["meta_anual"]):
        return "", "No imprime su meta anual"
    unidad = formato.unidad(fila["unidad_medida"])
    return formato.numero(fila["meta_anual"]), f"en el año{f' (unidad: {unidad})' if unidad else ''}"


def hay_previos(n: int) -> str:
    """Cuántos acuerdos anteriores tiene una dependencia."""
    if not n:
        return "No hay acuerdos de cortes anteriores sobre sus compromisos."
    donde = "está junto a su compromiso" if n == 1 else "cada uno, junto a su compromiso"
    return f"Hay {formato.plural(n, 'acuerdo', 'acuerdos')} de cortes anteriores; {donde}."


def sin_informe(cortes: pd.DataFrame, corte: str) -> str:
    """«IMJUM no informa este corte; su último es T2 2026»: quién informó antes en el año y falta; nada si nadie.

    `cortes`: la consulta de ese nombre, del ejercicio.
    """
    antes = cortes[cortes["corte"] < corte].groupby("dependencia_corta")["corte"].max()
    faltan = antes.drop(cortes.loc[cortes["corte"] == corte, "dependencia_corta"], errors="ignore")
    if faltan.empty:
        return ""
    if len(faltan) == 1:
        return f"{faltan.index[0]} no informa este corte; su último es {formato.corte_corto(faltan.iloc[0])}"
    quienes = formato.lista(f"{quien} ({formato.corte_corto(ultimo)})" for quien, ultimo in faltan.items())
    return f"No informan este corte, con el último que informaron: {quienes}"


# ---------------------------------------------------------------- una cifra


def cifra(fila: Mapping) -> str:
    """«60 de 75, 80 %», lo acumulado; lo que falta, lo que todavía es solo plan y lo que no se evalúa, con palabras.

    Si su reporte está incompleto, lo dice. `fila`: `programado, alcanzado, cumplimiento_pct`, `estado` y, si las lleva,
    `etiquetas`.
    """
    if fila["estado"] == "Aún no exigible":
        return "solo plan, sin avance"
    programado, alcanzado = (formato.numero(fila[c], si_falta="") for c in ("programado", "alcanzado"))
    if not programado and not alcanzado:
        return SIN_JUNTAR if fila["estado"] == "Dato por revisar" else "sin dato"
    if not programado:
        return f"alcanzó {alcanzado}; sin dato de lo programado"
    if not alcanzado:
        return f"programó {programado}; sin dato de lo alcanzado"
    pct = formato.porcentaje(fila["cumplimiento_pct"], "")
    return f"{alcanzado} de {programado}{f', {pct}' if pct else ''}{comunes.a_medias(fila)}"


def le_falta(fila: Mapping) -> bool:
    """Si a lo acumulado le falta lo programado o lo alcanzado, y hay que decirlo con palabras."""
    return any(formato.es_blanco(fila[c]) for c in ("programado", "alcanzado"))


def reserva(fila: Mapping) -> str:
    """«cifra reconstruida», «el informe imprime 90»…; nada si es segura o si no hay cifra que poner en duda.

    `fila`: como la de `cifra`, con la `certeza` de sus cifras y, si lo lleva, su `total_impreso`. De un plan, la cifra
    es lo programado.
    """
    sin_cifra = all(formato.es_blanco(fila[c]) for c in ("programado", "alcanzado"))
    if sin_cifra and fila["estado"] not in ("Aún no exigible", "Dato por revisar"):
        return ""
    if fila["certeza"] == "distinto" and not formato.es_blanco(fila.get("total_impreso")):
        return f"el informe imprime {formato.numero(fila['total_impreso'])}"
    return RESERVAS.get(formato.texto(fila["certeza"], ""), "")
