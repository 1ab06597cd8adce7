"""Documentos de tabla P/A: por tabuladores (2018, 2025), por plecas (2023) y con varios informes."""

from random import Random

from . import danio_filas as df
from . import encabezados as enc
from . import vocabulario as voc
from .compromisos import Hecho, catalogo_de_lineas, cortar, hacer_compromiso, lograr, verdad_de

ENTRE_PAGINAS = "\n\n\n\n"


def imprimir_cifra(rng: Random, valor: float | None, comas: str) -> str:
    """Imprime una cifra con o sin coma de millares; en blanco si no hay."""
    if valor is None:
        return ""
    con_coma = comas == "siempre" or (comas == "mixto" and rng.random() < 0.5)
    texto = f"{valor:,}" if con_coma else f"{valor}"
    return texto


def hacer_fila(rng: Random, hecho: Hecho, comas: str, union: str) -> df.Fila:
    """Imprime un hecho sin daño: ocho celdas P A, absoluto, relativo y observaciones."""
    cifras = []
    for p, a in zip(hecho.programado, hecho.alcanzado, strict=False):
        cifras += [imprimir_cifra(rng, p, comas), imprimir_cifra(rng, a, comas)]
    return df.Fila(
        hecho,
        union.join(hecho.lineas),
        hecho.clave_impresa + hecho.descripcion,
        hecho.unidad,
        imprimir_cifra(rng, hecho.meta, comas),
        cifras,
        imprimir_cifra(rng, hecho.absoluto, comas),
        "" if hecho.relativo is None else f"{hecho.relativo}%",
        hecho.observaciones,
    )


def celdas(fila: df.Fila, orden: str) -> list[str]:
    """Pone las celdas en el orden de la página: 'linea', 'unidad_antes' o 'sin_texto' (poa-2023)."""
    finales = [*fila.cifras, fila.absoluto, fila.relativo, fila.observaciones] + [""] * fila.cola
    if orden == "unidad_antes":
        return [fila.lineas, fila.unidad, fila.meta, fila.texto, *finales]
    if orden == "sin_texto":
        primera = fila.texto if fila.hecho.nivel == "meta" else fila.lineas
        return [primera, fila.unidad, fila.meta, *finales]
    return [fila.lineas, fila.texto, fila.unidad, fila.meta, *finales]


def rotulos(rng: Random, estilo: str, orden: str, danio: str) -> list[list[str]]:
    """Arma los tres renglones de encabezado de la tabla, enteros o dañados."""
    linea = {"2018": "L/A", "2023": "LINEA DE ACCIÓN P.M.D.", "2025": "LINEA DE ACCIÓN P.M.D."}[estilo]
    texto = (
        "DESCRIPCIÓN DE LAS METAS/ACCIONES" if estilo == "2023" else rng.choice(["METAS Y ACCIONES", "META Y ACCIONES"])
    )
    unidad = {"2018": "UNIDAD DE MEDIDA"}.get(estilo, "UNIDAD MEDIDA")
    meta = "META ANUAL AUTORIZADA" if estilo == "2023" else "META ANUAL"
    relativo = "AVANCE RELATIVO" if estilo == "2023" else "ACUMULADO RELATIVO"
    inicio = {
        "linea": [linea, texto, unidad, meta],
        "unidad_antes": [linea, unidad, meta, texto],
        "sin_texto": [linea, unidad, meta],
    }[orden]
    periodo = rng.choice(["PERIODO", "PERÍODO", "P E R Í O D O"])
    meses = ["Ene-Mar", "", "Abr-Jun", "", "Jul-Sep", "", "Oct-Dic", ""]
    if estilo == "2025":
        meses = [m.upper() for m in meses]
    vacias = [""] * len(inicio)
    filas = [
        inicio + [periodo] + [""] * 7 + ["AVANCE ABSOLUTO", relativo, "OBSERVACIONES"],
        vacias + meses + ["", "", ""],
        vacias + ["P", "A"] * 4 + ["", "", ""],
    ]
    if danio == "ninguno" or (danio == "leve" and rng.random() < 0.8):
        return filas
    return daniar_rotulos(rng, filas, len(inicio), relativo)


