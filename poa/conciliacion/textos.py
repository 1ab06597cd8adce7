"""Claves de línea y unidades de medida que el OCR movió o leyó mal, según los demás reportes del compromiso."""

from __future__ import annotations

from collections import Counter, defaultdict

from rapidfuzz import fuzz

from poa.lectura.leido import Hallazgo, Leido
from poa.normalizar import norma

PARECIDO_DE_UNIDAD = 55  # «DEFENSA» por «DESPENSA»: 80
PARECIDO_EN_EL_MISMO = 30  # entre reportes del mismo compromiso basta menos: «Número» por «Nómina», 33
PARECIDO_DE_TEXTO = 90
SEGUIDAS = 2  # renglones corridos para decir que se movió la columna


def conciliar_textos(leidos: list[Leido]) -> None:
    """Corrige en su lugar `lineas`, `pmd` y `unidad_medida`; cada cambio deja un hallazgo con lo impreso."""
    _regresar_columnas_de_lineas(leidos)
    _heredar_pmd(leidos)
    _corregir_unidades(leidos)


def _regresar_columnas_de_lineas(leidos: list[Leido]) -> None:
    """El OCR sube un renglón la columna de claves (poa-2025, T1, 301 a 310): otro reporte las trae en su lugar."""
    tablas: dict[tuple, dict[str, list[Leido]]] = defaultdict(lambda: defaultdict(list))
    for leido in leidos:
        tablas[leido.ejercicio, leido.dependencia, leido.meta_clave][leido.corte_texto].append(leido)
    for por_corte in tablas.values():
        originales = {corte: [list(leido.lineas) for leido in tabla] for corte, tabla in por_corte.items()}
        for corte, tabla in por_corte.items():
            for otro_corte, otra in por_corte.items():
                if otro_corte == corte or [uno.clave for uno in tabla] != [uno.clave for uno in otra]:
                    continue
                _regresar(tabla, originales[corte], originales[otro_corte], otra)


def _regresar(tabla: list[Leido], mias: list[list[str]], suyas: list[list[str]], otra: list[Leido]) -> None:
    corridas = [i for i in range(len(mias) - 1) if mias[i] and mias[i] == suyas[i + 1] and mias[i] != suyas[i]]
    if len(corridas) < SEGUIDAS:
        return
    if corridas[-1] == len(mias) - 2 and not mias[-1]:
        corridas.append(len(mias) - 1)  # la última se quedó sin claves
    for i in corridas:
        leido = tabla[i]
        leido.hallazgos.append(
            Hallazgo(
                "lineas_corridas",
                "advertencia",
                f"La columna de líneas de acción está impresa un renglón arriba; se usa la del reporte "
                f"{otra[i].corte_texto}.",
                "linea_clave",
                ", ".join(mias[i]),
                ", ".join(suyas[i]),
                leido.renglon,
                leido.pagina,
            )
        )
        leido.lineas, leido.lineas_origen = list(suyas[i]), "corregida"


def _heredar_pmd(leidos: list[Leido]) -> None:
    """La hoja cuyos nombres de línea no se leen toma el PMD de otro reporte de la meta con las mismas claves."""
    grupos: dict[tuple, list[Leido]] = defaultdict(list)
    for leido in leidos:
        grupos[leido.documento, leido.dependencia, leido.meta_clave].append(leido)
    for grupo in grupos.values():
        lineas: dict[str, set[str]] = defaultdict(set)
        for leido in grupo:
            if leido.pmd_por_nombre:
                lineas[leido.pmd] |= set(leido.lineas)
        for leido in grupo:
            if not leido.pmd_por_nombre and leido.lineas and lineas:
                comunes = {pmd: len(claves & set(leido.lineas)) for pmd, claves in lineas.items()}
                mejor = max(comunes, key=comunes.get)
                if comunes[mejor] * 2 >= len(leido.lineas):
                    leido.pmd = mejor


def _corregir_unidades(leidos: list[Leido]) -> None:
    """Una unidad que solo aparece una vez y se parece a la de sus hermanos es una mala lectura de ella."""
    frecuencia = Counter((leido.dependencia, norma(leido.unidad_medida)) for leido in leidos)
    for leido in leidos:
        leido.unidad_impresa = leido.unidad_medida
    por_dependencia: dict[str, list[Leido]] = defaultdict(list)
    for leido in leidos:
        por_dependencia[leido.dependencia].append(leido)
    for leido in leidos:
        mia = norma(leido.unidad_medida)
        if not mia or frecuencia[leido.dependencia, mia] > 1:
            continue
        for hermano in por_dependencia[leido.dependencia]:
            suya = norma(hermano.unidad_medida)
            if suya == mia or _mismo_nombre(mia, suya) or frecuencia[leido.dependencia, suya] < 2:
                continue
            es_otro_reporte = hermano.clave == leido.clave and hermano.ejercicio == leido.ejercicio
            minimo = PARECIDO_EN_EL_MISMO if es_otro_reporte else PARECIDO_DE_UNIDAD
            if not _es_el_mismo(leido, hermano) or fuzz.ratio(mia, suya) < minimo:
                continue
            leido.hallazgos.append(
                Hallazgo(
                    "unidad_mal_leida",
                    "advertencia",
                    f"La unidad impresa no se repite en ningún otro lado; {hermano.corte_texto} ({hermano.clave}) dice "
                    f"«{hermano.unidad_medida}» para el mismo compromiso o uno de igual texto.",
                    "unidad_medida",
                    leido.unidad_medida,
                    hermano.unidad_medida,
                    leido.renglon,
                    leido.pagina,
                )
            )
            leido.unidad_medida = hermano.unidad_medida
            break


def _es_el_mismo(uno: Leido, otro: Leido) -> bool:
    if uno is otro:
        return False
    if (uno.ejercicio, uno.meta_clave, uno.clave) == (otro.ejercicio, otro.meta_clave, otro.clave):
        return uno.corte != otro.corte
    return fuzz.ratio(norma(uno.descripcion), norma(otro.descripcion)) >= PARECIDO_DE_TEXTO


def _mismo_nombre(una: str, otra: str) -> bool:
    """Si dos unidades son la misma palabra en singular y plural."""
    singular = [[palabra.removesuffix("es").removesuffix("s") for palabra in texto.split()] for texto in (una, otra)]
    return singular[0] == singular[1]
