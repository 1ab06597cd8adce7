"""Documentos de láminas del subcomité: plan de varias dependencias (sólo P) o con R hasta un trimestre."""

from random import Random

from . import danio_filas as df
from . import vocabulario as voc
from .compromisos import (
    Hecho,
    catalogo_de_lineas,
    cortar,
    describir,
    lograr,
    planear,
    sortear_lineas,
    verdad_de,
)
from .tablas import ENTRE_PAGINAS, hacer_fila

TRIMESTRES = [
    "1er. Trimestre",
    "",
    "2do. Trimestre",
    "",
    "3er. Trimestre",
    "",
    "4to. Trimestre",
    "",
    "Total Anual",
    "",
]
PR = ["P", "R"] * 5
SEPARADOR = ["**GOBIERNO\nDE MEXICALI**", "GOBIERNO\nDE MEXICALI", "GOBIERNO DE MEXICALI"]


def imprimir_ceros(rng: Random, fila: df.Fila) -> bool:
    """Imprime R en cero en los trimestres que aún no se reportan; en un plan no se ha visto."""
    return fila.hecho.trimestre > 0 and df.imprimir_ceros(rng, fila)


LEVES = [
    df.insertar_vacia,
    df.quitar_vacia,
    df.intercambiar,
    df.leer_mal_un_digito,
    df.leer_mal_la_unidad,
    df.agregar_separadores,
    imprimir_ceros,
]


def correr_bajo_r(rng: Random, fila: df.Fila) -> bool:
    """El programado entero queda impreso bajo R (poa-2024, 5.1 y 11.3)."""
    return fila.hecho.trimestre == 0 and df.poner_cifras(fila, [""] + fila.cifras)


def perder_total(rng: Random, fila: df.Fila) -> bool:
    """Se pierde el total anual; la suma del programado lo repone."""
    if fila.hecho.regla != "suma":
        return False
    fila.meta, fila.tocada = "", True
    return True


def quitar_vacias(rng: Random, fila: df.Fila) -> bool:
    """Las celdas vacías desaparecen."""
    return df.quitar_vacias(rng, fila, 0)


FUERTES = [correr_bajo_r, correr_bajo_r, perder_total, quitar_vacias, *LEVES]


def nombre_de_meta(numero: list[int]) -> tuple[str, str]:
    """Devuelve (clave, números impresos) de una meta, sencilla o compuesta."""
    if len(numero) == 1:
        return f"{numero[0]}", f"{numero[0]}"
    impreso = ",".join(map(str, numero[:-1])) + f" y {numero[-1]}"
    return f"{numero[0]}-{numero[-1]}", impreso


def planear_sin_blanco(rng: Random) -> tuple[float, list, str]:
    """Sortea un plan que las láminas sí imprimen: siempre con calendario."""
    while True:
        meta, programado, regla = planear(rng)
        if regla != "sin_calendario" and meta:
            return meta, programado, regla


def hacer_hecho(rng: Random, clave: str, meta_clave: str, impresa: str, catalogo: list[str], usadas: set[str]) -> Hecho:
    """Hace una meta o una acción de láminas con su plan."""
    meta, programado, regla = planear_sin_blanco(rng)
    es_meta = clave == meta_clave
    unidad = rng.choice(voc.UNIDADES_DE_PORCENTAJE if regla == "constante" else voc.UNIDADES)
    lineas = list(catalogo) if es_meta else sortear_lineas(rng, catalogo, rng.randint(1, 4))
    estilo = rng.choice(["frase", "frase", "mayusculas"]) if es_meta else "frase"
    return Hecho(
        clave,
        meta_clave,
        "meta" if es_meta else "accion",
        impresa,
        describir(rng, usadas, estilo),
        unidad.upper() if estilo == "mayusculas" else unidad,
        lineas,
        meta,
        programado,
        [None] * 4,
        regla=regla,
    )