def daniar_rotulos(rng: Random, filas: list[list[str]], inicio: int, relativo: str) -> list[list[str]]:
    """Pierde, repite o trastoca los renglones de encabezado como en poa-2025 T1."""
    como = rng.choice(["sin_absoluto", "paa", "sin_trimestre", "sin_pa", "repetido", "de_mas", "mal_leido"])
    vacias = [""] * inicio
    if como == "sin_absoluto":
        filas[0] = filas[0][: inicio + 1] + [""] * 11 + [relativo, "OBSERVACIONES"]
        filas[1] = filas[1][: inicio + 8] + ["AVANCE ABSOLUTO", ""] + [""] * 3
    elif como == "paa":
        filas[1] = vacias + [
            "ENE-MAR",
            "",
            "",
            "ABR-JUN",
            "",
            "",
            "JUL-SEP",
            "",
            "",
            "OCT-DIC",
            "",
            "",
            "",
            "",
        ]
        filas[2] = vacias + ["P", "A", "A"] * 4 + [""] * 3
    elif como == "sin_trimestre":
        filas[0] = filas[0][: inicio + 6] + filas[0][inicio + 8 :]
        filas[1] = vacias + ["ENE-MAR", "", "JUL-SEP", "", "OCT-DIC", "", "", "", ""]
        filas[2] = vacias + ["P", "A"] * 3 + ["", "", ""]
    elif como == "sin_pa":
        filas = filas[:2]
    elif como == "repetido":
        filas = filas + filas
    elif como == "de_mas":
        filas[2] = vacias + ["P", "A"] * 6 + ["", "", ""]
    else:
        filas[1] = [enc.leer_mal(rng, celda) for celda in filas[1]]
    return filas


def daniar_filas(rng: Random, filas: list[df.Fila], danio: str) -> None:
    """Aplica a las filas de una página el daño pedido."""
    if danio == "leve":
        for fila in filas:
            if rng.random() < 0.3:
                rng.choice(df.LEVES)(rng, fila)
    if danio != "fuerte":
        return
    perfil, extra = rng.choice(df.PERFILES), rng.randint(1, 4)
    for fila in filas:
        if rng.random() < 0.85:
            perfil(rng, fila, extra)
        if not fila.tocada and rng.random() < 0.3:
            rng.choice(df.LEVES)(rng, fila)
        elif rng.random() < 0.2:
            rng.choice([df.leer_mal_la_unidad, df.agregar_separadores, df.poner_estrellas])(rng, fila)


def daniar_lineas(rng: Random, filas: list[df.Fila]) -> None:
    """Daña la columna de líneas de la página: la sube un renglón o la parte en renglones de más."""
    if rng.random() < 0.5 and len(filas) > 2:
        corridas = [f.lineas for f in filas[1:]] + [""]
        for fila, lineas in zip(filas, corridas, strict=False):
            fila.lineas = lineas
            fila.hecho.ilegibles.add("lineas")
        return
    for fila in filas:
        if len(fila.hecho.lineas) > 1 and rng.random() < 0.5:
            fila.lineas, fila.renglones_extra = fila.hecho.lineas[0], fila.hecho.lineas[1:]


def pleca(fila: list[str]) -> str:
    """Imprime una fila de tabla con plecas, con un espacio por celda vacía."""
    return "|" + "|".join(f" {c} " if c else " " for c in fila) + "|"


def imprimir_tabla(rng: Random, filas: list[df.Fila], estilo: str, orden: str, danio: str) -> list[str]:
    """Imprime encabezado y filas de una página, en tabuladores o en plecas."""
    cabeza = rotulos(rng, estilo, orden, danio)
    cuerpo = []
    for fila in filas:
        cuerpo.append(celdas(fila, orden))
        cuerpo += [[linea] + [""] * (len(cuerpo[-1]) - 1) for linea in fila.renglones_extra]
    if estilo != "2023":
        return ["\t".join(f) for f in cabeza + cuerpo]
    raya = "|" + "|".join("-" * rng.randint(2, 20) for _ in cabeza[0]) + "|"
    return [pleca(cabeza[0]), raya] + [pleca(f) for f in cabeza[1:] + cuerpo]


