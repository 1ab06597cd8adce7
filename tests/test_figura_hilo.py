"""La figura de un hilo, por su resumen: carriles, cortes y razones, huecos, planes sustituidos y el caso vacío."""

import re

import pandas as pd

from poa import formato, tema
from poa.figuras import hilo, hilo_porcentaje, lienzo

PIE = "Fuente: POA 2018 · Umbrales: CONEVAL 90–110 %"
SIN = (None, None, None, None)
RIGE, PRIMERA_MITAD, SEGUNDA_MITAD = (1, 1, 1, 1), (1, 1, 0, 0), (0, 0, 1, 1)
PMD = {2018: ("2017-2019", "XXII Ayuntamiento"), 2025: ("2025-2027", "XXV Ayuntamiento")}


def eslabon(anio, clave, tramo=None, plan=1, dependencia="DIF", unidad="APOYO", corte="T4", **otros):
    pmd, ayuntamiento = PMD.get(anio, ("2022-2024", "XXIV Ayuntamiento"))
    nombre = f"{anio}.{plan}/{dependencia.lower()}/{clave}"
    return {
        "eslabon": nombre, "tramo": tramo or nombre, "ejercicio": anio, "plan": plan, "clave": clave,
        "dependencia": dependencia.lower(), "dependencia_corta": dependencia, "nivel": "accion",
        "descripcion": "ENTREGAR APOYOS", "unidad_medida": unidad, "unidad_comparable": (unidad or "").lower(),
        "es_solo_plan": corte == "T0", "es_incompleto": corte not in ("T0", "T4"), "corte": f"{anio}{corte}",
        "pmd": pmd, "ayuntamiento": ayuntamiento, "compromiso_id": f"papel/{nombre}", **otros,
    }  # fmt: skip


def estado(p, a, rige, exigible):
    if not rige:
        return None
    if not exigible:
        return "Aún no exigible"
    if not p:
        return "Avance no programado" if a else "Sin programación"
    if a is None:
        return "Sin reporte"
    pct = 100 * a / p
    return next(e for e, n in (("Sin avance", 0), ("Crítico", 70), ("En riesgo", 89.9), ("Cumple", 110),
                               ("Sobrecumple", 150), ("Meta subestimada", 1e9)) if pct <= n)  # fmt: skip


def trimestres(suyo, programado, alcanzado=SIN, rige=RIGE):
    llega = int(suyo["corte"][-1])
    for t, (p, a, v) in enumerate(zip(programado, alcanzado, rige, strict=True), start=1):
        exigible = bool(v) and t <= llega
        yield {
            "eslabon": suyo["eslabon"], "tramo": suyo["tramo"], "ejercicio": suyo["ejercicio"], "trimestre": t,
            "programado": p, "alcanzado": a, "en_vigor": bool(v), "es_exigible": exigible,
            "cumplimiento_pct": 100 * a / p if v and p and a is not None else None,
            "estado": estado(p, a, v, exigible), "compromiso_id": suyo["compromiso_id"],
        }  # fmt: skip


def enlace(origen, destino, relacion="misma", procedencia="confirmado"):
    return {
        "origen": origen["eslabon"], "destino": destino["eslabon"], "relacion": relacion, "procedencia": procedencia,
        "misma_unidad": origen["unidad_comparable"] == destino["unidad_comparable"],
        "cambia_dependencia": origen["dependencia"] != destino["dependencia"],
        "cambia_pmd": origen["pmd"] != destino["pmd"],
        "unidad_origen": origen["unidad_medida"], "unidad_destino": destino["unidad_medida"],
    }  # fmt: skip


def dibujar(cifras, *enlaces, **otros):
    """La figura de unos eslabones, cada uno con lo que da `trimestres`: (eslabón, programado, alcanzado, rige)."""
    eslabones = pd.DataFrame([c[0] for c in cifras])
    filas = pd.DataFrame([fila for c in cifras for fila in trimestres(*c)])
    filas = filas.astype({"programado": float, "alcanzado": float, "cumplimiento_pct": float})
    uniones = pd.DataFrame(list(enlaces), columns=list(enlace(cifras[0][0], cifras[0][0])))
    return hilo.seguimiento(eslabones, filas, uniones, "Mensaje", PIE, **otros)


