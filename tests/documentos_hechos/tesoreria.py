"""Documentos de Tesorería: presupuesto por capítulo, metas por trimestre y acciones por mes (poa-2022)."""

from random import Random

from . import danio_filas as df
from . import vocabulario as voc
from .compromisos import Hecho, describir, lograr, planear, verdad_de
from .tablas import ENTRE_PAGINAS, pleca


def imprimir(valor: float | None) -> str:
    """Imprime una cifra de Tesorería: sin comas, negativos entre paréntesis, decimales los que haya."""
    if valor is None:
        return ""
    texto = f"{abs(valor):.2f}".rstrip("0").rstrip(".")
    return f"({texto})" if valor < 0 else texto


def hacer_meta(rng: Random, numero: int, usadas: set[str], corte: int) -> Hecho:
    """Hace una meta con programado y real por trimestre; los ceros se imprimen."""
    while True:
        meta, programado, regla = planear(rng)
        if regla != "sin_calendario":
            break
    programado = [p or 0 for p in programado]
    completo = [a or 0 for a in lograr(rng, programado, regla)]
    hecho = Hecho(
        f"{numero}",
        f"{numero}",
        "meta",
        "",
        describir(rng, usadas, "mayusculas"),
        rng.choice(voc.UNIDADES_DE_PORCENTAJE if regla == "constante" else voc.UNIDADES).upper(),
        rng.choice([[], [f"{rng.randint(1, 8)}.{rng.randint(1, 8)}.{rng.randint(1, 7)}"]]),
        meta,
        programado,
        [a if k < corte else None for k, a in enumerate(completo)],
        regla=regla,
    )
    reportado = [a for a in hecho.alcanzado if a is not None]
    hecho.absoluto = max(reportado) if regla == "constante" else sum(reportado)
    hecho.trimestre = corte
    hecho.observaciones = rng.choice(voc.OBSERVACIONES["encima"] + voc.OBSERVACIONES["debajo"]).upper()
    return hecho


def calendario_mensual(rng: Random) -> tuple[list[float], str]:
    """Sortea el programado de doce meses y su regla."""
    forma = rng.choice(["trimestral", "mensual", "suelto", "nada", "porcentaje", "porcentaje_mensual"])
    if forma == "nada":
        return [0] * 12, "suma"
    if forma.startswith("porcentaje"):
        valor = rng.choice([80, 90, 100])
        return [valor if forma.endswith("mensual") or m % 3 == 2 else 0 for m in range(12)], "constante"
    base = rng.choice([1, 1, 2, 4, rng.randint(3, 70), rng.randint(50, 3000)])
    if forma == "trimestral":
        return [base if m % 3 == 2 else 0 for m in range(12)], "suma"
    desde = rng.choice([0, 0, 3])
    if forma == "mensual":
        return [base + rng.randint(0, 1) if m >= desde else 0 for m in range(12)], "suma"
    return [base if rng.random() < 0.4 else 0 for m in range(12)], "suma"


def hacer_accion(rng: Random, meta: Hecho, numero: int, usadas: set[str], corte: int) -> Hecho:
    """Hace una acción con programado y realizado por mes; sus trimestres se derivan."""
    programado, regla = calendario_mensual(rng)
    realizado: list[float | None] = []
    for p in programado:
        if regla == "constante":
            valor = rng.choice([p, p, round(rng.uniform(50, 100), 2)]) if p else 0
        else:
            valor = rng.choice(
                [p, p, p, rng.randint(0, p), p + rng.randint(0, p + 1), 0 if p else rng.choice([0, 0, 0, 1])]
            )
        realizado.append(valor)
    realizado = [r if m < 3 * corte else None for m, r in enumerate(realizado)]
    resumir = max if regla == "constante" else sum
    vistos = [r for r in realizado if r is not None]
    trimestres = [slice(3 * k, 3 * k + 3) for k in range(4)]
    hecho = Hecho(
        f"{meta.clave}.{numero}",
        meta.clave,
        "accion",
        f"{numero}",
        describir(rng, usadas, "mayusculas"),
        rng.choice(voc.UNIDADES_DE_PORCENTAJE if regla == "constante" else voc.UNIDADES).upper(),
        [],
        resumir(programado),
        [resumir(programado[t]) for t in trimestres],
        [resumir(realizado[t]) if k < corte else None for k, t in enumerate(trimestres)],
        absoluto=round(resumir(vistos), 2),
        regla=regla,
        trimestre=corte,
        meses={"programado": programado, "realizado": realizado},
    )
    if numero == 1 and rng.random() < 0.7:
        hecho.descripcion, hecho.unidad = "SEGUIMIENTO AL GASTO DE SERVICIOS PERSONALES", "REPORTE"
    if regla == "constante" and any(sum(1 for v in programado[t] if v) > 1 for t in trimestres):
        hecho.indefinidas |= {f"{letra}{k}" for letra in "PA" for k in range(1, 5)}  # no hay una sola regla al derivar
    return hecho


