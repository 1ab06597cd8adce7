"""Errores que se le explican a quien usa el sistema, sin traza."""

import errno

_MOTIVOS = {
    errno.EACCES: "no hay permiso, o está abierto en otra aplicación",
    errno.EPERM: "no hay permiso",
    errno.EROFS: "ese disco es solo de lectura",
    errno.ENOSPC: "no queda espacio en el disco",
    errno.ENOENT: "no existe",
    errno.EEXIST: "en su lugar hay un archivo",
    errno.ENOTDIR: "en lugar de una carpeta hay un archivo",
    errno.EISDIR: "en su lugar hay una carpeta",
    errno.ENAMETOOLONG: "el nombre es demasiado largo",
}

BASE_ILEGIBLE = "La base de {carpeta} no se puede leer: está dañada o es de otra versión. Rehágala con: poa construir"


class ErrorDeUsuario(Exception):
    """Algo que la persona puede arreglar: un archivo que falta, un renglón ilegible, un nombre mal escrito.

    El mensaje va en español y dice qué archivo y renglón, qué está mal y qué hacer.
    La línea de órdenes lo imprime en la salida de errores y termina con código 2.
    """

    def __init__(self, mensaje: str):
        super().__init__(mensaje)
        self.mensaje = mensaje


def motivo(error: OSError) -> str:
    """Por qué no se pudo, en español: lo que dice el sistema está en el idioma del sistema."""
    return _MOTIVOS.get(error.errno or 0, "el sistema no lo permitió")