def repartir_filas(rng: Random, total: int) -> list[int]:
    """Reparte `total` compromisos en unidades de 1 a 12."""
    partes = []
    while total > 0:
        parte = min(total, rng.randint(1, 12))
        partes.append(parte)
        total -= parte
    return partes


def planear_documento(rng: Random, estilo: str, segunda_mitad: bool = False) -> list[tuple[list[str], list[Hecho]]]:
    """Sortea las unidades del documento: (catálogo de líneas, compromisos con su plan)."""
    numeracion = {"2018": "puntos", "2023": "letras", "2025": "cientos"}[estilo]
    texto = "mayusculas" if estilo in ("2018", "2023") else "frase"
    usadas: set[str] = set()
    total = rng.choice([1, 2, rng.randint(3, 12), rng.randint(3, 25), rng.randint(12, 40), rng.randint(30, 60)])
    unidades, meta, siguiente = [], 0, 1
    for cuantos in repartir_filas(rng, total):
        catalogo = catalogo_de_lineas(rng, rng.randint(1, 9))
        sigue = estilo == "2018" and meta and rng.random() < 0.3  # acciones de la meta de otra página
        if not sigue:
            meta, siguiente = meta + 1, 0
        hechos = []
        for _ in range(cuantos):
            hechos.append(hacer_compromiso(rng, meta, siguiente, numeracion, catalogo, usadas, texto, segunda_mitad))
            siguiente += 1
        unidades.append((catalogo, hechos))
    return unidades


def imprimir_unidad(
    rng: Random, hechos: list[Hecho], portada: enc.Portada, estilo: str, danio: str, comas: str, primera: bool
) -> list[list[str]]:
    """Imprime las páginas de una unidad; devuelve una lista de renglones por página."""
    union = " " if estilo == "2025" and rng.random() < 0.4 else ", "
    filas = [hacer_fila(rng, h, comas, union) for h in hechos]
    orden = "unidad_antes" if estilo == "2023" and rng.random() < 0.25 else "linea"
    if estilo == "2023" and danio == "fuerte" and primera and hechos[0].nivel == "meta" and rng.random() < 0.4:
        orden = "sin_texto"
        for h in hechos[1:]:
            h.ilegibles |= {"descripcion"}
        hechos[0].ilegibles.add("lineas")
    daniar_filas(rng, filas, danio)
    if orden == "linea" and rng.random() < {"ninguno": 0, "leve": 0.1, "fuerte": 0.35}[danio]:
        daniar_lineas(rng, filas)
    corte = len(filas)
    if len(filas) > 6 and orden != "sin_texto" and rng.random() < 0.3:
        corte = rng.randint(3, len(filas) - 1)
    con_fecha = primera or rng.random() > {"ninguno": 0, "leve": 0.15, "fuerte": 0.3}[danio]
    pagina = enc.encabezar(rng, portada, estilo, danio, con_fecha)
    pagina += imprimir_tabla(rng, filas[:corte], estilo, orden, danio) + [""]
    if corte == len(filas):
        return [pagina + enc.firmas(rng)]
    sigue = enc.titulo(rng, portada, estilo, danio) + ["", "AVANCE FÍSICO PROGRAMÁTICO", ""]
    if danio == "ninguno":
        sigue = enc.encabezar(rng, portada, estilo, danio)
    sigue += imprimir_tabla(rng, filas[corte:], estilo, orden, danio) + [""]
    return [pagina, sigue + enc.firmas(rng)]


def armar(paginas: list[list[str]]) -> str:
    """Une las páginas con renglones vacíos, como salen de la lectura óptica."""
    return "\n" * 4 + ENTRE_PAGINAS.join("\n".join(p).rstrip("\n") for p in paginas) + "\n"


