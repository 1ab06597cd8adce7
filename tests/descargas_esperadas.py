"""Lo que debe traer cada descarga, contado aparte: las consultas sobre una copia de la base, sin pasar por el tablero.

Cada función da las filas que corresponden a una hoja de una página; `v` es la vista: página, corte, dependencia (None,
todas), nivel, periodo y lo demás de la dirección. Las que son una cuenta se vuelven a contar aquí, con fila y todo.
"""

import csv
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb

from poa import rutas

ORDEN_DE_PANTALLA = {"orden", "orden_antes", "orden_despues", "estado_orden", "preset_orden"}
DEBAJO = ("Sin avance", "Crítico", "En riesgo")
ENCIMA = ("Sobrecumple", "Meta subestimada")
EVALUABLES = (*DEBAJO, "Cumple", *ENCIMA)
_OTROS = ("Avance no programado", "Sin reporte", "Sin programación", "Dato por revisar", "Aún no exigible")
ESTADOS = (*EVALUABLES, *_OTROS)
INDICADORES = ["evaluables", "cumplen", "debajo", "excedidos", "esperados", "reportados", "indice_acotado_pct"]
TRIMESTRES = (1, 2, 3, 4)
Fila = dict
Vista = dict


class Cualquiera:
    """Un texto que redacta el tablero: basta con que esté."""

    def __eq__(self, otro):
        return bool(otro)


class Base:
    """La base, preguntada sin el tablero."""

    def __init__(self, archivo: Path) -> None:
        self.con = duckdb.connect(str(archivo), read_only=True)
        self.nombres = {f["dependencia"]: f["dependencia_nombre"] for f in self("cortes")}

    def __call__(self, consulta: str, **dados) -> list[Fila]:
        texto = (rutas.consultas() / f"{consulta}.sql").read_text("utf-8")
        pedidos = duckdb.extract_statements(texto)[0].named_parameters
        cursor = self.con.execute(texto, {p: dados.get(p) for p in pedidos})
        columnas = [c[0] for c in cursor.description]
        return [dict(zip(columnas, fila, strict=True)) for fila in cursor.fetchall()]

    def completar(self, filas: list[Fila]) -> list[Fila]:
        """Las filas como se bajan: sin lo que solo ordena la pantalla y con el nombre junto a la dependencia."""
        completas = []
        for fila in filas:
            nueva = {}
            for columna, dato in fila.items():
                if columna in ORDEN_DE_PANTALLA:
                    continue
                nueva[columna] = dato
                if columna == "dependencia" and "dependencia_nombre" not in fila:
                    nueva["dependencia_nombre"] = self.nombres.get(dato)
            completas.append(nueva)
        return completas


def vista(v: Vista, *campos: str) -> dict:
    """Los parámetros de una consulta: ejercicio, corte y dependencia, y los que se pidan."""
    return {"ejercicio": int(v["corte"][:4]), **{c: v[c] for c in ("corte", "dependencia", *campos)}}


def vigentes(b: Base, v: Vista, *campos: str, **otros) -> list[Fila]:
    return b("cumplimiento", **(vista(v, *campos) | otros))


def llana(texto: str | None) -> str:
    descompuesto = unicodedata.normalize("NFD", texto or "ninguno")
    return "".join(c for c in descompuesto if not unicodedata.combining(c)).lower()


def en_columna(estado: str) -> str:
    return llana(estado).replace(" ", "_")


# ---------------------------------------------------------------- compromisos y conteos


def por_estado(b: Base, v: Vista) -> list[Fila]:
    filas = vigentes(b, v, "periodo")
    if v.get("linea"):
        suyas = {f["vigente_id"] for f in b("ejes_compromisos", **vista(v), pmd=v["pmd"], clave_pmd=v["linea"])}
        filas = [f for f in filas if f["vigente_id"] in suyas]
    n = Counter((f["estado"], f["nivel"]) for f in filas)
    return [{"estado": e, "metas": n[e, "meta"], "acciones": n[e, "accion"]} for e in ESTADOS]


def extremos(lado: str) -> Callable[[Base, Vista], list[Fila]]:
    def filas(b: Base, v: Vista) -> list[Fila]:
        suyas = [f for f in b("extremos", **vista(v, "nivel", "periodo")) if f["lado"] == lado]
        return sorted(suyas, key=lambda f: f["cumplimiento_pct"], reverse=lado == "encima")[:5]

    return filas


