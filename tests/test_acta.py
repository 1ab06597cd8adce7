"""El acta de los acuerdos, abierta otra vez con la misma librería: trae todo, en su orden, y en español."""

import io
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn

from poa import acta, acuerdos, seleccion
from poa.acuerdos import Acuerdo
from poa.consultas import consultar

HOY = date(2026, 4, 9)


@pytest.fixture
def apuntar(tmp_path):
    """Apunta en una carpeta aparte sobre un compromiso de la base del proyecto."""

    def sobre(corte: str, dependencia: str, clave: str, texto: str, iniciales: str = "JLM") -> Acuerdo:
        filas = consultar("cumplimiento", corte=corte, dependencia=dependencia, periodo="acumulado")
        fila = filas[filas["clave"] == clave].iloc[0]
        eslabones = consultar("eslabones", corte=corte, dependencia=dependencia).set_index("vigente_id")["eslabon"]
        with pytest.MonkeyPatch.context() as entorno:
            entorno.setenv("POA_DATOS", str(tmp_path))
            return acuerdos.apuntar(fila, eslabones[fila["vigente_id"]], corte, texto, iniciales, fila["preset"])

    return sobre


def abrir(contenido: bytes):
    return docx.Document(io.BytesIO(contenido))


def texto(hoja) -> str:
    celdas = [c.text for t in hoja.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in hoja.paragraphs] + celdas)


def test_el_acta_trae_cada_acuerdo_con_su_cifra_su_fuente_y_quien_lo_apunto(apuntar):
    dados = [
        apuntar("2025T4", "bisom", "403", "Traer el calendario de obras,\ncon fechas", "AB"),
        apuntar("2025T4", "bisom", "305", "Revisar el padrón"),
        apuntar("2025T4", "bisom", "300", "Explicar el nuevo plan"),
    ]
    elegida = seleccion.elegir(corte="2025T4", dependencia="bisom")
    hoja = abrir(acta.componer(dados, elegida, HOY))
    todo = texto(hoja)
    for acuerdo in dados:
        assert acuerdo.texto in todo
        assert f"página {acuerdo.pagina}, renglón {acuerdo.renglon}" in todo
    assert "97 de 85, 114.1\u00a0% ▲ Sobrecumple" in todo and "Unidad: expediente" in todo
    assert "POA 2025 de BISOM, informe del cuarto trimestre de 2025" in todo
    assert "Cuarto trimestre de 2025, acumulado al corte" in todo and "9 abr 2026" in todo
    assert "3\u00a0acuerdos en la sesión del cuarto trimestre de 2025." in todo
    titulos = [(p.style.name, p.text) for p in hoja.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert titulos[0] == ("Title", acta.TITULO)
    assert [t for estilo, t in titulos if estilo == "Heading 1"] == ["Bienestar Social Municipal", "Firmas"]
    assert [t.split(".")[0] for estilo, t in titulos if estilo == "Heading 2"] == ["Meta 300", "Meta 400"]
    assert "(JLM)" in todo and "(AB)" in todo and todo.count("Nombre, cargo y firma") == 4


def test_las_tablas_repiten_su_encabezado_y_todo_esta_en_espanol_de_mexico(apuntar):
    contenido = acta.componer([apuntar("2025T4", "bisom", "305", "x")], seleccion.elegir(corte="2025T4"), HOY)
    hoja = abrir(contenido)
    assert hoja.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert {i.get(qn("w:val")) for i in hoja.styles.element.iter(qn("w:lang"))} == {"es-MX"}
    assert hoja.core_properties.language == "es-MX" and hoja.core_properties.title == acta.TITULO
    pie = zipfile.ZipFile(io.BytesIO(contenido)).read("word/footer1.xml").decode()
    assert "Página" in pie and "NUMPAGES" in pie
    assert not [p for p in ("None", "nan", "bisom", "2025T4") if p in texto(hoja)]


def test_sin_acuerdos_lo_dice_y_los_tachados_no_salen(apuntar, tmp_path, monkeypatch):
    elegida = seleccion.elegir(corte="2025T4")
    assert "Todavía no se apunta ningún acuerdo" in texto(abrir(acta.componer([], elegida, HOY)))
    apunte = apuntar("2025T4", "bisom", "305", "Me equivoqué")
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    acuerdos.tachar(apunte.acuerdo, "AB")
    todos = acuerdos.leer(con_tachados=True)
    monkeypatch.undo()
    dicho = texto(abrir(acta.componer(todos, elegida, HOY)))
    assert "Me equivoqué" not in dicho and "ningún acuerdo" in dicho


def test_van_por_dependencia_y_un_plan_dice_que_lo_es(apuntar):
    elegida = seleccion.elegir(corte="2024T0")
    dados = [apuntar("2024T0", d, c, f"Sobre {c}") for d, c in (("imjum", "1"), ("dif", "3.5"), ("bisom", "3"))]
    hoja = abrir(acta.componer(dados, elegida, HOY))
    partes = [p.text for p in hoja.paragraphs if p.style.name == "Heading 1"]
    nombres = [
        elegida.con(dependencia=d).nombre_completo for d in elegida.dependencias if d in ("imjum", "dif", "bisom")
    ]
    assert partes == [*nombres, "Firmas"]
    assert "solo plan, sin avance ◔ Aún no exigible" in texto(hoja)
    assert "POA 2024 de DIF, plan de 2024" in texto(hoja)


def test_un_texto_hostil_no_rompe_el_acta(apuntar):
    hostil = "<w:p/> & \x0b\x1f ]]> =1+1 " + "x" * 300
    dado = apuntar("2025T4", "bisom", "305", hostil)
    raro = acuerdos.Acuerdo(**(vars(dado) | {"descripcion": "con \x0b control \x00 y \ufffe", "unidad_medida": None}))
    dicho = texto(abrir(acta.componer([dado, raro], seleccion.elegir(corte="2025T4"), HOY)))
    assert "<w:p/> & " in dicho and "=1+1" in dicho and "Con control" in dicho
