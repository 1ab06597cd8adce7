"""El sugeridor de linaje: qué propone en planes inventados con verdad conocida y cuándo calla."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from poa.linaje.afines import sugerir_afines
from poa.linaje.asignacion import asignar
from poa.linaje.parecido import comparar_textos, informacion, raices
from poa.linaje.planes import Eslabon, paso_de_tandas
from poa.linaje.sugeridor import Sugerencia, sugerir
from tests.planes_inventados import inventar, medir
from tests.temas_inventados import NOMINA

# ---------------------------------------------------------------- planes inventados


@pytest.mark.parametrize(
    ("opciones", "precision", "cobertura"),
    [
        ({"reescritura": 0.2, "danio": 0.05, "cambios": 0.1}, 0.99, 0.95),
        ({"reescritura": 0.6, "danio": 0.15, "cambios": 0.3}, 0.98, 0.9),
        ({"reescritura": 1.0, "danio": 0.3, "cambios": 0.6}, 0.95, 0.8),
        ({"reescritura": 0.6, "danio": 0.15, "cambios": 0.4, "pasos": 4}, 0.97, 0.9),
    ],
    ids=["casi iguales", "reescritos", "muy cambiados", "cinco planes"],
)
def test_en_planes_inventados_acierta_casi_siempre_y_calla_poco(opciones, precision, cobertura):
    aciertos = propuestos = verdaderos = 0
    for semilla in range(500, 512):
        inventor = inventar(semilla, **opciones)
        cuenta = medir(inventor, sugerir(inventor.eslabones))
        aciertos, propuestos, verdaderos = (
            total + parte for total, parte in zip((aciertos, propuestos, verdaderos), cuenta, strict=True)
        )
    assert aciertos / propuestos >= precision
    assert aciertos / verdaderos >= cobertura


def test_el_orden_en_que_llegan_los_eslabones_de_cada_dependencia_no_cambia_lo_que_se_propone():
    inventores = [inventar(semilla) for semilla in (1, 2, 3)]
    juntos = sugerir([e for inventor in inventores for e in inventor.eslabones])
    sueltos = [s for inventor in reversed(inventores) for s in sugerir(inventor.eslabones)]
    assert sorted(juntos, key=lambda s: (s.origen, s.destino)) == sorted(sueltos, key=lambda s: (s.origen, s.destino))


# ---------------------------------------------------------------- casos con nombre


def eslabon(
    cuando: str,
    clave: str,
    descripcion: str,
    unidad: str = "informe",
    p: str = "1/1/1/1",
    *,
    meta: str = "",
    dependencia: str = "obras",
    corte: str = "",
) -> Eslabon:
    """Un eslabón escrito en corto: «2024.1», clave «302» o «3.2», P «5/5/2/·» con · en blanco."""
    ejercicio, plan = map(int, cuando.split("."))
    if not meta:
        meta = clave.split(".")[0] if "." in clave else (clave[0] + "00" if len(clave) == 3 else clave)
    programado = tuple(None if c == "·" else float(c) for c in p.split("/"))
    nivel = "meta" if clave == meta else "accion"
    return Eslabon(
        f"{cuando}/{dependencia}/{meta}/{clave}",
        ejercicio,
        plan,
        dependencia,
        nivel,
        meta,
        clave,
        descripcion,
        unidad.lower(),
        unidad,
        sum(c for c in programado if c),
        programado,
        "",
        corte or f"{ejercicio}T4",
    )


def pares(sugerencias: list[Sugerencia]) -> dict[tuple[str, str], Sugerencia]:
    """Por (año.plan y clave de origen, de destino): («2024.1 3.2», «2025.1 302»)."""

    def corto(ident: str) -> str:
        return f"{ident.split('/')[0]} {ident.split('/')[-1]}"

    return {(corto(s.origen), corto(s.destino)): s for s in sugerencias}


def obras(cuando: str, meta: str, estilo: str, desde: int = 0) -> list[Eslabon]:
    """Cuatro acciones sin trampa, para que un plan parezca plan; con P desde un trimestre."""
    textos = [
        ("Rehabilitar banquetas y guarniciones del primer cuadro", "metro", "820/910/760/655"),
        ("Bachear vialidades de la zona oriente", "tonelada", "1310/1275/1420/1190"),
        ("Pintar escuelas primarias con pintura donada", "escuela", "11/14/9/12"),
        ("Desazolvar drenes pluviales antes de la lluvia", "dren", "3/7/5/2"),
    ]
    return [
        eslabon(
            cuando,
            f"{int(meta) * 100 + n}" if estilo == "302" else f"{meta}.{n}",
            texto,
            unidad,
            "/".join("·" if q < desde else cifra for q, cifra in enumerate(p.split("/"))),
        )
        for n, (texto, unidad, p) in enumerate(textos, start=15)
    ]


def test_una_accion_se_divide_si_las_p_de_las_partes_suman_las_suyas():
    antes = eslabon("2025.1", "309", "Distribuir apoyos de material de obra y de parques", "Apoyo", "135/135/135/135")
    una = eslabon("2025.2", "309", "Distribuir apoyos de material de obra para vivienda", "Apoyo", "·/·/105/105")
    otra = eslabon("2025.2", "312", "Distribuir equipo de material para parques y áreas verdes", "Equipo", "·/·/30/30")
    halladas = pares(sugerir([antes, *obras("2025.1", "3", "302"), una, otra, *obras("2025.2", "3", "302", 2)]))
    for destino in ("2025.2 309", "2025.2 312"):
        sugerencia = halladas["2025.1 309", destino]
        assert sugerencia.relacion == "dividida"
        assert "135/135 = 105/105 + 30/30 desde el tercer trimestre" in sugerencia.razones


def test_dos_acciones_se_funden_en_la_que_las_suma_aunque_una_se_mida_en_otra_cosa():
    antes = [
        eslabon("2025.1", "406", "Elaborar anteproyectos de centros comunitarios", "Proyecto", "3/4/5/3"),
        eslabon("2025.1", "407", "Elaborar proyectos ejecutivos de alto impacto comunitario", "Expediente", "4/6/6/4"),
    ]
    texto = "Mejorar centros comunitarios con proyectos y anteproyectos de impacto"
    despues = eslabon("2025.2", "408", texto, "Proyecto", "·/·/11/7")
    halladas = pares(sugerir([*antes, *obras("2025.1", "4", "302"), despues, *obras("2025.2", "4", "302", 2)]))
    assert halladas["2025.1 406", "2025.2 408"].relacion == "fusionada"
    assert halladas["2025.1 407", "2025.2 408"].relacion == "fusionada"


def test_unos_y_ceros_que_suman_por_casualidad_no_dividen_nada():
    antes = eslabon("2024.1", "3.1", "Elaborar el informe de labores del departamento", "Informe", "2/2/2/2")
    despues = [
        eslabon("2025.1", "3.1", "Elaborar el informe de labores del departamento", "Informe", "1/1/1/1"),
        eslabon("2025.1", "3.2", "Elaborar el manual de organización del almacén", "Informe", "1/1/1/1"),
    ]
    halladas = pares(sugerir([antes, *obras("2024.1", "3", "3.2"), *despues, *obras("2025.1", "3", "3.2")]))
    assert halladas["2024.1 3.1", "2025.1 3.1"].relacion == "misma"
    assert ("2024.1 3.1", "2025.1 3.2") not in halladas


def test_los_porcentajes_no_se_suman():
    antes = eslabon("2024.1", "3.1", "Atender quejas de baches y de banquetas", "Porcentaje", "100/100/100/100")
    despues = [
        eslabon("2025.1", "3.1", "Atender quejas de baches", "Porcentaje", "60/60/60/60"),
        eslabon("2025.1", "3.2", "Atender quejas de banquetas", "Porcentaje", "40/40/40/40"),
    ]
    halladas = sugerir([antes, *obras("2024.1", "3", "3.2"), *despues, *obras("2025.1", "3", "3.2")])
    assert not {s.relacion for s in halladas} & {"dividida", "fusionada"}


def con_nomina(cuando: str, temas: list[str], estilo: str) -> list[Eslabon]:
    """Una meta por tema, cada cual con su nómina idéntica y dos acciones propias."""
    propias = {
        "parques": ("Podar y regar áreas verdes de parques", "Sembrar árboles de sombra en parques"),
        "pozos": ("Perforar pozos de agua en ejidos", "Clorar el agua de los pozos ejidales"),
        "rastro": ("Sacrificar ganado con sello sanitario", "Analizar muestras de carne en laboratorio"),
    }
    eslabones = []
    for n, tema in enumerate(temas, start=1):
        meta = str(n * 100) if estilo == "302" else str(n)
        claves = [f"{n}0{k}" if estilo == "302" else f"{n}.{k}" for k in (1, 2, 3)]
        servicio = f"Dar servicio de {tema} a la ciudadanía"
        eslabones.append(eslabon(cuando, meta, servicio, "Servicio", "9/9/9/9", meta=meta))
        eslabones.append(eslabon(cuando, claves[0], NOMINA, "Nómina", "6/6/6/6", meta=meta))
        for clave, texto in zip(claves[1:], propias[tema], strict=True):
            eslabones.append(eslabon(cuando, clave, texto, "Acción", "8/12/9/7", meta=meta))
    return eslabones


def test_la_nomina_sigue_a_su_meta_aunque_cambie_de_numero():
    antes = con_nomina("2024.1", ["parques", "pozos", "rastro"], "3.2")
    halladas = pares(sugerir(antes + con_nomina("2025.1", ["rastro", "parques", "pozos"], "302")))
    for origen, destino in (("1.1", "201"), ("2.1", "301"), ("3.1", "101")):
        assert halladas[f"2024.1 {origen}", f"2025.1 {destino}"].relacion == "misma"


def test_la_nomina_de_un_area_que_desaparece_no_pasa_a_un_area_nueva():
    antes = con_nomina("2024.1", ["parques", "pozos"], "3.2")
    halladas = pares(sugerir(antes + con_nomina("2025.1", ["parques", "rastro"], "302")))
    assert ("2024.1 1.1", "2025.1 101") in halladas
    assert ("2024.1 2.1", "2025.1 201") not in halladas


def test_dos_textos_gemelos_se_distinguen_por_sus_cifras_aunque_se_crucen():
    texto = "Contribuir en la entrega de despensas del programa alimentario estatal"
    antes = [
        eslabon("2023.1", "303", texto, "Despensa", "9960/9960/9960/9960"),
        eslabon("2023.1", "312", texto, "Despensa", "5793/5793/5793/5793"),
    ]
    despues = [
        eslabon("2024.1", "3.3", texto, "Despensa", "5793/5793/5793/5793"),
        eslabon("2024.1", "3.12", texto, "Despensa", "9960/9960/9960/9960"),
    ]
    halladas = pares(sugerir([*antes, *obras("2023.1", "3", "302"), *despues, *obras("2024.1", "3", "3.2")]))
    assert {par for par in halladas if par[0] in ("2023.1 303", "2023.1 312")} == {
        ("2023.1 303", "2024.1 3.12"),
        ("2023.1 312", "2024.1 3.3"),
    }


def test_una_accion_nueva_con_la_misma_unidad_cifras_y_lugar_no_es_la_misma():
    antes = eslabon("2024.1", "3.1", "Informe de la situación financiera de la entidad")
    despues = eslabon("2025.1", "3.1", "Informe de animales esterilizados y vacunados en campañas")
    halladas = pares(sugerir([antes, *obras("2024.1", "3", "3.2"), despues, *obras("2025.1", "3", "3.2")]))
    assert ("2024.1 3.1", "2025.1 3.1") not in halladas
    assert len(halladas) == 4


@pytest.mark.parametrize(
    ("despues", "unidad", "relacion", "razon"),
    [
        ("Elaboración de dictámenes técnicos de obras escolares", "Dictamen", "misma", "mismo texto"),
        ("ELABORAR DICTAMENES TECNICOS DE OBRAS ESCOIARES", "Dictamen", "misma", "mismo texto"),
        ("Elaborar dictámenes técnicos", "Dictamen", "misma", "cortado en uno de los dos"),
        ("Emitir dictámenes de factibilidad para obras escolares", "Dictamen", "reformulada", "texto parecido"),
        ("Elaborar dictámenes técnicos de obras escolares", "Reporte", "cambia_unidad", "pasa de dictamen a reporte"),
    ],
)
def test_la_relacion_dice_si_cambio_el_texto_o_la_unidad(despues, unidad, relacion, razon):
    antes = eslabon("2024.1", "3.1", "Elaborar dictámenes técnicos de obras escolares", "Dictamen", "30/31/25/15")
    nueva = eslabon("2025.1", "3.1", despues, unidad, "40/50/45/35")
    halladas = pares(sugerir([antes, *obras("2024.1", "3", "3.2"), nueva, *obras("2025.1", "3", "3.2")]))
    sugerencia = halladas["2024.1 3.1", "2025.1 3.1"]
    assert sugerencia.relacion == relacion
    assert razon in sugerencia.razones
    assert "30/31/25/15 → 40/50/45/35" in sugerencia.razones


def test_sin_descripcion_bastan_unidad_cifras_y_lugar():
    antes = eslabon("2023.1", "103", "", "Acción de difusión", "100/105/95/90")
    despues = eslabon("2024.1", "1.3", "Difundir las campañas de la entidad", "Acción de difusión", "100/105/95/90")
    halladas = pares(sugerir([antes, *obras("2023.1", "1", "302"), despues, *obras("2024.1", "1", "3.2")]))
    assert "sin descripción impresa" in halladas["2023.1 103", "2024.1 1.3"].razones


TANDAS = [
    eslabon("2022.1", "1", "Conservar calles y banquetas en buen estado", "Porcentaje", "90/90/90/90"),
    eslabon("2022.1", "1.1", "Tapar baches de avenidas con asfalto frío", "Bache", "310/295/330/280"),
    eslabon("2022.1", "4", "Atender a la ciudadanía que solicita apoyos y gestiones", "Solicitud", "871/0/0/0"),
    eslabon("2022.1", "4.1", "Entregar apoyos económicos a personas vulnerables", "Apoyo", "190/0/0/0"),
    eslabon("2022.1", "4.2", "Entregar apoyos económicos a la sociedad civil organizada", "Apoyo", "6/0/0/0"),
    eslabon("2022.1", "4.3", "Entregar apoyos económicos a escuelas públicas", "Apoyo", "3/0/0/0"),
    eslabon("2022.1", "4.4", "Participar en eventos públicos con vecinos de colonias", "Evento", "17/0/0/0"),
    eslabon("2022.1", "10", "Atender a la ciudadanía en sus solicitudes de apoyos", "Solicitud", "0/871/871/871"),
    eslabon("2022.1", "10.1", "Participar en eventos públicos para oír a vecinos", "Evento", "0/17/17/17"),
    eslabon("2022.1", "10.2", "Entregar apoyos económicos solicitados a la presidencia", "Apoyo", "0/199/199/199"),
]


def test_lo_que_termina_a_mitad_del_anio_sigue_en_lo_que_empieza_despues():
    halladas = pares(sugerir(TANDAS))
    assert {par: s.relacion for par, s in halladas.items()} == {
        ("2022.1 4", "2022.1 10"): "reformulada",
        ("2022.1 4.4", "2022.1 10.1"): "reformulada",
        ("2022.1 4.1", "2022.1 10.2"): "fusionada",
        ("2022.1 4.2", "2022.1 10.2"): "fusionada",
        ("2022.1 4.3", "2022.1 10.2"): "fusionada",
    }
    assert "199 = " in halladas["2022.1 4.2", "2022.1 10.2"].razones


def test_de_otro_anio_se_llega_a_la_primera_tanda_y_se_sale_de_la_segunda():
    previo = eslabon("2021.1", "7.4", "Participar en eventos públicos con vecinos de colonias", "Evento", "15/15/15/15")
    siguiente = eslabon("2023.1", "304", "Participar en eventos públicos para oír a vecinos", "Evento", "18/18/18/18")
    otros = [*obras("2021.1", "7", "3.2"), *obras("2022.1", "1", "3.2"), *obras("2023.1", "1", "302")]
    halladas = pares(sugerir([previo, *TANDAS, siguiente, *otros]))
    assert ("2021.1 7.4", "2022.1 4.4") in halladas
    assert ("2021.1 7.4", "2022.1 10.1") not in halladas
    assert ("2022.1 10.1", "2023.1 304") in halladas
    assert ("2022.1 4.4", "2023.1 304") not in halladas


def test_un_plan_corriente_no_tiene_tandas():
    anual = eslabon("2024.1", "4.1", "Elaborar el presupuesto de egresos", "Proyecto", "0/0/0/1")
    plan = [*obras("2024.1", "3", "3.2"), anual]
    assert paso_de_tandas(plan) is None
    assert sugerir(plan) == []


def test_el_plan_de_laminas_sigue_en_los_informes_que_lo_numeran_de_otro_modo():
    laminas = [replace(e, corte="2024T0") for e in obras("2024.1", "3", "3.2")]
    halladas = pares(sugerir([*laminas, *obras("2024.1", "3", "302")]))
    assert set(halladas) == {(f"2024.1 3.{n}", f"2024.1 3{n}") for n in (15, 16, 17, 18)}
    assert {s.relacion for s in halladas.values()} == {"misma"}


def test_lo_que_falta_un_anio_y_vuelve_igual_se_enlaza_diciendolo():
    texto = "Restaurar el kiosco y las fuentes de la plaza"
    antes = eslabon("2023.1", "3.1", texto, "Fuente", "2/3/2/4")
    despues = eslabon("2025.1", "3.1", texto, "Fuente", "2/3/2/4")
    planes = [*obras("2023.1", "3", "3.2"), *obras("2024.1", "3", "3.2"), *obras("2025.1", "3", "3.2")]
    sugerencia = pares(sugerir([antes, *planes, despues]))["2023.1 3.1", "2025.1 3.1"]
    assert sugerencia.razones.endswith("no aparece en los planes intermedios")


def test_nada_cruza_de_dependencia_salvo_los_afines_cuando_se_piden():
    antes = obras("2024.1", "3", "3.2")
    despues = [
        replace(e, dependencia="vialidad", id=e.id.replace("obras", "vialidad")) for e in obras("2025.1", "3", "3.2")
    ]
    assert sugerir([*antes, *despues]) == []
    afines = sugerir_afines([*antes, *despues])
    assert {s.relacion for s in afines} == {"afin"} and len(afines) == 4
    assert all(s.razones.startswith("otra dependencia, propósito semejante") for s in afines)


def test_un_par_rechazado_no_se_propone_ni_le_deja_su_lugar_a_cualquiera():
    eslabones = [*obras("2024.1", "3", "3.2"), *obras("2025.1", "3", "3.2")]
    rechazado = ("2024.1/obras/3/3.15", "2025.1/obras/3/3.15")
    halladas = sugerir(eslabones, frozenset({rechazado}))
    assert len(halladas) == 3
    assert not {rechazado[0], rechazado[1]} & {punta for s in halladas for punta in (s.origen, s.destino)}


def test_el_puntaje_va_de_cero_a_uno_y_ordena_lo_claro_sobre_lo_dudoso():
    inventor = inventar(7, reescritura=1.0, danio=0.3, cambios=0.5, pasos=3)
    sugerencias = sugerir(inventor.eslabones)
    assert all(0.5 < s.puntaje <= 1 for s in sugerencias)
    igual = [s.puntaje for s in sugerencias if s.razones.startswith("mismo texto;")]
    parecido = [s.puntaje for s in sugerencias if s.razones.startswith("texto parecido")]
    assert sum(igual) / len(igual) > sum(parecido) / len(parecido)


# ---------------------------------------------------------------- las piezas


def test_la_raiz_junta_el_verbo_con_su_sustantivo_y_el_singular_con_el_plural():
    assert raices("Elaboración de reportes comunitarios") == raices("Elaborar reporte comunitario")


def test_lo_que_se_repite_en_todo_el_plan_pesa_menos_que_lo_propio():
    textos = [[f"Atender a la comunidad con {cosa}"] for cosa in ("bibliotecas", "ambulancias", "semáforos")]
    parecido, _ = comparar_textos(textos, textos)
    assert parecido[0, 0] == pytest.approx(1)
    assert parecido[0, 1] < 0.4


def test_la_asignacion_busca_el_mejor_reparto_y_no_el_mejor_de_cada_uno():
    assert asignar(np.array([[5.0, 4.0], [4.5, -1.0]])) == {0: 1, 1: 0}
    assert asignar(np.array([[-1.0, -2.0]])) == {}


def test_las_cifras_grandes_y_disparejas_prueban_mas_que_los_unos():
    assert informacion([1105, 846, 718, 878]) > 4 * informacion([1, 1, 1, 1])
    assert informacion([100, 100, 100, 100]) < informacion([103, 103, 103, 103])
