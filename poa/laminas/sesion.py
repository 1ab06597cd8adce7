"""Las láminas de una sesión del subcomité, en su orden: portada, asistencia, orden del día, cada dependencia y cierre.

Cada parte se arma al pedirla (`Pendiente`): la lista dice de antemano cuáles hay, y una que falle no pierde a las
demás.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from poa import codigo, formato, tema
from poa.consultas import consultar
from poa.figuras import calendario, cuadro, estados, lienzo, texto, variacion
from poa.laminas import barras, cuadros, hechura, vistas
from poa.laminas.lamina import Cuadro, Cuerpo, Lamina, Lista, Pendiente
from poa.mensajes import alertas as de_alertas
from poa.mensajes import compromiso as de_compromiso
from poa.mensajes import comunes, notas_laminas, resumen
from poa.mensajes import dependencias as de_dependencias
from poa.mensajes import sesion as de_sesion
from poa.mensajes import sesion_laminas as dichos
from poa.mensajes.sesion import orden_impreso
from poa.seleccion import Seleccion

_LARGOS_DE_MOTIVO = range(600, cuadros.LARGO_MOTIVO, -25)  # letras que se prueban
_LAMINAS_DE_ALERTAS = 4  # por nivel; lo que no cabe en ellas se dice «y n más»
_RENGLON_ASISTENCIA = 44  # px, para que quepa una firma
_VISTA = ("ejercicio", "corte", "dependencia", "preset")


def sesion(seleccion: Seleccion) -> list[Pendiente]:
    """Las partes de la sesión del corte, en orden; con una dependencia, solo las suyas y las de toda sesión.

    ErrorDeUsuario si no hay base.
    """
    filas = cuadros.compromisos(seleccion)
    impreso = consultar("sesion", corte=seleccion.corte)
    presentes = orden_impreso(filas)
    partes = [Pendiente("portada", "Portada", partial(_portada, seleccion, impreso))]
    if not seleccion.dependencia:
        partes.append(Pendiente("asistencia", "Asistencia", partial(_asistencia, seleccion, impreso, presentes)))
    partes.append(Pendiente("orden-del-dia", "Orden del día", partial(_orden_del_dia, seleccion, impreso, presentes)))
    if not seleccion.dependencia:
        partes += _propias(seleccion, impreso)
    partes += por_dependencia(seleccion)
    partes.append(Pendiente("calidad", "Calidad de los datos", partial(_calidad, seleccion)))
    partes.append(Pendiente("cierre", "Cierre", partial(_cierre, seleccion, impreso)))
    return partes


def por_dependencia(seleccion: Seleccion) -> list[Pendiente]:
    """Las partes de cada dependencia de la selección, en el orden de los documentos."""
    filas = cuadros.compromisos(seleccion)
    partes: list[Pendiente] = []
    for dependencia in orden_impreso(filas):
        suyas = filas[filas["dependencia"] == dependencia]
        partes += _de_dependencia(seleccion.con(dependencia=dependencia, compromiso=None), suyas)
    return partes


# ---------------------------------------------------------------- las de toda sesión


def _portada(seleccion: Seleccion, impreso: pd.DataFrame) -> list[Lamina]:
    renglones = dichos.portada(impreso, seleccion.ejercicio, seleccion.corte)
    return [hechura.de_portada("portada", renglones, seleccion)]


def _asistencia(seleccion: Seleccion, impreso: pd.DataFrame, presentes: Sequence[str]) -> list[Lamina]:
    tabla, titulo = cuadros.asistencia(_nombres(seleccion, presentes)), dichos.asistencia(impreso)
    paginas = cuadro.repartir(tabla, cuadro.alto_libre(titulo), _RENGLON_ASISTENCIA)
    return hechura.de_cuadro("asistencia", titulo, tabla, paginas, seleccion, alto_minimo=_RENGLON_ASISTENCIA)


def _orden_del_dia(seleccion: Seleccion, impreso: pd.DataFrame, presentes: Sequence[str]) -> list[Lamina]:
    nombres, cortes = _nombres(seleccion, presentes), consultar("cortes", **seleccion.consulta("ejercicio"))
    ausentes = "" if seleccion.dependencia else de_sesion.sin_informe(cortes, seleccion.corte)
    titulo, puntos = dichos.orden_del_dia(impreso, seleccion.ejercicio, nombres, ausentes)
    return hechura.de_lista("orden-del-dia", titulo, puntos, seleccion)


def _propias(seleccion: Seleccion, impreso: pd.DataFrame) -> list[Pendiente]:
    """Los puntos que solo tiene esa sesión y lo que el documento imprime de ellos."""
    partes = [
        Pendiente(f"punto-{n}", punto, lambda n=n, punto=punto: [hechura.de_portada(f"punto-{n}", [punto], seleccion)])
        for n, punto in enumerate(dichos.propios(impreso), 1)
    ]
    for clave, encabezado, puntos in dichos.secciones(impreso):
        partes.append(Pendiente(clave, encabezado, partial(hechura.de_lista, clave, encabezado, puntos, seleccion)))
    return partes


def _calidad(seleccion: Seleccion) -> list[Lamina]:
    filas = consultar("cumplimiento", **seleccion.consulta(*_VISTA), periodo="acumulado")
    tabla = cuadros.calidad(seleccion, filas)
    titulo = dichos.calidad(filas, cuadros.certezas(seleccion.con(periodo="acumulado")))
    halladas, impresas = cuadros.hallazgos(seleccion), cuadros.impresas(seleccion)
    notas = notas_laminas.explicaciones(halladas, impresas, filas, seleccion.nombres)
    paginas = cuadro.repartir(tabla, cuadro.alto_libre(titulo, seleccion.pie))
    suya = codigo.de_vista("metodo", seleccion)
    return hechura.de_cuadro("calidad", titulo, tabla, paginas, seleccion, suya, "calidad de los datos", notas)


def _cierre(seleccion: Seleccion, impreso: pd.DataFrame) -> list[Lamina]:
    suyo = codigo.de_vista("sesion", seleccion)
    return [replace(hechura.de_portada("cierre", dichos.cierre(impreso, suyo), seleccion), codigo=suyo)]


def _nombres(seleccion: Seleccion, dependencias: Sequence[str]) -> list[str]:
    cortes = consultar("cortes", ejercicio=seleccion.ejercicio)
    oficial = dict(zip(cortes["dependencia"], cortes["dependencia_nombre"], strict=True))
    return [str(oficial.get(d, seleccion.nombre(d))) for d in dependencias]


# ---------------------------------------------------------------- las de una dependencia


def _de_dependencia(seleccion: Seleccion, filas: pd.DataFrame) -> list[Pendiente]:
    quien = seleccion.dependencia
    es_plan = bool((filas["estado"] == "Aún no exigible").all())
    partes: list[tuple[str, str, Callable[[], list[Lamina]]]] = [
        ("portadilla", "presentación", partial(_portadilla, seleccion, filas))
    ]
    if es_plan:
        partes.append(("plan", "lo programado", partial(_plan, seleccion, filas)))
    else:
        partes += [
            ("estados", "estados", partial(_estados, seleccion)),
            ("variacion", "variación", partial(_variacion, seleccion, filas)),
            ("alertas", "alertas", partial(_alertas, seleccion)),
        ]
    for clave in filas["meta_clave"].drop_duplicates():
        suyas = filas[filas["meta_clave"] == clave]
        metas, acciones = (suyas[suyas["nivel"] == nivel] for nivel in ("meta", "accion"))
        if len(metas):
            partes.append((f"meta-{clave}", f"meta {clave}", partial(_meta, seleccion, metas.iloc[0], es_plan)))
        if len(acciones):
            titulo = f"acciones de la meta {clave}"
            partes.append((f"acciones-{clave}", titulo, partial(_acciones, seleccion, acciones, clave)))
    corto = seleccion.nombre(quien)
    return [Pendiente(f"{quien}-{clave}", f"{corto}, {titulo}", armar) for clave, titulo, armar in partes]


def _portadilla(seleccion: Seleccion, filas: pd.DataFrame) -> list[Lamina]:
    n = filas["nivel"].value_counts()
    fichas = consultar("cumplimiento", **seleccion.consulta(*_VISTA), periodo="acumulado")
    renglones = [
        _nombres(seleccion, [seleccion.dependencia])[0],
        f"{dichos.presentacion(seleccion.ejercicio)}: {dichos.compromete(n.get('meta', 0), n.get('accion', 0))}",
        *dichos.programas(fichas),
        formato.mayuscula(seleccion.cuando),
    ]
    return [hechura.de_portada("portadilla", renglones, seleccion)]


def _estados(seleccion: Seleccion) -> list[Lamina]:
    todas = consultar("cumplimiento", **seleccion.consulta(*_VISTA, "periodo"))
    conteos = {str(n): filas["estado"].value_counts() for n, filas in todas.groupby("nivel")}
    niveles = [n for n in ("accion", "meta") if n in conteos]
    grupos = {n: formato.mayuscula(formato.nivel(n, 2)) for n in niveles}
    tabla = pd.DataFrame(
        [{"grupo": grupos[n], "estado": e, "n": int(k)} for n in niveles for e, k in conteos[n].items()]
    )
    titulo = dichos.estados(conteos, seleccion.nombre(seleccion.dependencia), seleccion.corte)
    conteo = tabla.pivot(index="grupo", columns="estado", values="n").reindex(grupos.values())
    cuerpo = barras.conteos(conteo, list(grupos.values()), "compromisos", horizontal=True)
    indicador = consultar("indicadores", **seleccion.consulta(*_VISTA, "periodo"))
    notas = [
        resumen.parrafo(
            todas[todas["nivel"] == n],
            indicador[indicador["nivel"] == n],
            n,
            seleccion.quienes,
            seleccion.nombres,
            seleccion.corte,
            seleccion.periodo,
            seleccion.banda,
        )
        for n in niveles
    ]
    suya = codigo.de_vista("resumen", seleccion)
    figura = partial(estados.conteos, tabla, titulo, niveles[0], seleccion.pie)
    return [hechura.lamina("estados", titulo, cuerpo, figura, seleccion, suya, "metas y acciones", "\n".join(notas))]


def _variacion(seleccion: Seleccion, todas: pd.DataFrame) -> list[Lamina]:
    seleccion = seleccion.con(nivel=comunes.los_que_cuentan(todas)[0])
    filas = vistas.cumplimiento(seleccion)
    vista = vistas.compromisos(seleccion)
    titulo = lienzo.mensaje(vista.figura)
    ordenadas = variacion.ordenar(filas)
    ordenadas = ordenadas[ordenadas["compromiso_id"].isin(vistas.renglones(vista.figura))]
    cuerpo: Cuerpo = Lista([(0, titulo)])
    if len(ordenadas):
        cuerpo = barras.contra_el_plan(vistas.marcar(ordenadas, seleccion), seleccion)
    quien, suyas = seleccion.nombre(seleccion.dependencia), filas["vigente_id"].map(cuadros.certezas(seleccion))
    parrafo = de_dependencias.parrafo_una(filas, seleccion.nivel, quien, seleccion.corte, seleccion.periodo, suyas)
    notas = "\n\n".join(filter(None, (parrafo, *_de_donde(seleccion, ordenadas))))
    return [hechura.de_vista("variacion", vista, cuerpo, seleccion, notas)]


def _plan(seleccion: Seleccion, todas: pd.DataFrame) -> list[Lamina]:
    """Donde nada es exigible todavía: lo programado en cada trimestre."""
    nivel, filas = comunes.los_que_cuentan(todas)
    seleccion = seleccion.con(nivel=nivel)
    vista = vistas.compromisos(seleccion)
    visibles = filas[filas["compromiso_id"].isin(vistas.renglones(vista.figura))]
    tabla = cuadros.plan(visibles if len(visibles) else filas.head(lienzo.RENGLONES_MAXIMO), seleccion)
    quien = seleccion.nombre(seleccion.dependencia)
    parrafo = de_dependencias.parrafo_una(filas, seleccion.nivel, quien, seleccion.corte, seleccion.periodo, ())
    pie = vista.figura.layout.meta["pie"]
    for del_dibujo in (calendario.CADA_BARRA, dichos.NOTA_LLEVA):
        pie = pie.replace(f"{del_dibujo} ", "")
    pie = hechura.con_nota(cuadros.marcas(tabla), pie)
    return [hechura.de_vista("plan", vista, tabla, seleccion, parrafo, pie)]


def _alertas(seleccion: Seleccion) -> list[Lamina]:
    laminas: list[Lamina] = []
    todas = consultar("cumplimiento", **seleccion.consulta(*_VISTA, "periodo"))
    for nivel in ("accion", "meta"):
        filas = todas[todas["nivel"] == nivel]
        suya = seleccion.con(nivel=nivel)
        fuera = consultar("alertas", **suya.consulta(*_VISTA, "nivel", "periodo"))
        if len(fuera) or (len(filas) and nivel == comunes.los_que_cuentan(todas)[0]):
            laminas += _alertas_de(suya, filas, fuera)
    return laminas


def _alertas_de(seleccion: Seleccion, filas: pd.DataFrame, fuera: pd.DataFrame) -> list[Lamina]:
    """Las de un nivel: a lo más cuatro láminas y, si no bastan, cuántas faltan; completas, en las notas."""
    nivel, clave = seleccion.nivel, f"alertas-{formato.nivel(seleccion.nivel, 2)}"
    titulo = de_alertas.mensaje(filas, fuera, nivel, seleccion.quienes, seleccion.corte)
    suyo = codigo.de_vista("alertas", seleccion)
    if fuera.empty:
        return hechura.de_lista(clave, titulo, [(0, de_alertas.sin_alertas(filas, nivel))], seleccion, suyo)
    contradicen = consultar("contradicciones", **seleccion.consulta(*_VISTA, "nivel", "periodo"))
    fuera = fuera.assign(certeza=fuera["vigente_id"].map(cuadros.certezas(seleccion)))
    con_motivo = bool(fuera["observaciones"].notna().any())
    completo = cuadros.alertas(fuera, nivel, con_motivo)
    pie = hechura.con_nota(dichos.y_mas(len(fuera), "Alertas"), cuadros.marcas(completo), seleccion.pie)
    libre = cuadro.alto_libre(titulo, pie)
    paginas = cuadro.repartir(completo, libre, a_lo_mas=_LAMINAS_DE_ALERTAS)
    faltan = len(fuera) - sum(map(len, paginas))
    sin_avance = int((fuera["estado"].iloc[len(fuera) - faltan :] == "Sin avance").sum())
    parrafo = de_alertas.parrafo(
        filas, fuera, contradicen, nivel, seleccion.quienes, seleccion.nombres, seleccion.corte, seleccion.periodo
    )

    def tabla(lugares: Sequence[int]) -> Cuadro:
        """La de una lámina, con los motivos tan completos como quepan en ella."""
        estas = fuera.iloc[list(lugares)]
        con_cada_largo = (cuadros.alertas(estas, nivel, con_motivo, largo) for largo in _LARGOS_DE_MOTIVO)
        return next((t for t in con_cada_largo if cuadro.alto(t) <= libre), cuadros.alertas(estas, nivel, con_motivo))

    def notas(lugares: Sequence[int]) -> str:
        estas = fuera.iloc[lugares[0] :] if lugares == paginas[-1] else fuera.iloc[list(lugares)]
        interpretado, fuentes = _de_donde(seleccion, estas)
        return "\n\n".join(filter(None, (parrafo, interpretado, notas_laminas.motivos(estas), fuentes)))

    def nota(lugares: Sequence[int]) -> str:
        return dichos.y_mas(faltan, "Alertas", sin_avance) if faltan and lugares == paginas[-1] else ""

    return hechura.de_cuadro(clave, titulo, tabla, paginas, seleccion, suyo, None, notas, nota)


def _meta(seleccion: Seleccion, fila: pd.Series, es_plan: bool) -> list[Lamina]:
    """La meta como la presenta el subcomité y, si ya hay qué comparar, su gráfica por trimestre."""
    suya = seleccion.con(nivel="meta", compromiso=str(fila["compromiso_id"]))
    del_corte = consultar("cumplimiento", **seleccion.consulta(*_VISTA), nivel="meta")
    del_corte = del_corte[del_corte["vigente_id"] == fila["vigente_id"]]
    periodo, acumulado = (del_corte[del_corte["periodo"] == p].iloc[0] for p in (seleccion.periodo, "acumulado"))
    trimestres = consultar("compromiso", vigente_id=fila["vigente_id"], corte=seleccion.corte, preset=seleccion.preset)
    titulo = de_compromiso.titulo(fila, periodo, seleccion.corte, seleccion.periodo, trimestres)
    tabla = cuadros.meta(fila, seleccion)
    puntos = [
        (0, formato.oracion(fila["descripcion"], "Sin descripción impresa")),
        (0, f"{dichos.unidad_de_medida(fila)} · {dichos.avance_anual(fila)}"),
    ]
    uno = fila.to_frame().T
    interpretado, fuentes = _de_donde(seleccion, uno)
    notas = [
        de_compromiso.parrafo(periodo, acumulado, trimestres, seleccion.corte, seleccion.periodo),
        interpretado,
        notas_laminas.estrategias(fila, cuadros.alineacion(seleccion, fila)[1]),
        fuentes,
    ]
    escritas = "\n\n".join(filter(None, notas))
    pie = hechura.con_nota(cuadros.marcas(tabla), _nota_al_pie(seleccion, uno), seleccion.pie)
    suyo, clave = _paso(seleccion, fila["meta_clave"]), f"meta-{fila['clave']}"
    de = f"meta {formato.texto(fila['clave'])}"
    figura = partial(texto.con_tabla, puntos, tabla, titulo, pie)
    laminas = [hechura.lamina(clave, titulo, Lista(puntos), figura, suya, suyo, de, escritas, pie, tabla)]
    if not es_plan and trimestres[["programado", "alcanzado"]].notna().any(axis=None):
        vista = vistas.compromiso_por_trimestre(suya)
        cuerpo = barras.por_trimestre(trimestres, acumulado, formato.unidad(fila["unidad_medida"]))
        nota = tema.NOTA_INCOMPLETO if cuerpo.categorias[-1].endswith("*") else ""
        al_pie = hechura.con_nota(nota, vista.figura.layout.meta["pie"])
        laminas.append(hechura.de_vista(f"{clave}-trimestres", vista, cuerpo, suya, escritas, al_pie))
    return laminas


def _acciones(seleccion: Seleccion, filas: pd.DataFrame, meta_clave: str) -> list[Lamina]:
    tabla = cuadros.acciones(filas, seleccion)
    de_periodo = consultar("cumplimiento", **seleccion.consulta(*_VISTA, "periodo"), nivel="accion")
    suyas = de_periodo[de_periodo["meta_clave"] == meta_clave]
    quien = f"la meta {formato.texto(meta_clave)}"
    titulo = comunes.estados(suyas["estado"].value_counts(), "accion", [quien], seleccion.corte)
    nota = hechura.con_nota(cuadros.marcas(tabla), _nota_al_pie(seleccion, filas))
    paginas = cuadro.repartir(tabla, cuadro.alto_libre(titulo, hechura.con_nota(nota, seleccion.pie)))
    suyo = _paso(seleccion, meta_clave)

    def notas(lugares: Sequence[int]) -> str:
        return "\n\n".join(filter(None, (f"{titulo}.", *_de_donde(seleccion, filas.iloc[list(lugares)]))))

    def al_pie(lugares: Sequence[int]) -> str:
        return _nota_al_pie(seleccion, filas.iloc[list(lugares)])

    clave, de = f"acciones-{meta_clave}", f"acciones de la meta {formato.texto(meta_clave)}"
    return hechura.de_cuadro(clave, titulo, tabla, paginas, seleccion, suyo, de, notas, al_pie)


def _de_donde(seleccion: Seleccion, filas: pd.DataFrame) -> tuple[str, str]:
    """Lo que hubo que interpretar de unos compromisos, si algo, y de dónde sale cada uno."""
    impresas = cuadros.impresas(seleccion)
    interpretado = notas_laminas.explicaciones(cuadros.hallazgos(seleccion), impresas, filas)
    return interpretado, notas_laminas.fuentes(impresas, filas)


def _paso(seleccion: Seleccion, meta_clave: object) -> str:
    """El código del paso del modo sesión con esa meta y sus acciones, que es lo que se proyecta."""
    paso = f"{seleccion.dependencia}/{formato.texto(meta_clave, de_sesion.SIN_META)}"
    return codigo.de_vista("sesion", seleccion.con(nivel="accion", periodo="acumulado"), paso=paso)


def _nota_al_pie(seleccion: Seleccion, filas: pd.DataFrame) -> str:
    """Lo que hay que saber para leer las cifras: que el plan se rehízo, que cambió la unidad, o que no son sumas."""
    de_unidad = dichos.nota_de_unidad(filas, cuadros.impresas(seleccion))
    rehecho = filas["etiquetas"].fillna("").str.contains("reprogramada", regex=False).any()
    return hechura.con_nota(dichos.NOTA_PLANES if rehecho else "", de_unidad, dichos.nota_de_total(filas))
