"""Lo programado de cada compromiso en los cuatro trimestres, donde todavía no hay avance con que compararlo."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

_TRIMESTRES = (1, 2, 3, 4)
# Lo que al menos ocupa cada cosa de los 752 px del dibujo; al nombre le queda lo demás
_BARRA, _CIFRA, _META, _UNIDAD = 28, 48, 68, 96
_BARRA_CHICA, _UNIDAD_CHICA = 18, 60  # si las cifras son tan largas que el nombre no llega a _NOMBRE_MINIMO
_NOMBRE_MINIMO = 150
_AIRE, _ANTES_UNIDAD = 14, 6  # px entre dos columnas
_CIFRA_MAXIMA = 82  # px; la que no cabe se abrevia, y va completa al pasar por su barra
_SOBRE, _ABAJO = 26, 8  # px de los títulos de las columnas, y entre los renglones y el pie


def barras(filas: pd.DataFrame, trimestres: pd.DataFrame, mensaje: str, nivel: str, pie: str = "") -> go.Figure:
    """Una barra en contorno por compromiso y trimestre, contra el trimestre mayor de su renglón, y la cifra.

    `filas`: una por compromiso, en orden: `vigente_id, compromiso_id, clave, descripcion, unidad_medida,
    meta_anual`; `trimestres`: una por compromiso y trimestre: `vigente_id, trimestre, programado` (en esa
    unidad). A lo más 15 renglones; el resto se dice en el pie. Sin nada programado, la figura vacía.
    """
    con_plan = trimestres[trimestres["vigente_id"].isin(filas["vigente_id"]) & (trimestres["programado"] > 0)]
    if con_plan.empty:
        return lienzo.vacia(f"El documento no reparte {formato.nivel(nivel, 2)} por trimestre.", pie, mensaje)
    cuantas = lienzo.caben(
        len(filas), lambda n: lienzo.alto(mensaje, _pie(pie, len(filas), n), arriba=_SOBRE, abajo=_ABAJO)
    )
    visibles = filas.head(cuantas)
    figura = lienzo.lienzo(mensaje, _pie(pie, len(filas), cuantas), arriba=_SOBRE, abajo=_ABAJO)
    cifras = trimestres.pivot(index="vigente_id", columns="trimestre", values="programado")
    cifras = cifras.reindex(index=visibles["vigente_id"], columns=list(_TRIMESTRES))
    lugares = _Lugares.de(visibles, cifras)
    for t in _TRIMESTRES:
        figura.add_trace(_traza(t, visibles, cifras, lugares))
    _rotulos(figura, visibles, cifras, lugares)
    figura.update_layout(barmode="overlay")
    lienzo.en_px(figura, [str(c) for c in visibles["compromiso_id"]], lugares=5)
    return figura


def _pie(pie: str, hay: int, cuantas: int) -> str:
    fuera = hay - cuantas
    resto = f"Se muestran las primeras {cuantas}; {fuera} no {'cabe' if fuera == 1 else 'caben'}. " if fuera else ""
    return f"Cada barra, contra el trimestre mayor de su renglón. {resto}{pie}"


@dataclass(frozen=True)
class _Lugares:
    """Dónde va cada columna, en px, por lo que ocupan la barra, la cifra, la meta anual y la unidad."""

    barra: int
    cifra: float
    meta: float
    unidad: int

    @classmethod
    def de(cls, filas: pd.DataFrame, cifras: pd.DataFrame) -> _Lugares:
        cifra = max(_CIFRA, *(lienzo.medir(_escribir(c)) + 6 for t in _TRIMESTRES for c in cifras[t]))
        meta = max(_META, *(lienzo.medir(_escribir(m)) + _AIRE for m in filas["meta_anual"]))
        posibles = [cls(b, cifra, meta, u) for b, u in ((_BARRA, _UNIDAD), (_BARRA, _UNIDAD_CHICA))]
        posibles.append(cls(_BARRA_CHICA, cifra, meta, _UNIDAD_CHICA))
        return next((p for p in posibles if p.inicio(1) >= _NOMBRE_MINIMO), posibles[-1])

    @property
    def fin_meta(self) -> float:
        return lienzo.PX - self.unidad - _ANTES_UNIDAD

    def inicio(self, trimestre: int) -> float:
        return self.fin_meta - self.meta + _AIRE - (5 - trimestre) * (self.barra + self.cifra + _AIRE)


def _escribir(valor: float | None) -> str:
    return lienzo.cifra(valor, _CIFRA_MAXIMA)


def _traza(trimestre: int, filas: pd.DataFrame, cifras: pd.DataFrame, lugares: _Lugares) -> go.Bar:
    nombre = formato.TRIMESTRES[trimestre]
    hay = [i for i, programado in enumerate(cifras[trimestre]) if programado > 0]
    filas, cifras = filas.iloc[hay], cifras.iloc[hay]
    claves = [str(c) for c in filas["compromiso_id"]]
    return go.Bar(
        name=f"Programado, {nombre}",
        orientation="h",
        y=claves,
        base=lugares.inicio(trimestre),
        x=(cifras[trimestre] / cifras.max(axis=1) * lugares.barra).tolist(),
        width=0.6,
        marker={"color": tema.PAPEL, "line": {"color": tema.TINTA, "width": 1.5}},
        customdata=claves,
        hoverinfo="text",
        hovertext=[
            f"<b>{formato.partir(formato.etiqueta_compromiso(fila, 160), 60)}</b><br>Programa "
            f"{formato.partir(formato.cantidad(cifra, fila['unidad_medida']), 60)} en {nombre}."
            for (_, fila), cifra in zip(filas.iterrows(), cifras[trimestre], strict=True)
        ],
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _rotulos(figura: go.Figure, filas: pd.DataFrame, cifras: pd.DataFrame, lugares: _Lugares) -> None:
    """El compromiso a la izquierda, la cifra tras cada barra, y a la derecha la meta anual con su unidad."""
    claves = [str(c) for c in filas["compromiso_id"]]
    nombres = [lienzo.ajustar(formato.etiqueta_compromiso(f), lugares.inicio(1) - _AIRE) for _, f in filas.iterrows()]
    unidades = [lienzo.ajustar(formato.unidad(u), lugares.unidad) for u in filas["unidad_medida"]]
    metas = [_escribir(m) for m in filas["meta_anual"]]
    lienzo.columna(figura, "Compromiso", claves, nombres, 0, "left")
    for t in _TRIMESTRES:
        textos = [_escribir(p) for p in cifras[t]]
        fin = lugares.inicio(t) + lugares.barra + lugares.cifra
        lienzo.columna(figura, formato.TRIMESTRES[t], claves, textos, fin, "right")
    lienzo.columna(figura, "Meta anual", claves, metas, lugares.fin_meta, "right")
    lienzo.columna(figura, "Unidad", claves, unidades, lugares.fin_meta + _ANTES_UNIDAD, "left", gris=True)
    titulos = [(formato.TRIMESTRES[t], lugares.inicio(t), "left") for t in _TRIMESTRES]
    lienzo.encabezar(figura, [*titulos, ("Meta anual", lugares.fin_meta, "right")])
