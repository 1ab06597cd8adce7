"""Lo que se dice de un hilo y cómo se marca lo que cambió de una redacción a otra, sobre hilos hechos a mano."""

import pytest

from poa import formato
from poa.mensajes import hilo as partes
from poa.mensajes import redaccion, relato, seguir
from tests.hilos_hechos import (
    CUATRO,
    PLAN,
    SOLO_PLAN,
    Hecho,
    afin,
    dividido,
    fusionado,
    otra_unidad,
    unido,
)

ANIOS = dict.fromkeys((2018, 2022, 2023, 2024, 2025), {"presidencia", "dif", "bisom", "imjum"})
NOMBRE = "Apoyos a jóvenes:"


def llano(texto: str) -> str:
    return texto.replace(formato.ESPACIO, " ").replace(formato.UNION, "")


def mensaje(hecho: Hecho) -> str:
    return llano(seguir.mensaje(hecho.hilo(), hecho.hilo().faltan(ANIOS)))


def parrafo(hecho: Hecho) -> str:
    return llano(relato.parrafo(hecho.hilo(), hecho.hilo().faltan(ANIOS)))


def un_solo(**cambios) -> Hecho:
    return Hecho(None).eslabon("2018.1/presidencia/6/6.4", CUATRO, **cambios)


def dos_planes() -> Hecho:
    hecho = Hecho().eslabon("2025.1/bisom/300/303", [(9, 9), (9, 9)], planes_del_anio=2)
    hecho.eslabon("2025.2/bisom/300/303", [(None, None), (None, None), (5, 5), (5, 4)], planes_del_anio=2)
    return hecho.enlace("2025.1/bisom/300/303", "2025.2/bisom/300/303", "misma")


def sugerido() -> Hecho:
    hecho = Hecho().eslabon("2023.1/dif/3/304", CUATRO).eslabon("2024.1/dif/3/3.4", PLAN, **SOLO_PLAN)
    return hecho.enlace("2023.1/dif/3/304", "2024.1/dif/3/3.4", "misma", "sugerido")


@pytest.mark.parametrize(
    ("hecho", "dicho"),
    [
        (
            un_solo(),
            "La acción 6.4, «Entregar apoyos a jóvenes», solo aparece en el POA 2018 de Presidencia; no se le halló "
            "contraparte en otro plan",
        ),
        (
            Hecho("Becas").eslabon("2024.1/dif/3/3.4", PLAN, **SOLO_PLAN),
            "Becas: solo aparece en el plan de 2024 de DIF; no se le halló contraparte en otro plan",
        ),
        (
            Hecho("Becas").eslabon("2025.2/bisom/300/312", CUATRO, planes_del_anio=2),
            "Becas: solo aparece en el segundo plan de 2025 de BISOM; no se le halló contraparte en otro plan",
        ),
        (
            unido(),
            f"{NOMBRE} se puede comparar 2018 (solo T1) con 2022 en Presidencia; no con 2019–2021, que no tienen "
            "documento",
        ),
        (dos_planes(), f"{NOMBRE} se puede comparar un plan de 2025 con el otro en BISOM"),
        (dividido(), f"{NOMBRE} no se puede comparar de un plan a otro porque se divide"),
        (fusionado(), f"{NOMBRE} no se puede comparar de una parte del año a otra porque se fusiona"),
        (
            otra_unidad(),
            f"{NOMBRE} no se puede comparar de un año a otro porque cambia de unidad, de apoyo a taller",
        ),
        (
            afin(),
            f"{NOMBRE} no se puede comparar de un año a otro porque son dependencias distintas (Presidencia en 2022 y "
            "DIF en 2024) con un propósito semejante",
        ),
        (sugerido(), f"{NOMBRE} no se puede comparar de un año a otro porque hay enlaces sin confirmar"),
    ],
)
def test_el_mensaje_dice_que_se_puede_comparar_y_que_no(hecho, dicho):
    assert mensaje(hecho) == dicho


def test_lo_que_se_une_y_lo_que_se_corta_van_en_la_misma_frase():
    hecho = dos_planes().eslabon("2024.1/imjum/5/5.3", PLAN, "JOVEN", **SOLO_PLAN)
    hecho.enlace("2025.1/bisom/300/303", "2024.1/imjum/5/5.3", "afin")
    assert mensaje(hecho) == f"{NOMBRE} se puede comparar un plan de 2025 con el otro en BISOM; no entre dependencias"
    hecho = unido().eslabon("2025.1/presidencia/1/1.1", CUATRO, "TALLER")
    hecho.enlace("2022.1/presidencia/4/4.3", "2025.1/presidencia/1/1.1", "cambia_unidad")
    assert mensaje(hecho) == (
        f"{NOMBRE} se puede comparar 2018 (solo T1) con 2022 en Presidencia; no 2022 con 2025, que cambia de unidad, "
        "ni con 2019–2021, que no tienen documento"
    )


