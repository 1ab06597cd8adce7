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
from poa.mensajes.suertes import SUERTES, con_contraparte, laminas, no_esta, nombre, que_le_pasa

_LARGO_FIGURA = 122  # letras que caben en dos renglones de una figura
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


def total(conteos: Mapping[str, Conteo], suerte: str) -> int:
    """Cuántas metas y acciones: solo para saber si se dice en singular o en plural."""
    return sum(c.suerte(suerte) for c in conteos.values())


def hay_enlaces(filas: pd.DataFrame) -> bool:
    """Si alguno de los dos planes está enlazado con el otro: sin enlaces no se sabe qué fue de nada."""
    return not con_contraparte(filas).empty


# ---------------------------------------------------------------- el mensaje


def mensaje(quien: str, par: Par, conteos: Mapping[str, Conteo], es_sugerido: bool = False) -> str:
    """«BISOM conservó sus 3 metas y 20 de sus 26 acciones de 2024 en el primer plan de 2025; …».

    `es_sugerido`: la mayoría de los enlaces que lo sostienen están sin confirmar.
    """
    verbos, faltas = [_cambio(conteos)], []
    for suerte, uno, varios in (
        ("desaparece", "desapareció", "desaparecieron"),
        ("aparece", "apareció", "aparecieron"),
    ):
        if not laminas(suerte, par):
            verbos.append(_verbo(conteos, suerte, uno, varios))
        elif n := total(conteos, suerte):
            faltas.append(f"{cuantos(conteos, suerte)} {que_le_pasa(suerte, par, n)}")
    dicho = "; ".join(filter(None, [formato.lista(verbos), *faltas])) or "nada desapareció ni apareció"
    en = f"en el {par.despues.lugar}" if par.mismo_anio else par.despues.con("en")
    salvedad = "Según enlaces sin confirmar, " if es_sugerido else ""
    return f"{salvedad}{quien} {_conservo(conteos)} {par.antes.con('de')} {en}; {dicho}"


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
    n = total(conteos, suerte)
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
    suyas = con_contraparte(filas[filas["nivel"] == conteo.nivel])
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
    """Las que siguen a otras del mismo plan, o siguen en ellas."""
    n = total(conteos, "relevo")
    if not n:
        return ""
    relevos, otras = filas[filas["suerte"] == "relevo"], filas[filas["suerte"] != "relevo"]
    contadas = {*otras["origen"].dropna(), *otras["destino"].dropna()}
    de = formato.lista(
        p.con("de") for lado, p in (("antes", par.antes), ("despues", par.despues)) if lado in set(relevos["lado"])
    )
    otra = "otra" if n == 1 else "otras"
    modos = [
        (f"{'es' if n == 1 else 'son'} continuación de {otra}", set(relevos["destino"]) - contadas),
        (f"{'sigue' if n == 1 else 'siguen'} en {otra}", set(relevos["origen"]) - set(relevos["destino"]) - contadas),
    ]
    verbos = formato.lista((dicho for dicho, cuales in modos if cuales), "o")
    ni = "ni aparece ni desaparece" if n == 1 else "ni aparecen ni desaparecen"
    return f"{cuantos(conteos, 'relevo')} {de} {verbos} del mismo año: {ni}."


def _sin_contraparte(filas: pd.DataFrame, par: Par, conteos: Mapping[str, Conteo]) -> str:
    """Qué quiere decir que algo no tenga contraparte: en las láminas, que no se imprimió."""
    sueltas = [suerte for suerte in ("desaparece", "aparece") if total(conteos, suerte)]
    frases = []
    for suerte in (s for s in sueltas if laminas(s, par)):
        plan, pudo = (par.despues, "seguir") if suerte == "desaparece" else (par.antes, "estar ya")
        frases.append(
            f"{formato.mayuscula(plan.completo)} está en láminas, que no imprimen todas las metas: lo que "
            f"no traen pudo {pudo} en él.{_de_que_metas(filas, suerte)}"
        )
    if sueltas and not frases:
        return "Lo que no tiene contraparte no la tiene en los documentos, que no dicen por qué."
    return " ".join(frases)


