"""Palabras con las que se arman los documentos hechos: dependencias, unidades, textos y firmas.

Los giros son los de los cinco documentos reales; los datos son inventados.
"""

# (id esperado o None si no está en el catálogo, nombre impreso, clave de ramo)
DEPENDENCIAS = [
    ("presidencia", "PRESIDENCIA", "01"),
    ("dif", "DESARROLLO INTEGRAL DE LA FAMILIA DE MEXICALI BAJA CALIFORNIA", "52"),
    ("bisom", "BIENESTAR SOCIAL MUNICIPAL (BISOM)", "54"),
    ("immm", "INSTITUTO DE LA MUJER PARA EL MUNICIPIO DE MEXICALI", "72"),
    ("desarrollo_rural", "DIRECCIÓN DE DESARROLLO RURAL Y DELEGACIONES", "15"),
    ("servicios_medicos", "SERVICIOS MÉDICOS MUNICIPALES", "17"),
    ("imjum", "INSTITUTO MUNICIPAL DE LA JUVENTUD DE MEXICALI, BAJA CALIFORNIA", "66"),
    ("derechos_humanos", "COORDINACIÓN DE DERECHOS HUMANOS Y GRUPOS EN SITUACIÓN DE VULNERABILIDAD", "18"),
    (None, "OFICIALÍA MAYOR", "05"),
    (None, "SINDICATURA MUNICIPAL", "02"),
    (None, "DIRECCIÓN DE OBRAS PÚBLICAS", "09"),
    (None, "INSTITUTO MUNICIPAL DE ARTE Y CULTURA", "61"),
    (None, "COORDINACIÓN MUNICIPAL DE PROTECCIÓN CIVIL", "21"),
    (None, "DIRECCIÓN DE PROTECCIÓN AL AMBIENTE", "13"),
]

PROGRAMAS = [
    ("511", "GESTIÓN ADMINISTRATIVA"),
    ("542", "VINCULACIÓN SOCIAL PARA EL DESARROLLO COMUNITARIO"),
    ("010", "GESTIÓN Y CONDUCCIÓN DE LA POLÍTICA DEL PRESIDENTE MUNICIPAL"),
    ("000", "ADMINISTRACIÓN"),
    ("522", "ASISTENCIA SOCIAL Y FORTALECIMIENTO DE LOS VALORES FAMILIARES"),
    ("722", "ALCANZANDO LA IGUALDAD SUSTANTIVA ENTRE MUJERES Y HOMBRES EN MEXICALI"),
    ("151", "REPRESENTACIÓN DEL GOBIERNO MUNICIPAL PARA EL DESARROLLO DE LAS DELEGACIONES"),
    ("309", "CULTURA AL ALCANCE DE TODOS"),
]

UNIDADES_EJECUTORAS = [
    "DIRECCIÓN",
    "DEPARTAMENTO DE ADMINISTRACIÓN Y FINANZAS",
    "DEPARTAMENTO DE PARTICIPACIÓN SOCIAL",
    "DEPARTAMENTO TÉCNICO",
    "COORDINACIÓN ADMINISTRATIVA",
    "OFICINA DEL TITULAR",
    "JEFATURA DEL DEPARTAMENTO OPERATIVO",
    "JEFATURA DEL DEPARTAMENTO DE VINCULACION SOCIAL",
    "ATENCIÓN CIUDADANA",
    "FOMENTO Y DESARROLLO ECONÓMICO",
]

FINALIDADES = [
    ("1", "GOBIERNO"),
    ("2", "DESARROLLO SOCIAL"),
    ("3", "DESARROLLO ECONÓMICO"),
]
FUNCIONES = [
    ("3", "COORDINACIÓN DE POLÍTICA DE GOBIERNO"),
    ("8", "OTROS SERVICIOS GENERALES"),
    ("2", "VIVIENDA Y SERVICIOS A LA COMUNIDAD"),
    ("6", "PROTECCIÓN SOCIAL"),
]
SUBFUNCIONES = [
    ("1", "PRESIDENCIA / GUBERNATURA"),
    ("2", "DESARROLLO COMUNITARIO"),
    ("9", "OTROS DE SEGURIDAD SOCIAL Y ASISTENCIA SOCIAL"),
    ("1", "SERVICIOS REGISTRALES, ADMINISTRATIVOS Y PATRIMONIALES"),
]
EJES = [
    "BIENESTAR PARA TODAS LAS PERSONAS",
    "MEXICALI SEGURO Y EN PAZ",
    "MEXICALI CRECE",
    "GOBERNAR PARA SERVIR",
]
NOMBRES_DE_LINEA = [
    "APOYOS DE ORDEN SOCIAL",
    "ATENCIÓN CIUDADANA",
    "ADMINISTRACIÓN DE LOS RECURSOS PÚBLICOS",
    "FORMACION PARA LA VIDA",
    "EMPODERAMIENTO DE LAS MUJERES",
    "FOMENTO DE CONVIVENCIA VECINAL",
    "INFRAESTRUCTURA PARA EL DESARROLLO HUMANO Y EL CUIDADO",
    "CIUDADANÍA INFORMADA",
    "MESURA EN EL EJERCICIO DE LOS RECURSOS PÚBLICOS",
    "JORNADAS DE SALUD",
    "PROMOCION DE ACTIVIDADES RECREATIVAS",
    "VIALIDADES Y ESPACIOS SEGUROS",
    "ASEGURAMIENTO DE INFRAESTRUCTURA BÁSICA EN LAS ZONAS DE ATENCIÓN PRIORITARIA (ZAP)",
]

