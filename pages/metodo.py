"""¿Con qué reglas se decide un estado, qué cambia al mover los umbrales y de dónde sale cada dato?"""

from poa import componentes
from poa.componentes import fuentes
from poa.componentes import metodo as cuadros
from poa.consultas import consultar
from poa.laminas import vistas
from poa.mensajes import metodo as mensajes

GRAFICA = "metodo_umbrales"


def al_tocar() -> None:
    """Un tramo abre la lista de los compromisos que suma, con los umbrales de su barra."""
    puntos = componentes.puntos(GRAFICA)
    if puntos:
        juego, estado = puntos[0]["customdata"][:2]
        componentes.ir_a(grupo=juego, estado=estado)


componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion)

vista = ("ejercicio", "corte", "dependencia", "nivel")
dada = seleccion.consulta(*vista, "periodo", "preset")
filas = consultar("cumplimiento", **dada)
indicador = consultar("indicadores", **dada)
sensibilidad = consultar("sensibilidad", **dada)
todos = mensajes.compromisos(sensibilidad)
juegos = mensajes.juegos(sensibilidad)
en_vigor = seleccion.umbral.preset

componentes.encabezado(
    "Método",
    mensajes.mensaje(sensibilidad, seleccion.nivel),
    componentes.linea(seleccion, indicador),
    mensajes.parrafo(sensibilidad, seleccion.nivel, seleccion.umbral),
)
cuadros.indice()

cuadros.seccion(
    "umbrales",
    "Las cifras son las mismas con todos; solo cambia cómo se llaman. Se eligen y se mueven en «Umbrales», arriba; "
    "los de siempre están en un solo archivo de configuración, data/umbrales.yml.",
)
izquierda, derecha = componentes.columnas()
with izquierda:
    componentes.grafica(vistas.umbrales(seleccion), GRAFICA, al_tocar)
with derecha:
    cuadros.umbrales(seleccion)
cuadros.cambian(todos, juegos, seleccion)
cuadros.nunca_cambian(todos, en_vigor, juegos, seleccion)

cuadros.seccion(
    "estados",
    "P es lo programado, A lo alcanzado y c, A entre P. Se prueban en este orden y decide la primera condición que "
    "se cumple, con la cifra exacta.",
)
cuadros.estados(consultar("estados", **dada), seleccion)

cuadros.seccion(
    "trimestres",
    "Para lo acumulado se juntan los trimestres exigibles que traen A. La regla se infiere solo de lo programado, "
    "salvo que alguien la confirme.",
)
cuadros.reglas(consultar("reglas", **seleccion.consulta(*vista)), seleccion)

cuadros.seccion("senales", "Lo que conviene saber junto al estado; no lo cambian.")
cuadros.senales(filas, seleccion)

cuadros.seccion(
    "justificacion",
    "Se busca en la observación impresa, frase por frase; los patrones están en data/justificacion.yml.",
)
cuadros.justificacion(consultar("afirmaciones", **seleccion.consulta(*vista, "periodo", "preset")), seleccion)

cuadros.seccion("indicadores", "Se cuentan compromisos; las cantidades solo se suman dentro de una misma unidad.")
cuadros.indicadores(mensajes.indicadores(indicador, seleccion.nivel, seleccion.umbral), indicador, seleccion)

cuadros.seccion(
    "linaje",
    "Nadie une dos compromisos por parecerse: cada enlace lleva su evidencia y lo confirma una persona, en "
    "data/catalogos/linaje.csv. Sin confirmar no une nada.",
)
cuadros.linaje(consultar("hilo_enlaces"))

cuadros.seccion(
    "documentos",
    "Una cifra es un P o un A de los que el tablero usa. Un hallazgo es lo que no cuadra o hubo que interpretar al "
    "leer; su lugar y su motivo están en la tarjeta de cada compromiso.",
)
fuentes.documentos(consultar("documentos"), seleccion)
fuentes.hallazgos(consultar("hallazgos"))
fuentes.excepciones(consultar("excepciones"), seleccion)

cuadros.seccion("diccionario", "Qué es cada columna de lo que se lee de los documentos y de lo que se calcula.")
fuentes.diccionario(consultar("diccionario"))

tocado = seleccion.grupo if seleccion.grupo in juegos and seleccion.grupo != en_vigor else seleccion.preset
cuadros.abrir(seleccion, filas, consultar("cumplimiento", **dada | {"preset": tocado}))
