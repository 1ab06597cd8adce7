"""Lo que dice «Cambios de plan»: qué continúa, cambia, desaparece y aparece de un plan a otro de una dependencia.

«Desaparecer» es no tener contraparte en lo que imprimen los documentos: las láminas no imprimen todas las metas.
Metas y acciones se cuentan aparte, y cada una, una vez.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from poa import formato
from poa.mensajes import comunes
from poa.mensajes.hilo import RELACIONES, SUGERIDO
from poa.mensajes.planes import NIVELES, Par

SUERTES = {
    "continúa": "Continúan",
    "cambia": "Cambian",
    "desaparece": "Desaparecen",
    "aparece": "Aparecen",
    "relevo": "Relevos",
}
_duro = formato.ESPACIO


@dataclass(frozen=True)
class Conteo:
    """Cuántos compromisos de un nivel tuvo cada suerte, cada uno contado una vez, y por qué relación."""

    nivel: str
    suertes: Mapping[str, int]
    relaciones: Mapping[str, int]
    antes: int
    despues: int

    def suerte(self, cual: str) -> int:
        return self.suertes.get(cual, 0)

    def relacion(self, cual: str) -> int:
        return self.relaciones.get(cual, 0)


def contar(filas: pd.DataFrame, par: Par) -> dict[str, Conteo]:
    """Por nivel, cuántos compromisos hay de cada suerte.

    Entra una fila por enlace o compromiso suelto, de la consulta cambios. Lo que continúa, cambia o desaparece se
    cuenta en el plan de antes; lo que aparece y los relevos, en el suyo.
    """
    return {nivel: _contar(filas[filas["nivel"] == nivel], nivel, par) for nivel in NIVELES}


def _contar(filas: pd.DataFrame, nivel: str, par: Par) -> Conteo:
    def eslabones(extremo: str, cuales: pd.Series) -> set:
        return set(filas.loc[cuales, extremo].dropna())

    suerte, relacion = filas["suerte"], filas["relacion"]
    continuan, cambian = eslabones("origen", suerte == "continúa"), eslabones("origen", suerte == "cambia")
    contados = set(filas.loc[suerte != "relevo", ["origen", "destino"]].stack().dropna())
    relevos = eslabones("origen", suerte == "relevo") | eslabones("destino", suerte == "relevo")
    por_relacion = {
        cual: len(eslabones("origen", (relacion == cual) & suerte.isin(["continúa", "cambia"]))) for cual in RELACIONES
    }
    suertes = {
        "continúa": len(continuan),
        "cambia": len(cambian - continuan),
        "desaparece": len(eslabones("origen", suerte == "desaparece")),
        "aparece": len(eslabones("destino", suerte == "aparece")),
        "relevo": len(relevos - contados),
    }
    return Conteo(nivel, suertes, por_relacion, par.antes.cuantos(nivel), par.despues.cuantos(nivel))


def cuantos(conteos: Mapping[str, Conteo], suerte: str) -> str:
    """«2 metas y 13 acciones»; nada si no hay ninguna."""
    partes = ((conteos[nivel].suerte(suerte), nivel) for nivel in NIVELES)
    return formato.lista(formato.contar(n, nivel) for n, nivel in partes if n)


def hay_enlaces(filas: pd.DataFrame) -> bool:
    """Si alguno de los dos planes está enlazado con el otro: sin enlaces no se sabe qué fue de nada."""
    return bool(filas["suerte"].isin(["continúa", "cambia"]).any())


# ---------------------------------------------------------------- el mensaje


def mensaje(quien: str, par: Par, conteos: Mapping[str, Conteo]) -> str:
    """«BISOM conservó sus 3 metas y 20 de sus 26 acciones de 2024 en el primer plan de 2025; …»."""
    resto = [_cambio(conteos), _verbo(conteos, "desaparece", "desapareció", "desaparecieron")]
    fuera = cuantos(conteos, "desaparece")
    if fuera and par.despues.es_lamina:
        n = sum(c.suerte("desaparece") for c in conteos.values())
        resto[1] = f"{fuera} no {'está' if n == 1 else 'están'} en las láminas {par.despues.con('de')}"
    resto.append(_verbo(conteos, "aparece", "apareció", "aparecieron"))
    dicho = formato.lista(resto) or "nada desapareció ni apareció"
    en = f"en el {par.despues.lugar}" if par.mismo_anio else par.despues.con("en")
    return f"{quien} {_conservo(conteos)} {par.antes.con('de')} {en}; {dicho}"


def _conservo(conteos: Mapping[str, Conteo]) -> str:
    """«conservó sus 3 metas y 20 de sus 26 acciones»; «no conservó su única meta ni ninguna de sus 26 acciones»."""
    de_antes = [c for c in conteos.values() if c.antes]
    if not any(c.suerte("continúa") for c in de_antes):
        return "no conservó " + formato.lista((_ninguna(c) for c in de_antes), "ni")
    return "conservó " + formato.lista(_parte(c) for c in sorted(de_antes, key=lambda c: not c.suerte("continúa")))


def _ninguna(conteo: Conteo) -> str:
    if conteo.antes == 1:
        return f"su única {formato.nivel(conteo.nivel)}"
    return f"ninguna de sus {formato.contar(conteo.antes, conteo.nivel)}"


def _parte(conteo: Conteo) -> str:
    n, total = conteo.suerte("continúa"), conteo.antes
    if n == total:
        return f"su única {formato.nivel(conteo.nivel)}" if n == 1 else f"sus {formato.contar(n, conteo.nivel)}"
    if total == 1:
        return f"no su única {formato.nivel(conteo.nivel)}"
    return f"{formato.numero(n)} de sus {formato.contar(total, conteo.nivel)}" if n else _ninguna(conteo)


def _cambio(conteos: Mapping[str, Conteo]) -> str:
    """«cambió de unidad 1 acción»; si cambian de varios modos, solo «cambiaron 2 metas y 7 acciones»."""
    presentes = {r for c in conteos.values() for r in ("cambia_unidad", "dividida", "fusionada") if c.relacion(r)}
    formas = {
        "cambia_unidad": ("cambió de unidad", "cambiaron de unidad"),
        "dividida": ("se dividió", "se dividieron"),
        "fusionada": ("se juntó con otra", "se juntaron con otras"),
    }
    verbos = formas[presentes.pop()] if len(presentes) == 1 else ("cambió", "cambiaron")
    return _verbo(conteos, "cambia", *verbos)


def _verbo(conteos: Mapping[str, Conteo], suerte: str, uno: str, varios: str) -> str:
    n = sum(c.suerte(suerte) for c in conteos.values())
    return f"{uno if n == 1 else varios} {cuantos(conteos, suerte)}" if n else ""


# ---------------------------------------------------------------- el párrafo


def parrafo(filas: pd.DataFrame, par: Par, conteos: Mapping[str, Conteo]) -> str:
    """Qué fue de las acciones (o, si no hay, de las metas) del plan de antes y con qué cuidado se lee."""
    hechos = _que_fue(filas, par, conteos["accion" if conteos["accion"].antes else "meta"])
    sin_par = _sin_contraparte(filas, par, conteos)
    unidad = _sobre_las_cifras(par)
    relevos = _relevos(filas, par, conteos)
    largo = [hechos, relevos, sin_par, unidad, _sugeridos(filas), _hueco(par), _dudosos(filas)]
    corto = [hechos, relevos, sin_par, unidad, _sugeridos(filas)]
    breve = [hechos, sin_par, _sugeridos(filas)]
    return comunes.parrafo(largo, corto, breve)


def _que_fue(filas: pd.DataFrame, par: Par, conteo: Conteo) -> str:
    suyas = filas[(filas["nivel"] == conteo.nivel) & filas["suerte"].isin(["continúa", "cambia"])]
    salen = suyas.groupby("relacion")["destino"].nunique()
    dichos = [
        _conjugar(conteo.relacion("misma"), "sigue con el mismo texto", "siguen con el mismo texto"),
        _conjugar(conteo.relacion("reformulada"), "se reformuló", "se reformularon"),
        _conjugar(conteo.relacion("cambia_unidad"), "cambió de unidad", "cambiaron de unidad"),
        _conjugar(conteo.relacion("dividida"), "se dividió", "se dividieron", int(salen.get("dividida", 0))),
        _conjugar(conteo.relacion("fusionada"), "se juntó", "se juntaron", int(salen.get("fusionada", 0))),
        _conjugar(conteo.suerte("desaparece"), "no tiene contraparte", "no tienen contraparte"),
    ]
    de_las = f"De las {formato.contar(conteo.antes, conteo.nivel)}" if conteo.antes > 1 else "De la única "
    de_las += "" if conteo.antes > 1 else formato.nivel(conteo.nivel)
    return f"{de_las} {par.antes.con('de')}, {formato.lista(dichos)}."


def _conjugar(n: int, uno: str, varios: str, en: int = 0) -> str:
    if not n:
        return ""
    return f"{n}{_duro}{uno if n == 1 else varios}" + (f" en{_duro}{en}" if en else "")


def _relevos(filas: pd.DataFrame, par: Par, conteos: Mapping[str, Conteo]) -> str:
    """Las que se suceden dentro de un mismo plan."""
    n = sum(c.suerte("relevo") for c in conteos.values())
    if not n:
        return ""
    lados = set(filas.loc[filas["suerte"] == "relevo", "lado"])
    de = formato.lista(p.con("de") for lado, p in (("antes", par.antes), ("despues", par.despues)) if lado in lados)
    verbos = "se releva con otra" if n == 1 else "se relevan con otras"
    ni = "ni aparece ni desaparece" if n == 1 else "ni aparecen ni desaparecen"
    return f"Además, {cuantos(conteos, 'relevo')} {de} {verbos} del mismo plan dentro del año: {ni}."


def _sin_contraparte(filas: pd.DataFrame, par: Par, conteos: Mapping[str, Conteo]) -> str:
    """Qué quiere decir que algo no tenga contraparte: en las láminas, que no se imprimió."""
    fuera, nuevas = (sum(c.suerte(s) for c in conteos.values()) for s in ("desaparece", "aparece"))
    if fuera and par.despues.es_lamina:
        return (
            f"{formato.mayuscula(par.despues.completo)} está en láminas, que no imprimen todas las metas: lo que "
            f"falta pudo seguir en él.{_enteras(filas, 'desaparece')}"
        )
    if nuevas and par.antes.es_lamina:
        return (
            f"{formato.mayuscula(par.antes.completo)} está en láminas, que no imprimen todas las metas: lo que "
            f"aparece pudo estar ya en él.{_enteras(filas, 'aparece')}"
        )
    if fuera or nuevas:
        return "Lo que no tiene contraparte no la tiene en los documentos, que no dicen por qué."
    return ""


def _enteras(filas: pd.DataFrame, suerte: str) -> str:
    """« De las 13 acciones que aparecen, 10 llegan con toda su meta.»"""
    suyas = filas[(filas["suerte"] == suerte) & (filas["nivel"] == "accion")]
    n = int(suyas["meta_entera"].fillna(False).astype(bool).sum())
    if not n or len(suyas) < 2:
        return ""
    verbo, con = ("aparecen", "llega") if suerte == "aparece" else ("faltan", "falta")
    todas = formato.contar(len(suyas), "accion")
    return f" De las {todas} que {verbo}, {n}{_duro}{con}{'' if n == 1 else 'n'} con toda su meta."


def _sobre_las_cifras(par: Par) -> str:
    """Las metas anuales de un plan rehecho a medio año cubren solo lo que falta: no se comparan."""
    rehechos = [p for p in (par.antes, par.despues) if p.numero > 1]
    if not rehechos:
        return ""
    plan = rehechos[-1]
    return (
        f"{formato.mayuscula(plan.completo)} cubre solo lo que faltaba del año: sus metas anuales no se comparan "
        "con las de un año entero."
    )


def _sugeridos(filas: pd.DataFrame) -> str:
    n = sugeridos(filas)
    if not n:
        return ""
    return f"{n}{_duro}{'enlace es sugerido y está' if n == 1 else 'enlaces son sugeridos y están'} sin confirmar."


def sugeridos(filas: pd.DataFrame) -> int:
    """Cuántos enlaces entre los dos planes no ha confirmado nadie."""
    return int((filas["procedencia"] == "sugerido").sum())


def _hueco(par: Par) -> str:
    return f"No hay documento {par.sin_documento}." if par.sin_documento else ""


def _dudosos(filas: pd.DataFrame) -> str:
    enlaces = filas[filas["suerte"].isin(["continúa", "cambia"])]
    n = int(enlaces["certeza"].isin(["media", "baja"]).sum())
    if not n:
        return ""
    return f"De los {formato.plural(len(enlaces), 'enlace', 'enlaces')}, {n} {'admite' if n == 1 else 'admiten'} duda."


def linea(filas: pd.DataFrame, par: Par) -> list[tuple[str, str]]:
    """La línea del encabezado: qué planes y con cuántos enlaces se comparan."""
    n, sin_confirmar = int(filas["suerte"].isin(["continúa", "cambia"]).sum()), sugeridos(filas)
    dicho = f"{formato.plural(n, 'enlace', 'enlaces')} entre los dos"
    if sin_confirmar:
        dicho += f", {formato.numero(sin_confirmar)} sin confirmar"
    return [("Planes:", par.rotulo), ("Se apoya en:", dicho)]


# ---------------------------------------------------------------- la figura y las secciones


def figura(filas: pd.DataFrame, par: Par) -> str:
    """Dónde se concentra lo que más se mueve: «10 de las 13 acciones que aparecen son de 2 metas enteras»."""
    nivel = "accion" if (filas["nivel"] == "accion").any() else "meta"
    sueltas = filas[(filas["nivel"] == nivel) & filas["suerte"].isin(["desaparece", "aparece"])]
    if sueltas.empty:
        n = filas[filas["nivel"] == nivel].loc[lambda f: f["suerte"] == "cambia", "origen"].nunique()
        nombre = formato.contar(n, nivel)
        return f"Nada aparece ni desaparece; {'cambia' if n == 1 else 'cambian'} {nombre}" if n else "Todo continúa"
    suerte = sueltas["suerte"].value_counts().reindex(["desaparece", "aparece"]).idxmax()
    suyas = sueltas[sueltas["suerte"] == suerte]
    return _concentracion(suyas, suerte, nivel, par)


def _concentracion(suyas: pd.DataFrame, suerte: str, nivel: str, par: Par) -> str:
    n, una = len(suyas), len(suyas) == 1
    que = {"desaparece": "desaparece" if una else "desaparecen", "aparece": "aparece" if una else "aparecen"}[suerte]
    if suerte == "desaparece" and par.despues.es_lamina:
        que = f"{'falta' if una else 'faltan'} {par.despues.con('en')}"
    metas = suyas["meta_clave_antes" if suerte == "desaparece" else "meta_clave_despues"]
    if nivel == "meta":
        return f"{_las(n, nivel)} que {que}: {formato.lista(metas)}" if n < 6 else f"{formato.contar(n, nivel)} {que}"
    es_entera = suyas["meta_entera"].fillna(False).astype(bool)
    if es_entera.any():
        cuales, k = list(dict.fromkeys(metas[es_entera])), int(es_entera.sum())
    else:
        mayor = metas.value_counts()
        cuales, k = [mayor.index[0]], int(mayor.iloc[0])
        if len(mayor) > 1 and mayor.iloc[1] == k:
            return f"{_las(n, nivel)} que {que} se reparten en {len(mayor)} metas"
    if k < n:
        return f"{k} de {_las(n, nivel).lower()} que {que} {'es' if k == 1 else 'son'} de {_metas(cuales)}"
    return f"{_las(n, nivel)} que {que} {'es' if una else 'son'} de {_metas(cuales)}"


def _las(n: int, nivel: str) -> str:
    return f"La {formato.nivel(nivel)}" if n == 1 else f"Las {formato.contar(n, nivel)}"


def _metas(claves: Sequence[str]) -> str:
    """«la meta 500», «las metas 1 y 2», «4 metas»."""
    if len(claves) == 1:
        return f"la meta {claves[0]}"
    return f"{len(claves)} metas" if len(claves) > 3 else f"las metas {formato.lista(claves)}"


def clave(filas: pd.DataFrame, conteos: Mapping[str, Conteo]) -> dict[str, str]:
    """Lo que la clave de la figura dice de cada suerte: cuántas metas y acciones."""
    dichos = {suerte: cuantos(conteos, suerte) for suerte in SUERTES}
    n = sugeridos(filas)
    return dichos | {"sugerido": formato.plural(n, "enlace", "enlaces") if n else ""}


def titulo(suerte: str, conteos: Mapping[str, Conteo]) -> str:
    """«Aparecen: 2 metas y 13 acciones»; en singular, «Aparece: 1 acción»."""
    n = sum(c.suerte(suerte) for c in conteos.values())
    nombre = SUERTES[suerte] if n != 1 or suerte == "relevo" else formato.mayuscula(suerte)
    return f"{nombre}: {cuantos(conteos, suerte) or 'ninguna'}"


def nota(suerte: str, par: Par) -> str:
    """La línea que explica cada sección."""
    if suerte == "continúa":
        cifras = "La diferencia se calcula solo entre metas anuales de un año entero."
        aviso = _sobre_las_cifras(par) or cifras
        return f"El mismo compromiso en la misma unidad, con el mismo texto o reformulado. {aviso}"
    if suerte == "cambia":
        return "El mismo compromiso con otra unidad, dividido o fusionado; un renglón por enlace, sin restar cifras."
    if suerte == "desaparece":
        ahi = f"las láminas {par.despues.con('de')}, que no imprimen todas las metas" if par.despues.es_lamina else ""
        return f"Están {par.antes.con('en')} y no se les halló contraparte en {ahi or par.despues.completo}."
    if suerte == "aparece":
        ahi = f"las láminas {par.antes.con('de')}, que no imprimen todas las metas" if par.antes.es_lamina else ""
        return f"Están {par.despues.con('en')} y no se les halló contraparte en {ahi or par.antes.completo}."
    return "Compromisos de un mismo plan que se siguen uno a otro dentro del año: ni aparecen ni desaparecen."


def vacia(suerte: str, par: Par) -> str:
    """La frase de una sección sin renglones."""
    return {
        "continúa": f"Ninguna meta ni acción {par.antes.con('de')} sigue igual {par.despues.con('en')}.",
        "cambia": "Ninguna meta ni acción cambia de unidad, se divide ni se fusiona.",
        "desaparece": f"Todas las metas y acciones {par.antes.con('de')} tienen contraparte {par.despues.con('en')}.",
        "aparece": f"Todas las metas y acciones {par.despues.con('de')} tienen contraparte {par.antes.con('en')}.",
    }[suerte]


def que_se_sabe(suerte: str, meta_entera: bool, nivel: str) -> str:
    """De uno sin contraparte: si se va (o llega) con toda su meta o solo."""
    if nivel == "meta":
        que = "Ni ella ni sus acciones" if meta_entera else "Ella no; alguna de sus acciones sí"
        return f"{que} {'tienen' if meta_entera else 'tiene'} contraparte."
    if meta_entera:
        return f"{formato.mayuscula(suerte)} con toda su meta."
    return "Otros compromisos de su meta sí tienen contraparte."


def avisos(fila: Mapping) -> str:
    """Lo que hay que advertir de un enlace: si nadie lo ha confirmado y qué tan cierto es, cuando no lo es del todo."""
    partes = [SUGERIDO] if fila["procedencia"] == "sugerido" else []
    if fila["certeza"] in ("media", "baja"):
        partes.append(f"Certeza {fila['certeza']}" if not partes else f"certeza {fila['certeza']}")
    return ", ".join(partes)