UNIDADES = [
    "Informe",
    "Reporte",
    "Evento",
    "Apoyo",
    "Expediente",
    "Reunión",
    "Sesión",
    "Jornada",
    "Comité",
    "Dictamen técnico",
    "Proyecto",
    "Persona usuaria",
    "Talleres",
    "Brigadas",
    "Supervisión",
    "Becas",
    "Informe de gestión financiera",
    "Padrón actualizado",
    "Petición atendida",
    "Minuta de acuerdo",
    "Servicios otorgados",
    "Despensa",
    "Capacitación",
    "Campaña",
    "Consulta médica",
    "Convenio",
]
UNIDADES_DE_PORCENTAJE = ["Porcentaje de cumplimiento", "Eficiencia programática presupuestal", "Porcentaje"]
UNIDAD_DE_NOMINA = "Nómina"

VERBOS = [
    "Realizar",
    "Impulsar",
    "Promover",
    "Coordinar",
    "Elaborar y entregar",
    "Contribuir al incremento de",
    "Dar seguimiento a",
    "Atender",
    "Gestionar y administrar",
    "Supervisar",
    "Difundir",
    "Integrar",
    "Celebrar",
    "Mantener actualizada",
    "Fomentar",
    "Otorgar",
    "Ejecutar",
    "Brindar",
    "Actualizar",
    "Convocar y conducir",
]
OBJETOS = [
    "los eventos en coordinación con instancias gubernamentales y sector privado",
    "las solicitudes ciudadanas recibidas por los diversos conductos",
    "los apoyos de orden social a las y los ciudadanos",
    "la información de interés público en portal de internet (micrositio)",
    "el padrón de bienes muebles e inmuebles",
    "las pláticas a la comunidad de tipo asistencial, valores y salud preventiva",
    "los dictámenes técnicos de las obras comunitarias o escolares",
    'el programa de vinculación social "MIÉRCOLES CIUDADANO"',
    "las actividades académicas, culturales, deportivas y recreativas",
    "las brigadas de limpieza, pintura y forestación",
    "los comedores comunitarios, suministros y raciones alimenticias",
    "el 100% de las solicitudes recibidas a través de la línea 072",
    "los comités comunitarios (C.D.H.I.) a fin de organizarlos",
    "las reuniones informativas; capacitaciones y/o talleres con los comités de vecinos",
    "el reglamento municipal y sus instrumentos normativos",
]
COMPLEMENTOS = [
    "con el fin de mejorar su entorno social.",
    "conforme a lo establecido en los artículos 81, 82 y 83 de la Ley de Transparencia.",
    "en las 13 delegaciones del municipio de Mexicali.",
    "para contribuir a la salud pública.",
    "de acuerdo con el Plan Municipal de Desarrollo 2022-2024.",
    "a través de 2 jornadas por mes.",
    "que permita habilitar el proceso por internet",
    "sin distinción de su sexo, género o preferencias.",
    "en beneficio de la población vulnerable.",
    "mediante el Consejo Nacional de Armonización Contable (CONAC)",
    "del ejercicio fiscal inmediato anterior.",
    "en apego a la normatividad aplicable.",
]
OBSERVACIONES = {
    "cumple": ["", "", "", "SE CUMPLIÓ SATISFACTORIAMENTE.", "Se cumplió con lo programado."],
    "encima": [
        "",
        "SE REBASÓ LA META, DEBIDO A LAS MÚLTIPLES PETICIONES DE APOYO QUE SE RECIBIERON.",
        "Se supera la acción debido a que se recibieron mayores solicitudes de jornadas comunitarias.",
        "Se llevaron a cabo 2 Sesiones Extraordinarias por los cambios de administración de la Entidad.",
        "Se sobrecumple la acción gracias a la comunidad, 1,250 personas más que en 2024.",
    ],
    "debajo": [
        "",
        "No se alcanza la meta debido a que no fueron recibidas según lo programado las despensas.",
        "Debido a que 05 de los solicitantes se encontraban fuera del municipio, no se logró la meta.",
        "NO SE ALCANZÓ LA META, DEBIDO A QUE LAS PETICIONES SE CANALIZAN A DIVERSAS DEPENDENCIAS.",
        "Esta línea de acción no se cumple debido a que no se ha autorizado el presupuesto federal.",
        "SE ESTIMA PUBLICAR EN EL TRANSCURSO DEL PRIMER MES DEL SEGUNDO TRIMESTRE, 15 de abril.",
    ],
    "nada": [
        "",
        "",
        "",
        "GESTIONES EN PROCESO.",
        "SE CONTRATARÁ EL SERVICIO EN EL TRANSCURSO DEL SEGUNDO TRIMESTRE.",
    ],
}

