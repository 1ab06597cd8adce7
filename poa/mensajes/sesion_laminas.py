"""Lo que dicen las láminas de una sesión: su orden del día, sus rótulos, sus marcas y la calidad de los datos."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from poa import formato
from poa.mensajes import comunes

MARCA = "†"  # junto a la cifra reconstruida, con dos lecturas o distinta de la impresa
NOTA_MARCA = f"{MARCA} Cifra reconstruida, con dos lecturas o distinta de la impresa."
# junto a la clave de un compromiso
NOTA_LLEVA = f"{MARCA} Lleva cifras reconstruidas, ambiguas o distintas de las impresas."
NOTA_PLANES = "El plan se rehízo en el año: cada trimestre lleva el que regía en él."
ASISTENCIA = "Lista de asistencia y verificación del quórum legal"
_ORDEN = "Lectura y aprobación del orden del día"
_ASUNTOS, _CLAUSURA = "Asuntos generales", "Clausura de la sesión"
_SECCION_ORDEN = "orden_del_dia"
# Los puntos de toda sesión; los demás son propios de una y llevan su lámina.
_COMUNES = ("asistencia", "orden del dia", "programas? operativos?", r"\bpoa\b", "asuntos generales", "clausura")
_NUMERADO = re.compile(r"^\d+\s*\.?\s*[-–]?\s*")
_TRIMESTRES = ("1er. Trimestre", "2do. Trimestre", "3er. Trimestre", "4to. Trimestre")
GRUPOS = (*_TRIMESTRES, "Total anual")
_CLAVES_DICHAS = 6
_LETRAS_PORTADILLA = 190
_SI_LOS_HAY = ("Total distinto del impreso", "Dato por revisar")  # con los demás caben en una lámina
_DE_UN_PLAN = ("Cifras reconstruidas", "Cifras con dos lecturas")  # lo que se revisa aunque nada sea exigible

Punto = tuple[int, str]


# ---------------------------------------------------------------- lo impreso de la sesión


def portada(impreso: pd.DataFrame, ejercicio: int, corte: str) -> list[str]:
    """Los renglones de la portada: los que imprime el documento o, si no los trae, los neutros.

    `impreso`: la consulta sesion del corte. El primero es el que dice qué se presenta.
    """
    suyos = _del_primero(impreso)
    suyos = suyos[suyos["seccion"] == "portada"]
    presenta = presentacion(ejercicio)
    if suyos.empty:
        return [presenta, "Sesión del subcomité", f"COPLADEMM · {formato.mayuscula(formato.corte(corte))}"]
    bloques = _bloques(suyos)
    que = next((b for b in bloques if re.search(r"presentaci[oó]n|programas? operativos?|\bPOA\b", b, re.I)), presenta)
    return [que, *(b for b in bloques[::-1] if b != que), formato.mayuscula(formato.corte(corte))]


def _bloques(renglones: pd.DataFrame) -> list[str]:
    """Los renglones seguidos, juntos: «GOBIERNO» y «DE MEXICALI» son uno."""
    bloques: list[str] = []
    anterior = None
    for fila in renglones.itertuples():
        if anterior is not None and fila.renglon == anterior + 1:
            bloques[-1] += f" {fila.texto}"
        else:
            bloques.append(str(fila.texto))
        anterior = fila.renglon
    return bloques


def presentacion(ejercicio: int) -> str:
    """«Presentación del POA 2025»."""
    return f"Presentación del POA {ejercicio}"


def puntos_impresos(impreso: pd.DataFrame) -> pd.DataFrame:
    """De las filas de la consulta sesion, los puntos que imprime el orden del día; vacío si el corte no lo trae."""
    suyos = _del_primero(impreso)
    return suyos[suyos["seccion"] == _SECCION_ORDEN]


def orden_del_dia(
    impreso: pd.DataFrame, ejercicio: int, dependencias: Sequence[str], ausentes: str = ""
) -> tuple[str, list[Punto]]:
    """Su título y sus puntos: los impresos o, si el corte no los trae, los de siempre con sus dependencias.

    `ausentes`: la frase de las que no informan el corte, bajo las que sí.
    """
    suyos = puntos_impresos(impreso)
    if not suyos.empty:
        titulo = formato.texto(suyos["encabezado"].iloc[0], "Orden del día")
        return titulo, [(0 if _NUMERADO.match(t) else 1, str(t)) for t in suyos["texto"]]
    letras = [f"{chr(97 + n)})" if n < 26 else "•" for n in range(len(dependencias))]
    return "Orden del día", [
        (0, f"1. {ASISTENCIA}."),
        (0, f"2. {_ORDEN}."),
        (0, f"3. Presentación de los Programas Operativos Anuales {ejercicio}."),
        *((1, f"{letra} {nombre}") for letra, nombre in zip(letras, dependencias, strict=True)),
        *([(1, f"{ausentes}.")] if ausentes else []),
        (0, f"4. {_ASUNTOS}."),
        (0, f"5. {_CLAUSURA}."),
    ]


def propios(impreso: pd.DataFrame) -> list[str]:
    """Los puntos impresos del orden del día que no son los de toda sesión, como se imprimen."""
    suyos = _del_primero(impreso)
    puntos = [str(t) for t in suyos.loc[suyos["seccion"] == _SECCION_ORDEN, "texto"] if _NUMERADO.match(str(t))]
    return [p for p in puntos if not any(re.search(c, formato.sin_acentos(p.lower())) for c in _COMUNES)]


def secciones(impreso: pd.DataFrame) -> list[tuple[str, str, list[Punto]]]:
    """Lo demás que imprime el documento (atribuciones): clave, encabezado y puntos de cada sección."""
    suyas = impreso[~impreso["seccion"].isin(("portada", _SECCION_ORDEN))]
    return [
        (
            str(clave).replace("_", "-"),
            formato.texto(filas["encabezado"].iloc[0], formato.mayuscula(str(clave).replace("_", " "))),
            [(0, str(t)) for t in filas["texto"]],
        )
        for (_, clave), filas in impreso.loc[suyas.index].groupby(["documento", "seccion"], sort=False)
    ]


def cierre(impreso: pd.DataFrame, codigo: str) -> list[str]:
    """Los asuntos generales y la clausura, como se imprimen si se imprimen, y cómo seguir en el tablero."""
    suyos = _del_primero(impreso)
    puntos = [str(t) for t in suyos.loc[suyos["seccion"] == _SECCION_ORDEN, "texto"]]
    dichos = [_impreso(puntos, cual) or cual for cual in (_ASUNTOS, _CLAUSURA)]
    return [*dichos, f"Para seguir en el tablero, escriba este código: {codigo}"]


def asistencia(impreso: pd.DataFrame) -> str:
    """El título de la lista de asistencia."""
    suyos = _del_primero(impreso)
    puntos = [str(t) for t in suyos.loc[suyos["seccion"] == _SECCION_ORDEN, "texto"]]
    return _impreso(puntos, "asistencia") or ASISTENCIA


def _impreso(puntos: Sequence[str], cual: str) -> str:
    """El punto que habla de eso, sin su número ni punto final."""
    hallado = next((p for p in puntos if formato.sin_acentos(cual).lower() in formato.sin_acentos(p).lower()), "")
    return _NUMERADO.sub("", hallado).rstrip(" .")


def _del_primero(impreso: pd.DataFrame) -> pd.DataFrame:
    """Lo del primer documento que trae sesión: dos no comparten portada ni orden del día."""
    return impreso[impreso["documento"] == impreso["documento"].min()]


# ---------------------------------------------------------------- los cuadros


def compromete(metas: int, acciones: int) -> str:
    """«5 metas y 38 acciones»."""
    return formato.lista([formato.contar(n, nivel) for n, nivel in ((metas, "meta"), (acciones, "accion")) if n])


def cifra(valor: object, es_dudosa: bool) -> str:
    """Una cifra del cuadro: en blanco lo que está en blanco, y con su marca la dudosa."""
    escrita = formato.numero(valor, si_falta="")
    return f"{escrita}{MARCA}" if escrita and es_dudosa else escrita


def avance_anual(fila: Mapping) -> str:
    """«Porcentaje de avance anual: 104.6 %», o por qué no lo hay.

    Si no es el del total anual, porque lo alcanzado no se suma, dice contra qué es.
    """
    pct = fila["avance_anual_pct"]
    if fila["estado"] == "Aún no exigible":
        return "Porcentaje de avance anual: aún no exigible"
    dicho = f"Porcentaje de avance anual: {formato.porcentaje(pct, 'no se puede calcular')}"
    if formato.es_blanco(pct) or fila["regla_acumulacion"] not in _PROMEDIAN or not fila["meta_anual"] > 0:
        return dicho
    del_total = 100 * fila["alcanzado"] / fila["meta_anual"]
    return dicho if abs(pct - del_total) < 0.05 else f"{dicho}, contra lo programado en todos los trimestres del año"


_PROMEDIAN = ("constante", "promedio")


def nota_de_total(filas: pd.DataFrame) -> str:
    """Qué es el total R de los renglones en que no es una suma; nada si todos se suman o no lo llevan.

    `filas`: una por compromiso, con su `regla_acumulacion` y lo `alcanzado`.
    """
    frases = []
    for reglas in (_PROMEDIAN, ("último valor",)):
        que = de_que_sale(reglas[0])
        suyas = filas[filas["regla_acumulacion"].isin(reglas) & filas["alcanzado"].notna()]
        if len(suyas) and len(filas) == 1:
            frases.append(f"El total R es {que}.")
        elif len(suyas):
            n = len(suyas)
            claves = formato.lista(formato.texto(c) for c in suyas["clave"])
            frases.append(f"El total R de {claves if n <= _CLAVES_DICHAS else f'{n} renglones'} es {que}.")
    return " ".join(frases)


def nota_de_unidad(filas: pd.DataFrame, impresas: pd.DataFrame) -> str:
    """«En ene–mar y abr–jun, 101 se medía en taller.», de los que cambiaron de unidad en el año; nada si ninguno.

    `filas`: una por compromiso; `impresas`: la consulta de ese nombre.
    """
    otras = impresas[impresas["es_otra_unidad"] & impresas[["programado", "alcanzado"]].notna().any(axis=1)]
    frases = []
    for _, fila in filas.iterrows():
        suyas = otras[otras["vigente_id"] == fila["vigente_id"]]
        for unidad, de_unidad in suyas.groupby("programado_unidad", sort=False):
            cuando = formato.lista(formato.TRIMESTRES[int(t)] for t in de_unidad["trimestre"])
            frases.append(f"En {cuando}, {formato.texto(fila['clave'])} se medía en {formato.unidad(unidad)}.")
    return " ".join(frases)


def de_que_sale(regla: object) -> str:
    """De qué sale el total R según su regla: «la suma de los trimestres»."""
    if regla in _PROMEDIAN:
        return "el promedio de los trimestres"
    return "el del último trimestre" if regla == "último valor" else "la suma de los trimestres"


def otro_total(impresa: Mapping) -> str:
    """«78.41, es el promedio de los trimestres; el informe imprime 90 de avance absoluto»: lo usado y lo impreso.

    `impresa`: una fila de la consulta impresas de un compromiso con `total_es_distinto`.
    """
    return (
        f"{formato.numero(impresa['total'])}, es {de_que_sale(impresa['regla_acumulacion'])}; el informe imprime "
        f"{formato.numero(impresa['avance_absoluto_impreso'])} de avance absoluto"
    )


def duda(certezas: pd.Series) -> str:
    """Lo que el pie dice de unas cifras: «Trae cifras con dos lecturas.»; nada si todas son seguras."""
    if (certezas == "ambiguo").any():
        return "Trae cifras con dos lecturas."
    return "Trae cifras reconstruidas." if (certezas == "reconstruido").any() else ""


def programas(filas: pd.DataFrame) -> list[str]:
    """Los programas y las unidades ejecutoras impresos de una dependencia, un renglón de cada cosa; si son muchos, n.

    `filas`: una por compromiso, con `programa_clave`, `programa` y `unidad`.
    """
    suyos = filas[filas["programa"].notna()].drop_duplicates("programa_clave")
    dichos = [
        f"{formato.texto(f['programa_clave'], '')} {formato.oracion(f['programa']).rstrip('.')}".strip()
        for _, f in suyos.iterrows()
    ]
    # lo que va entre paréntesis son las partes de la unidad: una lista que no cabe
    sin_partes = (formato.oracion(str(u).split("(")[0].strip()).rstrip(".") for u in filas["unidad"].dropna())
    unidades = [u for u in dict.fromkeys(sin_partes) if u]
    partes = (("Programa", "Programas", dichos), ("Unidad ejecutora", "Unidades ejecutoras", unidades))
    return [f"{una if len(cuales) == 1 else varias}: {_que_caben(cuales)}" for una, varias, cuales in partes if cuales]


def _que_caben(partes: Sequence[str]) -> str:
    """Los primeros que caben en tres renglones de la portadilla, «y 3 más»."""
    for n in range(len(partes), 0, -1):
        faltan = len(partes) - n
        dicho = f"{'; '.join(partes[:n])} y {faltan} más" if faltan else "; ".join(partes)
        if len(dicho) <= _LETRAS_PORTADILLA:
            return dicho
    return formato.recortar(partes[0], _LETRAS_PORTADILLA - 8) + (f" y {len(partes) - 1} más" if partes[1:] else "")


def unidad_de_medida(fila: Mapping) -> str:
    """«Unidad de medida: expediente»."""
    return f"Unidad de medida: {formato.unidad(fila['unidad_medida'], 'no impresa')}"


def y_mas(n: int, pagina: str, sin_avance: int = 0) -> str:
    """«Y 4 más, 1 sin avance, en la página Alertas del tablero.»"""
    de_ellas = f", {formato.numero(sin_avance)} sin avance" if sin_avance else ""
    return f"Y {formato.numero(n)} más{de_ellas}, en la página {pagina} del tablero."


def parte_de(n: int, total: int) -> str:
    """«lámina 2 de 3», o nada si es una."""
    return f"lámina {n} de {total}" if total > 1 else ""


SIN_MOTIVO = "No imprime motivo"


def motivo(alerta: Mapping, largo: int) -> str:
    """El motivo impreso, a lo más `largo` letras; que no lo hay, o que contradice a sus cifras."""
    if formato.es_blanco(alerta["observaciones"]):
        return SIN_MOTIVO if alerta["justificacion"] == "ausente" else ""
    dicho = formato.recortar(formato.oracion(alerta["observaciones"]), largo)
    entera = dicho.rfind(". ") + 1
    if dicho.endswith("…") and entera > largo // 2:
        dicho = f"{dicho[: entera - 1]}…"  # mejor una oración entera que dos palabras de la que sigue
    return f"≠ Contradice a las cifras: {dicho}" if alerta["justificacion"] == "contradictoria" else dicho


# ---------------------------------------------------------------- la calidad de los datos


def calidad(filas: pd.DataFrame, certezas: pd.Series) -> str:
    """«De 43 compromisos, 12 llevan cifras reconstruidas o ambiguas y 3 no imprimen el motivo que deben»."""
    total = len(filas)
    sin_reporte = int((filas["estado"] == "Sin reporte").sum())
    callan = int(_con(filas, "justificación ausente").sum())
    duro = formato.ESPACIO
    partes = [
        f"{n}{duro}{una if n == 1 else varias}"
        for n, una, varias in (
            *((n, f"lleva {que}", f"llevan {que}") for n, que in comunes.dudas(filas["vigente_id"].map(certezas))),
            (sin_reporte, "no se reporta", "no se reportan"),
            (callan, "no imprime el motivo que debe", "no imprimen el motivo que deben"),
        )
        if n
    ]
    cuantos = formato.plural(total, "compromiso", "compromisos")
    if not partes:
        return f"Las cifras de {'este' if total == 1 else 'estos'} {cuantos} se leen como están impresas"
    return f"De {cuantos}, {formato.lista(partes)}"


def revisiones(
    filas: pd.DataFrame,
    certezas: pd.Series,
    distintos: Collection[str],
    hallazgos: pd.DataFrame,
    nombres: Mapping[str, str],
) -> list[tuple[str, str, str, str]]:
    """(qué, cuántas metas, cuántas acciones, cuáles) de lo que se revisa; lo raro, y los reportes de un plan, si hay.

    `filas`: una por compromiso, con `estado` y `etiquetas`; `certezas`: la peor de sus cifras, por `vigente_id`;
    `distintos`: los `vigente_id` cuyo total anual no es el impreso; `nombres`: el corto de cada dependencia, que se
    dice si hay varias.
    """
    certeza, varias = filas["vigente_id"].map(certezas).fillna("seguro"), filas["dependencia"].nunique() > 1
    reglas = (
        ("Cifras reconstruidas", certeza == "reconstruido"),
        ("Cifras con dos lecturas", certeza == "ambiguo"),
        ("Total distinto del impreso", filas["vigente_id"].isin(distintos)),
        ("Dato por revisar", filas["estado"] == "Dato por revisar"),
        ("Sin reporte", filas["estado"] == "Sin reporte"),
        ("Con reporte incompleto", _con(filas, "reporte incompleto")),
        ("Sin el motivo que deben", _con(filas, "justificación ausente")),
        ("Con motivo que las contradice", _con(filas, "justificación contradictoria")),
    )
    hay_exigibles = bool((filas["estado"] != "Aún no exigible").any())
    todas = [_cuenta("En el corte", filas, "")]
    todas += [
        _cuenta(que, filas[cuales], claves(filas[cuales], nombres if varias else {}))
        for que, cuales in reglas
        if cuales.any() or que in _DE_UN_PLAN or (hay_exigibles and que not in _SI_LOS_HAY)
    ]
    return [*todas, _cuenta("Hallazgos de la lectura", hallazgos, severidades(hallazgos))]


def _cuenta(que: str, filas: pd.DataFrame, cuales: str) -> tuple[str, str, str, str]:
    metas, acciones = (formato.numero(int((filas["nivel"] == nivel).sum())) for nivel in ("meta", "accion"))
    return que, metas, acciones, cuales


def claves(filas: pd.DataFrame, nombres: Mapping[str, str]) -> str:
    """«302, 305 y 403»; de muchas, las primeras «y 12 más»; con su dependencia, si `nombres` la da."""
    dichas = [f"{nombres.get(f['dependencia'], '')} {formato.texto(f['clave'])}".strip() for _, f in filas.iterrows()]
    if len(dichas) > _CLAVES_DICHAS + 1:
        return f"{', '.join(dichas[:_CLAVES_DICHAS])} y {len(dichas) - _CLAVES_DICHAS}{formato.ESPACIO}más"
    return formato.lista(dichas)


def severidades(hallazgos: pd.DataFrame) -> str:
    """«1 error, 20 advertencias y 37 avisos»."""
    n = hallazgos["severidad"].value_counts()
    dichas = (("error", "errores"), ("advertencia", "advertencias"), ("aviso", "avisos"))
    return formato.lista(formato.plural(int(n[una]), una, varias) for una, varias in dichas if una in n)


def _con(filas: pd.DataFrame, etiqueta: str) -> pd.Series:
    return filas["etiquetas"].fillna("").str.contains(etiqueta, regex=False)


def estados(conteos: Mapping[str, pd.Series], quien: str, corte: str) -> str:
    """El mensaje de la lámina de estados: el de las acciones o, si no las hay, el de las metas."""
    nivel = "accion" if "accion" in conteos else "meta"
    return comunes.estados(conteos.get(nivel, pd.Series(dtype=int)), nivel, [quien], corte)
