"""El acta de una sesión, en DOCX: sus acuerdos por dependencia y meta, con su cifra y de dónde sale; qué se movió desde
los de cortes anteriores; y las firmas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from itertools import groupby

import docx
import pandas as pd
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
from poa.mensajes import acuerdos as mensajes
from poa.mensajes import sesion
from poa.mensajes.acuerdos import Previo
from poa.seleccion import Seleccion

IDIOMA = "es-MX"
TITULO = "Acta de acuerdos"
ACUERDOS, SEGUIMIENTO = "Acuerdos de esta sesión", "Seguimiento de los acuerdos de cortes anteriores"
_COMITE = "COPLADEMM · Comité de Planeación para el Desarrollo Municipal de Mexicali"
_LETRA = "Arial"
# título y ancho en cm; suman lo que mide la carta acostada entre márgenes
_COLUMNAS = (
    ("Compromiso", 6.1),
    ("Acuerdo", 7.4),
    ("Cifra al apuntarlo", 4.0),
    ("De dónde sale", 4.7),
    ("Apuntó", 2.7),
)
_DE_ANTES = (("Compromiso", 5.4), ("Acuerdo", 6.6), ("Cifra al apuntarlo", 5.3), ("Qué se movió", 7.6))
_PUNTOS = {"Normal": 10, "Title": 22, "Subtitle": 11, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
_FIRMAS = 4  # las que se dejan en blanco, aunque haya apuntado una sola persona


def componer(
    acuerdos: Sequence[Acuerdo],
    previos: Sequence[Previo],
    filas: pd.DataFrame,
    seleccion: Seleccion,
    hoy: date | None = None,
) -> bytes:
    """El DOCX del acta de unos acuerdos y del seguimiento de los de antes; los tachados no salen.

    `filas`: una por compromiso del corte; `seleccion` da el corte y los umbrales; `hoy`, la fecha del acta si no es
    la del equipo. Sin acuerdos, el acta lo dice. Se abre en Word y en LibreOffice, en español de México, tamaño carta
    acostada.
    """
    quienes = sesion.orden_impreso(filas)
    valen = apuntes.en_orden((a for a in acuerdos if a.tachado is None), quienes)
    hoja = docx.Document()
    _preparar(hoja)
    hoja.add_paragraph(TITULO, style="Title")
    hoja.add_paragraph(_COMITE, style="Subtitle")
    acumulado = seleccion.con(periodo="acumulado")
    for rotulo, dicho in (
        ("Corte", formato.mayuscula(acumulado.cuando)),
        ("Fecha", formato.fecha(hoy or date.today())),
        ("Dependencias", formato.lista(_nombre_completo(d, seleccion) for d in quienes)),
        ("Umbrales", seleccion.umbrales),
    ):
        _dato(hoja.add_paragraph(), rotulo, dicho)
    hoja.add_heading(ACUERDOS, 1)
    cuantos = mensajes.contar_acuerdos(len(valen), seleccion.corte).rstrip(".")
    hoja.add_paragraph(formato.admisible(f"{cuantos}.")).paragraph_format.keep_with_next = bool(valen)
    _de_la_sesion(hoja, valen, filas, seleccion)
    hoja.add_heading(SEGUIMIENTO, 1)
    hoja.add_paragraph(mensajes.contar_previos(len(previos))).paragraph_format.keep_with_next = bool(previos)
    for dependencia, suyos in groupby(previos, key=lambda p: p.acuerdo.dependencia):
        hoja.add_heading(formato.admisible(_nombre_completo(dependencia, seleccion)), 2)
        _tabla(hoja, _DE_ANTES, [_de_antes(p, seleccion) for p in suyos])
    _firmas(hoja, list(dict.fromkeys(a.iniciales for a in valen)))
    salida = io.BytesIO()
    hoja.save(salida)
    return salida.getvalue()


def _nombre_completo(dependencia: str | None, seleccion: Seleccion) -> str:
    return seleccion.con(dependencia=dependencia).nombre_completo


def _de_la_sesion(
    hoja: docx.document.Document, acuerdos: Sequence[Acuerdo], filas: pd.DataFrame, seleccion: Seleccion
) -> None:
    """Una tabla por meta, bajo el nombre de su dependencia."""
    for dependencia, suyos in groupby(acuerdos, key=lambda a: a.dependencia):
        hoja.add_heading(formato.admisible(_nombre_completo(dependencia, seleccion)), 2)
        metas = filas[(filas["dependencia"] == dependencia) & (filas["nivel"] == "meta")]
        descripciones = dict(zip(metas["meta_clave"], metas["descripcion"], strict=True))
        for meta, de_meta in groupby(suyos, key=lambda a: a.meta_clave):
            descripcion = formato.oracion(descripciones.get(meta), "")
            titulo = f"Meta {meta}" + (f". {descripcion}" if descripcion else "")
            hoja.add_heading(formato.admisible(titulo), 3)
            _tabla(hoja, _COLUMNAS, [_de_ahora(a, seleccion) for a in de_meta])


def _de_ahora(acuerdo: Acuerdo, seleccion: Seleccion) -> list[str]:
    nombre = "La meta" if acuerdo.nivel == "meta" else _nombre(acuerdo)  # cuál es ya lo dice el título de su tabla
    return [nombre, acuerdo.texto, _cifra(acuerdo), _fuente(acuerdo, seleccion), mensajes.de_quien(acuerdo)]


def _de_antes(previo: Previo, seleccion: Seleccion) -> list[str]:
    acuerdo = previo.acuerdo
    texto = f"{acuerdo.texto}\n({mensajes.de_quien(acuerdo)})"
    cuando = formato.mayuscula(formato.corte(acuerdo.corte))
    cifra = f"{cuando}\n{_cifra(acuerdo)}\n{_fuente(acuerdo, seleccion)}"
    return [_nombre(acuerdo), texto, cifra, mensajes.que_se_movio(previo, seleccion.nombres)]


def _nombre(acuerdo: Acuerdo) -> str:
    nivel = formato.mayuscula(formato.nivel(acuerdo.nivel))
    return f"{nivel} {formato.etiqueta_compromiso(vars(acuerdo) | {'clave': acuerdo.clave})}"


def _cifra(acuerdo: Acuerdo) -> str:
    """La cifra, su estado y su unidad, cada cosa en su renglón."""
    unidad = formato.unidad(acuerdo.unidad_medida)
    dicha = formato.mayuscula(mensajes.cifra_con_estado(vars(acuerdo), "\n"))
    return dicha + (f"\nUnidad: {unidad}" if unidad else "")


def _tabla(hoja: docx.document.Document, columnas: Sequence[tuple[str, float]], filas: Sequence[list[str]]) -> None:
    tabla = hoja.add_table(rows=1, cols=len(columnas), style="Table Grid")
    tabla.autofit = False
    tabla.alignment = WD_TABLE_ALIGNMENT.LEFT
    for celda, (titulo, _) in zip(tabla.rows[0].cells, columnas, strict=True):
        _escribir(celda, titulo, negritas=True)
        celda.paragraphs[0].paragraph_format.keep_with_next = True  # un encabezado solo al pie de la hoja no dice nada
    _propiedad_de_renglon(tabla, 0, "w:tblHeader")
    for textos in filas:
        for celda, texto in zip(tabla.add_row().cells, textos, strict=True):
            _escribir(celda, texto)
        _propiedad_de_renglon(tabla, -1, "w:cantSplit")
    for columna, (_, ancho) in zip(tabla.columns, columnas, strict=True):
        columna.width = Cm(ancho)  # LibreOffice toma el de la columna y Word, el de cada celda
        for celda in columna.cells:
            celda.width = Cm(ancho)


def _fuente(acuerdo: Acuerdo, seleccion: Seleccion) -> str:
    """De qué renglones se acumula la cifra y, si alguno no la imprime tal cual, qué imprime.

    «POA 2025 de BISOM, informe del segundo trimestre de 2025, página 6, renglón 430. No es lo impreso: el renglón 430
    imprime 2 de alcanzado en abr–jun y se usa 5».
    """
    impresas = consultar("impresas", corte=acuerdo.corte, dependencia=acuerdo.dependencia, nivel=acuerdo.nivel)
    suyas = impresas[impresas["vigente_id"] == acuerdo.vigente_id]
    partes = acuerdo.compromiso_id.split("/")
    del_ultimo = (partes[1] if len(partes) == 5 else None, acuerdo.pagina, acuerdo.renglon)
    lugares = "; ".join(_lugar(*lugar) for lugar in mensajes.lugares(suyas) or [del_ultimo])
    distintas = formato.lista(mensajes.no_impreso(suyas))
    dicho = f"POA {acuerdo.plan.split('.')[0]} de {seleccion.nombre(acuerdo.dependencia)}, {lugares}"
    return f"{dicho}. No es lo impreso: {distintas}" if distintas else dicho


def _lugar(corte: str | None, pagina: int | None, renglon: int | None) -> str:
    informe = formato.corte(corte)
    que = informe if informe.startswith("plan") else f"informe del {informe}"
    if formato.es_blanco(pagina) or formato.es_blanco(renglon):
        return f"{que}, sin lugar impreso"
    return f"{que}, página {formato.numero(pagina)}, renglón {formato.numero(renglon)}"


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
    for nombre, puntos in _PUNTOS.items():
        estilo = hoja.styles[nombre]
        estilo.font.name, estilo.font.size, estilo.font.color.rgb = _LETRA, Pt(puntos), tinta
        estilo.font.italic = False
        letras = estilo.element.get_or_add_rPr().get_or_add_rFonts()
        for tipo in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            letras.attrib.pop(qn(f"w:{tipo}"), None)
        letras.set(qn("w:eastAsia"), _LETRA)
    hoja.styles["Normal"].paragraph_format.space_after = Pt(4)
    for nombre in ("Heading 2", "Heading 3"):
        hoja.styles[nombre].paragraph_format.space_after = Pt(4)
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
    parrafo.add_run(formato.admisible(texto)).bold = negritas


def _dato(parrafo: Paragraph, rotulo: str, dicho: str) -> None:
    parrafo.add_run(f"{rotulo}: ").bold = True
    parrafo.add_run(formato.admisible(dicho))
