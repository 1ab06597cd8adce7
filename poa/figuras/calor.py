"""Mapa de calor de ejes del PMD por trimestre: qué parte de lo evaluable quedó en banda, y de cuántas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

ACUMULADO = 5  # la columna que sigue a los cuatro trimestres
# De menos a más en banda, de 20 en 20 puntos: relleno y tinta. No es el color de ningún estado.
RAMPA = (
    ("#E4E8EC", tema.TINTA),
    ("#C3CBD3", tema.TINTA),
    ("#98A4B0", tema.TINTA),
    ("#5C6B79", tema.PAPEL),
    ("#2A3643", tema.PAPEL),
)
# Las columnas que cuentan lo que no entra en el porcentaje, en el orden en que se dicen.
SIN_RAZON = {
    "sin_reporte": "Sin reporte",
    "no_exigibles": "Aún no exigible",
    "sin_programacion": "Sin programación",
    "no_programados": "Avance no programado",
    "por_revisar": "Dato por revisar",
}
_LLAVE = ["pmd", "clave_pmd"]
_IZQUIERDA = 233
_LETRAS_CELDA = 15
_SEPARACION = 0.1  # entre los trimestres y el acumulado; lo demás se mide en celdas
_ALTO_TITULAR, _ALTO_HUECO, _CELDAS_MINIMO = 0.9, 0.35, 3.2
_POCOS, _TITULAR_DE_POCOS = 4, 0.5  # con tan pocos renglones las celdas son altas, y sobre ellas basta media
_ALTO_RAMPA, _ALTO_COLUMNAS, _ARRIBA, _ABAJO = 30, 26, 8, 8
_PX_RAMPA = 408  # lo que ocupa la rampa con sus palabras
_PX_DOS_RENGLONES, _PX_CIFRA = 42, 52  # desde qué alto la celda lleva dos renglones, y cifra grande
_PX_CELDA = (lienzo.PX - _IZQUIERDA) / (ACUMULADO + _SEPARACION) * 0.97 - 4  # los de una celda para su texto
_DE_NEGRITA = 4  # px de más que mide un porcentaje en negritas


def celdas(por_trimestre: pd.DataFrame, al_corte: pd.DataFrame) -> pd.DataFrame:
    """Una fila por plan, código y columna (1–4, los trimestres; 5, el acumulado al corte), sin los de línea hueca.

    Entran filas de las consultas ejes_trimestre y ejes (esta, de un solo periodo); salen en el orden de los
    planes y de los códigos, que no es el de su texto: 10 va después de 9.
    """
    juntas = pd.concat(
        [por_trimestre.assign(columna=por_trimestre["trimestre"]), al_corte.assign(columna=ACUMULADO)],
        ignore_index=True,
    )
    juntas = juntas[juntas["pmd"].notna()]
    orden = juntas["clave_pmd"].map(_orden)
    return juntas.assign(_orden=orden).sort_values(["pmd", "_orden", "columna"], ignore_index=True)


def _orden(clave: str) -> tuple:
    return tuple((int(parte), "") if parte.isdigit() else (0, parte) for parte in clave.split("."))


def mapa(tabla: pd.DataFrame, mensaje: str, nivel: str, pie: str = "", si_falta: str = "") -> go.Figure:
    """Un bloque por plan, un renglón por código y una columna por trimestre, con el acumulado aparte.

    Entra lo que da `celdas`: `pmd, clave_pmd, nombre, tiene_nombre, columna, total, evaluables, cumplen, debajo,
    excedidos, en_banda_pct` (0–100) y los conteos de `SIN_RAZON`. La celda dice el porcentaje en banda y de
    cuántas; si ninguna es evaluable, el icono de su estado y cuántas son. A lo más 15 renglones; el resto se
    dice en el pie. Sale una traza por columna, con `[plan/código/columna, lista]` en customdata.
    """
    if tabla.empty:
        return lienzo.vacia(si_falta or "No hay líneas del PMD que mostrar.", pie, mensaje)
    filas = tabla.drop_duplicates(_LLAVE)[_LLAVE + ["nombre", "tiene_nombre"]].reset_index(drop=True)
    cuantas = _caben(filas, mensaje, pie)
    figura = lienzo.lienzo(**_compuesta(filas, cuantas, mensaje, pie))
    visibles, titulares, alto = _colocar(filas.head(cuantas))
    px = lienzo.alto_de(figura) / alto
    letra = tema.ESCALA["cifra" if px >= _PX_CIFRA else "texto"] if px >= _PX_DOS_RENGLONES else None
    tabla = tabla.merge(visibles[[*_LLAVE, "y"]], on=_LLAVE)
    for columna in range(1, ACUMULADO + 1):
        figura.add_trace(_columna(columna, tabla[tabla["columna"] == columna], visibles, nivel, letra))
    _renglones(figura, visibles, titulares, letra)
    _leyenda(figura, tabla)
    _ejes(figura, alto)
    return figura


def _compuesta(filas: pd.DataFrame, cuantas: int, mensaje: str, pie: str) -> dict:
    """El `lienzo` de los primeros `cuantas` renglones."""
    if len(filas) > cuantas:
        pie = f"Se muestran {cuantas} y {len(filas) - cuantas} más. {pie}"
    arriba = _ARRIBA + _ALTO_RAMPA + _ALTO_COLUMNAS
    return {"mensaje": mensaje, "pie": pie, "arriba": arriba, "abajo": _ABAJO}


def _caben(filas: pd.DataFrame, mensaje: str, pie: str) -> int:
    """Cuántos renglones se dibujan: lo que llevan los titulares no es de ellos."""

    def de_renglones(n: int) -> float:
        alto = _colocar(filas.head(n))[2]
        return lienzo.alto(**_compuesta(filas, n, mensaje, pie)) * n / alto

    return lienzo.caben(len(filas), de_renglones)


def _colocar(filas: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[str, float]], float]:
    """El lugar de cada renglón y del pie de cada titular, en alturas de celda desde arriba, y el alto total."""
    lugares, titulares, y = [], [], 0.0
    alto_titular = _TITULAR_DE_POCOS if len(filas) <= _POCOS else _ALTO_TITULAR
    for pmd, suyas in filas.groupby("pmd", sort=False):
        y += _ALTO_HUECO if titulares else 0
        y += alto_titular
        titulares.append((str(pmd), y))
        lugares += [y + i + 0.5 for i in range(len(suyas))]
        y += len(suyas)
    return filas.assign(y=lugares), titulares, max(y, _CELDAS_MINIMO)


def _x(columna: int) -> float:
    """El borde izquierdo de una columna, en celdas."""
    return columna - 1 + (_SEPARACION if columna == ACUMULADO else 0)


def _columna(columna: int, suyas: pd.DataFrame, visibles: pd.DataFrame, nivel: str, letra: int | None) -> go.Bar:
    """Las celdas de una columna; donde el código no tenía compromisos, una raya que no se toca."""
    por_llave = {(c["pmd"], c["clave_pmd"]): c for c in suyas.to_dict("records")}
    puestas = [por_llave.get(llave) for llave in zip(visibles["pmd"], visibles["clave_pmd"], strict=True)]
    aspectos = [_aspecto(c) for c in puestas]
    return go.Bar(
        name=_titulo(columna),
        orientation="h",
        y=list(visibles["y"]),
        base=[_x(columna) + 0.015] * len(puestas),
        x=[0.97] * len(puestas),
        width=0.93,
        marker={
            "color": [a[0] for a in aspectos],
            "line": {"color": [a[2] for a in aspectos], "width": 1},
            "pattern": {
                "shape": [a[3] for a in aspectos],
                "fgcolor": [a[2] for a in aspectos],
                "bgcolor": tema.PAPEL,
                "fgopacity": 0.35,
                "size": 7,
                "solidity": 0.2,
            },
        },
        text=[_texto(c, letra) for c in puestas],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": tema.ESCALA["rotulo"], "color": [a[1] for a in aspectos]},
        customdata=[_tocada(c, columna) for c in puestas],
        hovertext=[_frase(c, f, columna, nivel) for c, (_, f) in zip(puestas, visibles.iterrows(), strict=True)],
        hoverinfo="text",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _titulo(columna: int) -> str:
    return "Acumulado" if columna == ACUMULADO else formato.TRIMESTRES[columna]


def _sin_razon(celda: Mapping) -> list[tuple[str, int]]:
    """Los estados que no entran en el porcentaje y cuántos hay de cada uno."""
    return [(palabra, int(celda[c])) for c, palabra in SIN_RAZON.items() if celda[c]]


def _aspecto(celda: Mapping | None) -> tuple[str, str, str, str]:
    """Relleno, tinta, borde y trama de una celda."""
    if celda is None:
        return tema.PAPEL, tema.GRIS, tema.PAPEL, ""
    if celda["evaluables"]:
        relleno, tinta = RAMPA[min(int(celda["en_banda_pct"] // 20), len(RAMPA) - 1)]
        return relleno, tinta, relleno, ""
    aspecto = tema.estado(_sin_razon(celda)[0][0])
    return (aspecto.color, tema.TINTA, tema.LINEA, aspecto.trama)


def _texto(celda: Mapping | None, letra: int | None) -> str:
    """Lo que dice la celda: en dos renglones, el primero de `letra` px, o en uno solo si no se da."""
    if celda is None:
        return formato.RAYA
    duro = formato.ESPACIO
    if not celda["evaluables"]:
        hay = _sin_razon(celda)
        cuantos = (duro * 2).join(f"{tema.estado(palabra).icono}{duro}{formato.numero(n)}" for palabra, n in hay)
        if lienzo.medir(cuantos) > _PX_CELDA:  # juntos: los iconos y cuántos son entre todos
            iconos = "".join(tema.estado(palabra).icono for palabra, _ in hay)
            cuantos = f"{iconos}{duro}{formato.numero(sum(n for _, n in hay))}"
        return f"{cuantos}<br>{hay[0][0]}" if letra and len(hay) == 1 and len(hay[0][0]) <= _LETRAS_CELDA else cuantos
    pct = f"<b>{formato.numero(round(celda['en_banda_pct']))}{duro}%</b>"
    cumplen, base = formato.numero(celda["cumplen"]), formato.numero(celda["evaluables"])
    if letra:
        return f"<span style='font-size:{letra}px'>{pct}</span><br>{cumplen} de {base}"
    formas = (f"{pct} {cumplen} de {base}", f"{pct}{duro}{cumplen}/{base}")
    return next((f for f in formas if lienzo.medir(f) + _DE_NEGRITA <= _PX_CELDA), f"{pct}{duro}({base})")


def _tocada(celda: Mapping | None, columna: int) -> list[str] | None:
    """Lo que abre la celda: de quién son los compromisos y cuáles de ellos."""
    if celda is None:
        return None
    cuales = "Evaluables" if celda["evaluables"] else _sin_razon(celda)[0][0]
    return [f"{celda['pmd']}/{celda['clave_pmd']}/{columna}", cuales]


def _frase(celda: Mapping | None, fila: pd.Series, columna: int, nivel: str) -> str:
    """La frase que se lee al pasar por la celda."""
    cuando = "Acumulado al corte" if columna == ACUMULADO else formato.mayuscula(formato.TRIMESTRES[columna])
    nombre = formato.partir(f"{fila['clave_pmd']} · {_nombre(fila)}", 60)
    encabezado = f"<b>{formato.pmd(fila['pmd'])} · {nombre}</b><br>"
    if celda is None:
        return f"{encabezado}{cuando}: ningún compromiso del plan en vigor respondía a este código."
    partes = []
    if celda["evaluables"]:
        partes.append(
            f"{formato.numero(celda['cumplen'])} de {formato.contar(int(celda['evaluables']), nivel)} "
            f"en banda ({formato.parte(celda['en_banda_pct'])}),<br>{formato.numero(celda['debajo'])} por debajo "
            f"del plan y {formato.numero(celda['excedidos'])} por encima"
        )
    partes += [f"{formato.numero(n)} en «{palabra}»" for palabra, n in _sin_razon(celda)]
    return f"{encabezado}{cuando}: {';<br>'.join(partes)}."


def _nombre(fila: pd.Series) -> str:
    return str(fila["nombre"]) if fila["tiene_nombre"] else "nombre no impreso en las fuentes"


def _renglones(
    figura: go.Figure, visibles: pd.DataFrame, titulares: Sequence[tuple[str, float]], letra: int | None
) -> None:
    """A la izquierda, el titular de cada plan y el código con su nombre."""
    comun = {"xref": "paper", "yref": "y", "x": 0, "xanchor": "left", "align": "left", "showarrow": False}
    for pmd, y in titulares:
        figura.add_annotation(text=f"<b>{formato.pmd(pmd)}</b>", y=y, yanchor="bottom", yshift=2, name="plan", **comun)
        figura.add_shape(
            type="line",
            xref="paper",
            yref="y",
            x0=0,
            x1=1,
            y0=y,
            y1=y,
            line={"color": tema.TINTA, "width": 1},
            layer="below",
        )
    for _, fila in visibles.iterrows():
        clave = str(fila["clave_pmd"])
        if fila["tiene_nombre"]:
            libre = _IZQUIERDA - 12 - lienzo.medir(clave + formato.ESPACIO, negrita=True)
            texto = lienzo.ajustar(str(fila["nombre"]), libre, 2 if letra else 1)
        else:
            texto = f"<span style='color:{tema.GRIS}'>nombre no impreso</span>"
        figura.add_annotation(text=f"<b>{clave}</b>{formato.ESPACIO}{texto}", y=fila["y"], name="renglon", **comun)


def _leyenda(figura: go.Figure, tabla: pd.DataFrame) -> None:
    """Sobre el mapa: la rampa, si alguna celda la usa, los estados que no llevan porcentaje y las columnas."""
    arriba = _ALTO_COLUMNAS + 14  # px sobre el dibujo, al centro de la rampa
    comun = {"xref": "paper", "yref": "paper", "y": 1, "yshift": arriba, "showarrow": False}
    comun |= {"xanchor": "left", "yanchor": "middle"}
    if (tabla["evaluables"] > 0).any():
        _rampa(figura, arriba, comun)
    presentes = [p for c, p in SIN_RAZON.items() if (tabla.loc[tabla["evaluables"] == 0, c] > 0).any()]
    desde = _PX_RAMPA if (tabla["evaluables"] > 0).any() else 0
    clave = lienzo.repartir_clave([tema.estado(p) for p in presentes], lienzo.PX - desde)
    lienzo.poner_clave(figura, clave[:1], arriba - 9, desde=desde)
    for columna in range(1, ACUMULADO + 1):
        figura.add_annotation(
            text=f"<b>{_titulo(columna)}</b>" if columna == ACUMULADO else _titulo(columna),
            xref="x",
            yref="paper",
            x=_x(columna) + 0.5,
            y=1,
            yshift=3,
            yanchor="bottom",
            showarrow=False,
            name="columna",
        )


def _rampa(figura: go.Figure, arriba: int, comun: dict) -> None:
    """«En banda: 0 % ▭▭▭▭▭ 100 % de las evaluables», a `arriba` px del dibujo."""
    figura.add_annotation(text="En banda: 0 %", x=0, name="rampa", **comun)
    for lugar, (relleno, _) in enumerate(RAMPA):
        desde = 104 + 22 * lugar
        figura.add_shape(
            type="rect",
            xref="paper",
            yref="paper",
            xsizemode="pixel",
            ysizemode="pixel",
            xanchor=0,
            yanchor=1,
            x0=desde,
            x1=desde + 22,
            y0=arriba - 7,
            y1=arriba + 7,
            fillcolor=relleno,
            line={"width": 0},
        )
    figura.add_annotation(text="100 % de las evaluables", x=0, xshift=218, name="rampa", **comun)


def _ejes(figura: go.Figure, alto: float) -> None:
    figura.update_xaxes(visible=False, range=[0, _x(ACUMULADO) + 1], domain=lienzo.dominio(_IZQUIERDA))
    figura.update_yaxes(visible=False, range=[alto, 0])
    figura.update_layout(barmode="overlay")
