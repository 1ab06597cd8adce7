"""Lo que dice la página Ejes del PMD: de los ejes de cada plan y de un eje, estrategia o línea.

Un código no dice nada sin su plan: aquí siempre van juntos, y nunca se compara un plan con otro.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from poa import formato, tema
from poa.mensajes import comunes

_NIVELES = ("eje", "estrategia", "línea")
_SIN_NOMBRE = "sin nombre impreso"


def nivel_pmd(clave: str) -> str:
    """'3' → «eje»; '3.2' → «estrategia»; '3.2.1' → «línea»."""
    return _NIVELES[min(clave.count("."), 2)]


def articulado(clave: str) -> str:
    """'3' → «el eje 3»; '3.2' → «la estrategia 3.2»."""
    return f"{'el' if nivel_pmd(clave) == 'eje' else 'la'} {nivel_pmd(clave)}{formato.ESPACIO}{clave}"


def al_que(clave: str) -> str:
    """'3' → «al eje 3»; '3.2' → «a la estrategia 3.2»."""
    return f"a {articulado(clave)}".replace("a el ", "al ", 1)


def de_que(clave: str) -> str:
    """'3' → «del eje 3»; '3.2' → «de la estrategia 3.2»."""
    return f"de {articulado(clave)}".replace("de el ", "del ", 1)


def _eje(fila: pd.Series) -> str:
    """«Bienestar para todos», entre comillas; si las fuentes no lo nombran, «el eje 6 (sin nombre impreso)»."""
    if fila["tiene_nombre"]:
        return f"«{fila['nombre']}»"
    return f"{articulado(fila['clave_pmd'])} ({_SIN_NOMBRE})"


def _de(fila: pd.Series, nivel: str = "") -> str:
    """«12 de 15 acciones», o «12 de 15» si ya se sabe de qué."""
    base = int(fila["evaluables"])
    return f"{formato.numero(fila['cumplen'])} de {formato.contar(base, nivel) if nivel else formato.numero(base)}"


def _planes(ejes: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Cada plan con sus ejes, del que más evaluables (o compromisos) tiene al que menos; luego el más nuevo."""
    planes = [(str(p), suyos) for p, suyos in ejes[ejes["pmd"].notna()].groupby("pmd")]
    return sorted(planes, key=lambda par: (par[1]["evaluables"].sum(), par[1]["total"].sum(), par[0]), reverse=True)


def mensaje(ejes: pd.DataFrame, alineados: pd.DataFrame, nivel: str, dependencias: Sequence[str], corte: str) -> str:
    """«En el PMD 2025–2027, «Bienestar…» tiene en banda 12 de 15 acciones; en el PMD 2022–2024, …, 1 de 5».

    `ejes`: una fila por plan y eje, de un nivel y periodo, con las columnas de la consulta ejes; `alineados`:
    una por compromiso y eje, con `vigente_id`, `pmd` (hueco si no imprime línea) y `estado`. De cada plan
    habla de su eje con más evaluables, que es del que hay más que decir; con un solo plan, de los dos mayores.
    """
    quien, varias = comunes.quienes(dependencias)
    quien = formato.mayuscula(quien)
    planes = _planes(ejes)
    if alineados.empty:
        return comunes.estados({}, nivel, dependencias, corte)
    if not planes:
        return f"Ninguna {formato.nivel(nivel)} de {formato.lista(dependencias)} imprime su línea del PMD"
    if not _hay_evaluables(planes):
        cuantos = [
            f"{formato.contar(n, nivel) if i == 0 else formato.numero(n)} al {formato.pmd(pmd)}"
            for i, (pmd, n) in enumerate((p, _distintos(alineados, p)) for p, _ in planes)
        ]
        son_futuras = (alineados["estado"] == "Aún no exigible").all()
        final = "ninguna es exigible todavía" if son_futuras else "ninguna se puede evaluar"
        return f"{quien} {'alinean' if varias else 'alinea'} {formato.lista(cuantos)}; {final}"
    primeros = _primeros(planes)
    pmd, fila = primeros[0]
    dichos = [f"En el {formato.pmd(pmd)}, {_eje(fila)} tiene en banda {_de(fila, nivel)}"]
    for otro, fila in primeros[1:]:
        dichos.append(f"{'' if otro == pmd else f'en el {formato.pmd(otro)}, '}{_eje(fila)}, {_de(fila)}")
    return "; ".join(dichos)


