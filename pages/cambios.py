"""¿Qué continúa, cambia, desaparece y aparece de un plan a otro de una dependencia?"""

from poa import componentes
from poa.componentes import cambios as cuadros
from poa.laminas import vistas
from poa.mensajes import cambios as mensajes
from poa.mensajes import planes as de_planes

GRAFICA = "cambios_planes"
CEJA = "¿Qué cambió de un plan a otro?"


def al_tocar() -> None:
    """Una marca de la gráfica abre la tarjeta de su compromiso."""
    puntos = componentes.puntos(GRAFICA)
    tocado = puntos[0].get("customdata") if puntos else None
    if tocado:
        componentes.ir_a(compromiso=tocado if isinstance(tocado, str) else tocado[0], tarjeta="1")


def mostrar_un_plan() -> None:
    """No hay con qué comparar: se dice y se ofrecen los planes que sí se pueden comparar."""
    plan = vista.unico
    otras = [vista.nombres[d] for d in vista.con_dos()]
    datos = [("Planes:", f"{plan.nombre}, único")]
    componentes.encabezado(CEJA, de_planes.un_plan(vista.nombre, plan), datos, de_planes.parrafo_un_plan(plan, otras))
    componentes.seccion("Planes que sí se pueden comparar")
    cuadros.otras(vista)


def mostrar_sin_enlaces() -> None:
    """Hay dos planes, pero nadie ha dicho cuáles de sus compromisos son los mismos."""
    componentes.encabezado(
        CEJA,
        de_planes.sin_enlaces(vista.nombre, par),
        mensajes.linea(filas, par),
        de_planes.parrafo_sin_enlaces(par),
    )
    componentes.seccion("Planes que se pueden comparar")
    cuadros.otras(vista)


def mostrar_cambios() -> None:
    """Los dos planes frente a frente, cuántos de cada suerte y una tabla de cada una."""
    componentes.encabezado(
        CEJA,
        mensajes.mensaje(vista.nombre, par, conteos, mensajes.es_sugerido(filas)),
        mensajes.linea(filas, par),
        mensajes.parrafo(filas, par, conteos),
    )
    izquierda, derecha = componentes.columnas()
    with izquierda:
        componentes.grafica(vistas.planes(par, vista.quien, seleccion), GRAFICA, al_tocar)
    with derecha:
        cuadros.conteos(conteos, vista)
    for suerte in mensajes.SUERTES:
        cuadros.seccion(suerte, filas, conteos, vista)


componentes.exigir_marco()
seleccion = componentes.leer()
vista = cuadros.Vista(seleccion)
cuadros.filtros(vista)
par = vista.par

if par is None:
    mostrar_un_plan()
else:
    filas = vista.filas()
    conteos = mensajes.contar(filas, par)
    if mensajes.hay_enlaces(filas):
        mostrar_cambios()
    else:
        mostrar_sin_enlaces()

cuadros.abrir(vista)
