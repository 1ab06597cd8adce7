"""El modo sesión: sus pasos y los acuerdos que se apuntan en un corte y se ven en el siguiente."""

import re
import shutil

import pandas as pd
import pytest

from poa import acuerdos, rutas
from poa.base import construir_base
from poa.consultas import consultar
from poa.mensajes import acuerdos as de_acuerdos
from poa.mensajes import dependencias
from poa.mensajes import sesion as mensajes
from tests.extractos_hechos import Extractos
from tests.test_paginas import abrir, elementos, html, leido, revisar

BISOM = ["bisom", "bisom/100", "bisom/200", "bisom/300", "bisom/400", "bisom/500", mensajes.ACUERDOS]


@pytest.fixture
def datos(tmp_path, monkeypatch):
    """Una copia de la carpeta de datos, para apuntar sin tocar la de verdad."""
    copia = shutil.copytree(rutas.datos(), tmp_path / "datos", ignore=shutil.ignore_patterns("acuerdos.*"))
    monkeypatch.setenv("POA_DATOS", str(copia))
    return copia


def apuntar(corte: str, dependencia: str, clave: str, texto: str = "Revisar el padrón") -> acuerdos.Acuerdo:
    filas = consultar("cumplimiento", corte=corte, dependencia=dependencia, periodo="acumulado")
    trimestres = consultar("trimestres", corte=corte, dependencia=dependencia)
    filas = filas.assign(certeza=filas["vigente_id"].map(dependencias.certezas(filas, trimestres)))
    fila = filas[filas["clave"] == clave].iloc[0]
    eslabones = consultar("eslabones", corte=corte, dependencia=dependencia).set_index("vigente_id")["eslabon"]
    return acuerdos.apuntar(fila, eslabones[fila["vigente_id"]], corte, texto, "JLM", fila["preset"])


def pasos_de(at) -> list[str]:
    """Las claves de los pasos del recorrido, en orden."""
    recorrido = html_de(at).split("class='recorrido'")[1].split("</nav>")[0]
    return re.findall(r"paso=([^&']+)", recorrido)


def html_de(at) -> str:
    return "".join(e.proto.body for e in elementos(at._tree) if e.type == "html")


def posicion(at) -> str:
    return re.search(r"<b>(\d+ de \d+)</b>", html_de(at))[1]


# ---------------------------------------------------------------- los pasos


def test_los_pasos_son_la_apertura_cada_meta_y_los_acuerdos():
    at = abrir("sesion", corte="2025T4", dependencia="bisom")
    assert pasos_de(at) == BISOM and posicion(at) == "1 de 7"
    revisar(at)


def test_de_todas_las_dependencias_va_una_tras_otra_en_orden():
    at = abrir("sesion", corte="2024T0", dependencia="todas")
    aperturas = [p for p in pasos_de(at) if "/" not in p]
    cortes = consultar("cortes", ejercicio=2024).sort_values("dependencia_corta")
    impresos = consultar("compromisos", corte="2024T0").sort_values(["documento", "pagina", "renglon"])
    assert aperturas == [mensajes.ORDEN, *impresos["dependencia"].unique(), mensajes.ACUERDOS]
    assert aperturas[1:-1] != list(cortes["dependencia"])  # no van por su nombre
    assert len(pasos_de(at)) == len(cortes) + int(cortes["metas"].sum()) + 2


@pytest.mark.parametrize("corte", ["2018T1", "2022T4", "2023T3", "2024T0", "2025T1", "2025T4"])
def test_cada_paso_de_cada_corte_se_lee(corte):
    for paso in pasos_de(abrir("sesion", corte=corte, dependencia="todas")):
        at = abrir("sesion", corte=corte, dependencia="todas", paso=paso)
        assert not at.exception, paso
        assert "aria-current" in html_de(at) and mensajes.NO_EXISTE not in leido(at)
        if paso not in (mensajes.ORDEN, mensajes.ACUERDOS):
            revisar(at)


