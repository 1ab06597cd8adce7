"""La clave de cada línea junto a su último punto, cuando dos o más van a la vez en el segundo panel de un hilo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import dist

from poa import formato
from poa.figuras import lienzo
from poa.figuras.hilo_plano import DERECHA, IZQUIERDA, RENGLON, TOPE, Marca, Plano, nota, tinta

_PUNTO, _PUNTO_DOBLE = 6, 10  # px del centro de un punto a su orilla; el doble mide más de ancho
_ALTO = 12  # px de una clave: sus cifras no bajan del renglón
_SEPARA = 15  # px del centro de un punto al de la clave que va sobre él o bajo él
_SEGMENTOS = 24  # en que se parte un trazo para saber qué pisa
# cuánto estorba a una clave salirse, un texto, quedar más cerca de otra línea, un punto, cada lugar peor, una raya y un
# pedazo de trazo
_FUERA, _TEXTO, _AJENO, _MARCA, _LEJOS, _RAYA, _PEDAZO = 1000, 100, 60, 30, 0.5, 4, 1


@dataclass(frozen=True)
class _Caja:
    """Un rectángulo del panel, en px desde su techo."""

    x: float  # del centro, como `y`
    y: float
    medio_ancho: float
    medio_alto: float

    def pisa(self, otra: _Caja) -> bool:
        return (
            abs(self.x - otra.x) < self.medio_ancho + otra.medio_ancho
            and abs(self.y - otra.y) < self.medio_alto + otra.medio_alto
        )


def rotulos(
    plano: Plano,
    lineas: list[list[Marca]],
    x_de: Mapping[Marca, float],
    cifras: list[dict],
    rayas: Iterable[float],
) -> list[dict]:
    """Una clave por línea que coincide con otra en el tiempo, donde menos tapa; a la línea sola no le hace falta.

    `lineas`: los puntos de cada una, en orden; `cifras`: las notas que ya están en el panel; `rayas`: dónde lo cruza
    una, en % del plan.
    """
    juntas = [suya for suya in lineas if any(otra is not suya and _coinciden(suya, otra) for otra in lineas)]
    puntos = [m for suya in lineas for m in suya]
    caja = {m: _Caja(x_de[m], plano.en_panel(m.pct or 0), _medio(m), _PUNTO) for m in puntos}
    trazos = [pedazo for suya in lineas for pedazo in _trazo(plano, suya, x_de)]
    textos = [_de_nota(plano, n) for n in cifras]
    cruzan = [_Caja(DERECHA / 2, plano.en_panel(pct), DERECHA, 0.5) for pct in rayas]
    notas = []
    orden = sorted(zip(juntas, _claves(juntas), strict=True), key=lambda p: caja[p[0][-1]].y)
    for n, (suya, clave) in enumerate(orden):
        lugares = _lugares(caja[suya[-1]], clave, es_de_abajo=n > 0)
        pesos = ((_TEXTO, textos), (_MARCA, list(caja.values())), (_RAYA, cruzan), (_PEDAZO, trazos))
        ajenos = [caja[m] for otra in lineas if otra is not suya for m in otra]
        estorbos = [
            _estorba(plano, lugar, pesos) + (0 if _es_de(lugar, caja[suya[-1]], ajenos) else _AJENO) + _LEJOS * i
            for i, lugar in enumerate(lugares)
        ]
        if min(estorbos) >= _TEXTO:
            continue  # encimada no se lee: queda la lista de claves sobre el panel
        elegido = lugares[estorbos.index(min(estorbos))]
        textos.append(elegido)
        texto = formato.partir(clave, 60)
        notas.append(
            nota(texto, elegido.x, TOPE, "y2", "center", yshift=-elegido.y, font=tinta(), name="clave de línea")
        )
    return notas


def _coinciden(una: list[Marca], otra: list[Marca]) -> bool:
    return una[0].cuando <= otra[-1].cuando and otra[0].cuando <= una[-1].cuando


def _claves(lineas: list[list[Marca]]) -> list[str]:
    """La clave impresa; si las líneas son de varias dependencias o la comparten, con la dependencia."""
    ultimos = [suya[-1].eslabon for suya in lineas]
    claves = [formato.texto(e["clave"]) for e in ultimos]
    quienes = [formato.texto(e["dependencia_corta"]) for e in ultimos]
    if len(set(quienes)) == 1:
        return claves
    if len(set(quienes)) == len(quienes):
        return quienes
    return [f"{quien} {clave}" for quien, clave in zip(quienes, claves, strict=True)]


def _medio(marca: Marca) -> float:
    return _PUNTO_DOBLE if marca.estado == "Meta subestimada" else _PUNTO


def _trazo(plano: Plano, suya: list[Marca], x_de: Mapping[Marca, float]) -> list[_Caja]:
    """La línea que une sus puntos, en pedazos."""
    pedazos = []
    for antes, despues in zip(suya, suya[1:], strict=False):
        x0, x1 = x_de[antes], x_de[despues]
        y0, y1 = (plano.en_panel(m.pct or 0) for m in (antes, despues))
        for n in range(_SEGMENTOS + 1):
            parte = n / _SEGMENTOS
            pedazos.append(_Caja(x0 + parte * (x1 - x0), y0 + parte * (y1 - y0), 1, 1))
    return pedazos


def _de_nota(plano: Plano, escrita: dict) -> _Caja:
    medio = RENGLON / 2
    y = plano.en_panel(escrita["y"]) - escrita["yshift"] + (medio if escrita["yanchor"] == "top" else 0)
    return _Caja(escrita["x"], y, lienzo.medir(escrita["text"]) / 2, medio)


def _es_de(lugar: _Caja, punto: _Caja, ajenos: list[_Caja]) -> bool:
    lejos = dist((lugar.x, lugar.y), (punto.x, punto.y))
    return all(lejos < dist((lugar.x, lugar.y), (ajeno.x, ajeno.y)) for ajeno in ajenos)


def _lugares(punto: _Caja, clave: str, es_de_abajo: bool) -> list[_Caja]:
    """Dónde puede ir una clave, de lo mejor a lo peor: la de más arriba, sobre su punto; las demás, bajo el suyo."""
    medio = lienzo.medir(clave) / 2
    lado = punto.medio_ancho + 3 + medio
    signo = 1 if es_de_abajo else -1
    junto = (0, medio - _PUNTO, _PUNTO - medio, medio, -medio)
    saltos = [
        *((dx, signo * _SEPARA) for dx in junto),
        (lado, 0),
        *((dx, -signo * _SEPARA) for dx in junto),
        (-lado, 0),
        *((dx, s * 2 * _SEPARA) for s in (signo, -signo) for dx in junto),
    ]
    return [_Caja(punto.x + dx, punto.y + dy, medio, _ALTO / 2) for dx, dy in saltos]


def _estorba(plano: Plano, lugar: _Caja, pesos: Iterable[tuple[float, list[_Caja]]]) -> float:
    afuera = (
        lugar.x - lugar.medio_ancho < IZQUIERDA
        or lugar.x + lugar.medio_ancho > DERECHA + 2
        or lugar.y - lugar.medio_alto < 0
        or lugar.y + lugar.medio_alto > plano.porcentaje
    )
    return _FUERA * afuera + sum(peso * sum(lugar.pisa(otra) for otra in otras) for peso, otras in pesos)
