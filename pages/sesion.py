"""¿Qué se acuerda de cada compromiso? El orden del día en el proyector, paso por paso, con el teclado."""

from poa import componentes
from poa.componentes import acuerdos as apuntes
from poa.componentes import aperturas
from poa.componentes import sesion as cuadros
from poa.consultas import consultar
from poa.mensajes import acuerdos as de_acuerdos
from poa.mensajes import alertas, comunes
from poa.mensajes import dependencias as de_una
from poa.mensajes import sesion as mensajes

PAGINA = "sesion"


def leer_vista(acuerdos: list) -> cuadros.Vista:
    """Todo lo que se proyecta del corte, acumulado; cada compromiso, con la peor certeza de sus cifras."""
    vista = ("ejercicio", "corte", "dependencia", "preset")
    filas = consultar("cumplimiento", **seleccion.consulta(*vista), periodo="acumulado")
    trimestres = consultar("trimestres", **seleccion.consulta(*vista))
    filas = filas.assign(certeza=filas["vigente_id"].map(de_una.certezas(filas, trimestres)))
    contrarias = consultar("contradicciones", **seleccion.consulta(*vista), periodo="acumulado")
    return cuadros.Vista(
        seleccion,
        filas,
        trimestres,
        {fila["vigente_id"]: alertas.contradice(fila) for _, fila in contrarias.iterrows()},
        apuntes.seguir(acuerdos, filas, seleccion.corte),
    )


def mostrar_apertura() -> None:
    """Cómo llega la dependencia a la sesión."""
    nivel, cuentan = comunes.los_que_cuentan(paso.filas(vista.filas))
    certezas = cuentan["certeza"]
    dicho = de_una.parrafo_una(cuentan, nivel, paso.nombre, seleccion.corte, "acumulado", certezas, tras_titulo=True)
    aperturas.apertura(vista, paso, pasos, dicho, "" if pasos[0].clave == mensajes.ORDEN else ausentes())


def ausentes() -> str:
    """Quién informó antes en el año y no en este corte, si se ven todas."""
    cortes = consultar("cortes", ejercicio=seleccion.ejercicio)
    return "" if seleccion.dependencia else mensajes.sin_informe(cortes, seleccion.corte)


def mostrar_acuerdos() -> None:
    """Lo que se apuntó en esta sesión, su acta y lo de antes que ya no tiene compromiso."""
    suyos = de_acuerdos.del_corte(apuntados, vista.filas, seleccion.corte)
    previos = de_acuerdos.previos(apuntados, vista.seguidos, vista.filas, seleccion.corte, seleccion.dependencia)
    apuntes.mostrar(suyos, previos, vista.filas, seleccion)


componentes.exigir_marco()
seleccion = componentes.leer()
apuntados = apuntes.leer()
vista = leer_vista(apuntados)
pasos = mensajes.recorrer(vista.filas, seleccion.nombres)
lugar, es_el_pedido = mensajes.buscar(pasos, cuadros.pedido(seleccion, pasos))
paso = pasos[lugar]

cuadros.barra(vista, pasos, lugar)
if es_el_pedido:
    cuadros.anotar(paso, lugar == 0)
else:
    cuadros.avisar(mensajes.NO_EXISTE)
if paso.clave == mensajes.ORDEN:
    aperturas.orden(vista, pasos, consultar("sesion", corte=seleccion.corte), ausentes())
elif paso.clave == mensajes.ACUERDOS:
    mostrar_acuerdos()
elif paso.meta_clave is None:
    mostrar_apertura()
else:
    cuadros.meta(vista, paso)

if seleccion.compromiso:
    componentes.abrir_lo_pedido(seleccion, vista.filas, PAGINA)