def _primeros(planes: list[tuple[str, pd.DataFrame]]) -> list[tuple[str, pd.Series]]:
    """De cada uno de los dos planes mayores, su eje con más evaluables; de un solo plan, los dos mayores."""
    con_base = [(pmd, suyos[suyos["evaluables"] > 0]) for pmd, suyos in planes]
    con_base = [(pmd, suyos) for pmd, suyos in con_base if not suyos.empty][:2]
    cuantos = 2 if len(con_base) == 1 else 1
    return [
        (pmd, fila)
        for pmd, suyos in con_base
        for _, fila in suyos.sort_values("evaluables", ascending=False, kind="stable").head(cuantos).iterrows()
    ]


def _hay_evaluables(planes: list[tuple[str, pd.DataFrame]]) -> bool:
    """Si alguno de los que imprimen su línea se puede evaluar; los que no la imprimen no son de ningún plan."""
    return any(suyos["evaluables"].sum() for _, suyos in planes)


def _distintos(alineados: pd.DataFrame, pmd: str) -> int:
    return int(alineados.loc[alineados["pmd"] == pmd, "vigente_id"].nunique())


def parrafo(
    ejes: pd.DataFrame,
    alineados: pd.DataFrame,
    nivel: str,
    dependencias: Sequence[str],
    corte: str,
    periodo: str,
    otras: int = 0,
) -> str:
    """De dos a cuatro frases: a qué plan responden, cuántas van en banda, qué se rehízo y qué no tiene nombre.

    Lo mismo que `mensaje`, con `etiquetas` en `alineados`; `otras`: cuántas del otro nivel imprimen su línea.
    """
    planes = _planes(ejes)
    quien = formato.lista(dependencias) if len(dependencias) <= 3 else comunes.quienes(dependencias)[0]
    if alineados.empty:
        return f"{comunes.estados({}, nivel, dependencias, corte)}."
    if not planes:
        return _sin_linea(alineados["vigente_id"].nunique(), otras, nivel, quien, corte)
    frases = [_responden(alineados, sorted(p for p, _ in planes), nivel, quien)]
    if _hay_evaluables(planes):
        frases.append(_en_banda(planes, alineados, corte, periodo))
    elif (alineados["estado"] == "Aún no exigible").all():
        frases.append("Ninguna es exigible todavía: el documento trae lo programado, no lo alcanzado.")
        frases.append(_mayores(planes[0][1], nivel))
    else:
        frases.append(f"Ninguna se puede evaluar en el {formato.corte(corte)}.")
    if alineados["etiquetas"].fillna("").str.contains("reprogramada").any():
        frases.append("El plan se rehízo en el año: cada trimestre cuenta en el PMD de su plan.")
    frases.append(_sin_nombre(ejes))
    return " ".join(f for f in frases if f)


def _sin_linea(cuantas: int, otras: int, nivel: str, quien: str, corte: str) -> str:
    una = f"Ninguna de las {formato.contar(cuantas, nivel)} de {quien} imprime"
    if cuantas == 1:
        una = f"La única {formato.nivel(nivel)} de {quien} no imprime"
    otro = "meta" if nivel == "accion" else "accion"
    frase = f"{una} su línea del PMD en el {formato.corte(corte)}."
    if not otras:
        return f"{frase} Tampoco la imprimen sus {formato.nivel(otro, 2)}."
    verbo = "sí la imprime" if otras == 1 else "sí la imprimen"
    pronombre = "verla" if otras == 1 else "verlas"
    boton = formato.mayuscula(formato.nivel(otro, 2))
    return f"{frase} En cambio, {formato.contar(otras, otro)} {verbo}: elija «{boton}» para {pronombre}."


def _responden(alineados: pd.DataFrame, planes: Sequence[str], nivel: str, quien: str) -> str:
    """«De las 46 acciones de BISOM, 11 responden al PMD 2022–2024 y 35 al PMD 2025–2027»."""
    total = alineados["vigente_id"].nunique()
    cuantas = [_distintos(alineados, p) for p in planes]
    sin = int(alineados.loc[alineados["pmd"].isna(), "vigente_id"].nunique())
    if len(planes) == 1 and cuantas[0] == total:
        if total == 1:
            return f"La única {formato.nivel(nivel)} de {quien} responde al {formato.pmd(planes[0])}."
        return f"Las {formato.contar(total, nivel)} de {quien} responden al {formato.pmd(planes[0])}."
    partes = [
        f"{formato.numero(n)} {'' if i else 'responde ' if n == 1 else 'responden '}al {formato.pmd(p)}"
        for i, (p, n) in enumerate(zip(planes, cuantas, strict=True))
    ]
    if sin:
        partes.append(f"{formato.numero(sin)} no {'imprime' if sin == 1 else 'imprimen'} su línea")
    return f"De las {formato.contar(total, nivel)} de {quien}, {formato.lista(partes)}."


