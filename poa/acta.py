"""El acta de una sesión, en DOCX: los acuerdos por dependencia y meta, con su cifra, su fuente impresa y las firmas."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from poa import acuerdos as apuntes
from poa import formato, tema
from poa.acuerdos import Acuerdo
from poa.consultas import consultar
from poa.mensajes import sesion as mensajes
from poa.seleccion import Seleccion

IDIOMA = "es-MX"
TITULO = "Acta de acuerdos"
_COMITE = "COPLADEMM · Comité de Planeación para el Desarrollo Municipal de Mexicali"
_LETRA = "Arial"
# título y ancho en cm; suman lo que mide la carta acostada entre márgenes
_COLUMNAS = (
    ("Compromiso", 6.1),
    ("Acuerdo", 8.0),
    ("Cifra al apuntarlo", 4.0),
    ("Dónde está impresa", 3.9),
    ("Apuntó", 2.9),
)
_FIRMAS = 4  # las que se dejan en blanco, aunque haya apuntado una sola persona


def componer(acuerdos: Sequence[Acuerdo], seleccion: Seleccion, hoy: date | None = None) -> bytes:
    """El DOCX del acta de unos acuerdos; los tachados no salen. Sin acuerdos, el acta lo dice.

    `seleccion` da el corte, las dependencias y los umbrales; `hoy`, la fecha del acta si no es la del equipo. Se abre
    en Word y en LibreOffice, en español de México, tamaño carta acostada.
    """
    valen = apuntes.en_orden([a for a in acuerdos if a.tachado is None], seleccion.dependencias)
    hoja = docx.Document()
    _preparar(hoja)
    hoja.add_paragraph(TITULO, style="Title")
    hoja.add_paragraph(_COMITE, style="Subtitle")
    acumulado = seleccion.con(periodo="acumulado")
    for rotulo, dicho in (
        ("Corte", formato.mayuscula(acumulado.cuando)),
        ("Fecha", formato.fecha(hoy or date.today())),
        ("Dependencias", formato.lista(_nombres(seleccion))),
        ("Umbrales", seleccion.umbrales),
    ):
        _dato(hoja.add_paragraph(), rotulo, dicho)
    hoja.add_paragraph(_limpio(f"{mensajes.contar_acuerdos(len(valen), seleccion.corte).rstrip('.')}."))
    for dependencia, suyos in groupby(valen, key=lambda a: a.dependencia):
        hoja.add_heading(_limpio(_nombre_completo(dependencia, seleccion)), 1)
        descripciones = _metas(seleccion, dependencia)
        for meta, de_meta in groupby(suyos, key=lambda a: a.meta_clave):
            descripcion = descripciones.get(meta)
            titulo = f"Meta {meta}" + (f". {formato.oracion(descripcion)}" if descripcion else "")
            hoja.add_heading(_limpio(titulo), 2)
            _tabla(hoja, list(de_meta), seleccion)
    _firmas(hoja, list(dict.fromkeys(a.iniciales for a in valen)))
    salida = io.BytesIO()
    hoja.save(salida)
    return salida.getvalue()


def _nombres(seleccion: Seleccion) -> list[str]:
    dependencias = [seleccion.dependencia] if seleccion.dependencia else seleccion.dependencias
    return [_nombre_completo(d, seleccion) for d in dependencias]


def _nombre_completo(dependencia: str | None, seleccion: Seleccion) -> str:
    return seleccion.con(dependencia=dependencia).nombre_completo


def _metas(seleccion: Seleccion, dependencia: str) -> dict[str, str]:
    """La descripción de cada meta de una dependencia en el corte."""
    filas = consultar("cumplimiento", corte=seleccion.corte, dependencia=dependencia, nivel="meta", periodo="acumulado")
    con_texto = filas[~filas["descripcion"].map(formato.es_blanco)]
    return dict(zip(con_texto["meta_clave"], con_texto["descripcion"], strict=True))


def _tabla(hoja: docx.document.Document, acuerdos: Sequence[Acuerdo], seleccion: Seleccion) -> None:
    tabla = hoja.add_table(rows=1, cols=len(_COLUMNAS), style="Table Grid")
    tabla.autofit = False
    tabla.alignment = WD_TABLE_ALIGNMENT.LEFT
    for celda, (titulo, _) in zip(tabla.rows[0].cells, _COLUMNAS, strict=True):
        _escribir(celda, titulo, negritas=True)
    _propiedad_de_renglon(tabla, 0, "w:tblHeader")
    for acuerdo in acuerdos:
        nombre = "La meta"  # lo que es ya lo dice el título de su tabla
        if acuerdo.nivel != "meta":
            nombre = "Acción " + formato.etiqueta_compromiso(vars(acuerdo) | {"clave": acuerdo.clave})
        unidad = formato.unidad(acuerdo.unidad_medida)
        cifra = mensajes.cifra_con_estado(vars(acuerdo)) + (f"\nUnidad: {unidad}" if unidad else "")
        celdas = tabla.add_row().cells
        textos = (nombre, acuerdo.texto, cifra, _fuente(acuerdo, seleccion), mensajes.de_quien(acuerdo))
        for celda, texto in zip(celdas, textos, strict=True):
            _escribir(celda, texto)
        _propiedad_de_renglon(tabla, -1, "w:cantSplit")
    for columna, (_, ancho) in zip(tabla.columns, _COLUMNAS, strict=True):
        columna.width = Cm(ancho)  # LibreOffice toma el de la columna y Word, el de cada celda
        for celda in columna.cells:
            celda.width = Cm(ancho)


def _fuente(acuerdo: Acuerdo, seleccion: Seleccion) -> str:
    """«POA 2025 de BISOM, informe del cuarto trimestre de 2025, página 15, renglón 894»."""
    partes = acuerdo.compromiso_id.split("/")
    informe = formato.corte(partes[1]) if len(partes) == 5 else "corte sin nombre"
    que = "informe del " if not informe.startswith("plan") else ""
    return (
        f"POA {acuerdo.plan.split('.')[0]} de {seleccion.nombre(acuerdo.dependencia)}, {que}{informe}, "
        f"página {formato.numero(acuerdo.pagina)}, renglón {formato.numero(acuerdo.renglon)}"
    )


def _firmas(hoja: docx.document.Document, iniciales: Sequence[str]) -> None:
    hoja.add_heading("Firmas", 1)
    quienes = [*(f"({i})" for i in iniciales), *[""] * max(0, _FIRMAS - len(iniciales))]
    quienes += [""] * (len(quienes) % 2)
    tabla = hoja.add_table(rows=0, cols=2)
    for izquierda, derecha in zip(quienes[::2], quienes[1::2], strict=True):
        celdas = tabla.add_row().cells
        _propiedad_de_renglon(tabla, -1, "w:cantSplit")
        for celda, quien in zip(celdas, (izquierda, derecha), strict=True):
            raya = celda.paragraphs[0]
            raya.paragraph_format.space_before = Pt(34)
            raya.add_run("_" * 44)
            _escribir(celda, f"Nombre, cargo y firma {quien}".strip(), otro=True)


# ---------------------------------------------------------------- la hoja


def _preparar(hoja: docx.document.Document) -> None:
    """Idioma, letra, tamaño carta acostada, títulos en tinta y el número de página al pie."""
    pagina = hoja.sections[0]
    pagina.orientation = WD_ORIENT.LANDSCAPE
    pagina.page_width, pagina.page_height = Cm(27.94), Cm(21.59)
    pagina.left_margin = pagina.right_margin = Cm(1.5)
    pagina.top_margin = pagina.bottom_margin = Cm(1.8)
    tinta = RGBColor.from_string(tema.TINTA.removeprefix("#"))
    for nombre, puntos in (("Normal", 10), ("Title", 22), ("Subtitle", 11), ("Heading 1", 15), ("Heading 2", 11)):
        estilo = hoja.styles[nombre]
        estilo.font.name, estilo.font.size, estilo.font.color.rgb = _LETRA, Pt(puntos), tinta
        estilo.font.italic = False
        letras = estilo.element.get_or_add_rPr().get_or_add_rFonts()
        for tipo in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            letras.attrib.pop(qn(f"w:{tipo}"), None)
        letras.set(qn("w:eastAsia"), _LETRA)
    hoja.styles["Normal"].paragraph_format.space_after = Pt(4)
    hoja.styles["Heading 2"].paragraph_format.space_after = Pt(4)
    for raya in list(hoja.styles["Title"].element.iter(qn("w:pBdr"))):
        raya.getparent().remove(raya)
    for idioma in hoja.styles.element.iter(qn("w:lang")):
        idioma.set(qn("w:val"), IDIOMA)
        idioma.set(qn("w:eastAsia"), IDIOMA)
    hoja.core_properties.title = TITULO
    hoja.core_properties.language = IDIOMA
    hoja.core_properties.author = "COPLADEMM"
    hoja.core_properties.comments = ""
    pie = pagina.footer.paragraphs[0]
    pie.add_run("Página ")
    _campo(pie, "PAGE")
    pie.add_run(" de ")
    _campo(pie, "NUMPAGES")


def _campo(parrafo: Paragraph, cual: str) -> None:
    campo = OxmlElement("w:fldSimple")
    campo.set(qn("w:instr"), cual)
    parrafo._p.append(campo)


def _propiedad_de_renglon(tabla: Table, renglon: int, cual: str) -> None:
    """Que un renglón se repita en cada hoja (w:tblHeader) o que no se parta entre dos (w:cantSplit)."""
    tabla.rows[renglon]._tr.get_or_add_trPr().append(OxmlElement(cual))


def _escribir(celda: _Cell, texto: str, negritas: bool = False, otro: bool = False) -> None:
    parrafo = celda.add_paragraph() if otro else celda.paragraphs[0]
    parrafo.add_run(_limpio(texto)).bold = negritas


def _dato(parrafo: Paragraph, rotulo: str, dicho: str) -> None:
    parrafo.add_run(f"{rotulo}: ").bold = True
    parrafo.add_run(_limpio(dicho))


def _limpio(texto: str) -> str:
    """Sin los caracteres de control que un XML no admite; los documentos traen alguno."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", texto)
