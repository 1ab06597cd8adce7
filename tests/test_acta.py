"""El acta de los acuerdos, abierta otra vez con la misma librería: trae todo, en su orden, y en español."""

import io
import re
import shutil
import subprocess
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from poa import acta, acuerdos, seleccion
from poa.acuerdos import Acuerdo
from poa.componentes import acuerdos as pantalla
from poa.consultas import consultar
from poa.mensajes import acuerdos as mensajes
from poa.mensajes import dependencias
from poa.mensajes.sesion import orden_impreso

HOY = date(2026, 4, 9)


@pytest.fixture
def apuntar(tmp_path):
    """Apunta en una carpeta aparte sobre un compromiso de la base del proyecto."""

    def sobre(corte: str, dependencia: str, clave: str, texto: str, iniciales: str = "JLM") -> Acuerdo:
        filas = filas_de(seleccion.elegir(corte=corte, dependencia=dependencia))
        fila = filas[filas["clave"] == clave].iloc[0]
        eslabones = consultar("eslabones", corte=corte, dependencia=dependencia).set_index("vigente_id")["eslabon"]
        with pytest.MonkeyPatch.context() as entorno:
            entorno.setenv("POA_DATOS", str(tmp_path))
            return acuerdos.apuntar(fila, eslabones[fila["vigente_id"]], corte, texto, iniciales, fila["preset"])

    return sobre


def filas_de(elegida):
    """Una fila por compromiso, acumulada, con la peor certeza de sus cifras: lo que arma la página."""
    vista = elegida.consulta("ejercicio", "corte", "dependencia", "preset")
    filas = consultar("cumplimiento", **vista, periodo="acumulado")
    peores = dependencias.certezas(filas, consultar("trimestres", **vista))
    return filas.assign(certeza=filas["vigente_id"].map(peores))


def componer(apuntados, elegida) -> bytes:
    """El acta de lo apuntado hasta un corte, como la pide la página."""
    filas = filas_de(elegida)
    seguidos = pantalla.seguir(apuntados, filas, elegida.corte)
    previos = mensajes.previos(apuntados, seguidos, filas, elegida.corte, elegida.dependencia)
    suyos = mensajes.del_corte(apuntados, filas, elegida.corte)
    return acta.componer(suyos, previos, filas, elegida, HOY)


def en(corte: str):
    return seleccion.elegir(corte=corte, dependencia="bisom")