def _grupos(b: Base, v: Vista) -> list[tuple[str, bool, list[Fila], dict[str, Fila]]]:
    """Cada grupo: su llave, si es el total, sus compromisos del nivel y sus indicadores por nivel."""
    filas = vigentes(b, v, "nivel", "periodo")
    por_quien: dict[str, dict[str, Fila]] = {}
    for f in b("indicadores", **vista(v, "periodo")):
        por_quien.setdefault(f["dependencia"], {})[f["nivel"]] = f
    quienes = {f["dependencia"] for f in filas}
    grupos = [
        (d, len(quienes) == 1, [f for f in filas if f["dependencia"] == d], por_quien[d]) for d in sorted(quienes)
    ]
    if len(quienes) > 1:
        return grupos
    por = {"unidad": "unidad ejecutora", "programa": "programa"}
    columna = next((c for c in por if len({llana(f[c]) for f in filas}) > 1), None)
    if columna is None:
        return grupos
    suyos: dict[str, dict[str, Fila]] = {}
    for f in b("unidades", **vista(v, "periodo")):
        if f["agrupacion"] == por[columna]:
            suyos.setdefault(f["grupo_id"], {})[f["nivel"]] = f
    for g in sorted({llana(f[columna]) for f in filas}):
        grupos.append((g, False, [f for f in filas if llana(f[columna]) == g], suyos[g]))
    return grupos


def comparacion(b: Base, v: Vista) -> list[Fila]:
    salen = []
    for grupo_id, es_total, filas, indicadores in _grupos(b, v):
        cuantas = {n: indicadores[n]["total"] if n in indicadores else 0 for n in ("meta", "accion")}
        n = Counter(f["estado"] for f in filas)
        salen.append(
            {"grupo_id": grupo_id, "grupo": Cualquiera(), "es_total": es_total, "total": len(filas)}
            | {"metas": cuantas["meta"], "acciones": cuantas["accion"]}
            | {i: indicadores[v["nivel"]][i] for i in INDICADORES}
            | {en_columna(e): n[e] for e in ESTADOS}
        )
    return salen


def plan_por_grupo(b: Base, v: Vista) -> list[Fila]:
    programan = {t: set() for t in TRIMESTRES}
    for f in b("trimestres", **vista(v, "nivel")):
        if (f["programado"] or 0) > 0:
            programan[f["trimestre"]].add(f["vigente_id"])
    salen = []
    for grupo_id, es_total, filas, indicadores in _grupos(b, v):
        suyos = {f["vigente_id"] for f in filas if f["estado"] == "Aún no exigible"}
        medidas = {llana(f["unidad_medida"]) for f in filas if f["unidad_medida"]}
        cuantas = {n: indicadores[n]["total"] if n in indicadores else 0 for n in ("meta", "accion")}
        salen.append(
            {"grupo": Cualquiera(), "grupo_id": grupo_id, "es_total": es_total}
            | {"metas": cuantas["meta"], "acciones": cuantas["accion"], "unidades_de_medida": len(medidas)}
            | {f"programan_t{t}": len(programan[t] & suyos) for t in TRIMESTRES}
        )
    return salen


def compromisos_de_una(b: Base, v: Vista) -> list[Fila]:
    filas = vigentes(b, v, "periodo")
    trimestres = b("trimestres", **vista(v))
    usadas = [f for f in trimestres if f["programado"] is not None or f["alcanzado"] is not None]
    sin_cifra = {(f["vigente_id"], f["certeza"]) for f in trimestres if f["programado"] is f["alcanzado"] is None}
    usadas += [f for f in filas if f["certeza"] != "reconstruido" or (f["vigente_id"], f["certeza"]) not in sin_cifra]
    del_plan = {f["vigente_id"]: f for f in b("compromisos", **vista(v))}
    solo_plan = all(f["estado"] == "Aún no exigible" for f in filas)
    if v.get("compromiso"):
        meta = next(f["meta_clave"] for f in filas if f["compromiso_id"] == v["compromiso"])
        filas = [f for f in filas if f["meta_clave"] == meta]
    for f in filas:
        p = 0.0 if f["estado"] == "Avance no programado" else f["programado"]
        f["diferencia"] = None if p is None or f["alcanzado"] is None else f["alcanzado"] - p
        suyas = ["seguro" if f["total_impreso"] is None else "distinto"]
        suyas += [u["certeza"] for u in usadas if u["vigente_id"] == f["vigente_id"]]
        f["certeza_cifras"] = max(suyas, key=["seguro", "distinto", "reconstruido", "ambiguo"].index)
        if solo_plan:
            f |= {f"programado_t{t}": del_plan[f["vigente_id"]][f"programado_t{t}"] for t in TRIMESTRES}
    return filas


