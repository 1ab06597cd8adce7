"""Lo que dice la página Trimestres: qué se salió de la banda en un trimestre y cómo quedó en lo acumulado.

Las funciones reciben filas de la consulta trimestres (una por compromiso y trimestre) de un solo nivel. Aquí se
definen las palabras de sus lecturas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from poa import formato, tema
from poa.mensajes import comunes

_CUANTOS = ("ningún", "un", "dos", "tres", "cuatro")
_ORDINALES = ("", "primero", "segundo", "tercero", "cuarto")
# lo que no se suma no se repone: se promedia o vale el último
_SIN_SUMA = {"constante": "su promedio", "promedio": "su promedio", "último valor": "su último valor"}
SIN_REPORTE = "sin reporte"


@dataclass(frozen=True)
class Lectura:
    """Cómo se lee un compromiso que se salió de la banda: palabra y explicación."""

    palabra: str
    explica: str


def lecturas(quedan: bool) -> dict[str, Lectura]:
    """Las lecturas de un compromiso, por su nombre en la consulta; con trimestres por vencer, nada es definitivo."""
    falta = "Faltante al corte" if quedan else "Faltante real"
    return {
        "desfase de calendario": Lectura(
            "Desfase de calendario", "Lo acumulado está en la banda: se repuso, se adelantó o el año lo absorbe."
        ),
        "faltante": Lectura(
            falta,
            "Lo acumulado sigue por debajo; todavía se puede reponer."
            if quedan
            else "Lo acumulado quedó por debajo: no fue cosa de fechas, salvo que falte un reporte.",
        ),
        "compensado": Lectura("Compensado de más", "Faltó en un trimestre, pero lo acumulado rebasa lo programado."),
        "exceso": Lectura("Exceso", "Nunca faltó y lo acumulado rebasa lo programado."),
        SIN_REPORTE: Lectura("Sin reporte", "Programó algo exigible y no informó; puede tener además otra lectura."),
    }


def contar_lecturas(filas: pd.DataFrame) -> dict[str, int]:
    """Cuántos compromisos hay en cada lectura; el que además no reportó cuenta también en «sin reporte»."""
    n = filas.drop_duplicates("vigente_id")["lectura_corte"].value_counts()
    conteo = {lectura: int(n.get(lectura, 0)) for lectura in lecturas(False)}
    return conteo | {SIN_REPORTE: int(filas.loc[filas["estado"] == "Sin reporte", "vigente_id"].nunique())}


def de_lectura(filas: pd.DataFrame, lectura: str | None) -> set[str]:
    """Los `vigente_id` de una lectura; vacío si no es ninguna."""
    es_suya = filas["estado"] == "Sin reporte" if lectura == SIN_REPORTE else filas["lectura_corte"] == lectura
    return set(filas.loc[es_suya, "vigente_id"])


def exigibles(filas: pd.DataFrame) -> list[int]:
    """Los trimestres que ya se pueden exigir."""
    return sorted({int(t) for t in filas.loc[filas["es_exigible"].astype(bool), "trimestre"]})


def mensaje(filas: pd.DataFrame, nivel: str, dependencias: Sequence[str], ejercicio: int) -> str:
    """«De 12 acciones de BISOM que se salieron de la banda, 2 volvieron a ella: fue calendario; 4 quedaron…»."""
    quien, varias = comunes.quienes(dependencias)
    if filas.empty:
        return f"No hay {formato.nivel(nivel, 2)} de {quien} en {ejercicio}"
    cerrados, fuera = exigibles(filas), _cuantas_salieron(filas)
    total = formato.contar(filas["vigente_id"].nunique(), nivel)
    if not cerrados:
        programo = "programaron" if varias else "programó"
        return f"{formato.mayuscula(quien)} {programo} {total} para {ejercicio}; ningún trimestre es exigible todavía"
    if not fuera:
        return (
            formato.mayuscula(_ninguna_salio(filas, nivel, quien)) + f" en {_cuantos_trimestres(cerrados, ejercicio)}"
        )
    if len(cerrados) == 1:
        return (
            f"Con un solo trimestre exigible, {fuera} de las {total} de {quien} {_salieron(fuera)} de la banda: "
            "aún no se sabe si es calendario o faltante"
        )
    quedaron = _como_quedaron(filas, ": fue calendario")
    if fuera == 1:
        quedo = quedaron[0].removeprefix(f"1{formato.ESPACIO}")
        return f"La única {formato.nivel(nivel)} de {quien} que se salió de la banda {quedo}"
    salieron = f"{formato.contar(fuera, nivel)} de {quien} que se salieron de la banda"
    if not contar_lecturas(filas)["desfase de calendario"]:
        return f"De {salieron}, ninguna volvió a ella: {formato.lista(quedaron)}"
    if len(quedaron) == 1:
        return f"Las {salieron} {quedaron[0].removeprefix(f'{fuera}{formato.ESPACIO}')}"
    return f"De {salieron}, {quedaron[0]}; {formato.lista(quedaron[1:])}"


def parrafo(
    filas: pd.DataFrame,
    acumulado: pd.DataFrame,
    nivel: str,
    dependencias: Sequence[str],
    ejercicio: int,
    nombres: Mapping[str, str],
) -> str:
    """Cuántas se salieron de la banda y cómo quedaron, qué trimestre fue el peor, qué falta por vencer o informar.

    `acumulado`: una fila por compromiso con `vigente_id`, `dependencia`, `clave`, `descripcion` y
    `cumplimiento_pct` al corte; `nombres`: el corto de cada dependencia por su clave.
    """
    cerrados, (quien, _) = exigibles(filas), comunes.quienes(dependencias)
    if filas.empty or not cerrados:
        return f"{mensaje(filas, nivel, dependencias, ejercicio)}.{_lo_programado(filas, nivel, quien)}"
    salidas = f"En {_cuantos_trimestres(cerrados, ejercicio)}, {_salidas(filas, nivel, quien, len(cerrados))}."
    peor, plan = _peor_y_por_vencer(filas, cerrados), _sin_reporte_y_plan(filas, nivel)
    return comunes.parrafo(
        *([salidas, _la_mas_corta(filas, acumulado, nivel, nombres, largo), peor, plan] for largo in (40, 28, 0))
    )


def _lo_programado(filas: pd.DataFrame, nivel: str, quien: str) -> str:
    if filas.empty:
        return ""
    programan = filas[filas["programado"] > 0].groupby("trimestre").size()
    n = {t: int(programan.get(t, 0)) for t in (1, 2, 3, 4)}
    dicho = comunes.programan(n, filas["vigente_id"].nunique(), nivel, quien)
    return f" El documento trae lo programado, no lo alcanzado. {dicho}."


def _cuantas_salieron(filas: pd.DataFrame) -> int:
    return int(filas.loc[filas["lectura_corte"].notna(), "vigente_id"].nunique())


def _salieron(n: int) -> str:
    return "se salió" if n == 1 else "se salieron"


def _ninguna_salio(filas: pd.DataFrame, nivel: str, quien: str) -> str:
    """«ninguna de las 4 metas de DIF se salió de la banda», o que ninguna se puede evaluar."""
    que = "se salió de la banda" if filas["estado"].isin(tema.EVALUABLES).any() else "se puede evaluar"
    if filas["vigente_id"].nunique() == 1:
        return f"la única {formato.nivel(nivel)} de {quien} no {que}"
    return f"ninguna de las {formato.contar(filas['vigente_id'].nunique(), nivel)} de {quien} {que}"


def _como_quedaron(filas: pd.DataFrame, si_fue_calendario: str) -> list[str]:
    """«2 volvieron a ella: fue calendario», «4 quedaron por debajo» y «6 la rebasaron»; solo las que haya."""
    n, quedan = contar_lecturas(filas), len(exigibles(filas)) < 4
    dichos = [
        (n["desfase de calendario"], "volvió a ella", "volvieron a ella"),
        (n["faltante"], *(("sigue", "siguen") if quedan else ("quedó", "quedaron"))),
        (n["compensado"] + n["exceso"], *(("la rebasa", "la rebasan") if quedan else ("la rebasó", "la rebasaron"))),
    ]
    partes = [f"{cuantas}{formato.ESPACIO}{una if cuantas == 1 else varias}" for cuantas, una, varias in dichos]
    partes[0] += _cuantas_por_calendario(filas, n["desfase de calendario"], si_fue_calendario)
    a_medias = len(de_lectura(filas, "faltante") & de_lectura(filas, SIN_REPORTE))
    cuantas = f"{a_medias} " if n["faltante"] > 1 else ""
    partes[1] += f" por debajo{f' ({cuantas}con reporte incompleto)' if a_medias else ''}"
    return [parte for parte, (cuantas, *_) in zip(partes, dichos, strict=True) if cuantas]


def _cuantas_por_calendario(filas: pd.DataFrame, volvieron: int, si_todas: str) -> str:
    """Solo fue calendario si otros trimestres devolvieron lo que faltó o sobró; si no, cupo en la banda."""
    movidas = filas[(filas["lectura_corte"] == "desfase de calendario") & filas["vuelve_al_plan"].astype(bool)]
    cuantas = movidas["vigente_id"].nunique()
    if cuantas == volvieron:
        return si_todas
    return f" ({cuantas} por calendario)" if cuantas else ""


def _cuantos_trimestres(cerrados: Sequence[int], ejercicio: int) -> str:
    if len(cerrados) == 1:
        return f"el {formato.ORDINALES[cerrados[0]]} trimestre de {ejercicio}"
    return f"los {_CUANTOS[len(cerrados)]} trimestres {'exigibles ' if len(cerrados) < 4 else ''}de {ejercicio}"


def _salidas(filas: pd.DataFrame, nivel: str, quien: str, n_cerrados: int) -> str:
    fuera, total = _cuantas_salieron(filas), filas["vigente_id"].nunique()
    if not fuera:
        return _ninguna_salio(filas, nivel, quien)
    cuantas = f"{fuera} de las {formato.contar(total, nivel)}" if total > 1 else f"la única {formato.nivel(nivel)}"
    frase = f"{cuantas} de {quien} {_salieron(fuera)} de la banda"
    if n_cerrados > 1:
        quedaron = formato.lista(_como_quedaron(filas, " (desfase de calendario)"))
        return f"{frase}: {quedaron.removeprefix(f'1{formato.ESPACIO}') if fuera == 1 else quedaron}"
    debajo = contar_lecturas(filas)["faltante"]
    lados = [f"{n} por {lado}" for n, lado in ((debajo, "debajo"), (fuera - debajo, "encima")) if n]
    return (
        f"{frase}{': ' if fuera > 1 else ', '}{formato.lista(lados).removeprefix('1 ' if fuera == 1 else '')}; "
        "con un solo trimestre no se distingue el calendario del faltante"
    )


def _la_mas_corta(
    filas: pd.DataFrame, acumulado: pd.DataFrame, nivel: str, nombres: Mapping[str, str], largo: int
) -> str:
    cortas = acumulado[acumulado["vigente_id"].isin(de_lectura(filas, "faltante"))]
    if cortas.empty:
        return ""
    lejos = cortas.sort_values("cumplimiento_pct", kind="stable").iloc[0]
    iguales = int((cortas["cumplimiento_pct"] == lejos["cumplimiento_pct"]).sum())
    es = "Quedó corta" if len(cortas) == 1 else "La más corta es" if iguales == 1 else "Una de las más cortas es"
    de = f", de {nombres.get(lejos['dependencia'])}" if acumulado["dependencia"].nunique() > 1 else ""
    pct = f"{formato.porcentaje(lejos['cumplimiento_pct'])} de su plan{comunes.a_medias(lejos) if largo else ''}"
    return f"{es} {comunes.nombrar(lejos, nivel, largo)}{de}, con {pct}."


def _peor_y_por_vencer(filas: pd.DataFrame, cerrados: Sequence[int]) -> str:
    en_banda, partes = partes_en_banda(filas, "estado"), []
    if len(en_banda) > 1 and len(set(en_banda["parte"])) > 1:
        peores = en_banda[en_banda["parte"] == en_banda["parte"].min()]
        cuales = formato.lista(f"el {_ORDINALES[int(t)]}" for t in peores.index)
        fueron = "el peor trimestre fue" if len(peores) == 1 else "los peores trimestres fueron"
        cuantas = formato.lista(dict.fromkeys(_de(fila) for _, fila in peores.iterrows()))
        partes.append(f"{fueron} {cuales}, con {cuantas}{formato.ESPACIO}evaluables en banda")
    faltan = [t for t in (1, 2, 3, 4) if t not in cerrados]
    if faltan:
        cortos = f"el {formato.lista([_ORDINALES[t] for t in faltan])}"
        largos = f"el {formato.lista([formato.ORDINALES[t] for t in faltan])} trimestre"
        son = "todavía no es exigible" if len(faltan) == 1 else "todavía no son exigibles"
        partes.append(f"{cortos if partes else largos} {son}")
    return f"{formato.mayuscula('; '.join(partes))}." if partes else ""


def _sin_reporte_y_plan(filas: pd.DataFrame, nivel: str) -> str:
    partes = []
    mudas = filas[filas["estado"] == "Sin reporte"]
    if not mudas.empty:
        cuantas = mudas["vigente_id"].nunique()
        cuales = formato.lista([formato.ORDINALES[int(t)] for t in sorted(mudas["trimestre"].unique())])
        partes.append(f"de {formato.contar(cuantas, nivel)} no hay reporte del {cuales} trimestre")
    nuevo = plan_nuevo(filas)
    if nuevo:
        partes.append(
            f"desde el {_ORDINALES[nuevo]} rige un plan nuevo"
            if partes
            else f"desde el {formato.ORDINALES[nuevo]} trimestre rige un plan nuevo"
        )
    return f"{formato.mayuscula('; '.join(partes))}." if partes else ""


def partes_en_banda(filas: pd.DataFrame, columna: str) -> pd.DataFrame:
    """Por trimestre con evaluables: `cumplen`, `evaluables` y `parte` (0–1), según 'estado' o 'estado_acumulado'."""
    de_base = filas[filas[columna].isin(tema.EVALUABLES)]
    tabla = de_base.groupby("trimestre")[columna].agg(cumplen=lambda e: int((e == "Cumple").sum()), evaluables="size")
    return tabla.assign(parte=tabla["cumplen"] / tabla["evaluables"])


def plan_nuevo(filas: pd.DataFrame) -> int | None:
    """El primer trimestre en que rige un plan posterior al del trimestre anterior, o None."""
    por_compromiso = filas.sort_values(["vigente_id", "trimestre"])
    cambia = por_compromiso.groupby("vigente_id")["plan"].diff() > 0
    return int(por_compromiso.loc[cambia, "trimestre"].min()) if cambia.any() else None


def periodos(filas: pd.DataFrame, nivel: str) -> str:
    """Título de los conteos por trimestre: el de menor parte en banda y cómo va lo acumulado."""
    cerrados = exigibles(filas)
    if not cerrados:
        return _plan_por_trimestre(filas, nivel)
    solo, hasta = partes_en_banda(filas, "estado"), partes_en_banda(filas, "estado_acumulado")
    if solo.empty:
        return f"Ninguna {formato.nivel(nivel)} se puede evaluar todavía en los trimestres exigibles"
    peor = solo.sort_values("parte", kind="stable").iloc[0]
    cual, cuantas = formato.ORDINALES[int(peor.name)], _de(peor, nivel)
    if len(solo) == 1:
        resto = "; los otros todavía no son exigibles" if len(cerrados) == 1 else ""
        return f"En el {cual} trimestre {'quedó' if peor['cumplen'] == 1 else 'quedaron'} en banda {cuantas}{resto}"
    if len(set(solo["parte"])) == 1:
        frase = f"Todos los trimestres tuvieron en banda la misma parte, {formato.parte(100 * peor['parte'])}"
    elif len(peores := solo[solo["parte"] == peor["parte"]]) > 1:
        cuales = formato.lista(formato.ORDINALES[int(t)] for t in peores.index)
        frase = f"El {cuales} trimestre tuvieron la menor parte en banda, {formato.parte(100 * peor['parte'])}"
    else:
        frase = f"El {cual} trimestre tuvo la menor parte en banda, {cuantas}"
    return f"{frase}; en lo acumulado, {_de(hasta.iloc[-1])}" if len(hasta) else frase


def _de(fila: pd.Series, nivel: str | None = None) -> str:
    evaluables = int(fila["evaluables"])
    base = formato.contar(evaluables, nivel) if nivel else formato.numero(evaluables)
    return f"{formato.numero(fila['cumplen'])} de {base}".replace(" ", formato.ESPACIO)


def _plan_por_trimestre(filas: pd.DataFrame, nivel: str) -> str:
    programan = filas[filas["programado"] > 0].groupby("trimestre")["vigente_id"].nunique()
    if programan.empty:
        return f"El documento no reparte por trimestre ninguna {formato.nivel(nivel)}"
    mayores = [formato.TRIMESTRES[int(t)] for t in programan.index[programan == programan.max()]]
    programa = "programa algo" if programan.max() == 1 else "programan algo"
    cuantas = f"{formato.numero(int(programan.max()))} de {formato.contar(filas['vigente_id'].nunique(), nivel)}"
    donde = "en cada trimestre" if len(mayores) == 4 else f"en {formato.lista(mayores)}, donde más,"
    return f"Ningún trimestre es exigible todavía; {donde} {programa} {cuantas}"


def tramo(grupo: str | None) -> str:
    """El trimestre y periodo de una lista: «trimestre-2» → «solo abr–jun»; «acumulado-2» → «acumulado ene–jun»."""
    periodo, _, trimestre = (grupo or "").partition("-")
    if trimestre not in ("1", "2", "3", "4"):
        return ""
    if periodo == "acumulado":
        return f"acumulado {formato.ACUMULADOS[int(trimestre)]}"
    return f"solo {formato.TRIMESTRES[int(trimestre)]}"


def lectura(suyas: Sequence[Mapping], quedan: bool) -> tuple[str, str]:
    """Palabra y detalle de un compromiso: («Desfase de calendario», «lo que faltó en jul–sep se repuso en oct–dic»).

    `suyas`: sus filas de la consulta trimestres, del primero al cuarto.
    """
    primera = suyas[0]
    mudos, dudosos = (_en([f for f in suyas if f["estado"] == e]) for e in ("Sin reporte", "Dato por revisar"))
    cual = primera["lectura_corte"]
    if not formato.es_blanco(cual):
        palabra, detalles = lecturas(quedan)[cual].palabra, [_que_paso(suyas, cual)]
        if cual == "faltante" and mudos and not quedan:
            palabra = "Faltante en lo reportado"  # sin todos los reportes no se sabe si faltó de verdad
    else:
        dichos = {
            "Cumple": "En banda",
            "Aún no exigible": formato.RAYA,
            "Sin programación": "Nada programado todavía" if quedan else "Nada programado",
            "Avance no programado": "Avance sin plan con que compararlo",
        }
        palabra, detalles = dichos.get(primera["estado_corte"], formato.texto(primera["estado_corte"])), []
    detalles += [f"sin reporte en {mudos}" if mudos else "", f"dato por revisar en {dudosos}" if dudosos else ""]
    return palabra, "; ".join(d.removeprefix(f"{palabra.lower()} ") for d in detalles if d)


def _que_paso(suyas: Sequence[Mapping], cual: str) -> str:
    leidas = [f for f in suyas if not formato.es_blanco(f["lectura"])]
    falto = [f for f in leidas if f["estado"] in tema.DEBAJO]
    sobro = [f for f in leidas if f["estado"] not in tema.DEBAJO]
    if cual == "desfase de calendario":
        return _desfase(leidas, falto, sobro)
    partes = [f"faltó en {_en(falto)}"] if falto else []
    if cual == "faltante":
        partes += [f"en {_en(sobro)} repuso una parte"] if sobro else []
    else:
        con_plan = _en([f for f in sobro if f["estado"] != "Avance no programado"])
        sin_plan = _en([f for f in sobro if f["estado"] == "Avance no programado"])
        partes += [f"rebasó en {con_plan}"] if con_plan else []
        partes += [f"avanzó sin programar en {sin_plan}"] if sin_plan else []
    return "; ".join(partes)


def _desfase(leidas: Sequence[Mapping], falto: Sequence[Mapping], sobro: Sequence[Mapping]) -> str:
    que = _SIN_SUMA.get(leidas[0]["regla_acumulacion"])
    if que:
        return f"{_en(leidas)} fuera de la banda; {que} está en ella"
    if falto and sobro:
        if falto[0]["trimestre"] < sobro[0]["trimestre"]:
            return f"lo que faltó en {_en(falto)} se repuso en {_en(sobro)}"
        return f"lo de {_en(falto)} se adelantó en {_en(sobro)}"
    verbo = "faltó" if falto else "sobró"
    if all(f["vuelve_al_plan"] for f in leidas):
        return f"lo que {verbo} en {_en(leidas)} se {'repuso' if falto else 'compensó'} en los demás"
    return f"lo que {verbo} en {_en(leidas)} cabe en la banda del año"


def _en(filas: Sequence[Mapping]) -> str:
    if len(filas) == 4:
        return "los cuatro trimestres"
    return formato.lista([formato.TRIMESTRES[int(f["trimestre"])] for f in filas])


def meses(filas: pd.DataFrame, acumulado: Mapping) -> str:
    """«La acción 4.4 alcanzó 35 de 6 (unidad: evento); el mes que más se apartó fue enero: 16 de 2».

    `filas`: una por mes con `mes`, `programado` y `realizado`; `acumulado`: nivel, clave, unidad_medida, programado
    y alcanzado del año.
    """
    nombre = f"La {formato.nivel(acumulado['nivel'])} {formato.texto(acumulado['clave'])}"
    distancia = (filas["realizado"] - filas["programado"]).abs()
    if formato.es_blanco(acumulado["alcanzado"]) or not distancia.notna().any():
        return f"{nombre} no imprime lo realizado mes por mes"
    unidad = formato.unidad(acumulado["unidad_medida"])
    cuanto = f"{formato.numero(acumulado['alcanzado'])} de {formato.numero(acumulado['programado'])}"
    frase = f"{nombre} alcanzó {cuanto}{f' (unidad: {unidad})' if unidad else ''}"
    if not distancia.max():
        hubo = (filas["programado"] > 0).any()
        return f"{frase}; {'cada mes realizó lo programado' if hubo else 'ningún mes programó ni realizó nada'}"
    mes = filas.loc[distancia.idxmax()]
    cifras = f"{formato.numero(mes['realizado'])} de {formato.numero(mes['programado'])}"
    return f"{frase}; el mes que más se apartó fue {formato.MESES_LARGOS[int(mes['mes']) - 1]}: {cifras}"


SIN_MESES = "Ningún documento de este corte imprime el detalle mensual."


def sin_meses(nivel: str, los_hay_en_otro: bool) -> str:
    """Por qué no se ve el detalle mensual."""
    if not los_hay_en_otro:
        return SIN_MESES
    otro = "accion" if nivel == "meta" else "meta"
    return f"El detalle mensual de este corte se imprime solo para las {formato.nivel(otro, 2)}."
