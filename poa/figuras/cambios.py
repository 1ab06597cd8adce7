"""Dos planes frente a frente: cada compromiso es una marca y una línea lo lleva a lo que fue de él en el otro."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo
from poa.figuras.lados import ALTO_NOMBRE, SUERTES, Falta, Lado, acomodar, de_un_lado

CLAVE = (*SUERTES, "sugerido")
_CONTINUA = "#8A929B"  # lo que sigue igual calla: lo nuevo y lo que falta van en tinta
_ABAJO, _ALTO_CLAVE, _ALTO_TITULOS = 36, 46, 24
_ETIQUETA = 232  # px a cada lado para el nombre de las metas
_MARCA = 248  # px, de cada orilla a la columna de marcas
_TALLO = 30  # px de lo que no llega al otro lado o no viene de él
_PASO_CON_NOMBRE = 17.0  # px con los que cabe el nombre de cada compromiso
_LETRAS = 33
_TRAMOS = 20  # pedazos con que se dibuja una curva
_RELACION = {"cambia_unidad": "otra unidad", "dividida": "se divide", "fusionada": "se juntan"}
_LETRA_RELACION, _ANCHO_RELACION = 15, 84  # px
_PALABRAS_MAXIMO = 6
_MUESTRA = 34  # px del trazo que explica la clave y de su aire
_NEGRITA = 1.08  # cuánto ensancha una palabra
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
    figura = lienzo.lienzo(mensaje, pie, arriba=_ALTO_CLAVE + _ALTO_TITULOS, abajo=_ABAJO)
    alto = tema.ALTO - figura.layout.margin.t - figura.layout.margin.b
    lados = (de_un_lado(filas, "antes", laminas[0]), de_un_lado(filas, "despues", laminas[1]))
    paso = acomodar(lados, filas[filas["suerte"].isin(["continúa", "cambia"])], alto)
    _lineas(figura, filas, lados)
    for lado, es_antes in zip(lados, (True, False), strict=True):
        _tallos(figura, lado, es_antes)
        _marcas(figura, lado, es_antes, paso)
        _nombres(figura, lado, es_antes, paso)
    _relaciones(figura, filas, lados)
    _clave(figura, clave)
    _titulos(figura, planes, lados)
    figura.update_xaxes(visible=False, range=[0, lienzo.PX], domain=[0, 1])
    figura.update_yaxes(visible=False, range=[alto, 0], domain=[0, 1])
    _decir_lo_que_no_cupo(figura, lados, pie)
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
    texto = formato.partir(formato.etiqueta_compromiso(fila), _LETRAS, 1)
    return f"<b>{texto}</b>" if fila["nivel"] == "meta" else texto


def _nombre_de_meta(grupo: pd.DataFrame, alto: float, falta: Falta) -> str:
    """Con el alto que tenga: clave y nombre, en uno o dos renglones, y cuántas acciones; o todo en uno."""
    metas = grupo[grupo["nivel"] == "meta"]
    clave = formato.texto(grupo["meta"].iloc[0])
    nombre = formato.oracion(metas["descripcion"].iloc[0], "") if len(metas) else ""
    dicho = f"{clave} · {nombre}" if nombre else f"Meta {clave}"
    cuantas = _cuantas(grupo, falta)
    gris = f"<span style='font-size:{tema.ESCALA['nota']}px;color:{tema.GRIS}'>{cuantas}</span>"
    if alto < 2 * ALTO_NOMBRE - 2:
        return formato.partir(dicho, _LETRAS, 1)
    renglones = 2 if alto >= 3 * ALTO_NOMBRE else 1
    return f"{formato.partir(dicho, _LETRAS, renglones)}<br>{gris}"


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
                nota |= {"font": {"size": tema.ESCALA["nota"]}}
                figura.layout.annotations = [*figura.layout.annotations, nota]
                break


def _clave(figura: go.Figure, clave: dict[str, tuple[str, str]]) -> None:
    """Qué es cada línea y cuántas hay, en una tira sobre el dibujo."""
    presentes = [s for s in CLAVE if s in clave]
    alto = tema.ALTO - figura.layout.margin.t - figura.layout.margin.b
    for suerte, x in zip(presentes, _lugares([clave[s] for s in presentes]), strict=True):
        nombre, cuantos = clave[suerte]
        _muestra(figura, suerte, x / lienzo.PX, alto)
        for texto, sobre, letra, color in (
            (f"<b>{nombre}</b>", _ALTO_TITULOS + 19, tema.ESCALA["rotulo"], tema.TINTA),
            (cuantos, _ALTO_TITULOS + 4, tema.ESCALA["nota"], tema.GRIS),
        ):
            nota = {"text": texto, "xref": "paper", "yref": "paper", "x": x / lienzo.PX, "y": 1, "yshift": sobre}
            nota |= {"xanchor": "left", "yanchor": "bottom", "showarrow": False, "name": "clave"}
            nota |= {"xshift": _MUESTRA if letra == tema.ESCALA["rotulo"] else -lienzo.HOLGURA}
            nota |= {"font": {"size": letra, "color": color}}
            figura.layout.annotations = [*figura.layout.annotations, nota]


def _lugares(dichos: Sequence[tuple[str, str]]) -> list[float]:
    """Los px en que empieza cada cosa de la clave: partes iguales si caben; si no, según lo que ocupa cada una."""
    parte = lienzo.PX / max(len(dichos), 4)
    ocupan = [
        max(_MUESTRA + _NEGRITA * lienzo.medir(nombre), lienzo.medir(cuantos, tema.ESCALA["nota"])) + _ENTRE_CLAVE
        for nombre, cuantos in dichos
    ]
    if all(ocupa <= parte for ocupa in ocupan):
        return [lugar * parte for lugar in range(len(dichos))]
    aire = min((lienzo.PX - sum(ocupan)) / len(dichos), _AIRE_CLAVE)
    return [sum(ocupan[:lugar]) + aire * lugar for lugar in range(len(dichos))]


def _muestra(figura: go.Figure, suerte: str, x: float, alto: float) -> None:
    """El trazo que explica la clave: 28 px a la izquierda de su palabra."""
    px = 1 / lienzo.PX
    y = 1 + (_ALTO_TITULOS + 28) / alto
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
        nombre = formato.partir(formato.mayuscula(plan), _LETRAS, 1)
        y = lado.grupos[0][1] if lado.grupos else 0
        nota = _nota(f"<b>{nombre}</b>", x, y) | {"yanchor": "bottom", "yshift": 3, "name": "titulo"}
        figura.layout.annotations = [*figura.layout.annotations, nota]


def _decir_lo_que_no_cupo(figura: go.Figure, lados: Sequence[Lado], pie: str) -> None:
    fuera = sum(lado.fuera for lado in lados)
    if not fuera:
        return
    dicho = f"{formato.plural(fuera, 'meta más', 'metas más')}, en las tablas. {pie}"
    for nota in figura.layout.annotations:
        if nota.name == "pie":
            nota.text = formato.partir(dicho, lienzo.LETRAS_PIE, 2)
