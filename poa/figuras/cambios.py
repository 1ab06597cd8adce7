"""Dos planes frente a frente: cada compromiso es una marca y una línea lo lleva a lo que fue de él en el otro."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo
from poa.figuras.lados import ALTO_NOMBRE, SUERTES, Falta, Lado, acomodar, de_un_lado

CLAVE = (*SUERTES, "sugerido")
_CONTINUA = "#8A929B"  # lo que sigue igual calla: lo nuevo y lo que falta van en tinta
_ABAJO, _ALTO_CLAVE, _ALTO_TITULOS = 8, 44, 22
_RENGLON = 17  # px de un renglón de la clave
_ETIQUETA = 232  # px a cada lado para el nombre de las metas
_MARCA = 248  # px, de cada orilla a la columna de marcas
_TALLO = 30  # px de lo que no llega al otro lado o no viene de él
_PASO_CON_NOMBRE = 17.0  # px con los que cabe el nombre de cada compromiso
_PARA_NOMBRE = _ETIQUETA - 4
_TRAMOS = 20  # pedazos con que se dibuja una curva
_RELACION = {"cambia_unidad": "otra unidad", "dividida": "se divide", "fusionada": "se juntan"}
_LETRA_RELACION, _ANCHO_RELACION = 17, 96  # px
_PALABRAS_MAXIMO = 6
_MUESTRA = 34  # px del trazo que explica la clave y de su aire
_ENTRE_CLAVE, _AIRE_CLAVE = 8, 56  # px: los que al menos separan una cosa de la clave de la siguiente, y cuántos más


def columnas(
    filas: pd.DataFrame,
    mensaje: str,
    planes: tuple[str, str],
    clave: dict[str, tuple[str, str]],
    pie: str = "",
    laminas: tuple[str, str] = ("", ""),
) -> go.Figure:
    """El plan de antes a la izquierda y el de después a la derecha, en el orden de sus claves, por metas.

    Entra lo que da la consulta cambios: una fila por enlace o por compromiso sin contraparte, con `suerte, lado,
    relacion, procedencia, nivel` y, con _antes y _despues, `meta_clave, clave, descripcion, orden, compromiso`;
    `origen` y `destino` son sus eslabones. `planes`: cómo se llama cada uno; `clave`: por suerte que haya, su
    nombre y cuántas son («2 metas y 13 acciones»); `laminas`: cómo se llaman las que no traen lo de antes y las
    que no traían lo de después («las láminas de 2024»), o nada si ese plan no está en láminas. Línea seguida,
    continúa; cortada, cambia; la que no llega al otro lado desaparece y la que no viene de él aparece. Una meta
    va más gruesa que sus acciones.
    """
    if filas.empty:
        return lienzo.vacia("Ninguno de los dos planes tiene metas ni acciones.", pie, mensaje)
    lados = (de_un_lado(filas, "antes", laminas[0]), de_un_lado(filas, "despues", laminas[1]))
    cosas = _cosas(clave)
    de_mas = _renglones(cosas, "nombre") + _renglones(cosas, "cuantos") - 2
    arriba = _ALTO_CLAVE + _ALTO_TITULOS + _RENGLON * de_mas
    compuesta, fuera = (mensaje, pie, arriba, _ABAJO), -1
    while fuera != (fuera := sum(lado.fuera for lado in lados)):  # decir lo que no cupo puede quitar un renglón
        compuesta = (mensaje, _pie(pie, fuera), arriba, _ABAJO)
        alto = lienzo.alto(*compuesta)
        paso = acomodar(lados, filas[filas["suerte"].isin(["continúa", "cambia"])], alto)
    figura = lienzo.lienzo(*compuesta)
    _lineas(figura, filas, lados)
    for lado, es_antes in zip(lados, (True, False), strict=True):
        _tallos(figura, lado, es_antes)
        _marcas(figura, lado, es_antes, paso)
        _nombres(figura, lado, es_antes, paso)
    _relaciones(figura, filas, lados)
    _clave(figura, cosas)
    _titulos(figura, planes, lados)
    figura.update_xaxes(visible=False, range=[0, lienzo.PX], domain=[0, 1])
    figura.update_yaxes(visible=False, range=[alto, 0], domain=[0, 1])
    return figura


# ---------------------------------------------------------------- líneas y marcas


def _lineas(figura: go.Figure, filas: pd.DataFrame, lados: Sequence[Lado]) -> None:
    """Una traza por modo de línea: lo que continúa primero, para que lo demás quede encima."""
    enlaces = filas[filas["suerte"].isin(["continúa", "cambia"])]
    es_sugerido = enlaces["procedencia"] == "sugerido"
    for suerte, nombre in (("continúa", "Continúa"), ("cambia", "Cambia")):
        for nivel, grueso in (("accion", 1.6), ("meta", 3.2)):
            for sugerido in (False, True):
                cuales = (enlaces["suerte"] == suerte) & (enlaces["nivel"] == nivel) & (es_sugerido == sugerido)
                raya = "dot" if sugerido else "solid" if suerte == "continúa" else "dash"
                color = _CONTINUA if suerte == "continúa" else tema.TINTA
                titulo = f"{nombre}{', sin confirmar' if sugerido else ''}: {formato.nivel(nivel, 2)}"
                trazo = {"color": color, "width": grueso, "dash": raya}
                _trazar(figura, _curvas(enlaces[cuales], lados), titulo, trazo)


def _curvas(enlaces: pd.DataFrame, lados: Sequence[Lado]) -> Iterable[tuple[float, float] | None]:
    for _, fila in enlaces.iterrows():
        y0, y1 = lados[0].y.get(fila["origen"]), lados[1].y.get(fila["destino"])
        if y0 is None or y1 is None:
            continue
        yield from (_punto(i / _TRAMOS, y0, y1) for i in range(_TRAMOS + 1))
        yield None


def _punto(t: float, y0: float, y1: float) -> tuple[float, float]:
    """Un punto de la curva: sale y llega horizontal."""
    return _MARCA + (lienzo.PX - 2 * _MARCA) * t, y0 + (y1 - y0) * (3 * t**2 - 2 * t**3)


def _trazar(figura: go.Figure, puntos: Iterable[tuple[float, float] | None], nombre: str, linea: dict) -> None:
    dados = list(puntos)
    if not dados:
        return
    figura.add_trace(
        go.Scatter(
            name=nombre,
            mode="lines",
            x=[p[0] if p else None for p in dados],
            y=[p[1] if p else None for p in dados],
            line=linea,
            hoverinfo="skip",
        )
    )


def _tallos(figura: go.Figure, lado: Lado, es_antes: bool) -> None:
    """Lo que no tiene contraparte: un tallo que no llega al otro lado, con tope."""
    suerte, que = lado.falta.suerte, lado.falta.uno
    x0 = _MARCA if es_antes else lienzo.PX - _MARCA
    x1 = x0 + (_TALLO if es_antes else -_TALLO)
    suyas = lado.filas[(lado.filas["suerte"] == suerte) & lado.filas["eslabon"].isin(lado.y.keys())]
    for nivel, grueso in (("accion", 2), ("meta", 3.6)):
        del_nivel = suyas[suyas["nivel"] == nivel]
        puntos = [p for e in del_nivel["eslabon"] for p in ((x0, lado.y[e]), (x1, lado.y[e]), None)]
        _trazar(
            figura, puntos, f"{que.capitalize()}: {formato.nivel(nivel, 2)}", {"color": tema.TINTA, "width": grueso}
        )
    if len(suyas):
        figura.add_trace(
            go.Scatter(
                name=f"Tope de lo que {que}",
                mode="markers",
                x=[x1] * len(suyas),
                y=[lado.y[e] for e in suyas["eslabon"]],
                marker={"symbol": "line-ns", "size": 5, "line": {"color": tema.TINTA, "width": 2}},
                hoverinfo="skip",
            )
        )


def _marcas(figura: go.Figure, lado: Lado, es_antes: bool, paso: float) -> None:
    """Una marca por compromiso, que abre su tarjeta: llena; hueca si es un relevo del mismo plan."""
    filas = lado.filas[lado.filas["eslabon"].isin(lado.y.keys())]
    chica = min(9.0, max(2.5, paso * 0.64))
    huecas = filas["suerte"] == "relevo"
    figura.add_trace(
        go.Scatter(
            name="Compromisos de antes" if es_antes else "Compromisos de después",
            mode="markers",
            x=[_MARCA if es_antes else lienzo.PX - _MARCA] * len(filas),
            y=[lado.y[e] for e in filas["eslabon"]],
            marker={
                "symbol": "square",
                "size": [chica + 3 if n == "meta" else chica for n in filas["nivel"]],
                "color": [tema.PAPEL if hueca else tema.TINTA for hueca in huecas],
                "line": {"color": tema.TINTA, "width": [1 if hueca else 0 for hueca in huecas]},
                "opacity": 1,
            },
            customdata=[str(c) for c in filas["compromiso_id"]],
            hovertext=[_frase(f) for _, f in filas.iterrows()],
            hoverinfo="text",
            cliponaxis=False,
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )


def _frase(fila: pd.Series) -> str:
    nombre = formato.partir(formato.etiqueta_compromiso(fila, 160), 60)
    nivel = formato.mayuscula(formato.nivel(fila["nivel"]))
    return f"<b>{nivel} {nombre}</b><br>{formato.partir('; '.join(fila['dichos']), 80)}."


# ---------------------------------------------------------------- textos


def _nombres(figura: go.Figure, lado: Lado, es_antes: bool, paso: float) -> None:
    """El nombre de cada meta y cuántas acciones tiene; si hay lugar, el de cada compromiso."""
    notas, filetes = [], []
    x = 0 if es_antes else lienzo.PX - _ETIQUETA
    for grupo, desde, hasta in lado.grupos:
        if paso >= _PASO_CON_NOMBRE:
            for _, fila in grupo.iterrows():
                notas.append(_nota(_una_linea(fila), x, lado.y[fila["eslabon"]]))
        else:
            notas.append(_nota(_nombre_de_meta(grupo, hasta - desde, lado.falta), x, (desde + hasta) / 2))
        orilla = _MARCA - 11 if es_antes else lienzo.PX - _MARCA + 11
        lugar = {"x0": orilla, "x1": orilla, "y0": desde + 1, "y1": hasta - 1}
        filetes.append({"type": "line", "line": {"color": tema.LINEA, "width": 2}, "name": "meta", **lugar})
    figura.layout.annotations = [*figura.layout.annotations, *notas]
    figura.layout.shapes = [*figura.layout.shapes, *filetes]


def _nota(texto: str, x: float, y: float) -> dict:
    return {
        "text": texto,
        "x": x,
        "y": y,
        "xref": "x",
        "yref": "y",
        "xanchor": "left",
        "yanchor": "middle",
        "xshift": -lienzo.HOLGURA,
        "align": "left",
        "showarrow": False,
        "name": "nombre",
    }


def _una_linea(fila: pd.Series) -> str:
    es_meta = fila["nivel"] == "meta"
    texto = lienzo.ajustar(formato.etiqueta_compromiso(fila), _PARA_NOMBRE, negrita=es_meta)
    return f"<b>{texto}</b>" if es_meta else texto


def _nombre_de_meta(grupo: pd.DataFrame, alto: float, falta: Falta) -> str:
    """Con el alto que tenga: clave y nombre, en uno o dos renglones, y cuántas acciones; o todo en uno."""
    metas = grupo[grupo["nivel"] == "meta"]
    clave = formato.texto(grupo["meta"].iloc[0])
    nombre = formato.oracion(metas["descripcion"].iloc[0], "") if len(metas) else ""
    dicho = f"{clave} · {nombre}" if nombre else f"Meta {clave}"
    gris = f"<span style='color:{tema.GRIS}'>{lienzo.ajustar(_cuantas(grupo, falta), _PARA_NOMBRE)}</span>"
    if alto < 2 * ALTO_NOMBRE - 2:
        return lienzo.ajustar(dicho, _PARA_NOMBRE)
    renglones = 2 if alto >= 3 * ALTO_NOMBRE else 1
    return f"{lienzo.ajustar(dicho, _PARA_NOMBRE, renglones)}<br>{gris}"


def _cuantas(grupo: pd.DataFrame, falta: Falta) -> str:
    """«10 acciones: 2 aparecen»; «7 acciones: todas desaparecen»; «7 acciones: ninguna está»."""
    acciones = grupo[grupo["nivel"] == "accion"]
    if acciones.empty:
        return "Sin acciones impresas"
    total = formato.contar(len(acciones), "accion")
    n = int((acciones["suerte"] == falta.suerte).sum())
    if not n:
        return total
    if len(acciones) == 1:
        return f"{total}, {falta.uno}"
    return f"{total}: {falta.todos}" if n == len(acciones) else f"{total}: {n} {falta.uno if n == 1 else falta.varios}"


def _relaciones(figura: go.Figure, filas: pd.DataFrame, lados: Sequence[Lado]) -> None:
    """Sobre cada línea que cambia, cómo: se busca a lo largo de ella un lugar que no tape a otra palabra."""
    puestas: list[tuple[float, float]] = []
    dichas: set[tuple[str, str]] = set()
    cambian = filas[filas["suerte"] == "cambia"]
    if len(cambian) > _PALABRAS_MAXIMO:  # ya no se sabría de qué línea es cada palabra: quedan las menos comunes
        cambian = cambian[cambian["relacion"] != "cambia_unidad"]
    for _, fila in cambian.iterrows():
        relacion = fila["relacion"]
        llave = (relacion, fila["destino"] if relacion == "fusionada" else fila["origen"])
        y0, y1 = lados[0].y.get(fila["origen"]), lados[1].y.get(fila["destino"])
        if llave in dichas or y0 is None or y1 is None:
            continue
        preferidos = {"dividida": (0.3, 0.5, 0.7), "fusionada": (0.7, 0.5, 0.3)}.get(relacion, (0.5, 0.3, 0.7))
        for t in preferidos:
            x, y = _punto(t, y0, y1)
            if all(abs(x - a) > _ANCHO_RELACION or abs(y - b) > _LETRA_RELACION for a, b in puestas):
                puestas.append((x, y))
                dichas.add(llave)
                nota = _nota(_RELACION.get(relacion, ""), x, y)
                nota |= {"xanchor": "center", "xshift": 0, "bgcolor": tema.PAPEL, "borderpad": 1, "name": "relacion"}
                figura.layout.annotations = [*figura.layout.annotations, nota]
                break


@dataclass(frozen=True)
class _Cosa:
    """Una de las que explica la clave: su suerte, su nombre, cuántas son y el px en que empieza."""

    suerte: str
    nombre: str
    cuantos: str
    x: float


def _cosas(clave: dict[str, tuple[str, str]]) -> list[_Cosa]:
    """Lo que explica la clave: en partes iguales si caben; si no, según ocupan y, las más anchas, en dos renglones."""
    presentes = [(s, *clave[s]) for s in CLAVE if s in clave]
    parte = lienzo.PX / max(len(presentes), 4)
    ocupan = [
        max(_MUESTRA + lienzo.medir(nombre, negrita=True), lienzo.medir(cuantos)) + _ENTRE_CLAVE
        for _, nombre, cuantos in presentes
    ]
    if all(ocupa <= parte for ocupa in ocupan):
        return [_Cosa(*p, lugar * parte) for lugar, p in enumerate(presentes)]
    tope = max(ocupan)
    while sum(min(ocupa, tope) for ocupa in ocupan) > lienzo.PX:
        tope -= 1
    anchos = [min(ocupa, tope) for ocupa in ocupan]
    aire = min((lienzo.PX - sum(anchos)) / len(presentes), _AIRE_CLAVE)
    return [
        _Cosa(
            suerte,
            lienzo.ajustar(nombre, ancho - _MUESTRA - _ENTRE_CLAVE + 1, 2, negrita=True),
            lienzo.ajustar(cuantos, ancho - _ENTRE_CLAVE + 1, 2),
            sum(anchos[:lugar]) + aire * lugar,
        )
        for lugar, ((suerte, nombre, cuantos), ancho) in enumerate(zip(presentes, anchos, strict=True))
    ]


def _renglones(cosas: Sequence[_Cosa], que: str) -> int:
    return max((getattr(cosa, que).count("<br>") + 1 for cosa in cosas), default=1)


def _clave(figura: go.Figure, cosas: Sequence[_Cosa]) -> None:
    """Qué es cada línea y cuántas hay, en una tira sobre el dibujo."""
    alto, cuantas = lienzo.alto_de(figura), _RENGLON * _renglones(cosas, "cuantos")
    sobre = _ALTO_TITULOS + 2 + cuantas + _RENGLON * (_renglones(cosas, "nombre") - 1)  # del primer renglón
    for cosa in cosas:
        _muestra(figura, cosa.suerte, cosa.x / lienzo.PX, 1 + (sobre + 9) / alto, alto)
        comun = {"xref": "paper", "yref": "paper", "x": cosa.x / lienzo.PX, "y": 1, "xanchor": "left"}
        comun |= {"showarrow": False, "align": "left", "name": "clave", "yanchor": "top"}
        nombre = {"text": f"<b>{cosa.nombre}</b>", "yshift": sobre + _RENGLON + 1, "xshift": _MUESTRA}
        cuantos = {"text": cosa.cuantos, "yshift": _ALTO_TITULOS + 2 + cuantas, "xshift": -lienzo.HOLGURA}
        cuantos |= {"font": {"color": tema.GRIS}}
        figura.layout.annotations = [*figura.layout.annotations, comun | nombre, comun | cuantos]


def _muestra(figura: go.Figure, suerte: str, x: float, y: float, alto: float) -> None:
    """El trazo que explica la clave: 28 px a la izquierda de su palabra."""
    px = 1 / lienzo.PX
    trazo = {"color": _CONTINUA if suerte == "continúa" else tema.TINTA, "width": 2.4}
    trazo["dash"] = {"cambia": "dash", "sugerido": "dot"}.get(suerte, "solid")
    desde, hasta = {"desaparece": (6, 26), "aparece": (2, 26)}.get(suerte, (0, 28))
    comun = {"xref": "paper", "yref": "paper", "name": "muestra"}
    formas = []
    if suerte == "relevo":
        formas.append(
            comun
            | {"type": "rect", "x0": x + 9 * px, "x1": x + 18 * px, "y0": y - 4.5 / alto, "y1": y + 4.5 / alto}
            | {"line": {"color": tema.TINTA, "width": 1.2}, "fillcolor": tema.PAPEL}
        )
    else:
        lugar = {"x0": x + desde * px, "x1": x + hasta * px, "y0": y, "y1": y}
        formas.append(comun | {"type": "line", "line": trazo, **lugar})
    tope = {"desaparece": hasta, "aparece": desde}.get(suerte)
    if tope is not None:
        lugar = {"x0": x + tope * px, "x1": x + tope * px, "y0": y - 5 / alto, "y1": y + 5 / alto}
        formas.append(comun | {"type": "line", "line": trazo, **lugar})
    figura.layout.shapes = [*figura.layout.shapes, *formas]


def _titulos(figura: go.Figure, planes: tuple[str, str], lados: Sequence[Lado]) -> None:
    """Cómo se llama cada plan, sobre el primero de sus renglones."""
    for plan, lado, x in zip(planes, lados, (0, lienzo.PX - _ETIQUETA), strict=True):
        nombre = lienzo.ajustar(formato.mayuscula(plan), _PARA_NOMBRE, negrita=True)
        y = lado.grupos[0][1] if lado.grupos else 0
        nota = _nota(f"<b>{nombre}</b>", x, y) | {"yanchor": "bottom", "yshift": 3, "name": "titulo"}
        figura.layout.annotations = [*figura.layout.annotations, nota]


def _pie(pie: str, fuera: int) -> str:
    return f"{formato.plural(fuera, 'meta más', 'metas más')}, en las tablas. {pie}" if fuera else pie