def test_de_un_anio_a_medias_se_dice_que_parte_se_compara():
    hecho = fusionado().eslabon("2018.1/presidencia/2/2.4", CUATRO)
    hecho.enlace("2018.1/presidencia/2/2.4", "2022.1/presidencia/4/4.3", "misma")
    hecho.eslabones.sort(key=lambda e: e["ejercicio"])
    assert mensaje(hecho).startswith(
        f"{NOMBRE} se puede comparar 2018 con ene–mar de 2022 en Presidencia; no con abr–dic de 2022, que reúne dos "
        "acciones, ni con 2019–2021"
    )
    hecho = Hecho().eslabon("2024.1/bisom/3/3.3", PLAN, **SOLO_PLAN)
    hecho.eslabon("2025.1/bisom/300/303", CUATRO, planes_del_anio=2)
    hecho.enlace("2024.1/bisom/3/3.3", "2025.1/bisom/300/303", "misma")
    assert mensaje(hecho) == f"{NOMBRE} se puede comparar 2024 (solo plan) con el primer plan de 2025 en BISOM"


def test_un_mensaje_nunca_pasa_de_lo_que_cabe():
    hecho = Hecho("Apoyos de todas clases a las personas que viven en situación de vulnerabilidad social y económica")
    for dependencia in ("presidencia", "dif", "bisom", "imjum"):
        viejo, nuevo = f"2018.1/{dependencia}/1/1.1", f"2022.1/{dependencia}/1/1.1"
        hecho.eslabon(viejo, CUATRO).eslabon(nuevo, CUATRO).enlace(viejo, nuevo, "misma")
    hecho.enlace("2018.1/presidencia/1/1.1", "2022.1/dif/1/1.1", "afin")
    hilo = hecho.hilo()
    assert len(seguir.mensaje(hilo, hilo.faltan(ANIOS))) <= seguir.LARGO_MENSAJE
    assert len(seguir.figura(hilo)) <= seguir.LARGO_FIGURA
    assert not seguir.mensaje(hilo, hilo.faltan(ANIOS)).endswith((".", "…"))


@pytest.mark.parametrize(
    ("hecho", "dicho"),
    [
        (un_solo(), "Presidencia (unidad: apoyo) alcanzó 40 de 40 en 2018 (100 %)."),
        (
            unido(),
            "Presidencia (unidad: apoyo) alcanzó 80 de 40 en ene–mar de 2018 (200 %) y 40 de 40 en 2022 (100 %). De "
            "2018 solo hay ene–mar y de 2019–2021 no hay documento.",
        ),
        (
            dividido(),
            "BISOM (unidad: apoyo) alcanzó 18 de 18 en ene–jun de 2025 (100 %) y 9 de 10 en jul–dic de 2025 (90 %). "
            "En el segundo plan de 2025, la 303 se divide en 2 (la 303 y la 311).",
        ),
        (
            fusionado(),
            "Presidencia (unidad: apoyo) alcanzó 8 de 10 en ene–mar de 2022 (80 %) y 42 de 45 en abr–dic de 2022 "
            "(93.3 %). En abr–dic de 2022, la 4.3 y la 4.5 se reúnen en la 10.3.",
        ),
        (
            otra_unidad(),
            "Presidencia (unidad: apoyo) alcanzó 40 de 40 en 2018 (100 %); después (unidad: taller) alcanzó 40 de 40 "
            "en 2022 (100 %). En 2022 cambia la unidad: de apoyo a taller. De 2019–2021 no hay documento.",
        ),
        (
            afin(),
            "Presidencia (unidad: apoyo) alcanzó 40 de 40 en 2022 (100 %). DIF (unidad: taller) programó 40 en 2024. "
            "Presidencia y DIF persiguen algo semejante, pero son dependencias distintas: se ven juntas y no se suman. "
            "De 2024 solo hay plan y en 2023 no aparece.",
        ),
        (
            sugerido(),
            "DIF (unidad: apoyo) alcanzó 40 de 40 en 2023 (100 %) y programó 40 en 2024. 1 enlace es una sugerencia "
            "sin confirmar: no se une. De 2024 solo hay plan.",
        ),
    ],
)
def test_el_parrafo_cuenta_que_paso_con_sus_cifras(hecho, dicho):
    assert parrafo(hecho) == dicho