def textos(figura, nombre):
    return [
        formato.texto(re.sub(r"<[^>]+>", " ", a.text).replace(formato.ESPACIO, " "))
        for a in figura.layout.annotations
        if a.name == nombre
    ]


def formas(figura, nombre):
    return [(round(f.x0), round(f.x1)) for f in figura.layout.shapes if f.name == nombre]


def lugares(figura, nombre):
    """Dónde empieza (o se centra) cada texto, en px del dibujo."""
    return [a.x for a in figura.layout.annotations if a.name == nombre]


def trazas(figura, nombre):
    return [t for t in figura.data if t.name == nombre]


def hueco(figura):
    (unico,) = formas(figura, "hueco")
    return unico


def test_un_tramo_sigue_en_su_carril_pero_ninguna_linea_cruza_los_anios_que_faltan():
    antes, despues = eslabon(2018, "2.4", "a", corte="T1"), eslabon(2022, "4.3", "a")
    figura = dibujar(
        [(antes, (10, 10, 10, 10), (9, None, None, None)), (despues, (20, 20, 20, 40), (20, 20, 10, 40))],
        enlace(antes, despues, "reformulada"),
        faltan=dict.fromkeys((2019, 2020, 2021), "sin documento"),
    )
    assert textos(figura, "carril") == ["DIF 2.4 → 4.3 apoyo, máx. 40"]
    assert textos(figura, "hueco") == ["2019–2021 sin documento"]
    desde, hasta = hueco(figura)
    lineas = formas(figura, "línea")
    assert len(lineas) == 2 and all(b <= desde or a >= hasta for a, b in lineas)
    assert figura.layout.shapes[-1].name == "hueco"  # tapa las líneas de la escala, la banda y los carriles
    assert all(f.x1 <= desde or f.x0 >= hasta for f in figura.layout.shapes if f.layer == "above")
    (unida,) = trazas(figura, "Línea")
    assert min(unida.x) > hasta and list(unida.y) == [100, 100, 50, 100]
    assert formas(figura, "corte") == []
    assert textos(figura, "año") == ["2018 solo T1", "2022"]
    assert textos(figura, "banda municipal") == [
        "XXII Ayuntamiento · PMD 2017–2019",
        "XXIV Ayuntamiento · PMD 2022–2024",
    ]
    assert textos(figura, "razón") == ["nuevo plan municipal"]
    assert lienzo.mensaje(figura) == "Mensaje"


def test_de_un_anio_que_falta_no_se_dice_que_no_hay_documento_si_no_se_sabe():
    antes, despues = eslabon(2022, "1", "a"), eslabon(2025, "1", "a")
    cifras = [(antes, (1, 1, 1, 1), (1, 1, 1, 1)), (despues, (1, 1, 1, 1), (1, 1, 1, 1))]
    assert textos(dibujar(cifras, enlace(antes, despues)), "hueco") == ["2023–2024 no aparece"]
    sabido = dibujar(cifras, enlace(antes, despues), faltan={2023: "no aparece", 2024: "sin documento"})
    assert textos(sabido, "hueco") == ["2023 no aparece", "2024 sin documento"]


