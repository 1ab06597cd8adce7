"""Lo que dice la página de un hilo: qué se puede comparar de un año a otro y qué no; y lo que dice la búsqueda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from poa import formato
from poa.mensajes import comunes
from poa.mensajes.hilo import (
    SIN_DOCUMENTO,
    Fila,
    Hilo,
    alcance_del_anio,
    anios,
    claves,
    cuantos,
    de_unidad_a_unidad,
    dependencias,
    quiebre,
)

LARGO_MENSAJE = 204  # letras que caben en cuatro renglones del encabezado
LARGO_FIGURA = 122  # letras que caben en dos renglones de una figura
_RAZONES = {
    "cambia_unidad": "cambia de unidad",
    "sin_unidad": "no siempre imprime su unidad",
    "dividida": "se divide",
    "fusionada": "se fusiona",
    "sugerido": "hay enlaces sin confirmar",
}


# ---------------------------------------------------------------- el mensaje


def mensaje(hilo: Hilo, faltan: Mapping[int, str]) -> str:
    """Qué años se pueden comparar y cuáles no, en una frase; `faltan`: los de en medio que no están, y por qué.

    De lo más completo a lo más corto, sale lo primero que cabe en el encabezado.
    """
    quien = nombre(hilo)
    if len(hilo.eslabones) == 1:
        unico = hilo.eslabones[0]
        otro = "no se le halló contraparte en otro plan"
        if unico["planes_de_dependencia"] == 1:
            otro = f"de {dependencias([unico])[0]} no hay otro plan con que compararla"
        return f"{quien} solo aparece en {_donde(hilo, unico)}; {otro}"
    largos, breves = _comparables(hilo, True), _comparables(hilo, False)
    if not largos:
        dichos = (f"{quien} no se puede comparar {_consigo(hilo)} porque {r}" for r in _razones(hilo))
        return _cabe(dichos, LARGO_MENSAJE)
    dentro = [f"dentro de {formato.lista(_por_dependencia(hilo))}"]
    cortes, cortes_breves = _cortes(hilo, True), _cortes(hilo, False)
    sin = [anio for anio, porque in faltan.items() if porque == SIN_DOCUMENTO]
    hueco = [f"con {anios(sin)}, que no tiene{'n' if len(sin) > 1 else ''} documento"] if sin else []
    hueco_breve = [f"con {anios(sin)}, sin documento"] if sin else []
    versiones = (
        (largos, cortes + hueco),
        (largos, cortes_breves + hueco_breve),
        (breves, cortes_breves + hueco_breve),
        (breves, cortes_breves),
        (breves, cortes_breves[:1] + hueco_breve),
        (breves, cortes_breves[:1]),
        (dentro, cortes_breves[:1] + hueco_breve),
        (dentro, cortes_breves[:1]),
        ([f"en {formato.plural(len(breves), 'línea', 'líneas')}"], ["entre ellas"] if len(breves) > 1 else []),
    )
    return _cabe((f"{quien} se puede comparar {formato.lista(si)}{_negar(no)}" for si, no in versiones), LARGO_MENSAJE)


def figura(hilo: Hilo) -> str:
    """El mensaje de la gráfica, en los dos renglones de una figura."""
    quien = nombre(hilo, 36)
    if len(hilo.eslabones) == 1:
        return _cabe((f"{quien} solo aparece en {_donde(hilo, hilo.eslabones[0])}",), LARGO_FIGURA)
    con_notas, unidos = _comparables(hilo, True), _comparables(hilo, False)
    if not unidos:
        dichos = [f"{_consigo(hilo)} porque {r}" for r in _razones(hilo)]
        return _cabe((f"{quien} no se compara {dicho}" for dicho in [*dichos, _consigo(hilo)]), LARGO_FIGURA)
    negado = _negar(_cortes(hilo, False)[:1])
    quienes = formato.lista(dependencias(e for tramo in hilo.tramos if len(tramo) > 1 for e in tramo))
    entre = ", no entre dependencias" if hilo.hay("afin") else ""
    return _cabe(
        (
            f"{quien} se puede comparar {formato.lista(con_notas)}{negado}",
            f"{quien} se puede comparar {formato.lista(unidos)}{negado}",
            f"{quien} se puede comparar {formato.lista(unidos)}" if not entre else "",
            f"{quien} se compara dentro de {formato.lista(_por_dependencia(hilo))}{entre}",
            f"{quien} se compara dentro de {quienes}{entre}",
            f"{quien} {formato.plural(len(unidos), 'línea comparable', 'líneas comparables')}",
        ),
        LARGO_FIGURA,
    )


def nombre(hilo: Hilo, largo: int = 60) -> str:
    """«Apoyos a emprendedores:» o, si el hilo no tiene nombre, «La acción 6.4, «Realizar eventos…»,»."""
    propio = formato.texto(hilo.eslabones[0]["hilo_nombre"], "")
    if propio:
        return f"{propio}:"
    ultimo = hilo.eslabones[-1]
    return f"{formato.mayuscula(comunes.nombrar(ultimo, ultimo['nivel'], largo))},"


def alcance(eslabones: Sequence[Fila]) -> str:
    """Hasta dónde llega un hilo: «2018–2025», «solo los planes de 2025» o «sin contraparte en otros años»."""
    cuales = {int(e["ejercicio"]) for e in eslabones}
    if len(cuales) > 1:
        return f"{min(cuales)}–{formato.UNION}{max(cuales)}"
    if len(eslabones) == 1:
        solo = eslabones[0]["planes_de_dependencia"] == 1
        return f"de {dependencias(eslabones)[0]} solo hay este plan" if solo else "sin contraparte en otros años"
    if len({e["plan"] for e in eslabones}) > 1:
        return f"solo los planes de {min(cuales)}"
    return f"solo {min(cuales)}, en {len(eslabones)} compromisos"


def _donde(hilo: Hilo, e: Fila) -> str:
    """«el POA 2018 de Presidencia»."""
    quien = dependencias([e])[0]
    if e["es_solo_plan"]:
        return f"el plan de {e['ejercicio']} de {quien}"
    return f"{hilo.cuando(e)} de {quien}" if e["planes_del_anio"] > 1 else f"el POA {e['ejercicio']} de {quien}"


def _consigo(hilo: Hilo) -> str:
    if len({e["ejercicio"] for e in hilo.eslabones}) > 1:
        return "de un año a otro"
    return "de un plan a otro" if len({e["plan"] for e in hilo.eslabones}) > 1 else "de una parte del año a otra"


def _comparables(hilo: Hilo, con_notas: bool) -> list[str]:
    """«2018 con ene–mar de 2022 en Presidencia», una por dependencia con líneas de dos planes o más."""
    unidos: dict[str, list[str]] = {}
    for tramo in hilo.tramos:
        if len(tramo) > 1:
            unidos.setdefault(dependencias(tramo)[0], []).append(_entre_si(hilo, tramo, con_notas))
    return [f"{formato.lista(dict.fromkeys(dichos))} en {quien}" for quien, dichos in unidos.items()]


def _entre_si(hilo: Hilo, tramo: Sequence[Fila], con_notas: bool) -> str:
    por_anio = [(anio, list(suyos)) for anio, suyos in groupby(tramo, key=lambda e: int(e["ejercicio"]))]
    if len(por_anio) > 1:
        nombres = [_anio(hilo, anio, suyos, con_notas) for anio, suyos in por_anio]
        if len(nombres) > 2 and all(nombre.isdigit() for nombre in nombres):
            return anios(int(nombre) for nombre in nombres)
        return " con ".join(nombres) if len(nombres) == 2 else formato.lista(nombres)
    anio, suyos = por_anio[0]
    planes = {e["plan"] for e in suyos}
    if len(planes) > 1:
        return f"un plan de {anio} con {'el otro' if len(planes) == 2 else 'los otros'}"
    # si uno de los dos corre todo el año, los meses no los distinguen: se nombran por su clave
    por_meses = all(e["eslabon"] in hilo.lapsos for e in suyos)
    nombres = (hilo.cuando(e).removesuffix(f" de {anio}") if por_meses else claves([e]) for e in suyos)
    return " con ".join(nombres) + f" de {anio}"


def _anio(hilo: Hilo, anio: int, suyos: Sequence[Fila], con_notas: bool) -> str:
    """Cómo se llama, en una línea, lo que ella tiene de un año: el año si lo tiene entero."""
    e = suyos[0]
    lapsos = [hilo.lapsos.get(x["eslabon"]) for x in suyos]
    if all(lapsos) and sum(hasta - desde + 1 for desde, hasta in lapsos) < 4:
        return hilo.cuando(suyos[-1])
    if len({x["plan"] for x in suyos}) < e["planes_del_anio"]:
        return hilo.cuando(e)
    nota = alcance_del_anio(e) if con_notas else ""
    return f"{anio}{f' ({nota})' if nota else ''}"


def _por_dependencia(hilo: Hilo) -> list[str]:
    """«Presidencia (2018 y 2022)», una por dependencia con algo que comparar."""
    suyos: dict[str, list[str]] = {}
    for tramo in hilo.tramos:
        if len(tramo) > 1:
            por_anio = groupby(tramo, key=lambda e: int(e["ejercicio"]))
            suyos.setdefault(dependencias(tramo)[0], []).extend(_anio(hilo, a, list(e), False) for a, e in por_anio)
    return [f"{quien} ({formato.lista(dict.fromkeys(cuales))})" for quien, cuales in suyos.items()]


def _negar(partes: Sequence[str]) -> str:
    """«; no entre dependencias, ni con 2019–2021»."""
    return f"; no {', ni '.join(partes)}" if partes else ""


def _cortes(hilo: Hilo, largos: bool) -> list[str]:
    """Lo que no se puede comparar, sin el «no»: primero lo que separa dependencias."""
    fechadas: list[tuple[str, str]] = []
    for n in hilo.distintos("cambia_unidad"):
        porque = ", que cambia de unidad" if largos else " (otra unidad)"
        fechadas.append((hilo.por_id[n["destino"]]["orden"], f"{_par(hilo, n)}{porque}"))
    for n in hilo.distintos("sin_unidad"):
        porque = ", que no siempre imprime su unidad" if largos else " (sin unidad)"
        fechadas.append((hilo.por_id[n["destino"]]["orden"], f"{_par(hilo, n)}{porque}"))
    for n in hilo.distintos("fusionada"):
        a = hilo.por_id[n["destino"]]
        n_de = cuantos(len(hilo.reunidas(n["destino"])), a["nivel"])
        fechadas.append((a["orden"], f"con {hilo.cuando(a)}{f', que reúne {n_de}' if largos else ' (fusión)'}"))
    for n in hilo.distintos("dividida"):
        a = hilo.por_id[n["destino"]]
        fechadas.append((a["orden"], f"con {hilo.cuando(a)}{', donde se divide' if largos else ' (división)'}"))
    partes = ["entre dependencias"] if hilo.hay("afin") else []
    partes += [dicho for _, dicho in sorted(fechadas)]
    if n := hilo.hay("sugerido"):
        partes.append(f"por {formato.plural(n, 'enlace', 'enlaces')} sin confirmar")
    return list(dict.fromkeys(partes))


def _par(hilo: Hilo, enlace: Fila) -> str:
    """«2018 con 2022»; dentro de un año, «ene–mar con abr–dic de 2022»."""
    de, a = hilo.por_id[enlace["origen"]], hilo.por_id[enlace["destino"]]
    uno = hilo.cuando(de)
    if de["ejercicio"] == a["ejercicio"]:
        uno = uno.removesuffix(f" de {de['ejercicio']}")
    return f"{uno} con {hilo.cuando(a)}"


def _razones(hilo: Hilo) -> list[str]:
    """Por qué nada se puede comparar, de la razón más completa a la más corta."""
    propias = [razon for cual, razon in _RAZONES.items() if hilo.hay(cual)]
    if not propias:
        quienes = [f"{dependencias([e])[0]} en {hilo.cuando(e)}" for e in hilo.eslabones]
        corta = "son dependencias distintas"
        return [
            f"{corta} ({formato.lista(quienes)}) con un propósito semejante",
            f"{corta} con un propósito semejante",
            corta,
        ]
    porque = formato.lista(propias)
    cambios = [n for n in hilo.enlaces if quiebre(n) == "cambia_unidad"]
    unidades = f", {de_unidad_a_unidad(cambios[0])}" if len(cambios) == len(propias) == 1 else ""
    afines = "; lo demás es de otra dependencia" if hilo.hay("afin") else ""
    return [f"{porque}{unidades}{afines}", f"{porque}{unidades}", porque]


# ---------------------------------------------------------------- lo que rodea al mensaje


def linea(hilo: Hilo, umbrales: str) -> list[tuple[str, str]]:
    """La línea del encabezado: de qué años y de quién es, y con qué umbrales se mide."""
    rotulo = "Dependencias:" if len(dependencias(hilo.eslabones)) > 1 else "Dependencia:"
    return [("Años:", _anios(hilo)), (rotulo, _quienes(hilo)), ("Umbrales:", umbrales)]


def pie(hilo: Hilo, umbrales: str) -> str:
    """El pie de la figura: de qué documentos sale y con qué umbrales."""
    return f"Fuente: POA {_anios(hilo)}, {_quienes(hilo)} · Umbrales: {umbrales}"


def subtitulo(hilo: Hilo) -> str:
    """De qué años y de quién es: «2018–2025 · Presidencia y BISOM»."""
    return f"{_anios(hilo)} · {_quienes(hilo)}"


def archivo(hilo: Hilo) -> str:
    """El nombre del PNG: «2018-2025_apoyos-a-emprendedores_seguimiento»."""
    cuales = [int(e["ejercicio"]) for e in hilo.eslabones]
    ultimo = hilo.eslabones[-1]
    propio = formato.texto(ultimo["hilo_nombre"], "") or f"{dependencias([ultimo])[0]} {ultimo['clave']}"
    return formato.nombre_archivo("-".join(str(a) for a in sorted({min(cuales), max(cuales)})), propio, "seguimiento")


def _anios(hilo: Hilo) -> str:
    return anios(int(e["ejercicio"]) for e in hilo.eslabones)


def _quienes(hilo: Hilo) -> str:
    quienes = dependencias(hilo.eslabones)
    return formato.lista(quienes) if len(quienes) <= 3 else f"{len(quienes)} dependencias"


# ---------------------------------------------------------------- la búsqueda

NO_EXISTE = "Se pidió una meta o acción que no está en la base"
ELIJA_OTRA = "Elija una de la lista o búsquela por sus palabras, su clave, su dependencia o su unidad de medida."
QUE_PROBAR = (
    "Pruebe con menos palabras o con otras más generales: se buscan en la descripción, la unidad de medida, la "
    "dependencia y la clave; los acentos, el plural y una letra equivocada no estorban."
)
SIN_DIBUJO = "Aquí se dibuja lo que se elija en la lista."
COMO_SE_LEE = (
    "Un trazo a la izquierda une los que se pueden comparar. En la redacción, lo <ins>subrayado</ins> se añade y lo "
    "<del>tachado</del> se quita respecto del compromiso del que viene."
)


def nada(busca: str, quien: str, unidad: str) -> str:
    """«Ningún compromiso de BISOM con la unidad «apoyo» habla de «drones»», con lo que se haya pedido."""
    partes = [f"de {quien}" if quien else "", f"con la unidad «{unidad}»" if unidad else ""]
    partes.append(f"habla de «{formato.recortar(busca, 60)}»" if busca else "está en la base")
    return " ".join(["Ningún compromiso", *(p for p in partes if p)])


def resultados(n: int, mostrados: int, hay_busqueda: bool, es_parcial: bool = False) -> str:
    """El título de la lista: cuántos se hallaron, si tienen todas las palabras y cuántos se muestran."""
    if not hay_busqueda:
        return f"Los {mostrados} que llegan más lejos, de {n}" if mostrados < n else "Los que llegan más lejos"
    if not n:
        return "Sin resultados"
    dicho = formato.plural(n, "resultado", "resultados")
    if es_parcial:
        dicho = f"Ninguno con todas las palabras; {dicho} con parte"
    return f"{dicho}; se muestran {mostrados}" if mostrados < n else dicho


# ---------------------------------------------------------------- piezas


def _cabe(versiones: Iterable[str], letras: int) -> str:
    """La primera versión que cabe; si ninguna, la última recortada."""
    dichas = [d for d in versiones if d]
    return next((d for d in dichas if len(d) <= letras), formato.recortar(dichas[-1], letras))
