"""La línea de órdenes `poa`: leer, importar, construir, revisar, consultar, hacer láminas y abrir el tablero."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from poa import formato, idioma, rutas
from poa.errores import ErrorDeUsuario
from poa.terminal import AVISOS, CARPETA, RUTA, SALIDA, GrupoConMensajes, Ruta, avance, barra, imprimir_tabla

SEVERIDADES = ("error", "advertencia", "aviso")
RELACIONES = ("misma", "reformulada", "cambia_unidad", "dividida", "fusionada", "afin")

idioma.hablar_espanol()


@click.group(cls=GrupoConMensajes, context_settings={"help_option_names": ["--help", "-h"]})
@click.option(
    "--datos",
    type=Ruta(path_type=Path, file_okay=False),
    help="Carpeta de los datos.  [predeterminado: la que dice la variable POA_DATOS o, si no la hay, data]",
)
def principal(datos: Path | None) -> None:
    """Lee los Programas Operativos Anuales, construye su base, hace sus láminas y abre el tablero."""
    if datos is not None:
        os.environ["POA_DATOS"] = str(datos)


@principal.command()
@click.argument("archivos", nargs=-1, required=True, type=RUTA, metavar="ARCHIVO…")
@click.option("--salida", required=True, **CARPETA, help="Dónde se escriben las tablas; se crea si falta.")
def leer(archivos: tuple[Path, ...], salida: Path) -> None:
    """Lee documentos y escribe sus tablas en Parquet, todas o ninguna."""
    from poa.extracto import escribir_extractos, leer_documentos

    with avance("Leyendo") as avisar:
        tablas = leer_documentos(list(archivos), avisar)
        avisar("escribiendo las tablas")
        escribir_extractos(tablas, salida)
    _resumir(tablas)


@principal.command()
@click.argument("archivos", nargs=-1, type=RUTA, metavar="[ARCHIVO…]")
def importar(archivos: tuple[Path, ...]) -> None:
    """Agrega documentos a los datos (todos o ninguno), reconstruye la base y dice qué cambió.

    Sin archivos, vuelve a leer los que ya están guardados.
    """
    from poa.importacion import importar_documentos

    with avance("Importando") as avisar:
        cambio = importar_documentos(list(archivos), avisar)
    for linea in cambio.lineas:
        SALIDA.print(linea, markup=False)
    _listar_hallazgos(cambio.hallazgos)
    _avisar_sin_enlaces()
    _avisar_enlaces_por_revisar()


@principal.command()
def construir() -> None:
    """Construye poa.duckdb con los extractos de la carpeta de datos y la cambia de un golpe."""
    from poa.base import construir_base

    with avance("Construyendo") as avisar:
        avisar("la base")
        ruta = construir_base(rutas.datos())
    SALIDA.print(f"Base lista: {ruta.name}", markup=False)


@principal.command()
def revisar() -> None:
    """Revisa los datos: cada hallazgo con su lugar y su motivo.

    Termina con 1 si queda algún error sin explicar.
    """
    from poa.base import revisar_base
    from poa.consultas import base_vigente, consultar

    infracciones = revisar_base(base_vigente())
    hallazgos = consultar("hallazgos").to_dict("records")
    explicados = consultar("excepciones").set_index(["prueba", "compromiso_id"])["motivo"].to_dict()
    _listar_hallazgos([fila for fila in hallazgos if (fila["regla"], fila["compromiso_id"]) not in explicados])
    for fila in hallazgos:
        motivo = explicados.get((fila["regla"], fila["compromiso_id"]))
        if motivo:
            SALIDA.print(
                f"explicado: {fila['documento']}, renglón {fila['renglon']}: {motivo}", markup=False, soft_wrap=True
            )
    for una in infracciones:
        SALIDA.print(f"{una.severidad}: {una.prueba}: {una.compromiso_id or 'datos'}: {una.detalle}", markup=False)
    sin_explicar = [
        fila
        for fila in hallazgos
        if fila["severidad"] == "error" and (fila["regla"], fila["compromiso_id"]) not in explicados
    ]
    if sin_explicar or any(una.severidad == "error" for una in infracciones):
        SALIDA.print("Quedan errores en los datos.", markup=False)
        sys.exit(1)
    SALIDA.print("Ningún error sin explicar; lo señalado arriba está en los documentos.", markup=False)


@principal.command("consultar")
@click.argument("nombre")
@click.option("--param", "parametros", multiple=True, metavar="CLAVE=VALOR", help="Parámetro; se puede repetir.")
@click.option(
    "--formato", type=click.Choice(["csv", "json", "tabla"]), default="tabla", show_default=True, help="Cómo sale."
)
def consultar_(nombre: str, parametros: tuple[str, ...], formato: str) -> None:
    """Corre queries/NOMBRE.sql sobre la base.

    Un parámetro que no se da quiere decir todos, o el valor predeterminado de la consulta.
    """
    from poa.consultas import consultar

    valores = {}
    for parametro in parametros:
        clave, igual, valor = parametro.partition("=")
        if not igual:
            raise ErrorDeUsuario(f"«{parametro}»: los parámetros se escriben clave=valor, por ejemplo corte=2025T4.")
        valores[clave.strip()] = valor.strip()
    tabla = consultar(nombre, **valores)
    if formato != "tabla":
        sys.stdout.reconfigure(encoding="utf-8")  # son datos: iguales en cualquier terminal
    if formato == "csv":
        tabla.to_csv(sys.stdout, index=False)
    elif formato == "json":
        click.echo(tabla.to_json(orient="records", force_ascii=False, date_format="iso"))
    else:
        imprimir_tabla(tabla)


@principal.command("laminas")
@click.option("--corte", metavar="CORTE", help="Por ejemplo 2025T4.  [predeterminado: el último con avance]")
@click.option("--dependencia", metavar="CLAVE", help="Por ejemplo bisom.  [predeterminado: todas]")
@click.option(
    "--nivel", type=click.Choice(["accion", "meta"]), default="accion", show_default=True, help="Acciones o metas."
)
@click.option(
    "--periodo",
    type=click.Choice(["acumulado", "trimestre"]),
    default="acumulado",
    show_default=True,
    help="Lo acumulado o el trimestre solo.",
)
@click.option(
    "--umbrales", metavar="UMBRALES", help="Un juego de umbrales, o 60-85-120-250.  [predeterminado: CONEVAL]"
)
@click.option("--sesion", is_flag=True, help="La sesión completa, de la portada al cierre.")
@click.option("--vista", "vistas", multiple=True, metavar="CÓDIGO", help="La vista de un código; se puede repetir.")
@click.option("--formato", "formatos", metavar="FORMATO", default="png,pptx", show_default=True, help="Uno o los dos.")
@click.option("--salida", **CARPETA, default="laminas", show_default=True, help="Dónde se escriben; se crea si falta.")
@click.pass_context
def laminas_(
    ctx: click.Context, vistas: tuple[str, ...], formatos: str, salida: Path, sesion: bool, **pedido: str | None
) -> None:
    """Escribe láminas: imágenes de 1920 × 1080 y una presentación que se edita; las de --vista, solo en imagen.

    Termina con 1 si alguna no se pudo; las demás quedan escritas.
    """
    from poa.laminas import escribir as laminas
    from poa.laminas import sesion as de_sesion

    elegidos = laminas.leer_formatos(formatos)
    dadas = {c for c in ctx.params if ctx.get_parameter_source(c) is ParameterSource.COMMANDLINE}
    if vistas:
        sobran = dadas - {"vistas", "salida"} - ({"formatos"} if elegidos == {"png"} else set())
        if sobran:
            raise ErrorDeUsuario(
                "--vista trae en su código todo lo que se ve y sale en PNG: va sola, con --salida si acaso."
            )
        elegidos = {"png"}
    seleccion = laminas.elegir(**pedido)
    if vistas:
        pendientes = laminas.de_codigos(vistas)
    elif sesion:
        pendientes = de_sesion.sesion(seleccion)
    else:
        pendientes = laminas.de_seleccion(seleccion)
    nombre = seleccion.archivo("sesion", segun=("periodo", "preset")) if sesion else seleccion.archivo("laminas")
    with barra("Haciendo las láminas", len(pendientes)) as avisar:
        hecho = laminas.escribir(pendientes, elegidos, salida, laminas.titulo_de(seleccion), nombre, avisar)
    SALIDA.print(hecho.resumen(salida), markup=False, soft_wrap=True)
    for falla in hecho.fallas:
        AVISOS.print(falla, style="bold", soft_wrap=True, markup=False)
    sys.exit(1 if hecho.fallas else 0)


@principal.group()
def linaje() -> None:
    """Sugiere, confirma y rechaza qué compromiso es el mismo de un plan a otro (data/catalogos/linaje.csv)."""


@linaje.command("sugerir")
@click.option(
    "--salida", type=Ruta(path_type=Path, dir_okay=False), help="CSV donde se escriben, sin tocar linaje.csv."
)
@click.option("--sin-catalogo", is_flag=True, help="Como si no hubiera enlaces guardados ni rechazados.")
@click.option("--afines", is_flag=True, help="También los de propósito semejante en otra dependencia.")
def sugerir_(salida: Path | None, sin_catalogo: bool, afines: bool) -> None:
    """Propone enlaces entre planes sucesivos; sin --salida los agrega a linaje.csv como sugeridos."""
    from poa.linaje import catalogo

    with avance("Comparando") as avisar:
        if salida is not None:
            sugerencias = catalogo.proponer(sin_catalogo=sin_catalogo, afines=afines, avisar=avisar)
            catalogo.escribir_sugerencias(sugerencias, salida)
        else:
            sugerencias = catalogo.agregar_sugerencias(sin_catalogo=sin_catalogo, afines=afines, avisar=avisar)
    if not sugerencias and salida is None:
        SALIDA.print("No hay enlaces nuevos que sugerir.", markup=False)
        return
    destino = salida or catalogo.ruta_de_enlaces()
    cuantos = "1 enlace sugerido" if len(sugerencias) == 1 else f"{len(sugerencias)} enlaces sugeridos"
    SALIDA.print(f"{cuantos} en {destino}.", markup=False, soft_wrap=True)


@linaje.command("confirmar")
@click.argument("origen", required=False)
@click.argument("destino", required=False)
@click.option("--relacion", type=click.Choice(RELACIONES), help="Corrige la relación al confirmar.")
@click.option("--todas-de", "hilo", metavar="HILO", help="Confirma todo lo sugerido de un hilo.")
def confirmar_(origen: str | None, destino: str | None, relacion: str | None, hilo: str | None) -> None:
    """Da por bueno un enlace sugerido: ORIGEN y DESTINO como 2025.1/bisom/300/303."""
    from poa.linaje import catalogo

    if hilo is None and (origen is None or destino is None):
        raise ErrorDeUsuario("Diga qué enlace: ORIGEN y DESTINO, o todos los de un hilo con --todas-de HILO.")
    if hilo is not None and (origen or relacion):
        raise ErrorDeUsuario("--todas-de confirma el hilo completo: no lleva ORIGEN, DESTINO ni --relacion.")
    with avance("Reconstruyendo") as avisar:
        dicho = (
            catalogo.confirmar_hilo(hilo, avisar)
            if hilo is not None
            else catalogo.confirmar(origen, destino, relacion, avisar)
        )
    SALIDA.print(dicho, markup=False, soft_wrap=True)
    _avisar_enlaces_por_revisar()


@linaje.command("rechazar")
@click.argument("origen")
@click.argument("destino")
@click.option("--motivo", metavar="MOTIVO", default="", help="Por qué no es el mismo compromiso.  [obligatorio]")
def rechazar_(origen: str, destino: str, motivo: str) -> None:
    """Quita un enlace y lo recuerda, para no volver a sugerirlo."""
    from poa.linaje import catalogo

    with avance("Reconstruyendo") as avisar:
        dicho = catalogo.rechazar(origen, destino, motivo, avisar)
    SALIDA.print(dicho, markup=False, soft_wrap=True)
    _avisar_enlaces_por_revisar()


@linaje.command("lista")
@click.option("--sugeridos", is_flag=True, help="Solo los que nadie ha confirmado.")
def lista_(sugeridos: bool) -> None:
    """Los enlaces guardados, con su relación, su certeza y su hilo."""
    from poa.linaje import catalogo

    filas = [f for f in catalogo.leer_enlaces() if not sugeridos or f["procedencia"] == "sugerido"]
    for fila in filas:
        SALIDA.print(
            f"{fila['origen']} → {fila['destino']} · {fila['relacion']} · {fila['procedencia']}"
            f" · {fila['certeza']} · {fila['hilo']}",
            markup=False,
            soft_wrap=True,
        )
    nada = "No hay enlaces sugeridos por confirmar." if sugeridos else "No hay enlaces."
    SALIDA.print(f"Enlaces: {len(filas)}." if filas else nada, markup=False)


def _puerto_posible(ctx: click.Context, opcion: click.Parameter, puerto: int | None) -> int | None:
    if puerto is not None and not 1 <= puerto <= 65535:
        raise click.BadParameter(f"{puerto} no está entre 1 y 65535.", ctx, opcion)
    return puerto


@principal.command()
@click.option(
    "--puerto",
    type=int,
    callback=_puerto_posible,
    metavar="NÚMERO",
    help="Puerto local, de 1 a 65535.  [predeterminado: el de la variable STREAMLIT_SERVER_PORT o, si no la hay, 8501]",
)
def tablero(puerto: int | None) -> None:
    """Abre el tablero en el navegador de este equipo."""
    from poa.base import construir_base
    from poa.tablero import iniciar

    sys.exit(iniciar(puerto, lambda: construir_base(rutas.datos())))


def _resumir(tablas: dict[str, list[dict]]) -> None:
    metas = sum(fila["nivel"] == "meta" for fila in tablas["compromiso"])
    acciones = len(tablas["compromiso"]) - metas
    presupuesto = len(tablas["presupuesto"])
    SALIDA.print(f"{metas} metas, {acciones} acciones y {presupuesto} renglones de presupuesto.", markup=False)
    _listar_hallazgos(tablas["hallazgo"])


def _listar_hallazgos(hallazgos: list[dict]) -> None:
    """Los errores y advertencias uno por uno; los avisos, contados."""
    for severidad in SEVERIDADES[:2]:
        for fila in hallazgos:
            if fila["severidad"] == severidad:
                lugar = fila["documento"] + (f", renglón {fila['renglon']}" if fila["renglon"] else "")
                SALIDA.print(f"{severidad}: {lugar}: {fila['explicacion']}", markup=False, soft_wrap=True)
    avisos = sum(fila["severidad"] == "aviso" for fila in hallazgos)
    if avisos:
        SALIDA.print(f"Además, {formato.plural(avisos, 'aviso', 'avisos')} en la tabla de hallazgos.", markup=False)


def _avisar_sin_enlaces() -> None:
    """Los planes que tienen uno anterior y con el que nadie los ha enlazado."""
    from poa.consultas import consultar

    planes = consultar("planes")
    for fila in planes[planes["anterior_ejercicio"].notna() & (planes["enlaces_con_anteriores"] == 0)].itertuples():
        SALIDA.print(
            f"{fila.dependencia_corta} {fila.ejercicio} no tiene enlaces con su plan anterior "
            f"({fila.anterior_ejercicio:.0f}); los propone: poa linaje sugerir",
            markup=False,
            soft_wrap=True,
        )


def _avisar_enlaces_por_revisar() -> None:
    """Los enlaces que quedaron sin uno de sus compromisos, o una división o fusión a medias."""
    from poa.consultas import consultar

    for una in consultar("infracciones", prueba="enlace_").itertuples():
        SALIDA.print(f"{una.severidad}: {una.detalle}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    principal()