def test_un_paso_de_meta_dice_sus_cifras_su_porque_y_donde_esta_impreso():
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/400")
    suyas = consultar("cumplimiento", corte="2025T4", dependencia="bisom", periodo="acumulado")
    suyas = suyas[suyas["meta_clave"] == "400"]
    dicho, enlaces = texto_de(at), " ".join(html(at).enlaces)
    for _, fila in suyas.iterrows():
        assert f"página {fila['pagina']}, renglón {fila['renglon']}" in dicho
        assert f"compromiso={fila['compromiso_id']}" in enlaces
    assert "32.5 %" in dicho and "Crítico" in dicho and "diversas obras iniciaron" in dicho
    assert "El documento no imprime motivo" in dicho
    assert dicho.index("403") < dicho.index("401")  # primero las que hay que preguntar


def test_las_barras_guardan_la_proporcion_de_las_cifras():
    cuerpo = html_de(abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/400"))
    renglon = cuerpo[cuerpo.index(">403<") :]
    assert re.search(r"class='p' style='width:100.0%'></i><i class='a' style='width:32.5%'", renglon)


def test_solo_plan_dice_lo_programado_en_cada_trimestre_y_nada_alcanzado():
    at = abrir("sesion", corte="2024T0", dependencia="dif", paso="dif/3")
    dicho = " ".join(html(at).partes)
    assert "Aún no exigible" in dicho and "Meta anual" in dicho and "Alcanzado" not in dicho
    trimestres = consultar("trimestres", corte="2024T0", dependencia="dif", nivel="accion")
    for valor in trimestres[trimestres["clave"] == "3.2"]["programado"]:
        assert f"{valor:,.0f}" in dicho


@pytest.mark.parametrize(
    ("pedido", "visto"),
    [("bisom/999", "1 de 7"), ("no-existe", "1 de 7"), ("bisom/300/305", "1 de 7"), ("<b>", "1 de 7")],
)
def test_un_paso_que_no_existe_lleva_al_mas_cercano_y_lo_dice(pedido, visto):
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso=pedido)
    assert posicion(at) == visto and mensajes.NO_EXISTE in leido(at)


def test_el_paso_se_conserva_al_cambiar_de_corte():
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/400")
    at.selectbox(key="filtro_corte").set_value("2025T2").run()
    assert posicion(at) == "5 de 7" and "Efectividad en la ejecución" in leido(at)


def test_de_otra_pagina_se_vuelve_al_mismo_paso():
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/400")
    at.switch_page("pages/resumen.py").run()
    at.query_params.clear()
    at.switch_page("pages/sesion.py").run()
    assert posicion(at) == "5 de 7" and at.query_params["paso"] in ("bisom/400", ["bisom/400"])


def test_un_compromiso_de_la_direccion_abre_su_paso_y_su_tarjeta():
    at = abrir("sesion", corte="2025T4", compromiso="poa-2025/2025T4/bisom/400/403", tarjeta="1")
    assert posicion(at) == "5 de 7" and "Texto impreso" in leido(at)


# ---------------------------------------------------------------- documentos que no se han visto


def sesion_de(hechos: Extractos, tmp_path, monkeypatch) -> None:
    construir_base(hechos.escribir(tmp_path))
    monkeypatch.setenv("POA_DATOS", str(tmp_path))


def test_una_sola_meta_sin_acciones(tmp_path, monkeypatch):
    hechos = Extractos()
    hechos.compromiso("2031T2", "acuerdos", "100", [(10, 5), (10, 12)], nivel="meta")
    sesion_de(hechos, tmp_path, monkeypatch)
    at = abrir("sesion", paso="acuerdos/100")
    assert pasos_de(at) == ["acuerdos", "acuerdos/100", mensajes.ACUERDOS] and posicion(at) == "2 de 3"
    assert "no imprime acciones" in leido(at)
    revisar(abrir("sesion", paso="acuerdos"))