def codigos(b: Base, v: Vista) -> list[Fila]:
    llave = ("nivel_pmd", "pmd", "clave_pmd")
    contados = b("ejes_estados", **vista(v, "nivel", "periodo"))
    n = {(*(f[c] for c in llave), f["estado"]): f["compromisos"] for f in contados}
    filas = [f for f in b("ejes", **vista(v, "nivel", "periodo")) if f["pmd"] or f["nivel_pmd"] == "eje"]
    return [f | {en_columna(e): n.get((*(f[c] for c in llave), e), 0) for e in EVALUABLES} for f in filas]


def compromisos_del_codigo(b: Base, v: Vista) -> list[Fila]:
    responden = b("ejes_compromisos", **vista(v, "nivel"), pmd=v["pmd"])
    suyos = {f["vigente_id"] for f in responden if f["clave_pmd"] == v["linea"]}
    lineas: dict[str, list[str]] = {}
    for f in responden:
        if f["nivel_pmd"] == "linea":
            lineas.setdefault(f["vigente_id"], []).append(f["clave_pmd"])
    filas = [f for f in vigentes(b, v, "nivel", "periodo") if f["vigente_id"] in suyos]
    return [f | {"lineas": lineas.get(f["vigente_id"])} for f in filas]


def cifras(b: Base, v: Vista) -> list[Fila]:
    filas = b("trimestres", **vista(v, "nivel"))
    cerrados = {f["trimestre"] for f in filas if f["es_exigible"]}

    def contar(cumple: Callable[[Fila], bool], de: list[Fila] = filas, todos: bool = False) -> Fila:
        n = Counter(f["trimestre"] for f in de if cumple(f))
        return {f"t{t}": n[t] if todos or t in cerrados else None for t in TRIMESTRES}

    def programa(f: Fila) -> bool:
        return (f["programado"] or 0) > 0

    if not cerrados:
        quienes = list(dict.fromkeys(f["dependencia"] for f in filas))
        de = {d: [f for f in filas if f["dependencia"] == d] for d in quienes}
        return [
            {"dependencia": d, "compromisos": len({f["vigente_id"] for f in de[d]})} | contar(programa, de[d], True)
            for d in quienes
        ]
    con_reporte = contar(lambda f: programa(f) and f["estado"] not in ("Sin reporte", "Aún no exigible"))
    salen = [
        {"lista": "Programan algo", "periodo": "trimestre"} | contar(programa, todos=True),
        {"lista": "Con reporte", "periodo": "trimestre"} | con_reporte,
    ]
    for periodo, columna in (("trimestre", "estado"), ("acumulado", "estado_acumulado")):
        for lista, estados in (("En banda", ("Cumple",)), ("Debajo del plan", DEBAJO), ("Rebasan el plan", ENCIMA)):
            cuenta = contar(lambda f, c=columna, e=estados: f[c] in e)
            salen.append({"lista": lista, "periodo": periodo} | cuenta)
    return salen


def conteos_de_alertas(b: Base, v: Vista) -> list[Fila]:
    filas = vigentes(b, v, "nivel", "periodo")
    n = Counter(f["estado"] for f in filas)
    sin_plan = (*ENCIMA, "Avance no programado")
    fuera = [f for f in filas if f["estado"] in (*DEBAJO, *sin_plan)]
    listas = {"Debajo del plan": sum(n[e] for e in DEBAJO)} | {e: n[e] for e in DEBAJO}
    listas |= {"Rebasan el plan o sin plan": sum(n[e] for e in sin_plan)} | {e: n[e] for e in sin_plan}
    listas["Con motivo impreso"] = sum("justificación" not in (f["etiquetas"] or "") for f in fuera)
    listas["Sin motivo impreso"] = sum("justificación ausente" in (f["etiquetas"] or "") for f in filas)
    listas["Contradicen a las cifras"] = sum("justificación contradictoria" in (f["etiquetas"] or "") for f in filas)
    return [{"lista": lista, "compromisos": cuantos} for lista, cuantos in listas.items()]


