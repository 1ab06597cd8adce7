"""Los filtros: viven en la dirección de la página, se ven en una sola banda y pasan de una página a otra."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import streamlit as st

from poa import formato
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario
from poa.figuras import mensajes

TODAS = "todas"
_NIVELES = {"accion": "Acciones", "meta": "Metas"}
_PERIODOS = {"acumulado": "Acumulado", "trimestre": "Trimestre"}
_TRIMESTRES = ("Solo plan", "Primer trimestre", "Segundo trimestre", "Tercer trimestre", "Cuarto trimestre")
_EN_DIRECCION = ("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")


@dataclass(frozen=True)
class Seleccion:
    """Lo que se está viendo. `dependencia` None es todas; `preset` None es el predeterminado."""

    ejercicio: int
    corte: str
    dependencia: str | None
    nivel: str
    periodo: str
    preset: str | None
    compromiso: str | None = None
    estado: str | None = None
    grupo: str | None = None
    tarjeta: bool = False
    nombres: Mapping[str, str] = field(default_factory=dict)
    dependencias: Sequence[str] = ()
    umbrales: str = ""

    def consulta(self, *campos: str) -> dict[str, Any]:
        """Los parámetros de una consulta con esos nombres."""
        return {campo: getattr(self, campo) for campo in campos}

    def direccion(self, **cambios: Any) -> dict[str, str]:
        """Los parámetros de la dirección de esta vista con `cambios`; sin compromiso, estado ni tarjeta."""
        nueva = replace(self, **{"compromiso": None, "estado": None, "grupo": None, "tarjeta": False, **cambios})
        dados = {campo: getattr(nueva, campo) for campo in (*_EN_DIRECCION, "compromiso", "estado", "grupo")}
        dados["dependencia"] = nueva.dependencia or TODAS
        dados["tarjeta"] = "1" if nueva.tarjeta else None
        return {campo: str(valor) for campo, valor in dados.items() if valor is not None}

    def nombre(self, dependencia: Any) -> str:
        """El nombre corto de una dependencia; si no se conoce, una frase."""
        return self.nombres.get(dependencia, "Dependencia sin nombre")

    @property
    def quienes(self) -> list[str]:
        """Los nombres cortos de las dependencias que se están viendo."""
        return [self.nombre(d) for d in ([self.dependencia] if self.dependencia else self.dependencias)]

    @property
    def cuando(self) -> str:
        """«cuarto trimestre de 2025, acumulado»."""
        if self.corte.endswith("T0"):
            return formato.corte(self.corte)
        return f"{formato.corte(self.corte)}, {formato.PERIODOS[self.periodo]}"


def leer(exige_dependencia: bool = False) -> Seleccion:
    """La selección de la dirección, corregida a lo que existe; lo que falta se toma de la página anterior.

    Con `exige_dependencia` nunca son todas. Deja la dirección completa, para que la vista se pueda copiar.
    """
    cortes, presets = consultar("cortes"), consultar("presets")
    if cortes.empty:
        raise ErrorDeUsuario("La base no tiene informes. Agregue un documento con: poa importar ARCHIVO")
    dados = _dados(cortes)
    ejercicio, corte = _elegir_corte(cortes, dados)
    hay = cortes[cortes["corte"] == corte].sort_values("dependencia_corta")
    dependencias = [str(d) for d in hay["dependencia"]]
    dependencia = dados.get("dependencia")
    if dependencia not in dependencias:
        dependencia = dependencias[0] if exige_dependencia and dependencias else None
    preset = dados.get("preset") if dados.get("preset") in set(presets["preset"]) else None
    en_vigor = presets[presets["preset"] == preset] if preset else presets[presets["es_predeterminado"]]
    seleccion = Seleccion(
        ejercicio=ejercicio,
        corte=corte,
        dependencia=dependencia,
        preset=preset,
        nivel=dados.get("nivel") if dados.get("nivel") in _NIVELES else "accion",
        periodo=dados.get("periodo") if dados.get("periodo") in _PERIODOS else "acumulado",
        compromiso=dados.get("compromiso"),
        estado=dados.get("estado"),
        grupo=dados.get("grupo"),
        tarjeta=dados.get("tarjeta") == "1",
        nombres=dict(zip(cortes["dependencia"], cortes["dependencia_corta"], strict=True)),
        dependencias=dependencias,
        umbrales=f"{formato.texto(en_vigor['preset'].iloc[0])} %",
    )
    _anotar(seleccion)
    return seleccion


def mostrar(seleccion: Seleccion, exige_dependencia: bool = False) -> None:
    """La banda de filtros; tocar uno cambia la dirección y con ella la página."""
    cortes, presets = consultar("cortes"), consultar("presets")
    ejercicios = sorted({int(e) for e in cortes["ejercicio"]}, reverse=True)
    del_anio = sorted(set(cortes.loc[cortes["ejercicio"] == seleccion.ejercicio, "corte"]))
    de_quien = [*([] if exige_dependencia else [TODAS]), *seleccion.dependencias]
    predeterminado = str(presets.loc[presets["es_predeterminado"], "preset"].iloc[0])
    with st.container(key="filtros", horizontal=True, vertical_alignment="bottom", gap="small"):
        _lista("Ejercicio", "ejercicio", ejercicios, seleccion.ejercicio, str, 112)
        _lista("Corte", "corte", del_anio, seleccion.corte, _nombre_corte, 186)
        _lista(
            "Dependencia",
            "dependencia",
            de_quien,
            seleccion.dependencia or TODAS,
            lambda d: "Todas las dependencias" if d == TODAS else seleccion.nombre(d),
            244,
        )
        _botones("Compromisos", "nivel", _NIVELES, seleccion.nivel)
        _botones("Periodo", "periodo", _PERIODOS, seleccion.periodo)
        _lista(
            "Umbrales",
            "preset",
            list(presets["preset"]),
            seleccion.preset or predeterminado,
            lambda p: f"{p} %",
            192,
        )


def ir_a(**cambios: str | None) -> None:
    """Cambia parámetros de la dirección (None los quita); para usarse en la respuesta a un toque."""
    for nombre, valor in cambios.items():
        if valor is None:
            st.query_params.pop(nombre, None)
        else:
            st.query_params[nombre] = valor


def _lista(rotulo: str, nombre: str, opciones: list, valor: Any, como: Any, ancho: int) -> None:
    st.session_state[f"filtro_{nombre}"] = valor
    st.selectbox(
        rotulo,
        opciones,
        key=f"filtro_{nombre}",
        format_func=como,
        width=ancho,
        on_change=_al_cambiar,
        args=(nombre,),
        placeholder="Elija una opción",
    )


def _botones(rotulo: str, nombre: str, opciones: dict[str, str], valor: str) -> None:
    st.session_state[f"filtro_{nombre}"] = valor
    st.segmented_control(
        rotulo,
        list(opciones),
        key=f"filtro_{nombre}",
        format_func=opciones.get,
        required=True,
        on_change=_al_cambiar,
        args=(nombre,),
    )


def _al_cambiar(nombre: str) -> None:
    """Un filtro nuevo cierra el compromiso y la lista abiertos; un ejercicio nuevo suelta su corte."""
    ir_a(
        compromiso=None,
        estado=None,
        grupo=None,
        tarjeta=None,
        **{nombre: str(st.session_state[f"filtro_{nombre}"])},
    )
    if nombre == "ejercicio":
        ir_a(corte=None)
        st.session_state.pop("_seleccion", None)


def _dados(cortes: pd.DataFrame) -> dict[str, str]:
    """Lo que dice la dirección o, si nada, lo último visto; un compromiso trae su corte y dependencia."""
    dados = dict(st.query_params.items())
    if not dados:
        dados = dict(st.session_state.get("_seleccion", {}))
    partes = dados.get("compromiso", "").split("/")
    if len(partes) == 5 and partes[1] in set(cortes["corte"]):
        dados = {"corte": partes[1], "dependencia": partes[2], **dados}
    return dados


def _elegir_corte(cortes: pd.DataFrame, dados: Mapping[str, str]) -> tuple[int, str]:
    """Corte pedido si existe; si no, el último con avance del ejercicio pedido o de todos."""
    existentes = {str(c): int(e) for c, e in zip(cortes["corte"], cortes["ejercicio"], strict=True)}
    pedido, ejercicio = dados.get("corte"), dados.get("ejercicio")
    if pedido in existentes and ejercicio in (None, str(existentes[pedido])):
        return existentes[pedido], pedido
    del_anio = [c for c, e in existentes.items() if str(e) == ejercicio] or list(existentes)
    elegido = max(del_anio)
    return existentes[elegido], elegido


def _anotar(seleccion: Seleccion) -> None:
    """Escribe la selección completa en la dirección y la recuerda para la siguiente página."""
    completa = {
        **seleccion.direccion(),
        **{c: v for c, v in st.query_params.items() if c in ("compromiso", "estado", "grupo", "tarjeta")},
    }
    if dict(st.query_params.items()) != completa:
        st.query_params.from_dict(completa)
    st.session_state["_seleccion"] = {c: completa[c] for c in _EN_DIRECCION if c in completa}


def _nombre_corte(corte: str) -> str:
    partes = formato.partir_corte(corte)
    return _TRIMESTRES[partes[1]] if partes else formato.RAYA


def linea(seleccion: Seleccion, indicador: pd.DataFrame) -> list[tuple[str, str]]:
    """La línea del encabezado: corte, umbrales y cobertura. `indicador`: filas de la consulta indicadores."""
    cobertura = mensajes.cobertura(int(indicador["reportados"].sum()), int(indicador["esperados"].sum()))
    return [("Corte:", seleccion.cuando), ("Umbrales:", seleccion.umbrales), ("Cobertura:", cobertura)]


def banda(seleccion: Seleccion) -> tuple[float, float]:
    """Entre qué porcentajes del plan se cumple, según los umbrales elegidos."""
    presets = consultar("presets")
    elegido = (
        presets[presets["preset"] == seleccion.preset] if seleccion.preset else presets[presets["es_predeterminado"]]
    )
    return float(elegido["minimo"].iloc[0]), float(elegido["maximo"].iloc[0])


def pie(seleccion: Seleccion) -> str:
    """El pie de toda figura: fuente, corte y umbrales."""
    quienes = seleccion.quienes
    quien = formato.lista(quienes) if len(quienes) <= 3 else f"{len(quienes)} dependencias"
    fuente = f"Fuente: POA {seleccion.ejercicio}, {quien}"
    return f"{fuente} · Corte: {seleccion.cuando} · Umbrales: {seleccion.umbrales}"


def archivo(seleccion: Seleccion, *que: str) -> str:
    """Nombre de archivo de una figura: «2025-T3_bisom_variacion»."""
    quien = seleccion.dependencia or "todas"
    return formato.nombre_archivo(formato.corte_archivo(seleccion.corte), quien.replace("_", "-"), *que)


def nombre_completo(dependencia: str | None) -> str:
    """El nombre oficial de una dependencia."""
    cortes = consultar("cortes", dependencia=dependencia)
    return "Dependencia sin nombre" if cortes.empty else str(cortes["dependencia_nombre"].iloc[0])