def imprimir_meta(rng: Random, hecho: Hecho, danio: str) -> list[str]:
    """Imprime el cuadro de una meta en una de las tres formas de poa-2022."""
    cifras = []
    for p, a in zip(hecho.programado, hecho.alcanzado, strict=False):
        cifras += [imprimir(p), imprimir(a)]
    fila = df.Fila(
        hecho,
        "",
        hecho.descripcion,
        hecho.unidad,
        imprimir(hecho.meta),
        cifras,
        imprimir(hecho.absoluto),
        "",
        "",
    )
    if rng.random() < {"ninguno": 0, "leve": 0.15, "fuerte": 0.6}[danio]:
        rng.choice([df.leer_mal_un_digito, df.copiar_p4, repetir, perder_un_cero, df.leer_mal_la_unidad])(rng, fila)
    forma, cola = rng.choice(["junto", "separado"]), [""] * rng.choice([0, 0, 1, 2])
    titulo = ["META", "UNIDAD DE MEDIDA", "CALENDARIZACIÓN", "", "METAS ESPERADAS POR TRIMESTRE"] + [""] * 7
    trimestres = ["", "", "PROG.", "REAL", "1", "", "2", "", "3", "", "4", ""]
    datos = [fila.texto, fila.unidad, fila.meta, fila.absoluto]
    raya = "|" + "|".join("-" * rng.randint(2, 20) for _ in titulo + cola) + "|"
    lineas = [pleca(titulo + cola), raya, pleca(trimestres + cola)]
    if forma == "junto":
        lineas += [pleca(datos + ["Prog.", "Real"] * 4 + cola), pleca(["", "", "", "", *fila.cifras] + cola)]
    else:
        lineas += [
            pleca(["", "", "", ""] + ["Prog.", "Real"] * 4 + cola),
            pleca([*datos, *fila.cifras] + cola),
        ]
    lineas += imprimir_linea(rng, hecho)
    return lineas + [
        "",
        "OBSERVACIONES Y/O JUSTIFICACIÓN",
        "",
        f"CIERRE DEL EJERCICIO {hecho.observaciones}".strip(),
        "",
    ]


def imprimir_linea(rng: Random, hecho: Hecho) -> list[str]:
    """Imprime la línea de acción bajo el cuadro; '-1 | null' cuando no hay."""
    if not hecho.lineas:
        return [pleca(["-1", "null"] + [""] * 10)]
    nombre = rng.choice(voc.NOMBRES_DE_LINEA).capitalize()
    if rng.random() < 0.4:
        return ["", f"{hecho.lineas[0]} {nombre}"]
    return [pleca([hecho.lineas[0], nombre] + [""] * 10)]


def repetir(rng: Random, fila: df.Fila) -> bool:
    """Las últimas cifras se repiten al final del renglón (poa-2022, pág. 4)."""
    return df.poner_cifras(fila, fila.cifras + fila.cifras[-rng.randint(1, 2) :])


def perder_un_cero(rng: Random, fila: df.Fila) -> bool:
    """Falta un cero o sobra otro y las cifras se corren (poa-2022, pág. 5)."""
    ceros = [i for i, c in enumerate(fila.cifras) if c == "0"]
    if not ceros:
        return False
    lugar = rng.choice(ceros)
    cifras = (
        fila.cifras[:lugar] + fila.cifras[lugar + 1 :]
        if rng.random() < 0.6
        else fila.cifras[:lugar] + ["0"] + fila.cifras[lugar:]
    )
    return df.poner_cifras(fila, cifras)


def renglones_mensuales(hecho: Hecho) -> list[list[str]]:
    """Arma los tres renglones de una acción: programado, realizado y variación, con su total al frente."""
    p, r = hecho.meses["programado"], hecho.meses["realizado"]
    variacion = [None if b is None else round(b - a, 2) for a, b in zip(p, r, strict=False)]
    return [
        [
            f"{hecho.clave_impresa} - {hecho.descripcion}",
            hecho.unidad,
            imprimir(hecho.meta),
            *map(imprimir, p),
            "PROGRAMADO",
        ],
        ["", "", imprimir(hecho.absoluto), *map(imprimir, r), "REALIZADO"],
        ["", "", imprimir(round(hecho.absoluto - hecho.meta, 2)), *map(imprimir, variacion), "VARIACION"],
    ]