def test_las_cantidades_plan_en_contorno_y_avance_en_solido_abren_su_tarjeta():
    papel = eslabon(2024, "3.9", "a", corte="T0")
    nuevo = eslabon(2025, "309", "a")
    figura = dibujar([(papel, (10, 10, 0, None)), (nuevo, (10, 20, 5, 5), (10, 5, 5, 5))], enlace(papel, nuevo))
    (plan,), (hecho,) = trazas(figura, "Programado"), trazas(figura, "Alcanzado")
    assert plan.marker.color == tema.PAPEL and hecho.marker.color == tema.TINTA
    assert len(plan.x) == 7  # el cero impreso se dibuja al ras; lo que está en blanco, no
    assert [round(y / min(plan.y), 2) for y in plan.y] == [0.5, 0.5, 0, 0.5, 1, 0.25, 0.25]
    assert list(dict.fromkeys(plan.customdata)) == [papel["compromiso_id"], nuevo["compromiso_id"]]
    assert "el documento no llega a su avance" in plan.hovertext[0].replace("<br>", " ")
    assert "2024 solo plan" in textos(figura, "año")
    (linea,) = formas(figura, "línea")  # de 2024 a 2025, sin corte
    assert linea[1] - linea[0] > 400
    assert textos(figura, "cifras") == ["10", "10", "0", "—", "10 de 10", "5 de 20", "5 de 5", "5 de 5"]


def test_una_division_corta_la_linea_y_abre_otro_carril_con_sus_razones():
    papel, primero = eslabon(2024, "3.3", "a", corte="T0"), eslabon(2025, "303", "a")
    sigue = eslabon(2025, "303", plan=2)
    aparte = eslabon(2025, "311", plan=2, unidad="CAPACITACIÓN")
    figura = dibujar(
        [(papel, (13, 13, 13, 13)), (primero, (9, 9, 9, 9), (9, 9, None, None), PRIMERA_MITAD),
         (sigue, (None, None, 5, 5), (None, None, 5, 4), SEGUNDA_MITAD),
         (aparte, (None, None, 4, 4), (None, None, 4, 4), SEGUNDA_MITAD)],
        enlace(papel, primero), enlace(primero, sigue, "dividida"), enlace(primero, aparte, "dividida"),
    )  # fmt: skip
    assert textos(figura, "carril") == ["DIF 3.3 → 303 apoyo, máx. 13",
                                        "DIF 311 capacitación, máx. 4"]  # fmt: skip
    # la de la 311 cabría más larga a su izquierda, donde sería de otro plan
    assert textos(figura, "razón") == ["dividido en 2", "cambia de unidad", "nuevo PMD"]
    propio, al_otro = formas(figura, "corte")
    assert propio == al_otro  # la raya baja del carril que se divide al que sale de él
    x = propio[0]
    assert all(r > x for r in lugares(figura, "razón")[:2])
    assert all(b <= x or a >= x for a, b in formas(figura, "línea"))
    lineas = trazas(figura, "Línea")
    assert len(lineas) == 3 and all(max(t.x) < x or min(t.x) > x for t in lineas)
    (punteada,) = trazas(figura, "Plan sustituido")
    assert punteada.line.dash == "dot" and len([v for v in punteada.x if v is None]) == 2
    assert all(v is None or v > x for v in punteada.x)
    assert "otro plan lo sustituyó" in punteada.hovertext[0].replace("<br>", " ")
    assert "Plan sustituido" in textos(figura, "clave")
    assert textos(figura, "de quién") == ["DIF 303 y 311"]


def test_una_fusion_junta_carriles_y_lo_que_acaba_no_sigue_en_ceros():
    uno, otro, junto = eslabon(2022, "4.3"), eslabon(2022, "4.5"), eslabon(2022, "10.3")
    figura = dibujar(
        [(uno, (19, 0, 0, 0), (14, 0, 0, 0)), (otro, (6, 0, 0, 0), (2, 0, 0, 0)), (junto, (0, 9, 9, 9), (0, 8, 9, 7))],
        enlace(uno, junto, "fusionada"),
        enlace(otro, junto, "fusionada"),
    )
    assert textos(figura, "carril") == ["DIF 4.3 → 10.3 apoyo, máx. 19", "DIF 4.5 apoyo, máx. 6"]
    assert textos(figura, "razón") == ["fusión de 2"]
    assert textos(figura, "cifras") == ["14 de 19", "8 de 9", "9 de 9", "7 de 9", "2 de 6"]
    assert len(formas(figura, "corte")) == 2