@pytest.mark.parametrize(
    ("trimestres", "cambios", "dicho"),
    [
        ([(0, 0)] * 4, {}, "Presidencia (unidad: apoyo) no programó nada en 2018."),
        ([(0, 3), (0, 0)], {}, "Presidencia (unidad: apoyo) alcanzó 3 sin haberlo programado en 2018."),
        (
            [(5, None)] * 4,
            {"estados": dict.fromkeys((1, 2, 3, 4), "Sin reporte")},
            "Presidencia (unidad: apoyo) no reportó lo programado en 2018.",
        ),
        (
            [(5, 5), (5, 5), (5, None), (5, None)],
            {"estados": {3: "Sin reporte", 4: "Sin reporte"}},
            "Presidencia (unidad: apoyo) alcanzó 10 de 10 en 2018 (100 %, sin reporte de jul–dic).",
        ),
        (CUATRO, {"unidad": None}, "Presidencia alcanzó 40 de 40 en 2018 (100 %)."),
        (
            CUATRO,
            {"certeza": "ambiguo"},
            "Presidencia (unidad: apoyo) alcanzó 40 de 40 en 2018 (100 %). Tiene alguna cifra con dos lecturas.",
        ),
    ],
)
def test_un_blanco_no_es_un_cero_ni_lo_no_programado_un_incumplimiento(trimestres, cambios, dicho):
    assert parrafo(Hecho().eslabon("2018.1/presidencia/6/6.4", trimestres, **cambios)) == dicho


def test_las_dudas_se_cuentan_en_singular_y_en_plural():
    hecho = unido()
    hecho.eslabones[0]["certeza"] = "reconstruido"
    assert parrafo(hecho).endswith("De 2 compromisos, 1 tiene alguna cifra reconstruida.")
    hecho.eslabones[1]["certeza"] = "ambiguo"
    assert parrafo(hecho).endswith("Los 2 tienen alguna cifra reconstruida o con dos lecturas.")


def test_hasta_donde_llega_un_hilo():
    assert llano(seguir.alcance(unido().eslabones)) == "2018–2022"
    assert seguir.alcance(dividido().eslabones) == "solo los planes de 2025"
    assert seguir.alcance(fusionado().eslabones) == "solo 2022, en 3 compromisos"
    assert seguir.alcance(un_solo().eslabones) == "sin contraparte en otros años"


def test_las_familias_solo_las_separa_lo_afin_y_el_camino_sigue_la_unidad():
    hilo = (
        dividido().eslabon("2024.1/dif/3/3.4", PLAN).enlace("2024.1/dif/3/3.4", "2025.1/bisom/300/303", "afin").hilo()
    )
    assert [[e["clave"] for e in familia] for familia in hilo.familias] == [["303", "303", "311"], ["3.4"]]
    assert [e["unidad_medida"] for e in hilo.camino(hilo.familias[0])] == ["APOYO", "APOYO"]


def test_los_anios_seguidos_se_dicen_como_lapso():
    assert llano(partes.anios([2021, 2019, 2020, 2023])) == "2019–2021 y 2023"
    assert partes.anios([2018]) == "2018" and partes.anios([]) == ""


def test_la_busqueda_sin_resultados_dice_que_se_busco():
    assert seguir.nada("drones", "", "") == "Ningún compromiso habla de «drones»"
    assert seguir.nada("drones", "BISOM", "Apoyo") == (
        "Ningún compromiso de BISOM con la unidad «Apoyo» habla de «drones»"
    )
    assert seguir.nada("", "DIF", "Apoyo") == "Ningún compromiso de DIF con la unidad «Apoyo» está en la base"
    assert len(seguir.nada("x" * 300, "", "")) < 100


def test_el_titulo_de_la_lista():
    assert seguir.resultados(180, 40, hay_busqueda=False) == "Los 40 que llegan más lejos, de 180"
    assert seguir.resultados(12, 12, hay_busqueda=False) == "Los que llegan más lejos"
    assert llano(seguir.resultados(3, 3, True, es_parcial=True)) == (
        "Ninguno con todas las palabras; 3 resultados con parte"
    )
    assert llano(seguir.resultados(1, 1, hay_busqueda=True)) == "1 resultado"
    assert llano(seguir.resultados(75, 40, hay_busqueda=True)) == "75 resultados; se muestran 40"
    assert seguir.resultados(0, 0, hay_busqueda=True) == "Sin resultados"


# ---------------------------------------------------------------- palabra por palabra


def marcado(antes: object, despues: object) -> str:
    signos = {redaccion.IGUAL: "", redaccion.QUITA: "-", redaccion.PONE: "+"}
    return " ".join(
        f"[{signos[t.que]}{t.texto}]" if signos[t.que] else t.texto for t in redaccion.cotejar(antes, despues)
    )


