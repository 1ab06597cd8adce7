"""¿Cómo fue el año, trimestre por trimestre? Qué fue calendario, qué falta de verdad y qué no vence todavía."""

from poa import componentes
from poa.componentes import trimestres as cuadros
from poa.consultas import consultar
from poa.figuras import meses as por_mes
from poa.figuras import periodos
from poa.laminas import vistas
from poa.mensajes import trimestres as mensajes

PAGINA = "trimestres"
PERIODOS, MESES = "trimestres_periodos", "trimestres_meses"


def abrir_tramo() -> None:
    """Un tramo de una barra abre la lista de los compromisos que suma."""
    puntos = componentes.puntos(PERIODOS)
    if puntos:
        grupo, estado = puntos[0]["customdata"][:2]
        componentes.ir_a(grupo=grupo, estado=estado, tarjeta=None)


def abrir_tarjeta() -> None:
    """Una barra de los meses abre la tarjeta de su compromiso."""
    if componentes.puntos(MESES):
        componentes.ir_a(compromiso=elegido, tarjeta="1", estado=None, grupo=None)


def mostrar_meses() -> None:
    """Lo programado y lo realizado mes por mes de un compromiso y, al lado, cuál es y de dónde sale."""
    componentes.seccion("Mes por mes")
    fila = con_meses[con_meses["compromiso_id"] == elegido].iloc[0]
    izquierda, derecha = componentes.columnas()
    with izquierda:
        componentes.grafica(vistas.compromiso_por_mes(seleccion.con(compromiso=elegido)), MESES, abrir_tarjeta)
    with derecha:
        cuadros.elegir_mes(con_meses, elegido)
        cuadros.del_mes(fila, seleccion)


componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion, sin=("periodo",))

ambos = vistas.de_los_dos_periodos(seleccion)
vista = ("ejercicio", "corte", "dependencia", "preset")
trimestres = consultar("trimestres", **seleccion.consulta(*vista))
acumulado = consultar("cumplimiento", **seleccion.consulta(*vista), periodo="acumulado")
indicador = consultar("indicadores", **seleccion.consulta(*vista, "nivel"), periodo="acumulado")
meses = consultar("meses", **seleccion.consulta("ejercicio", "corte", "dependencia"))
filas = trimestres[trimestres["nivel"] == seleccion.nivel]
del_nivel = acumulado[acumulado["nivel"] == seleccion.nivel]
dicho = (seleccion.nivel, seleccion.quienes, seleccion.ejercicio)

componentes.encabezado(
    f"El año {seleccion.ejercicio} por trimestres",
    mensajes.mensaje(filas, *dicho),
    componentes.linea(ambos, indicador),
    mensajes.parrafo(filas, del_nivel, *dicho, seleccion.nombres),
)

izquierda, derecha = componentes.columnas()
with izquierda:
    componentes.grafica(vistas.anio_por_trimestres(seleccion), PERIODOS, abrir_tramo)
with derecha:
    cuadros.cifras(filas, seleccion)

con_meses = del_nivel[del_nivel["compromiso_id"].isin(set(meses["compromiso_id"]))]
es_de_meses = seleccion.compromiso in set(con_meses["compromiso_id"])
elegido = seleccion.compromiso if es_de_meses else por_mes.mas_lejos(con_meses) if len(con_meses) else None
if elegido:
    mostrar_meses()

componentes.seccion("Metas y acciones por trimestre", cuadros.nota(filas, seleccion))
if mensajes.exigibles(filas):
    cuadros.lecturas(filas, seleccion)
cuadros.compromisos(trimestres, acumulado, seleccion)
if not elegido:
    componentes.seccion("Mes por mes", mensajes.sin_meses(seleccion.nivel, los_hay_en_otro=not meses.empty))

if seleccion.tarjeta or (seleccion.compromiso and not es_de_meses):
    componentes.abrir_lo_pedido(seleccion, del_nivel, PAGINA, conserva=es_de_meses)
elif seleccion.estado:
    cuentan = periodos.del_tramo(filas, seleccion.grupo) if seleccion.grupo else del_nivel
    pedido = seleccion.con(compromiso=None, grupo=None)
    componentes.abrir_lo_pedido(pedido, cuentan, PAGINA, de=mensajes.tramo(seleccion.grupo))
