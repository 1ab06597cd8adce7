"""Los dos lados de la figura de cambios: qué compromisos hay en cada plan, en qué orden y a qué altura."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import pandas as pd

from poa import formato

SUERTES = ("continúa", "cambia", "desaparece", "aparece", "relevo")  # de la que más pesa a la que menos
ALTO_NOMBRE = 18.0  # px que ocupa el nombre de una meta
_ENTRE_METAS = 7.0
_PASO_MINIMO, _PASO_MAXIMO = 1.5, 20.0  # px de un compromiso


@dataclass(frozen=True)
class Falta:
    """Cómo se dice que un compromiso no tiene contraparte: de uno, de varios, de todos y al pasar por su marca."""

    suerte: str
    uno: str
    varios: str
    todos: str
    al_pasar: str

    @classmethod
    def de(cls, lado: str, laminas: str = "") -> Falta:
        """La de un lado; `laminas`: «las láminas de 2024», si en ellas está el otro plan, que no imprime todo."""
        suerte = "desaparece" if lado == "antes" else "aparece"
        if not laminas:
            return cls(suerte, suerte, f"{suerte}n", f"todas {suerte}n", "Sin contraparte en el otro plan")
        verbo = "está" if lado == "antes" else "estaba"
        return cls(suerte, f"no {verbo}", f"no {verbo}n", f"ninguna {verbo}", f"No {verbo} en {laminas}")


@dataclass
class Lado:
    """Los compromisos de un plan, de arriba abajo, y los grupos (metas) que forman."""

    filas: pd.DataFrame
    falta: Falta
    y: dict[str, float] = field(default_factory=dict)
    grupos: list[tuple[pd.DataFrame, float, float]] = field(default_factory=list)
    fuera: int = 0

    @property
    def por_meta(self) -> list[pd.DataFrame]:
        return [grupo for _, grupo in self.filas.groupby("meta", sort=False)]

    def alto(self, paso: float) -> float:
        """Los px que ocupa con tantos px por compromiso."""
        grupos = self.por_meta
        return sum(max(len(g) * paso, ALTO_NOMBRE) for g in grupos) + _ENTRE_METAS * max(len(grupos) - 1, 0)

    def acomodar(self, paso: float, hasta: float, desde: float = 0.0) -> None:
        """Pone cada compromiso en su lugar, de `desde` a `hasta`; las metas que no caben se cuentan aparte."""
        self.y, self.grupos, self.fuera = {}, [], 0
        for lugar, grupo in enumerate(grupos := self.por_meta):
            alto = max(len(grupo) * paso, ALTO_NOMBRE)
            if desde + alto > hasta + 0.5:
                self.fuera = len(grupos) - lugar
                break
            aire = (alto - len(grupo) * paso) / 2
            for i, eslabon in enumerate(grupo["eslabon"]):
                self.y[eslabon] = desde + aire + (i + 0.5) * paso
            self.grupos.append((grupo, desde, desde + alto))
            desde += alto + _ENTRE_METAS


def acomodar(lados: Sequence[Lado], enlaces: pd.DataFrame, alto: float) -> float:
    """Pone los dos lados en `alto` px y devuelve los px de cada compromiso.

    El más corto baja lo que haga falta para que las líneas vayan lo más derechas que se pueda; `enlaces`, con
    `origen` y `destino`.
    """
    paso = _paso(lados, alto)
    for lado in lados:
        lado.acomodar(paso, alto)
    antes, despues = lados
    pares = [(antes.y.get(o), despues.y.get(d)) for o, d in zip(enlaces["origen"], enlaces["destino"], strict=True)]
    baja = median([b - a for a, b in pares if a is not None and b is not None] or [0.0])
    corto = antes if baja > 0 else despues
    corto.acomodar(paso, alto, min(abs(baja), max(alto - corto.alto(paso), 0.0)))
    return paso


def de_un_lado(filas: pd.DataFrame, lado: str, laminas: str = "") -> Lado:
    """Los compromisos de ese plan, cada uno con su suerte (la de más peso, si tiene varias) y lo que se lee de él.

    `laminas`: cómo se llaman las del otro plan, si en ellas está.
    """
    falta = Falta.de(lado, laminas)
    extremo, otro = ("origen", "despues") if lado == "antes" else ("destino", "antes")
    del_plan = filas[(filas["suerte"] != "relevo") & filas[extremo].notna()]
    trozos = [_columnas(del_plan, lado, extremo, otro, falta)]
    relevos = filas[(filas["suerte"] == "relevo") & (filas["lado"] == lado)]
    for cual, punta, contraria in (("antes", "origen", "despues"), ("despues", "destino", "antes")):
        trozos.append(_columnas(relevos, cual, punta, contraria, falta))
    todas = pd.concat([t for t in trozos if len(t)] or trozos[:1], ignore_index=True)
    todas["peso"] = todas["suerte"].map({s: i for i, s in enumerate(SUERTES)})
    dichos = todas[todas["dicho"] != ""].groupby("eslabon", sort=False)["dicho"].agg(lambda d: list(dict.fromkeys(d)))
    unas = todas.sort_values("peso", kind="stable").drop_duplicates("eslabon").sort_values("orden", kind="stable")
    unas["dichos"] = [dichos.get(e, []) for e in unas["eslabon"]]
    return Lado(unas.reset_index(drop=True), falta)


def _columnas(filas: pd.DataFrame, lado: str, extremo: str, otro: str, falta: Falta) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "eslabon": filas[extremo],
            "suerte": filas["suerte"],
            "nivel": filas["nivel"],
            "meta": filas[f"meta_clave_{lado}"],
            "clave": filas[f"clave_{lado}"],
            "descripcion": filas[f"descripcion_{lado}"],
            "orden": filas[f"orden_{lado}"],
            "compromiso_id": filas[f"compromiso_{lado}"],
            "dicho": [_dicho(fila, lado, otro, falta) for _, fila in filas.iterrows()],
        }
    )


def _dicho(fila: pd.Series, lado: str, otro: str, falta: Falta) -> str:
    """Qué fue de él, para leerse al pasar por su marca."""
    clave = formato.texto(fila[f"clave_{otro}"], "")
    duda = " (sin confirmar)" if fila["procedencia"] == "sugerido" else ""
    if fila["suerte"] == "relevo":
        return f"En el mismo plan {'lo releva' if lado == 'antes' else 'releva a'} {clave}{duda}"
    if fila["suerte"] not in ("continúa", "cambia"):
        return falta.al_pasar
    como = {
        "misma": "mismo compromiso",
        "reformulada": "reformulado",
        "cambia_unidad": "con otra unidad de medida",
        "dividida": "dividido",
        "fusionada": "fusionado",
    }.get(fila["relacion"], "")
    return f"{'Pasa a' if lado == 'antes' else 'Viene de'} {clave}, {como}{duda}"


def _paso(lados: Sequence[Lado], alto: float) -> float:
    """Los px de cada compromiso, iguales en los dos lados, con los que caben ambos, o el mínimo."""
    desde, hasta = _PASO_MINIMO, _PASO_MAXIMO
    if max(lado.alto(hasta) for lado in lados) <= alto:
        return hasta
    for _ in range(20):
        medio = (desde + hasta) / 2
        if max(lado.alto(medio) for lado in lados) <= alto:
            desde = medio
        else:
            hasta = medio
    return desde
