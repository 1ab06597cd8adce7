"""¿Qué comprometió cada dependencia y qué alcanzó? Todas lado a lado; una, compromiso por compromiso; uno, a fondo."""

from poa import componentes, formato
from poa.componentes import dependencias as cuadros
from poa.consultas import consultar
from poa.figuras import comparacion
from poa.laminas import vistas
from poa.mensajes import compromiso, comunes
from poa.mensajes import dependencias as mensajes

PAGINA = "dependencias"
COMPARACION, VARIACION, TRIMESTRES = "dependencias_comparacion", "dependencias_variacion", "dependencias_trimestres"


def abrir_grupo() -> None:
    """Un tramo de la comparación abre la lista de los compromisos que suma."""
    puntos = componentes.puntos(COMPARACION)
    if puntos:
        grupo, estado = puntos[0]["customdata"][:2]
        componentes.ir_a(grupo=grupo, estado=estado)


def abrir_compromiso() -> None:
    """Una barra de la variación abre su compromiso."""
    puntos = componentes.puntos(VARIACION)
    tocado = puntos[0].get("customdata") if puntos else None
    if tocado:
        componentes.ir_a(compromiso=tocado if isinstance(tocado, str) else tocado[0])


def abrir_tarjeta() -> None:
    """Una barra de los trimestres abre la tarjeta de su compromiso."""
    if componentes.puntos(TRIMESTRES):
        componentes.ir_a(tarjeta="1")


def por_trimestre():
    """Los compromisos de la vista, una fila por cada uno y trimestre."""
    return consultar("trimestres", **seleccion.consulta(*vista))


def encabezar(ceja: str, mensaje: str, parrafo: str) -> tuple:
    """El encabezado, el párrafo y las dos columnas que siguen."""
    del_filtro = indicador[indicador["nivel"] == seleccion.nivel]
    componentes.encabezado(
        ceja,
        mensaje,
        componentes.linea(seleccion, del_filtro),
        parrafo,
    )
    return componentes.columnas()


def mostrar_estados(derecha) -> None:
    """A la derecha, cuántas metas y acciones hay en cada estado."""
    with derecha:
        conteos = consultar("resumen_estados", **seleccion.consulta(*vista, "periodo"))
        componentes.estados(conteos, seleccion, PAGINA)


def mostrar_todas() -> None:
    """Todas las dependencias del corte lado a lado; si hay una sola, sus unidades ejecutoras o programas."""
    unidades = consultar("unidades", **seleccion.consulta(*vista, "periodo"))
    tabla, como = comparacion.renglones(del_nivel, indicador, unidades, seleccion.nombres)
    izquierda, derecha = encabezar(
        "Todas las dependencias",
        titulo,
        mensajes.parrafo_todas(
            tabla, del_nivel, seleccion.nivel, como, seleccion.quienes, seleccion.corte, seleccion.periodo
        ),
    )
    with izquierda:
        componentes.grafica(vistas.dependencias(seleccion), COMPARACION, abrir_grupo)
    mostrar_estados(derecha)
    componentes.seccion(*mensajes.titulo_tabla(tabla, seleccion.nivel, como, solo_plan))
    if solo_plan:
        cuadros.planes(tabla, del_nivel, por_trimestre(), como, seleccion)
    else:
        cuadros.grupos(tabla, como, seleccion)


def mostrar_una() -> None:
    """Los compromisos de una dependencia contra su plan (o solo su plan), sus estados y la tabla de todos."""
    suyas = del_nivel["vigente_id"].map(certezas)
    izquierda, derecha = encabezar(
        nombre_completo,
        titulo,
        mensajes.parrafo_una(del_nivel, seleccion.nivel, quien, seleccion.corte, seleccion.periodo, suyas),
    )
    with izquierda:
        componentes.grafica(vistas.compromisos(seleccion), VARIACION, abrir_compromiso)
    mostrar_estados(derecha)
    mostrar_tabla(periodo, f"Metas y acciones de {quien}")


def mostrar_uno() -> None:
    """Un compromiso trimestre por trimestre, su observación, sus señales, y al lado de cuáles está."""
    fila = elegido.iloc[0]
    acumulado = cumplimiento[
        (cumplimiento["vigente_id"] == fila["vigente_id"]) & (cumplimiento["periodo"] == "acumulado")
    ].iloc[0]
    suyos = consultar("compromiso", compromiso_id=seleccion.compromiso, corte=seleccion.corte, preset=seleccion.preset)
    izquierda, derecha = encabezar(
        nombre_completo,
        compromiso.titulo(acumulado, fila, seleccion.corte, seleccion.periodo, suyos),
        compromiso.parrafo(fila, acumulado, suyos, seleccion.corte, seleccion.periodo),
    )
    with izquierda:
        componentes.grafica(vistas.compromiso_por_trimestre(seleccion), TRIMESTRES, abrir_tarjeta)
    with derecha:
        senales = compromiso.senales(fila["etiquetas"], suyos, seleccion.umbral.meta_pequena)
        cuadros.detalle(fila, senales, seleccion)
    cuadros.cifras(fila, acumulado)
    hermanos = periodo[periodo["meta_clave"] == fila["meta_clave"]]
    mostrar_tabla(hermanos, f"La meta {formato.texto(fila['meta_clave'])} y sus acciones")


def mostrar_tabla(filas, rotulo: str) -> None:
    """Los compromisos en tabla; donde nada es exigible, lo programado en cada trimestre."""
    componentes.seccion(rotulo, mensajes.nota_tabla(cuadros.nota_de_certeza(filas["vigente_id"].map(certezas))))
    if solo_plan:
        cuadros.plan(filas, por_trimestre(), certezas, seleccion)
    else:
        cuadros.compromisos(filas, certezas, seleccion)


componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion)

vista = ("ejercicio", "corte", "dependencia", "preset")
cumplimiento = consultar("cumplimiento", **seleccion.consulta(*vista))
periodo = cumplimiento[cumplimiento["periodo"] == seleccion.periodo]
del_nivel = periodo[periodo["nivel"] == seleccion.nivel]
indicador = consultar("indicadores", **seleccion.consulta(*vista, "periodo"))
titulo = comunes.estados(del_nivel["estado"].value_counts(), seleccion.nivel, seleccion.quienes, seleccion.corte)
solo_plan = vistas.es_solo_plan(seleccion)
es_suyo = (periodo["compromiso_id"] == seleccion.compromiso) & (periodo["dependencia"] == seleccion.dependencia)
elegido = periodo[es_suyo]

if not seleccion.dependencia:
    mostrar_todas()
else:
    quien = seleccion.nombre(seleccion.dependencia)
    nombre_completo = seleccion.nombre_completo
    certezas = mensajes.certezas(periodo, por_trimestre())
    if elegido.empty:
        mostrar_una()
    else:
        mostrar_uno()

if elegido.empty or seleccion.tarjeta:
    componentes.abrir_lo_pedido(seleccion, del_nivel, PAGINA, conserva=not elegido.empty)