def _de_que_metas(filas: pd.DataFrame, suerte: str) -> str:
    """« De las 13 acciones que no estaban, 10 son de 2 metas que las láminas no traen y 3, de metas que sí.»

    Solo las de una meta que las láminas sí traen pudieron de verdad aparecer o desaparecer.
    """
    suyas = filas[(filas["suerte"] == suerte) & (filas["nivel"] == "accion")]
    enteras = suyas[suyas["meta_entera"].fillna(False).astype(bool)]
    n, resto = len(enteras), len(suyas) - len(enteras)
    if not n or len(suyas) < 2:
        return ""
    metas = enteras[f"meta_clave_{'antes' if suerte == 'desaparece' else 'despues'}"].nunique()
    de = "de una meta" if metas == 1 else f"de {formato.contar(metas, 'meta')}"
    todas = f"las {formato.contar(len(suyas), 'accion')} que {no_esta(suerte, 2)}"
    no_traen = f"{'es' if n == 1 else 'son'} {de} que las láminas no traen"
    if not resto:
        return f" {formato.mayuscula(todas)} {no_traen}."
    return f" De {todas}, {n}{_duro}{no_traen} y {resto}, de metas que sí."


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
    return int((con_contraparte(filas)["procedencia"] == "sugerido").sum())


def es_sugerido(filas: pd.DataFrame) -> bool:
    """Cierto si la mayoría de los enlaces entre los dos planes están sin confirmar."""
    return 2 * sugeridos(filas) > len(con_contraparte(filas))


def _hueco(par: Par) -> str:
    return f"No hay documento {par.sin_documento}." if par.sin_documento else ""


def _dudosos(filas: pd.DataFrame) -> str:
    enlaces = con_contraparte(filas)
    n = int(enlaces["certeza"].isin(["media", "baja"]).sum())
    if not n:
        return ""
    return f"De los {formato.plural(len(enlaces), 'enlace', 'enlaces')}, {n} {'admite' if n == 1 else 'admiten'} duda."


def linea(filas: pd.DataFrame, par: Par) -> list[tuple[str, str]]:
    """La línea del encabezado: qué planes y con cuántos enlaces se comparan."""
    n, sin_confirmar = len(con_contraparte(filas)), sugeridos(filas)
    dicho = f"{formato.plural(n, 'enlace', 'enlaces')} entre los dos"
    if sin_confirmar:
        dicho += f", {formato.numero(sin_confirmar)} sin confirmar"
    return [("Planes:", par.rotulo), ("Se apoya en:", dicho)]


# ---------------------------------------------------------------- la figura y las secciones


def figura(quien: str, filas: pd.DataFrame, par: Par) -> str:
    """De quién y de qué planes, y dónde se concentra lo que más se mueve, en los dos renglones de una figura."""
    entre = f"{par.antes.con('de')} {par.despues.con('a')}".replace(" a el ", " al ")
    if par.mismo_anio:
        entre = f"del {par.antes.lugar.removesuffix(' plan')} al {par.despues.nombre}"
    dicho = _lo_que_mas_se_mueve(filas, par)
    largo = f"{quien}, {entre}: {dicho[0].lower()}{dicho[1:]}"
    return largo if len(largo) <= _LARGO_FIGURA else f"{quien}: {dicho[0].lower()}{dicho[1:]}"


def _lo_que_mas_se_mueve(filas: pd.DataFrame, par: Par) -> str:
    """«10 de las 13 acciones que aparecen son de 2 metas enteras»."""
    nivel, filas = comunes.los_que_cuentan(filas)
    sueltas = filas[filas["suerte"].isin(["desaparece", "aparece"])]
    if sueltas.empty:
        n = filas.loc[filas["suerte"] == "cambia", "origen"].nunique()
        nombre = formato.contar(n, nivel)
        return f"Nada aparece ni desaparece; {'cambia' if n == 1 else 'cambian'} {nombre}" if n else "Todo continúa"
    suerte = sueltas["suerte"].value_counts().reindex(["desaparece", "aparece"]).idxmax()
    suyas = sueltas[sueltas["suerte"] == suerte]
    return _concentracion(suyas, suerte, nivel, par)