@pytest.mark.parametrize(
    ("antes", "despues", "dicho"),
    [
        ("SEGUIMIENTO AL GASTO", "Seguimiento al gasto.", "Seguimiento al gasto."),
        ("ATENCION MEDICA ,  GRATUITA", "Atención médica, gratuita", "Atención médica, gratuita"),
        ("Atender a personas", "Ayudar a personas", "[-Atender] [+Ayudar] a personas"),
        ("Entregar apoyos", "Entregar apoyos económicos", "Entregar apoyos [+económicos]"),
        ("Entregar apoyos económicos", "Entregar apoyos", "Entregar apoyos [-económicos]"),
        (
            "Cuidar el parque de la ciudad",
            "Cuidar jardines de escuelas",
            "Cuidar [-el parque de la ciudad] [+jardines de escuelas]",
        ),
        (None, "Entregar apoyos", "[+Entregar apoyos]"),
        ("Entregar apoyos", float("nan"), "[-Entregar apoyos]"),
        ("", None, ""),
        ("— . —", "Entregar", "[+Entregar]"),
    ],
)
def test_los_cambios_se_marcan_palabra_por_palabra(antes, despues, dicho):
    assert marcado(antes, despues) == dicho


def test_el_parecido_cuenta_las_palabras_que_siguen():
    def parecido(antes: str, despues: str) -> float:
        return redaccion.parecido(redaccion.cotejar(antes, despues))

    assert parecido("uno dos", "Uno dos.") == 1 and parecido("uno", "dos") == 0
    assert parecido("uno dos tres", "uno dos cuatro") == pytest.approx(4 / 6)
    assert parecido("", "") == 1
    assert redaccion.es_igual(redaccion.cotejar("uno dos", "UNO DOS."))


def test_un_anio_de_en_medio_falta_por_una_de_tres_razones():
    hilo = afin().hilo()  # Presidencia en 2022 y DIF en 2024
    assert hilo.faltan({2022: {"presidencia"}, 2024: {"dif"}}) == {2023: "sin documento"}
    assert hilo.faltan({2022: {"presidencia"}, 2023: {"bisom"}, 2024: {"dif"}}) == {2023: "sin documento suyo"}
    assert hilo.faltan({2022: {"presidencia"}, 2023: {"dif"}, 2024: {"dif"}}) == {2023: "no aparece"}


def test_un_blanco_no_es_un_cero_programado():
    nada = [(None, None), (None, None)]
    cero = [(0, 0), (0, 0)]
    estados = {1: "Sin programación", 2: "Sin programación"}
    primero = Hecho().eslabon("2025.1/bisom/200/204", nada, planes_del_anio=2, estados=estados, meta_anual=2.0)
    assert "no imprime su programado por trimestre en ene–jun de 2025" in parrafo(primero)
    primero = Hecho().eslabon("2025.1/bisom/300/308", cero, planes_del_anio=2, estados=estados, meta_anual=200.0)
    assert "no programó nada en ene–jun de 2025" in parrafo(primero)
    primero = Hecho().eslabon("2022.1/presidencia/1/1", nada, estados=estados, meta_anual=float("nan"))
    assert "no imprime cifras en 2022" in parrafo(primero)


def test_donde_no_hay_otro_plan_no_se_dice_que_falta_su_contraparte():
    hecho = Hecho(None).eslabon("2024.1/imjum/4/4.1", PLAN, planes_de_dependencia=1, **SOLO_PLAN)
    assert mensaje(hecho).endswith("de IMJUM no hay otro plan con que compararla")
    assert seguir.alcance(hecho.eslabones) == "de IMJUM solo hay este plan"


def test_sin_unidad_impresa_no_se_dice_que_cambia_a_ninguna():
    hecho = Hecho().eslabon("2018.1/presidencia/1/1", CUATRO).eslabon("2022.1/presidencia/1/1", CUATRO, unidad=None)
    hecho.enlace("2018.1/presidencia/1/1", "2022.1/presidencia/1/1", "cambia_unidad")
    assert mensaje(hecho) == f"{NOMBRE} no se puede comparar de un año a otro porque no siempre imprime su unidad"
    assert "En 2022 no se imprime la unidad: no hay con qué unirla." in parrafo(hecho)


def test_muchos_anios_seguidos_se_dicen_de_uno_a_otro():
    hecho = Hecho()
    for anio in range(2016, 2026):
        hecho.eslabon(f"{anio}.1/bisom/3/3.1", CUATRO)
    for anio in range(2016, 2025):
        hecho.enlace(f"{anio}.1/bisom/3/3.1", f"{anio + 1}.1/bisom/3/3.1", "misma")
    assert mensaje(hecho) == f"{NOMBRE} se puede comparar 2016–2025 en BISOM"