def test_cuarenta_acciones_sin_meta_y_textos_dificiles(tmp_path, monkeypatch):
    hechos = Extractos()
    hostil = "<script>alert(1)</script> <b>negritas</b> =1+1 & " + "X" * 200
    for n in range(40):
        trimestres = [(10, None if n % 4 == 0 else n), (1e12 if n == 3 else 5, 2)]
        cambios = {"descripcion": hostil, "observaciones": hostil} if n % 2 else {"unidad_medida": None}
        hechos.compromiso("2031T2", "rara", str(101 + n), trimestres, **cambios)
    sesion_de(hechos, tmp_path, monkeypatch)
    at = abrir("sesion", paso="rara/100")
    revisar(at)
    assert "no imprime la meta" in leido(at) and "<script" not in html_de(at) and "<b>negritas" not in html_de(at)
    assert re.search(r"Y \d+ más", leido(at))
    suyas = consultar("cumplimiento", periodo="acumulado")["clave"]
    assert all(f">{clave}<" in html_de(at) for clave in suyas)
    revisar(abrir("sesion", paso="rara"))


# ---------------------------------------------------------------- qué se movió


def seguidos(antes: dict, ahora: dict, enlaces=(), eslabon: str = "2026.1/d/1/1.1", fuera: dict | None = None):
    """Lo que se dice de un acuerdo al verlo desde un compromiso de otro corte."""
    base = {"acuerdo": "a", "fecha": pd.Timestamp("2026-01-05"), "iniciales": "AB", "texto": "x", "corte": "2025T4"}
    base |= {"eslabon": "2025.1/d/1/1.1", "compromiso_id": "p/2025T4/d/1/1.1", "nivel": "accion", "descripcion": None}
    base |= {"unidad_medida": "Evento", "programado": 75.0, "alcanzado": 60.0, "cumplimiento_pct": 80.0}
    base |= {"estado": "En riesgo", "certeza": "seguro", "preset": None, "documento": "p", "pagina": 1, "renglon": 1}
    fila = {"vigente_id": "2026/d/1/1.1", "corte_informe": "2026T1", "unidad_medida": "Eventos", "clave": "1.1"}
    filas = pd.DataFrame([fila | ahora])
    linaje = de_acuerdos.Linaje(
        {filas["vigente_id"].iloc[0]: eslabon},
        enlaces,
        fuera or {},
        lambda una, otra: str(una).rstrip("s") == str(otra).rstrip("s"),
    )
    return de_acuerdos.seguir([acuerdos.Acuerdo(**(base | antes))], filas, "2026T1", linaje)


def enlace(origen: str, destino: str, relacion: str = "misma", **cambios) -> dict:
    une = relacion in ("misma", "reformulada")
    return {
        "origen": origen,
        "destino": destino,
        "relacion": relacion,
        "procedencia": "confirmado",
        "une": une,
        "misma_unidad": relacion != "cambia_unidad",
        "cambia_dependencia": relacion == "afin",
        "unidad_origen": "Evento",
        "unidad_destino": "Persona" if relacion == "cambia_unidad" else "Evento",
    } | cambios


UNO, OTRO = "2025.1/d/1/1.1", "2026.1/d/1/1.1"


def porque(*argumentos, **opciones) -> str | None:
    (suyos,) = seguidos(*argumentos, **opciones).values()
    return suyos[0].porque


def test_un_acuerdo_llega_por_el_linaje_y_se_compara_si_es_el_mismo():
    assert porque({}, {}, [enlace(UNO, OTRO)]) is None
    medio = "2025.2/d/9/9.9"
    assert porque({}, {}, [enlace(UNO, medio, "reformulada"), enlace(medio, OTRO)]) is None
    assert not seguidos({}, {})  # sin enlace, la misma clave de otro año no es el mismo compromiso
    assert not seguidos({}, {}, [enlace(OTRO, UNO)])  # el linaje no va hacia atrás
    assert not seguidos({"corte": "2026T2"}, {}, [enlace(UNO, OTRO)])  # ni se ve lo que se acordó después


