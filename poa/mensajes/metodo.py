"""Lo que dice la página Método: las reglas en palabras, con los números de los umbrales en vigor.

Las filas de sensibilidad son las de su consulta: una por compromiso y juego de umbrales, de un nivel y periodo.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from poa import formato
from poa.seleccion import Umbral

_duro = formato.ESPACIO
_CUANTOS = ("cero", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")

# ---------------------------------------------------------------- qué cambia con los umbrales


def compromisos(sensibilidad: pd.DataFrame) -> pd.DataFrame:
    """Una fila por compromiso, con `cambia` y una columna por juego de umbrales (su rótulo) con el estado."""
    if sensibilidad.empty:
        return sensibilidad.assign(cambia=False).head(0)
    llave = ["vigente_id", "corte", "periodo"]
    estados = sensibilidad.pivot(index=llave, columns="preset", values="estado")
    unicos = sensibilidad.drop_duplicates(llave).drop(columns=["preset", "preset_orden", "es_propio", "estado"])
    return unicos.merge(estados, on=llave, sort=False, validate="one_to_one")


def juegos(sensibilidad: pd.DataFrame) -> list[str]:
    """Los juegos de umbrales que se comparan, en su orden."""
    return list(sensibilidad.sort_values("preset_orden", kind="stable")["preset"].unique())


def mensaje(sensibilidad: pd.DataFrame, nivel: str) -> str:
    """«Con los tres juegos de umbrales cambian de estado 2 de 38 acciones; 36 nunca cambian»."""
    todos = compromisos(sensibilidad)
    total, cambian = len(todos), int(todos["cambia"].sum())
    if not total:
        return f"No hay {formato.nivel(nivel, 2)} para esta selección"
    con = f"Con los {_cuantos(len(juegos(sensibilidad)))} juegos de umbrales"
    if not cambian:
        if total == 1:
            return f"{con}, la única {formato.nivel(nivel)} no cambia de estado"
        return f"{con}, ninguna de las {formato.contar(total, nivel)} cambia de estado"
    cambia = "cambia" if cambian == 1 else "cambian"
    resto = total - cambian
    final = f"; {formato.numero(resto)} nunca {'cambia' if resto == 1 else 'cambian'}" if resto else ""
    return f"{con} {cambia} de estado {formato.numero(cambian)} de {formato.contar(total, nivel)}{final}"


def parrafo(sensibilidad: pd.DataFrame, nivel: str, umbral: Umbral) -> str:
    """Los umbrales en vigor, quiénes cambian de estado, cuántos cumplen con cada juego y qué no cambia."""
    frases = [
        f"Con los umbrales en vigor, {_entero(umbral.rotulo)}, cumple lo que alcanza {_banda(umbral)} de lo "
        f"programado; por debajo de {_pct(umbral.critico)} es crítico y por encima de {_pct(umbral.meta_subestimada)} "
        "la meta está subestimada."
    ]
    todos = compromisos(sensibilidad)
    if not todos.empty:
        frases += [_quienes_cambian(todos, juegos(sensibilidad), nivel), _cuantos_cumplen(sensibilidad)]
    return " ".join([f for f in frases if f] + ["Mover los umbrales no cambia ninguna cifra, solo cómo se llama."])


def _quienes_cambian(todos: pd.DataFrame, juegos_: list[str], nivel: str) -> str:
    cambian = todos[todos["cambia"]]
    if cambian.empty:
        ninguna = f"Ninguna {formato.nivel(nivel)} cambia de estado con otros umbrales"
        if (todos[juegos_] == "Aún no exigible").all(axis=None):
            return f"{ninguna}: todavía no son exigibles." if len(todos) > 1 else f"{ninguna}: todavía no es exigible."
        return f"{ninguna}."
    varias = todos["dependencia"].nunique() > 1
    if varias or len(cambian) > 5:
        cuantas = f"{formato.numero(len(cambian))} de {formato.contar(len(todos), nivel)}"
        return f"{'Cambia' if len(cambian) == 1 else 'Cambian'} de estado con otros umbrales {cuantas}."
    claves = formato.lista(formato.texto(c) for c in cambian["clave"])
    if len(cambian) == 1:
        return f"Con otros umbrales solo cambia de estado la {formato.nivel(nivel)} {claves}."
    return f"Con otros umbrales solo cambian de estado las {formato.nivel(nivel, 2)} {claves}."


def _cuantos_cumplen(sensibilidad: pd.DataFrame) -> str:
    if not sensibilidad["cumplimiento_pct"].notna().any():
        return ""
    cumplen = _cumplen(sensibilidad)
    if cumplen.nunique() == 1:
        return f"En la banda quedan {formato.numero(cumplen.iloc[0])} con cualquiera de ellos."
    return f"En la banda quedan {formato.lista(f'{formato.numero(n)} con {_entero(j)}' for j, n in cumplen.items())}."


def figura(sensibilidad: pd.DataFrame, nivel: str) -> str:
    """Con qué juego cumplen más y con cuál menos: «Con Amplio 85–115 cumplen 29 acciones; con Estricto…, 27»."""
    if sensibilidad.empty or not sensibilidad["cumplimiento_pct"].notna().any():
        return "Sin cumplimiento que comparar, los umbrales no cambian nada"
    cumplen = _cumplen(sensibilidad)
    mas, menos = cumplen.idxmax(), cumplen.idxmin()
    cuantas = formato.contar(cumplen[mas], nivel)
    if cumplen[mas] == cumplen[menos]:
        verbo = "cumple" if cumplen[mas] == 1 else "cumplen"
        return f"Con cualquiera de los umbrales {verbo} {cuantas}"
    verbo = "cumple" if cumplen[mas] == 1 else "cumplen"
    return f"Con {mas} {verbo} {cuantas}; con {menos}, {formato.numero(cumplen[menos])}"


def diferencia(todos: pd.DataFrame, juego: str, en_vigor: str) -> str:
    """Bajo la barra de un juego: qué cambia respecto de los umbrales en vigor."""
    if juego == en_vigor:
        return "umbrales en vigor"
    otros = todos[todos[juego] != todos[en_vigor]]
    if otros.empty:
        return "ningún estado distinto"
    distintos = formato.plural(len(otros), "estado distinto", "estados distintos")
    if todos["dependencia"].nunique() > 1 or len(otros) > 6:
        return distintos
    return f"{distintos}: {formato.lista(formato.texto(c) for c in otros['clave'])}"


def _cumplen(sensibilidad: pd.DataFrame) -> pd.Series:
    """Cuántos cumplen con cada juego, en su orden."""
    return (sensibilidad["estado"] == "Cumple").groupby(sensibilidad["preset"]).sum().reindex(juegos(sensibilidad))


def _cuantos(n: int) -> str:
    return _CUANTOS[n] if n < len(_CUANTOS) else formato.numero(n)


def _entero(juego: str) -> str:
    """El nombre de un juego con su banda en un solo renglón: «90–110» no se corta en la raya."""
    return juego.replace("–", "–\u2060").replace(" %", f"{_duro}%")


def _pct(tope: float) -> str:
    return f"{formato.numero(tope)}{_duro}%"


def _banda(umbral: Umbral) -> str:
    return f"de {formato.numero(umbral.minimo)} a {_pct(umbral.maximo)}"


# ---------------------------------------------------------------- las reglas en palabras


def condicion(estado: str, umbral: Umbral) -> str:
    """Cuándo se decide un estado; P es lo programado, A lo alcanzado y c, A entre P."""
    critico, minimo, maximo, subestimada = (
        _pct(tope) for tope in (umbral.critico, umbral.minimo, umbral.maximo, umbral.meta_subestimada)
    )
    en_riesgo = f"c de {critico} a menos de {minimo}"
    if umbral.critico == umbral.minimo:
        en_riesgo = "no ocurre: con estos umbrales, lo que no llega a la banda es crítico"
    sobrecumple = f"c mayor que {maximo} y hasta {subestimada}"
    if umbral.maximo == umbral.meta_subestimada:
        sobrecumple = "no ocurre: con estos umbrales, lo que pasa de la banda es meta subestimada"
    return {
        "Aún no exigible": "el trimestre no ha cerrado, o ningún compromiso del documento lo informa",
        "Dato por revisar": "P o A no es un número o es negativo, hay A sin P, o quedan dos lecturas en pie",
        "Sin reporte": "P mayor que cero y A en blanco, en un trimestre que el documento sí informa",
        "Sin programación": "P en cero o en blanco, y A también",
        "Avance no programado": "P en cero y A mayor que cero",
        "Sin avance": "P mayor que cero y A en cero",
        "Crítico": f"c menor que {critico}",
        "En riesgo": en_riesgo,
        "Cumple": f"c de {minimo} a {maximo}, los dos incluidos",
        "Sobrecumple": sobrecumple,
        "Meta subestimada": f"c mayor que {subestimada}",
    }.get(estado, "sin regla escrita")


def senales(umbral: Umbral) -> dict[str, str]:
    """Lo que significa cada señal (etiqueta) que acompaña a un estado."""
    pequena = formato.numero(umbral.meta_pequena)
    return {
        "desfase de calendario": "el trimestre quedó fuera de la banda y lo acumulado, dentro",
        "meta pequeña": f"se programaron {pequena} o menos: una sola unidad saca de la banda",
        "reprogramada": "el plan del año se rehízo; cada trimestre se mide con el que regía en él",
        "reporte incompleto": "algún trimestre exigible y programado no trae avance, y otro sí",
        "justificación ausente": "el estado la pide y la hoja no imprime ninguna",
        "justificación contradictoria": "la observación dice lo contrario de lo que miden las cifras",
    }


# Cuándo se infiere cada regla de acumulación, solo con lo programado.
INFERENCIA = {
    "suma": "lo programado en los cuatro trimestres suma la meta anual",
    "constante": "todo trimestre programa la meta anual entera, como 100, 100, 100 y 100",
    "último valor": "lo programado crece y el cuarto trimestre es la meta anual",
    "promedio": "la media de lo programado es la meta anual",
    "única": "un solo trimestre programa algo",
    "indeterminada": "nada de lo anterior, o dos planes del año que no comparten regla o unidad",
}
# Qué es un compromiso del de otro plan, y qué se hace con sus cifras.
ENLACES = {
    "misma": ("el mismo texto y la misma unidad", "la línea sigue"),
    "reformulada": ("el mismo compromiso con otras palabras y la misma unidad", "la línea sigue"),
    "cambia_unidad": ("el mismo compromiso, contado en otra unidad", "la línea se corta"),
    "dividida": ("uno pasa a ser varios, por sus cifras por trimestre o por su texto", "la línea se corta"),
    "fusionada": ("varios pasan a ser uno, por sus cifras por trimestre o por su texto", "la línea se corta"),
    "afin": ("de otra dependencia, con un propósito semejante", "va al lado, en su propia línea; nunca se une"),
}
# Lo que dice una observación de su propio cumplimiento y cuándo lo contradicen las cifras.
DICHOS = {
    "supera": ("Dice que se superó", "A quedó debajo de P"),
    "cumple": ("Dice que se cumplió", "el estado quedó debajo de la banda"),
    "no_alcanza": ("Dice que no se alcanzó, o que no se superó", "A pasó de P"),
}
COMO_SE_JUZGA = (
    "Solo afirma lo que se dice de la meta, la acción o lo programado, en pasado o presente: un propósito no afirma.",
    "Lo dicho del trimestre se compara con el trimestre; lo dicho del año, con lo que lleva el plan de ese informe.",
    "Lo que no dice de qué lapso habla se compara con la cifra que más razón le da; «no se alcanza» con lo acumulado "
    "por encima de la banda también contradice.",
    "En un año que cambió de plan, la observación se compara con el plan que la imprimió, no con la suma de los dos.",
    "Con una cifra dudosa, o con dos frases que se desmienten entre sí, no se señala a nadie.",
)
NUNCA = (
    "Sumar cantidades de unidades distintas: solo se cuentan compromisos.",
    "Calcular una meta con sus acciones: la meta trae sus propias cifras.",
    "Contar juntas metas y acciones.",
    "Leer un blanco, o lo que aún no se debe, como si fuera cero.",
    "Dividir dinero entre avance físico.",
    "Redondear una cifra hasta que cruce un umbral: se decide con la exacta y se muestra un decimal.",
)


def indicadores(indicador: pd.DataFrame, nivel: str, umbral: Umbral) -> list[tuple[str, str, str]]:
    """(nombre, cómo se calcula, cuánto da aquí) de los cuatro indicadores. Filas de la consulta indicadores."""
    suma = {c: int(indicador[c].sum()) for c in ("evaluables", "cumplen", "excedidos", "esperados", "reportados")}
    base = suma["evaluables"]

    def parte(cuantas: str, de: str) -> str:
        if not suma[de]:
            return "ninguna evaluable todavía" if de == "evaluables" else "ninguna exigible todavía"
        pct = formato.parte(100 * suma[cuantas] / suma[de])
        return f"{formato.numero(suma[cuantas])} de {formato.contar(suma[de], nivel)}, {pct}"

    indice = "ninguna evaluable todavía"
    if base:
        media = (indicador["indice_acotado_pct"] * indicador["evaluables"]).sum() / base
        indice = f"{formato.parte(media)}, media de {formato.contar(base, nivel)}"
    return [
        (
            "En banda",
            f"las que cumplen ({_banda(umbral)}) entre las evaluables, que son los estados del 6 al 11",
            parte("cumplen", "evaluables"),
        ),
        ("Rebasan el plan", "las que pasan de la banda entre las evaluables", parte("excedidos", "evaluables")),
        (
            "Índice acotado",
            "la media de c, sin dejar que ninguna pase de 100 %: el exceso de una no tapa lo que falta en otra",
            indice,
        ),
        (
            "Cobertura de reporte",
            "las que traen A, aunque sea de un trimestre, entre las exigibles con P",
            parte("reportados", "esperados"),
        ),
    ]


# ---------------------------------------------------------------- nombres que se leen

# Los identificadores van sin acentos; estas palabras los recuperan al leerse.
_PALABRAS = {
    "accion": "acción",
    "acumulacion": "acumulación",
    "alineacion": "alineación",
    "descripcion": "descripción",
    "explicacion": "explicación",
    "id": "(identificador)",
    "justificacion": "justificación",
    "leida": "leída",
    "linea": "línea",
    "lineas": "líneas",
    "pagina": "página",
    "pct": "(%)",
    "renglon": "renglón",
    "seccion": "sección",
    "sesion": "sesión",
    "capitulo": "capítulo",
}


def nombre(identificador: str) -> str:
    """El nombre que se lee de una tabla o columna: 'renglon_hasta' → «Renglón hasta»."""
    if identificador in formato.COLUMNAS:
        return formato.COLUMNAS[identificador]
    return formato.mayuscula(" ".join(_PALABRAS.get(p, p) for p in identificador.split("_")))


def prosa(escrito: object) -> str:
    """Una descripción del diccionario, con sus columnas, documentos y cortes por su nombre."""
    conocido = re.sub(r"\b[a-z]+(?:_[a-z0-9]+)+\b", lambda m: nombre(m[0]).lower(), formato.texto(escrito, ""))
    return formato.prosa(conocido, "")


def documento(fila: Mapping) -> str:
    """«POA 2025», o el nombre del archivo si el documento no dice su año."""
    anio = fila["ejercicio"]
    return formato.texto(fila["archivo"]) if formato.es_blanco(anio) else f"POA {int(anio)}"
