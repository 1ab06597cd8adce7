"""Lo que dice el modo sesión: el orden de sus pasos, por qué se pregunta primero y qué se movió desde cada acuerdo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from poa import formato, tema
from poa.acuerdos import Acuerdo
from poa.mensajes import comunes
from poa.mensajes.hilo import Fila, quiebre

# La clave de una dependencia nunca lleva guion: ninguna se puede confundir con el último paso.
ACUERDOS = "acuerdos-sesion"
SIN_META = "sin-meta"
# De lo demás no hay nada que preguntar.
EN_ORDEN = ("Cumple", "Sin programación", "Aún no exigible")
NO_EXISTE = "La dirección pide un paso que no está en este corte; este es el más cercano."
SIN_ACUERDOS = "Todavía no se apunta ningún acuerdo en esta sesión."
DONDE_SE_APUNTA = "En el paso de cada meta, con «Apuntar acuerdo»; aquí se reúnen y de aquí sale el acta."
SIN_LUGAR = "De sesiones anteriores, sobre compromisos que ya no están en este corte"
SIN_MOVIMIENTO = "sin informe nuevo desde entonces"


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


def recorrer(filas: pd.DataFrame, dependencias: Sequence[str], nombres: Mapping[str, str]) -> list[Paso]:
    """Los pasos en orden: por dependencia, su apertura y sus metas como están impresas; al final, los acuerdos.

    `filas`: una por compromiso del corte, en orden; `dependencias`: las del corte, en el orden del día.
    """
    pasos = []
    for dependencia in dependencias:
        suyas = filas[filas["dependencia"] == dependencia]
        if suyas.empty:
            continue
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
    """(«40,000», «persona usuaria en el año»): lo que un plan compromete, en grande y en pequeño."""
    if formato.es_blanco(fila["meta_anual"]):
        return formato.RAYA, "no imprime su meta anual"
    return formato.numero(fila["meta_anual"]), f"{formato.unidad(fila['unidad_medida'])} en el año".strip()


def hay_previos(n: int) -> str:
    """Cuántos acuerdos anteriores tiene una dependencia."""
    if not n:
        return "No hay acuerdos de cortes anteriores."
    return f"Hay {formato.plural(n, 'acuerdo', 'acuerdos')} de cortes anteriores; cada uno, junto a su compromiso."


# ---------------------------------------------------------------- los acuerdos


@dataclass(frozen=True)
class Seguido:
    """Un acuerdo visto desde un compromiso de un corte: `porque` no se compara, o None si sí se puede.

    `porque`: lo que da mensajes.hilo.quiebre, «sin_enlace», «sin_informe» o «este_corte». `enlace` es el que se
    quiebra, si es uno.
    """

    acuerdo: Acuerdo
    porque: str | None
    enlace: Fila | None = None


def seguir(
    acuerdos: Sequence[Acuerdo],
    filas: pd.DataFrame,
    eslabones: Mapping[str, str],
    enlaces: Sequence[Fila],
    corte: str,
    misma_unidad: Callable[[str | None, str | None], bool],
) -> dict[str, list[Seguido]]:
    """Por `vigente_id`, los acuerdos de su compromiso hasta ese corte y si su cifra se puede comparar.

    `filas`: una por compromiso del corte; `eslabones`: el de cada `vigente_id`; `enlaces`: los de la consulta
    hilo_enlaces. Un acuerdo llega a un compromiso si es el mismo de ese plan, si el linaje lleva de uno a otro o si
    en el año conserva su clave.
    """
    salen: dict[str, list[Fila]] = {}
    for n in enlaces:
        salen.setdefault(n["origen"], []).append(n)
    por_vigente = {fila["vigente_id"]: fila for fila in filas.to_dict("records")}
    del_eslabon = {eslabones[vigente]: vigente for vigente in por_vigente if vigente in eslabones}
    de: dict[str, list[Seguido]] = {}
    for acuerdo in acuerdos:
        if acuerdo.corte > corte:
            continue
        caminos = _caminos(acuerdo.eslabon, salen)
        llegan: dict[str, list[Fila] | None] = {
            del_eslabon[eslabon]: camino for eslabon, camino in caminos.items() if eslabon in del_eslabon
        }
        if acuerdo.vigente_id in por_vigente:
            llegan.setdefault(acuerdo.vigente_id, None)
        for vigente, camino in llegan.items():
            if seguido := _comparar(acuerdo, por_vigente[vigente], camino, corte, misma_unidad):
                de.setdefault(vigente, []).append(seguido)
    return de


def _caminos(desde: str, salen: Mapping[str, Sequence[Fila]]) -> dict[str, list[Fila]]:
    """Los enlaces que llevan de un eslabón a cada uno posterior; de dos caminos, el que menos se quiebra."""
    caminos: dict[str, list[Fila]] = {desde: []}
    por_ver = [desde]
    while por_ver:
        aqui = por_ver.pop(0)
        for n in salen.get(aqui, ()):
            camino = [*caminos[aqui], n]
            if n["destino"] not in caminos or _quiebres(camino) < _quiebres(caminos[n["destino"]]):
                caminos[n["destino"]] = camino
                por_ver.append(n["destino"])
    return caminos


def _quiebres(camino: Sequence[Fila]) -> int:
    return sum(quiebre(n) is not None for n in camino)


def _comparar(
    acuerdo: Acuerdo,
    fila: Mapping,
    camino: Sequence[Fila] | None,
    corte: str,
    misma_unidad: Callable[[str | None, str | None], bool],
) -> Seguido | None:
    if acuerdo.corte == corte:
        # el del mismo corte es de este compromiso, no de otro al que el linaje lo lleve
        return Seguido(acuerdo, "este_corte") if fila["vigente_id"] == acuerdo.vigente_id else None
    if camino is None:
        return Seguido(acuerdo, "sin_enlace")
    for n in camino:
        if razon := quiebre(n):
            return Seguido(acuerdo, razon, n)
    if fila["corte_informe"] <= acuerdo.corte:
        return Seguido(acuerdo, "sin_informe")
    una, otra = acuerdo.unidad_medida, fila["unidad_medida"]
    if not (formato.es_blanco(una) and formato.es_blanco(otra)) and not misma_unidad(una, otra):
        falta = formato.es_blanco(una) or formato.es_blanco(otra)
        unidades = {"unidad_origen": una, "unidad_destino": otra}
        return Seguido(acuerdo, "sin_unidad" if falta else "cambia_unidad", unidades)
    return Seguido(acuerdo, None)


def sueltos(
    acuerdos: Sequence[Acuerdo], seguidos: Mapping[str, Sequence[Seguido]], dependencias: Sequence[str], corte: str
) -> list[Acuerdo]:
    """Los acuerdos hasta ese corte de esas dependencias que no llegan a ningún compromiso suyo."""
    vistos = {s.acuerdo.acuerdo for suyos in seguidos.values() for s in suyos}
    return [a for a in acuerdos if a.corte <= corte and a.dependencia in dependencias and a.acuerdo not in vistos]


def cifra(fila: Mapping) -> str:
    """«60 de 75, 80 %», lo acumulado; lo que todavía es solo plan o no se puede evaluar lo dice.

    `fila`: `programado, alcanzado, cumplimiento_pct` y `estado`.
    """
    if fila["estado"] == "Aún no exigible":
        return "solo plan, sin avance"
    pct = formato.porcentaje(fila["cumplimiento_pct"], "")
    return f"{formato.numero(fila['alcanzado'])} de {formato.numero(fila['programado'])}{f', {pct}' if pct else ''}"


def cifra_con_estado(fila: Mapping) -> str:
    """«60 de 75, 80 % ▼ Crítico», para lo que se escribe sin color."""
    return f"{cifra(fila)} {tema.rotulo_estado(fila['estado'])}"


def de_quien(acuerdo: Acuerdo) -> str:
    """«JLM, 9 abr 2026 14:05», y si enmienda a otro."""
    cuando = f"{formato.fecha(acuerdo.fecha.date())} {acuerdo.fecha:%H:%M}"
    return f"{acuerdo.iniciales}, {cuando}{'; corregido' if acuerdo.corrige else ''}"


def cambio(acuerdo: Acuerdo, fila: Mapping) -> str:
    """«Pasó de «Crítico» a «Cumple»» o «sigue en «Crítico»», de lo que sí se compara."""
    antes, ahora = (formato.texto(x, "") for x in (acuerdo.estado, fila["estado"]))
    if not antes or not ahora:
        return ""
    umbrales = fila.get("preset")
    distintos = acuerdo.preset and umbrales and acuerdo.preset != umbrales
    con = f" (antes, con los umbrales {acuerdo.preset}{formato.ESPACIO}%)" if distintos else ""
    return f"{f'sigue en «{ahora}»' if antes == ahora else f'pasó de «{antes}» a «{ahora}»'}{con}"


def sin_comparar(seguido: Seguido) -> str:
    """Por qué no se compara la cifra de un acuerdo con la de ahora."""
    n = seguido.enlace or {}
    if seguido.porque == "cambia_unidad":
        de, a = (formato.unidad(n.get(c), "una que no se imprime") for c in ("unidad_origen", "unidad_destino"))
        return f"no se compara: cambió de unidad, de {de} a {a}" if de != a else "no se compara: cambió de unidad"
    return _PORQUES.get(seguido.porque or "", "no se compara: el linaje no lo permite")


_PORQUES = {
    "sin_informe": SIN_MOVIMIENTO,
    "afin": "no se compara: aquel era de otra dependencia, con propósito semejante",
    "sugerido": "no se compara: nadie ha confirmado que sea el mismo compromiso",
    "dividida": "no se compara: aquel compromiso se dividió en varios",
    "fusionada": "no se compara: aquel compromiso se reunió con otros en este",
    "sin_unidad": "no se compara: no siempre imprime su unidad de medida",
    "sin_enlace": "no se compara: el plan se rehízo y nadie ha confirmado que sea el mismo compromiso",
}


def origen(acuerdo: Acuerdo, fila: Mapping) -> str:
    """«, sobre la acción 3.5»: el compromiso del que era, si entonces tenía otra clave; si no, nada."""
    if acuerdo.clave == fila["clave"] and acuerdo.dependencia == fila["dependencia"]:
        return ""
    return f", sobre {comunes.nombrar({'clave': acuerdo.clave}, acuerdo.nivel, 0)} de {acuerdo.plan.split('.')[0]}"


def contar_acuerdos(n: int, corte: str) -> str:
    """«3 acuerdos en el cuarto trimestre de 2025», o que no hay."""
    if not n:
        return SIN_ACUERDOS
    return f"{formato.plural(n, 'acuerdo', 'acuerdos')} en la sesión del {formato.corte(corte)}"
