"""¿Qué informes hay? La portada: cada corte y dependencia, con sus enlaces."""

from poa import componentes, formato
from poa.componentes import inicio as cuadros
from poa.componentes import por_codigo
from poa.consultas import consultar
from poa.mensajes import inicio as mensajes

componentes.exigir_marco()
cortes = consultar("cortes")
anios = formato.lista(str(int(e)) for e in sorted(set(cortes["ejercicio"])))
componentes.encabezado(
    "Programas Operativos Anuales de Mexicali",
    mensajes.mensaje(cortes),
    [("Ejercicios:", anios or formato.RAYA)],
    mensajes.parrafo(cortes),
)
if cortes.empty:
    componentes.vacio("Todavía no hay informes en la base. Agregue un documento con: poa importar ARCHIVO")
else:
    por_codigo.mostrar()
    cuadros.informes(cortes)
