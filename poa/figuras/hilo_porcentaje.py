"""El segundo panel de un hilo: todas sus líneas en porcentaje del plan, para leerlas juntas sin unirlas."""

from __future__ import annotations

from itertools import groupby

import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import hilo_claves, lienzo
from poa.figuras.carriles import Carril
from poa.figuras.hilo_plano import (
    DERECHA,
    IZQUIERDA,
    TOPE,
    Marca,
    Plano,
    al_tocar,
    forma,
    nota,
    que_quepa,
    tinta,
)

_APARTE = 12.0  # px entre dos puntos del mismo trimestre
_RENGLON, _ENTRE = 16, 8  # px entre cifras una bajo otra, y entre dos nombres seguidos
_PARA_CIFRA = 54  # px de trimestre desde los que cada punto lleva su cifra
_PARA_CIFRA_AL_LADO = 25  # px sobre un punto, o bajo él, en que cabe su cifra
LIMITE = "#A9ADB1"  # las orillas de la banda: su velo solo no se ve de lejos ni proyectado
_SIMBOLOS = {
    "Sin avance": "x",
    "Crítico": "triangle-down",
    "En riesgo": "diamond",
    "Cumple": "circle",
    "Sobrecumple": "triangle-up",
    "Meta subestimada": "triangle-up",
}


def trazas(plano: Plano, marcas: list[Marca]) -> list[go.Scatter]:
    """Un punto por trimestre con porcentaje; los seguidos de un tramo se unen, los de un afín con línea cortada."""
    con_pct = [m for m in marcas if m.pct is not None]
    x_de = _apartados(plano, con_pct)
    lineas = [
        _linea(seguidas, x_de, plano.carriles[seguidas[0].carril].es_afin)
        for _, suyas in groupby(sorted(con_pct, key=_de_tramo), key=_de_tramo)
        for seguidas in _seguidas(list(suyas))
        if len(seguidas) > 1
    ]
    puntos = []
    for palabra in dict.fromkeys([*tema.EVALUABLES, *(m.estado for m in con_pct)]):
        suyas = [m for m in con_pct if m.estado == palabra]
        if suyas:
            puntos.append(_puntos(palabra, suyas, x_de))
    return [*lineas, *puntos]


def rotulos(plano: Plano, marcas: list[Marca], banda: tuple[float, float]) -> tuple[list[dict], list[dict]]:
    """La escala con la banda, de quién es cada línea y la cifra verdadera de lo que se corta."""
    con_pct = [m for m in marcas if m.pct is not None]
    titulo = nota("<b>Por ciento del plan</b>", 0, TOPE, "y2", font=tinta(), yanchor="bottom", yshift=3)
    eje = forma("line", "eje", (IZQUIERDA, DERECHA), (0, 0), tema.TINTA, yref="y2")
    if not con_pct:
        frase = "Sin porcentaje: ningún trimestre trae plan y avance que comparar."
        x = (IZQUIERDA + DERECHA) / 2
        aviso = nota(frase, x, TOPE / 2, "y2", "center", bgcolor=tema.PAPEL, name="sin porcentaje")
        return [titulo, aviso], [eje]
    escala = [nota(formato.porcentaje(pct), DERECHA + 4, pct, "y2", name="escala") for pct in (0, 100, 200)]
    rayas = [
        forma("line", nombre, (IZQUIERDA, DERECHA), (pct, pct), color, yref="y2")
        for nombre, color, cuales in (("escala", tema.LINEA, (TOPE, 200, 100)), ("límite de la banda", LIMITE, banda))
        for pct in cuales
    ]
    zona = forma("rect", "banda", (IZQUIERDA, DERECHA), banda, tema.VELO, yref="y2")
    x_de = _apartados(plano, con_pct)
    cifras = [*_cortados(con_pct, x_de), *_cifras(plano, con_pct)]
    claves = hilo_claves.rotulos(plano, _lineas_de_puntos(plano, con_pct), x_de, cifras, (0, *banda))
    return [titulo, *escala, *_nombres(plano, con_pct), *cifras, *claves], [zona, *rayas, eje]


