"""Errores que se le explican a quien usa el sistema, sin traza."""


class ErrorDeUsuario(Exception):
    """Algo que la persona puede arreglar: un archivo que falta, un renglón ilegible, un nombre mal escrito.

    El mensaje va en español y dice qué archivo y renglón, qué está mal y qué hacer.
    La línea de órdenes lo imprime en la salida de errores y termina con código 2.
    """

    def __init__(self, mensaje: str):
        super().__init__(mensaje)
        self.mensaje = mensaje
