"""¿Cómo va el POA? Conteos por estado, por dependencia, y lo más corto y lo más excedido con su motivo impreso."""

import pandas as pd

from poa import componentes, figuras, formato
from poa.consultas import consultar
from poa.figuras import mensajes

PAGINA = "resumen"


def agrupar(filas: pd.DataFrame, una_sola: bool) -> pd.DataFrame:
    """Una fila por grupo y estado: por dependencia o, si hay una sola, por unidad ejecutora."""
    if una_sola and filas["unidad"].notna().any():
        filas = filas.assign(
            grupo_id=filas["unidad"].fillna("sin unidad"),
            grupo=[formato.oracion(u, "Sin unidad impresa") for u in filas["unidad"]],
        )
    else:
        filas = filas.assign(
            grupo_id=filas["dependencia"], grupo=[seleccion.nombre(d) for d in filas["dependencia"]]
        )
    return filas.groupby(["grupo_id", "grupo", "estado"], sort=False).size().reset_index(name="n")


def indicadores(tabla: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Los cuatro números del nivel y periodo elegidos, cada uno con su n."""
    base, esperados = int(tabla["evaluables"].sum()), int(tabla["esperados"].sum())
    cumplen, excedidos = int(tabla["cumplen"].sum()), int(tabla["excedidos"].sum())
    reportados = int(tabla["reportados"].sum())
    indice = (tabla["indice_acotado_pct"] * tabla["evaluables"]).sum() / base if base else None
    de_base = f"de {formato.plural(base, 'evaluable', 'evaluables')}"
    return [
        (
            "En banda",
            formato.porcentaje(100 * cumplen / base if base else None, ()),
            f"{formato.numero(cumplen)} {de_base}",
        ),
        (
            "Rebasan el plan",
            formato.porcentaje(100 * excedidos / base if base else None, ()),
            f"{formato.numero(excedidos)} {de_base}",
        ),
        ("Índice acotado a 100 %", formato.porcentaje(indice, ()), f"media {de_base}"),
        (
            "Con reporte",
            formato.porcentaje(100 * reportados / esperados if esperados else None, ()),
            f"{formato.numero(reportados)} de {formato.plural(esperados, 'exigible', 'exigibles')}",
        ),
    ]


def al_tocar() -> None:
    """Un tramo de la gráfica abre la lista de los compromisos que suma."""
    puntos = componentes.puntos("resumen_estados")
    if puntos:
        grupo, estado = puntos[0]["customdata"][:2]
        componentes.ir_a(grupo=grupo, estado=estado)


componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion)

cumplimiento = consultar(
    "cumplimiento", **seleccion.consulta("ejercicio", "corte", "dependencia", "periodo", "preset")
)
del_nivel = cumplimiento[cumplimiento["nivel"] == seleccion.nivel]
conteos = consultar(
    "resumen_estados", **seleccion.consulta("ejercicio", "corte", "dependencia", "periodo", "preset")
)
del_indicador = consultar(
    "indicadores", **seleccion.consulta("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")
)

mensaje = mensajes.estados(
    dict(del_nivel["estado"].value_counts()), seleccion.nivel, seleccion.quienes, seleccion.corte
)
esperados, reportados = int(del_indicador["esperados"].sum()), int(del_indicador["reportados"].sum())
componentes.encabezado(
    "¿Cómo va el Programa Operativo Anual?",
    mensaje,
    [
        ("Corte:", seleccion.cuando),
        ("Umbrales:", seleccion.umbrales),
        ("Cobertura:", mensajes.cobertura(reportados, esperados)),
    ],
)
componentes.cifras(indicadores(del_indicador))

izquierda, derecha = componentes.columnas()
with izquierda:
    grupos = agrupar(del_nivel, len(seleccion.quienes) == 1)
    componentes.grafica(
        figuras.conteos(
            grupos,
            mensajes.grupos(grupos, seleccion.nivel, len(seleccion.quienes) == 1),
            seleccion.nivel,
            componentes.pie(seleccion),
        ),
        "resumen_estados",
        componentes.archivo(seleccion, "estados"),
        al_tocar,
    )
with derecha:
    componentes.estados(conteos, seleccion, PAGINA)

extremos = consultar(
    "extremos", **seleccion.consulta("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")
)
nombre = formato.mayuscula(formato.nivel(seleccion.nivel, 2))
for lado, titulo, ascendente, si_faltan in (
    (
        "debajo",
        f"{nombre} más lejos de lo programado",
        True,
        "Nada quedó por debajo del plan en esta selección.",
    ),
    ("encima", f"{nombre} que más rebasaron lo programado", False, "Nada rebasó el plan en esta selección."),
):
    filas = extremos[extremos["lado"] == lado].sort_values(
        "cumplimiento_pct", ascending=ascendente, kind="stable"
    )
    componentes.seccion(
        titulo,
        mensajes.cuantos(min(len(filas), 5), int(filas.groupby("dependencia")["de_cuantos"].first().sum())),
    )
    componentes.extremos(filas.head(5), seleccion, PAGINA, si_faltan, titulo)

if seleccion.compromiso:
    componentes.de_donde_sale(seleccion, PAGINA)
elif seleccion.estado:
    filas = del_nivel[del_nivel["estado"] == seleccion.estado]
    if seleccion.grupo:
        filas = filas[(filas["dependencia"] == seleccion.grupo) | (filas["unidad"] == seleccion.grupo)]
    componentes.lista_de_estado(
        seleccion, filas, mensajes.lista(seleccion.estado, len(filas), seleccion.nivel), PAGINA
    )