NOMBRES = [
    "MARÍA",
    "JOSÉ RAMÓN",
    "ALFONSO",
    "DIANA",
    "TELMA",
    "HOMERO",
    "KEVIN ERNESTO",
    "JOHANA",
    "LUIS",
    "HELGA",
]
APELLIDOS = [
    "LÓPEZ HERNÁNDEZ",
    "PEÑA ESPINOZA",
    "ARRIOLA BASTIDAS",
    "MORENO RUIZ",
    "TOLEDO RODRÍGUEZ",
    "CASANOVA LÓPEZ",
    "GONZÁLEZ CANALES",
    "MARTÍNEZ ARROYO",
]
CARGOS = [
    "RESPONSABLE DE LA UNIDAD EJECUTORA",
    "RESPONSABLE DEL PROGRAMA",
    "RESPONSABLE DEL RAMO",
    "JEFE DE DEPTO. ADMINISTRATIVO Y CONTABLE",
    "SECRETARIO PARTICULAR DEL PRESIDENTE MUNICIPAL",
]

CAPITULOS = [
    ("10000", "SERVICIOS PERSONALES"),
    ("20000", "MATERIALES Y SUMINISTROS"),
    ("30000", "SERVICIOS GENERALES"),
    ("40000", "TRANSFERENCIAS, ASIGNACIONES, SUBSIDIOS Y OTRAS AYUDAS"),
    ("50000", "BIENES MUEBLES, INMUEBLES E INTANGIBLES"),
    ("70000", "INVERSIONES FINANCIERAS Y OTRAS PROVISIONES"),
]

ORDINALES = {1: "PRIMER", 2: "SEGUNDO", 3: "TERCER", 4: "CUARTO"}
# Ayuntamiento en funciones por año de inicio, como lo imprimen los títulos.
AYUNTAMIENTOS = [(2016, "XXII", "22"), (2019, "XXIII", "23"), (2021, "XXIV", "24"), (2024, "XXV", "25")]

MALAS_LECTURAS = {
    "AYUNTAMIENTO": ["AVANTAMIENTO", "AVUNTAMIENTO", "AYUNTAMIENT0"],
    "BISOM": ["BESOM", "BISON"],
    "MEXICALI": ["MEXICALTI", "MEXICAL1"],
    "UNIDAD EJECUTORA": ["UNIDAD EJECUT0RA", "UNIDAD EIECUTORA"],
    "FUNCIÓN": ["UNCIÓN", "FUNCION"],
    "SUBFUNCIÓN": ["SUBREUNION", "SUBFUNCION"],
    "Ene-Mar": ["Enc-Mar", "Ene-Illar"],
}
UNIDADES_MAL_LEIDAS = {
    "Nómina": "Número",
    "Despensa": "Defensa",
    "Becas": "Decas",
    "Sesión": "Presión",
    "Comité": "Cómite",
    "Jornada": "Jomada",
    "Reunión": "Re unión",
    "Apoyo": "Ap0yo",
}


def ayuntamiento(anio: int) -> tuple[str, str]:
    """Devuelve el número del ayuntamiento de ese año en romano y en arábigo."""
    romano, arabigo = AYUNTAMIENTOS[0][1:]
    for desde, rom, ara in AYUNTAMIENTOS:
        if anio >= desde:
            romano, arabigo = rom, ara
    return romano, arabigo
