"""Cómo se escribe una lámina según su cuerpo: rotulada, con su archivo, su pie y, si pide varias, su número."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial

import plotly.graph_objects as go

from poa import formato
from poa.figuras import cuadro, lienzo, texto
from poa.laminas import cuadros, vistas
from poa.laminas.lamina import Cuadro, Cuerpo, Lamina, Lista, Portada
from poa.mensajes import sesion_laminas as dichos
from poa.seleccion import Seleccion


def lamina(
    clave: str,
    titulo: str,
    cuerpo: Cuerpo,
    figura: Callable[[], go.Figure],
    seleccion: Seleccion,
    suyo: str = "",
    de: str | None = None,
    notas: str = "",
    pie: str | None = None,
    segundo: Cuerpo | None = None,
) -> Lamina:
    """Una lámina rotulada; `de`: qué se ve, para el subtítulo; `suyo`: el código de su vista, si la tiene."""
    subtitulo = seleccion.subtitulo(de) if suyo else ""
    return Lamina(
        clave=_clave(clave, seleccion),
        titulo=titulo,
        cuerpo=cuerpo,
        dibujar=lambda: lienzo.rotular(figura(), subtitulo, suyo) if suyo else figura(),
        archivo=seleccion.archivo(clave),
        subtitulo=subtitulo,
        pie=seleccion.pie if pie is None else pie,
        codigo=suyo,
        notas=notas,
        segundo=segundo,
    )


def de_vista(
    clave: str, vista: vistas.Vista, cuerpo: Cuerpo, seleccion: Seleccion, notas: str, pie: str | None = None
) -> Lamina:
    """La lámina de una figura de página, ya rotulada; `pie`, si el del cuerpo no es el de la figura."""
    dicho = vista.figura.layout.meta
    return Lamina(
        clave=_clave(clave, seleccion),
        titulo=dicho["mensaje"],
        cuerpo=cuerpo,
        dibujar=lambda: vista.figura,
        archivo=seleccion.archivo(clave),
        subtitulo=dicho["subtitulo"],
        pie=dicho["pie"] if pie is None else pie,
        codigo=dicho["codigo"],
        notas=notas,
    )


def de_portada(clave: str, renglones: list[str], seleccion: Seleccion) -> Lamina:
    """Renglones grandes; su texto es también su título."""
    return lamina(clave, renglones[0], Portada(renglones), partial(texto.portada, renglones), seleccion, pie="")


def de_lista(
    clave: str, titulo: str, puntos: list[tuple[int, str]], seleccion: Seleccion, suyo: str = ""
) -> list[Lamina]:
    """La lista en las láminas que pida."""
    pie = seleccion.pie if suyo else ""
    paginas = texto.repartir(puntos, titulo, pie)
    return [
        lamina(
            _numerar(clave, n, paginas),
            titulo,
            Lista(suyos),
            partial(texto.lista, suyos, titulo, pie),
            seleccion,
            suyo,
            pie=pie,
        )
        for n, suyos in enumerate(paginas, 1)
    ]


def de_cuadro(
    clave: str,
    titulo: str,
    tabla: Cuadro | Callable[[Sequence[int]], Cuadro],
    paginas: Sequence[Sequence[int]],
    seleccion: Seleccion,
    suyo: str = "",
    de: str | None = None,
    notas: str | Callable[[Sequence[int]], str] = "",
    nota: Callable[[Sequence[int]], str] = lambda _: "",
    alto_minimo: float = 0,
) -> list[Lamina]:
    """Un cuadro en las láminas de `paginas` (los lugares de los renglones de cada una), todas con la misma letra.

    `tabla`: el cuadro completo, o el de unos lugares. `notas` y `nota`: lo que dice quien expone y lo que va al pie
    de cada una, por sus lugares.
    """
    de_pagina = partial(cuadros.con, tabla) if isinstance(tabla, Cuadro) else tabla
    tablas = [replace(de_pagina(lugares), alto_minimo=alto_minimo) for lugares in paginas]
    pies = [
        con_nota(cuadros.marcas(suya), nota(lugares), seleccion.pie) if suyo else ""
        for suya, lugares in zip(tablas, paginas, strict=True)
    ]

    @cache
    def talla() -> int | None:
        libres = (cuadro.alto_libre(titulo, pie) for pie in pies)
        return cuadro.talla(list(zip(tablas, libres, strict=True)), alto_minimo)

    def dibujar(suya: Cuadro, pie: str) -> go.Figure:
        return cuadro.dibujar(suya, titulo, pie, alto_minimo, talla())

    laminas = []
    juntas = [replace(suya, hermanos=tablas) for suya in tablas]
    for n, (lugares, suya, pie) in enumerate(zip(paginas, juntas, pies, strict=True), 1):
        que = " · ".join(filter(None, (de or formato.nivel(seleccion.nivel, 2), dichos.parte_de(n, len(paginas)))))
        dichas = notas if isinstance(notas, str) else notas(lugares)
        figura = partial(dibujar, suya, pie)
        laminas.append(lamina(_numerar(clave, n, paginas), titulo, suya, figura, seleccion, suyo, que, dichas, pie))
    return laminas


def _clave(clave: str, seleccion: Seleccion) -> str:
    return f"{seleccion.dependencia}-{clave}" if seleccion.dependencia else clave


def _numerar(clave: str, n: int, paginas: Sequence) -> str:
    return f"{clave}-{n}" if len(paginas) > 1 else clave


def con_nota(*partes: str) -> str:
    """El pie con las notas que haya delante."""
    return " ".join(parte for parte in partes if parte)
