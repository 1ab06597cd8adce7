"""La presentación en blanco: 16:9, en español, con las letras y los colores del tablero.

Parte de la que trae python-pptx (4:3, en inglés) y deja solo lo que se usa: dos diseños, Portada y Solo título.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Documento
from pptx.util import Pt

from poa import tema
from poa.laminas.presentacion_textos import ALTO, ANCHO, IDIOMA, MARGEN, UTIL, Caja, en_un_renglon

AUTOR = "Tablero POA Mexicali"
LETRA = "Arial"
PORTADA, SOLO_TITULO = 0, 1  # los diseños que quedan

TITULO = 28.0
NOTA = 12.0
_ANCHO_NUMERO = 50.0
PIE = Caja(MARGEN, ALTO - 48, UTIL - _ANCHO_NUMERO, 32)
NUMERO = Caja(PIE.x + PIE.ancho, PIE.y, _ANCHO_NUMERO, PIE.alto)
_DISENOS = {"Title Slide": "Portada", "Title Only": "Solo título"}
CAJAS = {
    "title": Caja(MARGEN, 22, UTIL, 70),
    "body": Caja(MARGEN, 130, UTIL, 350),
    "dt": Caja(MARGEN, ALTO - 14, 60, 14),
    "ftr": PIE,
    "sldNum": NUMERO,
    "ctrTitle": Caja(MARGEN, 110, ANCHO - 192, 150),
    "subTitle": Caja(MARGEN, 284, ANCHO - 192, 186),
}
_NOMBRES = {
    "title": "Título",
    "ctrTitle": "Título",
    "subTitle": "Subtítulo",
    "body": "Texto",
    "dt": "Fecha",
    "ftr": "Pie",
    "sldNum": "Número de lámina",
    "hdr": "Encabezado",
    "sldImg": "Imagen de la lámina",
}
_FRASES = {
    "Click to edit Master title style": "Título de la lámina",
    "Click to edit Master subtitle style": "Subtítulo",
    "Click to edit Master text styles": "Texto",
    "Second level": "Segundo nivel",
    "Third level": "Tercer nivel",
    "Fourth level": "Cuarto nivel",
    "Fifth level": "Quinto nivel",
}
_COLORES = {
    "dk1": tema.TINTA,
    "lt1": tema.PAPEL,
    "dk2": tema.GRIS,
    "lt2": tema.FONDO,
    "accent1": tema.TINTA,
    "accent2": tema.ESTADOS["Cumple"].color,
    "accent3": tema.ESTADOS["En riesgo"].color,
    "accent4": tema.ESTADOS["Crítico"].color,
    "accent5": tema.ESTADOS["Sobrecumple"].color,
    "accent6": tema.ESTADOS["Meta subestimada"].color,
    "hlink": tema.GRIS,
    "folHlink": tema.GRIS,
}


def en_blanco(titulo: str, asunto: str) -> Documento:
    """Una presentación sin láminas, con sus propiedades puestas."""
    documento = Presentation()
    documento.slide_width, documento.slide_height = Pt(ANCHO), Pt(ALTO)
    documento.part._element.find(qn("p:sldSz")).attrib.pop("type", None)  # decía 4:3
    _quitar_lo_que_sobra(documento)
    maestro = documento.slide_master
    for hoja in (maestro, *documento.slide_layouts):
        traducir(hoja._element)
        for forma in hoja.placeholders:
            for nivel in forma._element.iter(*(qn(f"a:lvl{n}pPr") for n in range(1, 10))):
                nivel.set("algn", "r" if _clase(forma) == "sldNum" else "l")
            caja = CAJAS.get(_clase(forma))
            if caja and (hoja is maestro or _clase(forma) in ("ctrTitle", "subTitle")):
                forma.left, forma.top, forma.width, forma.height = caja.en_emu()
    for diseno in documento.slide_layouts:
        diseno._element.cSld.set("name", _DISENOS[diseno.name])
    _letras_del_maestro(maestro._element)
    _vestir(maestro.part)
    traducir(documento.part._element)
    _propiedades(documento, titulo, asunto)
    return documento


def dejar(documento: Documento, cuantas: int) -> None:
    """Quita las láminas que haya después de las primeras `cuantas`, con sus gráficas y notas."""
    lista = documento.slides._sldIdLst
    for sobra in list(lista)[cuantas:]:
        documento.part.drop_rel(sobra.rId)
        lista.remove(sobra)


def traducir_notas(documento: Documento) -> None:
    """Deja en español y con los mismos colores lo que python-pptx agregó al escribir las notas."""
    if any(relacion.reltype == RT.NOTES_MASTER for relacion in documento.part.rels.values()):
        maestro = documento.notes_master
        traducir(maestro._element)
        _vestir(maestro.part)


def _quitar_lo_que_sobra(documento: Documento) -> None:
    """Los otros diseños, la miniatura, la impresora y las propiedades de otro programa."""
    for diseno in list(documento.slide_layouts):
        if diseno.name not in _DISENOS:
            documento.slide_layouts.remove(diseno)
    for partes, sobran in (
        (documento.part, (RT.PRINTER_SETTINGS,)),
        (documento.part.package, (RT.THUMBNAIL, RT.EXTENDED_PROPERTIES)),
    ):
        relaciones = partes.rels if hasattr(partes, "rels") else partes._rels
        for clave in [clave for clave, relacion in relaciones.items() if relacion.reltype in sobran]:
            relaciones.pop(clave)


def _clase(forma: Any) -> str:
    """Qué lugar del diseño es: 'title', 'ftr', 'sldNum'…"""
    return forma._element.find(f".//{qn('p:ph')}").get("type", "body")


def traducir(elemento: Any) -> None:
    """Los letreros y nombres que trae la plantilla, en español, y el idioma del corrector."""
    for texto in elemento.iter(qn("a:t")):
        texto.text = _FRASES.get(texto.text, texto.text)
    for forma in elemento.iter(qn("p:sp")):
        lugar = forma.find(f".//{qn('p:ph')}")
        if lugar is not None:
            next(forma.iter(qn("p:cNvPr"))).set("name", _NOMBRES[lugar.get("type", "body")])
    for propiedades in elemento.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
        if propiedades.get("lang"):
            propiedades.set("lang", IDIOMA)
            propiedades.attrib.pop("smtClean", None)


def _letras_del_maestro(elemento: Any) -> None:
    """El título, a la izquierda y de su tamaño; el texto, del suyo."""
    estilos = elemento.find(qn("p:txStyles"))
    primero = estilos.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    primero.set("algn", "l")
    primero.find(qn("a:defRPr")).set("sz", str(round(TITULO * 100)))
    for nivel, puntos in enumerate((24, 20, 18, 16, 16), start=1):
        estilos.find(f"{qn('p:bodyStyle')}/{qn(f'a:lvl{nivel}pPr')}/{qn('a:defRPr')}").set("sz", str(puntos * 100))


def _vestir(parte: Any) -> None:
    """El tema de un maestro: nombres en español, la letra y los colores del tablero."""
    hoja = next(relacion.target_part for relacion in parte.rels.values() if relacion.reltype == RT.THEME)
    raiz = etree.fromstring(hoja.blob)
    raiz.set("name", AUTOR)
    for nodo in raiz.iter(qn("a:clrScheme"), qn("a:fontScheme"), qn("a:fmtScheme")):
        nodo.set("name", AUTOR)
    for nombre, color in _COLORES.items():
        lugar = next(raiz.iter(qn(f"a:{nombre}")))
        for viejo in list(lugar):
            lugar.remove(viejo)
        etree.SubElement(lugar, qn("a:srgbClr")).set("val", color.lstrip("#"))
    for fuente in raiz.iter(qn("a:majorFont"), qn("a:minorFont")):
        fuente.find(qn("a:latin")).set("typeface", LETRA)
    hoja._blob = etree.tostring(raiz, xml_declaration=True, encoding="UTF-8", standalone=True)


def _propiedades(documento: Documento, titulo: str, asunto: str) -> None:
    ahora = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    propiedades = documento.core_properties
    propiedades.title, propiedades.subject = (en_un_renglon(t)[:255] for t in (titulo, asunto))
    propiedades.author = propiedades.last_modified_by = AUTOR
    propiedades.language = IDIOMA
    propiedades.keywords = "POA, Mexicali, COPLADEMM"
    propiedades.created = propiedades.modified = ahora
    propiedades.revision = 1