def test_al_cambiar_la_unidad_la_escala_es_otra_y_se_dice():
    antes, despues = eslabon(2022, "4", unidad="PETICIÓN"), eslabon(2022, "10", unidad="PORCENTAJE")
    cifras = [(antes, (3000, 0, 0, 0), (2000, 0, 0, 0)), (despues, (0, 100, 80, 80), (0, 100, 80, 80))]
    figura = dibujar(cifras, enlace(antes, despues, "cambia_unidad"))
    assert textos(figura, "carril") == ["DIF 4 → 10 petición, máx. 3,000"]
    assert textos(figura, "razón") == ["cambia de unidad: petición → porcentaje (máx. 100)"]
    assert lugares(figura, "razón")[0] > formas(figura, "corte")[0][0]
    (plan,) = trazas(figura, "Programado")
    assert plan.y[0] == plan.y[1] == min(plan.y)  # 3,000 peticiones y 100 por ciento, cada cual en su escala


def test_lo_afin_va_en_su_carril_con_linea_cortada_y_nunca_se_une():
    propio, ajeno = eslabon(2022, "1.1", dependencia="Presidencia"), eslabon(2023, "201", corte="T3")
    cifras = [(propio, (4, 4, 4, 4), (4, 4, 4, 4)), (ajeno, (13, 13, 13, 13), (13, 10, 13, None))]
    figura = dibujar(cifras, enlace(propio, ajeno, "afin"))
    assert textos(figura, "carril") == ["Presidencia 1.1 apoyo, máx. 4", "DIF 201 apoyo, máx. 13"]
    assert textos(figura, "razón") == ["afín: otra dependencia"] and formas(figura, "corte") == []
    (seguida,), (cortada,) = trazas(figura, "Línea"), trazas(figura, "Afín")
    assert seguida.line.dash == "solid" or seguida.line.dash is None
    assert cortada.line.dash == "4px,3px" and max(seguida.x) < min(cortada.x)
    assert textos(figura, "de quién") == ["Presidencia", "afín: DIF"]
    assert textos(figura, "año") == ["2022", "2023 T1–T3"]
    assert textos(figura, "pie")[0].startswith("Afín: otra dependencia, propósito semejante.")


def test_un_enlace_sin_confirmar_corta_la_linea_y_lo_dice():
    antes, despues = eslabon(2026, "1", unidad=None), eslabon(2027, "1", unidad=None)
    figura = dibujar(
        [(antes, (3, 3, 3, 3), (3, 3, 3, 3)), (despues, (3, 3, 3, 3), (3, 3, 3, 3))],
        enlace(antes, despues, procedencia="sugerido"),
    )
    assert textos(figura, "carril") == ["DIF 1 sin unidad impresa, máx. 3"]
    assert textos(figura, "razón") == ["sin confirmar"] and len(formas(figura, "corte")) == 1
    assert len(trazas(figura, "Línea")) == 2


def test_lo_que_pasa_de_250_se_corta_con_su_cifra_verdadera():
    figura = dibujar([(eslabon(2022, "1"), (1, 10, 10, 10), (1000, 10, 25, 30))])
    (puntos,) = trazas(figura, "▲▲ Meta subestimada")
    assert list(puntos.y) == [250, 250, 250, 250, 250, 250]  # de dos en dos, como su icono
    assert textos(figura, "cortado") == ["↑ 100,000 %", "↑ 300 %"]
    assert textos(figura, "porcentaje") == ["100 %", "250 %"]


def test_lo_que_no_tiene_razon_lleva_su_trama_y_no_un_cero():
    figura = dibujar([(eslabon(2022, "1"), (5, 0, 5, 0), (None, 3, 5, 0))])
    (sin,), (sin_plan,) = trazas(figura, "Sin reporte"), trazas(figura, "Avance no programado")
    assert sin.marker.pattern.shape and sin_plan.marker.pattern.shape
    assert [list(t.y) for t in figura.data if t.yaxis == "y2"] == [[100]]
    assert {"Sin reporte", "Avance no programado", "Cumple", "Banda 90–110 %"} <= set(textos(figura, "palabra"))


