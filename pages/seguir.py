"""¿Qué pasó con esta meta cuando cambió la administración?"""

from poa import componentes
from poa.componentes import pasos
from poa.componentes import seguir as cuadros
from poa.consultas import consultar
from poa.laminas import vistas
from poa.mensajes import relato
from poa.mensajes import seguir as mensajes

PAGINA = "seguir"
GRAFICA = "seguir_hilo"


def al_tocar() -> None:
    """Una marca abre la tarjeta de su compromiso, sin soltar el hilo."""
    puntos = componentes.puntos(GRAFICA)
    if puntos and puntos[0].get("customdata"):
        tocado = puntos[0]["customdata"]
        componentes.ir_a(compromiso=tocado if isinstance(tocado, str) else tocado[0], tarjeta="1", hilo=elegido)


def mostrar_hilo() -> None:
    """El dibujo del hilo, con la lista de los otros a su izquierda, y el paso por paso."""
    hilo, faltan = vistas.leer_hilo(elegido, seleccion)
    componentes.encabezado(
        "Seguir una meta de un plan a otro",
        mensajes.mensaje(hilo, faltan),
        mensajes.linea(hilo, seleccion.umbrales),
        relato.parrafo(hilo, faltan),
    )
    izquierda, derecha = cuadros.columnas()
    with izquierda:
        cuadros.resultados(hallados, hilo, pedido, seleccion)
    with derecha:
        componentes.grafica(vistas.hilo(elegido, seleccion), GRAFICA, al_tocar)
    componentes.seccion("Paso por paso", mensajes.COMO_SE_LEE if len(eslabones) > 1 else "")
    pasos.mostrar(hilo, pedido, seleccion)
    pasos.salidas(hilo, seleccion)


def mostrar_vacio() -> None:
    """Nada responde a lo buscado, o la dirección pide un hilo que no existe."""
    if elegido:
        dicho, que_hacer = mensajes.NO_EXISTE, mensajes.ELIJA_OTRA
    else:
        dicho = mensajes.nada(pedido.busca, seleccion.nombres.get(pedido.quien, ""), pedido.unidad)
        que_hacer = mensajes.QUE_PROBAR
    componentes.encabezado("Seguir una meta de un plan a otro", dicho, [("Umbrales:", seleccion.umbrales)], que_hacer)
    izquierda, derecha = cuadros.columnas()
    with izquierda:
        cuadros.resultados(hallados, None, pedido, seleccion)
    with derecha:
        componentes.vacio(mensajes.SIN_DIBUJO, en_hoja=True)


componentes.exigir_marco()
seleccion = componentes.leer()
pedido = cuadros.leer(seleccion)
cuadros.buscar(pedido, seleccion)

hallados = pedido.hallados()
elegido = pedido.hilo or seleccion.compromiso or (str(hallados["hilo"].iloc[0]) if len(hallados) else "")
eslabones = consultar("hilo", hilo=elegido)

if eslabones.empty:
    mostrar_vacio()
else:
    mostrar_hilo()
if seleccion.compromiso:
    componentes.abrir_lo_pedido(cuadros.de_su_corte(seleccion), eslabones, PAGINA)