def _de_tramo(marca: Marca) -> tuple[int, str, int]:
    return marca.carril, marca.pieza.tramo


def _linea(marcas: list[Marca], x_de: dict[Marca, float], es_afin: bool) -> go.Scatter:
    return go.Scatter(
        name="Afín" if es_afin else "Línea",
        mode="lines",
        x=[x_de[m] for m in marcas],
        y=[min(m.pct or 0.0, TOPE) for m in marcas],
        yaxis="y2",
        line={"color": tema.GRIS, "width": 1.8, "dash": "4px,3px"} if es_afin else {"color": tema.TINTA, "width": 1.8},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _puntos(palabra: str, marcas: list[Marca], x_de: dict[Marca, float]) -> go.Scatter:
    """Los puntos de un estado, con la forma de su icono; los de icono doble, de dos en dos."""
    aspecto = tema.estado(palabra)
    corre = (-4.5, 4.5) if len(aspecto.icono) > 1 else (0.0,)
    repetidas = [m for m in marcas for _ in corre]
    return go.Scatter(
        name=tema.rotulo_estado(palabra),
        mode="markers",
        x=[x_de[m] + c for m in marcas for c in corre],
        y=[min(m.pct or 0.0, TOPE) for m in repetidas],
        yaxis="y2",
        marker={
            "symbol": _SIMBOLOS.get(palabra, "circle-open"),
            "size": 10 if len(corre) == 1 else 9,
            "color": aspecto.color,
            "line": {"color": aspecto.borde, "width": 1},
            "opacity": 1,
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        **al_tocar(repetidas),
    )


def _apartados(plano: Plano, con_pct: list[Marca]) -> dict[Marca, float]:
    """El x de cada punto: los de un mismo trimestre, uno al lado del otro y en el orden de sus carriles."""
    x_de = {}
    ordenadas = sorted(con_pct, key=lambda m: (m.cuando, m.carril))
    for _, del_trimestre in groupby(ordenadas, key=lambda m: m.cuando):
        suyas = list(del_trimestre)
        centro = sum(m.x for m in suyas) / len(suyas)
        paso = min(_APARTE, plano.trimestre / len(suyas))
        for n, m in enumerate(suyas):
            x_de[m] = centro + (n - (len(suyas) - 1) / 2) * paso
    return x_de


def _seguidas(marcas: list[Marca]) -> list[list[Marca]]:
    """Los puntos que una línea puede unir: entre dos seguidos no hay un año entero sin porcentaje.

    Si dos eslabones de la línea tienen punto en un mismo trimestre, cada uno sigue por su lado.
    """
    grupos: list[list[Marca]] = []
    for cuando, juntas in groupby(sorted(marcas, key=lambda m: m.cuando), key=lambda m: m.cuando):
        libres = [g for g in grupos if cuando // 4 - g[-1].cuando // 4 <= 1]
        # primero el que continúa su propio eslabón
        for m in sorted(juntas, key=lambda m: not any(g[-1].eslabon is m.eslabon for g in libres)):
            seguido = next((g for g in libres if g[-1].eslabon is m.eslabon), libres[-1] if libres else None)
            if seguido is None:
                grupos.append([m])
            else:
                seguido.append(m)
                libres.remove(seguido)
    return grupos


def _lineas_de_puntos(plano: Plano, con_pct: list[Marca]) -> list[list[Marca]]:
    """Los puntos de cada línea de cada carril, en el orden de los carriles."""
    return [g for n in range(len(plano.carriles)) for g in _seguidas([m for m in con_pct if m.carril == n])]


def _nombres(plano: Plano, con_pct: list[Marca]) -> list[dict]:
    """Sobre el panel, de quién es cada línea, donde empieza; las que coinciden en el tiempo, juntas."""
    grupos: list[tuple[int, int, list[int]]] = []
    lapsos = [(suyos[0].cuando, suyos[-1].cuando, suyos[0].carril) for suyos in _lineas_de_puntos(plano, con_pct)]
    for desde, hasta, n in sorted(lapsos):
        if grupos and desde <= grupos[-1][1]:
            antes, fin, cuales = grupos[-1]
            grupos[-1] = (antes, max(fin, hasta), [*cuales, n])
        else:
            grupos.append((desde, hasta, [n]))
    inicios = [plano.orilla(desde) + 4 for desde, _, _ in grupos]
    notas = []
    libre = float(IZQUIERDA)
    for (_, _, cuales), x, fin in zip(grupos, inicios, [*inicios[1:], DERECHA + 5], strict=True):
        texto = que_quepa(_de_quienes([plano.carriles[n] for n in sorted(set(cuales))]), fin - libre - _ENTRE)
        # si no cabe desde donde empieza la línea, se corre a la izquierda
        x = max(libre, min(x, fin - _ENTRE - lienzo.medir(texto)))
        libre = x + lienzo.medir(texto) + _ENTRE
        notas.append(nota(texto, x, TOPE, "y2", yanchor="bottom", yshift=4, xshift=0, font=tinta(), name="de quién"))
    return [n for n in notas if n["text"]]


def _de_quienes(carriles: list[Carril]) -> list[str]:
    """«Presidencia», «afín: DIF», «BISOM 309 y 312»; de más a menos."""
    quienes = list(dict.fromkeys(c.dependencia for c in carriles))
    afin = "afín: " if all(c.es_afin for c in carriles) else ""
    cortos = [afin + formato.lista(quienes), *(["afín"] if afin else [])]
    if len(carriles) == 1:
        return cortos
    if len(quienes) == 1:
        claves = f"{quienes[0]} {formato.lista(c.claves[-1] for c in carriles)}"
        return [afin + claves, *cortos]
    propios = list(dict.fromkeys(c.dependencia for c in carriles if not c.es_afin))
    ajenos = [q for q in quienes if q not in propios]
    if not ajenos:
        return cortos
    aparte = f"{'afín' if len(ajenos) == 1 else 'afines'}: {formato.lista(ajenos)}"
    return ["; ".join(p for p in (formato.lista(propios), aparte) if p), *cortos]


def _cortados(con_pct: list[Marca], x_de: dict[Marca, float]) -> list[dict]:
    """Bajo lo que pasa del tope, una flecha y su cifra verdadera; la que choca con otra baja un renglón."""
    notas = []
    fin, renglon = -100.0, 0
    for m in sorted((m for m in con_pct if (m.pct or 0) > TOPE), key=lambda m: x_de[m]):
        texto = f"↑ {formato.porcentaje(m.pct)}"
        medio = lienzo.medir(texto) / 2
        x = min(max(x_de[m], IZQUIERDA + medio), DERECHA - medio)
        renglon = (renglon + 1) % 3 if x - medio < fin + 3 else 0
        fin = x + medio
        baja = -6 - _RENGLON * renglon
        notas.append(nota(texto, x, TOPE, "y2", "center", yanchor="top", yshift=baja, font=tinta(), name="cortado"))
    return notas


def _cifras(plano: Plano, con_pct: list[Marca]) -> list[dict]:
    """Donde hay lugar, la cifra de cada punto que está solo en su trimestre."""
    if plano.trimestre < _PARA_CIFRA:
        return []
    cuantos = {m.cuando: sum(o.cuando == m.cuando for o in con_pct) for m in con_pct}
    solos = [m for m in con_pct if cuantos[m.cuando] == 1 and (m.pct or 0) <= TOPE]
    return [
        nota(formato.porcentaje(m.pct), m.x, m.pct or 0, "y2", "center", font=tinta(), name="porcentaje",
             yshift=_RENGLON - 1 if _va_arriba(plano, m.pct or 0) else 1 - _RENGLON)
        for m in solos
    ]  # fmt: skip


def _va_arriba(plano: Plano, pct: float) -> bool:
    """Si la cifra de un punto va sobre él: la de lo que llegó al plan y la que abajo no cabe, si arriba hay lugar."""
    sobre = plano.en_panel(pct)
    return sobre >= _PARA_CIFRA_AL_LADO and (pct >= 100 or plano.porcentaje - sobre < _PARA_CIFRA_AL_LADO)