@pytest.mark.parametrize("relacion", ["afin", "cambia_unidad", "dividida", "fusionada"])
def test_lo_que_no_se_puede_comparar_dice_por_que(relacion):
    assert porque({}, {}, [enlace(UNO, OTRO, relacion)]) == relacion
    (suyos,) = seguidos({}, {}, [enlace(UNO, OTRO, relacion)]).values()
    assert de_acuerdos.sin_comparar(suyos[0], "2026T1").startswith("no se compara: ")
    # si hay otro camino que sí une, ese vale
    assert porque({}, {}, [enlace(UNO, OTRO, relacion), enlace(UNO, "m"), enlace("m", OTRO)]) is None


def test_los_demas_casos_en_que_no_se_compara():
    assert porque({}, {}, [enlace(UNO, OTRO, procedencia="sugerido", une=False)]) == "sugerido"
    assert porque({}, {"unidad_medida": "Persona"}, [enlace(UNO, OTRO)]) == "cambia_unidad"
    assert porque({}, {"unidad_medida": None}, [enlace(UNO, OTRO)]) == "sin_unidad"
    mismo = {"eslabon": "2026.1/d/1/1.1", "corte": "2025T4"}
    assert porque(mismo, {}) is None
    assert porque(mismo, {"corte_informe": "2025T4"}) == "sin_informe"
    assert porque({"eslabon": "2026.2/d/1/1.1"}, {}) == "sin_enlace"
    assert porque({"eslabon": OTRO, "corte": "2026T1"}, {}) == "este_corte"


def test_lo_que_salio_del_plan_no_es_lo_que_no_se_informo():
    mismo, fuera = {"eslabon": OTRO, "corte": "2025T4"}, {"2026/d/1/1.1": 3}

    def dicho(ahora: dict, **opciones) -> str:
        ((suyo,),) = seguidos(mismo, ahora, **opciones).values()
        return de_acuerdos.sin_comparar(suyo, "2026T4") if suyo.porque else de_acuerdos.fuera_del_plan(suyo, "2026T4")

    viejo = {"corte_informe": "2025T4"}
    assert dicho(viejo) == de_acuerdos.SIN_MOVIMIENTO
    assert dicho(viejo, fuera=fuera) == "ya no está en el plan que rige desde jul–sep de 2026"
    assert dicho({}, fuera=fuera) == "ya no está en el plan que rige desde jul–sep de 2026"  # se compara y se dice
    assert dicho({}) == ""


def test_el_que_salio_del_plan_lo_dice_y_el_que_se_ve_en_dos_lugares_tambien(datos):
    for clave in ("307", "406", "503"):
        apuntar("2025T2", "bisom", clave, f"Sobre la {clave}")
    leidos = {
        meta: texto_de(abrir("sesion", corte="2025T3", dependencia="bisom", paso=f"bisom/{meta}"))
        for meta in ("300", "400", "500")
    }
    fuera = "ya no está en el plan que rige desde jul–sep de 2025"
    assert f"10 de 10, 100 % ● Cumple, cifra reconstruida; {fuera}" in leidos["300"]
    assert fuera not in leidos["500"] and de_acuerdos.SIN_MOVIMIENTO in leidos["500"]
    assert de_acuerdos.SIN_MOVIMIENTO not in leidos["300"] + leidos["400"]
    assert leidos["400"].count("«Sobre la 406»") == 2
    assert "Este mismo acuerdo se ve también en la acción 408." in leidos["400"]
    assert "Este mismo acuerdo se ve también en la acción 406." in leidos["400"]
    assert "no se compara: aquel compromiso se reunió con otros" in leidos["400"]


def texto_de(at) -> str:
    """Lo que se lee, con un espacio donde había etiquetas."""
    return re.sub(r"\s+([,;.])", r"\1", re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html_de(at))))