def _concentracion(suyas: pd.DataFrame, suerte: str, nivel: str, par: Par) -> str:
    n, una = len(suyas), len(suyas) == 1
    que = que_le_pasa(suerte, par, n)
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


def clave(filas: pd.DataFrame, par: Par, conteos: Mapping[str, Conteo]) -> dict[str, tuple[str, str]]:
    """Lo que la clave de la figura dice de cada suerte que haya: su nombre y cuántas metas y acciones."""
    dichos = {s: (nombre(s, par), cuantos(conteos, s)) for s in SUERTES if total(conteos, s)}
    if "relevo" in dichos:
        dichos["relevo"] = ("Relevos del año", dichos["relevo"][1])
    n = sugeridos(filas)
    return dichos | ({"sugerido": ("Sin confirmar", formato.plural(n, "enlace", "enlaces"))} if n else {})


def titulo(suerte: str, par: Par, conteos: Mapping[str, Conteo]) -> str:
    """«Aparecen: 2 metas y 13 acciones»; «No está en las láminas de 2024: 1 acción»."""
    n = total(conteos, suerte)
    dicho = formato.mayuscula(que_le_pasa(suerte, par, n)) if laminas(suerte, par) else nombre(suerte, par, n)
    return f"{dicho}: {cuantos(conteos, suerte) or 'ninguna'}"


def nota(suerte: str, par: Par, con_meses: bool = False) -> str:
    """La línea que explica cada sección; `con_meses`, si alguna de sus cifras lleva debajo los suyos."""
    meses = " Debajo de una cifra, los meses en que se programa su meta, si no es todo el año." if con_meses else ""
    if suerte == "continúa":
        cifras = "La diferencia se calcula solo entre metas anuales de un año entero."
        aviso = _sobre_las_cifras(par) or cifras
        return f"El mismo compromiso en la misma unidad, con el mismo texto o reformulado. {aviso}{meses}"
    if suerte == "cambia":
        que = "El mismo compromiso con otra unidad, dividido o fusionado; un renglón por enlace, sin restar cifras."
        return f"{que}{meses}"
    if suerte == "relevo":
        que = "Compromisos de un mismo plan que se siguen uno a otro dentro del año: ni aparecen ni desaparecen."
        return f"{que}{meses}"
    esta, falta = (par.antes, par.despues) if suerte == "desaparece" else (par.despues, par.antes)
    ahi = laminas(suerte, par)
    donde = f"{ahi}, que no imprimen todas las metas" if ahi else falta.completo
    return f"Están {esta.con('en')} y no se les halló contraparte en {donde}.{meses}"


def vacia(suerte: str, par: Par) -> str:
    """La frase de una sección sin renglones."""
    return {
        "continúa": f"Ninguna meta ni acción {par.antes.con('de')} sigue igual {par.despues.con('en')}.",
        "cambia": "Ninguna meta ni acción cambia de unidad, se divide ni se fusiona.",
        "desaparece": f"Todas las metas y acciones {par.antes.con('de')} tienen contraparte {par.despues.con('en')}.",
        "aparece": f"Todas las metas y acciones {par.despues.con('de')} tienen contraparte {par.antes.con('en')}.",
    }[suerte]


def avisos(fila: Mapping) -> str:
    """Lo que hay que advertir de un enlace: si nadie lo ha confirmado y qué tan cierto es, cuando no lo es del todo."""
    partes = [SUGERIDO] if fila["procedencia"] == "sugerido" else []
    if fila["certeza"] in ("media", "baja"):
        partes.append(f"Certeza {fila['certeza']}" if not partes else f"certeza {fila['certeza']}")
    return ", ".join(partes)
