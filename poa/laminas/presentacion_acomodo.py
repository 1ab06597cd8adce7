"""Con qué letra y en qué lugar va cada cosa de una gráfica de la presentación: nombres, clave, barras y cifras.

Las medidas van en puntos.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from poa.laminas import presentacion_cifras as cifras
from poa.laminas.lamina import Barras
from poa.laminas.presentacion_textos import INTERLINEA, Caja, medir, partir

LETRAS = (18.0, 16.0, 14.0, 12.0)
ENTRE = 0.5  # hueco entre categorías, en barras
PARTE_DEL_ROTULO = 0.42  # lo más que ocupan los nombres de las barras horizontales
AIRE = 8.0


@dataclass(frozen=True)
class Acomodo:
    """La letra y el lugar de cada cosa dentro de la gráfica."""

    letra: float
    clave: float  # alto de la clave de colores
    rotulos: float  # ancho de los nombres (horizontal) o su alto (vertical)
    renglones: int  # de cada nombre
    lugar_nombre: float  # ancho de cada nombre
    cifra: float  # ancho (horizontal) o alto (vertical) de la cifra que va tras la barra
    con_cifras: bool
    eje: float  # alto de los números del eje, en las horizontales sin cifras
    senas: float  # alto de lo que se escribe sobre las barras
    desde: float  # el menor valor del eje
    caja: Caja

    def dibujo(self, horizontal: bool) -> tuple[float, float, float, float]:
        """Dónde van las barras, en partes de la gráfica: x, y, ancho y alto."""
        ancho, alto = self.caja.ancho, self.caja.alto
        if horizontal:
            x, y = self.rotulos + AIRE, self.clave + self.senas
            return x / ancho, y / alto, (ancho - x - self.cifra) / ancho, (alto - y - AIRE - self.eje) / alto
        y = self.clave + self.senas + self.cifra
        return 0.005, y / alto, 0.99, (alto - y - self.rotulos) / alto


def acomodar(barras: Barras, caja: Caja) -> Acomodo:
    """La letra más grande con la que cada nombre y cada cifra tienen su lugar; si ni la menor, sin cifras."""
    for con_cifras in (True, False):
        for letra in LETRAS:
            acomodo, cabe = _con_letra(barras, caja, letra, con_cifras)
            if cabe:
                return acomodo
    return acomodo


def _con_letra(barras: Barras, caja: Caja, letra: float, con_cifras: bool) -> tuple[Acomodo, bool]:
    """El acomodo con esa letra y si todo cabe; la mayor, solo si con ella ningún nombre se recorta."""
    renglon = letra * INTERLINEA
    clave = _alto_de_clave(barras, caja.ancho, letra)
    senas = renglon if barras.nace or any(barras.separadas.values()) else 0
    juntas = 1 if barras.apiladas or barras.es_una_por_categoria else len(barras.series)
    afuera = con_cifras and not barras.apiladas
    escritas = [cifras.escrita(v, barras, n) for n, valores in barras.series.items() for v in valores if v is not None]
    ancho_cifra = max(medir(cifra, letra) for cifra in escritas)
    eje, desde = 0.0, 0.0
    if barras.horizontal:
        eje = 0 if con_cifras else renglon + AIRE / 2
        paso = (caja.alto - clave - senas - AIRE - eje) / len(barras.categorias)
        rotulos = min(max(medir(c, letra) for c in barras.categorias) + 2, caja.ancho * PARTE_DEL_ROTULO)
        renglones, lugar = 2 if paso >= 2.3 * renglon else 1, rotulos
        cifra = ancho_cifra + 2 * AIRE if afuera else 0
        if barras.nace and barras.tope and afuera:
            desde, cifra = _orillas(barras, caja.ancho - rotulos - AIRE, letra)
        # dos cifras de una misma categoría no se enciman
        cabe = paso >= renglon and (not afuera or juntas == 1 or paso / (juntas + ENTRE) >= letra * 1.1)
    else:
        paso = caja.ancho * 0.99 / len(barras.categorias)
        lugar = paso - AIRE
        renglones = min(4, max(len(partir(c, lugar, letra)) for c in barras.categorias))
        rotulos = renglones * renglon + AIRE
        cifra = renglon + AIRE / 2 if afuera else 0
        cabe = not con_cifras or ancho_cifra <= paso / (juntas + ENTRE) * (1 if juntas > 1 else 1.4)
    completas = all(len(partir(c, lugar, letra)) <= renglones for c in barras.categorias)
    acomodo = Acomodo(letra, clave, rotulos, renglones, lugar, cifra, con_cifras, eje, senas, desde, caja)
    return acomodo, cabe and (completas or letra < LETRAS[0])


def _orillas(barras: Barras, ancho: float, letra: float) -> tuple[float, float]:
    """El menor valor del eje y el ancho tras el mayor, para las cifras que van fuera de barras que nacen a la mitad.

    La de una barra que baja va a su izquierda; la de las demás, a su derecha.
    """
    nace, tope = barras.nace[0], barras.tope
    cifras_ = [
        (min(v, tope), medir(cifras.escrita(v, barras, n), letra) + 2 * AIRE)
        for n, valores in barras.series.items()
        for v in valores
        if v is not None
    ]

    def fuera(escala: float) -> tuple[float, float]:
        """Los puntos que las cifras piden antes del 0 y después del tope, con tantos puntos por unidad."""
        antes = max((mide - v * escala for v, mide in cifras_ if v < nace), default=0)
        despues = max((mide - (tope - v) * escala for v, mide in cifras_ if v >= nace), default=0)
        return max(antes, 0), max(despues, 0)

    menor, mayor = 0.0, ancho / tope
    for _ in range(30):
        escala = (menor + mayor) / 2
        menor, mayor = (escala, mayor) if sum(fuera(escala)) + tope * escala <= ancho else (menor, escala)
    antes, despues = fuera(menor)
    return -antes / menor if menor else 0.0, despues


def _alto_de_clave(barras: Barras, ancho: float, letra: float) -> float:
    """El de la clave; si no va en un renglón, LibreOffice la acomoda en columnas del ancho del nombre mayor."""
    if not lleva_clave(barras):
        return 0
    largos = [medir(nombre, letra) + 2.2 * letra for nombre in barras.series]
    renglones = 1
    if sum(largos) > ancho * 0.75:
        renglones = math.ceil(len(largos) / max(1, int(ancho * 0.85 / max(largos))))
    return renglones * letra * 1.5 + AIRE


def lleva_clave(barras: Barras) -> bool:
    """Si hay que decir qué es cada color: hay más de una serie, o la que hay es un estado."""
    return len(barras.series) > 1 or bool(barras.estados)
