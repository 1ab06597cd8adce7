"""Cuántos compromisos hay en cada estado, por grupo: barras apiladas con color, icono y número."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

_IZQUIERDA = 200
_PARA_GRUPO = _IZQUIERDA - 12
_SOBRE, _ABAJO = 14, 10  # px entre la clave de colores y las barras, y entre ellas y el pie
_GRUESO, _GRUESO_MAXIMO = 0.62, 0.92  # de un renglón; con muchos, lo que haga falta para que la cifra no se salga
_BARRA_MAXIMA = 56  # px; pocas barras se reparten el alto y no engordan
_DOS_RENGLONES = 38  # px de un renglón en que caben dos de letra
_PX_DIBUJO = tema.ANCHO - 2 * tema.MARGEN - _IZQUIERDA

# Conteos que juntan varios estados; su nombre va en la dirección de la lista que abren.
LISTAS = {
    "Evaluables": tema.EVALUABLES,
    "Rebasan el plan": tema.ENCIMA,
    "Debajo del plan": tema.DEBAJO,
    "Rebasan el plan o sin plan": (*tema.ENCIMA, "Avance no programado"),
}
# Los que juntan los compromisos de una etiqueta.
ETIQUETADAS = {
    "Sin motivo impreso": "justificación ausente",
    "Contradicen a las cifras": "justificación contradictoria",
}
SIN_GRUPO = "ninguno"  # la llave de los compromisos cuyo documento no imprime unidad ni programa


def agrupar(filas: pd.DataFrame, nombres: Mapping[str, str]) -> tuple[pd.DataFrame, str]:
    """Conteo por grupo y estado (`grupo_id`, `grupo`, `estado`, `n`) y cómo se llama el grupo.

    Entra una fila por compromiso con `dependencia`, `unidad`, `programa` y `estado`; `nombres` da el de
    cada dependencia. Por dependencia o, si hay una sola, por unidad ejecutora o programa, el que distinga
    más de uno.
    """
    columna, como = "dependencia", "dependencia"
    if filas["dependencia"].nunique() == 1:
        for otra, nombre in (("unidad", "unidad ejecutora"), ("programa", "programa")):
            if _llaves(filas[otra]).nunique() > 1:
                columna, como = otra, nombre
                break
    leer = nombres.get if columna == "dependencia" else formato.oracion
    filas = filas.assign(
        grupo_id=_llaves(filas[columna]), grupo=[leer(v, f"Sin {como} en la hoja") for v in filas[columna]]
    )
    filas["grupo"] = filas.groupby("grupo_id")["grupo"].transform(_con_acentos)
    return filas.groupby(["grupo_id", "grupo", "estado"], sort=False).size().reset_index(name="n"), como


def _con_acentos(variantes: pd.Series) -> str:
    """De varias maneras de imprimir un nombre, la que lleva más acentos."""
    return max(variantes, key=lambda nombre: len(nombre.encode()))


def filtrar(filas: pd.DataFrame, lista: str, grupo: str | None = None) -> pd.DataFrame:
    """Las filas que suma un conteo: las de un estado, de una de `LISTAS` o etiqueta, y de un grupo si se da."""
    if lista == "Con reporte":
        elegidas = filas[~filas["estado"].isin(("Sin reporte", "Aún no exigible")) & (filas["programado"] > 0)]
    elif lista == "Con programación":
        elegidas = filas[filas["programado"] > 0]
    elif lista in ETIQUETADAS:
        elegidas = filas[filas["etiquetas"].fillna("").str.contains(ETIQUETADAS[lista], regex=False)]
    elif lista == "Con motivo impreso":
        fuera = filas["estado"].isin((*LISTAS["Debajo del plan"], *LISTAS["Rebasan el plan o sin plan"]))
        elegidas = filas[fuera & ~filas["etiquetas"].fillna("").str.contains("justificación", regex=False)]
    else:
        elegidas = filas[filas["estado"].isin(LISTAS.get(lista, (lista,)))]
    if grupo:
        es_suya = [_llaves(elegidas[c]) == grupo for c in ("dependencia", "unidad", "programa")]
        elegidas = elegidas[es_suya[0] | es_suya[1] | es_suya[2]]
    return elegidas


def _llaves(nombres: pd.Series) -> pd.Series:
    """La llave de cada nombre impreso: la misma con acentos o sin ellos; la de un hueco dice que falta."""
    return nombres.map(lambda n: SIN_GRUPO if formato.es_blanco(n) else formato.sin_acentos(str(n)).lower())


def conteos(tabla: pd.DataFrame, mensaje: str, nivel: str, pie: str = "") -> go.Figure:
    """Barras apiladas de conteos por estado.

    Entra una fila por grupo y estado con `grupo` (texto que se lee), `estado` y `n`, y si se quiere
    `grupo_id` (vuelve en customdata para saber qué se tocó). Sale una traza por estado presente, en el
    orden fijo de los estados. Sin filas, la figura vacía con su frase.
    """
    tabla = tabla[tabla["n"] > 0] if not tabla.empty else tabla
    if tabla.empty:
        return lienzo.vacia(f"No hay {formato.nivel(nivel, 2)} para esta selección.", pie)
    ids = tabla.get("grupo_id", tabla["grupo"])
    tabla = tabla.assign(grupo_id=ids)
    totales = tabla.groupby(["grupo_id", "grupo"], sort=False)["n"].sum().reset_index()
    cuantos = lienzo.caben(
        len(totales), lambda n: lienzo.alto(**_compuesta(mensaje, pie, len(totales), _presentes(tabla, totales, n), n))
    )
    visibles = totales.head(cuantos)
    presentes = _presentes(tabla, totales, cuantos)
    figura = lienzo.lienzo(**_compuesta(mensaje, pie, len(totales), presentes, cuantos))
    mayor = float(visibles["n"].max())
    px = lienzo.alto_de(figura) / cuantos
    grueso = min(max(_GRUESO, lienzo.ALTO_RENGLON / px), _GRUESO_MAXIMO, _BARRA_MAXIMA / px)
    for palabra in presentes:
        filas = visibles.merge(tabla[tabla["estado"] == palabra], on=["grupo_id", "grupo"], suffixes=("_total", ""))
        if not filas.empty:
            figura.add_trace(_traza(palabra, filas, mayor, nivel, grueso))
    lienzo.poner_clave(figura, _clave(presentes), _SOBRE)
    _ejes(figura, visibles, mayor)
    return figura


def _presentes(tabla: pd.DataFrame, totales: pd.DataFrame, cuantos: int) -> list[str]:
    """Los estados de los primeros grupos, en su orden; los desconocidos, al final."""
    hay = set(tabla.loc[tabla["grupo_id"].isin(totales["grupo_id"].head(cuantos)), "estado"])
    return [*(e for e in tema.ESTADOS if e in hay), *sorted(hay - set(tema.ESTADOS))]


def _clave(presentes: list[str]) -> list:
    return lienzo.repartir_clave([tema.estado(e) for e in presentes])


def _compuesta(mensaje: str, pie: str, total: int, presentes: list[str], visibles: int) -> dict:
    """El `lienzo` de `visibles` renglones de un `total`."""
    arriba = _SOBRE + lienzo.ALTO_CLAVE * len(_clave(presentes))
    return {"mensaje": mensaje, "pie": _pie(pie, total, visibles), "arriba": arriba, "abajo": _ABAJO}


def _traza(palabra: str, filas: pd.DataFrame, mayor: float, nivel: str, grueso: float) -> go.Bar:
    aspecto = tema.estado(palabra)
    frases = [
        f"{formato.partir(g, 60)}: {formato.contar(n, nivel)} de {formato.numero(total)} "
        f"en «{palabra}» ({formato.parte(100 * n / total)}):<br>{aspecto.significado}."
        for g, n, total in zip(filas["grupo"], filas["n"], filas["n_total"], strict=True)
    ]
    return lienzo.tramo(
        palabra,
        y=[str(g) for g in filas["grupo_id"]],
        x=filas["n"].tolist(),
        width=grueso,
        text=[_rotulo(aspecto, n, mayor) for n in filas["n"]],
        customdata=[[str(g), palabra] for g in filas["grupo_id"]],
        hovertext=frases,
    )


def _rotulo(aspecto: tema.Estado, n: int, mayor: float) -> str:
    """Icono y número si caben en el tramo; solo el número, o nada, si no."""
    ancho = n / mayor * _PX_DIBUJO
    cifra = formato.numero(n)
    if ancho >= 26 + 9 * len(cifra) + 8 * (len(aspecto.icono) - 1):
        return f"{aspecto.icono} {cifra}"
    return cifra if ancho >= 3 + 8 * len(cifra) else ""


def _ejes(figura: go.Figure, visibles: pd.DataFrame, mayor: float) -> None:
    """Eje de grupos con su total."""
    renglones = 2 if lienzo.alto_de(figura) / len(visibles) >= _DOS_RENGLONES else 1
    rotulos = [
        lienzo.ajustar(str(g), _PARA_GRUPO - lienzo.medir(f" {formato.numero(n)}"), renglones)
        + f" <span style='color:{tema.GRIS}'>{formato.numero(n)}</span>"
        for g, n in zip(visibles["grupo"], visibles["n"], strict=True)
    ]
    claves = [str(g) for g in visibles["grupo_id"]]
    figura.update_layout(barmode="stack", bargap=0.3)
    figura.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=claves,
        tickmode="array",
        tickvals=claves,
        ticktext=rotulos,
        range=[len(visibles) - 0.5, -0.5],
        showline=False,
        ticklabelstandoff=10,
    )
    figura.update_xaxes(visible=False, range=[0, mayor], domain=lienzo.dominio(_IZQUIERDA))


def _pie(pie: str, total: int, visibles: int) -> str:
    return pie if total == visibles else f"Se muestran {visibles} y {total - visibles} más. {pie}"
