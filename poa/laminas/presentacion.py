"""La presentación en PPTX: láminas de 16:9 con gráficas y tablas nativas, que se editan; no pide navegador."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Documento
from pptx.shapes.shapetree import GroupShapes, SlideShapes
from pptx.slide import Slide
from pptx.util import Pt

from poa import formato, tema
from poa.laminas import presentacion_base as base
from poa.laminas import presentacion_cifras as cifras
from poa.laminas import presentacion_cuadros as cuadros
from poa.laminas import presentacion_graficas as graficas
from poa.laminas import presentacion_textos as textos
from poa.laminas.lamina import Barras, Cuadro, Cuerpo, Lamina, Lista, Portada
from poa.laminas.presentacion_textos import MARGEN, UTIL, Caja
from poa.mensajes import sesion_laminas as dichos

ASUNTO = "Seguimiento del Programa Operativo Anual de Mexicali"
SIN_CIFRAS = "No hay cifras que graficar en esta selección."
SIN_RENGLONES = "No hay renglones que mostrar en esta selección."
_TITULOS = (base.TITULO, 26.0, 24.0, 22.0, 20.0)
# La marca del tablero, de 48 puntos: un cuadro de tinta y tres barras
_MARCA = [(Caja(MARGEN, 29, 48, 48), tema.TINTA)] + [
    (Caja(MARGEN + 1.5 * x, 29 + 1.5 * y, 7.5, 1.5 * alto), tema.PAPEL)
    for x, y, alto in ((7, 15, 10), (13.5, 7, 18), (20, 19, 6))
]
_PORTADA = (44.0, 40.0, 36.0, 32.0, 28.0, 24.0)
_LISTA = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0)
_SUBTITULO = 16.0
_RENGLONES_PIE = 4
_SANGRIA = 24.0
_ENTRE_PUNTOS = 0.45  # de un punto al siguiente, en letras
_ENTRE_CUERPOS = 14.0
_LETRAS_DESCRIPCION = 1500
_NUMERADO = re.compile(r"(\d+(\.\d+)*|[a-zñ]|[IVXLC]+)[.)]\s")


class Presentacion:
    """Una presentación que se llena lámina por lámina; `titulo` y `asunto` son los de sus propiedades."""

    def __init__(self, titulo: str, asunto: str = ASUNTO) -> None:
        self._documento = base.en_blanco(titulo, asunto)

    def agregar(self, lamina: Lamina) -> None:
        """Agrega una lámina al final; si algo falla no queda a medias y el error sigue su camino.

        Un cuadro que pide letra menor que la que se lee de lejos va en varias, cada una con su número. Lo demás que no
        cabe se recorta con «…» y va completo en las notas.
        """
        hechas = len(self._documento.slides)
        try:
            for una in _repartida(lamina):
                _agregar(self._documento, una)
        except Exception:
            base.dejar(self._documento, hechas)
            raise

    def bytes(self) -> bytes:
        """El archivo PPTX con las láminas agregadas hasta ahora."""
        base.traducir_notas(self._documento)
        archivo = BytesIO()
        self._documento.save(archivo)
        return archivo.getvalue()


def componer(laminas: Iterable[Lamina], titulo: str, asunto: str = ASUNTO) -> bytes:
    """La presentación como archivo PPTX: una lámina por cada una de las dadas, en su orden."""
    presentacion = Presentacion(titulo, asunto)
    for lamina in laminas:
        presentacion.agregar(lamina)
    return presentacion.bytes()


def _agregar(documento: Documento, lamina: Lamina) -> None:
    es_portada = isinstance(lamina.cuerpo, Portada)
    diapositiva = documento.slides.add_slide(documento.slide_layouts[base.PORTADA if es_portada else base.SOLO_TITULO])
    if isinstance(lamina.cuerpo, Portada):
        completos = _portada(diapositiva, lamina, lamina.cuerpo)
    else:
        completos = _encabezado(diapositiva, lamina)
        completos += _cuerpos(diapositiva, lamina, _lugar(lamina))
    _pie(diapositiva, lamina, 0 if es_portada else len(documento.slides))
    _notas(diapositiva, lamina, completos)


def _repartida(lamina: Lamina) -> list[Lamina]:
    """La lámina o, si su cuadro no cabe con letra que se lea de lejos, las que pida."""
    cuadro = lamina.cuerpo
    if not isinstance(cuadro, Cuadro) or lamina.segundo is not None:
        return [lamina]
    lugar = _lugar(lamina)
    if len(cuadros.repartir(cuadro, lugar)) > 1 and not lamina.subtitulo:  # su número le va a quitar un renglón
        lugar = _lugar(replace(lamina, subtitulo=dichos.parte_de(1, 2)))
    partes = {id(suyo): cuadros.repartir(suyo, lugar) for suyo in (cuadro, *cuadro.hermanos)}
    hermanos = [parte for suyo in cuadro.hermanos or [cuadro] for parte in partes[id(suyo)]]
    propias = [replace(parte, hermanos=hermanos) for parte in partes[id(cuadro)]]
    if len(propias) < 2:
        return [replace(lamina, cuerpo=propias[0])]
    numeradas = [
        f"parte {n} de {len(propias)}" if len(cuadro.hermanos) > 1 else dichos.parte_de(n, len(propias))
        for n in range(1, len(propias) + 1)
    ]
    return [
        replace(lamina, cuerpo=parte, subtitulo=" · ".join(filter(None, (lamina.subtitulo, cual))))
        for parte, cual in zip(propias, numeradas, strict=True)
    ]


def _cajas(lamina: Lamina) -> tuple[float, str, Caja, Caja]:
    """La letra del mensaje, lo que se escribe de él, su lugar y el de los filtros."""
    letra, escrito = textos.a_la_medida(lamina.titulo, UTIL, _TITULOS, 2)
    renglones = len(textos.partir(escrito, UTIL, letra))
    caja = Caja(MARGEN, 22, UTIL, textos.alto(renglones, letra) + 4)
    return letra, escrito, caja, Caja(MARGEN, caja.abajo + 4, UTIL, textos.alto(1, _SUBTITULO) + 4)


def _lugar(lamina: Lamina) -> Caja:
    """El lugar que queda para el cuerpo, entre los filtros y el pie."""
    _, _, del_titulo, del_subtitulo = _cajas(lamina)
    arriba = (del_subtitulo.abajo if _subtitulo(lamina) else del_subtitulo.y) + 12
    return Caja(MARGEN, arriba, UTIL, _dicho_al_pie(lamina)[1].y - 8 - arriba)


def _encabezado(diapositiva: Slide, lamina: Lamina) -> list[str]:
    """El mensaje y los filtros; salen, si no cupieron, completos."""
    letra, escrito, caja, del_subtitulo = _cajas(lamina)
    _titulo(diapositiva, escrito, caja, letra, MSO_ANCHOR.TOP)
    completos = [lamina.titulo] if escrito != textos.limpiar(lamina.titulo) else []
    if subtitulo := _subtitulo(lamina):
        corto = textos.recortar(subtitulo, UTIL, _SUBTITULO, 1)
        _texto(diapositiva, "Subtítulo", corto, del_subtitulo, _SUBTITULO, tema.GRIS)
        completos += [subtitulo] if corto != subtitulo else []
    return completos


def _subtitulo(lamina: Lamina) -> str:
    """Los filtros y, si hay gráfica, en qué van sus cifras."""
    unidad = next((c.unidad for c in _partes(lamina) if isinstance(c, Barras) and c.unidad), "")
    cifras = f"Cifras en {unidad}" if unidad and unidad not in lamina.subtitulo else ""
    return textos.en_un_renglon(" · ".join(parte for parte in (lamina.subtitulo, cifras) if parte))


def _partes(lamina: Lamina) -> list[Cuerpo]:
    return [cuerpo for cuerpo in (lamina.cuerpo, lamina.segundo) if cuerpo is not None]


def _titulo(diapositiva: Slide, texto: str, caja: Caja, letra: float, ancla: MSO_ANCHOR) -> None:
    """El mensaje en el lugar de título del diseño: de ahí lo toman el esquema y los lectores de pantalla."""
    forma = diapositiva.shapes.title
    forma.left, forma.top, forma.width, forma.height = caja.en_emu()
    textos.nombrar(forma, "Título")
    textos.escribir(textos.preparar(forma.text_frame, ancla=ancla).paragraphs[0], texto, letra)


def _texto(diapositiva: Slide, nombre: str, texto: str, caja: Caja, letra: float, color: str = tema.TINTA) -> None:
    forma = diapositiva.shapes.add_textbox(*caja.en_emu())
    textos.nombrar(forma, nombre)
    textos.escribir(textos.preparar(forma.text_frame).paragraphs[0], texto, letra, color)


def _portada(diapositiva: Slide, lamina: Lamina, portada: Portada) -> list[str]:
    """El primer renglón, de título; los demás, debajo de un filete; arriba, la marca, como en el PNG."""
    primero, *otros = portada.renglones or (lamina.titulo,)
    titulo, subtitulo = base.CAJAS["ctrTitle"], base.CAJAS["subTitle"]
    letra, escrito = textos.a_la_medida(primero, titulo.ancho, _PORTADA, 3)
    alto = textos.alto(len(textos.partir(escrito, titulo.ancho, letra)), letra) + 4
    caja = Caja(titulo.x, titulo.abajo - alto, titulo.ancho, alto)
    _titulo(diapositiva, escrito, caja, letra, MSO_ANCHOR.BOTTOM)
    completos = [primero] if escrito != textos.limpiar(primero) else []
    lugar = next(forma for forma in diapositiva.placeholders if forma.placeholder_format.idx == 1)
    if otros:
        completos += _renglones(lugar, otros, subtitulo)
        _pintar(diapositiva.shapes, Caja(titulo.x, titulo.abajo + 7, 86, 3.6), tema.TINTA, "Filete")
    else:
        lugar._element.getparent().remove(lugar._element)
    marca = diapositiva.shapes.add_group_shape()
    for caja, color in _MARCA:
        _pintar(marca.shapes, caja, color, "Marca")
    textos.nombrar(marca, "Marca", "Marca, de adorno")
    return completos


def _pintar(formas: SlideShapes | GroupShapes, caja: Caja, color: str, nombre: str) -> None:
    """Un rectángulo de adorno, sin orilla."""
    forma = formas.add_shape(MSO_SHAPE.RECTANGLE, *caja.en_emu())
    forma.fill.solid()
    forma.fill.fore_color.rgb = RGBColor.from_string(color.lstrip("#"))
    forma.line.fill.background()
    textos.nombrar(forma, nombre, f"{nombre}, de adorno")


def _renglones(lugar, otros: Sequence[str], caja: Caja) -> list[str]:
    """Los renglones de la portada después del primero, cada uno un párrafo."""
    lugar.left, lugar.top, lugar.width, lugar.height = caja.en_emu()
    textos.nombrar(lugar, "Subtítulo")
    marco = textos.preparar(lugar.text_frame)
    letra = 24.0
    while letra > 14 and sum(_alto_punto(t, caja.ancho, letra) for t in otros) > caja.alto:
        letra -= 2
    caben = max(textos.repartir([_alto_punto(t, caja.ancho, letra) for t in otros], caja.alto), 1)
    for numero, texto in enumerate(otros[:caben]):
        parrafo = marco.paragraphs[0] if not numero else marco.add_paragraph()
        _sin_vineta(parrafo)
        parrafo.space_before = Pt(letra * _ENTRE_PUNTOS if numero else 0)
        textos.escribir(parrafo, texto, letra, tema.TINTA if not numero else tema.GRIS)
    return list(otros[caben:])


def _alto_punto(texto: str, ancho: float, letra: float) -> float:
    return textos.alto(len(textos.partir(texto, ancho, letra)), letra) + letra * _ENTRE_PUNTOS


def _cuerpos(diapositiva: Slide, lamina: Lamina, lugar: Caja) -> list[str]:
    """El cuerpo y, si lo hay, el segundo debajo; sale lo que no fue completo."""
    if lamina.segundo is None:
        return _cuerpo(diapositiva, lamina, lamina.cuerpo, lugar)[1]
    arriba = Caja(lugar.x, lugar.y, lugar.ancho, lugar.alto * 0.5 - _ENTRE_CUERPOS)
    alto, completos = _cuerpo(diapositiva, lamina, lamina.cuerpo, arriba)
    y = arriba.y + alto + _ENTRE_CUERPOS
    abajo = Caja(lugar.x, y, lugar.ancho, lugar.abajo - y)
    return completos + _cuerpo(diapositiva, lamina, lamina.segundo, abajo)[1]


def _cuerpo(diapositiva: Slide, lamina: Lamina, cuerpo: Cuerpo, caja: Caja) -> tuple[float, list[str]]:
    """Escribe un cuerpo en su caja; sale el alto que ocupó y lo que no fue completo."""
    if isinstance(cuerpo, Portada):
        cuerpo = Lista([(0, renglon) for renglon in cuerpo.renglones])
    if isinstance(cuerpo, Lista):
        return _lista(diapositiva, cuerpo, caja, con_vinetas=len(cuerpo.puntos) > 1 and lamina.segundo is None)
    if isinstance(cuerpo, Cuadro):
        if not cuerpo.renglones:
            return _lista(diapositiva, Lista([(0, SIN_RENGLONES)]), caja)
        return cuadros.poner(diapositiva, cuerpo, caja, _describir_cuadro(lamina, cuerpo))
    if not graficas.tiene_cifras(cuerpo):
        return _lista(diapositiva, Lista([(0, SIN_CIFRAS)]), caja)
    return caja.alto, graficas.poner(diapositiva, cuerpo, caja, _describir_barras(lamina, cuerpo))


def _lista(diapositiva: Slide, lista: Lista, caja: Caja, con_vinetas: bool = False) -> tuple[float, list[str]]:
    """Los puntos con su sangría, con la letra más grande que cabe; los que ni con la menor, a las notas."""
    puntos, sin = list(lista.puntos), 0 if con_vinetas else _SANGRIA
    for letra in _LISTA:
        altos = [_alto_punto(texto, caja.ancho - _margen(sangria) + sin, letra) for sangria, texto in puntos]
        if sum(altos) <= caja.alto:
            break
    fuera: list[str] = []
    if sum(altos) > caja.alto:
        caben = textos.repartir(altos, caja.alto - textos.alto(1, letra) * (1 + _ENTRE_PUNTOS))
        fuera = [texto for _, texto in puntos[caben:]]
        puntos = [*puntos[:caben], (0, f"y {formato.numero(len(fuera))} más, en las notas")]
        altos = [_alto_punto(texto, caja.ancho - _margen(sangria) + sin, letra) for sangria, texto in puntos]
    alto = sum(altos)
    forma = diapositiva.shapes.add_textbox(*Caja(caja.x, caja.y, caja.ancho, alto).en_emu())
    textos.nombrar(forma, "Lista")
    marco = textos.preparar(forma.text_frame)
    for numero, (sangria, texto) in enumerate(puntos):
        parrafo = marco.paragraphs[0] if not numero else marco.add_paragraph()
        parrafo.space_after = Pt(letra * _ENTRE_PUNTOS)
        if con_vinetas:
            _vineta(parrafo, sangria, con_punto=not _NUMERADO.match(texto))
        else:
            _sin_vineta(parrafo)
        textos.escribir(parrafo, texto, letra, tema.GRIS if sangria else tema.TINTA)
    return alto, fuera


def _margen(sangria: int) -> float:
    return _SANGRIA * (min(sangria, 4) + 1)


def _vineta(parrafo, sangria: int, con_punto: bool) -> None:
    propiedades = parrafo._p.get_or_add_pPr()
    propiedades.set("marL", str(Pt(_margen(sangria))))
    propiedades.set("indent", str(-Pt(_SANGRIA)))
    propiedades.set("lvl", str(min(sangria, 4)))
    signo = f'<a:buChar {nsdecls("a")} char="{"–" if sangria else "•"}"/>'
    propiedades.append(parse_xml(signo if con_punto else f"<a:buNone {nsdecls('a')}/>"))


def _sin_vineta(parrafo) -> None:
    propiedades = parrafo._p.get_or_add_pPr()
    propiedades.set("marL", "0")
    propiedades.set("indent", "0")
    propiedades.append(parse_xml(f"<a:buNone {nsdecls('a')}/>"))


def _pie(diapositiva: Slide, lamina: Lamina, numero: int) -> None:
    """La fuente, el corte, los umbrales y el código; a la derecha, el número de la lámina si no es 0."""
    escrito, caja = _dicho_al_pie(lamina)
    if escrito:
        marco = _del_diseno(diapositiva, "ftr", 11, "Pie", caja)
        textos.escribir(marco.paragraphs[0], escrito, base.NOTA, tema.GRIS)
    if numero:
        parrafo = _del_diseno(diapositiva, "sldNum", 12, "Número de lámina", base.NUMERO).paragraphs[0]
        textos.escribir(parrafo, str(numero), base.NOTA, tema.GRIS, lado="derecha")
        _volver_campo(parrafo)


def _dicho_al_pie(lamina: Lamina) -> tuple[str, Caja]:
    """El pie y su lugar, que crece hacia arriba; si ni así cabe se recorta, pero el código va completo."""
    codigo = f"Vista:{formato.ESPACIO}{textos.en_un_renglon(lamina.codigo)}" if lamina.codigo else ""
    pie = " · ".join(parte for parte in (textos.en_un_renglon(lamina.pie), codigo) if parte)
    if len(textos.partir(pie, base.PIE.ancho, base.NOTA)) > _RENGLONES_PIE:
        queda = _RENGLONES_PIE * base.PIE.ancho - textos.medir(f" · {codigo}", base.NOTA) * 1.2
        pie = f"{textos.recortar(lamina.pie, queda, base.NOTA, 1)} · {codigo}".removesuffix(" · ")
    alto = max(base.PIE.alto, textos.alto(len(textos.partir(pie, base.PIE.ancho, base.NOTA)), base.NOTA) + 2)
    return pie, replace(base.PIE, y=base.PIE.abajo - alto, alto=alto)


def _del_diseno(diapositiva: Slide, tipo: str, indice: int, nombre: str, caja: Caja):
    """Un lugar del diseño (el pie, el número) puesto en la lámina, que python-pptx no copia solo."""
    forma = diapositiva.shapes.add_textbox(*caja.en_emu())
    no_visibles = forma._element.nvSpPr
    no_visibles.cNvSpPr.attrib.pop("txBox", None)
    no_visibles.nvPr.append(parse_xml(f'<p:ph {nsdecls("p")} type="{tipo}" sz="quarter" idx="{indice}"/>'))
    textos.nombrar(forma, nombre)
    return textos.preparar(forma.text_frame, ancla=MSO_ANCHOR.BOTTOM)


def _volver_campo(parrafo) -> None:
    """El número escrito pasa a ser el campo que cambia si la lámina se mueve."""
    tramo = parrafo._p.find(qn("a:r"))
    campo = parse_xml(f'<a:fld {nsdecls("a")} id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum"/>')
    tramo.addprevious(campo)
    campo.extend(list(tramo))
    parrafo._p.remove(tramo)


def _notas(diapositiva: Slide, lamina: Lamina, completos: Sequence[str]) -> None:
    """Lo que lee quien expone: el párrafo y las fuentes, y completo lo que en la lámina se recortó."""
    partes = [lamina.notas or lamina.titulo]
    if completos:
        partes += ["Completo:", *completos]
    if lamina.pie:
        partes.append(lamina.pie)
    if lamina.codigo:
        partes.append(f"Vista: {lamina.codigo}")
    base.traducir(diapositiva.notes_slide._element)
    marco = diapositiva.notes_slide.notes_text_frame
    for numero, parrafo in enumerate("\n".join(textos.limpiar(parte) for parte in partes).split("\n")):
        textos.escribir(marco.paragraphs[0] if not numero else marco.add_paragraph(), parrafo, base.NOTA)


def _describir_barras(lamina: Lamina, barras: Barras) -> str:
    """El texto alternativo de una gráfica: el mensaje y sus cifras, serie por serie."""
    series = [
        f"{nombre}: "
        + ", ".join(
            f"{categoria} {'sin dato' if formato.es_blanco(valor) else cifras.escrita(valor, barras, nombre)}"
            for categoria, valor in zip(map(textos.en_un_renglon, barras.categorias), valores, strict=True)
            if not (barras.es_una_por_categoria and formato.es_blanco(valor))
        )
        for nombre, valores in barras.series.items()
    ]
    return _describir(
        lamina, f"Gráfica de barras, en {barras.unidad}" if barras.unidad else "Gráfica de barras", series
    )


def _describir_cuadro(lamina: Lamina, cuadro: Cuadro) -> str:
    """El texto alternativo de una tabla: el mensaje, sus columnas y lo que dice cada renglón."""
    titulos = [" ".join(parte for parte in (c.grupo, c.titulo) if parte) for c in cuadro.columnas]
    cuantos = formato.plural(len(cuadro.renglones), "renglón", "renglones")
    renglones = [", ".join(celda.rstrip(" .") for celda in fila if celda.strip()) for fila in cuadro.renglones]
    return _describir(lamina, f"Cuadro de {cuantos} con {formato.lista(titulos)}", [r for r in renglones if r])


def _describir(lamina: Lamina, que: str, partes: Sequence[str]) -> str:
    frases = (lamina.titulo, que, "; ".join(partes))
    dicho = " ".join(f if f.endswith("…") else f"{f.rstrip(' .')}." for f in frases if f)
    return formato.recortar(dicho, _LETRAS_DESCRIPCION)