def planear_dependencia(rng: Random, usadas: set[str]) -> list[list[Hecho]]:
    """Sortea las metas de una dependencia, cada una con sus acciones."""
    grupos, numero = [], rng.randint(1, 12)
    estilo = rng.choice(["{m}.{a} ", "{m}.{a}.- ", "{m}.{a}.-", "{m}.{a}. ", "{a}.- "])
    for _ in range(rng.randint(1, 3)):
        catalogo = catalogo_de_lineas(rng, rng.randint(1, 8))
        numeros = [numero]
        if rng.random() < 0.1 and estilo == "{a}.- ":
            numeros = [numero, numero + 1, numero + 2, numero + 5]
        meta_clave, impresa = nombre_de_meta(numeros)
        grupo = [hacer_hecho(rng, meta_clave, meta_clave, impresa, catalogo, usadas)]
        primera = rng.randint(1, 2) if "m" in estilo else 1
        for a in range(primera, primera + rng.choice([0, rng.randint(1, 4), rng.randint(1, 11)])):
            accion = hacer_hecho(
                rng, f"{meta_clave}.{a}", meta_clave, estilo.format(m=meta_clave, a=a), catalogo, usadas
            )
            grupo.append(accion)
        grupos.append(grupo)
        numero = numeros[-1] + rng.randint(1, 2)
    return grupos


def asegurar_reporte(hecho: Hecho, completo: list, trimestre: int) -> list:
    """Deja algo alcanzado en el trimestre del corte, para que el documento diga hasta dónde llega."""
    if trimestre and not completo[trimestre - 1]:
        completo[trimestre - 1] = max(1, int(hecho.programado[trimestre - 1] or 1))
    return completo


def renglon(codigos: list[str], fila: df.Fila) -> str:
    """Imprime el renglón de cifras: claves, ocho celdas P R y los dos totales."""
    cifras = [*fila.cifras, fila.meta, fila.absoluto]
    while len(cifras) > 10 and not cifras[-1]:
        cifras.pop()
    return "\t".join([*codigos, *cifras] + [""] * fila.cola)


def lineas_de_accion(rng: Random, fila: df.Fila, cola: str) -> list[str]:
    """Imprime el cuadro de una acción en una de las formas de poa-2024."""
    lineas = fila.hecho.lineas
    cabeza = ["\t".join(["Línea de Acción", *TRIMESTRES]) + cola]
    pr, vacias = "\t".join(PR), "\t" * 10
    junto = rng.choice([", ", " "]).join(lineas)
    forma = rng.choice(["junto", "aparte", "bajo_pr", "varios"])
    if forma == "junto":
        return cabeza + [f"\t{pr}{cola}", renglon([junto], fila) + cola]
    if forma == "aparte":
        return cabeza + [f"\t{pr}{cola}", f"{junto}{vacias}{cola}", renglon([""], fila) + cola]
    if forma == "bajo_pr":
        return cabeza + [f"{junto}\t{pr}{cola}", renglon([""], fila) + cola]
    antes = [f"{linea}{vacias}{cola}" for linea in lineas[:-1]]
    if antes and rng.random() < 0.3:
        antes[0] = f"{lineas[0]}\t{pr}{cola}"
        return cabeza + antes + [renglon([lineas[-1]], fila) + cola]
    return cabeza + [f"\t{pr}{cola}", *antes, renglon([lineas[-1]], fila) + cola]


def imprimir_accion(rng: Random, fila: df.Fila, en_tabla: bool) -> list[str]:
    """Imprime una acción: texto, unidad y cuadro."""
    texto, cola = fila.texto, "\t" if rng.random() < 0.2 else ""
    if en_tabla:
        lugar = rng.choice([6, 7])
        unidad = [
            texto + "\t" * lugar + "Unidad de medida" + "\t" * (10 - lugar),
            "\t" * lugar + fila.unidad + "\t" * (10 - lugar),
        ]
    else:
        unidad = [texto, "", "Unidad de medida", "", fila.unidad, ""]
    return unidad + lineas_de_accion(rng, fila, cola) + [""]


