"""Cambios de plan: cómo se nombran los planes y las frases exactas de cada caso."""

import pandas as pd
import pytest

from poa import formato
from poa.consultas import consultar
from poa.mensajes import cambios as mensajes
from poa.mensajes import planes as de_planes
from poa.mensajes import suertes
from poa.mensajes.planes import Par, Plan

D = formato.ESPACIO
COLUMNAS = ["suerte", "lado", "relacion", "evidencia", "certeza", "procedencia", "nivel", "origen", "destino"]
DE_UN_LADO = ["meta_clave", "clave", "descripcion", "unidad", "meta_anual", "compromiso", "orden", "desde", "hasta"]


def plan(ejercicio: int, numero: int = 1, del_anio: int = 1, lamina: bool = False, metas: int = 1, acciones: int = 3):
    return Plan(f"{ejercicio}.{numero}", ejercicio, numero, del_anio, lamina, metas, acciones)


def fila(suerte: str, antes: str = "", despues: str = "", relacion: str | None = None, **cambios) -> dict:
    """Una fila de la consulta cambios: «3/3.1» es la acción 3.1 de la meta 3, y «3/3», la meta."""
    hecha = dict.fromkeys(COLUMNAS) | {"suerte": suerte, "relacion": relacion, "nivel": "accion"}
    hecha |= {"meta_entera": False, "en_otro_plan": None, "comparable": suerte == "continúa", "misma_unidad": True}
    hecha |= {"otro_procedencia": None, "sigue_exigido": False}
    if relacion:
        hecha |= {"procedencia": "confirmado", "certeza": "alta", "evidencia": "Mismas cifras."}
    for lado, extremo, cual in (("antes", "origen", antes), ("despues", "destino", despues)):
        hecha |= dict.fromkeys(f"{campo}_{lado}" for campo in DE_UN_LADO)
        if cual:
            meta, clave = cual.split("/")
            hecha |= {extremo: f"{cambios.get('lado', lado)}/{cual}", "nivel": "meta" if meta == clave else "accion"}
            valores = (meta, clave, f"ENTREGAR {clave}", "APOYO", 10.0, f"poa-2031/2031T4/x/{cual}", f"{lado} {cual}")
            valores += (None, None)
            hecha |= {f"{campo}_{lado}": valor for campo, valor in zip(DE_UN_LADO, valores, strict=True)}
    return hecha | cambios


def tabla(*filas: dict) -> pd.DataFrame:
    return pd.DataFrame(filas)


VARIADA = tabla(
    fila("continúa", "3/3", "300/300", "misma"),
    fila("continúa", "3/3.1", "300/301", "reformulada"),
    fila("cambia", "3/3.2", "300/302", "dividida"),
    fila("cambia", "3/3.2", "300/303", "dividida"),
    fila("desaparece", "3/3.3"),
    fila("aparece", "", "400/400", meta_entera=True),
    fila("aparece", "", "400/401", meta_entera=True),
    fila("aparece", "", "400/402", meta_entera=True),
)
PAR = Par(plan(2031), plan(2032, metas=2, acciones=5))


def dicho(filas: pd.DataFrame, par: Par = PAR) -> tuple[str, str, str]:
    conteos = mensajes.contar(filas, par)
    return (
        mensajes.mensaje("Parques", par, conteos, mensajes.es_sugerido(filas)),
        mensajes.parrafo(filas, par, conteos),
        mensajes.figura("Parques", filas, par),
    )


@pytest.mark.parametrize(
    ("antes", "despues", "rotulo"),
    [
        (plan(2031), plan(2032), "2031 → 2032"),
        (plan(2031), plan(2032, 1, 2), "2031 → 2032, primer plan"),
        (plan(2031, 2, 2), plan(2033), "2031, segundo plan → 2033 (no hay documento de 2032)"),
        (plan(2031), plan(2035), "2031 → 2035 (no hay documento de 2032 a 2034)"),
        (plan(2031, 1, 6), plan(2031, 6, 6), "2031: primer plan → plan 6"),
    ],
)
def test_un_par_de_planes_se_dice_con_palabras(antes, despues, rotulo):
    assert Par(antes, despues).rotulo == rotulo


def test_solo_se_ofrecen_los_planes_seguidos():
    filas = consultar("planes")
    for _, suyos in filas.groupby("dependencia"):
        pares = de_planes.pares(suyos)
        assert [p.antes.plan for p in pares] == list(suyos["plan"])[:-1]
        assert [p.despues.plan for p in pares] == [s for s in suyos["siguiente"] if s]


def test_lo_dividido_se_cuenta_una_vez_y_metas_y_acciones_aparte():
    metas, acciones = mensajes.contar(VARIADA, PAR).values()
    assert metas.suertes == {"continúa": 1, "cambia": 0, "desaparece": 0, "aparece": 1, "relevo": 0}
    assert acciones.suertes == {"continúa": 1, "cambia": 1, "desaparece": 1, "aparece": 2, "relevo": 0}
    assert acciones.relacion("dividida") == 1


