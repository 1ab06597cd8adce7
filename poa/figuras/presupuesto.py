"""El dinero por programa y capítulo: autorizado inicial, modificado y devengado, y cuánto cambió cada uno."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

TOPE = 100.0  # % de lo autorizado al inicio; una ampliación mayor se corta, con su marca y su cifra verdadera
# px de 752: nombres, barras de pesos y, en lo que queda, los dos paneles de variación
_NOMBRES, _BARRAS, _PANELES, _ANCHO = 212, 428, 444, tema.ANCHO - 2 * tema.MARGEN
_LUGARES_MINIMO = 6  # pocos renglones no engordan
_SEPARA = 8  # px entre una columna y la siguiente
_ENCABEZADO = 98  # «del modificado»
_QUIEN = 92  # px del nombre de una dependencia delante del de su programa
_DOS_RENGLONES = 36  # px de un renglón en que cabe un nombre de dos líneas
_POR_PUNTO_MINIMO = 0.02  # px
_MINIMO = 10.0  # % que abarca al menos cada lado de un panel: un cambio de nada no llena el eje
_ARRIBA, _ABAJO = 42, 10  # px de los encabezados, y entre los renglones y el pie
# Por qué un capítulo no tiene porcentaje de ampliación.
SIN_INICIAL = "sin autorizado inicial"


def barras(tabla: pd.DataFrame, mensaje: str, pie: str = "", nombres: Mapping[str, str] | None = None) -> go.Figure:
    """Por capítulo, lo devengado (sólido) dentro de lo modificado (contorno) y lo inicial (raya), en pesos.

    Entran filas de la consulta presupuesto: una por programa (capítulo nulo, su total) y por capítulo, con
    `programa, capitulo, descripcion, autorizado_inicial, modificado, devengado, ampliacion` en pesos y
    `devengado_pct, ampliacion_pct`. A la derecha, en % y a una misma escala, lo devengado de lo modificado y
    la ampliación. Si no caben los capítulos, una barra por programa; a lo más 15 renglones. `nombres`: el
    corto de cada `dependencia`, que se dice si hay varias: dos pueden llevar el mismo programa.
    """
    if tabla.empty:
        return lienzo.vacia("No hay presupuesto impreso para esta selección.", pie, mensaje)
    cuantas = lienzo.caben(
        len(tabla), lambda n: lienzo.alto(mensaje, f"{_renglones(tabla, n)[1]}{pie}", _ARRIBA, _ABAJO)
    )
    filas, resto = _renglones(tabla, cuantas)
    figura = lienzo.lienzo(mensaje, f"{resto}{pie}", _ARRIBA, _ABAJO)
    barra = filas[filas["es_barra"]]
    lugares = max(len(filas), _LUGARES_MINIMO)
    _pesos(figura, barra, lugares)
    _paneles(figura, filas)
    _rotulos(figura, filas, nombres if nombres and filas["dependencia"].nunique() > 1 else {})
    figura.update_yaxes(visible=False, range=[lugares - 0.5, -0.5])
    figura.update_layout(barmode="overlay")
    return figura


def _renglones(tabla: pd.DataFrame, caben: int) -> tuple[pd.DataFrame, str]:
    """Los renglones que se dibujan, a lo más `caben`, con `lugar` y `es_barra`, y qué quedó fuera."""
    filas, resto = tabla.assign(es_barra=tabla["capitulo"].notna()), ""
    if len(filas) > caben:
        programas = filas[~filas["es_barra"]].assign(es_barra=True)
        visibles = programas.nlargest(caben, "modificado").index
        filas = programas.loc[programas.index.isin(visibles)]
        resto = "Una barra por programa; los capítulos van en la tabla. "
        if len(programas) > len(filas):
            resto = f"Se muestran los {len(filas)} programas mayores y {len(programas) - len(filas)} más. "
    return filas.assign(lugar=range(len(filas))), resto


def _pesos(figura: go.Figure, filas: pd.DataFrame, lugares: int) -> None:
    mayor = float(filas[["autorizado_inicial", "modificado", "devengado"]].max(axis=None) or 1)
    frases = [_frase(f) for _, f in filas.iterrows()]
    claves = [
        "" if formato.es_blanco(f["capitulo"]) else f"{f['documento']}/{f['renglon']}" for _, f in filas.iterrows()
    ]
    comun = {
        "orientation": "h",
        "y": filas["lugar"].tolist(),
        "hovertext": frases,
        "hoverinfo": "text",
        "customdata": claves,
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    for nombre, columna, color in (("Modificado", "modificado", tema.PAPEL), ("Devengado", "devengado", tema.TINTA)):
        figura.add_trace(
            go.Bar(
                name=nombre,
                x=_nulos(filas[columna]),
                width=0.58,
                marker={"color": color, "line": {"color": tema.TINTA, "width": 1.5}},
                **comun,
            )
        )
    raya = min(20, lienzo.alto_de(figura) / lugares * 0.7)
    # la raya de lo inicial lleva un halo blanco para verse también sobre la barra sólida
    for grueso, color in ((7, tema.PAPEL), (3, tema.TINTA)):
        figura.add_trace(
            go.Scatter(
                name="Autorizado inicial",
                mode="markers",
                x=_nulos(filas["autorizado_inicial"].where(filas["autorizado_inicial"] > 0)),
                y=comun["y"],
                marker={"symbol": "line-ns", "size": raya, "line": {"color": color, "width": grueso}},
                cliponaxis=False,
                hoverinfo="skip",
            )
        )
    cifras = [formato.ESPACIO * 2 + formato.millones(v) for v in filas["devengado"]]
    figura.add_trace(
        go.Scatter(
            name="Cifra",
            mode="text",
            x=filas[["autorizado_inicial", "modificado", "devengado"]].max(axis=1).tolist(),
            y=comun["y"],
            text=cifras,
            textposition="middle right",
            textfont={"size": tema.ESCALA["rotulo"], "color": tema.TINTA},
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    ancho = _BARRAS - _NOMBRES
    tope = mayor * ancho / (ancho - max([lienzo.medir(c) for c in cifras], default=0))
    figura.update_xaxes(domain=_tramo(_NOMBRES, _BARRAS), range=[0, tope], visible=False)
    _eje_cero(figura, filas, "x")


def _paneles(figura: go.Figure, filas: pd.DataFrame) -> None:
    """Dos paneles de variación en %, con los mismos px por punto para que se puedan comparar."""
    devengado = (filas["devengado_pct"].astype(float) - 100).clip(-100, TOPE)
    ampliacion = filas["ampliacion_pct"].astype(float).clip(-100, TOPE)
    bajo_d, bajo_a = _abarca(devengado), _abarca(ampliacion)
    dichos_d, dichos_a = ([decir(f) for _, f in filas.iterrows()] for decir in (_devengado, _ampliacion))
    puntos_d, puntos_a = _alcanzan(filas, devengado, bajo_d), _alcanzan(filas, ampliacion, bajo_a)
    anchos_d, anchos_a = ([lienzo.medir(d, negrita="<b>" in d) for d in dichos] for dichos in (dichos_d, dichos_a))
    por_punto = float(_ANCHO)
    medio = hasta = float("inf")
    while hasta > _ANCHO:  # los más px por punto con que caben los dos paneles y sus cifras
        por_punto *= 0.97
        medio = _PANELES + _SEPARA + max(_ENCABEZADO, _ocupa(puntos_d, anchos_d, por_punto))
        hasta = medio + _ocupa(puntos_a, anchos_a, por_punto)
        if por_punto < _POR_PUNTO_MINIMO:
            break
    for eje, desde, hasta, bajo, valores, rotulos in (
        ("2", _PANELES, medio - _SEPARA, bajo_d, devengado, dichos_d),
        ("3", medio, _ANCHO, bajo_a, ampliacion, dichos_a),
    ):
        _panel(figura, filas, eje, valores, rotulos)
        figura.layout[f"xaxis{eje}"] = {
            "domain": _tramo(desde, hasta),
            "range": [-bajo, (hasta - desde) / por_punto - bajo],
            "visible": False,
            "fixedrange": True,
        }
        _eje_cero(figura, filas[filas["es_barra"]], f"x{eje}")
    _encabezado(figura, _PANELES, "% devengado<br>del modificado")
    _encabezado(figura, medio, "Ampliación sobre<br>lo autorizado inicial")


def _alcanzan(filas: pd.DataFrame, valores: pd.Series, bajo: float) -> list[float]:
    """De la orilla de su panel, en puntos, dónde empieza cada cifra: al final de su barra o en el cero."""
    return (bajo + valores.where(filas["es_barra"], 0).clip(lower=0).fillna(0)).tolist()


def _ocupa(puntos: list[float], anchos: list[float], por_punto: float) -> float:
    """Los px de un panel: hasta donde acaba la cifra que llega más lejos."""
    return max(punto * por_punto + ancho for punto, ancho in zip(puntos, anchos, strict=True))


def _eje_cero(figura: go.Figure, filas: pd.DataFrame, eje: str) -> None:
    """La línea de donde parten las barras, sin cruzar los nombres de programa."""
    for lugar in filas["lugar"]:
        figura.add_shape(
            type="line",
            xref=eje,
            yref="y",
            x0=0,
            x1=0,
            y0=lugar - 0.5,
            y1=lugar + 0.5,
            line={"color": tema.TINTA, "width": 1},
        )


def _panel(figura: go.Figure, filas: pd.DataFrame, eje: str, valores: pd.Series, rotulos: list[str]) -> None:
    son_barra = filas["es_barra"]
    figura.add_trace(
        go.Bar(
            name="Variación",
            orientation="h",
            x=_nulos(valores[son_barra]),
            y=filas.loc[son_barra, "lugar"].tolist(),
            width=0.3,
            marker={"color": tema.TINTA, "line": {"width": 0}},
            xaxis=f"x{eje}",
            hovertext=[_frase(f) for _, f in filas[son_barra].iterrows()],
            hoverinfo="text",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )
    figura.add_trace(
        go.Scatter(
            name="Cifra",
            mode="text",
            x=valores.where(son_barra, 0).clip(lower=0).fillna(0).tolist(),
            y=filas["lugar"].tolist(),
            xaxis=f"x{eje}",
            text=rotulos,
            textposition="middle right",
            textfont={"size": tema.ESCALA["rotulo"], "color": tema.TINTA},
            cliponaxis=False,
            hoverinfo="skip",
        )
    )


def _rotulos(figura: go.Figure, filas: pd.DataFrame, nombres: Mapping[str, str]) -> None:
    alto = lienzo.alto_de(figura) / max(len(filas), _LUGARES_MINIMO)
    renglones = 2 if nombres and alto >= _DOS_RENGLONES else 1
    for _, fila in filas.iterrows():
        programa = formato.texto(fila["programa"], "Programa sin nombre impreso")
        quien = nombres.get(fila.get("dependencia"), "")
        quien = f"{quien if renglones == 2 else unescape(lienzo.ajustar(quien, _QUIEN))} · " if quien else ""
        if not fila["es_barra"]:
            nombre = lienzo.ajustar(quien + programa, _PANELES - _SEPARA)  # en mayúsculas, como está impreso
        elif formato.es_blanco(fila["capitulo"]):
            nombre = lienzo.ajustar(quien + formato.oracion(programa), _NOMBRES - _SEPARA, renglones)
        else:
            nombre = formato.oracion(fila["descripcion"], f"Capítulo {formato.texto(fila['capitulo'])}")
            nombre = lienzo.ajustar(nombre, _NOMBRES - _SEPARA)
        if not fila["es_barra"]:
            figura.add_shape(
                type="line",
                xref="paper",
                yref="y",
                x0=0,
                x1=1,
                y0=fila["lugar"] - 0.5,
                y1=fila["lugar"] - 0.5,
                line={"color": tema.LINEA, "width": 1},
            )
        figura.add_annotation(
            text=nombre,
            xref="paper",
            x=0,
            y=fila["lugar"],
            yref="y",
            xanchor="left",
            align="left",
            showarrow=False,
            name="renglon",
        )
    _encabezado(figura, 0, "Programa" if filas["es_barra"].all() else "Programa<br>y capítulo")
    _encabezado(figura, _NOMBRES, f"■ Devengado{formato.ESPACIO * 3}□ Modificado<br>┃ Autorizado inicial")


def _encabezado(figura: go.Figure, izquierda: float, texto: str) -> None:
    figura.add_annotation(
        text=texto,
        xref="paper",
        yref="paper",
        x=izquierda / _ANCHO,
        y=1,
        xanchor="left",
        yanchor="bottom",
        align="left",
        showarrow=False,
        name="encabezado",
        font={"color": tema.GRIS},
    )


def _devengado(fila: pd.Series) -> str:
    cifra = formato.ESPACIO + formato.parte(fila["devengado_pct"])
    return cifra if fila["es_barra"] else f"<b>{cifra}</b>"


def _ampliacion(fila: pd.Series) -> str:
    """«+6.4 M, +28.8 %»; «»» antes de la cifra si la barra está cortada."""
    if formato.es_blanco(fila["ampliacion"]):
        return formato.ESPACIO + formato.RAYA
    if not fila["ampliacion"]:
        return f"{formato.ESPACIO}sin cambio"
    pesos = _con_signo(formato.millones(fila["ampliacion"]), fila["ampliacion"])
    pct = fila["ampliacion_pct"]
    como = SIN_INICIAL if formato.es_blanco(pct) else _con_signo(formato.parte(pct), pct)
    marca = f"»{formato.ESPACIO}" if not formato.es_blanco(pct) and pct > TOPE and fila["es_barra"] else ""
    cifra = f"{formato.ESPACIO}{marca}{pesos}, {como}"
    return cifra if fila["es_barra"] else f"<b>{cifra}</b>"


def _con_signo(escrito: str, valor: float) -> str:
    return f"+{escrito}" if valor > 0 else escrito


def _frase(fila: pd.Series) -> str:
    """La frase que se lee al pasar por la barra, con los pesos exactos."""
    nombre = formato.oracion(fila["descripcion"], "") or formato.texto(fila["programa"], "Programa sin nombre impreso")
    pct = fila["ampliacion_pct"]
    cambio = SIN_INICIAL if formato.es_blanco(pct) else f"{_con_signo(formato.parte(pct), pct)} sobre lo autorizado"
    return (
        f"<b>{formato.partir(nombre, 60)}</b><br>Autorizado inicial: {formato.pesos(fila['autorizado_inicial'])}"
        f"<br>Modificado: {formato.pesos(fila['modificado'])} ({cambio})<br>Devengado: "
        f"{formato.pesos(fila['devengado'])}, {formato.parte(fila['devengado_pct'])} de lo modificado."
    )


def _abarca(valores: pd.Series) -> float:
    """Cuántos puntos hay que dejar a la izquierda del cero."""
    bajo = valores.min()
    return max(_MINIMO, -bajo if bajo < 0 else 0)


def _tramo(desde: float, hasta: float) -> list[float]:
    return [desde / _ANCHO, min(hasta / _ANCHO, 1)]


def _nulos(columna: pd.Series) -> list[float | None]:
    return [None if formato.es_blanco(v) else float(v) for v in columna]