def test_no_dibuja_mas_de_cuatro_carriles_y_dice_cuantos_faltan():
    padre = eslabon(2022, "1")
    hijos = [eslabon(2023, str(n)) for n in range(2, 8)]
    figura = dibujar(
        [(padre, (1, 1, 1, 1), (1, 1, 1, 1)), *((h, (1, 1, n, 0), (1, 1, n, 0)) for n, h in enumerate(hijos))],
        *(enlace(padre, h, "dividida") for h in hijos),
    )
    assert len(textos(figura, "carril")) == 4 and "dividido en 6" in textos(figura, "razón")
    assert textos(figura, "pie")[0].startswith("Y 2 líneas más, en la tabla. Fuente")


def test_los_textos_caben_y_miden_al_menos_catorce():
    tramo = [eslabon(2018 + n, f"{n}.10", "a", dependencia="Servicios Médicos", unidad="PORCENTAJE DE SOLICITUDES " * 3,
                     corte=f"T{n % 5}") for n in range(12)]  # fmt: skip
    cifras = [(e, (10, 20, 30, 1e9), (1, 50, 30, 5)) for e in tramo]
    figura = dibujar(cifras, *(enlace(a, b) for a, b in zip(tramo, tramo[1:], strict=False)))
    assert textos(figura, "trimestre") == []  # «T1» no cabe en doce años
    assert "T1" in textos(figura, "alcance") and "plan" in textos(figura, "alcance")
    for nota in figura.layout.annotations:
        rotulo = nota.name not in ("pie", "clave")  # el pie y los iconos de la clave pueden ser menores
        assert (nota.font.size or tema.ESCALA["rotulo"]) >= (tema.ESCALA["rotulo"] if rotulo else tema.ESCALA["nota"])
        assert not re.search(r"nan|None|_|\d{4}T\d", nota.text)


def test_sin_plan_municipal_registrado_lo_dice():
    figura = dibujar([(eslabon(2030, "1", pmd=None, ayuntamiento=None), (1, 1, 1, 1), (1, 1, 1, 1))])
    assert textos(figura, "banda municipal") == ["sin plan municipal registrado"]


def test_sin_porcentaje_lo_dice_y_no_dibuja_puntos():
    figura = dibujar([(eslabon(2024, "1", corte="T0"), (1, 2, 3, 4))])
    assert textos(figura, "sin porcentaje") == ["Sin porcentaje: ningún trimestre trae plan y avance que comparar."]
    assert [t.name for t in figura.data] == ["Programado"]


def test_sin_cifras_o_sin_hilo_la_figura_es_una_frase():
    figura = dibujar([(eslabon(2024, "1"), SIN)])
    assert textos(figura, "vacia") == ["Ningún documento imprime cifras trimestrales de este compromiso."]
    nada = pd.DataFrame()
    assert textos(hilo.seguimiento(nada, nada, nada, "Mensaje"), "vacia") == ["No hay ningún compromiso que seguir."]


def test_dos_eslabones_de_un_tramo_en_el_mismo_anio_no_se_enciman():
    enero, abril = eslabon(2022, "6.1", "a"), eslabon(2022, "9.5", "a")
    cifras = [(enero, (1, 1, 0, 1), (1, 1, 0, 0)), (abril, (0, 0, 2, 1), (0, 0, 2, 1))]
    figura = dibujar(cifras, enlace(enero, abril))
    (plan,) = trazas(figura, "Programado")
    assert len(plan.x) == len(set(plan.x)) == 5  # los ceros de uno ceden el lugar; en octubre, los dos con cifra
    assert plan.width[-1] == plan.width[0] / 2
    (linea,), (suelto,) = trazas(figura, "Línea"), trazas(figura, "✕ Sin avance")
    assert list(linea.y) == [100, 100, 100, 100] and suelto.x[0] not in linea.x  # cada uno sigue por su lado


