"""Lo que dice la página Alertas: quién se aparta del plan, qué lo explica y por dónde preguntar."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from poa import formato, tema
from poa.mensajes import comunes

_SIN_PLAN = "Avance no programado"
_MEDIBLES = (*tema.EVALUABLES, _SIN_PLAN)


def mensaje(filas: pd.DataFrame, alertas: pd.DataFrame, nivel: str, dependencias: Sequence[str], corte: str) -> str:
    """«9 acciones de BISOM se apartan del plan: 4 quedaron por debajo y 5 lo rebasaron; 3 no imprimen motivo».

    `filas`: una por compromiso del nivel y periodo con su `estado`; `alertas`: una por cada uno fuera de la
    banda, con `lado` y `justificacion`.
    """
    conteo = filas["estado"].value_counts()
    medibles = sum(int(conteo.get(e, 0)) for e in _MEDIBLES)
    if not medibles:
        return comunes.estados(conteo, nivel, dependencias, corte)
    quien, _ = comunes.quienes(dependencias)
    n = len(alertas)
    if not n:
        final = f"; {formato.lista(fuera)}" if (fuera := _sin_medir(conteo)) else ": nada pide explicación"
        if medibles == 1:
            return f"La única {formato.nivel(nivel)} medible de {quien} está en banda{final}"
        return f"Las {formato.contar(medibles, nivel)} medibles de {quien} están en banda{final}"
    aparta = "se aparta" if n == 1 else "se apartan"
    return f"{formato.contar(n, nivel)} de {quien} {aparta} del plan: {_lados(alertas)}; {_motivos(alertas)}"


def _lados(alertas: pd.DataFrame) -> str:
    """«4 quedaron por debajo, 5 lo rebasaron y 1 avanzó sin plan»; si son todas, «las 4 quedaron por debajo»."""
    cortas, sin_plan = int((alertas["lado"] == "debajo").sum()), int((alertas["estado"] == _SIN_PLAN).sum())
    cuentas = (
        (cortas, "quedó por debajo", "quedaron por debajo"),
        (len(alertas) - cortas - sin_plan, "lo rebasó", "lo rebasaron"),
        (sin_plan, "avanzó sin plan", "avanzaron sin plan"),
    )
    hay = [(n, una, varias) for n, una, varias in cuentas if n]
    if len(hay) == 1:
        n, una, varias = hay[0]
        return una if n == 1 else f"las{formato.ESPACIO}{n} {varias}"
    return formato.lista(f"{n}{formato.ESPACIO}{una if n == 1 else varias}" for n, una, varias in hay)


def _motivos(alertas: pd.DataFrame) -> str:
    """«3 no imprimen motivo y 1 contradice a sus cifras», con sus plurales y los casos de todas o ninguna."""
    ausentes, contradicen = (int((alertas["justificacion"] == cual).sum()) for cual in ("ausente", "contradictoria"))
    n = len(alertas)
    if n == 1:
        if ausentes:
            return "no imprime motivo"
        return "su motivo contradice a las cifras" if contradicen else "imprime su motivo"
    if ausentes == n:
        return "ninguna imprime motivo"
    duro = formato.ESPACIO
    falta = f"{ausentes}{duro}no {'imprime' if ausentes == 1 else 'imprimen'} motivo"
    choca = f"{contradicen}{duro}{'contradice' if contradicen == 1 else 'contradicen'} a sus cifras"
    if ausentes:
        return f"{falta} y {choca}" if contradicen else falta
    return f"todas imprimen motivo, pero {choca}" if contradicen else "todas imprimen motivo"


def parrafo(
    filas: pd.DataFrame,
    alertas: pd.DataFrame,
    contradicciones: pd.DataFrame,
    nivel: str,
    dependencias: Sequence[str],
    nombres: Mapping[str, str],
    corte: str,
    periodo: str,
) -> str:
    """De dos a cuatro frases: cuántas de cuántas, por cuál preguntar primero, por cuáles después y qué se ignora.

    `filas`, `alertas` y `contradicciones`: una por compromiso del nivel y periodo, de sus consultas; `nombres`:
    el corto de cada dependencia por su clave.
    """
    if filas.empty:
        return f"{comunes.estados({}, nivel, dependencias, corte)}."
    if (filas["estado"] == "Aún no exigible").all():
        return (
            "Nada es exigible todavía: el documento trae lo programado, no lo alcanzado. Cuando llegue el primer "
            "informe, aquí se verá qué se aparta del plan y qué explicación imprime."
        )
    medibles = int(filas["estado"].isin(_MEDIBLES).sum())
    quien, _ = comunes.quienes(dependencias)
    cuando = f"{'En lo acumulado al' if periodo == 'acumulado' else 'Solo en el'} {formato.corte(corte)}"
    if not medibles:
        return f"{cuando}, ninguna {formato.nivel(nivel)} de {quien} se puede medir contra su plan."
    return comunes.parrafo(
        *(
            [
                f"{cuando}, {_de_cuantas(alertas, medibles, nivel, quien, es_falla)}.",
                _primero(alertas, nivel, nombres, largo),
                _despues(alertas, contradicciones, nivel if largo else ""),
                _reservas(filas, alertas),
            ]
            for es_falla, largo in ((True, 40), (False, 40), (False, 26), (False, 0))
        )
    )


def _de_cuantas(alertas: pd.DataFrame, medibles: int, nivel: str, quien: str, es_falla: bool) -> str:
    n = len(alertas)
    if medibles == 1:
        unica = f"la única {formato.nivel(nivel)} medible de {quien}"
        return f"{unica} se aparta del plan: {_lados(alertas)}" if n else f"{unica} está en banda"
    todas = f"las {formato.contar(medibles, nivel)} medibles de {quien}"
    if not n:
        return f"{todas} quedaron en banda"
    aparta = "se aparta" if n == 1 else "se apartan"
    rebasa = alertas["estado"].isin(tema.ENCIMA).any()
    baja = "; rebasarlo es falla de planeación" if es_falla and rebasa else ""
    return f"{n} de {todas} {aparta} del plan: {_lados(alertas)}{baja}"


def _primero(alertas: pd.DataFrame, nivel: str, nombres: Mapping[str, str], largo: int) -> str:
    """Por cuál preguntar: la más lejana, con lo que hizo y si el documento dice por qué."""
    if alertas.empty:
        return ""
    fila = _mas_lejana(alertas)
    nombre = comunes.nombrar(fila, nivel, largo)
    if alertas["dependencia"].nunique() > 1:
        nombre += f", de {nombres.get(fila['dependencia'], 'otra dependencia')}"
    porque = {
        "ausente": "; el documento no imprime motivo",
        "contradictoria": "; su motivo contradice a las cifras",
        "impresa": ", con motivo impreso",
    }[fila["justificacion"]]
    if len(alertas) > 1 and (alertas["justificacion"] == "ausente").all():
        porque += " de ninguna"
    if len(alertas) == 1:
        return f"Es {nombre}: {hecho(fila)}{porque}."
    cual = "la más lejana" if _iguales(alertas, fila) == 1 else "una de las más lejanas"
    if not largo:
        aparte = " sin las pequeñas" if _hay_aparte(alertas) else ""
        return f"Pregunte primero por {nombre}, {cual}{aparte}: {hecho(fila, False)}{porque}."
    abre = "Sin contar las pequeñas, conviene" if _hay_aparte(alertas) else "Conviene"
    return f"{abre} preguntar primero por {cual}, {nombre}: {hecho(fila)}{porque}."


def _hay_aparte(alertas: pd.DataFrame) -> bool:
    """Si hay pequeñas que no cuentan para decir cuál es la más lejana, porque también hay de las otras."""
    return alertas["es_pequena"].nunique() == 2


def _iguales(alertas: pd.DataFrame, fila: pd.Series) -> int:
    """Cuántas de su lista están igual de lejos, del lado que sea."""
    suyas = alertas.loc[alertas["es_pequena"] == fila["es_pequena"], "distancia"].astype(float).fillna(float("inf"))
    lejos = float("inf") if formato.es_blanco(fila["distancia"]) else float(fila["distancia"])
    return int((suyas >= lejos - 1e-9).sum())


def _mas_lejana(alertas: pd.DataFrame) -> pd.Series:
    """La primera de la lista; una pequeña, solo si no hay otras."""
    return alertas.sort_values(["es_pequena", "lugar"], kind="stable").iloc[0]


def _despues(alertas: pd.DataFrame, contradicciones: pd.DataFrame, nivel: str) -> str:
    """«Después, por la acción 309, que no imprime motivo, y por la acción 305, cuyo texto contradice a las cifras.»"""
    primera = _mas_lejana(alertas)["vigente_id"] if len(alertas) else None
    calladas = alertas[(alertas["justificacion"] == "ausente") & (alertas["vigente_id"] != primera)]
    contrarias = contradicciones[contradicciones["vigente_id"] != primera]
    partes = []
    if len(calladas) and len(calladas) + 1 < len(alertas):
        partes.append(f"por {_otras(calladas, nivel)}, que no {'imprime' if len(calladas) == 1 else 'imprimen'} motivo")
    if n := len(contrarias):
        textos = "cuyo texto contradice" if n == 1 else "cuyos textos contradicen"
        partes.append(f"por {_otras(contrarias, nivel)}, {textos} a las cifras")
    abre = "Después, " if len(alertas) else "Conviene preguntar "
    return f"{abre}{', y '.join(partes)}." if partes else ""


def _otras(filas: pd.DataFrame, nivel: str) -> str:
    """«la acción 309», «las acciones 304 y 305»; de más de cuatro, «otras 6 acciones»."""
    cuantas = formato.contar(len(filas), nivel) if nivel else len(filas)
    return _las(filas["clave"], nivel) if len(filas) <= 4 else f"otras {cuantas}"


def hecho(fila: Mapping, con_unidad: bool = True) -> str:
    """«alcanzó 39 de 120 (unidad: supervisión), 32.5 % del plan», o que no alcanzó o no programó nada."""
    unidad = formato.unidad(fila["unidad_medida"]) if con_unidad else ""
    unidad = f" (unidad: {unidad})" if unidad else ""
    alcanzado, programado = (formato.numero(fila[c]) for c in ("alcanzado", "programado"))
    if fila["cumplimiento_pct"] > 0:
        pct = f"{formato.porcentaje(fila['cumplimiento_pct'])} del plan{comunes.a_medias(fila)}"
        return f"alcanzó {alcanzado} de {programado}{unidad}, {pct}"
    if fila["lado"] == "debajo":
        return f"no alcanzó nada de {programado}{unidad}"
    return f"alcanzó {alcanzado}{unidad} sin haber programado nada"


def _las(claves: Sequence[str], nivel: str) -> str:
    """«la meta 4», «las metas 4 y 6»."""
    claves = [formato.texto(c) for c in claves]
    articulo = "la" if len(claves) == 1 else "las"
    return " ".join([articulo, *([formato.nivel(nivel, len(claves))] if nivel else []), formato.lista(claves)])


def _reservas(filas: pd.DataFrame, alertas: pd.DataFrame) -> str:
    """«Con reserva: 7 sin reporte, 1 por revisar y 2 con cifras reconstruidas o ambiguas.»"""
    partes = _sin_medir(filas["estado"].value_counts())
    partes += [f"{n}{formato.ESPACIO}con {que}" for n, que in comunes.dudas(alertas["certeza"])]
    return f"Con reserva: {formato.lista(partes)}." if partes else ""


def _sin_medir(conteo: Mapping[str, int]) -> list[str]:
    """[«7 sin reporte», «1 por revisar»], los que haya."""
    cuentas = (("Sin reporte", "sin reporte"), ("Dato por revisar", "por revisar"))
    return [f"{n}{formato.ESPACIO}{como}" for estado, como in cuentas if (n := int(conteo.get(estado, 0)))]


def figura(alertas: pd.DataFrame, nivel: str) -> str:
    """«Por debajo del plan, la más lejana es la acción 403 (32.5 %); por encima, la 503 (190 %)».

    De las que se dibujan: las pequeñas solo cuentan si no hay otras, y entonces se dice que no se contaron.
    """
    if alertas.empty:
        return f"Ninguna {formato.nivel(nivel)} se aparta de su plan"
    grandes = alertas[~alertas["es_pequena"].astype(bool)]
    filas = grandes if len(grandes) else alertas
    debajo, encima = (_lejanas(filas[filas["lado"] == lado]) for lado in ("debajo", "encima"))
    if debajo and encima:
        if _hay_aparte(alertas):
            abajo, arriba = _cuales(*debajo, nivel), _cuales(*encima, "")
            son = "la más lejana por debajo es" if len(debajo[0]) == 1 else "las más lejanas por debajo son"
            return f"Sin contar las pequeñas, {son} {abajo}; por encima, {arriba}"
        return f"Por debajo del plan, {_son(*debajo, nivel)}; por encima, {_cuales(*encima, '')}"
    de_los_dos = alertas["lado"].nunique() == 2
    if debajo:
        resto = "por encima, solo pequeñas" if de_los_dos else "ninguna lo rebasó"
        return f"Por debajo del plan, {_son(*debajo, nivel)}; {resto}"
    resto = "por debajo, solo pequeñas" if de_los_dos else "ninguna quedó por debajo"
    return f"Por encima del plan, {_son(*encima, nivel)}; {resto}"


def _lejanas(filas: pd.DataFrame) -> tuple[list[str], str] | None:
    """Las claves de las más lejanas de un lado, que pueden empatar, y su cumplimiento entre paréntesis."""
    if filas.empty:
        return None
    lejos = filas["distancia"].astype(float).fillna(float("inf"))
    primeras = filas[lejos >= lejos.max() - 1e-9].sort_values("lugar", kind="stable")
    fila = primeras.iloc[0]
    if fila["cumplimiento_pct"] > 0:
        cuanto = formato.porcentaje(fila["cumplimiento_pct"])
    else:
        cuanto = "nada" if fila["lado"] == "debajo" else "sin plan"
    return [formato.texto(c) for c in primeras["clave"]], cuanto


def _son(claves: list[str], cuanto: str, nivel: str) -> str:
    verbo = "la más lejana es" if len(claves) == 1 else "las más lejanas son"
    return f"{verbo} {_cuales(claves, cuanto, nivel)}"


def _cuales(claves: list[str], cuanto: str, nivel: str) -> str:
    """«la acción 403 (32.5 %)», «las 2.4 y 2.5 (200 %)»; de más de tres, cuántas son."""
    n = len(claves)
    if n > 3:
        return f"{n}{formato.ESPACIO}{formato.nivel(nivel, n) if nivel else 'empatadas'} ({cuanto})"
    nombre = f"{formato.nivel(nivel, n)} " if nivel else ""
    return f"{'la' if n == 1 else 'las'} {nombre}{formato.lista(claves)} ({cuanto})"


def veces(cumplimiento_pct: object) -> str:
    """El cumplimiento como factor del plan: 32.5 → «÷ 3.1»; 190 → «× 1.9»; sin número, nada."""
    if formato.es_blanco(cumplimiento_pct) or not cumplimiento_pct > 0:
        return ""
    c = float(cumplimiento_pct) / 100
    signo, factor = ("×", c) if c >= 1 else ("÷", 1 / c)
    return f"{signo}{formato.ESPACIO}{formato.numero(round(factor, 1))}"


def lista(n: int, pequenas: bool, tope: float, nivel: str) -> str:
    """La nota bajo el título de una de las dos listas."""
    if pequenas:
        una = "una sola unidad ya"
        if n == 1:
            return f"Es una: programa {formato.numero(tope)} o menos, y {una} la saca de la banda."
        return f"Son {formato.numero(n)}: programan {formato.numero(tope)} o menos, y {una} las saca de la banda."
    son = "Es" if n == 1 else "Son"
    mitad, doble = veces(50), veces(200)
    return (
        f"{son} {formato.contar(n, nivel)}. Quedar en la mitad ({mitad}) dista lo mismo que llegar al doble ({doble})."
    )


def sin_alertas(filas: pd.DataFrame, nivel: str) -> str:
    """Por qué no hay nada que ordenar."""
    if not filas.empty and (filas["estado"] == "Aún no exigible").all():
        return "Nada es exigible todavía: este documento solo trae el plan."
    if not filas["estado"].isin(_MEDIBLES).any():
        return f"Ninguna {formato.nivel(nivel)} de esta selección se puede medir todavía contra su plan."
    return f"Ninguna {formato.nivel(nivel)} medible de esta selección se aparta de su plan."


def sin_contradicciones(filas: pd.DataFrame, nivel: str) -> str:
    """Qué se dice cuando ningún texto contradice a sus cifras."""
    con_texto = int((~filas["observaciones"].map(formato.es_blanco)).sum())
    if not con_texto:
        return f"El documento no imprime observaciones en estas {formato.nivel(nivel, 2)}: no hay texto que comparar."
    if con_texto == 1:
        return "La única observación impresa no contradice a sus cifras."
    return f"Ninguna de las {con_texto} observaciones impresas contradice a sus cifras."


def tambien_en(claves: object, niveles: Mapping[str, str]) -> str:
    """«La misma observación está impresa también en las metas 5 y 6.», de claves separadas por comas.

    `niveles`: si cada clave es meta o acción.
    """
    if formato.es_blanco(claves):
        return ""
    otras = [c.strip() for c in str(claves).split(",") if c.strip()]
    por_nivel = {
        nivel: [c for c in otras if niveles.get(c) == nivel] for nivel in dict.fromkeys(map(niveles.get, otras))
    }
    donde = formato.lista([f"en {_las(suyas, nivel)}" for nivel, suyas in por_nivel.items()])
    return f"La misma observación está impresa también {donde}."


def contradice(fila: Mapping) -> str:
    """«Contradice a las cifras: dice «la meta anual se vio superada»; en su propio plan lleva 2 de 10 (20 %).»"""
    dicho = formato.minusculas(fila["contradiccion_dice"])
    return f"Contradice a las cifras: dice «{dicho}»; {_con_espacio(fila['contradiccion_con'])}."


def cifras(contradiccion_con: object) -> str:
    """Las cifras que desmienten al texto, como frase: «Van 2,639 de 3,171 programados al corte (83.2 %).»"""
    return f"{formato.mayuscula(_con_espacio(contradiccion_con))}."


def medido(fila: Mapping, periodo: str) -> str:
    """Las cifras del periodo que se ve, si no son las que ya desmienten: «Acumulado al corte: 97 de 85, 114.1 %…»."""
    cuando = formato.mayuscula(formato.PERIODOS[periodo])
    if fila["estado"] == "Sin programación":
        return f"{cuando}: no se programó ni se alcanzó nada."
    unidad = formato.unidad(fila["unidad_medida"])
    plan = formato.numero(fila["programado"]) if fila["programado"] > 0 else "nada"
    cuanto = f"{formato.numero(fila['alcanzado'])} de {plan}"
    if f" {cuanto} " in f" {formato.texto(fila['contradiccion_con'])} ":
        return f"Unidad: {unidad}." if unidad else ""
    pct = formato.porcentaje(fila["cumplimiento_pct"], "")
    return f"{cuando}: {cuanto}{f', {pct} del plan' if pct else ''}{f' (unidad: {unidad})' if unidad else ''}."


def _con_espacio(cifras: object) -> str:
    return formato.texto(cifras).replace(" %", f"{formato.ESPACIO}%")


def marcar(texto: str, dicho: object) -> list[tuple[str, bool]]:
    """El texto en pedazos seguidos y si cada uno es de las palabras que hablaron («…» las separa).

    Las busca sin fijarse en acentos, mayúsculas ni signos; las que no están no se marcan.
    """
    llano, tramos = _llano(texto), []
    for frase in formato.texto(dicho, "").split("…"):
        palabras = re.findall(r"\w+", _llano(frase))
        hallado = re.search(r"\W+".join(map(re.escape, palabras)), llano) if palabras else None
        if hallado:
            tramos.append(hallado.span())
    pedazos, hasta = [], 0
    for desde, fin in sorted(tramos):
        desde = max(desde, hasta)
        pedazos += [(texto[hasta:desde], False), (texto[desde:fin], True)]
        hasta = max(fin, hasta)
    return [(pedazo, habla) for pedazo, habla in [*pedazos, (texto[hasta:], False)] if pedazo]


def _llano(texto: str) -> str:
    """En minúsculas y sin acentos, letra por letra: conserva el largo y con él los lugares."""
    return "".join(formato.sin_acentos(c).lower()[:1] or c for c in texto)
