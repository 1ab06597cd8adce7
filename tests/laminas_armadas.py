"""Las láminas de una sesión ya armadas, y cómo se leen sus celdas, para las pruebas de cada cosa que deben cumplir."""

import re
from functools import cache

from poa import formato
from poa.consultas import consultar
from poa.laminas.lamina import Cuadro, Lamina
from poa.laminas.sesion import sesion
from poa.mensajes import sesion_laminas as dichos
from poa.seleccion import elegir

PLAN = "2024T0"
CORTES = ("2018T1", "2022T4", "2023T3", PLAN, "2025T2", "2025T3", "2025T4")
TRIMESTRES = (1, 2, 3, 4)
DUDOSA = dichos.MARCA


def laminas(corte: str, dependencia: str | None = None) -> list[Lamina]:
    """Las de la sesión de un corte, recién armadas."""
    return [lamina for parte in sesion(elegir(corte=corte, dependencia=dependencia)) for lamina in parte.armar()]


@cache
def armadas(corte: str) -> list[Lamina]:
    """Las mismas, de los documentos que hay; se arman una vez."""
    return laminas(corte)


def tabla(lamina: Lamina) -> Cuadro | None:
    return next((c for c in (lamina.cuerpo, lamina.segundo) if isinstance(c, Cuadro)), None)


def llaves(lamina: Lamina) -> tuple[str, str]:
    """La dependencia y qué lámina es: («bisom», «acciones-300-1»)."""
    dependencia, _, cual = lamina.clave.partition("-")
    return dependencia, cual


def valor(celda: str) -> float | None:
    """La cifra de una celda; en blanco, ninguna."""
    escrita = celda.removesuffix(DUDOSA).replace(",", "").replace("−", "-").removesuffix(f"{formato.ESPACIO}%")
    return float(escrita) if escrita else None


def es_la_misma(celda: str, cifra: object) -> bool:
    """Si la celda dice la cifra de la base: en blanco lo que está en blanco, y lo demás con sus dos decimales."""
    if formato.es_blanco(cifra):
        return celda == ""
    escrita = valor(celda)
    return escrita is not None and abs(escrita - float(cifra)) <= 0.005000001


def cifras_de(corte: str) -> dict[str, list]:
    """Las diez cifras de cada compromiso, de las consultas que no usa el cuadro: P y A por trimestre, y el año."""
    por_trimestre = consultar("trimestres", corte=corte).set_index(["vigente_id", "trimestre"])
    anio = consultar("cumplimiento", corte=corte, periodo="acumulado").set_index("vigente_id")
    return {
        v: [
            *(por_trimestre.loc[(v, t), que] for t in TRIMESTRES for que in ("programado", "alcanzado")),
            fila["meta_anual"],
            fila["alcanzado"],
        ]
        for v, fila in anio.iterrows()
    }


def renglones_de(por_lamina: list[Lamina], corte: str) -> dict[str, list[str]]:
    """Las diez celdas de cada compromiso del corte, por su vigente_id, de las láminas META y ACCIONES."""
    halladas: dict[str, list[str]] = {}
    fichas = consultar("cumplimiento", corte=corte, periodo="acumulado")
    for lamina in por_lamina:
        dependencia, cual = llaves(lamina)
        hallado = re.fullmatch(r"(meta|acciones)-(.+?)", cual)
        suya = tabla(lamina)
        if not hallado or suya is None:
            continue
        suyas = fichas[
            (fichas["dependencia"] == dependencia) & (fichas["nivel"] == ("meta", "accion")[hallado[1] != "meta"])
        ]
        for renglon in suya.renglones:
            if hallado[1] == "meta":
                fila = suyas[suyas["clave"] == hallado[2]]
            else:
                fila = suyas[[renglon[0] == formato.etiqueta_compromiso(f) for _, f in suyas.iterrows()]]
                fila = fila[
                    [re.fullmatch(rf"acciones-{re.escape(m)}(-\d+)?", cual) is not None for m in fila["meta_clave"]]
                ]
            assert len(fila) == 1, (lamina.clave, renglon[0])
            vigente = fila["vigente_id"].iloc[0]
            assert vigente not in halladas, "un compromiso sale en dos láminas"
            halladas[vigente] = list(renglon[-10:])
    return halladas


def llano(escrito: object) -> str:
    return re.sub(r"\s+", " ", str(escrito)).strip().lower()