def imprimir_informe(
    rng: Random,
    unidades: list,
    anio: int,
    trimestre: int,
    dependencia: tuple,
    estilo: str,
    danio: str,
    comas: str,
    portadas: list | None = None,
) -> list[list[str]]:
    """Imprime un informe trimestral completo; deja en los hechos su corte y su dependencia."""
    paginas = []
    for numero, (catalogo, hechos) in enumerate(unidades):
        for h in hechos:
            h.corte, h.dependencia, h.dependencia_nombre = (
                f"{anio}T{trimestre}",
                dependencia[0],
                dependencia[1],
            )
        portada = (
            portadas[numero]
            if portadas
            else enc.hacer_portada(rng, anio, trimestre, (dependencia[2], dependencia[1]), numero + 1, catalogo)
        )
        portada.trimestre = trimestre
        nuevas = imprimir_unidad(rng, hechos, portada, estilo, danio, comas, primera=numero == 0)
        if paginas and danio == "fuerte" and rng.random() < 0.15:
            paginas[-1] += [""] + nuevas.pop(0)[len(enc.titulo(rng, portada, estilo, "ninguno")) + 1 :]
        paginas += nuevas
    return paginas


def hacer_tabla(rng: Random, estropeo: Random, estilo: str, danio: str) -> tuple[str, dict]:
    """Hace un documento de un solo informe; devuelve (texto, verdad)."""
    anio, trimestre = rng.randint(2017, 2027), rng.randint(1, 4)
    dependencia, comas = rng.choice(voc.DEPENDENCIAS), rng.choice(["siempre", "nunca", "mixto"])
    unidades = planear_documento(rng, estilo)
    todos = [h for _, hechos in unidades for h in hechos]
    for h in todos:
        cortar(rng, h, lograr(rng, h.programado, h.regla), trimestre)
    paginas = imprimir_informe(estropeo, unidades, anio, trimestre, dependencia, estilo, danio, comas)
    return armar(paginas), verdad_de(todos)


def hacer_varios(rng: Random, estropeo: Random, danio: str) -> tuple[str, dict]:
    """Hace un archivo con los cuatro informes de un año; la mitad de las veces se replanea en T3."""
    anio, dependencia = rng.randint(2017, 2027), rng.choice(voc.DEPENDENCIAS)
    comas, replaneado = rng.choice(["siempre", "nunca", "mixto"]), rng.random() < 0.5
    planes = [planear_documento(rng, "2025")]
    if replaneado:
        planes.append(planear_documento(rng, "2025", segunda_mitad=True))
    logros = [[[lograr(rng, h.programado, h.regla) for h in hechos] for _, hechos in plan] for plan in planes]
    portadas = [
        [
            enc.hacer_portada(rng, anio, 1, (dependencia[2], dependencia[1]), n + 1, catalogo)
            for n, (catalogo, _) in enumerate(plan)
        ]
        for plan in planes
    ]
    paginas, todos = [], []
    for trimestre in range(1, 5):
        cual = 1 if replaneado and trimestre > 2 else 0
        unidades = []
        for (catalogo, hechos), suyos in zip(planes[cual], logros[cual], strict=False):
            copias = [copiar(h, cual + 1) for h in hechos]
            for copia, completo in zip(copias, suyos, strict=False):
                cortar(rng, copia, completo, trimestre)
            unidades.append((catalogo, copias))
            todos += copias
        paginas += imprimir_informe(
            estropeo, unidades, anio, trimestre, dependencia, "2025", danio, comas, portadas[cual]
        )
    return armar(paginas), verdad_de(todos)


def copiar(hecho: Hecho, plan: int) -> Hecho:
    """Copia un compromiso para otro informe del mismo año."""
    return Hecho(
        hecho.clave,
        hecho.meta_clave,
        hecho.nivel,
        hecho.clave_impresa,
        hecho.descripcion,
        hecho.unidad,
        list(hecho.lineas),
        hecho.meta,
        list(hecho.programado),
        [None] * 4,
        regla=hecho.regla,
        segunda_mitad=hecho.segunda_mitad,
        plan=plan,
    )