def _en_banda(planes: list[tuple[str, pd.DataFrame]], alineados: pd.DataFrame, corte: str, periodo: str) -> str:
    """Cuántas en banda de cada plan, contando una vez a cada compromiso, y el eje con menor parte del mayor."""
    partes = []
    for pmd, _ in planes:
        estados = alineados[alineados["pmd"] == pmd].drop_duplicates("vigente_id")["estado"].value_counts()
        base, cumplen = comunes.evaluables(estados), int(estados.get("Cumple", 0))
        sin_reporte = int(estados.get("Sin reporte", 0))
        if base:
            verbo = " están en banda" if not partes else ","
            de = f"{formato.numero(base)} {'evaluable' if base == 1 else 'evaluables'}" if not partes else base
            frase = f"del {formato.pmd(pmd)}{verbo} {formato.numero(cumplen)} de {de}"
        elif sin_reporte or partes:
            frase = f"del {formato.pmd(pmd)} ninguna se puede evaluar"
        else:
            continue
        partes.append(frase + (f" y hay {formato.numero(sin_reporte)} sin reporte" if sin_reporte else ""))
    hasta = "En lo acumulado al" if periodo == "acumulado" else "Solo en el"
    return f"{hasta} {formato.corte(corte)}, {'; '.join(partes)}.{_menor(planes)}"


def _menor(planes: list[tuple[str, pd.DataFrame]]) -> str:
    """El eje con menor parte en banda del plan mayor, si hay con quién compararlo y el mensaje no lo nombra ya."""
    pmd, suyos = planes[0]
    comparables = suyos[suyos["evaluables"] >= comunes.POCAS]
    if all(suyos["evaluables"].max() < comunes.POCAS for _, suyos in planes):
        return " Hay tan pocas por eje que una sola mueve mucho el porcentaje."
    if len(comparables) < 2:
        return ""
    peor = comparables.sort_values(["en_banda_pct", "evaluables"], ascending=[True, False], kind="stable").iloc[0]
    if (pmd, peor["clave_pmd"]) in [(p, fila["clave_pmd"]) for p, fila in _primeros(planes)]:
        return ""
    return f" En el {formato.pmd(pmd)}, la menor parte es la de {_eje(peor)}, con {_de(peor)}."


def _mayores(ejes: pd.DataFrame, nivel: str) -> str:
    """«El eje con más acciones es «Bienestar para todos», con 74; le sigue el 5 (sin nombre impreso), con 18»."""
    if len(ejes) == 1:
        return ""
    total = ejes["total"].sort_values(ascending=False)
    primeros, segundos = (ejes[ejes["total"] == t] for t in (total.iloc[0], total[total < total.iloc[0]].max()))
    nombres = formato.lista(_eje(fila).removeprefix("el eje" + formato.ESPACIO) for _, fila in primeros.iterrows())
    cuantas, mas = formato.numero(total.iloc[0]), formato.nivel(nivel, 2)
    if len(primeros) > 1:
        return f"Los ejes con más {mas} son {nombres}, con {cuantas} cada uno."
    sigue = f"; le sigue {_eje(segundos.iloc[0])}, con {formato.numero(segundos['total'].iloc[0])}"
    el = "" if primeros["tiene_nombre"].iloc[0] else "el "
    return f"El eje con más {mas} es {el}{nombres}, con {cuantas}{sigue if len(segundos) == 1 else ''}."


def _sin_nombre(ejes: pd.DataFrame) -> str:
    """«Las fuentes no imprimen el nombre de los ejes 2 y 6 del PMD 2017–2019»."""
    faltan = ejes[ejes["pmd"].notna() & ~ejes["tiene_nombre"].astype(bool)]
    partes = []
    for pmd, suyos in faltan.groupby("pmd"):
        claves = list(suyos["clave_pmd"])
        cuales = f"del eje {claves[0]}" if len(claves) == 1 else f"de los ejes {formato.lista(claves)}"
        partes.append(f"{cuales} del {formato.pmd(pmd)}")
    return f"Las fuentes no imprimen el nombre {formato.lista(partes)}." if partes else ""


