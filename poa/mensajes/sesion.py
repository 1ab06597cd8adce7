"""Lo que dice el modo sesión: el orden de sus pasos, por qué se pregunta primero y qué tan segura es cada cifra."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from poa import formato
from poa.mensajes import comunes

# La clave de una dependencia nunca lleva guion: ninguna se puede confundir con el último paso.
ACUERDOS = "acuerdos-sesion"
SIN_META = "sin-meta"
# De lo demás no hay nada que preguntar.
EN_ORDEN = ("Cumple", "Sin programación", "Aún no exigible")
NO_EXISTE = "La dirección pide un paso que no está en este corte; este es el más cercano."
# Lo que se dice junto a una cifra que no se lee tal cual.
RESERVAS = {"reconstruido": "cifra reconstruida", "ambiguo": "cifra con dos lecturas"}


# ---------------------------------------------------------------- el recorrido


@dataclass(frozen=True)
class Paso:
    """Un paso de la sesión: la apertura de una dependencia, una meta con sus acciones, o los acuerdos.

    `clave` es lo que lleva la dirección: «bisom», «bisom/300» o `ACUERDOS`. `meta_clave` es None si no es de una
    meta; `nombre`, cómo se le llama en el recorrido.
    """

    clave: str
    nombre: str
    dependencia: str | None = None
    meta_clave: str | None = None

    def filas(self, todas: pd.DataFrame) -> pd.DataFrame:
        """De las filas de la consulta cumplimiento, las de este paso; en el de los acuerdos, todas."""
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

    `filas`: una por compromiso del corte, en el orden de sus claves.
    """
    pasos = []
    for dependencia in orden_impreso(filas):
        suyas = filas[filas["dependencia"] == dependencia]
        nombre = nombres.get(dependencia, "Dependencia sin nombre")
        pasos.append(Paso(dependencia, nombre, dependencia))
        for meta in dict.fromkeys(_metas(suyas)):
            de_meta = f"{nombre}, {'acciones sin meta' if meta == SIN_META else f'meta {meta}'}"
            pasos.append(Paso(f"{dependencia}/{meta}", de_meta, dependencia, meta))
    return [*pasos, Paso(ACUERDOS, "Acuerdos de la sesión")]


def buscar(pasos: Sequence[Paso], pedido: str | None) -> tuple[int, bool]:
    """El lugar del paso pedido y si es ese; si no existe, el de su dependencia o el primero.

    Sin pedir ninguno, el primero.
    """
    claves = [paso.clave for paso in pasos]
    if not pedido:
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
    """(«40,000», «persona usuaria en el año»): lo que un plan compromete, en grande y en pequeño; o que no lo dice."""
    if formato.es_blanco(fila["meta_anual"]):
        return "", "No imprime su meta anual"
    return formato.numero(fila["meta_anual"]), f"{formato.unidad(fila['unidad_medida'])} en el año".strip()


def hay_previos(n: int) -> str:
    """Cuántos acuerdos anteriores tiene una dependencia."""
    if not n:
        return "No hay acuerdos de cortes anteriores."
    return f"Hay {formato.plural(n, 'acuerdo', 'acuerdos')} de cortes anteriores; cada uno, junto a su compromiso."


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
        return "sin dato"
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
    """«cifra reconstruida» o «cifra con dos lecturas»; nada si es segura o si no hay cifra que poner en duda.

    `fila`: como la de `cifra`, con la `certeza` de sus cifras. De un plan, la cifra es lo programado.
    """
    sin_cifra = all(formato.es_blanco(fila[c]) for c in ("programado", "alcanzado"))
    if sin_cifra and fila["estado"] != "Aún no exigible":
        return ""
    return RESERVAS.get(formato.texto(fila["certeza"], ""), "")
