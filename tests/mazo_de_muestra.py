"""Una presentación con una lámina de cada clase, y cómo se lee lo que quedó en su archivo."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import combinations

import openpyxl
import plotly.graph_objects as go
from pptx.oxml.ns import qn

from poa import formato, tema
from poa.laminas import presentacion_graficas, presentacion_textos
from poa.laminas.lamina import Barras, ColumnaDeCuadro, Cuadro, Lamina, Lista, Portada

PIE = "Fuente: POA 2025, BISOM · Corte: cuarto trimestre de 2025, acumulado · Umbrales: CONEVAL 90–110 %"
LARGO = (
    "Atención a personas en situación de vulnerabilidad mediante la entrega de despensas, aparatos ortopédicos y "
    "apoyos económicos en colonias y ejidos del Valle de Mexicali"
)
TRIMESTRES = ("1er. Trimestre", "2do. Trimestre", "3er. Trimestre", "4to. Trimestre", "Total Anual")


def lamina(clave: str, cuerpo, **otros) -> Lamina:
    comun = {
        "titulo": f"BISOM cumplió 21 de 52 acciones; 9 quedaron por debajo del plan ({clave})",
        "subtitulo": "BISOM · acciones · cuarto trimestre de 2025, acumulado",
        "pie": PIE,
        "codigo": "dep/25T4/bisom",
        "notas": "El párrafo de la página.\n\nFuente: POA 2025, páginas 3 a 9.",
    }
    return Lamina(clave=clave, cuerpo=cuerpo, dibujar=go.Figure, archivo=clave, **(comun | otros))


def _estados(n: int) -> list[str]:
    return [list(tema.ESTADOS)[i % len(tema.ESTADOS)] for i in range(n)]


ICONOS = [tema.estado(e).icono for e in _estados(15)]
PORCENTAJES = [0, 12.5, 100 / 3, 45, 56.7, 69.99, 89.96, 90, 100, 104.2, 110, 110.01, 219, 250, 1020]
VARIACION = Barras(
    categorias=[f"{300 + i} · {LARGO[: 30 + 5 * i]}" for i in range(15)],
    series={
        tema.rotulo_estado(e): [p if suyo == e else None for p, suyo in zip(PORCENTAJES, _estados(15), strict=True)]
        for e in tema.ESTADOS
    },
    estados={tema.rotulo_estado(e): e for e in tema.ESTADOS},
    unidad="% de lo programado",
    horizontal=True,
    tope=250,
    nace=(100, "plan"),
    banda=(90, 110),
    formato='#,##0.#" %"',
)
PROGRAMADO_ALCANZADO = Barras(
    categorias=["ene–mar\n● Cumple 100 %", "abr–jun\n? Sin reporte", "jul–sep\n? Sin reporte", "oct–dic"],
    series={"Programado": [50, 25, 10, 0], "Alcanzado": [85, None, float("nan"), 2.5]},
    separadas={2: "nuevo plan ›"},
    colores={"Programado": tema.TINTA, "Alcanzado": tema.TINTA},
    unidad="despensas",
    contorno=frozenset({"Programado"}),
)
APILADAS = Barras(
    categorias=["Derechos Humanos y Grupos en Situación de Vulnerabilidad", "DIF", "BISOM"],
    series={tema.rotulo_estado(e): [1 + 5 * i, 3, i] for i, e in enumerate(tema.ESTADOS)},
    estados={tema.rotulo_estado(e): e for e in tema.ESTADOS},
    unidad="acciones",
    horizontal=True,
    apiladas=True,
    formato="#,##0",
)
POR_MES = Barras(
    categorias=list(formato.MESES),
    series={"Programado": [12_500 + i for i in range(12)], "Realizado": [13_000 - 900 * i for i in range(12)]},
    unidad="despensas",
    contorno=frozenset({"Programado"}),
)
PESOS = Barras(
    categorias=["10000 Servicios personales", "40000 Transferencias, asignaciones, subsidios y otras ayudas"],
    series={"Autorizado": [16591101.29, 3e5], "Modificado": [15591101.29, 3e5], "Devengado": [14591101.29, None]},
    colores={"Autorizado": tema.LINEA, "Devengado": tema.TINTA},
    unidad="pesos",
    horizontal=True,
    contorno=frozenset({"Modificado"}),
    formato="#,##0",
)


def acciones(renglones: int, letras: int) -> Cuadro:
    columnas = [
        ColumnaDeCuadro("Acción", 0.3),
        ColumnaDeCuadro("Unidad de medida", 0.12),
        ColumnaDeCuadro("Línea", 0.08),
    ]
    columnas += [ColumnaDeCuadro(titulo, 0.06, t, True) for t in TRIMESTRES for titulo in "PR"]
    cifras = ["1,250", "1,300", "50", "", "", "", "500", "0", "3,000", "2,600"]
    filas = [
        [f"{300 + i} · {LARGO[:letras]}", "Servicios otorgados", f"2.1.{i}\n5.1.{i}", *cifras] for i in range(renglones)
    ]
    return Cuadro(columnas, filas)


ALERTAS = Cuadro(
    [ColumnaDeCuadro("Acción", 0.36), ColumnaDeCuadro("Estado", 0.2), ColumnaDeCuadro("Motivo impreso", 0.44)],
    [[f"{300 + i} · {LARGO[:30]}", estado, LARGO[:40]] for i, estado in enumerate(tema.ESTADOS)],
    list(tema.ESTADOS),
)
CON_ENTERA = replace(
    acciones(3, 150),
    columnas=[replace(c, es_entera=n == 0) for n, c in enumerate(acciones(3, 150).columnas)],
)
POR_FIRMAR = Cuadro(
    [ColumnaDeCuadro("Dependencia", 0.5), ColumnaDeCuadro("Firma", 0.5)], [["DIF", ""], ["", ""]], alto_minimo=44
)
META = Cuadro(
    [ColumnaDeCuadro("Líneas de acción", 0.24, "Alineación PMD")]
    + [ColumnaDeCuadro(titulo, 0.06, t, True) for t in TRIMESTRES for titulo in "PR"],
    [["2.1.1, 2.1.4, 2.1.5, 3.4.5, 3.8.4", "289", "300", "279", "", "476", "", "244", "", "1,288", "300"]],
)
MAZO = [
    lamina(
        "portada",
        Portada(["Subcomité Sectorial de Bienestar Social, Salud y Grupos en Situación de Vulnerabilidad", "2025"]),
    ),
    lamina("una-linea", Portada(["BISOM"])),
    lamina("agenda", Lista([(0, "1. Bienvenida"), (0, "2. Avance de los POA"), (1, "BISOM"), (0, "3. Clausura")])),
    lamina("lista-larga", Lista([(i % 3, LARGO[: 40 + (i * 37) % 120]) for i in range(30)])),
    lamina("variacion", VARIACION),
    lamina("trimestres", PROGRAMADO_ALCANZADO),
    lamina("apiladas", APILADAS),
    lamina("meses", POR_MES),
    lamina("pesos", PESOS),
    lamina("acciones", acciones(2, 150)),
    lamina("entera", CON_ENTERA),
    lamina("por-firmar", POR_FIRMAR),
    lamina("muchas-acciones", Lista([(0, "Una meta")]), segundo=acciones(9, 150)),
    lamina("demasiadas", Lista([(0, "Una meta")]), segundo=acciones(60, 150)),
    lamina("alertas", ALERTAS),
    lamina("meta", Lista([(0, LARGO), (0, "Unidad de medida: expedientes")]), segundo=META),
    lamina(
        "titulo-largo", Lista([(0, "Una frase")]), titulo=f"{LARGO} {LARGO} {LARGO}", pie=f"{PIE} {PIE} {PIE} {LARGO}"
    ),
    lamina("sin-cifras", Barras(["ene–mar"], {"Alcanzado": [None]}, "despensas")),
    lamina("sin-renglones", Cuadro([ColumnaDeCuadro("Acción", 1)], [])),
    lamina("sin-nada", Lista([(0, "Gracias")]), subtitulo="", pie="", codigo="", notas=""),
]
CON_BARRAS = {una.clave: una.cuerpo for una in MAZO if isinstance(una.cuerpo, Barras) and una.clave != "sin-cifras"}


def de(mazo, clave: str):
    return mazo.slides[[una.clave for una in MAZO].index(clave)]


def grafica_de(diapositiva):
    return next(forma.chart for forma in diapositiva.shapes if forma.has_chart)


def tabla_de(diapositiva):
    return next(forma.table for forma in diapositiva.shapes if forma.has_table)


def textos_de(diapositiva) -> str:
    return "\n".join(forma.text_frame.text for forma in diapositiva.shapes if forma.has_text_frame)


def notas_de(diapositiva) -> str:
    return diapositiva.notes_slide.notes_text_frame.text


def libro_de(grafica):
    return openpyxl.load_workbook(BytesIO(grafica.part.chart_workbook.xlsx_part.blob))[presentacion_graficas.HOJA]


def _igual(leido, pedido) -> bool:
    """Bit a bit."""
    if pedido is None or pedido != pedido:
        return leido is None
    return leido is not None and float(leido) == float(pedido)


def comparar(grafica, barras: Barras, notas: str = "") -> None:
    """Cada celda del libro y cada punto de la gráfica, contra lo pedido; lo recortado va completo en las notas."""
    hoja = libro_de(grafica)
    n = len(barras.categorias)
    assert (hoja.max_row, hoja.max_column) == (n + 1, len(barras.series) + 1)
    series = list(grafica.plots[0].series)
    assert [s.name for s in series] == [hoja.cell(1, c).value for c in range(2, hoja.max_column + 1)]
    for columna, (serie, (nombre, valores)) in enumerate(zip(series, barras.series.items(), strict=True), start=2):
        nombre = presentacion_textos.en_un_renglon(nombre) or formato.RAYA
        assert serie.name == nombre or (serie.name.endswith("…") and nombre in notas)
        assert len(serie.values) == n
        letra = openpyxl.utils.get_column_letter(columna)
        referencias = [f.text for f in serie._element.iter(qn("c:f"))]
        assert referencias == [f"Datos!${letra}$1", f"Datos!$A$2:$A${n + 1}", f"Datos!${letra}$2:${letra}${n + 1}"]
        for lugar, valor in enumerate(valores):
            assert _igual(hoja.cell(lugar + 2, columna).value, valor)
            assert _igual(serie.values[lugar], valor)
    for lugar, (vista, pedida) in enumerate(zip(grafica.plots[0].categories, barras.categorias, strict=True)):
        assert hoja.cell(lugar + 2, 1).value == str(vista)
        renglones = map(presentacion_textos.en_un_renglon, presentacion_textos.limpiar(pedida).split("\n"))
        completa = "\n".join(filter(None, renglones))
        if str(vista) != (completa or formato.RAYA):
            assert completa.startswith(str(vista).removesuffix("…"))
            assert str(vista).endswith("…") and completa in notas
    for fila in hoja.iter_rows():
        assert all(celda.data_type != "f" and celda.hyperlink is None for celda in fila)


def comprobar_geometria(mazo, diapositiva, clave: str) -> None:
    cajas = [(f.name, f.left, f.top, f.left + f.width, f.top + _alto(f)) for f in diapositiva.shapes]
    for nombre, izquierda, arriba, derecha, abajo in cajas:
        assert 0 <= izquierda < derecha <= mazo.slide_width, (clave, nombre)
        assert 0 <= arriba < abajo <= mazo.slide_height, (clave, nombre)
    for (una, x1, y1, x2, y2), (otra, u1, v1, u2, v2) in combinations(cajas, 2):
        assert x2 <= u1 or u2 <= x1 or y2 <= v1 or v2 <= y1, (clave, una, otra)


def _alto(forma) -> int:
    return sum(fila.height for fila in forma.table.rows) if forma.has_table else forma.height
