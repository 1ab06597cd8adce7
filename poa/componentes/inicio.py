"""El cuadro de la portada: los informes que hay."""

from __future__ import annotations

from html import escape

import pandas as pd

from poa import formato
from poa.componentes import enlaces, piezas
from poa.componentes.piezas import Columna, Renglon
from poa.hojas import de_todo


def informes(cortes: pd.DataFrame) -> None:
    """Los informes que hay, del más reciente al más viejo, con enlaces a su resumen y a su dependencia."""
    recientes = cortes.sort_values(["corte", "dependencia_nombre"], ascending=[False, True])
    piezas.tabla(
        [
            Columna("Corte", "", "14rem"),
            Columna("Dependencia"),
            Columna("Metas", "n", "5rem"),
            Columna("Acciones", "n", "6rem"),
            Columna("Trae", "", "9rem"),
            Columna(piezas.oculto("Resumen"), "", "8rem"),
            Columna(piezas.oculto("Metas y acciones"), "", "12rem"),
        ],
        [_informe(informe) for _, informe in recientes.iterrows()],
        "Informes que reúne el tablero",
        de_todo("informes", "Informes que reúne el tablero", "cortes", recientes),
    )


def _informe(informe: pd.Series) -> Renglon:
    vista = {"corte": informe["corte"], "dependencia": informe["dependencia"]}
    return Renglon(
        [
            escape(formato.mayuscula(formato.corte(informe["corte"]))),
            escape(informe["dependencia_nombre"]),
            formato.numero(informe["metas"]),
            formato.numero(informe["acciones"]),
            "Plan y avance" if informe["tiene_avance"] else "Solo plan",
            enlaces.enlace("resumen", "Ver resumen", **vista),
            enlaces.enlace("dependencias", "Ver metas y acciones", **vista),
        ]
    )
