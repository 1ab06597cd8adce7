"""¿Qué se acuerda de cada compromiso? La orden del día en el proyector, paso por paso, con el teclado."""

from poa import componentes
from poa.componentes import acuerdos as apuntes
from poa.componentes import sesion as cuadros
from poa.consultas import consultar
from poa.mensajes import alertas
from poa.mensajes import dependencias as de_una
from poa.mensajes import sesion as mensajes

PAGINA = "sesion"


def leer_vista(acuerdos: list) -> cuadros.Vista:
    """Todo lo que se proyecta del corte, acumulado."""
    vista = ("ejercicio", "corte", "dependencia", "preset")
    filas = consultar("cumplimiento", **seleccion.consulta(*vista), periodo="acumulado")
    trimestres = consultar("trimestres", **seleccion.consulta(*vista))
    contrarias = consultar("contradicciones", **seleccion.consulta(*vista), periodo="acumulado")
    return cuadros.Vista(
        seleccion,
        filas,
        trimestres,
        {fila["vigente_id"]: alertas.contradice(fila) for _, fila in contrarias.iterrows()},
        de_una.certezas(filas, trimestres),
        apuntes.seguir(acuerdos, filas, seleccion.corte),
    )


def mostrar_apertura() -> None:
    """Cómo llega la dependencia a la sesión."""
    filas = paso.filas(vista.filas)
    acciones = filas[filas["nivel"] == "accion"]
    nivel = "accion" if len(acciones) else "meta"
    cuentan = acciones if len(acciones) else filas
    dudosas = int(cuentan["vigente_id"].map(vista.certezas).isin(("reconstruido", "ambiguo")).sum())
    dicho = de_una.parrafo_una(cuentan, nivel, paso.nombre, seleccion.corte, "acumulado", dudosas)
    cuadros.apertura(vista, paso, pasos, dicho)


def mostrar_acuerdos() -> None:
    """Lo que se apuntó en esta sesión, su acta y lo de antes que ya no tiene compromiso."""
    quienes = [seleccion.dependencia] if seleccion.dependencia else list(seleccion.dependencias)
    suyos = [a for a in apuntados if a.corte == seleccion.corte and a.dependencia in quienes]
    sueltos = mensajes.sueltos(apuntados, vista.seguidos, quienes, seleccion.corte)
    apuntes.mostrar(suyos, [a for a in sueltos if a.corte != seleccion.corte], seleccion)


componentes.exigir_marco()
seleccion = componentes.leer()
apuntados = apuntes.leer(seleccion)
vista = leer_vista(apuntados)
pasos = mensajes.recorrer(vista.filas, seleccion.dependencias, seleccion.nombres)
lugar, es_el_pedido = mensajes.buscar(pasos, cuadros.pedido(seleccion, pasos))
paso = pasos[lugar]

cuadros.barra(vista, pasos, lugar)
if es_el_pedido:
    cuadros.anotar(paso, lugar == 0)
else:
    cuadros.avisar(mensajes.NO_EXISTE)
if paso.clave == mensajes.ACUERDOS:
    mostrar_acuerdos()
elif paso.meta_clave is None:
    mostrar_apertura()
else:
    cuadros.meta(vista, paso)

if seleccion.compromiso:
    componentes.abrir_lo_pedido(seleccion, vista.filas, PAGINA)
