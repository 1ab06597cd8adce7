"""La figura de cada vista, con sus palabras: la misma en la página, en el PNG de la línea de órdenes y en la sesión.

Cada función entra con una Seleccion y sale con una Vista; la figura va rotulada: mensaje, filtros, fuente y código.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from poa import codigo, formato
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario
from poa.figuras import (
    calendario,
    calor,
    comparacion,
    distancia,
    estados,
    lienzo,
    meses,
    periodos,
    presupuesto,
    sensibilidad,
    trimestres,
    variacion,
)
from poa.figuras import cambios as figura_cambios
from poa.figuras import hilo as figura_hilo
from poa.laminas import cuadros
from poa.mensajes import alertas as de_alertas
from poa.mensajes import cambios as de_cambios
from poa.mensajes import compromiso, comunes, sesion_laminas
from poa.mensajes import dependencias as de_dependencias
from poa.mensajes import ejes as de_ejes
from poa.mensajes import metodo as de_metodo
from poa.mensajes import presupuesto as de_presupuesto
from poa.mensajes import seguir as de_seguir
from poa.mensajes import trimestres as de_trimestres
from poa.mensajes.hilo import Hilo, leer
from poa.mensajes.planes import Par, Plan, elegir_par, elegir_quien, pares, sin_enlaces, un_plan
from poa.mensajes.suertes import laminas
from poa.seleccion import EN_DIRECCION, Seleccion, elegir

_VISTA = ("ejercicio", "corte", "dependencia", "preset")


@dataclass(frozen=True)
class Vista:
    """Una figura rotulada y el nombre, sin extensión, de su archivo."""

    figura: go.Figure
    archivo: str


def cumplimiento(seleccion: Seleccion) -> pd.DataFrame:
    """Los compromisos de la vista, de un nivel y un periodo, como los da la consulta cumplimiento."""
    return consultar("cumplimiento", **seleccion.consulta(*_VISTA, "nivel", "periodo"))


def estados_por_grupo(seleccion: Seleccion) -> Vista:
    """Cuántos compromisos hay en cada estado, por dependencia o, si es una, por su siguiente división."""
    grupos, como = estados.agrupar(cumplimiento(seleccion), seleccion.nombres)
    figura = estados.conteos(grupos, comunes.grupos(grupos, seleccion.nivel, como), seleccion.nivel, seleccion.pie)
    return _rotular(figura, "resumen", seleccion, "estados")


def dependencias(seleccion: Seleccion) -> Vista:
    """Las dependencias del corte lado a lado; si hay una sola, sus unidades ejecutoras o programas."""
    indicador = consultar("indicadores", **seleccion.consulta(*_VISTA, "periodo"))
    unidades = consultar("unidades", **seleccion.consulta(*_VISTA, "periodo"))
    tabla, como = comparacion.renglones(cumplimiento(seleccion), indicador, unidades, seleccion.nombres)
    mensaje = de_dependencias.comparacion(tabla, seleccion.nivel, como)
    figura = comparacion.barras(tabla, mensaje, seleccion.nivel, como, seleccion.pie)
    return _rotular(figura, "dependencias", seleccion, "comparacion")


def compromisos(seleccion: Seleccion) -> Vista:
    """Los compromisos contra su plan; donde nada es exigible todavía, lo programado en cada trimestre."""
    filas = cumplimiento(seleccion)
    quien, nivel = formato.lista(seleccion.quienes), seleccion.nivel
    marcadas = marcar(filas, seleccion)
    if not es_solo_plan(seleccion):
        mensaje = de_dependencias.variacion(filas, nivel, quien)
        figura = _con_marcas(
            lambda pie: variacion.barras(marcadas, mensaje, nivel, pie, seleccion.banda), marcadas, seleccion.pie
        )
        return _rotular(figura, "dependencias", seleccion, "variacion")
    plan = consultar("trimestres", **seleccion.consulta(*_VISTA))
    mensaje = de_dependencias.calendario(filas, plan, nivel, quien)
    figura = _con_marcas(lambda pie: calendario.barras(marcadas, plan, mensaje, nivel, pie), marcadas, seleccion.pie)
    return _rotular(figura, "dependencias", seleccion, "plan")


def marcar(filas: pd.DataFrame, seleccion: Seleccion) -> pd.DataFrame:
    """Las mismas filas, con la marca de lo dudoso junto a la clave de cada compromiso que lleva alguna cifra así."""
    es_dudosa = filas["vigente_id"].map(cuadros.certezas(seleccion)).fillna("seguro") != "seguro"
    return filas.assign(clave=filas["clave"].where(~es_dudosa, filas["clave"] + sesion_laminas.MARCA))


def renglones(figura: go.Figure) -> list[str]:
    """Los compromisos que una figura de renglones alcanza a dibujar."""
    return list(figura.layout.yaxis.categoryarray or distancia.dibujados(figura))


def _con_marcas(dibujar: Callable[[str], go.Figure], marcadas: pd.DataFrame, pie: str) -> go.Figure:
    """La figura, con la nota de la marca en el pie si alguno de los renglones que caben la lleva."""
    dudosas = set(marcadas.loc[marcadas["clave"].str.endswith(sesion_laminas.MARCA), "compromiso_id"])
    figura = dibujar(f"{sesion_laminas.NOTA_LLEVA} {pie}") if dudosas else dibujar(pie)
    return dibujar(pie) if dudosas and not dudosas & set(renglones(figura)) else figura


def es_solo_plan(seleccion: Seleccion) -> bool:
    """Si nada de la selección, ni metas ni acciones, es exigible todavía."""
    filas = consultar("cumplimiento", **seleccion.consulta(*_VISTA, "periodo"))
    return bool((filas["estado"] == "Aún no exigible").all())


def compromiso_por_trimestre(seleccion: Seleccion) -> Vista:
    """El compromiso elegido, trimestre por trimestre y acumulado."""
    dados = {"compromiso_id": seleccion.compromiso, "corte": seleccion.corte}
    todos = consultar("cumplimiento", **seleccion.consulta(*_VISTA))
    suyas = todos[todos["compromiso_id"] == seleccion.compromiso]
    fila = suyas[suyas["periodo"] == seleccion.periodo].iloc[0]
    acumulado = suyas[suyas["periodo"] == "acumulado"].iloc[0]
    suyos = consultar("compromiso", preset=seleccion.preset, **dados)
    hay_cifra = suyos[["programado", "alcanzado"]].notna().any(axis=1)
    duda = sesion_laminas.duda(suyos.loc[hay_cifra, "certeza"])
    pct_impreso, de_que = compromiso.informe(acumulado)
    figura = trimestres.programado_alcanzado(
        trimestres.por_periodo(suyos, consultar("compromiso_acumulado", **dados), acumulado),
        compromiso.recorrido(fila, suyos),
        formato.unidad(fila["unidad_medida"]),
        f"{duda} {seleccion.pie}".strip(),
        f"{pct_impreso} ({de_que})" if de_que else pct_impreso,
    )
    cual = _cual(fila)
    return _rotular(figura, "dependencias", seleccion, str(fila["clave"]), "trimestres", de=cual, dibuja=["compromiso"])


def ejes(seleccion: Seleccion) -> Vista:
    """Los ejes de cada PMD por trimestre y acumulados o, si hay uno elegido, él y lo que contiene."""
    de_pmd = consultar("ejes", **seleccion.consulta(*_VISTA, "nivel"), periodo="acumulado")
    por_trimestre = consultar("ejes_trimestre", **seleccion.consulta(*_VISTA, "nivel"))
    clave = seleccion.linea if seleccion.pmd else None
    if clave:

        def suyas(tabla: pd.DataFrame) -> pd.DataFrame:
            es_suya = (tabla["clave_pmd"] == clave) | (tabla["clave_padre"] == clave)
            return tabla[(tabla["pmd"] == seleccion.pmd) & es_suya]
    else:

        def suyas(tabla: pd.DataFrame) -> pd.DataFrame:
            return tabla[tabla["nivel_pmd"] == "eje"]

    de_trimestre = suyas(por_trimestre)
    propias = de_trimestre[de_trimestre["clave_pmd"] == clave] if clave else de_trimestre
    figura = calor.mapa(
        calor.celdas(de_trimestre, suyas(de_pmd)),
        de_ejes.trimestres(propias, seleccion.nivel),
        seleccion.nivel,
        seleccion.pie,
        de_ejes.sin_mapa(seleccion.nivel, en_el_otro_nivel(seleccion)),
    )
    que = ["ejes", *([clave.replace(".", "-")] if clave else [])]
    return _rotular(figura, "ejes", seleccion, *que, dibuja=["pmd", "linea"])


def en_el_otro_nivel(seleccion: Seleccion) -> int:
    """Cuántos compromisos del nivel que no se ve responden a alguna línea del PMD."""
    responden = consultar("ejes_compromisos", **seleccion.consulta("ejercicio", "corte", "dependencia"))
    otras = responden[(responden["nivel"] != seleccion.nivel) & responden["pmd"].notna()]
    return otras["vigente_id"].nunique()


def anio_por_trimestres(seleccion: Seleccion) -> Vista:
    """Cuántos compromisos quedaron en cada estado en cada trimestre, solo y acumulado."""
    ambos = de_los_dos_periodos(seleccion)
    filas = consultar("trimestres", **seleccion.consulta(*_VISTA, "nivel"))
    mensaje = de_trimestres.periodos(filas, seleccion.nivel)
    figura = periodos.conteos(periodos.contar(filas), mensaje, seleccion.nivel, ambos.pie)
    return _rotular(figura, "trimestres", ambos, "trimestres")


def compromiso_por_mes(seleccion: Seleccion) -> Vista:
    """Lo programado y lo realizado mes por mes del compromiso elegido."""
    ambos = de_los_dos_periodos(seleccion)
    filas = consultar("cumplimiento", **seleccion.consulta(*_VISTA), periodo="acumulado")
    fila = filas[filas["compromiso_id"] == seleccion.compromiso].iloc[0]
    todos = consultar("meses", **seleccion.consulta("ejercicio", "corte", "dependencia"))
    suyos = todos[todos["compromiso_id"] == seleccion.compromiso]
    mensaje = de_trimestres.meses(suyos, fila)
    figura = meses.programado_realizado(suyos, mensaje, formato.unidad(fila["unidad_medida"]), ambos.pie)
    return _rotular(figura, "trimestres", ambos, str(fila["clave"]), "meses", de=_cual(fila), dibuja=["compromiso"])


def de_los_dos_periodos(seleccion: Seleccion) -> Seleccion:
    """La misma selección, donde se ven los dos periodos diga lo que diga la dirección."""
    return seleccion.con(periodo="ambos")


def alertas(seleccion: Seleccion) -> Vista:
    """Qué tan lejos del plan quedó cada compromiso de los que se apartan."""
    filas = consultar("alertas", **seleccion.consulta(*_VISTA, "nivel", "periodo"))
    nivel = seleccion.nivel
    if filas.empty:
        todas = cumplimiento(seleccion)
        mensaje = de_alertas.mensaje(todas, filas, nivel, seleccion.quienes, seleccion.corte)
        figura = lienzo.vacia(de_alertas.sin_alertas(todas, nivel), seleccion.pie, mensaje)
        return _rotular(figura, "alertas", seleccion, "distancia")
    mensaje, marcadas = de_alertas.figura(filas, nivel), marcar(filas, seleccion)
    figura = _con_marcas(
        lambda pie: distancia.puntos(marcadas, mensaje, nivel, pie, seleccion.banda, seleccion.nombres),
        marcadas,
        seleccion.pie,
    )
    return _rotular(figura, "alertas", seleccion, "distancia")


def pesos(seleccion: Seleccion) -> Vista:
    """Lo autorizado, modificado y devengado por capítulo, en pesos."""
    tabla = consultar("presupuesto", **seleccion.consulta("ejercicio", "corte", "dependencia"))
    figura = presupuesto.barras(tabla, de_presupuesto.figura(tabla), seleccion.pie, seleccion.nombres)
    return _rotular(figura, "presupuesto", seleccion, "presupuesto", de="pesos")


def umbrales(seleccion: Seleccion) -> Vista:
    """Cuántos compromisos habría en cada estado con cada juego de umbrales."""
    tabla = consultar("sensibilidad", **seleccion.consulta(*_VISTA, "nivel", "periodo"))
    todos, en_vigor = de_metodo.compromisos(tabla), seleccion.umbral.preset
    figura = sensibilidad.barras(
        tabla,
        de_metodo.figura(tabla, seleccion.nivel),
        seleccion.nivel,
        en_vigor,
        {juego: de_metodo.diferencia(todos, juego, en_vigor) for juego in de_metodo.juegos(tabla)},
        seleccion.pie,
    )
    return _rotular(figura, "metodo", seleccion, "umbrales")


def leer_hilo(pedido: str, seleccion: Seleccion) -> tuple[Hilo, Mapping[int, str]]:
    """El hilo de un compromiso, o de su nombre, y por qué falta en cada año en que no está.

    `pedido` debe existir: la consulta hilo da al menos un eslabón.
    """
    leido = leer(
        consultar("hilo", hilo=pedido),
        consultar("hilo_trimestres", hilo=pedido, preset=seleccion.preset),
        consultar("hilo_enlaces", hilo=pedido),
    )
    return leido, leido.faltan(consultar("cortes").groupby("ejercicio")["dependencia"].agg(set).to_dict())


def hilo(pedido: str, seleccion: Seleccion) -> Vista:
    """Un compromiso de un plan a otro; `pedido`, como en `leer_hilo`."""
    leido, faltan = leer_hilo(pedido, seleccion)
    figura = figura_hilo.seguimiento(
        consultar("hilo", hilo=pedido),
        consultar("hilo_trimestres", hilo=pedido, preset=seleccion.preset),
        consultar("hilo_enlaces", hilo=pedido),
        de_seguir.figura(leido),
        de_seguir.pie(leido, seleccion.umbrales),
        seleccion.banda,
        faltan,
    )
    suyo = codigo.de_vista("seguir", seleccion.con(compromiso=None), hilo=_como_se_escribe(leido, pedido))
    return Vista(lienzo.rotular(figura, de_seguir.subtitulo(leido), suyo), de_seguir.archivo(leido))


def _como_se_escribe(leido: Hilo, pedido: str) -> str:
    """El nombre del hilo o, si se pidió por un eslabón suyo, el compromiso de ese eslabón."""
    return next((str(e["compromiso_id"]) for e in leido.eslabones if e["eslabon"] == pedido), pedido)


def planes(par: Par, quien: str, seleccion: Seleccion) -> Vista:
    """Dos planes de `quien` frente a frente."""
    nombre = seleccion.nombre(quien)
    filas = consultar("cambios", dependencia=quien, de=par.antes.plan, a=par.despues.plan)
    figura = figura_cambios.columnas(
        filas,
        de_cambios.figura(nombre, filas, par),
        (par.antes.nombre, par.despues.nombre),
        de_cambios.clave(filas, par, de_cambios.contar(filas, par)),
        par.fuente(nombre),
        (laminas("desaparece", par), laminas("aparece", par)),
    )
    suyo = codigo.de_vista("cambios", seleccion.con(compromiso=None), quien=quien, planes=par.clave)
    return Vista(lienzo.rotular(figura, f"{nombre} · {par.rotulo}", suyo), par.archivo(quien))


def _cual(fila: pd.Series) -> str:
    """«acción 305»."""
    return f"{formato.nivel(fila['nivel'])} {formato.texto(fila['clave'])}"


def _rotular(
    figura: go.Figure,
    pagina: str,
    seleccion: Seleccion,
    *archivo: str,
    de: str | None = None,
    dibuja: Collection[str] = (),
) -> Vista:
    """Los filtros bajo el mensaje y el código de la vista en el pie.

    `de`: qué se ve, si no es un nivel entero; `dibuja`: de lo abierto en la página, lo que cambia la figura.
    """
    suelto = {campo: None for campo in ("compromiso", "pmd", "linea") if campo not in dibuja}
    suyo = codigo.de_vista(pagina, seleccion.con(**suelto))
    return Vista(lienzo.rotular(figura, seleccion.subtitulo(de), suyo), seleccion.archivo(*archivo))


def de_codigo(escrito: str) -> Vista:
    """La vista que dice un código; lo que no dice, lo predeterminado de su página.

    ErrorDeUsuario si no se entiende, no existe o su página no tiene gráfica.
    """
    pagina, dados = codigo.leer(escrito)
    pedida = elegida(dados)
    if pagina == "seguir":
        return hilo(_hilo_pedido(dados, pedida), pedida)
    if pagina == "cambios":
        return _planes_pedidos(dados, pedida)
    if pagina == "dependencias" and pedida.dependencia:
        vigentes = consultar("cumplimiento", **pedida.consulta(*_VISTA))["compromiso_id"]
        return compromiso_por_trimestre(pedida) if pedida.compromiso in set(vigentes) else compromisos(pedida)
    if pagina == "trimestres":
        con_meses = consultar("meses", **pedida.consulta("ejercicio", "corte", "dependencia"))["compromiso_id"]
        return compromiso_por_mes(pedida) if pedida.compromiso in set(con_meses) else anio_por_trimestres(pedida)
    hacer = _DE_PAGINA.get(pagina)
    if hacer is None:
        raise ErrorDeUsuario(f"La vista «{escrito}» no tiene una gráfica que bajar: ábrala en el tablero.")
    return hacer(pedida)


def elegida(dados: Mapping[str, str]) -> Seleccion:
    """La selección que dicen los parámetros de un código."""
    return elegir(**{c: v for c, v in dados.items() if c in (*EN_DIRECCION, "compromiso", "pmd", "linea")})


def _hilo_pedido(dados: Mapping[str, str], pedida: Seleccion) -> str:
    """El hilo, el del compromiso o, como en su página, el primero de la lista."""
    pedido = dados.get("hilo") or pedida.compromiso
    return pedido or str(consultar("hilos", dependencia=dados.get("quien"))["hilo"].iloc[0])


def _planes_pedidos(dados: Mapping[str, str], pedida: Seleccion) -> Vista:
    """Los dos planes que dice el código o, como en su página, los de lo que se venía viendo."""
    todos = consultar("planes")
    quien = elegir_quien(todos, dados.get("quien"), pedida.dependencia)
    suyos = todos[todos["dependencia"] == quien]
    par = elegir_par(pares(suyos), dados.get("planes"), pedida.ejercicio)
    nombre = str(suyos["dependencia_corta"].iloc[0])
    if par is None:
        raise ErrorDeUsuario(f"{un_plan(nombre, Plan.de(suyos.iloc[0]))}.")
    filas = consultar("cambios", dependencia=quien, de=par.antes.plan, a=par.despues.plan)
    if not de_cambios.hay_enlaces(filas):
        raise ErrorDeUsuario(f"{sin_enlaces(nombre, par)}. Los propone: poa linaje sugerir")
    return planes(par, quien, pedida)


_DE_PAGINA: Mapping[str, Callable[[Seleccion], Vista]] = {
    "resumen": estados_por_grupo,
    "dependencias": dependencias,
    "ejes": ejes,
    "alertas": alertas,
    "presupuesto": lambda seleccion: pesos(seleccion.con(periodo="acumulado")),
    "metodo": umbrales,
}