def trimestres(por_trimestre: pd.DataFrame, nivel: str) -> str:
    """Lo que dice el mapa: «PMD 2025–2027: «Bienestar…» tuvo en banda 7 de 10 acciones en ene–mar y 6 de 10 en …».

    Una fila por plan, código y trimestre, con las columnas de la consulta ejes_trimestre. De los que
    llegan al último trimestre con cinco evaluables o más, habla del que más cambió desde el primero; con un
    solo trimestre, del de menor parte en banda; sin evaluables, del que más compromisos reúne.
    """
    con_plan = por_trimestre[por_trimestre["pmd"].notna()]
    if con_plan.empty:
        return f"Ninguna {formato.nivel(nivel)} imprime su línea del PMD"
    base = con_plan[con_plan["evaluables"] > 0]
    if base.empty:
        mayor = con_plan.sort_values("total", ascending=False, kind="stable").iloc[0]
        return f"{formato.pmd(mayor['pmd'])}: {_quien(mayor)} reúne {formato.contar(int(mayor['total']), nivel)}"
    pares = [(g.iloc[0], g.iloc[-1]) for _, g in base.groupby(["pmd", "clave_pmd"], sort=False)]
    ultimos = [par for par in pares if par[1]["trimestre"] == base["trimestre"].max()]
    pares = [par for par in ultimos if min(f["evaluables"] for f in par) >= comunes.POCAS] or ultimos
    varios = [par for par in pares if par[0]["trimestre"] != par[1]["trimestre"]]
    if not varios:
        fila = min((b for _, b in pares), key=lambda f: (f["en_banda_pct"], -f["evaluables"]))
        return f"{formato.pmd(fila['pmd'])}: {_quien(fila)} tuvo en banda {_de(fila, nivel)} en {_cuando(fila)}"
    antes, despues = max(varios, key=_cambio)
    return (
        f"{formato.pmd(antes['pmd'])}: {_quien(antes)} tuvo en banda {_de(antes, nivel)} en {_cuando(antes)} "
        f"y {_de(despues)} en {_cuando(despues)}"
    )


def _cambio(par: tuple[pd.Series, pd.Series]) -> tuple[float, int]:
    antes, despues = par
    return abs(despues["en_banda_pct"] - antes["en_banda_pct"]), int(antes["evaluables"])


def _quien(fila: pd.Series) -> str:
    return _eje(fila) if nivel_pmd(fila["clave_pmd"]) == "eje" else articulado(fila["clave_pmd"])


def _cuando(fila: pd.Series) -> str:
    return formato.TRIMESTRES[int(fila["trimestre"])]


def nombres(*tablas: pd.DataFrame) -> dict[tuple[str, str], str | None]:
    """El nombre de cada código, por plan y clave, de las filas de ejes y ejes_trimestre; None si no está impreso."""
    return {
        (pmd, clave): nombre if tiene else None
        for tabla in tablas
        for pmd, clave, nombre, tiene in zip(
            tabla["pmd"], tabla["clave_pmd"], tabla["nombre"], tabla["tiene_nombre"], strict=True
        )
        if pmd
    }


def titular(pmd: str, clave: str, conocidos: Mapping[tuple[str, str], str | None]) -> str:
    """«PMD 2025–2027 · Eje 1, Bienestar para todas las personas», con lo que da `nombres`."""
    nombre = conocidos.get((pmd, clave))
    final = f", {nombre}" if nombre else ""
    return f"{formato.pmd(pmd)} · {formato.mayuscula(nivel_pmd(clave))}{formato.ESPACIO}{clave}{final}"


