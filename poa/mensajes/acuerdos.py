"""Lo que se dice de los acuerdos: a qué compromiso de cada corte llegan, qué se movió y, si no se compara, por qué."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from poa import acuerdos as archivo
from poa import formato, tema
from poa.acuerdos import Acuerdo
from poa.mensajes import comunes, sesion, sesion_laminas
from poa.mensajes.hilo import Fila, quiebre

SIN_ACUERDOS = "Todavía no se apunta ningún acuerdo en esta sesión."
DONDE_SE_APUNTA = "En el paso de cada meta, con «Apuntar acuerdo»; aquí se reúnen y de aquí sale el acta."
SIN_LUGAR = "De sesiones anteriores, sobre compromisos que no están en este corte"
SIN_MOVIMIENTO = "sin informe nuevo desde entonces"


# ---------------------------------------------------------------- a dónde llega cada uno


@dataclass(frozen=True)
class Linaje:
    """Lo que hace falta para seguir un acuerdo hasta un corte.

    `eslabones`: el de cada `vigente_id` del corte; `enlaces`: los de la consulta hilo_enlaces; `fuera`: desde qué
    trimestre del año ya no está en el plan, de los que salieron de él, por `vigente_id`.
    """

    eslabones: Mapping[str, str]
    enlaces: Sequence[Fila]
    fuera: Mapping[str, int]
    misma_unidad: Callable[[str | None, str | None], bool]


@dataclass(frozen=True)
class Seguido:
    """Un acuerdo visto desde un compromiso de un corte: `porque` no se compara, o None si sí se puede.

    `porque`: lo que da mensajes.hilo.quiebre, «sin_enlace», «sin_informe» o «este_corte». `enlace` es el que se
    quiebra, si es uno; `fuera_desde`, el trimestre desde el que el compromiso ya no está en el plan; `tambien`, los
    otros compromisos del corte en que se ve el mismo acuerdo.
    """

    acuerdo: Acuerdo
    porque: str | None
    enlace: Fila | None = None
    fuera_desde: int | None = None
    tambien: tuple[Fila, ...] = ()


def seguir(acuerdos: Sequence[Acuerdo], filas: pd.DataFrame, corte: str, linaje: Linaje) -> dict[str, list[Seguido]]:
    """Por `vigente_id`, los acuerdos de su compromiso hasta ese corte y si su cifra se puede comparar.

    `filas`: una por compromiso del corte. Un acuerdo llega a un compromiso si es el mismo de ese plan, si el linaje
    lleva de uno a otro o si en el año conserva su clave.
    """
    salen: dict[str, list[Fila]] = {}
    for n in linaje.enlaces:
        salen.setdefault(n["origen"], []).append(n)
    por_vigente = {fila["vigente_id"]: fila for fila in filas.to_dict("records")}
    eslabones = linaje.eslabones
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
        vistos = {
            vigente: seguido
            for vigente, camino in llegan.items()
            if (seguido := _comparar(acuerdo, por_vigente[vigente], camino, corte, linaje))
        }
        for vigente, seguido in vistos.items():
            otros = tuple(por_vigente[otro] for otro in vistos if otro != vigente)
            de.setdefault(vigente, []).append(replace(seguido, tambien=otros))
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
    acuerdo: Acuerdo, fila: Mapping, camino: Sequence[Fila] | None, corte: str, linaje: Linaje
) -> Seguido | None:
    if acuerdo.corte == corte:
        # el del mismo corte es de este compromiso, no de otro al que el linaje lo lleve
        return Seguido(acuerdo, "este_corte") if fila["vigente_id"] == acuerdo.vigente_id else None
    porque, enlace = _porque(acuerdo, fila, camino, linaje)
    return Seguido(acuerdo, porque, enlace, linaje.fuera.get(fila["vigente_id"]))


def _porque(
    acuerdo: Acuerdo, fila: Mapping, camino: Sequence[Fila] | None, linaje: Linaje
) -> tuple[str | None, Fila | None]:
    """Por qué no se compara, y el enlace que lo impide, si es uno."""
    if camino is None:
        return "sin_enlace", None
    for n in camino:
        if razon := quiebre(n):
            return razon, n
    if fila["corte_informe"] <= acuerdo.corte:
        return "sin_informe", None
    una, otra = acuerdo.unidad_medida, fila["unidad_medida"]
    if not (formato.es_blanco(una) and formato.es_blanco(otra)) and not linaje.misma_unidad(una, otra):
        falta = formato.es_blanco(una) or formato.es_blanco(otra)
        unidades = {"unidad_origen": una, "unidad_destino": otra}
        return "sin_unidad" if falta else "cambia_unidad", unidades
    return None, None


@dataclass(frozen=True)
class Previo:
    """Un acuerdo de un corte anterior y, por cada compromiso al que llega, la fila de su cumplimiento de ahora.

    `informa`: si su dependencia está en el corte.
    """

    acuerdo: Acuerdo
    llega: Sequence[tuple[Seguido, Mapping]] = ()
    informa: bool = True


def del_corte(acuerdos: Sequence[Acuerdo], filas: pd.DataFrame, corte: str) -> list[Acuerdo]:
    """Los acuerdos de ese corte y de las dependencias de `filas`, en el orden de los documentos."""
    quienes = sesion.orden_impreso(filas)
    return archivo.en_orden((a for a in acuerdos if a.corte == corte and a.dependencia in quienes), quienes)


def previos(
    acuerdos: Sequence[Acuerdo],
    seguidos: Mapping[str, Sequence[Seguido]],
    filas: pd.DataFrame,
    corte: str,
    dependencia: str | None,
) -> list[Previo]:
    """Los acuerdos de cortes anteriores, cada uno una vez, en el orden de los documentos.

    Van los que llegan a algún compromiso de `filas` y, aunque no lleguen a ninguno, los de `dependencia` o, sin ella,
    todos: también los de la que no informa el corte. `seguidos`: los de `seguir`; `filas`: una por compromiso del
    corte.
    """
    por_vigente = {fila["vigente_id"]: fila for fila in filas.to_dict("records")}
    llegan: dict[str, list[tuple[Seguido, Mapping]]] = {}
    for vigente, suyos in seguidos.items():
        for s in suyos:
            llegan.setdefault(s.acuerdo.acuerdo, []).append((s, por_vigente[vigente]))
    quienes = sesion.orden_impreso(filas)
    de_antes = [
        a for a in acuerdos if a.corte < corte and (a.acuerdo in llegan or dependencia in (None, a.dependencia))
    ]
    return [Previo(a, llegan.get(a.acuerdo, []), a.dependencia in quienes) for a in archivo.en_orden(de_antes, quienes)]


# ---------------------------------------------------------------- cómo se dice


def cifra_con_estado(fila: Mapping, entre: str = " ") -> str:
    """«60 de 75, 80 % ▼ Crítico, cifra reconstruida», para lo que se escribe sin color; `entre`: lo que los separa."""
    dicha = f"{sesion.cifra(fila)}{entre}{tema.rotulo_estado(fila['estado'])}"
    return f"{dicha}, {aparte}" if (aparte := reserva(fila)) else dicha


def reserva(fila: Mapping) -> str:
    """Lo que hay que advertir de la cifra de un acuerdo; nada de un plan, que no la lleva."""
    return "" if fila["estado"] == "Aún no exigible" else sesion.reserva(fila)


def al_apuntarlo(acuerdo: Acuerdo) -> str:
    """«Al apuntarlo (T2 2025)»."""
    return f"Al apuntarlo ({formato.corte_corto(acuerdo.corte)})"


def ahora(fila: Mapping) -> str:
    """«ahora (T4 2025)» o, si no es del último informe, «al T4 2025 (su último informe es T2 2025)»."""
    if fila["corte_informe"] != fila["corte"]:
        ultimo = formato.corte_corto(fila["corte_informe"])
        return f"al {formato.corte_corto(fila['corte'])} (su último informe es {ultimo})"
    return f"ahora ({formato.corte_corto(fila['corte'])})"


def de_quien(acuerdo: Acuerdo) -> str:
    """«JLM, 9 abr 2026 14:05», y si enmienda a otro."""
    cuando = f"{formato.fecha(acuerdo.fecha.date())} {acuerdo.fecha:%H:%M}"
    return f"{acuerdo.iniciales}, {cuando}{'; corregido' if acuerdo.corrige else ''}"


def cambio(acuerdo: Acuerdo, fila: Mapping) -> str:
    """«pasó de «Crítico» a «Cumple»» o «sigue en «Crítico»», de lo que sí se compara; de otro año, que es otro plan."""
    de, a = (formato.partir_corte(c) for c in (acuerdo.corte, fila["corte"]))
    if de and a and de[0] != a[0]:
        return f"es el plan de {a[0]}, que empieza de cero"
    antes, despues = (formato.texto(x, "") for x in (acuerdo.estado, fila["estado"]))
    if not antes or not despues:
        return ""
    umbrales = fila.get("preset")
    distintos = acuerdo.preset and umbrales and acuerdo.preset != umbrales
    con = f" (antes, con los umbrales {acuerdo.preset}{formato.ESPACIO}%)" if distintos else ""
    return f"{f'sigue en «{despues}»' if antes == despues else f'pasó de «{antes}» a «{despues}»'}{con}"


def sin_comparar(seguido: Seguido, corte: str) -> str:
    """Por qué no se compara la cifra de un acuerdo con la de ahora y, si es el caso, que ya no está en el plan."""
    fuera = fuera_del_plan(seguido, corte)
    if seguido.porque == "sin_informe":
        return fuera or SIN_MOVIMIENTO
    return f"{_no_se_compara(seguido)}; {fuera}" if fuera else _no_se_compara(seguido)


def _no_se_compara(seguido: Seguido) -> str:
    n = seguido.enlace or {}
    if seguido.porque == "cambia_unidad":
        de, a = (formato.unidad(n.get(c), "una que no se imprime") for c in ("unidad_origen", "unidad_destino"))
        return f"no se compara: cambió de unidad, de {de} a {a}" if de != a else "no se compara: cambió de unidad"
    return _PORQUES.get(seguido.porque or "", "no se compara: el linaje no lo permite")


_PORQUES = {
    "afin": "no se compara: aquel era de otra dependencia, con propósito semejante",
    "sugerido": "no se compara: nadie ha confirmado que sea el mismo compromiso",
    "dividida": "no se compara: aquel compromiso se dividió en varios",
    "fusionada": "no se compara: aquel compromiso se reunió con otros en este",
    "sin_unidad": "no se compara: no siempre imprime su unidad de medida",
    "sin_enlace": "no se compara: el plan se rehízo y nadie ha confirmado que sea el mismo compromiso",
}


def fuera_del_plan(seguido: Seguido, corte: str) -> str:
    """«ya no está en el plan que rige desde jul–sep de 2025», o nada si sigue en él."""
    partes = formato.partir_corte(corte)
    if seguido.fuera_desde is None or partes is None:
        return ""
    return f"ya no está en el plan que rige desde {formato.TRIMESTRES[seguido.fuera_desde]} de {partes[0]}"


def se_ve_tambien(seguido: Seguido, dependencia: str, nombres: Mapping[str, str]) -> str:
    """«Este mismo acuerdo se ve también en la acción 408.», o nada si solo llega a un compromiso.

    `dependencia`: la del compromiso desde el que se ve; `nombres`: los cortos, que se dicen si es otra.
    """
    otros = [f"{comunes.nombrar(f, f['nivel'], 0)}{_de_quien(f, dependencia, nombres)}" for f in seguido.tambien]
    return f"Este mismo acuerdo se ve también en {formato.lista(otros)}." if otros else ""


def _de_quien(fila: Mapping, dependencia: str, nombres: Mapping[str, str]) -> str:
    return "" if fila["dependencia"] == dependencia else f" de {nombres.get(fila['dependencia'], 'otra dependencia')}"


def que_se_movio(previo: Previo, nombres: Mapping[str, str]) -> str:
    """Lo que se movió desde un acuerdo, un renglón por compromiso al que llega, para el acta.

    «Ahora (T4 2025): 97 de 85, 114.1 % ▲ Sobrecumple; sigue en «Sobrecumple»».
    """
    if not previo.llega:
        return f"{formato.mayuscula(sin_lugar(previo))}."
    acuerdo, renglones = previo.acuerdo, []
    for seguido, fila in previo.llega:
        es_otro = fila["clave"] != acuerdo.clave or fila["dependencia"] != acuerdo.dependencia
        nombre = comunes.nombrar(fila, fila["nivel"], 0) + _de_quien(fila, acuerdo.dependencia, nombres)
        dicho = _movio(seguido, fila)
        if es_otro or len(previo.llega) > 1:
            dicho = f"en {nombre}{' ' if dicho.startswith('no se') else ': '}{dicho}"
        renglones.append(f"{formato.mayuscula(dicho)}.")
    return "\n".join(renglones)


def sin_lugar(previo: Previo) -> str:
    """Por qué un acuerdo no llega a ningún compromiso del corte."""
    if not previo.informa:
        return "su dependencia no informa este corte"
    return "su compromiso ya no está en este corte y ningún enlace dice cuál lo sigue"


def _movio(seguido: Seguido, fila: Mapping) -> str:
    if seguido.porque:
        return sin_comparar(seguido, fila["corte"])
    partes = [f"{ahora(fila)}: {cifra_con_estado(fila)}", cambio(seguido.acuerdo, fila)]
    return "; ".join(p for p in (*partes, fuera_del_plan(seguido, fila["corte"])) if p)


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


def contar_previos(n: int) -> str:
    """«2 acuerdos, cada uno contra lo último que se informó de su compromiso.», o que no hay."""
    if not n:
        return "No hay acuerdos de cortes anteriores."
    cada = "" if n == 1 else "cada uno "
    return f"{formato.plural(n, 'acuerdo', 'acuerdos')}, {cada}contra lo último que se informó de su compromiso."


def lugares(impresas: pd.DataFrame) -> list[tuple[str, int, int]]:
    """(corte, página, renglón) de cada informe del que se acumula una cifra, el último primero.

    `impresas`: las filas de un compromiso y corte de la consulta de ese nombre.
    """
    hay = {
        (t[f"{que}_corte"], t[f"{que}_pagina"], t[f"{que}_renglon"])
        for _, t in impresas[impresas["es_exigible"].astype(bool)].iterrows()
        for que in ("programado", "alcanzado")
        if not formato.es_blanco(t[que])
    }
    return sorted(hay, reverse=True)


def no_impreso(impresas: pd.DataFrame) -> list[str]:
    """«el renglón 430 imprime 2 de alcanzado en abr–jun y se usa 5», por cada cifra exigible que no es la impresa.

    Al final, el total, si es otro: «lo acumulado, 78.41, es el promedio de los trimestres; el informe imprime 90…».
    `impresas`: las filas de un compromiso y corte de la consulta de ese nombre. Lo que se saca de los meses no tiene
    cifra trimestral impresa y no cuenta.
    """
    dichos = []
    for _, t in impresas[impresas["es_exigible"].astype(bool)].sort_values("trimestre").iterrows():
        for que in ("programado", "alcanzado"):
            usada, impresa = (formato.numero(t[c], si_falta="") for c in (que, f"{que}_impreso"))
            if usada and usada != impresa and not t["derivado"]:
                imprime = f"imprime {impresa}" if impresa else "deja en blanco lo"
                en = f"{que} en {formato.TRIMESTRES[int(t['trimestre'])]}"
                de = f"{imprime} de {en}" if impresa else f"{imprime} {en}"
                dichos.append(f"el renglón {formato.texto(t[f'{que}_renglon'])} {de} y se usa {usada}")
    distintos = impresas[impresas["total_es_distinto"].astype(bool)]
    return [*dichos, *(f"lo acumulado, {sesion_laminas.otro_total(t)}" for _, t in distintos.head(1).iterrows())]