def daniar_mensual(rng: Random, filas: list[list[str]], hecho: Hecho) -> list[list[str]]:
    """Daña uno de los tres renglones; los otros dos y las sumas lo reponen, salvo lo que se marca."""
    cual, como = (
        rng.randrange(3),
        rng.choice(["digito", "digito", "sin_ceros", "repetida", "sin_renglon", "cola"]),
    )
    fila = filas[cual]
    if como == "cola":
        return [f + [""] for f in filas]
    if hecho.trimestre < 4:
        return filas
    if como == "sin_renglon" and cual:
        return [f for i, f in enumerate(filas) if i != cual]
    if como == "repetida":
        lugar = rng.randint(3, 14)
        return [f[:lugar] + [f[lugar]] + f[lugar:] if i == cual else f for i, f in enumerate(filas)]
    ceros = [i for i in range(3, 15) if fila[i] == "0"]
    if como == "sin_ceros" and ceros:
        quitar = set(rng.sample(ceros, min(len(ceros), rng.randint(1, 2))))
        return [[c for j, c in enumerate(f) if i != cual or j not in quitar] for i, f in enumerate(filas)]
    llenos = [i for i in range(3, 15) if any(c in "123456789" for c in fila[i])]
    if not llenos:
        return filas
    lugar = rng.choice(llenos)
    nueva = list(fila)
    nueva[lugar] = df.equivocar_digito(rng, fila[lugar])
    mes = lugar - 2
    if hecho.regla == "constante":  # sin suma que la delate, sólo la variación dice que algo está mal
        hecho.ilegibles |= {f"p{mes}", f"r{mes}", f"v{mes}", f"P{(mes + 2) // 3}", f"A{(mes + 2) // 3}"}
    return [nueva if i == cual else f for i, f in enumerate(filas)]


def imprimir_acciones(rng: Random, acciones: list[Hecho], danio: str) -> list[str]:
    """Imprime el cuadro mensual de las acciones de una meta."""
    lineas = [
        pleca(["", "", "", *map(str, range(1, 13)), ""]),
        "|--|---------|---|---|---|---|---|---|---|---|---|---|----|----|----|------------|",
    ]
    for hecho in acciones:
        filas = renglones_mensuales(hecho)
        if rng.random() < {"ninguno": 0, "leve": 0.1, "fuerte": 0.45}[danio]:
            filas = daniar_mensual(rng, filas, hecho)
        lineas += [pleca(f) for f in filas]
    return lineas + [""]


def imprimir_presupuesto(
    rng: Random, ramo: str, programa: tuple[str, str], anio: int, dependencia: tuple
) -> tuple[list[str], list[dict]]:
    """Imprime la página de presupuesto de un programa; devuelve (renglones, filas de verdad)."""
    verdad, filas = [], []
    for capitulo, nombre in sorted(rng.sample(voc.CAPITULOS, rng.randint(1, 5))):
        inicial, modificado = round(rng.uniform(0, 2e7), 2), round(rng.uniform(1e3, 2e7), 2)
        inicial = 0 if rng.random() < 0.1 else inicial
        devengado = round(modificado * rng.uniform(0.3, 1), 2)
        filas.append(pleca([capitulo, nombre, *(f"\\$ {v:,.2f}" for v in (inicial, modificado, devengado))]))
        verdad.append(
            {
                "ejercicio": anio,
                "dependencia": dependencia[0],
                "dependencia_nombre": dependencia[1],
                "programa_clave": programa[0],
                "capitulo": capitulo,
                "descripcion": nombre,
                "autorizado_inicial": inicial,
                "modificado": modificado,
                "devengado": devengado,
                "ilegibles": [],
                "ambivalentes": [],
            }
        )
    lineas = [
        "AYUNTAMIENTO DE MEXICALI",
        "",
        "TESORERIA MUNICIPAL",
        "",
        f"IDENTIFICACIÓN DE PROGRAMAS PARA EL EJERCICIO FISCAL {anio}",
        "",
        f"RAMO: {ramo}",
        "",
        f"PROGRAMA: {programa[0]} - {programa[1]}",
        "",
        "ELEMENTO RESUMEN NARRATIVO",
        "",
        "FIN CONTRIBUIR A QUE LOS CIUDADANOS CUENTEN CON UNA ADMINISTRACIÓN MUNICIPAL EFICAZ Y EFICIENTE",
        "",
        "| PRESUPUESTO POR CATEGORÍA PROGRAMÁTICA | | PRESUPUESTO DE EGRESOS | | |",
        "|--|--------------------------|------------------------|-----------------|------------------------|",
        "| CAPÍTULO | DESCRIPCIÓN CAPÍTULO | ANUAL | | DEVENGADO AL TRIMESTRE |",
        "| | | AUTORIZADO INICIAL | MODIFICADO | |",
        *filas,
        "",
        f"{rng.choice(voc.NOMBRES)} {rng.choice(voc.APELLIDOS)}",
        "RESPONSABLE DEL RAMO",
    ]
    return lineas, verdad