def de_codigo(pmd: str, clave: str, fila: pd.Series | None, nivel: str, corte: str) -> str:
    """El mensaje de un eje, estrategia o línea: cuántas en banda, debajo y encima.

    `fila`: la suya de la consulta ejes, o nada si en el corte no le responde ningún compromiso.
    """
    al_codigo = f"{al_que(clave)} del {formato.pmd(pmd)}"
    if fila is None:
        return f"Ninguna {formato.nivel(nivel)} responde {al_codigo} en el {formato.corte(corte)}"
    if not fila["evaluables"]:
        total = int(fila["total"])
        responde = "responde" if total == 1 else "responden"
        son_futuras = fila["no_exigibles"] == total
        final = "exigible todavía" if son_futuras else "evaluable en este corte"
        final = f"{'no' if total == 1 else 'ninguna'} es {final}"
        return f"{formato.mayuscula(al_codigo)} {responde} {formato.contar(total, nivel)}; {final}"
    fuera = [
        f"{formato.numero(fila[columna])} {donde}"
        for columna, donde in (("debajo", "por debajo del plan"), ("excedidos", "por encima"))
        if fila[columna]
    ]
    final = f"; {formato.lista(fuera)}" if fuera else ""
    return f"{formato.mayuscula(articulado(clave))} del {formato.pmd(pmd)} tiene en banda {_de(fila, nivel)}{final}"


def parrafo_de_codigo(
    pmd: str,
    clave: str,
    fila: pd.Series | None,
    filas: pd.DataFrame,
    conocidos: Mapping[tuple[str, str], str | None],
    nivel: str,
    dependencias: Sequence[str],
) -> str:
    """Cómo se llama el código y de qué eje es, cuántas le responden y cuál quedó más lejos.

    `fila`: la suya de la consulta ejes, o nada; `filas`: una por compromiso que le responde, como las da la
    consulta cumplimiento; `conocidos`: lo que da `nombres`.
    """
    if (pmd, clave) not in conocidos:
        return "Ningún trimestre de este corte cuenta compromisos bajo ese código. Elija otro en «Todos los ejes»."
    frases = [_nombre(pmd, clave, conocidos)]
    if fila is None:
        frases.append("En este corte nadie le responde ya: lo de otros trimestres se abre en las celdas del mapa.")
        return " ".join(frases)
    quien = formato.lista(dependencias) if len(dependencias) <= 3 else comunes.quienes(dependencias)[0]
    base, total = int(fila["evaluables"]), int(fila["total"])
    responde = f"{'Responde' if total == 1 else 'Responden'} a este código {formato.contar(total, nivel)} de {quien}"
    if not base:
        frases.append(f"{responde}; {'no es' if total == 1 else 'ninguna es'} evaluable.")
        return " ".join(frases)
    cobertura = comunes.cobertura(int(fila["reportados"]), int(fila["esperados"]))
    evaluable = formato.plural(base, "evaluable", "evaluables")
    frases.append(f"{responde}, {evaluable}; {cobertura[:1].lower()}{cobertura[1:]}.")
    lejos = filas[filas["estado"].isin(tema.DEBAJO)].sort_values("cumplimiento_pct", kind="stable")
    if not lejos.empty:
        peor = lejos.iloc[0]
        cuanto = formato.porcentaje(peor["cumplimiento_pct"])
        quedo = "la única que quedó" if len(lejos) == 1 else f"de las {len(lejos)} que quedaron"
        mas = "" if len(lejos) == 1 else ", la más distante"
        frases.append(
            f"Por debajo del plan, {quedo}{mas} es {comunes.nombrar(peor, nivel)}: alcanzó {cuanto} de lo "
            f"programado{comunes.a_medias(peor)}."
        )
    return " ".join(frases)


def _nombre(pmd: str, clave: str, conocidos: Mapping[tuple[str, str], str | None]) -> str:
    nombre, eje = conocidos[pmd, clave], clave.split(".")[0]
    if nombre:
        frase = f"{formato.mayuscula(articulado(clave))} del {formato.pmd(pmd)} es «{nombre}»"
    else:
        frase = f"Las fuentes no imprimen el nombre {de_que(clave)} del {formato.pmd(pmd)}"
    if eje != clave and (de_eje := conocidos.get((pmd, eje))):
        frase += f"; es del eje {eje}, «{de_eje}»"
    return f"{frase}."


def sin_mapa(nivel: str, otras: int) -> str:
    """Por qué no hay mapa de ejes."""
    if not otras:
        return "Este informe no imprime líneas del PMD: no hay ejes que mostrar."
    otro = formato.nivel("meta" if nivel == "accion" else "accion", 2)
    return (
        f"Las {formato.nivel(nivel, 2)} de este informe no imprimen su línea del PMD. "
        f"Algunas {otro} sí: elija «{formato.mayuscula(otro)}»."
    )