def test_lo_que_llega_a_una_linea_que_ya_venia_de_antes_se_lee_donde_acaba():
    antes, mismo = eslabon(2021, "2", "a", unidad="INFORME"), eslabon(2022, "7", "a", unidad="INFORME")
    llega = eslabon(2022, "2", unidad="GESTIÓN")
    figura = dibujar(
        [(antes, (0, 0, 0, 1), (0, 0, 0, 1)), (llega, (3, 0, 0, 0), (3, 0, 0, 0)), (mismo, (0, 0, 0, 1), (0, 0, 0, 1))],
        enlace(antes, mismo), enlace(llega, mismo, "cambia_unidad"),
    )  # fmt: skip
    assert textos(figura, "carril") == ["DIF 2 → 7 informe, máx. 1", "DIF 2 gestión, máx. 3"]
    (corte,) = formas(figura, "corte")
    (propia, otra) = formas(figura, "línea")
    assert propia[0] < otra[0] < otra[1] <= corte[0] < propia[1]  # la que ya venía sigue; la que llega acaba ahí
    assert textos(figura, "razón") == ["cambia de unidad"] and lugares(figura, "razón")[0] > corte[0]


def test_la_razon_y_la_escala_nueva_van_a_la_derecha_aunque_ocupen_dos_renglones():
    largas = ["PETICIÓN ATENDIDA EN LA SEMANA", "PORCENTAJE DE SOLICITUDES ATENDIDAS"]
    antes, enero = eslabon(2018, "2.3", unidad=largas[0]), eslabon(2022, "4.2", unidad=largas[1])
    abril, aparte = eslabon(2022, "10.1", unidad=largas[1]), eslabon(2022, "10.2", unidad=largas[1])
    figura = dibujar(
        [(antes, (6000, 5000, 0, 5000), (4000, 5000, 5000, 5000)), (enero, (100, 100, 0, 0), (80, 90, 0, 0)),
         (abril, (0, 0, 80, 80), (0, 0, 80, 80)), (aparte, (0, 0, 80, 80), (0, 0, 70, 80))],
        enlace(antes, enero, "cambia_unidad"), enlace(enero, abril, "dividida"), enlace(enero, aparte, "dividida"),
    )  # fmt: skip
    cambio, *_ = formas(figura, "corte")
    assert textos(figura, "razón") == ["cambia de unidad máx. 100", "dividido en 2"]  # el plan nuevo lo dice su banda
    assert all(x > cambio[0] for x in lugares(figura, "razón"))
    assert "<br>" in next(a.text for a in figura.layout.annotations if a.name == "razón")


def test_la_unidad_que_falta_se_dice_y_ninguna_razon_se_recorta():
    unidades = ["EFICIENCIA PROGRAMÁTICA Y PRESUPUESTAL DEL AÑO", None, "INFORME DE RESULTADOS DE LA GESTIÓN MUNICIPAL"]
    tramos = [eslabon(2022 + n, "1", unidad=unidad) for n, unidad in enumerate(unidades)]
    cifras = [(e, (n + 1, 1, 1, 1), (1, 1, 1, 1)) for n, e in enumerate(tramos)]
    figura = dibujar(cifras, *(enlace(a, b, "cambia_unidad") for a, b in zip(tramos, tramos[1:], strict=False)))
    assert textos(figura, "razón") == ["sin unidad impresa (máx. 2)", "antes, sin unidad (máx. 3)"]


def test_el_plan_municipal_nuevo_nunca_se_dice_en_los_anios_del_anterior():
    tramo = [eslabon(2018, "1", "a"), *(eslabon(2022 + n, "1", "a") for n in range(7))]
    cifras = [(e, (1, 1, 1, 1), (1, 1, 1, 1)) for e in tramo]
    figura = dibujar(cifras, *(enlace(a, b) for a, b in zip(tramo, tramo[1:], strict=False)))
    _, llega = hueco(figura)
    planes = [(t, x) for t, x in zip(textos(figura, "razón"), lugares(figura, "razón"), strict=True) if "nuevo" in t]
    assert planes and all(x >= llega for _, x in planes)


