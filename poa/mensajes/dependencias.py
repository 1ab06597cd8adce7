"""Lo que dice la página Dependencias de todas lado a lado y de una; de un solo compromiso, mensajes.compromiso."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from poa import formato, tema
from poa.mensajes import comunes

_FALLA = ", que es falla de planeación"
_LARGO_MOTIVO = 80
# De la más entera a la más breve: si se cita el motivo y cuántas letras de la descripción.
_VERSIONES = ((True, 40), (True, 28), (False, 40), (False, 0))


# ---------------------------------------------------------------- todas


def comparacion(tabla: pd.DataFrame, nivel: str, como: str) -> str:
    """«Técnico es la unidad ejecutora con menor parte en banda: 1 de 7 acciones», o lo que haya que decir.

    Entra una fila por grupo, ya en orden: `grupo`, `es_total`, `total`, `evaluables` y `cumplen`.
    """
    grupos = tabla[~tabla["es_total"].astype(bool)]
    if grupos.empty:
        return "Sin datos que mostrar"
    if not grupos["evaluables"].sum():
        return comunes.mas_compromete(grupos.set_index("grupo")["total"], nivel, como)
    return comunes.menor_parte(grupos, nivel, como)


def parrafo_todas(
    tabla: pd.DataFrame,
    filas: pd.DataFrame,
    nivel: str,
    como: str,
    dependencias: Sequence[str],
    corte: str,
    periodo: str,
) -> str:
    """Cuántas cumplen, de qué grupo a cuál va la parte en banda, el índice con su n y lo que no se sabe.

    `tabla`: una fila por grupo, como la de `comparacion`, con los indicadores; `filas`: una por compromiso de
    un nivel y periodo, como las da la consulta cumplimiento; `dependencias`: sus nombres cortos.
    """
    conteo = filas["estado"].value_counts()
    quien, varias = comunes.quienes(dependencias)
    if filas.empty:
        return f"{comunes.estados(conteo, nivel, dependencias, corte)}."
    grupos = tabla[~tabla["es_total"].astype(bool)]
    if (filas["estado"] == "Aún no exigible").all():
        return _solo_plan(grupos, filas, nivel, quien, varias, corte)
    base = comunes.evaluables(conteo)
    if not base:
        return f"{_cuando(corte, periodo)}, {_ninguna_evaluable(quien, varias, nivel, len(filas))}"
    cumplen = f"{formato.numero(int(conteo.get('Cumple', 0)))} de {_evaluables(base, nivel)}"
    abre = f"{_cuando(corte, periodo)}, {quien} {'cumplieron' if varias else 'cumplió'} {cumplen}."
    rango, cobertura = _de_quien_a_quien(grupos, como), _cobertura(grupos, comunes.incompletos(filas))
    indice = _indice(grupos, conteo, base)
    breve = indice.replace(", que no premia rebasar,", "").replace(_FALLA, "")
    return comunes.parrafo(
        [abre, rango, indice, cobertura, _replaneado(filas, corte)],
        [abre, rango, breve, cobertura, _replaneado(filas, corte, "")],
    )


def titulo_tabla(tabla: pd.DataFrame, nivel: str, como: str, solo_plan: bool) -> tuple[str, str]:
    """Título y nota de la tabla de los grupos: qué son sus renglones y a dónde llevan."""
    totales = tabla[tabla["es_total"].astype(bool)]
    sus = f"sus {comunes.varios(como).split(' ', 1)[1]}"
    titulo = "Dependencia por dependencia" if totales.empty else f"{totales['grupo'].iloc[0]} y {sus}"
    if solo_plan:
        nombre = formato.nivel(nivel, 2)
        return titulo, f"Bajo cada trimestre, cuántas {nombre} programan algo en él; las cantidades no se suman."
    return titulo, "El nombre de una dependencia lleva a sus metas y acciones; cada conteo, a la lista que lo suma."


def _solo_plan(grupos: pd.DataFrame, filas: pd.DataFrame, nivel: str, quien: str, varias: bool, corte: str) -> str:
    unidades = _unidades(filas)
    verbo = "comprometen" if varias else "compromete"
    en = f", en {formato.numero(unidades)} unidades de medida que no se suman" if unidades > 1 else ""
    frase = f"En el {formato.corte(corte)}, {quien} {verbo} {formato.contar(len(filas), nivel)}{en}."
    if len(grupos) > 1:
        orden = grupos.sort_values("total", kind="stable")
        menos, mas = orden.iloc[0], orden.iloc[-1]
        if (orden["total"] == mas["total"]).sum() == (orden["total"] == menos["total"]).sum() == 1:
            frase += (
                f" {mas['grupo']} es quien más compromete, {formato.contar(int(mas['total']), nivel)}; quien menos, "
                f"{menos['grupo']}, {formato.numero(menos['total'])}."
            )
    return f"{frase} Nada es exigible todavía: se conoce lo programado, no lo alcanzado."


def _unidades(filas: pd.DataFrame) -> int:
    return filas["unidad_medida"].dropna().map(lambda u: formato.sin_acentos(u).lower()).nunique()


def _de_quien_a_quien(grupos: pd.DataFrame, como: str) -> str:
    con_nombre = comunes.con_nombre(grupos, como)
    juzgados = con_nombre[con_nombre["evaluables"] > 0]
    parte = juzgados["cumplen"] / juzgados["evaluables"]
    if parte.nunique() < 2:
        return ""
    if juzgados["evaluables"].max() < comunes.POCAS:
        return f"Por {como} hay tan pocas que una sola mueve mucho el porcentaje."
    menor, mayor = (juzgados[parte == p].sort_values("evaluables").iloc[-1] for p in (parte.min(), parte.max()))
    de, a = (
        f"{formato.numero(g['cumplen'])} de {formato.numero(g['evaluables'])} en {g['grupo']}" for g in (menor, mayor)
    )
    sin = len(con_nombre) - len(juzgados)
    nota = f"; en {formato.numero(sin)} no hay qué evaluar" if sin else ""
    return f"Por {como}, van en banda desde {de} hasta {a}{nota}."


def _indice(grupos: pd.DataFrame, conteo: pd.Series, base: int) -> str:
    indice = (grupos["indice_acotado_pct"] * grupos["evaluables"]).sum() / base
    rebasan = sum(int(conteo.get(e, 0)) for e in tema.ENCIMA)
    final = "ninguna rebasó su plan"
    if rebasan:
        cuantas = "una rebasó" if rebasan == 1 else f"{formato.numero(rebasan)} rebasaron"
        final = f"{cuantas} su plan{_FALLA}"
    de = "esa única" if base == 1 else f"esas {formato.numero(base)}"
    return f"El índice acotado de {de}, que no premia rebasar, es de {formato.parte(indice)}; {final}."


# ---------------------------------------------------------------- una


def variacion(filas: pd.DataFrame, nivel: str, quien: str) -> str:
    """La más corta y la que más rebasó: «La acción 403 quedó en 32.5 % del plan y la 503 llegó a 190 %».

    Lo que tiene el reporte incompleto lo dice: su porcentaje es el de los trimestres reportados.
    """
    con_cifra = filas[filas["cumplimiento_pct"].notna()].sort_values("cumplimiento_pct", kind="stable")
    if con_cifra.empty:
        return f"Ninguna {formato.nivel(nivel)} de {quien} se puede comparar todavía con su plan"
    menor, mayor = con_cifra.iloc[0], con_cifra.iloc[-1]
    menores, mayores = (con_cifra[con_cifra["cumplimiento_pct"] == fila["cumplimiento_pct"]] for fila in (menor, mayor))
    hay_corta, hay_larga = menor["estado"] in tema.DEBAJO, mayor["estado"] in tema.ENCIMA
    if hay_corta and hay_larga:
        corta = _extremo(menores, nivel, "quedó", "quedaron", "en", " del plan")
        return f"{corta} y {_extremo(mayores, '', 'llegó', 'llegaron', 'a')}"
    if hay_corta:
        return f"{_extremo(menores, nivel, 'quedó', 'quedaron', 'en', ' del plan')}; ninguna lo rebasó"
    if hay_larga:
        return f"{_extremo(mayores, nivel, 'llegó', 'llegaron', 'a', ' del plan')}; ninguna quedó por debajo"
    if len(con_cifra) == 1:
        return f"La única {formato.nivel(nivel)} evaluable de {quien} está en banda"
    return f"Las {formato.contar(len(con_cifra), nivel)} evaluables de {quien} están en banda"


def _extremo(filas: pd.DataFrame, nivel: str, una: str, varias: str, donde: str, final: str = "") -> str:
    """«La acción 403 quedó en 32.5 % del plan»; si empatan, «7 acciones quedaron en 0 % del plan»."""
    pct = f"{donde} {formato.porcentaje(filas['cumplimiento_pct'].iloc[0])}{final}"
    if len(filas) == 1:
        articulo = f"La {formato.nivel(nivel)}" if nivel else "la"
        return f"{articulo} {formato.texto(filas['clave'].iloc[0])} {una} {pct}{comunes.a_medias(filas.iloc[0])}"
    return f"{formato.contar(len(filas), nivel) if nivel else len(filas)} {varias} {pct}"


def calendario(filas: pd.DataFrame, trimestres: pd.DataFrame, nivel: str, quien: str) -> str:
    """«De las 16 acciones de DIF, programan algo 15 en ene–mar, 16 en abr–jun…»: el plan cuando no hay avance.

    `filas`: una por compromiso; `trimestres`: una por compromiso y trimestre, con `programado`.
    """
    suyos = trimestres[trimestres["vigente_id"].isin(filas["vigente_id"]) & (trimestres["programado"] > 0)]
    n = suyos["trimestre"].value_counts().reindex([1, 2, 3, 4], fill_value=0)
    return comunes.programan({int(t): int(hay) for t, hay in n.items()}, len(filas), nivel, quien)


def parrafo_una(
    filas: pd.DataFrame,
    nivel: str,
    quien: str,
    corte: str,
    periodo: str,
    certezas: Iterable[str],
    tras_titulo: bool = False,
) -> str:
    """Cuántas en banda, la más lejana con su motivo impreso, la que más rebasó y lo que hay que tomar con reserva.

    `filas`: una por compromiso de un nivel y periodo, de una dependencia; `certezas`: la de cada uno, como
    las de la función de ese nombre; `tras_titulo`: sin cuántas en banda, que ya se leyó en el título.
    """
    conteo = filas["estado"].value_counts()
    if filas.empty:
        return f"{comunes.estados(conteo, nivel, [quien], corte)}."
    if (filas["estado"] == "Aún no exigible").all():
        if not tras_titulo:
            return _solo_plan(filas.head(0), filas, nivel, quien, False, corte)
        n = _unidades(filas)
        van = f"Van en {formato.numero(n)} unidades de medida que no se suman. " if n > 1 else ""
        return f"{van}Se conoce lo programado, no lo alcanzado."
    base = comunes.evaluables(conteo)
    if not base:
        return f"{_cuando(corte, periodo)}, {_ninguna_evaluable(quien, False, nivel, len(filas))}"
    cumplen = f"{formato.numero(int(conteo.get('Cumple', 0)))} de {_evaluables(base, nivel)}"
    abre = "" if tras_titulo else f"{_cuando(corte, periodo)}, {quien} cumplió {cumplen}."
    excedida = _mas_excedida(filas)
    reservas = _reservas(filas, certezas, corte)
    return comunes.parrafo(
        *([abre, _mas_lejana(filas, nivel, entero, largo), excedida, reservas] for entero, largo in _VERSIONES)
    )


def _mas_lejana(filas: pd.DataFrame, nivel: str, con_motivo: bool, largo: int) -> str:
    debajo = filas[filas["estado"].isin(tema.DEBAJO)].sort_values("cumplimiento_pct", kind="stable")
    if debajo.empty:
        return "Ninguna quedó por debajo del plan."
    fila = debajo.iloc[0]
    iguales = int((debajo["cumplimiento_pct"] == fila["cumplimiento_pct"]).sum())
    una = f"Por debajo quedaron {len(debajo)}; {'la más corta' if iguales == 1 else 'una de las más cortas'} es"
    if len(debajo) == 1:
        una = "La única por debajo es"
    porque = motivo(fila, _LARGO_MOTIVO)
    if not con_motivo and not formato.es_blanco(fila["observaciones"]):
        porque = "su motivo contradice a las cifras" if _contradice(fila) else "el documento imprime su motivo"
    unidad = formato.unidad(fila["unidad_medida"])
    return (
        f"{una} {comunes.nombrar(fila, nivel, largo)}: {formato.numero(fila['alcanzado'])} de "
        f"{formato.numero(fila['programado'])}{f' (unidad: {unidad})' if unidad else ''}, "
        f"{formato.porcentaje(fila['cumplimiento_pct'])} del plan{comunes.a_medias(fila)}; {porque}."
    )


def _mas_excedida(filas: pd.DataFrame) -> str:
    encima = filas[filas["estado"].isin(tema.ENCIMA)].sort_values("cumplimiento_pct", kind="stable")
    if encima.empty:
        return "Ninguna lo rebasó."
    fila = encima.iloc[-1]
    iguales = encima[encima["cumplimiento_pct"] == fila["cumplimiento_pct"]]
    pct = f"con {formato.porcentaje(fila['cumplimiento_pct'])}{comunes.a_medias(fila)}"
    if len(encima) == 1:
        return f"La única que lo rebasó es la {formato.texto(fila['clave'])}, {pct}."
    lo_rebasaron = f"Lo rebasaron {len(encima)}; "
    if len(iguales) == 1:
        return f"{lo_rebasaron}la que más, la {formato.texto(fila['clave'])}, {pct}."
    return f"{lo_rebasaron}las que más, {formato.lista(f'la {formato.texto(c)}' for c in iguales['clave'])}, {pct}."


def motivo(fila: Mapping, largo: int) -> str:
    """«el documento explica: «…»», con a lo más `largo` letras del motivo impreso; o que contradice a sus cifras.

    `fila`: con sus `observaciones` y `etiquetas`.
    """
    if formato.es_blanco(fila["observaciones"]):
        return "el documento no imprime el motivo"
    breve = formato.recortar(formato.oracion(fila["observaciones"]), largo).rstrip(" .")
    return f"{'su motivo contradice a las cifras' if _contradice(fila) else 'el documento explica'}: «{breve}»"


def _contradice(fila: Mapping) -> bool:
    return "justificación contradictoria" in formato.texto(fila["etiquetas"], "")


def _reservas(filas: pd.DataFrame, certezas: Iterable[str], corte: str) -> str:
    """«Con reserva: 1 sin reporte y 13 con cifras reconstruidas o ambiguas; el plan se rehízo durante 2025»."""
    cuentas = (
        ("sin reporte", int((filas["estado"] == "Sin reporte").sum())),
        ("con reporte incompleto", int(_con(filas, "reporte incompleto").sum())),
        *((f"con {que}", n) for n, que in comunes.dudas(certezas)),
    )
    reservas = formato.lista(f"{formato.numero(n)} {que}" for que, n in cuentas if n)
    partes = formato.partir_corte(corte)
    se_rehizo = partes is not None and _con(filas, "reprogramada").any()
    plan = f"el plan se rehízo durante {partes[0]}" if se_rehizo else ""
    dicho = "; ".join(f for f in (f"Con reserva: {reservas}" if reservas else "", plan) if f)
    return f"{formato.mayuscula(dicho)}." if dicho else ""


def _con(filas: pd.DataFrame, etiqueta: str) -> pd.Series:
    return filas["etiquetas"].fillna("").str.contains(etiqueta, regex=False)


def certezas(filas: pd.DataFrame, trimestres: pd.DataFrame) -> pd.Series:
    """La peor certeza de las cifras de cada compromiso, por `vigente_id`: una de formato.CERTEZAS_JUNTAS.

    `filas`: una por compromiso, con la de su último informe y su `total_impreso`; `trimestres`: una por compromiso y
    trimestre, con `programado`, `alcanzado` y `certeza`, que pueden venir de informes anteriores. En un trimestre en
    blanco no hay cifra que reconstruir: solo cuenta si el último informe admite dos lecturas.
    """
    hay_cifra = trimestres[["programado", "alcanzado"]].notna().any(axis=1)
    es_blanco_rehecho = ~hay_cifra & (trimestres["certeza"] == "reconstruido")
    de_blancos = filas["vigente_id"].isin(trimestres.loc[es_blanco_rehecho, "vigente_id"])
    del_informe = filas[~(de_blancos & (filas["certeza"] == "reconstruido"))]
    todas = pd.concat([del_informe[["vigente_id", "certeza"]], trimestres.loc[hay_cifra, ["vigente_id", "certeza"]]])
    distintas = filas.loc[filas["total_impreso"].notna(), ["vigente_id"]].assign(certeza="distinto")
    # sin ninguna otra, la de un compromiso en blanco es segura
    blancas = filas.loc[de_blancos, ["vigente_id"]].assign(certeza="seguro")
    todas = pd.concat([todas.dropna(), distintas, blancas])
    return todas.groupby("vigente_id")["certeza"].agg(lambda suyas: max(suyas, key=list(formato.CERTEZAS_JUNTAS).index))


def nota_tabla(marcas: str) -> str:
    """Cómo se lee la tabla de compromisos: a dónde lleva cada cosa y qué son sus marcas."""
    nota = "El nombre abre la meta o acción, trimestre por trimestre; cualquier cifra, el renglón del que sale."
    return f"{nota} {formato.mayuscula(marcas)}." if marcas else nota


# ---------------------------------------------------------------- de todas


def _cuando(corte: str, periodo: str) -> str:
    return f"{'En lo acumulado al' if periodo == 'acumulado' else 'Solo en el'} {formato.corte(corte)}"


def _evaluables(base: int, nivel: str) -> str:
    return f"{formato.contar(base, nivel)} {'evaluable' if base == 1 else 'evaluables'}"


def _ninguna_evaluable(quien: str, varias: bool, nivel: str, cuantas: int) -> str:
    return f"{quien} {'tienen' if varias else 'tiene'} {formato.contar(cuantas, nivel)} y ninguna se puede evaluar."


def _cobertura(grupos: pd.DataFrame, incompletos: str) -> str:
    esperados, reportados = int(grupos["esperados"].sum()), int(grupos["reportados"].sum())
    if not esperados:
        return ""
    if esperados == reportados:
        cuales = "La única exigible tiene" if esperados == 1 else "Todas las exigibles tienen"
        return f"{cuales} reporte{incompletos}."
    return (
        f"Hay reporte de {formato.numero(reportados)} de las {formato.numero(esperados)} exigibles "
        f"({formato.parte(100 * reportados / esperados)}){incompletos}."
    )


def _replaneado(filas: pd.DataFrame, corte: str, como: str = "; cada trimestre se mide con el suyo") -> str:
    partes = formato.partir_corte(corte)
    if partes is None or not _con(filas, "reprogramada").any():
        return ""
    return f"El plan de {partes[0]} se rehízo durante el año{como}."
