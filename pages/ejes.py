"""¿Qué parte del Plan Municipal de Desarrollo empuja el POA? Los ejes de cada plan; uno, con sus compromisos."""

from poa import componentes, formato
from poa.componentes import ejes as cuadros
from poa.consultas import consultar
from poa.laminas import vistas
from poa.mensajes import ejes as mensajes

PAGINA = cuadros.PAGINA
MAPA = "ejes_mapa"
CEJA = "Ejes del Plan Municipal de Desarrollo"


def abrir_celda() -> None:
    """Una celda del mapa abre la lista de los compromisos que cuenta."""
    puntos = componentes.puntos(MAPA)
    tocada = puntos[0].get("customdata") if puntos else None
    if tocada:
        componentes.ir_a(grupo=tocada[0], estado=tocada[1])


def mostrar_ejes() -> None:
    """Los ejes de cada plan por trimestre y el árbol de sus códigos."""
    de_ejes = del_periodo[del_periodo["nivel_pmd"] == "eje"]
    claves = responde.loc[responde["nivel_pmd"] == "eje", ["vigente_id", "pmd", "clave_pmd"]]
    alineados = filas.merge(claves, on="vigente_id")
    dicho = (de_ejes, alineados, nivel, seleccion.quienes, seleccion.corte)
    componentes.encabezado(
        CEJA,
        mensajes.mensaje(*dicho),
        componentes.linea(seleccion, indicador),
        mensajes.parrafo(*dicho, seleccion.periodo, otras),
    )
    cuadros.indicacion()
    izquierda, derecha = componentes.columnas()
    with izquierda:
        componentes.grafica(vistas.ejes(seleccion), MAPA, abrir_celda)
    with derecha:
        conteos = consultar("resumen_estados", **seleccion.consulta(*vista, "periodo"))
        componentes.estados(conteos, seleccion, PAGINA)
    componentes.seccion(
        "Ejes, estrategias y líneas",
        "Un compromiso que responde a varias líneas cuenta en cada una, y una sola vez en su eje; por eso las "
        "líneas no suman su eje. Abra un eje para ver lo que contiene; cada nombre lleva a sus compromisos.",
    )
    de_estados = consultar("ejes_estados", **seleccion.consulta(*vista, "nivel", "periodo"))
    cuadros.arbol(del_periodo, de_estados, seleccion)


def mostrar_codigo(pmd: str, clave: str) -> None:
    """Un eje, estrategia o línea: su mapa con el de lo que contiene, y los compromisos que le responden."""
    del_plan = del_periodo[del_periodo["pmd"] == pmd]
    propias = del_plan[del_plan["clave_pmd"] == clave]
    propia = None if propias.empty else propias.iloc[0]
    suyas = cuadros.las_de(filas, responde, pmd, clave)
    nombres = mensajes.nombres(trimestres, ejes)
    componentes.encabezado(
        f"{CEJA} · {mensajes.titular(pmd, clave, nombres)}",
        mensajes.de_codigo(pmd, clave, propia, nivel, seleccion.corte),
        componentes.linea(seleccion, indicador if propias.empty else propias),
        mensajes.parrafo_de_codigo(pmd, clave, propia, suyas, nombres, nivel, seleccion.quienes),
    )
    cuadros.camino(seleccion, list(del_plan.loc[del_plan["clave_padre"] == clave, "clave_pmd"]))
    izquierda, derecha = componentes.columnas()
    with izquierda:
        componentes.grafica(vistas.ejes(seleccion), MAPA, abrir_celda)
    with derecha:
        conteos = consultar("ejes_estados", **seleccion.consulta(*vista, "periodo", "pmd"))
        abre = {"pmd": pmd, "linea": clave, "grupo": f"{pmd}/{clave}"}
        componentes.estados(conteos[conteos["clave_pmd"] == clave], seleccion, PAGINA, **abre)
    componentes.seccion(
        f"{formato.mayuscula(formato.nivel(nivel, 2))} que responden {mensajes.al_que(clave)}",
        "El nombre abre la meta o acción trimestre por trimestre; el resto del renglón, de dónde sale.",
    )
    cuadros.compromisos(suyas, responde[responde["pmd"] == pmd], seleccion)


componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion)

nivel = seleccion.nivel
vista = ("ejercicio", "corte", "dependencia", "preset")
cumplimiento = consultar("cumplimiento", **seleccion.consulta(*vista))
filas = cumplimiento[(cumplimiento["periodo"] == seleccion.periodo) & (cumplimiento["nivel"] == nivel)]
indicador = consultar("indicadores", **seleccion.consulta(*vista, "nivel", "periodo"))
responden = consultar("ejes_compromisos", **seleccion.consulta("ejercicio", "corte", "dependencia"))
responde = responden[responden["nivel"] == nivel]
otras = responden.loc[(responden["nivel"] != nivel) & responden["pmd"].notna(), "vigente_id"].nunique()
ejes = consultar("ejes", **seleccion.consulta(*vista, "nivel"))
acumulado, del_periodo = (ejes[ejes["periodo"] == p] for p in ("acumulado", seleccion.periodo))
trimestres = consultar("ejes_trimestre", **seleccion.consulta(*vista, "nivel"))

if seleccion.pmd and seleccion.linea:
    mostrar_codigo(seleccion.pmd, seleccion.linea)
else:
    mostrar_ejes()

cuadros.abrir_lo_pedido(seleccion, filas, responde)