def titulo(rng: Random, segundo: str, danio: str) -> list[str]:
    """Título de página; con daño, 'AYUNTAMIENTO DF MEXICALI'."""
    primero = "AYUNTAMIENTO DE MEXICALI"
    if danio != "ninguno" and rng.random() < 0.3:
        primero = rng.choice(["AYUNTAMIENTO DF MEXICALI", "AVANTAMIENTO DE MEXICALI"])
    return [primero, "TESORERIA MUNICIPAL", segundo, ""]


def paginas_de_metas(
    rng: Random, metas: list[Hecho], ramo: tuple, programa: tuple, trimestre: int, danio: str
) -> list[list[str]]:
    """Imprime las metas en páginas de una a cinco, en el orden que caiga."""
    paginas, pendientes = [], rng.sample(metas, len(metas))
    while pendientes:
        cuantas = rng.randint(1, 5)
        pagina = titulo(rng, f"AVANCE DEL {voc.ORDINALES[trimestre]} TRIMESTRE", danio)
        pagina += [
            f"RAMO: {ramo[0]} {ramo[1]}",
            f" PROGRAMA: {programa[0]} {programa[1]}",
            "",
            f"UNIDAD RESPONSABLE: 001 {rng.choice(voc.UNIDADES_EJECUTORAS)}",
            "",
            "ACTIVIDAD",
            "",
            f"{rng.randint(1, 300)} Dirigir el Gobierno y la administracion publica Municipal",
            "",
        ]
        for hecho in pendientes[:cuantas]:
            pagina += imprimir_meta(rng, hecho, danio)
        pendientes = pendientes[cuantas:]
        paginas.append(pagina)
    return paginas


def paginas_de_acciones(
    rng: Random, grupos: list, ramo: tuple, programa: tuple, anio: int, danio: str
) -> list[list[str]]:
    """Imprime las acciones por meta; una meta partida repite su rótulo en la página que sigue."""
    cabeza = [f"Ramo: {ramo[0]} - {ramo[1]}", "", f"Programa: {programa[0]} - {programa[1]}", ""]
    segundo = f"ESTIMACIÓN Y AVANCES DE ACCIÓN {anio}"
    paginas = [titulo(rng, segundo, danio) + cabeza]
    for meta, acciones in grupos:
        rotulo = [f"Meta: {meta.clave} - {meta.descripcion}", ""]
        corte = rng.randint(1, len(acciones)) if rng.random() < 0.3 else len(acciones)
        for parte in (acciones[:corte], acciones[corte:]):
            if not parte:
                continue
            if parte is not acciones and len(paginas[-1]) > 20 and rng.random() < 0.6 or parte[0] is not acciones[0]:
                paginas.append(titulo(rng, segundo, danio) + cabeza)
            paginas[-1] += rotulo + imprimir_acciones(rng, parte, danio)
    return paginas


def hacer_tesoreria(rng: Random, estropeo: Random, danio: str) -> tuple[str, dict]:
    """Hace un documento de Tesorería; devuelve (texto, verdad)."""
    anio, trimestre = rng.randint(2017, 2027), rng.choice([4, 4, 4, rng.randint(1, 4)])
    dependencia = rng.choice(voc.DEPENDENCIAS)
    ramo, usadas, numero = (dependencia[2], dependencia[1]), set(), 0
    presupuestos, de_metas, de_acciones, todos, verdad_presupuesto = [], [], [], [], []
    for programa in rng.sample(voc.PROGRAMAS, rng.randint(1, 2)):
        lineas, filas = imprimir_presupuesto(rng, f"{ramo[0]} - {ramo[1]}", programa, anio, dependencia)
        presupuestos.append(lineas)
        verdad_presupuesto += filas
        grupos = []
        for _ in range(rng.randint(1, 6)):
            numero += 1
            meta = hacer_meta(rng, numero, usadas, trimestre)
            acciones = [hacer_accion(rng, meta, n, usadas, trimestre) for n in range(1, rng.randint(2, 7))]
            grupos.append((meta, acciones))
            todos += [meta, *acciones]
        de_metas += paginas_de_metas(estropeo, [m for m, _ in grupos], ramo, programa, trimestre, danio)
        de_acciones += paginas_de_acciones(estropeo, grupos, ramo, programa, anio, danio)
    for h in todos:
        h.corte, h.dependencia, h.dependencia_nombre = f"{anio}T{trimestre}", dependencia[0], dependencia[1]
    verdad = verdad_de(todos)
    verdad["presupuesto"] = [fila | {"corte": f"{anio}T{trimestre}"} for fila in verdad_presupuesto]
    paginas = ["\n".join(p).rstrip("\n") for p in presupuestos + de_metas + de_acciones]
    return "\n" * 4 + ENTRE_PAGINAS.join(paginas) + "\n", verdad
