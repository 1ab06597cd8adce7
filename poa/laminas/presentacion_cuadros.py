"""Los cuadros de la presentación: tablas nativas con su encabezado, medidas para que no se salgan por abajo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.table import Table, _Cell
from pptx.util import Pt

from poa import formato, tema
from poa.figuras import columnas, letra, lienzo
from poa.figuras.cuadro import llenar
from poa.laminas import cuadros as de_datos
from poa.laminas import presentacion_textos as textos
from poa.laminas.lamina import Cuadro
from poa.laminas.presentacion_textos import Caja

_LETRAS = (20.0, 18.0, 16.0, 14.0, 12.0)
_USUAL = 16.0  # la menor que se lee de lejos; con una mayor, los títulos no se parten más que con ella
_AL_LADO = 4.0  # márgenes de la celda; los de arriba y abajo, en `_aire`
_TRAS_CIFRA = 16.0  # margen izquierdo de un texto a la derecha de una cifra
_PEGADA = 1.0  # margen entre lo que va a todo lo ancho y las celdas de debajo
_SIN_ESTILO = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # el de PowerPoint sin relleno ni líneas
_RENGLONES_POR_CELDA = (None, 4, 3, 2, 1)  # lo que se va recortando si ni con la letra menor cabe


@dataclass(frozen=True)
class _Medido:
    """Un cuadro ya medido: las celdas como van a quedar y el alto de cada fila, en puntos.

    `filas`: por renglón, el alto de la fila de su rótulo, si lo encabeza uno; el de la fila a todo lo ancho, si la
    lleva, y el de la de sus demás celdas. `resto`: lo que dice la última fila cuando faltan renglones.
    """

    letra: float
    encabezado: Sequence[float]
    filas: Sequence[Sequence[float]]
    celdas: Sequence[Sequence[str]]
    resto: str = ""

    @property
    def alturas(self) -> list[float]:
        """El alto de cada fila de la tabla."""
        ultima = [_una_fila(self.letra)] if self.resto else []
        return [*self.encabezado, *(alto for altos in self.filas for alto in altos), *ultima]


class _Tabla:
    """Un cuadro que se mide y se escribe en un ancho dado, en puntos, y con una letra.

    Sus columnas miden lo que piden las celdas de todos sus hermanos; si ninguna es de cifras, lo que dice el cuadro.
    """

    def __init__(self, cuadro: Cuadro, ancho: float, letra: float) -> None:
        self.cuadro, self.letra = cuadro, letra
        self.columnas = cuadro.columnas
        self.entera = next((n for n, columna in enumerate(cuadro.columnas) if columna.es_entera), None)
        self.lugares = [n for n in range(len(cuadro.columnas)) if n != self.entera]
        pedidos = _anchos(cuadro, self.entera, letra * lienzo.PX / ancho)
        total = sum(pedidos[n] for n in self.lugares)
        self.anchos = [ancho if n == self.entera else pedidos[n] / total * ancho for n in range(len(pedidos))]
        self.celdas = [
            [_rotulo(estado) if estado and celda == estado else textos.limpiar(celda) for celda in fila]
            for fila, estado in zip(cuadro.renglones, map(self.estado, range(len(cuadro.renglones))), strict=True)
        ]

    def estado(self, renglon: int) -> str | None:
        """El estado de un renglón, si lo tiene."""
        return self.cuadro.estados[renglon] if renglon < len(self.cuadro.estados) else None

    def es_estado(self, renglon: int, celda: str) -> bool:
        """Si la celda dice el estado de su renglón."""
        estado = self.estado(renglon)
        return bool(estado) and celda == _rotulo(estado)

    def medir(self, renglones: int | None = None) -> _Medido:
        """Cuánto ocupa cada fila, con los textos recortados a tantos renglones; None, sin recortar."""
        celdas = self.celdas if renglones is None else self._cortar(renglones)
        filas = [self._altos(n, fila) for n, fila in enumerate(celdas)]
        return _Medido(self.letra, self._altos_del_encabezado(), filas, celdas)

    def hasta(self, lugar: float, medido: _Medido) -> _Medido:
        """Solo los renglones que caben en un alto y, en el último, cuántos faltan."""
        alturas = [sum(altos) for altos in medido.filas]
        caben = textos.repartir(alturas, lugar - sum(medido.encabezado) - _una_fila(self.letra))
        faltan = formato.plural(len(self.celdas) - caben, "renglón", "renglones")
        return replace(
            medido, filas=medido.filas[:caben], celdas=medido.celdas[:caben], resto=f"y {faltan} más, en las notas"
        )

    def titulo(self, columna: int) -> list[str]:
        """Los renglones del título de una columna."""
        return textos.partir(self.columnas[columna].titulo, self.util(columna), self.letra)

    def _cortar(self, renglones: int) -> list[list[str]]:
        """Las celdas recortadas a tantos renglones; cifras y estados no se recortan."""
        return [
            [
                celda
                if self.columnas[c].es_cifra or self.es_estado(n, celda)
                else textos.recortar(celda, self.util(c), self.letra, renglones)
                for c, celda in enumerate(fila)
            ]
            for n, fila in enumerate(self.celdas)
        ]

    def _altos(self, renglon: int, fila: Sequence[str]) -> list[float]:
        """El alto de la fila de su rótulo, si lo lleva; el de la que va a todo lo ancho, y el de las demás celdas."""
        aire = _aire(self.letra)
        rotulo = [_una_fila(self.letra)] if renglon in self.cuadro.rotulos else []
        altos = [self._alto(fila[n], n, self.es_estado(renglon, fila[n])) for n in self.lugares]
        abajo = max(*altos, self.cuadro.alto_minimo * textos.ALTO / tema.ALTO)
        if not self._lleva_entera(fila):
            return [*rotulo, abajo]
        return [*rotulo, self._alto(fila[self.entera], self.entera) - aire, abajo - aire + _PEGADA]

    def _lleva_entera(self, fila: Sequence[str]) -> bool:
        return self.entera is not None and bool(fila[self.entera])

    def _alto(self, texto: str, columna: int, negrita: bool = False) -> float:
        return _alto(texto, self.util(columna), self.letra, negrita)

    def util(self, columna: int) -> float:
        """Los puntos de una columna para su texto."""
        return self.anchos[columna] - self.izquierdo(columna) - _AL_LADO

    def izquierdo(self, columna: int) -> float:
        """El margen izquierdo de una columna."""
        antes = max((n for n in self.lugares if n < columna), default=None)
        tras_cifra = antes is not None and self.columnas[antes].es_cifra
        es_texto = not (self.columnas[columna].es_cifra or self.columnas[columna].es_entera)
        return _TRAS_CIFRA if tras_cifra and es_texto else _AL_LADO

    def _altos_del_encabezado(self) -> list[float]:
        """Los títulos y, si hay grupos o una columna a todo lo ancho, la fila de arriba."""
        abajo = [n for n in self.lugares if self.columnas[n].grupo or self.entera is not None]
        sueltos = max((self._alto(self.columnas[n].titulo, n) for n in self.lugares), default=0)
        if not abajo:
            return [sueltos]
        titulos = max(self._alto(self.columnas[n].titulo, n) for n in abajo)
        arriba = max(_alto(grupo, self._ancho_de(suyas), self.letra) for grupo, suyas in self.grupos())
        return [max(arriba, sueltos - titulos), titulos]  # un título sin grupo ocupa las dos filas

    def _ancho_de(self, columnas: Sequence[int]) -> float:
        """Los puntos de unas columnas seguidas para el título de su grupo."""
        return sum(self.anchos[n] for n in columnas) - 2 * _AL_LADO

    def grupos(self) -> list[tuple[str, list[int]]]:
        """Las columnas seguidas de un mismo grupo y su título; las primeras sin grupo, bajo el de la entera.

        Los de cifras se parten todos en los mismos renglones.
        """
        juntas = [(grupo, list(ns)) for grupo, ns in groupby(self.lugares, key=lambda n: self.columnas[n].grupo)]
        if self.entera is not None and not juntas[0][0]:
            juntas[0] = (self.columnas[self.entera].titulo, juntas[0][1])
        de_cifras = [(grupo, ns) for grupo, ns in juntas if grupo and self.columnas[ns[0]].es_cifra]
        pedidos = [len(textos.partir(grupo, self._ancho_de(ns), self.letra)) for grupo, ns in de_cifras]
        renglones = max(pedidos, default=1)
        return [
            ("\n".join(letra.en_renglones(g, renglones, self.letra)) if (g, ns) in de_cifras else g, ns)
            for g, ns in juntas
        ]

    def caben_enteras(self) -> bool:
        """Si ninguna cifra se parte en dos renglones, ni ninguna palabra de un estado o un título a la mitad."""
        titulos = ((palabra, c, False) for c in self.lugares for palabra in self.columnas[c].titulo.split())
        celdas = (
            (parte, c, self.es_estado(n, celda))
            for n, fila in enumerate(self.celdas)
            for c, celda in enumerate(fila)
            if self.columnas[c].es_cifra or self.es_estado(n, celda)
            for parte in celda.split("\n" if self.columnas[c].es_cifra else " ")
        )
        return all(
            textos.medir(parte, self.letra, negrita) <= self.util(c)
            for partes in (titulos, celdas)
            for parte, c, negrita in partes
        )

    def incompletos(self, medido: _Medido) -> list[str]:
        """Los renglones con algo recortado o que no caben, completos."""
        visibles = [list(fila) for fila in medido.celdas]
        return [
            " · ".join(textos.en_un_renglon(celda) for celda in fila if celda.strip())
            for n, fila in enumerate(self.celdas)
            if n >= len(visibles) or visibles[n] != list(fila)
        ]

    # ------------------------------------------------------------ ya medido, se escribe

    def encabezar(self, tabla: Table, medido: _Medido) -> None:
        """Los títulos, con su grupo arriba si lo tienen; los que no, ocupan las dos filas."""
        ultima = len(medido.encabezado) - 1
        for lugar, n in enumerate(self.lugares):
            columna = self.columnas[n]
            sola = bool(ultima) and not columna.grupo and self.entera is None
            if sola:
                tabla.cell(0, lugar).merge(tabla.cell(ultima, lugar))
            celda = tabla.cell(0 if sola else ultima, lugar)
            _escribir(celda, columna.titulo, self.letra, columna.es_cifra, tema.GRIS, ancla=MSO_ANCHOR.BOTTOM)
            celda.margin_left = Pt(self.izquierdo(n))
            for fila in range(ultima + 1):
                _filete(tabla.cell(fila, lugar), tema.TINTA, 1.5 if fila == ultima else 0)
        for grupo, suyas in self.grupos() if ultima else []:
            if grupo:
                self._agrupar(tabla, grupo, [self.lugares.index(n) for n in suyas])

    def _agrupar(self, tabla: Table, grupo: str, lugares: Sequence[int]) -> None:
        """El título de un grupo sobre sus columnas; el de cifras, al centro y con su línea."""
        celda = tabla.cell(0, lugares[0])
        if len(lugares) > 1:
            celda.merge(tabla.cell(0, lugares[-1]))
        _escribir(celda, grupo, self.letra, False, tema.GRIS, ancla=MSO_ANCHOR.BOTTOM)
        if self.columnas[self.lugares[lugares[0]]].es_cifra:
            celda.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        if self.columnas[self.lugares[lugares[0]]].grupo:
            for lugar in lugares:
                _filete(tabla.cell(0, lugar), tema.GRIS, 0.75)

    def llenar(self, tabla: Table, medido: _Medido) -> None:
        """Los renglones, cada uno en una fila o en dos si lleva algo a todo lo ancho; sus rótulos, y lo que falta."""
        fila, aire = len(medido.encabezado), _aire(self.letra)
        for renglon, celdas in enumerate(medido.celdas):
            arriba = aire
            if rotulo := self.cuadro.rotulos.get(renglon):
                corto = textos.recortar(rotulo, sum(self.anchos[n] for n in self.lugares) - 2 * _AL_LADO, self.letra, 1)
                self._a_todo_lo_ancho(tabla, fila, corto, (aire, aire), tema.GRIS)
                _filete(tabla.cell(fila, 0), tema.LINEA, 0.75)
                fila += 1
            if self._lleva_entera(celdas):
                self._a_todo_lo_ancho(tabla, fila, celdas[self.entera], (aire, 0))
                fila, arriba = fila + 1, _PEGADA
            for lugar, n in enumerate(self.lugares):
                celda = tabla.cell(fila, lugar)
                self._poner(celda, celdas[n], renglon, n)
                celda.margin_top = Pt(arriba)
                _filete(celda, tema.LINEA, 0.75)
            fila += 1
        if medido.resto:
            self._a_todo_lo_ancho(tabla, fila, medido.resto, (aire, aire), tema.GRIS)

    def _a_todo_lo_ancho(
        self, tabla: Table, fila: int, texto: str, margenes: tuple[float, float], color: str = tema.TINTA
    ) -> None:
        celda = tabla.cell(fila, 0)
        if len(self.lugares) > 1:
            celda.merge(tabla.cell(fila, len(self.lugares) - 1))
        _escribir(celda, texto, self.letra, False, color, ancla=MSO_ANCHOR.BOTTOM)
        celda.margin_top, celda.margin_bottom = map(Pt, margenes)

    def _poner(self, celda: _Cell, texto: str, renglon: int, columna: int) -> None:
        """Una celda; la que dice el estado de su renglón, con su color."""
        es_estado = self.es_estado(renglon, texto)
        color = tema.estado(self.estado(renglon)).borde if es_estado else tema.TINTA
        _escribir(celda, texto, self.letra, self.columnas[columna].es_cifra, color=color, negrita=es_estado)
        celda.margin_left = Pt(self.izquierdo(columna))


def repartir(cuadro: Cuadro, caja: Caja) -> list[Cuadro]:
    """El cuadro, solo o en los que hacen falta para que ninguno lleve letra menor que la usual ni pierda renglones.

    Un renglón que no cabe así ni solo va solo.
    """
    tabla = _Tabla(cuadro, caja.ancho, _USUAL)
    if not cuadro.renglones or not tabla.caben_enteras():
        return [cuadro]
    medido = tabla.medir()
    alturas = [sum(altos) for altos in medido.filas]
    libre = caja.alto - sum(medido.encabezado)
    if sum(alturas) <= libre:
        return [cuadro]
    libre -= _una_fila(_USUAL) if cuadro.rotulos else 0  # el rótulo se repite donde siguen los suyos

    def partes(libre: float) -> list[list[int]]:
        return llenar(len(alturas), lambda desde, fin: sum(alturas[desde:fin]), libre)

    cuantas, paso = len(partes(libre)), libre / 50
    while libre > paso and len(partes(libre - paso)) == cuantas:  # que ninguna quede casi vacía
        libre -= paso
    return [de_datos.con(cuadro, lugares) for lugares in partes(libre)]


def poner(lamina: Slide, cuadro: Cuadro, caja: Caja, descripcion: str) -> tuple[float, list[str]]:
    """Agrega la tabla a la lámina. Salen su alto en puntos y, para las notas, los renglones que no van completos."""
    suya, medido = _acomodar(cuadro, caja)
    alturas = medido.alturas
    lugar = Caja(caja.x, caja.y, caja.ancho, sum(alturas))
    marco = lamina.shapes.add_table(len(alturas), len(suya.lugares), *lugar.en_emu())
    textos.nombrar(marco, "Cuadro", descripcion)
    tabla = marco.table
    tabla.first_row, tabla.horz_banding = True, False
    tabla._tbl.tblPr.find(qn("a:tableStyleId")).text = _SIN_ESTILO
    for columna, n in zip(tabla.columns, suya.lugares, strict=True):
        columna.width = Pt(suya.anchos[n])
    for fila, alto in zip(tabla.rows, alturas, strict=True):
        fila.height = Pt(alto)
    for celda in tabla.iter_cells():  # una en blanco, o tapada por otra, mide lo que su letra
        textos.vaciar(celda.text_frame.paragraphs[0], medido.letra)
    suya.encabezar(tabla, medido)
    suya.llenar(tabla, medido)
    return lugar.alto, suya.incompletos(medido)


def _acomodar(cuadro: Cuadro, caja: Caja) -> tuple[_Tabla, _Medido]:
    """El cuadro con la letra más grande con que cabe y, si no baja de la usual, también sus hermanos.

    Si ni con la menor cabe, con textos más cortos y, al final, con menos renglones.
    """
    juntos = [replace(hermano, hermanos=cuadro.hermanos) for hermano in cuadro.hermanos]
    mayor = min((_con_letra(hermano, caja, _LETRAS)[0].letra for hermano in juntos), default=_LETRAS[0])
    mayor = max(mayor, _USUAL)
    return _con_letra(cuadro, caja, [suya for suya in _LETRAS if suya <= mayor])


def _con_letra(cuadro: Cuadro, caja: Caja, letras: Sequence[float]) -> tuple[_Tabla, _Medido]:
    """El cuadro con la mayor de esas letras con que cabe."""
    usual = _Tabla(cuadro, caja.ancho, _USUAL)
    titulos = [len(usual.titulo(n)) for n in usual.lugares]
    for renglones in _RENGLONES_POR_CELDA:
        for letra_ in letras:
            tabla = _Tabla(cuadro, caja.ancho, letra_)
            medido = tabla.medir(renglones)
            parte_de_mas = letra_ > _USUAL and any(
                len(tabla.titulo(n)) > suyos for n, suyos in zip(tabla.lugares, titulos, strict=True)
            )
            enteras = letra_ == _LETRAS[-1] or (tabla.caben_enteras() and not parte_de_mas)
            if enteras and sum(medido.alturas) <= caja.alto:
                return tabla, medido
    return tabla, tabla.hasta(caja.alto, medido)


def _anchos(cuadro: Cuadro, entera: int | None, px: float) -> list[float]:
    """La parte del ancho de cada columna, medida como en la figura con letra de `px`."""
    son_cifras = [columna.es_cifra for columna in cuadro.columnas]
    if not any(son_cifras):
        return [columna.ancho for columna in cuadro.columnas]
    renglones = [
        [
            max(celda.split("\n"), key=len) if es_cifra else celda
            for celda, es_cifra in zip(fila, son_cifras, strict=True)
        ]
        for hermano in cuadro.hermanos or [cuadro]
        for fila in hermano.renglones
    ]
    titulos, grupos = [c.titulo for c in cuadro.columnas], [c.grupo for c in cuadro.columnas]
    return columnas.anchos(
        titulos, grupos, son_cifras, renglones, entera, px * textos.de_mas(negrita=bool(cuadro.estados))
    )


def _rotulo(estado: str) -> str:
    """El icono y la palabra de un estado, que no se separan al cortar el renglón."""
    return tema.rotulo_estado(estado).replace(" ", formato.ESPACIO, 1)


def _alto(texto: str, ancho: float, letra: float, negrita: bool = False) -> float:
    return textos.alto(len(textos.partir(texto, ancho, letra, negrita)), letra) + 2 * _aire(letra)


def _aire(letra: float) -> float:
    """Los puntos sobre y bajo el texto de una celda: con la letra usual o una menor, los renglones son muchos."""
    return 2.0 if letra > _USUAL else 1.0


def _una_fila(letra: float) -> float:
    return textos.alto(1, letra) + 2 * _aire(letra)


def _escribir(
    celda: _Cell,
    texto: str,
    letra: float,
    es_cifra: bool,
    color: str = tema.TINTA,
    negrita: bool = False,
    ancla: MSO_ANCHOR = MSO_ANCHOR.MIDDLE,
) -> None:
    celda.margin_left = celda.margin_right = Pt(_AL_LADO)
    celda.margin_top = celda.margin_bottom = Pt(_aire(letra))
    celda.vertical_anchor = ancla
    textos.escribir(celda.text_frame.paragraphs[0], texto, letra, color, negrita, "derecha" if es_cifra else "")


def _filete(celda: _Cell, color: str, puntos: float) -> None:
    """Una línea abajo; en el archivo va antes que el relleno."""
    propiedades = celda._tc.get_or_add_tcPr()
    for viejo in propiedades.findall(qn("a:lnB")):
        propiedades.remove(viejo)
    trazo = f'<a:solidFill><a:srgbClr val="{color.lstrip("#")}"/></a:solidFill>' if puntos else "<a:noFill/>"
    propiedades.insert(0, parse_xml(f'<a:lnB {nsdecls("a")} w="{round(puntos * 12700)}">{trazo}</a:lnB>'))
