"""Hilos pequeños hechos a mano, con las columnas de las consultas hilo, hilo_trimestres e hilo_enlaces."""

from __future__ import annotations

import pandas as pd

from poa.mensajes.hilo import Hilo, leer

NOMBRES = {"presidencia": "Presidencia", "dif": "DIF", "bisom": "BISOM", "imjum": "IMJUM"}
Trimestres = list[tuple[float | None, float | None]]  # (P, A) de cada uno


class Hecho:
    """Acumula eslabones y enlaces de un hilo; `hilo()` los da ya leídos."""

    def __init__(self, nombre: str | None = "Apoyos a jóvenes") -> None:
        self.nombre = nombre
        self.eslabones: list[dict] = []
        self.trimestres: list[dict] = []
        self.enlaces: list[dict] = []

    def eslabon(self, ident: str, trimestres: Trimestres, unidad: str | None = "APOYO", **cambios) -> Hecho:
        """Agrega el eslabón «2018.1/presidencia/2/2.4»; `cambios`: columnas de hilo, o `estados` de los trimestres."""
        plan, dependencia, meta, clave = ident.split("/")
        anio, numero = (int(p) for p in plan.split("."))
        celdas = (trimestres + [(None, None)] * 4)[:4]
        con_a = [(p, a) for p, a in celdas if a is not None]
        programado = float(sum(p or 0 for p, _ in con_a)) if con_a else float("nan")
        alcanzado = float(sum(a for _, a in con_a)) if con_a else float("nan")
        estados = cambios.pop("estados", {})
        con_p = [trimestre for trimestre, (p, _) in enumerate(celdas, start=1) if p]
        self.eslabones.append(
            {
                "hilo": "hilo-hecho",
                "hilo_nombre": self.nombre,
                "tramo": ident,
                "eslabon": ident,
                "ejercicio": anio,
                "plan": numero,
                "dependencia": dependencia,
                "dependencia_corta": NOMBRES[dependencia],
                "nivel": "meta" if meta == clave else "accion",
                "meta_clave": meta,
                "clave": clave,
                "descripcion": "ENTREGAR APOYOS A JÓVENES",
                "unidad_medida": unidad,
                "unidad_comparable": unidad and unidad.lower(),
                "meta_anual": float(sum(p or 0 for p, _ in celdas)),
                "programado": programado,
                "alcanzado": alcanzado,
                "cumplimiento_pct": 100 * alcanzado / programado if con_a and programado else float("nan"),
                "certeza": "seguro",
                "es_solo_plan": False,
                "es_incompleto": False,
                "corte": f"{anio}T4",
                "compromiso_id": f"poa-{anio}/{anio}T4/{dependencia}/{meta}/{clave}",
                "pagina": 1,
                "renglon": 1,
                "planes_del_anio": 1,
                "planes_de_dependencia": 2,
                "meta_desde": min(con_p, default=None),
                "meta_hasta": max(con_p, default=None),
                "pmd_declarado": "2022-2024",
                "orden": ident,
                **cambios,
            }
        )
        for trimestre, (p, a) in enumerate(celdas, start=1):
            fila = {"eslabon": ident, "trimestre": trimestre, "programado": p, "alcanzado": a, "en_vigor": True}
            normal = "Aún no exigible" if a is None else "Cumple" if p else "Sin programación"
            estado = estados.get(trimestre, normal)
            self.trimestres.append(fila | {"es_exigible": estado != "Aún no exigible", "estado": estado})
        return self

    def enlace(self, origen: str, destino: str, relacion: str, procedencia: str = "confirmado", **cambios) -> Hecho:
        """Agrega un enlace; si une, los dos eslabones quedan en el mismo tramo."""
        por_id = {e["eslabon"]: e for e in self.eslabones}
        de, a = por_id[origen], por_id[destino]
        une = procedencia == "confirmado" and relacion in ("misma", "reformulada")
        if une:
            viejo, nuevo = a["tramo"], de["tramo"]
            for e in self.eslabones:
                e["tramo"] = nuevo if e["tramo"] == viejo else e["tramo"]
        self.enlaces.append(
            {
                "origen": origen,
                "destino": destino,
                "relacion": relacion,
                "evidencia": "Mismas cifras.",
                "certeza": "alta",
                "procedencia": procedencia,
                "une": une,
                "misma_unidad": de["unidad_comparable"] == a["unidad_comparable"],
                "cambia_dependencia": de["dependencia"] != a["dependencia"],
                "cambia_pmd": False,
                "unidad_origen": de["unidad_medida"],
                "unidad_destino": a["unidad_medida"],
                **cambios,
            }
        )
        return self

    def hilo(self) -> Hilo:
        """El hilo, como lo lee la página de sus tres tablas."""
        columnas = ["origen", "destino"]
        return leer(
            pd.DataFrame(self.eslabones),
            pd.DataFrame(self.trimestres),
            pd.DataFrame(self.enlaces or None, columns=None if self.enlaces else columnas),
        )