@pytest.mark.parametrize("corte", ["2018T1", "2022T4", "2023T3", "2024T0", "2025T2", "2025T3", "2025T4"])
def test_lo_que_falta_va_con_palabras_y_lo_dudoso_se_dice(corte):
    filas = consultar("cumplimiento", corte=corte, periodo="acumulado")
    peores = dependencias.certezas(filas, consultar("trimestres", corte=corte))
    for paso in mensajes.recorrer(filas, {}):
        if paso.meta_clave is None:
            continue
        dicho = texto_de(abrir("sesion", corte=corte, dependencia="todas", paso=paso.clave))
        assert not re.search(r"— de \S|\d de —", dicho), paso.clave
        suyas = paso.filas(filas)
        con_cifra = suyas[["programado", "alcanzado"]].notna().any(axis=1) | (suyas["estado"] == "Aún no exigible")
        for dudosa, frase in (mensajes.RESERVAS | {"distinto": r"el informe imprime [\d,]"}).items():
            cuantas = int((suyas["vigente_id"].map(peores).eq(dudosa) & con_cifra).sum())
            assert len(re.findall(rf"renglón [\d,]+; {frase}", dicho)) == cuantas, paso.clave
        a_medias = suyas["etiquetas"].fillna("").str.contains("reporte incompleto")
        assert dicho.count("reporte incompleto") >= int(a_medias.sum()), paso.clave


def test_sin_cifra_no_hay_reserva_y_lo_que_falta_va_con_palabras():
    fila = {"programado": None, "alcanzado": None, "cumplimiento_pct": None, "certeza": "reconstruido"}
    assert mensajes.reserva(fila | {"estado": "Sin programación"}) == ""
    assert mensajes.reserva(fila | {"estado": "Sin reporte", "programado": 2.0}) == "cifra reconstruida"
    assert mensajes.reserva(fila | {"estado": "Cumple", "alcanzado": 0.0, "certeza": "seguro"}) == ""
    assert mensajes.cifra(fila | {"estado": "Sin programación"}) == "sin dato"
    sin_reporte = mensajes.cifra(fila | {"estado": "Sin reporte", "programado": 2.0})
    assert sin_reporte == "programó 2; sin dato de lo alcanzado"
    a_medias = {"estado": "Cumple", "programado": 12.0, "alcanzado": 12.0, "cumplimiento_pct": 100.0}
    assert mensajes.cifra(a_medias | {"etiquetas": "reporte incompleto"}) == "12 de 12, 100\u00a0% (reporte incompleto)"
    cero = {"estado": "Sin programación", "programado": 0.0, "alcanzado": 0.0}
    assert mensajes.cifra(fila | cero) == "0 de 0"  # un cero es un dato