def de_alertas(pequenas: bool) -> Callable[[Base, Vista], list[Fila]]:
    return lambda b, v: [f for f in b("alertas", **vista(v, "nivel", "periodo")) if f["es_pequena"] is pequenas]


def de_juegos(cambian: bool) -> Callable[[Base, Vista], list[Fila]]:
    def filas(b: Base, v: Vista) -> list[Fila]:
        suyas = [f for f in b("sensibilidad", **vista(v, "nivel", "periodo")) if f["cambia"] is cambian]
        al_final = ("preset", "estado")
        quedan = [c for c in suyas[0] if c not in (*al_final, "es_propio")] if suyas else []
        return [{c: f[c] for c in (*quedan, *al_final)} for f in suyas]

    return filas


def diccionario(b: Base, _v: Vista) -> list[Fila]:
    with rutas.diccionario().open(encoding="utf-8", newline="") as archivo:
        notas = {(f["tabla"], f["columna"]): f for f in csv.DictReader(archivo)}
    return [
        {c: f[c] for c in f if c != "lugar"}
        | {c: notas[f["tabla"], f["columna"]][c] or None for c in ("unidad", "fuente")}
        for f in b("diccionario")
    ]


def senales(b: Base, v: Vista) -> list[Fila]:
    return [
        {"senal": senal, "significado": Cualquiera()} | f
        for f in vigentes(b, v, "nivel", "periodo")
        for senal in (f["etiquetas"] or "").split("; ")
        if senal
    ]


# ---------------------------------------------------------------- planes, hilos y tarjeta


def cambios(*suertes: str) -> Callable[[Base, Vista], list[Fila]]:
    def filas(b: Base, v: Vista) -> list[Fila]:
        de, a = v["planes"].split("-")
        todas = b("cambios", dependencia=v["quien"], de=de, a=a)
        return [f for f in todas if not suertes or f["suerte"] in suertes]

    return filas


def conteos_de_cambios(b: Base, v: Vista) -> list[Fila]:
    filas = cambios()(b, v)
    planes = {f["plan"]: f for f in b("planes", dependencia=v["quien"])}

    def cuantos(nivel: str, suerte: str, relacion: str | None) -> int:
        suyas = [f for f in filas if f["nivel"] == nivel]
        if relacion:
            con = [f for f in suyas if f["relacion"] == relacion and f["suerte"] in ("continúa", "cambia")]
            return len({f["origen"] for f in con})
        extremo = "destino" if suerte == "aparece" else "origen"
        propios = {f[extremo] for f in suyas if f["suerte"] == suerte}
        if suerte == "cambia":
            propios -= {f["origen"] for f in suyas if f["suerte"] == "continúa"}
        if suerte == "relevo":
            otros = {f[e] for f in suyas if f["suerte"] != "relevo" for e in ("origen", "destino")}
            propios = {f[e] for f in suyas if f["suerte"] == "relevo" for e in ("origen", "destino")} - otros
        return len(propios - {None})

    de = {"continúa": ("misma", "reformulada"), "cambia": ("cambia_unidad", "dividida", "fusionada")}
    salen, lados = [], (("continúa", "cambia", "desaparece"), ("aparece", "relevo"))
    for plan, suertes in zip(v["planes"].split("-"), lados, strict=True):
        del_plan = {"metas": planes[plan]["metas"], "acciones": planes[plan]["acciones"]}
        salen.append({"plan": Cualquiera(), "suerte": None, "relacion": None} | del_plan)
        for suerte in suertes:
            for relacion in (None, *de.get(suerte, ())):
                n = {c: cuantos(nivel, suerte, relacion) for c, nivel in (("metas", "meta"), ("acciones", "accion"))}
                salen.append({"plan": Cualquiera(), "suerte": suerte, "relacion": relacion} | n)
    return salen


def cifras_del_compromiso(b: Base, v: Vista) -> list[Fila]:
    impresos = {(f["compromiso_id"], f["trimestre"]): f for f in b("compromiso_informes", **v)}
    filas = b("compromiso", compromiso_id=v["compromiso_id"], corte=v["corte"])
    for f in filas:
        for c in ("programado", "alcanzado"):
            suyo = impresos.get((f[f"{c}_de"], f["trimestre"]))
            f[f"{c}_impreso"] = suyo[f"{c}_impreso"] if suyo else None
    return filas


