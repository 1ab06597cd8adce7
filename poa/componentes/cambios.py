"""Los cuadros de Cambios de plan: sus dos filtros, cuántos de cada suerte y una tabla de cada una."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from poa import codigo, formato
from poa.componentes import descargas, enlaces, piezas, tarjeta
from poa.componentes.filtros import lista
from poa.componentes.piezas import Columna, Renglon
from poa.consultas import consultar
from poa.hojas import Hoja, Tabla, de_todo
from poa.mensajes import cambios as mensajes
from poa.mensajes import suertes
from poa.mensajes.hilo import RELACIONES
from poa.mensajes.planes import NIVELES, Par, Plan, elegir_par, elegir_quien, pares
from poa.seleccion import Seleccion

PAGINA = "cambios"
ANCLAS = {
    "continúa": "continuan",
    "cambia": "cambian",
    "desaparece": "desaparecen",
    "aparece": "aparecen",
    "relevo": "relevos",
}
LADOS = ("antes", "despues")
_LARGO = 170  # letras de una descripción


class Vista:
    """De quién y entre qué dos planes se mira, según la dirección y, si no lo dice, según lo que se venía viendo.

    `par` es None si la dependencia tiene un solo plan.
    """

    def __init__(self, seleccion: Seleccion) -> None:
        self.seleccion = seleccion
        self.planes = consultar("planes")
        self.nombres = dict(zip(self.planes["dependencia"], self.planes["dependencia_corta"], strict=True))
        self.quien = elegir_quien(self.planes, st.query_params.get("quien"), seleccion.dependencia)
        self.suyos = self.planes[self.planes["dependencia"] == self.quien]
        self.pares = pares(self.suyos)
        self.par = elegir_par(self.pares, st.query_params.get("planes"), seleccion.ejercicio)

    @property
    def nombre(self) -> str:
        return self.nombres[self.quien]

    @property
    def unico(self) -> Plan:
        """Su plan, si no tiene más que uno."""
        return Plan.de(self.suyos.iloc[0])

    def con_dos(self) -> list[str]:
        """Las dependencias que sí tienen con qué compararse, por su clave."""
        return list(dict.fromkeys(self.planes.loc[self.planes["siguiente"].notna(), "dependencia"]))

    def direccion(self, **cambios: object) -> dict[str, str]:
        """Los parámetros de la dirección de esta vista."""
        propios = {"quien": self.quien, "planes": self.par.clave if self.par else None}
        return self.seleccion.direccion(**(propios | cambios))

    def filas(self) -> pd.DataFrame:
        """Lo que da la consulta cambios de su par de planes."""
        return consultar("cambios", dependencia=self.quien, de=self.par.antes.plan, a=self.par.despues.plan)

    def hoja(self, nombre: str, titulo: str, consulta: str, tabla: Tabla) -> Hoja:
        """Lo que se baja de una tabla de esta página; `nombre`, el de su ancla."""
        archivo = f"{self.par.archivo(self.quien)}-{nombre}"
        filtros = [("Dependencia", self.nombre), ("Planes", self.par.rotulo)]
        suyo = codigo.de_vista(PAGINA, self.seleccion.con(compromiso=None), quien=self.quien, planes=self.par.clave)
        return Hoja(nombre, titulo, consulta, tabla, archivo, filtros=filtros, codigo=suyo)


def filtros(vista: Vista) -> None:
    """La banda: de quién y entre qué planes; tocar una cambia la dirección."""
    solas = set(vista.nombres) - set(vista.con_dos())

    def como(dependencia: str) -> str:
        return vista.nombres[dependencia] + (" (un solo plan)" if dependencia in solas else "")

    rotulos = {p.clave: p.rotulo for p in vista.pares} or {"": f"{formato.mayuscula(vista.unico.nombre)}, único plan"}
    with st.container(key="filtros", horizontal=True, vertical_alignment="bottom", gap="small"):
        lista("Dependencia", "quien", list(vista.nombres), vista.quien, como, 244, _al_cambiar)
        elegido = vista.par.clave if vista.par else ""
        lista("Entre qué planes", "planes", list(rotulos), elegido, rotulos.get, 420, _al_cambiar, fija=not elegido)
        if vista.par:
            hoja = vista.hoja("todos", "Todos los cambios", "cambios", vista.filas)
            descargas.menu(descargas.de_hojas(hoja.titulo, hoja.archivo, [hoja]))


def _al_cambiar(nombre: str) -> None:
    """Lleva el filtro a la dirección; otra dependencia suelta los planes de la anterior."""
    sueltos = {"planes": None} if nombre == "quien" else {}
    enlaces.cambiar_filtro(**sueltos, **{nombre: str(st.session_state[f"filtro_{nombre}"])})


def abrir(vista: Vista) -> None:
    """La tarjeta del compromiso que pide la dirección, con las cifras de su propio informe."""
    compromiso = vista.seleccion.compromiso
    if compromiso:
        partes = compromiso.split("/")
        corte = partes[1] if len(partes) == 5 else vista.seleccion.corte
        tarjeta.abrir_lo_pedido(vista.seleccion.con(corte=corte), pd.DataFrame(), PAGINA)


# ---------------------------------------------------------------- cuántos


def conteos(cuantos: dict[str, mensajes.Conteo], vista: Vista) -> None:
    """Cuántas metas y acciones de cada suerte; cada número lleva a su sección. Los renglones son siempre los mismos."""
    par = vista.par
    renglones = [
        _subtitulo(par.antes, cuantos, "antes"),
        _conteo("continúa", cuantos, par),
        _desglose("misma", cuantos),
        _desglose("reformulada", cuantos),
        _conteo("cambia", cuantos, par),
        _desglose("cambia_unidad", cuantos),
        _desglose("dividida", cuantos),
        _desglose("fusionada", cuantos),
        _conteo("desaparece", cuantos, par),
        _subtitulo(par.despues, cuantos, "despues"),
        _conteo("aparece", cuantos, par),
    ]
    if any(c.suerte("relevo") for c in cuantos.values()):
        renglones.append(_conteo("relevo", cuantos, par))
    columnas = [Columna("Qué fue de cada uno"), Columna("Metas", "n", "5rem"), Columna("Acciones", "n", "5.5rem")]
    with st.container(key="hoja_conteos_cambios"):
        rotulo = "Metas y acciones según lo que fue de ellas"
        hoja = vista.hoja("conteos", rotulo, "conteos", lambda: _contados(cuantos, par))
        piezas.tabla(columnas, renglones, rotulo, hoja)


def _contados(cuantos: dict[str, mensajes.Conteo], par: Par) -> pd.DataFrame:
    """Los mismos conteos como se bajan: el total de cada plan, el de cada suerte y el de cada relación."""
    de = {"continúa": ("misma", "reformulada"), "cambia": ("cambia_unidad", "dividida", "fusionada")}
    filas = []
    for plan, lado, suyas in (
        (par.antes, "antes", ("continúa", "cambia", "desaparece")),
        (par.despues, "despues", ("aparece", "relevo")),
    ):
        filas.append((plan.nombre, None, None, *(getattr(cuantos[n], lado) for n in NIVELES)))
        for suerte in suyas:
            filas.append((plan.nombre, suerte, None, *(cuantos[n].suerte(suerte) for n in NIVELES)))
            filas += [
                (plan.nombre, suerte, relacion, *(cuantos[n].relacion(relacion) for n in NIVELES))
                for relacion in de.get(suerte, ())
            ]
    return pd.DataFrame(filas, columns=["plan", "suerte", "relacion", "metas", "acciones"], dtype=object)


def _subtitulo(plan: Plan, cuantos: dict[str, mensajes.Conteo], lado: str) -> Renglon:
    celdas = (f"<b>{formato.numero(getattr(cuantos[nivel], lado))}</b>" for nivel in NIVELES)
    return Renglon([f"<b>{escape(formato.mayuscula(plan.nombre))}</b>", *celdas], clase="grupo")


def _conteo(suerte: str, cuantos: dict[str, mensajes.Conteo], par: Par) -> Renglon:
    celdas = (_a_su_seccion(cuantos[nivel].suerte(suerte), suerte) for nivel in NIVELES)
    return Renglon([f"{_trazo(suerte)}{suertes.nombre(suerte, par)}", *celdas])


def _a_su_seccion(n: int, suerte: str) -> str:
    if not n:
        return "<span class='u'>0</span>"
    return f"<a href='#{ANCLAS[suerte]}' title='Ver cuáles son'>{formato.numero(n)}</a>"


def _desglose(relacion: str, cuantos: dict[str, mensajes.Conteo]) -> Renglon:
    celdas = (f"<span class='u'>{formato.numero(cuantos[nivel].relacion(relacion))}</span>" for nivel in NIVELES)
    return Renglon([f"<span class='u'>{RELACIONES[relacion][1]}</span>", *celdas], clase="desglose")


def _trazo(suerte: str) -> str:
    """El mismo trazo que en la figura."""
    return f"<i class='trazo {ANCLAS[suerte]}' aria-hidden='true'></i>"


# ---------------------------------------------------------------- tablas


def seccion(suerte: str, filas: pd.DataFrame, cuantos: dict[str, mensajes.Conteo], vista: Vista) -> None:
    """Una sección con su ancla, su nota y su tabla; sin renglones, su frase."""
    suyas = filas[filas["suerte"] == suerte]
    if suyas.empty and suerte == "relevo":
        return
    titulo = escape(mensajes.titulo(suerte, vista.par, cuantos))
    con_meses = any(_meses(fila, lado, suerte, vista) for _, fila in suyas.iterrows() for lado in LADOS)
    nota = escape(mensajes.nota(suerte, vista.par, con_meses))
    st.html(
        f"<h2 class='seccion' id='{ANCLAS[suerte]}'>{_trazo(suerte)}{titulo}</h2>"
        + (f"<p class='nota'>{nota}</p>" if len(suyas) else "")
    )
    if suyas.empty:
        piezas.vacio(mensajes.vacia(suerte, vista.par))
    elif suerte in ("desaparece", "aparece"):
        _sueltos(suyas, suerte, vista)
    else:
        _enlazados(suyas, suerte, vista)


def _enlazados(filas: pd.DataFrame, suerte: str, vista: Vista) -> None:
    """Un renglón por enlace: claves, textos, unidades y metas anuales de los dos planes, y por qué se enlazan."""
    con_diferencia = bool(filas["comparable"].astype(bool).any())
    antes, despues = ("antes", "después") if suerte == "relevo" else _rotulos(vista.par)
    columnas = [
        Columna("Clave", "", "7.6rem"),
        Columna("Compromiso", "largo", "27%"),
        Columna("Unidad de medida", "", "8.2rem"),
        Columna(f"Meta anual<br>{antes}", "n", "5.8rem"),
        Columna(f"Meta anual<br>{despues}", "n", "5.8rem"),
        *([Columna("Diferencia", "n", "5rem")] if con_diferencia else []),
        Columna("En qué se apoya", "motivo largo"),
        Columna("Otros años", "", "4.6rem"),
    ]
    renglones = []
    for _, fila in filas.iterrows():
        celdas = [
            f"{_clave(fila, 'antes', vista)} → {_clave(fila, 'despues', vista)}",
            _textos(fila),
            _unidades(fila),
            *(_meta_anual(fila, lado, suerte, vista) for lado in LADOS),
            *([_diferencia(fila)] if con_diferencia else []),
            _evidencia(fila),
            _seguir(fila["compromiso_despues"], vista),
        ]
        renglones.append(Renglon(celdas, clase=fila["nivel"]))
    rotulo = suertes.nombre(suerte, vista.par)
    piezas.tabla(columnas, renglones, rotulo, vista.hoja(ANCLAS[suerte], rotulo, "cambios", filas))


def _rotulos(par: Par) -> list[str]:
    """Los dos planes en pocas letras; del que se rehízo a medio año se dice que cubre lo que faltaba de él."""
    rotulos = []
    for plan in (par.antes, par.despues):
        partes = [plan.lugar or str(plan.ejercicio)] if par.mismo_anio else [str(plan.ejercicio), plan.lugar]
        rotulos.append("<br>".join(filter(None, [*partes, "resto del año" if plan.numero > 1 else ""])))
    return rotulos


def _sueltos(filas: pd.DataFrame, suerte: str, vista: Vista) -> None:
    """Un renglón por compromiso sin contraparte, con lo que se sabe de él."""
    lado = "antes" if suerte == "desaparece" else "despues"
    columnas = [
        Columna("Clave", "", "7.6rem"),
        Columna("Compromiso", "largo", "44%"),
        Columna("Unidad de medida", "", "10rem"),
        Columna("Meta anual", "n", "7rem"),
        Columna("Qué se sabe", "motivo largo"),
        Columna("Otros años", "", "4.6rem"),
    ]
    renglones = [
        Renglon(
            [
                _clave(fila, lado, vista),
                _descripcion(fila[f"descripcion_{lado}"]) + _lugar(fila, lado, vista),
                escape(formato.unidad(fila[f"unidad_{lado}"], formato.RAYA)),
                _meta_anual(fila, lado, suerte, vista),
                escape(_que_se_sabe(fila, vista)),
                _seguir(fila[f"compromiso_{lado}"], vista),
            ],
            clase=fila["nivel"],
        )
        for _, fila in filas.iterrows()
    ]
    rotulo = suertes.nombre(suerte, vista.par)
    piezas.tabla(columnas, renglones, rotulo, vista.hoja(ANCLAS[suerte], rotulo, "cambios", filas))


def _que_se_sabe(fila: pd.Series, vista: Vista) -> str:
    planes = {str(f["plan"]): Plan.de(f) for _, f in vista.suyos.iterrows()}
    return suertes.que_se_sabe(fila, vista.par, planes.get(formato.texto(fila["en_otro_plan"], "")))


def _meta_anual(fila: pd.Series, lado: str, suerte: str, vista: Vista) -> str:
    """La cifra y, debajo, sus meses si no es de todo el año."""
    meses = _meses(fila, lado, suerte, vista)
    return formato.numero(fila[f"meta_anual_{lado}"]) + (f"<br><span class='u'>{meses}</span>" if meses else "")


def _meses(fila: pd.Series, lado: str, suerte: str, vista: Vista) -> str:
    """Los meses de su meta anual; nada si ya los dice el título de la columna."""
    plan = vista.par.antes if lado == "antes" else vista.par.despues
    return "" if suerte in ("continúa", "cambia") and plan.numero > 1 else suertes.cubre(fila, lado)


def _clave(fila: pd.Series, lado: str, vista: Vista) -> str:
    """La clave impresa, que abre su tarjeta."""
    destino = vista.direccion(compromiso=fila[f"compromiso_{lado}"], tarjeta=True)
    clave = piezas.seguro(fila[f"clave_{lado}"])
    return f"<span class='clave'>{enlaces.enlace(PAGINA, clave, 'Ver de dónde sale', **destino)}</span>"


def _lugar(fila: pd.Series, lado: str, vista: Vista) -> str:
    destino = vista.direccion(compromiso=fila[f"compromiso_{lado}"], tarjeta=True)
    donde = f"página {formato.numero(fila[f'pagina_{lado}'])}, renglón {formato.numero(fila[f'renglon_{lado}'])}"
    return f"<br><span class='u'>{enlaces.enlace(PAGINA, donde, 'Ver de dónde sale', **destino)}</span>"


def _descripcion(texto: object) -> str:
    completo = formato.oracion(texto, "Sin descripción impresa")
    corto = formato.recortar(completo, _LARGO)
    if corto == completo:
        return escape(completo)
    return f"<span title='{escape(completo, quote=True)}'>{escape(corto)}</span>"


def _textos(fila: pd.Series) -> str:
    """El texto de después y, si está reformulado, debajo el de antes."""
    ahora = _descripcion(fila["descripcion_despues"])
    if fila["relacion"] == "misma":
        return ahora
    return f"{ahora}<br><span class='u'>Antes: {_descripcion(fila['descripcion_antes'])}</span>"


def _unidades(fila: pd.Series) -> str:
    antes, despues = (formato.unidad(fila[f"unidad_{lado}"], "sin unidad") for lado in ("antes", "despues"))
    if fila["misma_unidad"] or antes == despues:
        return escape(despues)
    return f"{escape(antes)} → {escape(despues)}"


def _diferencia(fila: pd.Series) -> str:
    if not fila["comparable"]:
        return f"<span class='u'>{formato.RAYA}</span>"
    return formato.con_signo(fila["meta_anual_despues"] - fila["meta_anual_antes"])


def _evidencia(fila: pd.Series) -> str:
    """La relación en palabras, si está sin confirmar o en duda, y por qué se dice que son el mismo."""
    _, relacion = RELACIONES.get(formato.texto(fila["relacion"], ""), ("", formato.RAYA))
    avisos = mensajes.avisos(fila)
    dicho = formato.prosa(fila["evidencia"], "")
    corto = escape(formato.recortar(dicho, _LARGO)) if dicho else ""
    aviso = f" <b>{escape(avisos)}.</b>" if avisos else ""
    return f"<span title='{escape(dicho, quote=True)}'><b>{relacion}.</b>{aviso} {corto}</span>"


def _seguir(compromiso: object, vista: Vista) -> str:
    destino = vista.seleccion.direccion(hilo=compromiso)
    return enlaces.enlace("seguir", "Seguir", "Seguir esta meta o acción en otros años", **destino)


# ---------------------------------------------------------------- lo que no se puede comparar


def otras(vista: Vista) -> None:
    """Los pares de planes que sí se pueden comparar, con su enlace."""
    renglones, datos = [], []
    for quien, suyos in vista.planes.groupby("dependencia", sort=False):
        for par in pares(suyos):
            destino = vista.seleccion.direccion(quien=quien, planes=par.clave)
            celdas = [
                piezas.seguro(vista.nombres[quien]),
                enlaces.enlace(PAGINA, escape(par.rotulo), "Ver qué cambió", **destino),
                *(escape(f"{formato.contar(p.metas, 'meta')} y {formato.contar(p.acciones, 'accion')}")
                  for p in (par.antes, par.despues)),
            ]  # fmt: skip
            renglones.append(Renglon(celdas, destino=enlaces.destino(PAGINA, **destino)))
            cuantas = {
                f"{que}_{lado}": getattr(getattr(par, lado), que) for lado in LADOS for que in ("metas", "acciones")
            }
            datos.append({"dependencia": quien, "planes_clave": par.clave, "planes": par.rotulo} | cuantas)
    if not renglones:
        piezas.vacio("Ninguna dependencia tiene todavía dos planes que comparar.")
        return
    columnas = [
        Columna("Dependencia", "", "14rem"),
        Columna("Planes"),
        Columna("Antes", "", "14rem"),
        Columna("Después", "", "14rem"),
    ]
    rotulo = "Planes que se pueden comparar"
    piezas.tabla(columnas, renglones, rotulo, de_todo("planes", rotulo, "planes", lambda: pd.DataFrame(datos)))
