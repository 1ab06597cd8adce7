"""Qué es una lámina, sin decir en qué formato sale: su mensaje, su cuerpo, su pie y sus notas.

El cuerpo lleva los datos (para la gráfica o la tabla que se edita); `figura`, el mismo contenido dibujado, para el PNG.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import plotly.graph_objects as go

from poa import formato


@dataclass(frozen=True)
class Portada:
    """La primera lámina o la que abre una parte: renglones grandes, el primero el mayor."""

    renglones: Sequence[str]


@dataclass(frozen=True)
class Lista:
    """Renglones de texto; cada uno con su sangría (0, 1…)."""

    puntos: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class ColumnaDeCuadro:
    """Una columna: su título, el grupo que va arriba («1er. Trimestre»), su parte del ancho y si es de cifras.

    `es_entera`: su texto va en un renglón propio, a todo lo ancho, sobre las demás celdas del suyo; las demás se
    reparten el ancho en proporción al suyo.
    """

    titulo: str
    ancho: float
    grupo: str = ""
    es_cifra: bool = False
    es_entera: bool = False


@dataclass(frozen=True)
class Cuadro:
    """Una tabla ya dicha en texto: una fila de celdas por renglón; la celda vacía es un blanco impreso.

    `estados`: el estado de cada renglón, si lo tiene, para su icono y color; la palabra va en una celda.
    `alto_minimo`: px, de los 450 de la lámina, que mide cada renglón si en él se va a escribir a mano.
    `rotulos`: lo que encabeza, a todo lo ancho, a los renglones desde cada lugar hasta el rótulo que sigue.
    `hermanos`: los de todas las láminas en que va repartido, y este entre ellos, si van con una misma letra.
    """

    columnas: Sequence[ColumnaDeCuadro]
    renglones: Sequence[Sequence[str]]
    estados: Sequence[str | None] = ()
    alto_minimo: float = 0
    rotulos: Mapping[int, str] = field(default_factory=dict)
    hermanos: Sequence[Cuadro] = ()


@dataclass(frozen=True)
class Barras:
    """Una gráfica de barras que se edita: los valores exactos de la base, en su unidad.

    `series`: nombre de cada serie → un valor por categoría (None es un hueco, no un cero). `estados`: de las que son
    un estado, cuál: de él salen su color, su trama y su icono. `colores`: «#RRGGBB» de las demás. `contorno`: las
    que se dibujan sin relleno (lo programado). `tope`: hasta dónde llega el eje; lo que pasa se corta y su etiqueta
    dice la cifra verdadera. `nace`: el valor del que nacen las barras, con el nombre de su línea, si no es del cero;
    pide `tope`. `banda`: de qué valor a cuál va la que se señala. `separadas`: antes de qué categorías va una raya, y
    lo que dice. `formato`: el de Excel de sus cifras.
    """

    categorias: Sequence[str]
    series: Mapping[str, Sequence[float | None]]
    unidad: str
    colores: Mapping[str, str] = field(default_factory=dict)
    estados: Mapping[str, str] = field(default_factory=dict)
    horizontal: bool = False
    apiladas: bool = False
    contorno: frozenset[str] = frozenset()
    tope: float | None = None
    nace: tuple[float, str] | None = None
    banda: tuple[float, float] | None = None
    separadas: Mapping[int, str] = field(default_factory=dict)
    formato: str = "#,##0.##"

    @property
    def es_una_por_categoria(self) -> bool:
        """Si cada categoría lleva una sola barra, la de su estado: las series no van lado a lado."""
        return bool(self.estados) and all(
            sum(not formato.es_blanco(valor) for valor in columna) <= 1
            for columna in zip(*self.series.values(), strict=True)
        )


Cuerpo = Portada | Lista | Cuadro | Barras


@dataclass(frozen=True)
class Lamina:
    """Una lámina de 16:9.

    `clave` la nombra entre las de su presentación («bisom-variacion»); `titulo` es el mensaje, sin punto final;
    `subtitulo`, los filtros; `pie`, la fuente, el corte y los umbrales; `codigo`, el que reabre la vista en el
    tablero; `notas`, el párrafo y las fuentes completas para quien expone; `archivo`, el nombre de su PNG sin
    extensión; `dibujar` da su figura de 800 × 450 (PNG de 1920 × 1080); `segundo`, lo que va debajo del cuerpo.
    """

    clave: str
    titulo: str
    cuerpo: Cuerpo
    dibujar: Callable[[], go.Figure]
    archivo: str
    subtitulo: str = ""
    pie: str = ""
    codigo: str = ""
    notas: str = ""
    segundo: Cuerpo | None = None


@dataclass(frozen=True)
class Pendiente:
    """Una parte de la sesión que se arma al pedirla: se sabe de antemano cuál es, y si falla no pierde a las demás.

    `clave` la nombra entre las de su sesión; `titulo` dice en pocas letras qué es; `armar` da sus láminas, una o
    varias.
    """

    clave: str
    titulo: str
    armar: Callable[[], list[Lamina]]