def test_el_mensaje_el_parrafo_y_la_figura_dicen_lo_mismo_que_las_filas():
    assert dicho(VARIADA) == (
        f"Parques conservó su única meta y 1 de sus 3{D}acciones de 2031 en 2032; se dividió 1{D}acción, "
        f"desapareció 1{D}acción y aparecieron 1{D}meta y 2{D}acciones",
        f"De las 3{D}acciones de 2031, 1{D}se reformuló, 1{D}se dividió en{D}2 y 1{D}no tiene contraparte. "
        "Lo que no tiene contraparte no la tiene en los documentos, que no dicen por qué.",
        f"Parques, de 2031 a 2032: las 2{D}acciones que aparecen son de la meta 400",
    )


def test_si_nada_sigue_o_todo_sigue_se_dice_sin_rodeos():
    par = Par(plan(2031), plan(2032, acciones=1))
    nada = tabla(fila("cambia", "3/3", "3/3", "cambia_unidad"), *(fila("desaparece", f"3/3.{i}") for i in (1, 2, 3)))
    assert dicho(nada, par)[0] == (
        f"Parques no conservó su única meta ni ninguna de sus 3{D}acciones de 2031 en 2032; "
        f"cambió de unidad 1{D}meta y desaparecieron 3{D}acciones"
    )
    todo = tabla(*(fila("continúa", c, c, "misma") for c in ("3/3", "3/3.1", "3/3.2", "3/3.3")))
    assert dicho(todo, par) == (
        f"Parques conservó su única meta y sus 3{D}acciones de 2031 en 2032; nada desapareció ni apareció",
        f"De las 3{D}acciones de 2031, 3{D}siguen con el mismo texto.",
        "Parques, de 2031 a 2032: todo continúa",
    )


def test_lo_que_una_lamina_no_imprime_no_se_da_por_desaparecido():
    faltan = tabla(
        fila("continúa", "3/3", "3/3", "misma"),
        fila("desaparece", "4/4.1", meta_entera=True),
        fila("desaparece", "4/4.2", meta_entera=True),
        fila("desaparece", "3/3.1"),
    )
    par = Par(plan(2031), plan(2032, lamina=True))
    mensaje, parrafo, figura = dicho(faltan, par)
    assert mensaje.endswith(f"; 3{D}acciones no están en las láminas de 2032") and "desapareci" not in mensaje
    assert "está en láminas, que no imprimen todas las metas: lo que no traen pudo seguir en él" in parrafo
    assert (
        f"De las 3{D}acciones que no están, 2{D}son de una meta que las láminas no traen y 1, de metas que" in parrafo
    )
    assert (
        figura == f"Parques, de 2031 a 2032: 2 de las 3{D}acciones que no están en las láminas de 2032 son de la meta 4"
    )
    conteos = mensajes.contar(faltan, par)
    assert mensajes.titulo("desaparece", par, conteos) == f"No están en las láminas de 2032: 3{D}acciones"
    assert mensajes.clave(faltan, par, conteos)["desaparece"] == ("No están en las láminas", f"3{D}acciones")
    assert [suertes.que_se_sabe(f, par, None) for _, f in faltan.iloc[[1, 3]].iterrows()] == [
        "Las láminas de 2032 no traen nada de su meta.",
        "Las láminas de 2032 sí traen algo de su meta.",
    ]


def test_lo_que_una_lamina_no_imprimia_no_se_da_por_aparecido():
    par = Par(plan(2031, lamina=True), plan(2032, metas=2, acciones=5))
    mensaje, parrafo, figura = dicho(VARIADA, par)
    assert mensaje.endswith(
        f"; se dividió 1{D}acción y desapareció 1{D}acción; 1{D}meta y 2{D}acciones no estaban en las láminas de 2031"
    )
    assert "lo que no traen pudo estar ya en él" in parrafo
    assert parrafo.endswith(f" Las 2{D}acciones que no estaban son de una meta que las láminas no traen.")
    quien = "Parques, de 2031 a 2032"
    assert figura == f"{quien}: las 2{D}acciones que no estaban en las láminas de 2031 son de la meta 400"
    conteos = mensajes.contar(VARIADA, par)
    assert mensajes.titulo("aparece", par, conteos) == f"No estaban en las láminas de 2031: 1{D}meta y 2{D}acciones"
    assert mensajes.titulo("desaparece", par, conteos) == f"Desaparece: 1{D}acción"
    una = tabla(fila("continúa", "3/3.1", "3/3.1", "misma"), fila("aparece", "", "3/3.2"))
    assert dicho(una, par)[0].endswith(f"; 1{D}acción no estaba en las láminas de 2031")
    assert suertes.nombre("aparece", par, 1) == "No estaba en las láminas"
    assert " aparec" not in " ".join((mensaje, parrafo, figura))


