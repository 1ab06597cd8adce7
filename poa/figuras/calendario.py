"""Lo programado de cada compromiso en los cuatro trimestres, donde todavía no hay avance con que compararlo."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

CADA_BARRA = "Cada barra, contra el trimestre mayor de su renglón."  # del dibujo; donde no hay barras, sobra
_TRIMESTRES = (1, 2, 3, 4)
# Lo que al menos ocupa cada cosa de los 752 px del dibujo; al nombre le queda lo demás
_BARRA, _CIFRA, _META, _UNIDAD = 28, 48, 68, 96
_BARRA_CHICA, _UNIDAD_CHICA = 18, 60  # si las cifras son tan largas que el nombre no llega a _NOMBRE_MINIMO
_NOMBRE_MINIMO = 150
_AIRE, _ANTES_UNIDAD = 14, 6  # px entre dos columnas
_ENTRE_TRIMESTRES, _TRAS_BARRA = 26, 4  # px de una cifra a la barra del siguiente, y de una barra a su cifra
_GRUESO, _GRUESO_MAXIMO = 0.6, 16  # de una barra: de su renglón, y px
_LUGARES_MINIMO = 5
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
    grueso = min(_GRUESO, _GRUESO_MAXIMO * max(cuantas, _LUGARES_MINIMO) / lienzo.alto_de(figura))
    for t in _TRIMESTRES:
        figura.add_trace(_traza(t, visibles, cifras, lugares, grueso))
    _rotulos(figura, visibles, cifras, lugares)
    figura.update_layout(barmode="overlay")
    lienzo.en_px(figura, [str(c) for c in visibles["compromiso_id"]], lugares=_LUGARES_MINIMO)
    return figura


def _pie(pie: str, hay: int, cuantas: int) -> str:
    resto = f"Se muestran las primeras {cuantas} de {hay}. " if hay > cuantas else ""
    return f"{CADA_BARRA} {resto}{pie}"


@dataclass(frozen=True)
class _Lugares:
    """Dónde va cada columna, en px, por lo que ocupan la barra, la cifra, la meta anual y la unidad.

    `cifra`: lo que ocupa la más larga de un trimestre, con lo que la separa del siguiente.
    """

    barra: int
    cifra: float
    meta: float
    unidad: int

    @classmethod
    def de(cls, filas: pd.DataFrame, cifras: pd.DataFrame) -> _Lugares:
        cifra = max(lienzo.medir(_escribir(c)) for t in _TRIMESTRES for c in cifras[t])
        cifra = max(_CIFRA, cifra + _TRAS_BARRA + _ENTRE_TRIMESTRES)
        meta = max(_META, *(lienzo.medir(_escribir(m)) + _AIRE for m in filas["meta_anual"]))
        posibles = [cls(b, cifra, meta, u) for b, u in ((_BARRA, _UNIDAD), (_BARRA, _UNIDAD_CHICA))]
        posibles.append(cls(_BARRA_CHICA, cifra, meta, _UNIDAD_CHICA))
        return next((p for p in posibles if p.inicio(1) >= _NOMBRE_MINIMO), posibles[-1])

    @property
    def fin_meta(self) -> float:
        return lienzo.PX - self.unidad - _ANTES_UNIDAD

    def inicio(self, trimestre: int) -> float:
        return self.fin_meta - self.meta + _AIRE - (5 - trimestre) * (self.barra + self.cifra)

    def largos(self, trimestre: int, cifras: pd.DataFrame) -> pd.Series:
        """Los px de la barra de cada renglón; donde no se programó nada, cero."""
        return (cifras[trimestre] / cifras.max(axis=1) * self.barra).fillna(0)


def _escribir(valor: float | None) -> str:
    return lienzo.cifra(valor, _CIFRA_MAXIMA)


def _traza(trimestre: int, filas: pd.DataFrame, cifras: pd.DataFrame, lugares: _Lugares, grueso: float) -> go.Bar:
    nombre = formato.TRIMESTRES[trimestre]
    hay = [i for i, programado in enumerate(cifras[trimestre]) if programado > 0]
    filas, cifras = filas.iloc[hay], cifras.iloc[hay]
    claves = [str(c) for c in filas["compromiso_id"]]
    return go.Bar(
        name=f"Programado, {nombre}",
        orientation="h",
        y=claves,
        base=lugares.inicio(trimestre),
        x=lugares.largos(trimestre, cifras).tolist(),
        width=grueso,
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
    """El compromiso a la izquierda, la cifra junto a cada barra, y a la derecha la meta anual con su unidad."""
    claves = [str(c) for c in filas["compromiso_id"]]
    renglones, libre = lienzo.renglones_de_nombre(figura, len(filas), _LUGARES_MINIMO), lugares.inicio(1) - _AIRE
    nombres = [lienzo.ajustar(formato.etiqueta_compromiso(f), libre, renglones) for _, f in filas.iterrows()]
    unidades = [lienzo.ajustar(formato.unidad(u), lugares.unidad, renglones) for u in filas["unidad_medida"]]
    metas = [_escribir(m) for m in filas["meta_anual"]]
    lienzo.columna(figura, "Compromiso", claves, nombres, 0, "left")
    for t in _TRIMESTRES:
        textos = [_escribir(p) for p in cifras[t]]
        px = [lugares.inicio(t) + largo + (_TRAS_BARRA if largo else 0) for largo in lugares.largos(t, cifras)]
        lienzo.columna(figura, formato.TRIMESTRES[t], claves, textos, px, "left")
    lienzo.columna(figura, "Meta anual", claves, metas, lugares.fin_meta, "right")
    lienzo.columna(figura, "Unidad", claves, unidades, lugares.fin_meta + _ANTES_UNIDAD, "left", gris=True)
    titulos = [(formato.TRIMESTRES[t], lugares.inicio(t), "left") for t in _TRIMESTRES]
    lienzo.encabezar(figura, [*titulos, ("Meta anual", lugares.fin_meta, "right")])