def test_el_corte_siguiente_ensena_el_acuerdo_con_lo_que_se_movio(datos):
    apuntar("2025T2", "bisom", "305", "Firmar los expedientes")
    apuntar("2025T2", "bisom", "500", "Reparar los aires")
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/300")
    dicho = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html_de(at)))
    assert "«Firmar los expedientes» JLM, " in dicho
    assert re.search(
        r"Al apuntarlo \(T2 2025\) ?: 95 de 75, 126.7 % ▲ Sobrecumple ?; ahora \(T4 2025\) ?: 97 de 85, 114.1 % ▲",
        dicho,
    )
    assert "sigue en «Sobrecumple»" in dicho
    revisar(at)
    otro = leido(abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/500"))
    assert "«Reparar los aires»" in otro and de_acuerdos.SIN_MOVIMIENTO in otro  # la meta 500 ya no se informó
    assert "Reparar los aires" not in leido(abrir("sesion", corte="2025T1", dependencia="bisom", paso="bisom/500"))
    apertura = leido(abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom"))
    assert "Hay 2\u00a0acuerdos de cortes anteriores" in apertura


def test_de_un_anio_a_otro_llega_por_su_hilo_y_lo_afin_no_se_compara(datos):
    apuntar("2024T0", "bisom", "3.5", "Pedir la lista de organismos")
    dicho = leido(abrir("sesion", corte="2025T1", dependencia="bisom", paso="bisom/300"))
    assert "«Pedir la lista de organismos»" in dicho and "sobre la acción 3.5 de 2024" in dicho
    assert "solo plan, sin avance" in dicho and "ahora (T1 2025)" in dicho


def test_un_acuerdo_cuyo_compromiso_ya_no_esta_se_ve_en_el_ultimo_paso(datos):
    nuevo = apuntar("2025T1", "bisom", "305", "Se quedó sin lugar")
    ruta = acuerdos.archivo()
    ruta.write_text(ruta.read_text("utf-8-sig").replace(nuevo.eslabon, "2025.1/bisom/300/399"), encoding="utf-8-sig")
    dicho = leido(abrir("sesion", corte="2025T4", dependencia="bisom", paso=mensajes.ACUERDOS))
    assert de_acuerdos.SIN_LUGAR in dicho and "Se quedó sin lugar" in dicho


def test_un_archivo_danado_se_dice_y_la_sesion_sigue(datos):
    (datos / "acuerdos.csv").write_text("hola\n1,2\n")
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/300")
    assert not at.exception and "está dañado" in leido(at) and "1,354" in leido(at)


# ---------------------------------------------------------------- apuntar y enmendar


def test_se_apunta_desde_el_paso_y_lo_escrito_no_se_pierde_si_falta_algo(datos):
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso="bisom/400")
    at.selectbox(key="acuerdo_sobre_0_bisom/400").set_value("2025/bisom/400/403")
    at.text_area(key="acuerdo_texto_0").set_value("=Traer el calendario")
    guardar = next(b for b in at.button if b.label == "Guardar acuerdo")
    guardar.click().run()
    assert "de 2 a 5 letras" in leido(at) and acuerdos.leer() == []
    assert at.text_area(key="acuerdo_texto_0").value == "=Traer el calendario"
    at.text_input(key="acuerdo_iniciales_0").set_value("ab")
    next(b for b in at.button if b.label == "Guardar acuerdo").click().run()
    (guardado,) = acuerdos.leer()
    assert (guardado.clave, guardado.texto, guardado.iniciales) == ("403", "=Traer el calendario", "AB")
    assert (guardado.programado, guardado.alcanzado, guardado.estado) == (120, 39, "Crítico")
    assert "«=Traer el calendario»" in leido(at)
    assert at.text_area(key="acuerdo_texto_1").value == "" and at.text_input(key="acuerdo_iniciales_1").value == "ab"


def test_en_el_ultimo_paso_se_corrige_se_tacha_y_se_baja_el_acta(datos):
    apuntar("2025T4", "bisom", "403", "Con herror")
    at = abrir("sesion", corte="2025T4", dependencia="bisom", paso=mensajes.ACUERDOS)
    assert "1\u00a0acuerdo en la sesión" in leido(at) and "39 de 120" in leido(at)
    (viejo,) = acuerdos.leer()
    at.text_area(key=f"enmienda_texto_0_{viejo.acuerdo}").set_value("Sin error")
    at.text_input(key=f"enmienda_iniciales_0_{viejo.acuerdo}").set_value("CD")
    next(b for b in at.button if b.label == "Guardar corrección").click().run()
    assert "«Sin error»" in leido(at) and "corregido" in leido(at) and "Con herror" not in leido(at)
    (nuevo,) = acuerdos.leer()
    assert at.text_input(key=f"enmienda_iniciales_1_{nuevo.acuerdo}").value == "CD"
    next(b for b in at.button if b.label == "Tachar").click().run()
    assert de_acuerdos.SIN_ACUERDOS in leido(at) and acuerdos.leer() == []
    assert len(acuerdos.leer(con_tachados=True)) == 2