def encabezar_meta(rng: Random, fila: df.Fila) -> list[str]:
    """Imprime rótulo, texto y unidad de una meta en una de sus cuatro formas."""
    numero, texto, unidad = fila.hecho.clave_impresa, fila.hecho.descripcion, fila.unidad
    if "y" in numero:
        partes = numero.split(",")
        corte = len(partes) // 2
        rotulo = ["META", ",".join(partes[:corte]) + ",", ",".join(partes[corte:])]
        return [*rotulo, "", texto, "", "Unidad de Medida:", "", unidad, "", "Programación anual:", ""]
    forma = rng.choice(["renglon", "tab", "bloque", "renglon", "programacion_antes"])
    if forma == "renglon":
        return [f"META {numero}: {texto}", "", f"Unidad de Medida: {unidad}", "", "Programación anual:", ""]
    if forma == "tab":
        return [f"META {numero}:\t{texto}", f"Unidad de Medida:\t{unidad}", "", "Programación anual:", ""]
    if forma == "bloque":
        return [
            f"META {numero}:",
            "",
            texto,
            "",
            "Unidad de Medida:",
            "",
            unidad,
            "",
            "Programación anual:",
            "",
        ]
    return ["Programación anual:", "", f"META {numero}:\t{texto}", f"Unidad de Medida:\t{unidad}", ""]


def imprimir_meta(rng: Random, fila: df.Fila) -> list[str]:
    """Imprime la lámina de una meta, con estrategias y líneas en uno o varios renglones."""
    hecho = fila.hecho
    estrategias = sorted({linea.rsplit(".", 1)[0] for linea in hecho.lineas})
    lineas = encabezar_meta(rng, fila)
    lineas.append("\t".join(["Alineación PMD", "", *TRIMESTRES]))
    lineas.append("\t".join(["Estrategias", "Líneas de Acción", *PR]))
    if len(hecho.lineas) > 1 and rng.random() < 0.3:
        donde = rng.randrange(len(hecho.lineas))
        for i, linea in enumerate(hecho.lineas):
            estrategia = estrategias[i] if i < len(estrategias) else ""
            lineas.append(renglon([estrategia, linea], fila) if i == donde else f"{estrategia}\t{linea}" + "\t" * 10)
    else:
        lineas.append(renglon([", ".join(estrategias), rng.choice([", ", " "]).join(hecho.lineas)], fila))
    rotulo = rng.choice(["Porcentaje de Avance Anual:", "Porcentaje:", "Porcentaje de avance anual:"])
    valor = f"{hecho.relativo}%" if hecho.trimestre else rng.choice(["0%", "00%", "0.0%", ""])
    return [*lineas, "", rotulo, "", valor]


def portadas(rng: Random, anio: int, nombres: list[str]) -> list[str]:
    """Láminas del inicio: título, orden del día y separadores."""
    letras = "abcdefgh"
    orden = [
        "Orden del día (propuesta)",
        "",
        "1. Lista de asistencia y verificación del quórum legal.",
        "2. Lectura y aprobación del orden del día",
        f"3. Presentación de los Programas Operativos Anuales {anio}.",
    ]
    orden += [f" - {letras[i]}) {nombre.title()}" for i, nombre in enumerate(nombres)]
    orden += ["4. Asuntos Generales", "5. Clausura de la sesión."]
    return [
        "COPLADEMM\nGOBIERNO\nDE MEXICALI\n\nSUBCOMITÉ DE DESARROLLO HUMANO Y BIENESTAR SOCIAL\n\n"
        f"Presentación del POA {anio}",
        "\n".join(orden),
        rng.choice(SEPARADOR),
        "ARTÍCULO 9.- ATRIBUCIONES INDELEGABLES\n\n- I. Tomar las decisiones y políticas de acción así como "
        "supervisar y llevar el control de las **actividades** de COPLADEMM;\n- II. Aprobar y en su caso "
        "modificar el **reglamento** interior del COPLADEMM;",
    ]


