"""Escribe láminas en una carpeta: una imagen por lámina y una presentación con todas; una que falla no pierde otras."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from poa import codigo, formato, seleccion
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario, motivo
from poa.figuras import lienzo
from poa.laminas import graficas, png, sesion, vistas
from poa.laminas.lamina import Lamina, Lista, Pendiente
from poa.laminas.presentacion import Presentacion
from poa.seleccion import Seleccion

FORMATOS = ("png", "pptx")


@dataclass
class Escrito:
    """Lo que quedó en la carpeta y lo que no se pudo, con su motivo."""

    archivos: list[Path] = field(default_factory=list)
    fallas: list[str] = field(default_factory=list)
    sin_lamina: list[str] = field(default_factory=list)  # de las fallas, las que le quitan láminas a la presentación

    def perder(self, falla: str) -> None:
        """Anota algo que tampoco está en la presentación."""
        self.fallas.append(falla)
        self.sin_lamina.append(falla)

    def resumen(self, salida: Path) -> str:
        """«28 imágenes y 1 presentación en laminas.»"""
        n = sum(ruta.suffix == ".png" for ruta in self.archivos)
        dichos = [formato.plural(n, "imagen", "imágenes")] if n else []
        dichos += [ruta.name for ruta in self.archivos if ruta.suffix != ".png"]
        return f"{formato.lista(dichos)} en {salida}." if dichos else "No se escribió ninguna lámina."


def leer_formatos(escritos: str) -> set[str]:
    """«png,pptx» como conjunto. ErrorDeUsuario si alguno no existe o no se pide ninguno."""
    pedidos = {f.strip().lower() for f in escritos.split(",") if f.strip()}
    if not pedidos or pedidos - set(FORMATOS):
        raise ErrorDeUsuario(f"«{escritos}» no es un formato. Escriba --formato png, --formato pptx o png,pptx.")
    return pedidos


def elegir(corte: str | None, dependencia: str | None, umbrales: str | None, nivel: str, periodo: str) -> Seleccion:
    """La selección pedida en la línea de órdenes. ErrorDeUsuario si ese corte, dependencia o umbrales no existen.

    A diferencia de la dirección de una página, aquí nada se corrige en silencio.
    """
    corte = codigo.corte_escrito(corte) if corte else None
    pedida = None if dependencia in (None, seleccion.TODAS) else codigo.dependencia_escrita(dependencia)
    elegida = seleccion.elegir(corte, pedida, nivel, periodo, _preset(umbrales))
    cortes = consultar("cortes")
    if corte not in (None, elegida.corte):
        disponibles = ", ".join(sorted(set(cortes["corte"])))
        raise ErrorDeUsuario(f"No hay informes del corte «{corte}». Cortes disponibles: {disponibles}.")
    if pedida != elegida.dependencia:
        raise ErrorDeUsuario(_no_esta(str(dependencia).strip(), cortes[cortes["dependencia"] == pedida], elegida))
    if umbrales is not None and elegida.preset is None:
        presets = ", ".join(f"«{p}»" for p in consultar("presets")["preset"])
        raise ErrorDeUsuario(
            f"«{umbrales}» no es un juego de umbrales. Los hay: {presets}, o cuatro propios, como 60-85-120-250."
        )
    return elegida


def _no_esta(escrita: str, suyos: pd.DataFrame, elegida: Seleccion) -> str:
    """Que esa dependencia no está en el corte, y dónde sí; `suyos`: sus filas de la consulta cortes."""
    dicho = f"«{escrita}» no está en el {formato.corte(elegida.corte)}."
    if len(suyos):
        return f"{dicho} Tiene informes de estos cortes: {', '.join(sorted(set(suyos['corte'])))}."
    hay = (f"{d} ({elegida.nombre(d)})" for d in elegida.dependencias)
    return f"{dicho} Dependencias: {', '.join(hay)}."


def _preset(escrito: str | None) -> str | None:
    """El preset que empieza con lo escrito («coneval»); si no hay uno solo, lo escrito."""
    presets = [str(p) for p in consultar("presets")["preset"]]
    suyos = [p for p in presets if escrito and p.lower().startswith(escrito.lower())]
    return suyos[0] if len(suyos) == 1 else escrito


def de_seleccion(elegida: Seleccion) -> list[Pendiente]:
    """Las láminas de las dependencias elegidas, como van en la sesión, y las gráficas de sus páginas."""
    partes = sesion.por_dependencia(elegida)
    suyas = (
        ("alertas", "Alertas, en una gráfica", graficas.alertas),
        ("trimestres", "El año por trimestres", graficas.trimestres),
        ("ejes", "Ejes del PMD", graficas.ejes),
        ("presupuesto", "Presupuesto", graficas.presupuesto),
    )
    return partes + [Pendiente(clave, titulo, partial(armar, elegida)) for clave, titulo, armar in suyas]


def de_codigos(codigos: Sequence[str]) -> list[Pendiente]:
    """Las láminas de unas vistas por su código, solo en imagen. ErrorDeUsuario si un código no se entiende."""
    for escrito in codigos:
        codigo.leer(escrito)
    return [Pendiente(escrito, escrito, partial(_de_codigo, escrito)) for escrito in codigos]


def _de_codigo(escrito: str) -> list[Lamina]:
    pagina, dados = codigo.leer(escrito)
    if pagina == "sesion":
        return _de_paso(escrito, dados)
    vista = vistas.de_codigo(escrito)
    titulo = lienzo.mensaje(vista.figura)
    suyo = vista.figura.layout.meta["codigo"]
    return [Lamina(escrito, titulo, Lista([(0, titulo)]), lambda: vista.figura, vista.archivo, codigo=suyo)]


def _de_paso(escrito: str, dados: Mapping[str, str]) -> list[Lamina]:
    """Las láminas que llevan impreso el código de un paso de la sesión: las de su meta y sus acciones."""
    elegida = vistas.elegida(dados)
    quien, _, meta = dados.get("paso", "").partition("/")
    suyas = [f"{quien}-{parte}-{meta}" for parte in ("meta", "acciones")]
    partes = [p for p in sesion.por_dependencia(elegida) if p.clave in suyas]
    suyo = codigo.de_vista("sesion", elegida.con(dependencia=quien), paso=dados["paso"]) if partes else ""
    laminas = [lamina for parte in partes for lamina in parte.armar() if lamina.codigo == suyo]
    if not laminas:
        cuales = f" --dependencia {elegida.dependencia}" if elegida.dependencia else ""
        raise ErrorDeUsuario(
            f"La vista «{escrito}» es de la sesión y no de una sola lámina. Ábrala en el tablero, o haga todas con: "
            f"poa laminas --sesion --corte {elegida.corte}{cuales}"
        )
    return laminas


def escribir(
    pendientes: Sequence[Pendiente],
    formatos: Collection[str],
    salida: Path,
    titulo: str,
    nombre: str,
    avisar: Callable[[str], None],
) -> Escrito:
    """Arma y escribe las láminas en `salida`, que se crea si falta; `nombre`, el de la presentación, sin extensión.

    `avisar` recibe el título de cada parte al terminarla. Una lámina que no se puede armar, dibujar o escribir queda
    en `fallas` y las demás salen. ErrorDeUsuario si la carpeta no se puede usar, o si solo se piden imágenes y no
    hay navegador.
    """
    hecho = Escrito()
    formatos = set(formatos)
    presentacion = Presentacion(titulo)
    with png.servidor() as servidor:
        if "png" in formatos:
            _abrir(servidor, formatos, hecho)
        _preparar(salida)
        try:
            for pendiente in pendientes:
                for lamina in _armar(pendiente, hecho):
                    if "pptx" in formatos:
                        _agregar(lamina, presentacion, hecho)
                    if "png" in formatos:
                        _dibujar(lamina, salida, servidor, hecho)
                avisar(pendiente.titulo)
        except KeyboardInterrupt:
            hecho.fallas.append("Se interrumpió: faltan láminas, y la presentación si se pidió.")
            return hecho
    if "pptx" in formatos:
        _guardar(salida / f"{nombre}.pptx", _cerrar(presentacion, hecho), hecho)
    return hecho


def _abrir(servidor: png.Servidor, formatos: set[str], hecho: Escrito) -> None:
    """Abre el navegador; si no se puede, se sigue sin imágenes, salvo que fueran lo único que se pidió."""
    try:
        servidor.abrir()
    except ErrorDeUsuario as error:
        formatos.discard("png")
        if not formatos:
            raise
        hecho.fallas.append(error.mensaje)


def de_la_sesion(elegida: Seleccion) -> bytes:
    """La presentación de la sesión completa; si algo no se pudo, su última lámina dice qué."""
    hecho = Escrito()
    presentacion = Presentacion(titulo_de(elegida))
    for pendiente in sesion.sesion(elegida):
        for lamina in _armar(pendiente, hecho):
            _agregar(lamina, presentacion, hecho)
    return _cerrar(presentacion, hecho)


def titulo_de(elegida: Seleccion) -> str:
    """El título de una presentación, el de sus propiedades."""
    return f"Presentación del POA {elegida.ejercicio}"


def _cerrar(presentacion: Presentacion, hecho: Escrito) -> bytes:
    """La presentación terminada; si le faltan láminas, la última dice cuáles (su dibujo no se usa)."""
    if hecho.sin_lamina:
        titulo = "Lo que esta presentación no trae porque no se pudo hacer"
        puntos = Lista([(0, falla) for falla in hecho.sin_lamina])
        presentacion.agregar(Lamina("faltan", titulo, puntos, lambda: lienzo.vacia(titulo), "faltan"))
    return presentacion.bytes()


def _preparar(salida: Path) -> None:
    try:
        salida.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ErrorDeUsuario(f"No se puede usar la carpeta {salida}: {motivo(error)}. Elija otra.") from error


def _armar(pendiente: Pendiente, hecho: Escrito) -> Iterator[Lamina]:
    """Las láminas de una parte; si no se pueden armar, ninguna, y queda dicho por qué."""
    try:
        yield from pendiente.armar()
    except Exception as error:
        hecho.perder(f"«{pendiente.titulo}» no se pudo armar: {_motivo(error)}")


def _agregar(lamina: Lamina, presentacion: Presentacion, hecho: Escrito) -> None:
    try:
        presentacion.agregar(lamina)
    except Exception as error:
        hecho.perder(f"La lámina «{lamina.titulo}» no entró en la presentación: {_motivo(error)}")


def _dibujar(lamina: Lamina, salida: Path, servidor: png.Servidor, hecho: Escrito) -> None:
    try:
        imagen = servidor.png(lamina.dibujar())
    except Exception as error:
        hecho.fallas.append(f"La imagen de «{lamina.titulo}» no se pudo dibujar: {_motivo(error)}")
        return
    _guardar(salida / f"{lamina.archivo}.png", imagen, hecho)


def _guardar(ruta: Path, contenido: bytes, hecho: Escrito) -> None:
    """Dos láminas con el mismo nombre no se pisan: la segunda lleva un número.

    Se escribe aparte y se cambia de un golpe: si el disco se llena, la de una corrida anterior sigue entera.
    """
    libre, n = ruta, 2
    while libre in hecho.archivos:
        libre = ruta.with_stem(f"{ruta.stem}-{n}")
        n += 1
    aparte = libre.with_name(f".{libre.name}.nuevo")
    try:
        aparte.write_bytes(contenido)
        aparte.replace(libre)
    except OSError as error:
        with suppress(OSError):
            aparte.unlink(missing_ok=True)
        hecho.fallas.append(f"No se pudo escribir {libre.name}: {motivo(error)}.")
        return
    hecho.archivos.append(libre)


def _motivo(error: Exception) -> str:
    """La frase de un error de la persona; de los demás, su clase: lo que dicen está en inglés y no le sirve."""
    return error.mensaje if isinstance(error, ErrorDeUsuario) else f"error inesperado ({type(error).__name__})."
