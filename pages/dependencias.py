"""¿Qué comprometió cada dependencia y qué alcanzó? Todas lado a lado; una, por trimestre hasta un compromiso."""

from poa import componentes, formato
from poa.componentes import dependencias as cuadros
from poa.consultas import consultar
from poa.figuras import estados, trimestres, variacion
from poa.mensajes import comunes
from poa.mensajes import dependencias as mensajes

PAGINA = "dependencias"
CONTEOS, VARIACION, TRIMESTRES = "dependencias_estados", "dependencias_variacion", "dependencias_trimestres"


def abrir_grupo() -> None:
    """Un tramo de los conteos abre la lista de los compromisos que suma."""
    puntos = componentes.puntos(CONTEOS)
    if puntos:
        grupo, estado = puntos[0]["customdata"][:2]
        componentes.ir_a(grupo=grupo, estado=estado)


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


def mostrar_estados() -> None:
    """A la derecha, cuántas metas y acciones hay en cada estado."""
    with derecha:
        conteos = consultar("resumen_estados", **seleccion.consulta(*vista, "periodo"))
        componentes.estados(conteos, seleccion, PAGINA)


def mostrar_dependencias() -> None:
    """Todas las dependencias del corte, lado a lado por sus estados."""
    grupos, como = estados.agrupar(del_nivel, seleccion.nombres)
    figura = estados.conteos(
        grupos, comunes.grupos(grupos, seleccion.nivel, como), seleccion.nivel, componentes.pie(seleccion)
    )
    with izquierda:
        componentes.grafica(figura, CONTEOS, componentes.archivo(seleccion, "estados"), abrir_grupo)
    mostrar_estados()


def mostrar_compromisos() -> None:
    """La variación de los compromisos de una dependencia y, al lado, sus estados."""
    figura = variacion.barras(
        del_nivel,
        mensajes.variacion(del_nivel, seleccion.nivel, quien),
        seleccion.nivel,
        componentes.pie(seleccion),
        componentes.banda(seleccion),
    )
    with izquierda:
        componentes.grafica(figura, VARIACION, componentes.archivo(seleccion, "variacion"), abrir_compromiso)
    mostrar_estados()


def mostrar_uno() -> None:
    """Un compromiso trimestre por trimestre y, al lado, su observación y de dónde sale."""
    fila = elegido.iloc[0]
    suyas = cumplimiento[cumplimiento["vigente_id"] == fila["vigente_id"]].set_index("periodo")
    dados = {"compromiso_id": seleccion.compromiso, "corte": seleccion.corte}
    tabla_trimestres = consultar("compromiso", preset=seleccion.preset, **dados)
    acumulado = consultar("compromiso_acumulado", **dados)
    figura = trimestres.programado_alcanzado(
        trimestres.por_periodo(tabla_trimestres, acumulado, suyas.loc["acumulado"]),
        mensajes.compromiso(fila, suyas.loc[seleccion.periodo], seleccion.corte, seleccion.periodo),
        formato.unidad(fila["unidad_medida"]),
        componentes.pie(seleccion),
    )
    with izquierda:
        nombre = componentes.archivo(seleccion, fila["clave"], "trimestres")
        componentes.grafica(figura, TRIMESTRES, nombre, abrir_tarjeta)
    with derecha:
        cuadros.detalle(fila, suyas.loc[seleccion.periodo], seleccion)


componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion)

vista = ("ejercicio", "corte", "dependencia", "preset")
tabla = consultar("compromisos", **seleccion.consulta(*vista))
cumplimiento = consultar("cumplimiento", **seleccion.consulta(*vista))
periodo = cumplimiento[cumplimiento["periodo"] == seleccion.periodo]
del_nivel = periodo[periodo["nivel"] == seleccion.nivel]
indicador = consultar("indicadores", **seleccion.consulta(*vista, "nivel", "periodo"))
quien = formato.lista(seleccion.quienes)

componentes.encabezado(
    componentes.nombre_completo(seleccion.dependencia) if seleccion.dependencia else "Todas las dependencias",
    comunes.estados(del_nivel["estado"].value_counts(), seleccion.nivel, seleccion.quienes, seleccion.corte),
    componentes.linea(seleccion, indicador),
)
izquierda, derecha = componentes.columnas()
elegido = tabla[(tabla["compromiso_id"] == seleccion.compromiso) & (tabla["dependencia"] == seleccion.dependencia)]
if not seleccion.dependencia:
    mostrar_dependencias()
elif elegido.empty:
    mostrar_compromisos()
else:
    mostrar_uno()

if seleccion.dependencia:
    componentes.seccion(
        f"Metas y acciones de {quien}",
        "En cada trimestre, lo alcanzado y debajo lo programado. El nombre abre la meta o acción; "
        "cualquier cifra, el renglón del que sale.",
    )
    cuadros.compromisos(tabla, periodo, seleccion)

if elegido.empty or seleccion.tarjeta:
    componentes.abrir_lo_pedido(seleccion, del_nivel, PAGINA, conserva=not elegido.empty)