def daniar(rng: Random, filas: list[df.Fila], danio: str) -> None:
    """Aplica a las filas de una dependencia el daño pedido; la primera queda en su lugar y dice el corte."""
    tasa, operaciones = {"ninguno": (0, LEVES), "leve": (0.15, LEVES), "fuerte": (0.45, FUERTES)}[danio]
    for numero, fila in enumerate(filas):
        if numero and rng.random() < tasa:
            rng.choice(operaciones)(rng, fila)
        if danio != "ninguno" and rng.random() < 0.15:
            fila.unidad = f"**{fila.unidad}**"


def imprimir_dependencia(rng: Random, grupos: list[list[df.Fila]], nombre: str, anio: int, trimestre: int) -> list[str]:
    """Imprime las láminas de una dependencia: portada, metas y pares de acciones."""
    avance = f"\n\nAVANCE AL {voc.ORDINALES[trimestre]} TRIMESTRE" if trimestre and rng.random() < 0.5 else ""
    paginas = [rng.choice(SEPARADOR), f"Presentación de POA {anio}\n\n{nombre}{avance}\n\nFebrero {anio}"]
    en_tabla = rng.random() < 0.5
    for grupo in grupos:
        if rng.random() < 0.15:
            clave, programa = rng.choice(voc.PROGRAMAS)
            paginas.append(f"PROGRAMA\n\n{clave}. {programa}\n\nUnidades ejecutoras\n\nDirección General")
        paginas.append("\n".join(imprimir_meta(rng, grupo[0])))
        for i in range(1, len(grupo), 2):
            lineas = ["ACCIONES", ""]
            for fila in grupo[i : i + 2]:
                lineas += imprimir_accion(rng, fila, en_tabla)
            paginas.append("\n".join(lineas).rstrip("\n"))
        en_tabla = not en_tabla if rng.random() < 0.4 else en_tabla
    return paginas


def hacer_laminas(rng: Random, estropeo: Random, danio: str) -> tuple[str, dict]:
    """Hace un documento de láminas; devuelve (texto, verdad)."""
    anio = rng.randint(2017, 2027)
    trimestre = rng.choice([0, 0, 0, rng.randint(1, 4)])
    comas, usadas = rng.choice(["siempre", "mixto"]), set()
    dependencias = rng.sample(voc.DEPENDENCIAS, rng.randint(1, 4))
    paginas, todos = portadas(estropeo, anio, [d[1] for d in dependencias]), []
    for dependencia in dependencias:
        grupos = planear_dependencia(rng, usadas)
        for h in [h for grupo in grupos for h in grupo]:
            completo = lograr(rng, h.programado, h.regla)
            if h is grupos[0][0]:
                completo = asegurar_reporte(h, completo, trimestre)
            cortar(rng, h, completo, trimestre)
            h.corte, h.dependencia, h.dependencia_nombre = (
                f"{anio}T{trimestre}",
                dependencia[0],
                dependencia[1],
            )
            h.observaciones = ""
            if h.nivel == "accion" or not trimestre:
                h.relativo = None
        filas = [[hacer_fila(estropeo, h, comas, ", ") for h in grupo] for grupo in grupos]
        for grupo in filas:
            for fila in grupo:
                fila.relativo = fila.relativo if fila.hecho.nivel == "meta" else ""
        daniar(estropeo, [f for grupo in filas for f in grupo], danio)
        paginas += imprimir_dependencia(estropeo, filas, dependencia[1], anio, trimestre)
        todos += [h for grupo in grupos for h in grupo]
    paginas += [f"Febrero {anio}", "5. Asuntos Generales", "**UNIENDO\nESFUERZOS**\n24 Ayuntamiento"]
    return "\n" * 4 + ENTRE_PAGINAS.join(paginas) + "\n", verdad_de(todos)
