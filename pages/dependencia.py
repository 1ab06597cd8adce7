"""¿Qué comprometió una dependencia y qué alcanzó? Sus metas y acciones, trimestre por trimestre, hasta uno solo."""

import pandas as pd

from poa import componentes, figuras, formato
from poa.consultas import consultar
from poa.figuras import mensajes

PAGINA = "dependencia"


def al_tocar() -> None:
    """Una barra de la gráfica abre su compromiso."""
    puntos = componentes.puntos("dependencia_variacion")
    if puntos and puntos[0].get("customdata"):
        tocado = puntos[0]["customdata"]
        componentes.ir_a(compromiso=tocado if isinstance(tocado, str) else tocado[0])


def por_trimestre(compromiso_id: str, periodo: pd.DataFrame) -> pd.DataFrame:
    """Las filas de la figura: cada trimestre con su estado, y lo acumulado con el estado del corte."""
    dados = {"compromiso_id": compromiso_id, "corte": seleccion.corte}
    cada = consultar("compromiso", preset=seleccion.preset, **dados).assign(periodo="trimestre")
    junto = consultar("compromiso_acumulado", **dados).assign(periodo="acumulado")
    junto = junto.merge(cada[["trimestre", "plan"]], on="trimestre", how="left")
    al_corte = periodo[periodo["periodo"] == "acumulado"].iloc[0]
    ultimo = junto["trimestre"] == junto["trimestre"].max()
    junto = junto.assign(
        estado=[al_corte["estado"] if u else None for u in ultimo],
        cumplimiento_pct=[al_corte["cumplimiento_pct"] if u else None for u in ultimo],
    )
    columnas = ["periodo", "trimestre", "programado", "alcanzado", "cumplimiento_pct", "estado", "plan"]
    return pd.concat(
        [cada[columnas], junto[columnas].astype(cada[columnas].dtypes.to_dict())], ignore_index=True
    )


componentes.exigir_marco()
seleccion = componentes.leer(exige_dependencia=True)
componentes.mostrar_filtros(seleccion, exige_dependencia=True)

tabla = consultar("compromisos", **seleccion.consulta("ejercicio", "corte", "dependencia", "preset"))
cumplimiento = consultar("cumplimiento", **seleccion.consulta("ejercicio", "corte", "dependencia", "preset"))
periodo = cumplimiento[cumplimiento["periodo"] == seleccion.periodo]
del_nivel = periodo[periodo["nivel"] == seleccion.nivel]
conteos = consultar(
    "resumen_estados", **seleccion.consulta("ejercicio", "corte", "dependencia", "periodo", "preset")
)
indicador = consultar(
    "indicadores", **seleccion.consulta("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")
)
quien = seleccion.nombre(seleccion.dependencia)
elegido = tabla[tabla["compromiso_id"] == seleccion.compromiso]

componentes.encabezado(
    componentes.nombre_completo(seleccion.dependencia),
    mensajes.dependencia(del_nivel, seleccion.nivel, quien, seleccion.corte),
    [
        ("Corte:", seleccion.cuando),
        ("Umbrales:", seleccion.umbrales),
        (
            "Cobertura:",
            mensajes.cobertura(int(indicador["reportados"].sum()), int(indicador["esperados"].sum())),
        ),
    ],
)

izquierda, derecha = componentes.columnas()
if elegido.empty:
    with izquierda:
        componentes.grafica(
            figuras.variacion(
                del_nivel,
                mensajes.variacion(del_nivel, seleccion.nivel, quien),
                seleccion.nivel,
                componentes.pie(seleccion),
            ),
            "dependencia_variacion",
            componentes.archivo(seleccion, "variacion"),
            al_tocar,
        )
    with derecha:
        componentes.estados(conteos, seleccion, PAGINA)
else:
    fila = elegido.iloc[0]
    del_compromiso = cumplimiento[cumplimiento["compromiso_id"] == seleccion.compromiso]
    al_periodo = del_compromiso[del_compromiso["periodo"] == seleccion.periodo].iloc[0]
    with izquierda:
        componentes.grafica(
            figuras.programado_alcanzado(
                por_trimestre(seleccion.compromiso, del_compromiso),
                mensajes.compromiso(fila, al_periodo, seleccion.corte, seleccion.periodo),
                formato.minusculas(fila["unidad_medida"]),
                componentes.pie(seleccion),
            ),
            "dependencia_trimestres",
            componentes.archivo(seleccion, fila["clave"], "trimestres"),
        )
    with derecha:
        componentes.detalle(fila, al_periodo, seleccion)

componentes.seccion(
    f"Metas y acciones de {quien}",
    "En cada trimestre, lo alcanzado y debajo lo programado. Elija una para verla trimestre por trimestre.",
)
componentes.compromisos(tabla, periodo, seleccion)

if seleccion.compromiso and (seleccion.tarjeta or elegido.empty):
    componentes.de_donde_sale(seleccion, PAGINA)
elif seleccion.estado:
    filas = del_nivel[del_nivel["estado"] == seleccion.estado]
    componentes.lista_de_estado(
        seleccion, filas, mensajes.lista(seleccion.estado, len(filas), seleccion.nivel), PAGINA
    )
