"""¿Qué informes hay? La portada: cada ejercicio y dependencia, con su enlace."""

from html import escape

from poa import componentes, formato
from poa.consultas import consultar
from poa.figuras import mensajes

componentes.exigir_marco()

cortes = consultar("cortes")
componentes.encabezado(
    "Programas Operativos Anuales de Mexicali",
    mensajes.portada(cortes),
    [
        ("Ejercicios", formato.lista(str(e) for e in sorted(set(cortes["ejercicio"])))),
        ("Informes", formato.numero(len(cortes))),
    ],
)
if cortes.empty:
    componentes.vacio("Todavía no hay informes en la base. Agregue un documento con: poa importar ARCHIVO")
else:
    filas = [
        (
            "",
            [
                f"{int(c['ejercicio'])}",
                escape(formato.mayuscula(formato.corte(c["corte"]))),
                escape(c["dependencia_nombre"]),
                formato.numero(c["metas"]),
                formato.numero(c["acciones"]),
                componentes.enlace("resumen", "Resumen", "", corte=c["corte"], dependencia=c["dependencia"]),
                componentes.enlace(
                    "dependencia", "Metas y acciones", "", corte=c["corte"], dependencia=c["dependencia"]
                ),
            ],
        )
        for _, c in cortes.sort_values(["corte", "dependencia_nombre"], ascending=[False, True]).iterrows()
    ]
    componentes.tabla(
        [
            ("Ejercicio", ""),
            ("Corte", ""),
            ("Dependencia", ""),
            ("Metas", "n"),
            ("Acciones", "n"),
            ("", ""),
            ("", ""),
        ],
        filas,
        "Informes que reúne el tablero",
    )