def celdas(hoja) -> list[list[str]]:
    """Los renglones de las tablas, sin sus encabezados ni las firmas."""
    return [[c.text for c in r.cells] for t in hoja.tables[:-1] for r in t.rows[1:]]


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
    hoja = abrir(componer(dados, elegida))
    todo = texto(hoja)
    for acuerdo in dados:
        assert acuerdo.texto in todo
        assert f"página {acuerdo.pagina}, renglón {acuerdo.renglon}" in todo
    assert "97 de 85, 114.1\u00a0%\n▲ Sobrecumple, cifra reconstruida\nUnidad: expediente" in todo
    assert "POA 2025 de BISOM, informe del cuarto trimestre de 2025" in todo
    assert "Cuarto trimestre de 2025, acumulado al corte" in todo and "9 abr 2026" in todo
    assert "3\u00a0acuerdos en la sesión del cuarto trimestre de 2025." in todo
    titulos = [(p.style.name, p.text) for p in hoja.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert titulos[0] == ("Title", acta.TITULO)
    assert [t for estilo, t in titulos if estilo == "Heading 1"] == [acta.ACUERDOS, acta.SEGUIMIENTO, "Firmas"]
    assert [t for estilo, t in titulos if estilo == "Heading 2"] == ["Bienestar Social Municipal"]
    assert [t.split(".")[0] for estilo, t in titulos if estilo == "Heading 3"] == ["Meta 300", "Meta 400"]
    assert "(JLM)" in todo and "(AB)" in todo and todo.count("Nombre, cargo y firma") == 4


def test_las_tablas_repiten_su_encabezado_y_todo_esta_en_espanol_de_mexico(apuntar):
    contenido = componer([apuntar("2025T4", "bisom", "305", "x")], seleccion.elegir(corte="2025T4"))
    hoja = abrir(contenido)
    assert hoja.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert {i.get(qn("w:val")) for i in hoja.styles.element.iter(qn("w:lang"))} == {"es-MX"}
    assert hoja.core_properties.language == "es-MX" and hoja.core_properties.title == acta.TITULO
    pie = zipfile.ZipFile(io.BytesIO(contenido)).read("word/footer1.xml").decode()
    assert "Página" in pie and "NUMPAGES" in pie
    assert not [p for p in ("None", "nan", "bisom", "2025T4") if p in texto(hoja)]


def test_sin_acuerdos_lo_dice_y_los_tachados_no_salen(apuntar, tmp_path, monkeypatch):
    elegida = seleccion.elegir(corte="2025T4")
    assert "Todavía no se apunta ningún acuerdo" in texto(abrir(componer([], elegida)))
    apunte = apuntar("2025T4", "bisom", "305", "Me equivoqué")
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    acuerdos.tachar(apunte.acuerdo, "AB")
    todos = acuerdos.leer(con_tachados=True)
    monkeypatch.undo()
    dicho = texto(abrir(componer(todos, elegida)))
    assert "Me equivoqué" not in dicho and "ningún acuerdo" in dicho


def test_van_por_dependencia_y_un_plan_dice_que_lo_es(apuntar):
    elegida = seleccion.elegir(corte="2024T0")
    dados = [apuntar("2024T0", d, c, f"Sobre {c}") for d, c in (("imjum", "1"), ("dif", "3.5"), ("bisom", "3"))]
    hoja = abrir(componer(dados, elegida))
    partes = [p.text for p in hoja.paragraphs if p.style.name == "Heading 2"]
    assert partes == [elegida.con(dependencia=d).nombre_completo for d in ("bisom", "dif", "imjum")]
    assert "Solo plan, sin avance\n◔ Aún no exigible" in texto(hoja)
    assert "POA 2024 de DIF, plan de 2024" in texto(hoja)


def test_un_texto_hostil_no_rompe_el_acta(apuntar):
    hostil = "<w:p/> & \x0b\x1f ]]> =1+1 " + "x" * 300
    dado = apuntar("2025T4", "bisom", "305", hostil)
    raro = acuerdos.Acuerdo(**(vars(dado) | {"descripcion": "con \x0b control \x00 y \ufffe", "unidad_medida": None}))
    dicho = texto(abrir(componer([dado, raro], seleccion.elegir(corte="2025T4"))))
    assert "<w:p/> & " in dicho and "=1+1" in dicho and "Con control" in dicho


def test_las_dependencias_van_como_las_llama_el_orden_del_dia(apuntar):
    elegida = seleccion.elegir(corte="2024T0")
    orden = orden_impreso(filas_de(elegida))
    assert orden != elegida.dependencias and sorted(orden) == sorted(elegida.dependencias)
    (dicho,) = [p.text for p in abrir(componer([], elegida)).paragraphs if p.text.startswith("Dependencias: ")]
    nombres = [elegida.con(dependencia=d).nombre_completo for d in orden]
    assert [dicho.index(n) for n in nombres] == sorted(dicho.index(n) for n in nombres)


def test_la_cifra_que_no_es_segura_lo_dice_y_la_fuente_no_afirma_lo_que_no_imprime(apuntar):
    dados = [apuntar("2025T2", "bisom", clave, "x") for clave in ("307", "406")]
    hoja = abrir(componer(dados, en("2025T2")))
    (_, _, dudosa, fuente, _), (_, _, segura, otra, _) = celdas(hoja)
    assert dudosa.startswith("10 de 10, 100\u00a0%\n● Cumple, cifra reconstruida")
    assert "página 6, renglón 430. No es lo impreso: el renglón 430 imprime 2 de alcanzado en abr–jun" in fuente
    assert "reconstruida" not in segura and "No es lo impreso" not in otra
    assert "está impresa" not in texto(hoja)


def test_el_total_que_no_es_el_impreso_lo_dice_y_la_fuente_da_los_dos(apuntar):
    elegida = seleccion.elegir(corte="2022T4")
    dado = apuntar("2022T4", "presidencia", "1.4", "Explicar el total")
    ((_, _, cifra, fuente, _),) = celdas(abrir(componer([dado], elegida)))
    assert cifra.startswith("78.41 de 90, 87.1\u00a0%\n◆ En riesgo, total distinto del impreso")
    assert fuente.endswith(
        "No es lo impreso: lo acumulado, 78.41, es el promedio de los trimestres; el informe imprime 90 de avance "
        "absoluto"
    )


def test_los_acuerdos_de_quien_no_informa_el_corte_tambien_van_y_se_dice(apuntar):
    """IMJUM solo tiene plan en 2024: en 2025 no informa."""
    dado = apuntar("2024T0", "imjum", "1", "Traer el informe")
    ((_, _, _, movio),) = celdas(abrir(componer([dado], seleccion.elegir(corte="2025T4", dependencia="todas"))))
    assert movio == "Su dependencia no informa este corte."
    assert "No hay acuerdos de cortes anteriores" in texto(abrir(componer([dado], en("2025T4")))), "no son de BISOM"


def test_lo_que_se_acumula_de_dos_informes_da_los_dos_lugares(apuntar):
    fila = celdas(abrir(componer([apuntar("2025T4", "bisom", "305", "x")], en("2025T4"))))[0]
    impresas = consultar("impresas", corte="2025T4", dependencia="bisom", nivel="accion")
    suyas = impresas[(impresas["clave"] == "305") & impresas["programado"].notna()]
    assert suyas["programado_renglon"].nunique() > 1
    for _, t in suyas.iterrows():
        assert f"página {t['programado_pagina']}, renglón {t['programado_renglon']}" in fila[3]


@pytest.mark.parametrize(("corte", "clave"), [("2025T2", "204"), ("2025T3", "502"), ("2025T4", "400")])
def test_lo_que_falta_se_dice_con_palabras(apuntar, corte, clave):
    dicho = texto(abrir(componer([apuntar(corte, "bisom", clave, "x")], en(corte))))
    assert "in dato" in dicho and not re.search(r"— de|de —", dicho)


def test_el_acta_sigue_los_acuerdos_de_cortes_anteriores_cada_uno_una_vez(apuntar):
    dados = [
        apuntar("2025T2", "bisom", "305", "Firmar los expedientes"),
        apuntar("2025T1", "bisom", "307", "Reunir a los vecinos"),
        apuntar("2025T2", "bisom", "406", "Entregar los proyectos"),
        apuntar("2025T2", "bisom", "503", "Contar a las personas"),
        apuntar("2025T4", "bisom", "403", "Traer el calendario"),
    ]
    hoja = abrir(componer(dados, en("2025T4")))
    por_texto = {fila[1].split("\n")[0]: fila for fila in celdas(hoja)}
    assert list(por_texto) == [dados[n].texto for n in (4, 0, 1, 2, 3)] and len(celdas(hoja)) == 5
    movio = por_texto["Firmar los expedientes"][3]
    assert movio.startswith("Ahora (T4 2025): 97 de 85, 114.1\u00a0% ▲ Sobrecumple")
    assert "sigue en «Sobrecumple»" in movio
    fuera = "ya no está en el plan que rige desde jul–sep de 2025."
    assert por_texto["Reunir a los vecinos"][3].startswith("Al T4 2025 (su último informe es T2 2025): 10 de 10")
    assert por_texto["Reunir a los vecinos"][3].endswith(f"sigue en «Cumple»; {fuera}")
    suya, otra = sorted(por_texto["Entregar los proyectos"][3].split("\n"))
    assert suya == f"En la acción 406: {fuera}"
    assert otra.startswith("En la acción 408 no se compara: aquel compromiso se reunió con otros")
    assert por_texto["Contar a las personas"][3] == "Sin informe nuevo desde entonces."
    assert "4\u00a0acuerdos, cada uno" in texto(hoja) and "1\u00a0acuerdo en la sesión" in texto(hoja)


def test_el_que_se_quedo_sin_compromiso_tambien_va(apuntar):
    dado = apuntar("2025T1", "bisom", "305", "Se quedó sin lugar")
    perdido = Acuerdo(**(vars(dado) | {"eslabon": "2025.1/bisom/300/399"}))
    ((_, _, _, movio),) = celdas(abrir(componer([perdido], en("2025T4"))))
    assert "ya no está en este corte" in movio


def test_sin_metas_impresas_o_de_una_dependencia_que_no_esta_en_el_corte_tambien_sale(apuntar):
    elegida = en("2025T4")
    dados = [apuntar("2025T4", "bisom", "305", "Sin su meta"), apuntar("2024T0", "dif", "3.5", "De otra")]
    filas = filas_de(elegida)
    hoja = abrir(acta.componer(dados, [], filas[filas["nivel"] != "meta"], elegida, HOY))
    titulos = [p.text for p in hoja.paragraphs if p.style.name == "Heading 3"]
    assert titulos == ["Meta 300", "Meta 3"] and {f[1] for f in celdas(hoja)} == {"Sin su meta", "De otra"}
    assert "De otra" in texto(abrir(acta.componer(dados, [], filas.head(0), elegida, HOY)))


def test_ningun_titulo_se_queda_solo_al_pie_de_la_hoja(apuntar):
    """Lo que va de un título a los primeros renglones de su tabla pide ir con lo que sigue."""
    dados = [apuntar("2025T4", "bisom", "305", "De ahora"), apuntar("2025T1", "bisom", "305", "De antes")]
    hoja = abrir(componer(dados, en("2025T4")))
    cuerpo = [Table(e, hoja) if e.tag == qn("w:tbl") else Paragraph(e, hoja) for e in hoja.element.body[:-1]]
    titulos = [n for n, e in enumerate(cuerpo) if isinstance(e, Paragraph) and e.style.name.startswith("Heading")]
    assert len(titulos) >= 5
    for n in titulos:
        while isinstance(cuerpo[n], Paragraph):
            suyo, su_estilo = cuerpo[n].paragraph_format, cuerpo[n].style.paragraph_format
            assert suyo.keep_with_next or su_estilo.keep_with_next, cuerpo[n].text
            n += 1
    for tabla in hoja.tables[:-1]:
        assert all(celda.paragraphs[0].paragraph_format.keep_with_next for celda in tabla.rows[0].cells)


@pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("lowriter") is None,
    reason="No está LibreOffice Writer, con que se abre el acta. En Debian: apt-get install libreoffice-writer",
)
def test_libreoffice_la_abre_y_la_imprime(apuntar, tmp_path):
    dados = [apuntar("2025T2", "bisom", c, f"Seguir {c}") for c in ("305", "307", "406")]
    dados += [apuntar("2025T4", "bisom", c, f"Cumplir {c}") for c in ("100", "305", "403")]
    (tmp_path / "acta.docx").write_bytes(componer(dados, en("2025T4")))
    orden = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/perfil", "--convert-to", "pdf"]
    subprocess.run([*orden, "--outdir", str(tmp_path), str(tmp_path / "acta.docx")], check=True, timeout=180)
    impreso = (tmp_path / "acta.pdf").read_bytes()
    assert impreso.startswith(b"%PDF") and re.search(rb"/Type\s*/Page[^s]", impreso)
    if shutil.which("pdftotext"):
        orden = ["pdftotext", str(tmp_path / "acta.pdf"), "-"]
        dicho = subprocess.run(orden, capture_output=True, text=True, check=True).stdout
        dicho = " ".join(dicho.split())
        assert acta.TITULO in dicho and acta.SEGUIMIENTO in dicho and "Página 1 de" in dicho
        assert all(d.texto in dicho for d in dados)
