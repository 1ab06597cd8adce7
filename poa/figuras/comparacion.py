"""Los grupos de un corte lado a lado: su reparto por estado y, alineados, sus cuatro indicadores con su n."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import estados, lienzo

INDICADORES = ["evaluables", "cumplen", "debajo", "excedidos", "esperados", "reportados", "indice_acotado_pct"]
_COLUMNAS = ["grupo_id", "grupo", "es_total", "total", "metas", "acciones", *INDICADORES, *tema.ESTADOS]

# Lugares en los 752 px del dibujo: dónde acaba el conteo y dónde empiezan las barras; lo que al menos ocupa cada
# indicador, y lo que al menos miden las barras para que «10 de 20» no se escriba «10/20».
_CUANTOS, _BARRAS = 240, 250
_INDICADORES, _BARRAS_MINIMO = (68, 86, 76, 92), 150
_SEPARA = 14  # px entre una columna y la siguiente
_TITULOS = ("En banda", "Índice (n)", "Rebasan", "Con reporte")
_NOMBRE = 198  # px del nombre de un grupo; lo demás, hasta _CUANTOS, para cuántos tiene
_RENGLONES_DOBLES = 6  # hasta aquí caben dos líneas por renglón: el porcentaje y, debajo, de cuántos
_SOBRE, _ABAJO = 30, 8  # px de los títulos de las columnas, y entre los renglones y el pie


def renglones(
    filas: pd.DataFrame, indicadores: pd.DataFrame, unidades: pd.DataFrame, nombres: Mapping[str, str]
) -> tuple[pd.DataFrame, str]:
    """Un renglón por grupo con sus conteos por estado y sus indicadores, y cómo se llama el grupo.

    `filas`: una por compromiso, de un nivel y periodo, como las da la consulta cumplimiento; `indicadores` y
    `unidades`, esas consultas para el mismo periodo y los dos niveles; `nombres`, el corto de cada
    dependencia. Con varias dependencias, una por renglón; con una sola, ella (`es_total`) y debajo sus
    unidades ejecutoras o programas. Va primero el de menor parte en banda; los que no tienen evaluables, al
    final por su nombre.
    """
    if filas.empty:
        return pd.DataFrame(columns=_COLUMNAS), "dependencia"
    nivel = filas["nivel"].iloc[0]
    conteo, como = estados.agrupar(filas, nombres)
    por_dependencia = indicadores.assign(grupo_id=indicadores["dependencia"])
    if como == "dependencia":
        return _ordenar(_juntar(conteo, por_dependencia, nivel)), como
    entera = filas.groupby(["dependencia", "estado"], sort=False).size().reset_index(name="n")
    entera = entera.rename(columns={"dependencia": "grupo_id"})
    entera["grupo"] = [nombres.get(d, "Dependencia sin nombre") for d in entera["grupo_id"]]
    total = _juntar(entera, por_dependencia, nivel).assign(es_total=True)
    grupos = _ordenar(_juntar(conteo, unidades[unidades["agrupacion"] == como], nivel))
    return pd.concat([total, grupos], ignore_index=True), como


def _juntar(conteo: pd.DataFrame, indicadores: pd.DataFrame, nivel: str) -> pd.DataFrame:
    """Los conteos en columnas, con los indicadores de su nivel y cuántas metas y acciones hay."""
    ancha = conteo.pivot(index=["grupo_id", "grupo"], columns="estado", values="n")
    ancha = ancha.reindex(columns=list(tema.ESTADOS)).fillna(0).astype(int)
    ancha = ancha.assign(total=ancha.sum(axis=1), es_total=False).reset_index()
    del_nivel = indicadores.loc[indicadores["nivel"] == nivel, ["grupo_id", *INDICADORES]]
    ancha = ancha.merge(del_nivel, on="grupo_id", how="left")
    for columna, cual in (("metas", "meta"), ("acciones", "accion")):
        hay = indicadores[indicadores["nivel"] == cual].set_index("grupo_id")["total"]
        ancha[columna] = ancha["grupo_id"].map(hay).fillna(0).astype(int)
    return ancha[_COLUMNAS]


def _ordenar(tabla: pd.DataFrame) -> pd.DataFrame:
    """De menor a mayor parte en banda y, si empatan, primero la que más compromisos juzga."""
    tabla = tabla.assign(
        _sin=tabla["evaluables"] == 0,
        _parte=(tabla["cumplen"] / tabla["evaluables"].where(tabla["evaluables"] > 0)).fillna(0),
        _menos=-tabla["evaluables"],
        _nombre=[formato.sin_acentos(str(g)).lower() for g in tabla["grupo"]],
    )
    return tabla.sort_values(["_sin", "_parte", "_menos", "_nombre"], ignore_index=True)[_COLUMNAS]


def barras(tabla: pd.DataFrame, mensaje: str, nivel: str, como: str, pie: str = "") -> go.Figure:
    """Barras al 100 % por estado, con su número, y las columnas En banda, Índice, Rebasan y Con reporte.

    Entra lo que da `renglones`. A lo más 15 renglones; el resto se dice en el pie. Sin evaluables no hay esas
    columnas: las barras miden cuántos compromisos tiene cada grupo, y el pie lo dice. Sin filas, la figura vacía con
    su frase.
    """
    if tabla.empty:
        return lienzo.vacia(f"No hay {formato.nivel(nivel, 2)} para esta selección.", pie, mensaje)
    cuantos = lienzo.caben(len(tabla), lambda n: lienzo.alto(**_compuesta(tabla, n, mensaje, pie)))
    visibles = tabla.head(cuantos)
    presentes = _presentes(visibles)
    dobles = cuantos <= _RENGLONES_DOBLES
    figura = lienzo.lienzo(**_compuesta(tabla, cuantos, mensaje, pie))
    hay_avance = bool(tabla["evaluables"].sum())
    celdas = _escribir(visibles, dobles) if hay_avance else []
    finales = _finales(celdas)
    px_barras = (finales[0] - _ancho(celdas, 0) if hay_avance else lienzo.PX) - _BARRAS
    contra = visibles["total"] if hay_avance else visibles["total"].max()
    desde = pd.Series(float(_BARRAS), index=visibles.index)
    for palabra in presentes:
        largo = visibles[palabra] / contra * px_barras
        hay = visibles[palabra] > 0
        figura.add_trace(_traza(palabra, visibles[hay], desde[hay], largo[hay], nivel, 0.64 if dobles else 0.86))
        desde = desde + largo
    _poner_columnas(figura, visibles, nivel, como, dobles)
    if hay_avance:
        _poner_indicadores(figura, visibles, celdas, finales)
    lienzo.poner_clave(figura, _clave(visibles), _SOBRE)
    figura.update_layout(barmode="overlay")
    lienzo.en_px(figura, [str(g) for g in visibles["grupo_id"]], lugares=4)
    return figura


def _presentes(visibles: pd.DataFrame) -> list[str]:
    return [e for e in tema.ESTADOS if visibles[e].sum()]


def _clave(visibles: pd.DataFrame) -> list:
    return lienzo.repartir_clave([tema.estado(e) for e in _presentes(visibles)])


def _compuesta(tabla: pd.DataFrame, cuantos: int, mensaje: str, pie: str) -> dict:
    """El `lienzo` de los primeros `cuantos` renglones."""
    arriba = _SOBRE + lienzo.ALTO_CLAVE * len(_clave(tabla.head(cuantos)))
    return {"mensaje": mensaje, "pie": _pie(tabla, cuantos, pie), "arriba": arriba, "abajo": _ABAJO}


def _pie(tabla: pd.DataFrame, visibles: int, pie: str) -> str:
    partes = [f"Se muestran {visibles} y {len(tabla) - visibles} más." if len(tabla) > visibles else ""]
    if not tabla["evaluables"].sum():
        partes.append("Sin avance que comparar: cada barra mide cuántos compromisos son.")
    return " ".join(p for p in (*partes, pie) if p)


def _traza(palabra: str, filas: pd.DataFrame, desde: pd.Series, largo: pd.Series, nivel: str, grosor: float) -> go.Bar:
    """Los tramos de un estado: dónde empiezan y cuánto miden, en px."""
    aspecto = tema.estado(palabra)
    return lienzo.tramo(
        palabra,
        y=[str(g) for g in filas["grupo_id"]],
        base=desde.tolist(),
        x=largo.tolist(),
        width=grosor,
        text=[_rotulo(aspecto, n, ancho) for n, ancho in zip(filas[palabra], largo, strict=True)],
        customdata=[[str(g), palabra] for g in filas["grupo_id"]],
        hovertext=[
            f"<b>{formato.partir(grupo, 60)}</b><br>{formato.contar(n, nivel)} de {formato.numero(total)} "
            f"en «{palabra}» ({formato.parte(100 * n / total)}):<br>{aspecto.significado}."
            for grupo, n, total in zip(filas["grupo"], filas[palabra], filas["total"], strict=True)
        ],
    )


def _rotulo(aspecto: tema.Estado, n: int, ancho: float) -> str:
    """Icono y número si caben en el tramo; solo el número, o nada, si no."""
    cifra = formato.numero(n)
    if ancho >= 20 + 9 * len(cifra) + 10 * len(aspecto.icono):
        return f"{aspecto.icono} {cifra}"
    return cifra if ancho >= 4 + 8 * len(cifra) else ""


def _poner_columnas(figura: go.Figure, tabla: pd.DataFrame, nivel: str, como: str, dobles: bool) -> None:
    """El nombre de cada grupo y cuántos compromisos tiene, a la izquierda; sus indicadores, a la derecha."""
    ids = [str(g) for g in tabla["grupo_id"]]
    nombres = [
        lienzo.ajustar(str(g), _NOMBRE, 2 if dobles else 1, negrita=es)
        for g, es in zip(tabla["grupo"], tabla["es_total"], strict=True)
    ]
    nombres = [f"<b>{n}</b>" if es else n for n, es in zip(nombres, tabla["es_total"], strict=True)]
    totales = [formato.numero(n) for n in tabla["total"]]
    lienzo.columna(figura, "Grupo", ids, nombres, 0, "left")
    lienzo.columna(figura, "Cuántas", ids, totales, _CUANTOS, "right")
    grupo, cuantas = formato.mayuscula(como), formato.mayuscula(formato.nivel(nivel, 2))
    lienzo.encabezar(figura, [(grupo, 0, "left"), (cuantas, _CUANTOS, "right")], alto=6)
    raya = {"type": "line", "xref": "paper", "x0": 0, "x1": 1}
    rayas = [raya | {"yref": "paper", "y0": 1, "y1": 1, "line": {"color": tema.TINTA, "width": 1}}]
    rayas += [
        raya | {"y0": lugar + 0.5, "y1": lugar + 0.5, "line": {"color": tema.LINEA, "width": 1}}
        for lugar, es_total in enumerate(tabla["es_total"])
        if es_total
    ]
    figura.update_layout(shapes=rayas)


def _poner_indicadores(
    figura: go.Figure, tabla: pd.DataFrame, celdas: Sequence[Sequence[str]], finales: Sequence[float]
) -> None:
    ids = [str(g) for g in tabla["grupo_id"]]
    for titulo, px, textos in zip(_TITULOS, finales, celdas, strict=True):
        lienzo.columna(figura, titulo, ids, list(textos), px, "right")
    titulos = [(titulo, px, "right") for titulo, px in zip(_TITULOS, finales, strict=True)]
    lienzo.encabezar(figura, titulos, alto=6)


def _escribir(tabla: pd.DataFrame, dobles: bool) -> list[list[str]]:
    """Los textos de cada indicador, de arriba abajo: los largos, si dejan lugar a las barras."""
    for de in (" de ", "/"):
        celdas = [list(c) for c in zip(*(_celdas(fila, dobles, de) for _, fila in tabla.iterrows()), strict=True)]
        if _finales(celdas)[0] - _ancho(celdas, 0) - _BARRAS >= _BARRAS_MINIMO:
            break
    return celdas


def _ancho(celdas: Sequence[Sequence[str]], cual: int) -> float:
    return max(_INDICADORES[cual], *(lienzo.medir(t) + _SEPARA for t in celdas[cual]))


def _finales(celdas: Sequence[Sequence[str]]) -> list[float]:
    """Dónde acaba cada indicador, en px del dibujo."""
    anchos = [_ancho(celdas, cual) for cual in range(len(celdas))]
    return [lienzo.PX - sum(anchos[cual + 1 :]) for cual in range(len(anchos))]


def _celdas(fila: pd.Series, dobles: bool, de: str) -> list[str]:
    """«50 %» y debajo «10 de 20», o en una línea «10 de 20»; sin base, una raya. `de`: lo que separa las dos."""
    n = int(fila["evaluables"])
    indice = formato.parte(fila["indice_acotado_pct"])
    return [
        _celda(*_parte(fila["cumplen"], n, de), dobles),
        _celda(indice, f"n = {formato.numero(n)}" if dobles else f"{indice} ({formato.numero(n)})", dobles),
        _celda(*_parte(fila["excedidos"], n, de), dobles),
        _celda(*_parte(fila["reportados"], fila["esperados"], de), dobles),
    ]


def _parte(cuantos: int, total: int, de: str) -> tuple[str, str]:
    """(«50 %», «10 de 20»); de ninguno, una raya."""
    pct = formato.parte(100 * cuantos / total if total else None)
    return pct, f"{formato.numero(cuantos)}{de}{formato.numero(total)}"


def _celda(arriba: str, abajo: str, dobles: bool) -> str:
    if arriba == formato.RAYA:
        return formato.RAYA
    return f"{arriba}<br><span style='color:{tema.GRIS}'>{abajo}</span>" if dobles else abajo
