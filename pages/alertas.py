"""¿Dónde se aparta el POA de su plan, qué lo explica y dónde el texto contradice a las cifras?"""

from poa import componentes, formato
from poa.componentes import alertas as cuadros
from poa.consultas import consultar
from poa.laminas import vistas
from poa.mensajes import alertas as mensajes
from poa.mensajes.dependencias import certezas

PAGINA = "alertas"
GRAFICA = "alertas_distancia"


def al_tocar() -> None:
    """Un punto de la gráfica abre la tarjeta de su compromiso."""
    puntos = componentes.puntos(GRAFICA)
    if puntos and puntos[0].get("customdata"):
        tocado = puntos[0]["customdata"]
        componentes.ir_a(compromiso=tocado if isinstance(tocado, str) else tocado[0], tarjeta="1")


def mostrar_distancia() -> None:
    """Qué tan lejos quedó cada uno y, al lado, cuántos a cada lado del plan."""
    izquierda, derecha = componentes.columnas()
    with izquierda:
        if alertas.empty:
            componentes.vacio(mensajes.sin_alertas(del_nivel, seleccion.nivel), en_hoja=True)
        else:
            componentes.grafica(vistas.alertas(seleccion), GRAFICA, al_tocar)
    with derecha:
        cuadros.conteos(del_nivel, seleccion, PAGINA)


def mostrar_listas() -> None:
    """Todas las que se apartan, las pequeñas por separado."""
    es_pequena = alertas["es_pequena"].astype(bool)
    nombre = formato.nivel(seleccion.nivel, 2)
    for titulo, filas, pequenas in (
        ("Las más lejanas", alertas[~es_pequena], False),
        (f"{formato.mayuscula(nombre)} pequeñas, aparte", alertas[es_pequena], True),
    ):
        if not filas.empty:
            tope = seleccion.umbral.meta_pequena
            componentes.seccion(titulo, mensajes.lista(len(filas), pequenas, tope, seleccion.nivel))
            cuadros.lista(filas, peores, contradicciones, seleccion, PAGINA, titulo)


componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion)

vista = ("ejercicio", "corte", "dependencia", "periodo", "preset")
cumplimiento = consultar("cumplimiento", **seleccion.consulta(*vista))
del_nivel = cumplimiento[cumplimiento["nivel"] == seleccion.nivel]
indicador = consultar("indicadores", **seleccion.consulta(*vista, "nivel"))
alertas = consultar("alertas", **seleccion.consulta(*vista, "nivel"))
contradicciones = consultar("contradicciones", **seleccion.consulta(*vista, "nivel"))
trimestres = consultar("trimestres", **seleccion.consulta("ejercicio", "corte", "dependencia", "preset"))
peores = certezas(cumplimiento, trimestres)

componentes.encabezado(
    "¿Dónde no se cumple el plan y dónde se planeó bajo?",
    mensajes.mensaje(del_nivel, alertas, seleccion.nivel, seleccion.quienes, seleccion.corte),
    componentes.linea(seleccion, indicador),
    mensajes.parrafo(
        del_nivel,
        alertas.assign(certeza=alertas["vigente_id"].map(peores)),
        contradicciones,
        seleccion.nivel,
        seleccion.quienes,
        seleccion.nombres,
        seleccion.corte,
        seleccion.periodo,
    ),
)
mostrar_distancia()
mostrar_listas()

if not (del_nivel["estado"] == "Aún no exigible").all():
    componentes.seccion("Lo que dicen contra lo que miden", "Observaciones impresas que sus propias cifras desmienten.")
    if contradicciones.empty:
        componentes.vacio(mensajes.sin_contradicciones(del_nivel, seleccion.nivel))
    else:
        cuadros.contradicciones(contradicciones, cumplimiento, seleccion, PAGINA)

componentes.abrir_lo_pedido(seleccion, del_nivel, PAGINA)
