"""¿Qué informes hay? La portada: cada corte y dependencia, con sus enlaces."""

from html import escape

import pandas as pd

from poa import componentes, formato
from poa.componentes import Columna, Renglon
from poa.consultas import consultar
from poa.figuras import mensajes


def renglon(informe: pd.Series) -> Renglon:
    """Un informe con los enlaces a su resumen y a su dependencia."""
    vista = {"corte": informe["corte"], "dependencia": informe["dependencia"]}
    return Renglon(
        [
            escape(formato.mayuscula(formato.corte(informe["corte"]))),
            escape(informe["dependencia_nombre"]),
            formato.numero(informe["metas"]),
            formato.numero(informe["acciones"]),
            "Plan y avance" if informe["tiene_avance"] else "Solo plan",
            componentes.enlace("resumen", "Ver resumen", **vista),
            componentes.enlace("dependencia", "Ver metas y acciones", **vista),
        ]
    )


componentes.exigir_marco()
cortes = consultar("cortes")
anios = formato.lista(str(int(e)) for e in sorted(set(cortes["ejercicio"])))
componentes.encabezado(
    "Programas Operativos Anuales de Mexicali",
    mensajes.portada(cortes),
    [("Ejercicios:", anios or formato.RAYA)],
)
if cortes.empty:
    componentes.vacio("Todavía no hay informes en la base. Agregue un documento con: poa importar ARCHIVO")
else:
    recientes = cortes.sort_values(["corte", "dependencia_nombre"], ascending=[False, True])
    componentes.tabla(
        [
            Columna("Corte", "", "14rem"),
            Columna("Dependencia"),
            Columna("Metas", "n", "5rem"),
            Columna("Acciones", "n", "6rem"),
            Columna("Trae", "", "9rem"),
            Columna("", "", "8rem"),
            Columna("", "", "12rem"),
        ],
        [renglon(informe) for _, informe in recientes.iterrows()],
        "Informes que reúne el tablero",
    )
