"""¿Qué comprometió una dependencia y qué alcanzó? Sus metas y acciones por trimestre, hasta una sola."""

from poa import componentes, figuras, formato
from poa.consultas import consultar
from poa.figuras import mensajes

PAGINA = "dependencia"
VARIACION, TRIMESTRES = "dependencia_variacion", "dependencia_trimestres"


def abrir_compromiso() -> None:
    """Una barra de la variación abre su compromiso."""
    puntos = componentes.puntos(VARIACION)
    tocado = puntos[0].get("customdata") if puntos else None
    if tocado:
        componentes.ir_a(compromiso=tocado if isinstance(tocado, str) else tocado[0])


def abrir_tarjeta() -> None:
    """Una barra de los trimestres abre la tarjeta de su compromiso."""
    if componentes.puntos(TRIMESTRES):
        componentes.ir_a(tarjeta="1")


def mostrar_todas() -> None:
    """La variación de todas las del nivel y, al lado, sus estados."""
    figura = figuras.variacion(
        del_nivel,
        mensajes.variacion(del_nivel, seleccion.nivel, quien),
        seleccion.nivel,
        componentes.pie(seleccion),
        componentes.banda(seleccion),
    )
    with izquierda:
        componentes.grafica(figura, VARIACION, componentes.archivo(seleccion, "variacion"), abrir_compromiso)
    with derecha:
        conteos = consultar("resumen_estados", **seleccion.consulta(*vista, "periodo"))
        componentes.estados(conteos, seleccion, PAGINA)


def mostrar_una() -> None:
    """Un compromiso trimestre por trimestre y, al lado, su observación y de dónde sale."""
    fila = elegido.iloc[0]
    suyas = cumplimiento[cumplimiento["vigente_id"] == fila["vigente_id"]].set_index("periodo")
    dados = {"compromiso_id": seleccion.compromiso, "corte": seleccion.corte}
    trimestres = consultar("compromiso", preset=seleccion.preset, **dados)
    acumulado = consultar("compromiso_acumulado", **dados)
    figura = figuras.programado_alcanzado(
        figuras.por_periodo(trimestres, acumulado, suyas.loc["acumulado"]),
        mensajes.compromiso(fila, suyas.loc[seleccion.periodo], seleccion.corte, seleccion.periodo),
        formato.unidad(fila["unidad_medida"]),
        componentes.pie(seleccion),
    )
    with izquierda:
        nombre = componentes.archivo(seleccion, fila["clave"], "trimestres")
        componentes.grafica(figura, TRIMESTRES, nombre, abrir_tarjeta)
    with derecha:
        componentes.detalle(fila, suyas.loc[seleccion.periodo], seleccion)


componentes.exigir_marco()
seleccion = componentes.leer(exige_dependencia=True)
componentes.mostrar_filtros(seleccion, exige_dependencia=True)

vista = ("ejercicio", "corte", "dependencia", "preset")
tabla = consultar("compromisos", **seleccion.consulta(*vista))
cumplimiento = consultar("cumplimiento", **seleccion.consulta(*vista))
periodo = cumplimiento[cumplimiento["periodo"] == seleccion.periodo]
del_nivel = periodo[periodo["nivel"] == seleccion.nivel]
indicador = consultar("indicadores", **seleccion.consulta(*vista, "nivel", "periodo"))
quien = seleccion.nombre(seleccion.dependencia)

componentes.encabezado(
    componentes.nombre_completo(seleccion.dependencia),
    mensajes.estados(del_nivel["estado"].value_counts(), seleccion.nivel, [quien], seleccion.corte),
    componentes.linea(seleccion, indicador),
)
izquierda, derecha = componentes.columnas()
elegido = tabla[tabla["compromiso_id"] == seleccion.compromiso]
if elegido.empty:
    mostrar_todas()
else:
    mostrar_una()

componentes.seccion(
    f"Metas y acciones de {quien}",
    "En cada trimestre, lo alcanzado y debajo lo programado. El nombre abre la meta o acción; "
    "cualquier cifra, el renglón del que sale.",
)
componentes.compromisos(tabla, periodo, seleccion)

if seleccion.compromiso and (seleccion.tarjeta or elegido.empty):
    componentes.de_donde_sale(seleccion, PAGINA)
elif seleccion.estado:
    filas = figuras.filtrar(del_nivel, seleccion.estado, seleccion.grupo)
    componentes.lista_de_estado(
        seleccion, filas, mensajes.lista(seleccion.estado, len(filas), seleccion.nivel), PAGINA
    )