def test_un_plan_rehecho_no_se_compara_con_uno_de_todo_el_anio():
    rehecho = Par(plan(2031, 1, 2), plan(2031, 2, 2))
    mensaje, parrafo, _ = dicho(VARIADA, rehecho)
    assert "del primer plan de 2031 en el segundo plan;" in mensaje
    assert "El segundo plan de 2031 cubre solo lo que faltaba del año" in parrafo
    assert "no se comparan con las de un año entero" in mensajes.nota("continúa", rehecho)
    assert "no se comparan" not in mensajes.nota("continúa", PAR)


def test_lo_sugerido_lo_dudoso_y_los_relevos_se_advierten():
    filas = pd.concat(
        [
            VARIADA,
            tabla(
                fila("continúa", "5/5.1", "5/5.1", "misma", procedencia="sugerido", certeza="media"),
                fila("relevo", "300/303", "600/601", "misma", lado="despues"),
                fila("relevo", "300/302", "600/602", "misma", lado="despues"),
            ),
        ]
    )
    parrafo = dicho(filas)[1]
    assert f"1{D}enlace es sugerido y está sin confirmar." in parrafo
    assert f"De los 5{D}enlaces, 1 admite duda." in parrafo
    son = f"2{D}acciones de 2032 son continuación de otras del mismo año: ni aparecen ni desaparecen."
    assert son in parrafo
    assert mensajes.avisos(filas.iloc[-3]) == "Enlace sugerido, sin confirmar, certeza media"
    assert mensajes.titulo("relevo", PAR, mensajes.contar(filas, PAR)) == f"Relevos: 2{D}acciones"


@pytest.mark.parametrize(
    ("relevos", "frase"),
    [
        (["1/1.1 300/301"], f"1{D}acción de 2032 sigue en otra del mismo año: ni aparece ni desaparece."),
        (["300/301 1/1.1"], f"1{D}acción de 2032 es continuación de otra del mismo año: ni aparece ni desaparece."),
        (
            ["300/301 1/1.1", "1/1.2 300/301"],
            f"2{D}acciones de 2032 son continuación de otras o siguen en otras del mismo año: ni aparecen",
        ),
    ],
)
def test_un_relevo_dice_si_continua_a_otra_o_sigue_en_otra(relevos, frase):
    hechos = [fila("relevo", *r.split(), "misma", lado="despues") for r in relevos]
    filas = tabla(fila("continúa", "3/3.1", "300/301", "misma"), *hechos)
    assert frase in dicho(filas)[1]


def test_de_lo_que_falta_se_dice_en_que_otro_plan_esta_y_si_se_sigue_exigiendo():
    falta, llega = fila("desaparece", "3/3.1", otro_procedencia="confirmado"), fila("aparece", "", "3/3.1")
    otro = plan(2033)
    assert suertes.que_se_sabe(falta, PAR, otro) == "Vuelve en 2033."
    assert suertes.que_se_sabe(falta, Par(plan(2031), plan(2032, lamina=True)), otro) == "También está en 2033."
    dudosa = llega | {"otro_procedencia": "sugerido"}
    assert suertes.que_se_sabe(dudosa, PAR, plan(2030)) == "Ya estaba en 2030, según un enlace sin confirmar."
    rehecho = Par(plan(2031, 1, 2), plan(2031, 2, 2))
    assert suertes.que_se_sabe(falta | {"meta_entera": True, "sigue_exigido": True}, rehecho, None) == (
        "Desaparece con toda su meta. El segundo plan no la imprime; el tablero la sigue exigiendo y queda sin reporte."
    )


def test_bajo_una_meta_anual_van_sus_meses_si_no_es_de_todo_el_anio():
    corta = fila("continúa", "3/3.1", "300/301", "misma") | {"desde_despues": 2.0, "hasta_despues": 4.0}
    assert [suertes.cubre(corta, lado) for lado in ("antes", "despues")] == ["", "abr–dic"]
    assert suertes.cubre(corta | {"meta_anual_despues": None}, "despues") == ""
    assert mensajes.nota("cambia", PAR, True).endswith("los meses en que se programa su meta, si no es todo el año.")


def test_cada_seccion_dice_cuantas_y_sin_ninguna_tiene_su_frase():
    conteos = mensajes.contar(VARIADA, PAR)
    titulos = [mensajes.titulo(suerte, PAR, conteos) for suerte in ("continúa", "cambia", "desaparece", "aparece")]
    assert titulos == [
        f"Continúan: 1{D}meta y 1{D}acción",
        f"Cambia: 1{D}acción",
        f"Desaparece: 1{D}acción",
        f"Aparecen: 1{D}meta y 2{D}acciones",
    ]
    assert mensajes.vacia("aparece", PAR) == "Todas las metas y acciones de 2032 tienen contraparte en 2031."
