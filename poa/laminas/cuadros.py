"""Los cuadros de una sesión: la meta con su alineación, sus acciones, las alertas con su motivo y la calidad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from poa import formato, tema
from poa.consultas import consultar
from poa.figuras import cuadro, distancia
from poa.laminas.lamina import ColumnaDeCuadro, Cuadro
from poa.mensajes import dependencias as de_dependencias
from poa.mensajes import sesion_laminas as dichos
from poa.seleccion import Seleccion

_TRIMESTRES = (1, 2, 3, 4)
_LARGO_COMPROMISO = 90  # letras de un compromiso solo en su renglón…
_LARGO_CON_UNIDAD, _LARGO_CORTO = 55, 24  # …y junto a sus cifras: con su unidad, y sin ella al menos
LARGO_MOTIVO = 175  # letras que caben siempre; el motivo completo va en las notas
_FIRMAS = 6  # renglones de la lista de asistencia, aunque haya menos dependencias


def compromisos(seleccion: Seleccion) -> pd.DataFrame:
    """Una fila por compromiso de la dependencia en el corte, con P y A de cada trimestre en columnas."""
    return consultar("compromisos", **seleccion.consulta("ejercicio", "corte", "dependencia", "preset"))


def impresas(seleccion: Seleccion) -> pd.DataFrame:
    """Una fila por compromiso y trimestre: si la cifra usada es la impresa, y dónde está."""
    return consultar("impresas", **seleccion.consulta("ejercicio", "corte", "dependencia"))


def hallazgos(seleccion: Seleccion) -> pd.DataFrame:
    """Los del año hasta el corte, que es de donde salen sus cifras."""
    todos = consultar("hallazgos", **seleccion.consulta("ejercicio", "dependencia"))
    return todos[todos["corte"] <= seleccion.corte]


def alineacion(seleccion: Seleccion, fila: pd.Series) -> tuple[str, str, str]:
    """(«PMD 2025–2027», estrategias, líneas de acción) de un compromiso, en el orden de sus claves.

    Las estrategias son las que imprime el documento, aunque no sean las de sus líneas; si no las imprime, las de estas.
    """
    suyas = consultar("ejes_compromisos", **seleccion.consulta("ejercicio", "corte", "dependencia"))
    suyas = suyas[(suyas["vigente_id"] == fila["vigente_id"]) & suyas["pmd"].notna()]
    planes = formato.lista(formato.pmd(p) for p in suyas["pmd"].drop_duplicates())
    estrategias, lineas = (", ".join(suyas.loc[suyas["nivel_pmd"] == n, "clave_pmd"]) for n in ("estrategia", "linea"))
    return planes, formato.texto(fila["estrategias_impresas"], estrategias), lineas


def meta(fila: pd.Series, seleccion: Seleccion) -> Cuadro:
    """Un renglón: la alineación de la meta y su P y R por trimestre y en el año, como los presenta el subcomité."""
    pmd, estrategias, lineas = alineacion(seleccion, fila)
    grupo = f"Alineación {pmd}".strip()
    titulos, suyas = [("Estrategias", grupo), ("Líneas de acción", grupo)], [estrategias, lineas]
    if not estrategias and not lineas:
        titulos, suyas = [(grupo, "")], ["No impresa"]
    return _armar(titulos, [[*suyas, *_cifras(fila, impresas(seleccion))]])


def acciones(filas: pd.DataFrame, seleccion: Seleccion) -> Cuadro:
    """Una acción por renglón: descripción completa, unidad, líneas, y P y R por trimestre y en el año.

    Las líneas, si el informe las imprime en alguna de las acciones de la dependencia.
    """
    de_impresas = impresas(seleccion)
    alineadas = consultar("ejes_compromisos", **seleccion.consulta("ejercicio", "corte", "dependencia"), nivel="accion")
    con_lineas = bool((alineadas["pmd"].notna() & (alineadas["nivel_pmd"] == "linea")).any())
    renglones = [
        [
            formato.etiqueta_compromiso(fila),
            formato.unidad(fila["unidad_medida"]),
            *([alineacion(seleccion, fila)[2]] if con_lineas else []),
            *_cifras(fila, de_impresas),
        ]
        for _, fila in filas.iterrows()
    ]
    titulos = ["Acción", "Unidad de medida", *(["Líneas de acción"] if con_lineas else [])]
    return _armar([(titulo, "") for titulo in titulos], renglones, entera=0)


def _armar(de_texto: Sequence[tuple[str, str]], renglones: list[list[str]], entera: int | None = None) -> Cuadro:
    """El cuadro con sus columnas de texto (título y grupo) y las diez de cifras, con los anchos ya medidos."""
    titulos = [*de_texto, *((pr, grupo) for grupo in dichos.GRUPOS for pr in ("P", "R"))]
    son_cifras = [n >= len(de_texto) for n in range(len(titulos))]
    return _con_anchos(titulos, son_cifras, renglones, entera)


def _cifras(fila: pd.Series, de_impresas: pd.DataFrame) -> list[str]:
    """P y R de los cuatro trimestres y del año; lo blanco, vacío, y lo dudoso, con su marca.

    El año son la meta anual en vigor y lo alcanzado hasta el corte, según su regla (suma, promedio…). Es dudoso si lo
    es alguna de sus partes o si el informe imprime otro.
    """
    suyas = de_impresas[de_impresas["vigente_id"] == fila["vigente_id"]].set_index("trimestre")
    celdas, dudas = [], {"programado": False, "alcanzado": False}
    for t in _TRIMESTRES:
        for que in ("programado", "alcanzado"):
            es_dudosa = t in suyas.index and bool(suyas.loc[t, f"{que}_es_dudoso"])
            dudas[que] |= es_dudosa
            celdas.append(dichos.cifra(fila[f"{que}_t{t}"], es_dudosa))
    distinta = bool(suyas["meta_anual_es_dudosa"].any())
    return [
        *celdas,
        dichos.cifra(fila["meta_anual"], dudas["programado"] or distinta),
        dichos.cifra(fila["alcanzado"], dudas["alcanzado"] or bool(suyas["total_es_distinto"].any())),
    ]


def alertas(filas: pd.DataFrame, nivel: str, con_motivo: bool, largo: int = LARGO_MOTIVO) -> Cuadro:
    """Un compromiso fuera de la banda por renglón, del más lejano al más cercano; las pequeñas, bajo su rótulo.

    `filas`: las de la consulta alertas, con la peor `certeza` de sus cifras. `con_motivo`: si lleva la columna del
    motivo impreso, de a lo más `largo` letras; sin ella, un compromiso es un solo renglón.
    """
    renglones = []
    for _, fila in filas.iterrows():
        unidad = formato.unidad(fila["unidad_medida"])
        largo_nombre = _LARGO_COMPROMISO if con_motivo else max(_LARGO_CON_UNIDAD - len(unidad), _LARGO_CORTO)
        es_dudosa = fila["certeza"] in ("reconstruido", "ambiguo")
        renglones.append(
            [
                formato.etiqueta_compromiso(fila, largo_nombre) + (f" ({unidad})" if unidad else ""),
                str(fila["estado"]),
                dichos.cifra(fila["programado"], es_dudosa),
                dichos.cifra(fila["alcanzado"], es_dudosa or not formato.es_blanco(fila["total_impreso"])),
                formato.porcentaje(fila["cumplimiento_pct"], "") + tema.asterisco(fila),
                *([dichos.motivo(fila, largo)] if con_motivo else []),
            ]
        )
    titulos = ["Compromiso", "Estado", "P", "A", "% del plan", *(["Motivo impreso"] if con_motivo else [])]
    son_cifras = [False, False, True, True, True, False][: len(titulos)]
    tabla = _sin_grupos(titulos, son_cifras, renglones, list(filas["estado"]), entera=0 if con_motivo else None)
    pequenas = [n for n, es_pequena in enumerate(filas["es_pequena"]) if es_pequena]
    return replace(tabla, rotulos={n: distancia.rotulo_de_pequenas(nivel) for n in pequenas[:1]})


def asistencia(dependencias: Sequence[str]) -> Cuadro:
    """Una dependencia por renglón, con lugar para el nombre, el cargo y la firma."""
    partes = (("Dependencia", 0.4), ("Nombre", 0.24), ("Cargo", 0.18), ("Firma", 0.18))
    nombres = [*dependencias, *[""] * (_FIRMAS - len(dependencias))]
    return Cuadro([ColumnaDeCuadro(t, a) for t, a in partes], [[d, "", "", ""] for d in nombres])


def certezas(seleccion: Seleccion) -> pd.Series:
    """La peor certeza de las cifras de cada compromiso, por su vigente_id; lo impreso distinto es lo acumulado."""
    vista = seleccion.consulta("ejercicio", "corte", "dependencia", "preset")
    filas = consultar("cumplimiento", **vista, periodo="trimestre" if seleccion.periodo == "trimestre" else "acumulado")
    return de_dependencias.certezas(filas, consultar("trimestres", **vista))


def calidad(seleccion: Seleccion, filas: pd.DataFrame) -> Cuadro:
    """Cuántas metas y acciones hay en cada cosa que se revisa, y cuáles."""
    de_impresas = impresas(seleccion)
    es_distinto = de_impresas["total_es_distinto"] | de_impresas["meta_anual_es_dudosa"]
    distintos = set(de_impresas.loc[es_distinto, "vigente_id"])
    renglones = [
        list(r)
        for r in dichos.revisiones(filas, certezas(seleccion), distintos, hallazgos(seleccion), seleccion.nombres)
    ]
    return _sin_grupos(["Qué se revisó", "Metas", "Acciones", "Cuáles"], [False, True, True, False], renglones)


def plan(filas: pd.DataFrame, seleccion: Seleccion) -> Cuadro:
    """Lo programado de cada compromiso por trimestre y en el año, con su unidad; lo dudoso, con su marca."""
    de_impresas = impresas(seleccion)
    renglones = [
        [
            formato.etiqueta_compromiso(fila, _LARGO_COMPROMISO // 2),
            *_cifras(fila, de_impresas)[::2],
            formato.unidad(fila["unidad_medida"]),
        ]
        for _, fila in filas.iterrows()
    ]
    titulos = ["Compromiso", *(formato.TRIMESTRES[t] for t in _TRIMESTRES), "Meta anual", "Unidad"]
    return _sin_grupos(titulos, [False, *[True] * 5, False], renglones)


def _sin_grupos(
    titulos: list[str],
    son_cifras: list[bool],
    renglones: list[list[str]],
    estados: Sequence[str | None] = (),
    entera: int | None = None,
) -> Cuadro:
    return replace(_con_anchos([(t, "") for t in titulos], son_cifras, renglones, entera), estados=estados)


def _con_anchos(
    titulos: Sequence[tuple[str, str]], son_cifras: list[bool], renglones: list[list[str]], entera: int | None
) -> Cuadro:
    """El cuadro con el ancho que piden sus textos y cifras; `titulos`, cada uno con su grupo."""
    anchos = cuadro.anchos([t for t, _ in titulos], [g for _, g in titulos], son_cifras, renglones, entera)
    columnas = [
        ColumnaDeCuadro(titulo, ancho, grupo, es_cifra, n == entera)
        for n, ((titulo, grupo), ancho, es_cifra) in enumerate(zip(titulos, anchos, son_cifras, strict=True))
    ]
    return Cuadro(columnas, renglones)


def con(tabla: Cuadro, lugares: Sequence[int]) -> Cuadro:
    """El mismo cuadro con solo esos renglones y los rótulos que los encabezan."""
    estados = [tabla.estados[n] for n in lugares] if tabla.estados else ()
    rotulos = cuadro.rotulos_de(tabla, lugares)
    return replace(tabla, renglones=[tabla.renglones[n] for n in lugares], estados=estados, rotulos=rotulos)


def marcas(tabla: Cuadro) -> str:
    """La nota de las marcas que lleva, o nada."""
    celdas = [celda for renglon in tabla.renglones for celda in renglon]
    notas = ((dichos.NOTA_MARCA, dichos.MARCA), (tema.NOTA_INCOMPLETO, f"{formato.ESPACIO}*"))
    return " ".join(nota for nota, marca in notas if any(marca in celda for celda in celdas))