def test_los_afines_se_dicen_todos_con_la_misma_forma():
    propio = eslabon(2018, "1", dependencia="Presidencia")
    holgados = [eslabon(2024, clave) for clave in "24"]
    tramo = [eslabon(2019 + n, "3", "angosto", dependencia="BISOM") for n in range(6)]
    figura = dibujar(
        [(e, (1, 1, 1, 1), (1, 1, 1, 1)) for e in (propio, *holgados, *tramo)],
        *(enlace(propio, otro, "afin") for otro in (*holgados, tramo[0])),
        *(enlace(a, b) for a, b in zip(tramo, tramo[1:], strict=False)),
    )  # fmt: skip
    assert [t for t in textos(figura, "razón") if "afín" in t] == ["afín"] * 3  # en 2018 no cabe la larga


def test_dos_lineas_a_la_vez_llevan_su_clave_y_una_sola_no():
    padre, sigue, aparte = eslabon(2022, "1"), eslabon(2023, "5.2"), eslabon(2023, "5.3")
    lleno = (10, 10, 10, 10)
    uniones = (enlace(padre, sigue, "dividida"), enlace(padre, aparte, "dividida"))
    for final in (10, 8, 3, 0, 900):  # juntas, casi juntas, aparte, en el piso y cortada
        figura = dibujar([(padre, lleno, lleno), (sigue, lleno, lleno), (aparte, lleno, (9, 10, 10, final))], *uniones)
        claves = [a for a in figura.layout.annotations if a.name == "clave de línea"]
        assert sorted(a.text for a in claves) == ["5.2", "5.3"]
        una, otra = claves
        assert abs(una.x - otra.x) >= lienzo.medir("5.2") or abs(una.yshift - otra.yshift) >= 10
        assert all(a.x < hilo.DERECHA for a in claves)
    assert textos(dibujar([(padre, lleno, lleno)]), "clave de línea") == []


def test_dos_dependencias_a_la_vez_se_distinguen_por_su_nombre():
    una, otra = eslabon(2022, "1.1", dependencia="Presidencia"), eslabon(2022, "1.1")
    cifras = [(una, (10, 10, 10, 10), (9, 10, 10, 9)), (otra, (10, 10, 10, 10), (10, 10, 5, 5))]
    assert sorted(textos(dibujar(cifras, enlace(una, otra, "afin")), "clave de línea")) == ["DIF", "Presidencia"]
    junta = dibujar(cifras, enlace(una, otra, "dividida"))
    assert textos(junta, "de quién") == ["Presidencia y DIF"]  # nada es afín


def test_la_escala_va_en_por_ciento_y_la_banda_tiene_orillas():
    figura = dibujar([(eslabon(2022, "1"), (10, 10, 10, 10), (9, 10, 11, 12))], banda=(85.0, 115.0))
    assert textos(figura, "escala") == ["0 %", "100 %", "200 %"]
    orillas = [f for f in figura.layout.shapes if f.name == "límite de la banda"]
    assert [f.y0 for f in orillas] == [85, 115] and {f.line.color for f in orillas} == {hilo_porcentaje.LIMITE}
    assert "Banda 85–115 %" in textos(figura, "palabra")


def test_el_texto_de_una_banda_municipal_no_toca_sus_orillas():
    tramo = [eslabon(anio, "1", "a") for anio in (2018, *range(2022, 2026))]
    figura = dibujar([(e, (1, 1, 1, 1), (1, 1, 1, 1)) for e in tramo])
    bandas = [f for f in figura.layout.shapes if f.name == "banda municipal"]
    letreros = [a for a in figura.layout.annotations if a.name == "banda municipal"]
    for banda, letrero in zip(bandas, letreros, strict=True):
        assert lienzo.medir(letrero.text) <= banda.x1 - banda.x0 - 6
    assert textos(figura, "banda municipal")[0] == "XXII 2017–2019"