def _sola(consulta: str, *campos: str, **fijos) -> Callable[[Base, Vista], list[Fila]]:
    return lambda b, v: b(consulta, **(vista(v, *campos) | fijos))


def informes(b: Base, _v: Vista) -> list[Fila]:
    por_nombre = sorted(b("cortes"), key=lambda f: f["dependencia_nombre"])
    return sorted(por_nombre, key=lambda f: f["corte"], reverse=True)


# (página o None si es de todas, nombre de la hoja) → sus filas
ESPERADAS: dict[tuple[str | None, str], Callable[[Base, Vista], list[Fila]]] = {
    (None, "por_estado"): por_estado,
    (None, "debajo"): extremos("debajo"),
    (None, "encima"): extremos("encima"),
    (None, "comparacion"): comparacion,
    (None, "plan_por_grupo"): plan_por_grupo,
    ("dependencias", "compromisos"): compromisos_de_una,
    (None, "codigos"): codigos,
    ("ejes", "compromisos"): compromisos_del_codigo,
    (None, "cifras"): cifras,
    ("trimestres", "compromisos"): _sola("trimestres"),
    ("alertas", "conteos"): conteos_de_alertas,
    (None, "lejanas"): de_alertas(False),
    (None, "pequenas"): de_alertas(True),
    (None, "contradicciones"): _sola("contradicciones", "nivel", "periodo"),
    (None, "avance_fisico"): _sola("programas", periodo="acumulado"),
    (None, "pesos"): _sola("presupuesto"),
    (None, "cambian"): de_juegos(True),
    (None, "no_cambian"): de_juegos(False),
    (None, "estados"): lambda b, v: [
        f | {"condicion": Cualquiera()} for f in _sola("estados", "nivel", "periodo")(b, v)
    ],
    (None, "reglas"): _sola("reglas", "nivel"),
    (None, "senales"): senales,
    (None, "afirmaciones"): _sola("afirmaciones", "nivel", "periodo"),
    (None, "indicadores"): _sola("indicadores", "nivel", "periodo"),
    ("metodo", "enlaces"): lambda b, v: b("hilo_enlaces"),
    (None, "documentos"): lambda b, v: b("documentos"),
    (None, "hallazgos"): lambda b, v: b("hallazgos"),
    (None, "excepciones"): lambda b, v: b("excepciones"),
    (None, "diccionario"): diccionario,
    (None, "informes"): informes,
    (None, "lista"): lambda b, v: [f for f in vigentes(b, v, "nivel", "periodo") if f["estado"] == v["estado"]],
    (None, "cifras_del_compromiso"): cifras_del_compromiso,
    (None, "hallazgos_del_compromiso"): lambda b, v: [f for f in b("procedencia", **v) if f["papel"] == "hallazgo"],
    ("cambios", "conteos"): conteos_de_cambios,
    (None, "continuan"): cambios("continúa"),
    ("cambios", "cambian"): cambios("cambia"),
    (None, "desaparecen"): cambios("desaparece"),
    (None, "aparecen"): cambios("aparece"),
    (None, "relevos"): cambios("relevo"),
    ("cambios", "todos"): cambios(),
    (None, "pasos"): lambda b, v: b("hilo", hilo=v["hilo"]),
    ("seguir", "trimestres"): lambda b, v: b("hilo_trimestres", hilo=v["hilo"]),
    ("seguir", "enlaces"): lambda b, v: b("hilo_enlaces", hilo=v["hilo"]),
    (None, "hilos"): lambda b, v: b("hilos", texto=v.get("busca"), dependencia=v.get("quien")),
    (None, "cumplimiento"): vigentes,
    (None, "trimestres"): _sola("trimestres"),
}
# las que el tablero ordena a su manera
SIN_ORDEN = {"por_estado", "comparacion", "plan_por_grupo", "cambian", "no_cambian", "senales"}


def esperadas(b: Base, nombre: str, v: Vista) -> list[Fila]:
    """Las filas que debe traer la hoja `nombre` de una vista."""
    contar = ESPERADAS.get((v["pagina"], nombre)) or ESPERADAS[None, nombre]
    return b.completar(contar(b, v))