PARCIAL = {"es_incompleto": True, "corte": "2018T1"}
SOLO_PLAN = {"es_solo_plan": True, "corte": "2024T0"}
CUATRO = [(10, 10)] * 4
PLAN = [(10, None)] * 4


def unido() -> Hecho:
    """Presidencia, 2018 (solo T1) y 2022, la misma."""
    hecho = Hecho().eslabon("2018.1/presidencia/2/2.4", [(40, 80), (60, None)], **PARCIAL)
    hecho.eslabon("2022.1/presidencia/4/4.3", CUATRO)
    return hecho.enlace("2018.1/presidencia/2/2.4", "2022.1/presidencia/4/4.3", "reformulada")


def dividido() -> Hecho:
    """BISOM: la 303 del primer plan de 2025 se divide en el segundo."""
    hecho = Hecho().eslabon("2025.1/bisom/300/303", [(9, 9), (9, 9)], planes_del_anio=2)
    for clave, unidad in (("303", "APOYO"), ("311", "TALLER")):
        suyo = f"2025.2/bisom/300/{clave}"
        hecho.eslabon(suyo, [(None, None), (None, None), (5, 5), (5, 4)], unidad, planes_del_anio=2)
        hecho.enlace("2025.1/bisom/300/303", suyo, "dividida")
    return hecho


def fusionado() -> Hecho:
    """Presidencia 2022: la 4.3 y la 4.5 de ene–mar se reúnen en la 10.3."""
    hecho = Hecho().eslabon("2022.1/presidencia/4/4.3", [(10, 8), (0, 0), (0, 0), (0, 0)])
    hecho.eslabon("2022.1/presidencia/4/4.5", [(5, 5), (0, 0), (0, 0), (0, 0)])
    hecho.eslabon("2022.1/presidencia/10/10.3", [(0, 0), (15, 15), (15, 15), (15, 12)])
    hecho.enlace("2022.1/presidencia/4/4.3", "2022.1/presidencia/10/10.3", "fusionada")
    return hecho.enlace("2022.1/presidencia/4/4.5", "2022.1/presidencia/10/10.3", "fusionada")


def afin() -> Hecho:
    """Solo afines: Presidencia en 2022 y DIF en 2024, que es solo plan."""
    hecho = Hecho().eslabon("2022.1/presidencia/8/8", CUATRO).eslabon("2024.1/dif/1/1", PLAN, "TALLER", **SOLO_PLAN)
    return hecho.enlace("2022.1/presidencia/8/8", "2024.1/dif/1/1", "afin")


def otra_unidad() -> Hecho:
    """Presidencia, 2018 y 2022, con otra unidad."""
    hecho = Hecho().eslabon("2018.1/presidencia/2/2.4", CUATRO).eslabon("2022.1/presidencia/4/4.3", CUATRO, "TALLER")
    return hecho.enlace("2018.1/presidencia/2/2.4", "2022.1/presidencia/4/4.3", "cambia_unidad")
