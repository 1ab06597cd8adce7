"""Con qué se arman los planes inventados: temas, verbos, modos y fines como los de los documentos reales."""

# tema → texto de su meta, unidad de la meta y sus acciones (objeto, otra manera de decirlo, unidad, cantidad típica)
TEMAS = {
    "bomberos": (
        "Prevenir y atender incendios, rescates y emergencias en la ciudad y su valle",
        "servicio",
        [
            (
                "inspecciones de medidas contra incendio en comercios",
                "visitas de revisión a extintores y salidas de comercios",
                "inspeccion",
                240,
            ),
            (
                "simulacros de evacuación en escuelas y guarderías",
                "prácticas de evacuación con alumnos de guarderías",
                "simulacro",
                48,
            ),
            (
                "llamados de auxilio por fuego en viviendas y vehículos",
                "reportes de fuego en casas, baldíos y vehículos",
                "llamad",
                3217,
            ),
            (
                "brigadas internas de empresas y maquiladoras",
                "brigadistas de la industria maquiladora",
                "brigadist",
                130,
            ),
            ("hidrantes de la red contra incendio", "tomas de hidrantes de la ciudad", "hidrant", 95),
        ],
    ),
    "biblioteca": (
        "Fomentar la lectura y el acceso a los libros en las bibliotecas públicas",
        "usuari",
        [
            (
                "círculos de lectura para niñas y niños en bibliotecas",
                "lectura infantil en sala de bibliotecas",
                "sesion",
                120,
            ),
            ("préstamo de libros a domicilio", "libros que se llevan a casa los usuarios", "libr", 5400),
            ("acervo bibliográfico restaurado y catalogado", "catálogo y restauración del acervo", "ejemplar", 900),
            (
                "presentaciones de libros de autores bajacalifornianos",
                "escritores locales que presentan obra",
                "present",
                12,
            ),
            ("cómputo e internet para estudiantes", "préstamo de computadoras con internet", "servici", 2610),
        ],
    ),
    "catastro": (
        "Mantener al día el padrón catastral y la cartografía del municipio",
        "predi",
        [
            ("deslindes y levantamientos topográficos de predios", "medición topográfica de terrenos", "deslind", 316),
            ("avalúos catastrales de inmuebles", "valuación de inmuebles y construcciones", "avalu", 1480),
            ("cartografía digital de manzanas y colonias", "planos digitales por manzana", "plan", 36),
            (
                "certificados de no adeudo predial",
                "constancias de estar al corriente en el predial",
                "certificad",
                7350,
            ),
            (
                "claves catastrales a fraccionamientos nuevos",
                "asignación de clave a lotes de fraccionamientos",
                "clav",
                640,
            ),
        ],
    ),
    "panteones": (
        "Prestar con dignidad los servicios de los panteones municipales",
        "servici",
        [
            ("inhumaciones y exhumaciones en panteones", "entierros y exhumación de restos", "inhum", 1105),
            ("limpieza y bardado de panteones", "desmonte y barda perimetral de cementerios", "jorn", 24),
            ("títulos de perpetuidad de fosas", "regularización de la propiedad de fosas", "titul", 210),
        ],
    ),
    "deporte": (
        "Promover la activación física y el deporte popular en colonias y ejidos",
        "deportist",
        [
            ("torneos de futbol y beisbol infantil", "ligas infantiles de beisbol y futbol", "torne", 16),
            ("becas a deportistas de alto rendimiento", "estímulos económicos para atletas seleccionados", "bec", 85),
            ("clases de zumba y activación en parques", "activación física gratuita en parques", "clas", 1300),
            (
                "canchas y unidades deportivas rehabilitadas",
                "reparación de gradas, canchas y unidades deportivas",
                "canch",
                9,
            ),
            ("carreras pedestres y paseos ciclistas", "rutas ciclistas y carreras de calle", "carrer", 7),
            ("valoraciones del médico del deporte", "revisión médica y nutricional a atletas", "valor", 430),
        ],
    ),
    "turismo": (
        "Posicionar al municipio como destino de turismo médico, gastronómico y de aventura",
        "visitant",
        [
            ("recorridos guiados por el centro y la chinesca", "visitas guiadas en la chinesca", "recorrid", 52),
            ("módulos de información turística en garitas", "atención al turista en la garita", "modul", 4),
            ("festival gastronómico de comida china", "muestra de gastronomía china y cachanilla", "festival", 1),
            (
                "hoteleros y restauranteros en distintivos de calidad",
                "distintivo de calidad a hoteles",
                "distintiv",
                33,
            ),
        ],
    ),
    "ecologia": (
        "Mejorar la calidad del aire y el cuidado del medio ambiente",
        "accion",
        [
            (
                "verificación vehicular y operativos de humo",
                "vehículos que contaminan detectados en operativo",
                "vehicul",
                2180,
            ),
            ("estaciones de monitoreo de partículas", "medición diaria de partículas del aire", "report", 12),
            ("árboles nativos plantados en camellones", "reforestación de camellones con mezquite", "arbol", 3600),
            ("manifiestos de impacto ambiental", "dictámenes de impacto ambiental de obras", "dictamen", 74),
            (
                "acopio de llantas, pilas y electrónicos",
                "recolección de residuos electrónicos y llantas",
                "tonelad",
                88,
            ),
        ],
    ),
    "alumbrado": (
        "Conservar el alumbrado público y ahorrar energía",
        "luminari",
        [
            ("luminarias fundidas en colonias", "lámparas apagadas en vialidades y colonias", "luminari", 11250),
            ("circuitos y transformadores subterráneos", "cableado robado de circuitos", "circuit", 140),
            ("lámparas led en bulevares principales", "sustitución a led en bulevares", "lampar", 2045),
            ("semáforos y botones peatonales", "cruces con semáforo en servicio", "semafor", 61),
        ],
    ),
    "juridico": (
        "Defender los intereses jurídicos de la entidad y dar certeza a sus actos",
        "asunt",
        [
            ("juicios laborales y de amparo", "demandas de trabajadores y amparos", "juici", 57),
            ("contratos y convenios de la entidad", "instrumentos contractuales revisados", "conveni", 31),
            ("reglamentos y manuales de organización", "normatividad interna y manuales", "reglament", 5),
        ],
    ),
    "rastro": (
        "Vigilar la sanidad de la carne y la operación del rastro",
        "inspeccion",
        [
            ("canales de bovino y porcino inspeccionadas", "sacrificio de ganado bovino con sello", "canal", 18400),
            ("guías de movilización de ganado", "permisos para mover ganado", "gui", 960),
            ("muestras de laboratorio de clembuterol", "análisis para detectar clembuterol", "muestr", 150),
        ],
    ),
    "mercados": (
        "Ordenar el comercio ambulante, los mercados y los sobreruedas",
        "permis",
        [
            ("permisos a vendedores ambulantes", "licencias para vender en la vía pública", "permis", 1875),
            ("locatarios de mercados municipales", "padrón de locatarios al corriente", "locatari", 132),
            ("decomisos a giros sin licencia", "operativos contra giros irregulares", "decomis", 44),
            ("sobreruedas en ejidos y colonias", "rol de sobreruedas dominicales", "sobrerued", 104),
        ],
    ),
    "vivienda": (
        "Ampliar el acceso a vivienda digna y la certeza de la tierra",
        "famili",
        [
            (
                "escrituras a familias de asentamientos irregulares",
                "regularización de lotes en asentamientos",
                "escritur",
                365,
            ),
            ("pies de casa para familias de bajos ingresos", "construcción de pie de casa", "viviend", 48),
            ("subsidios para techo y piso firme", "piso firme y techumbre", "subsidi", 270),
        ],
    ),
}
VERBOS = [
    ("Realizar", "Realización de", "Llevar a cabo"),
    ("Elaborar", "Elaboración de", "Preparar"),
    ("Atender", "Atención de", "Dar atención a"),
    ("Otorgar", "Otorgamiento de", "Entregar"),
    ("Coordinar", "Coordinación de", "Organizar"),
    ("Supervisar", "Supervisión de", "Vigilar"),
    ("Promover", "Promoción de", "Impulsar"),
    ("Gestionar", "Gestión de", "Tramitar"),
]
MODOS = [
    "en coordinación con instancias gubernamentales y el sector privado",
    "mediante jornadas comunitarias en colonias y ejidos",
    "a través de los programas de la entidad",
    "conforme a los lineamientos emitidos por la Tesorería Municipal",
    "con la participación de organismos de la sociedad civil",
    "a solicitud de la ciudadanía por los distintos medios de atención",
    "",
    "",
]
FINES = [
    "con el fin de mejorar la calidad de vida de los habitantes",
    "para contribuir al bienestar social de la comunidad",
    "en beneficio de personas en situación de vulnerabilidad",
    "para dar cumplimiento a los objetivos del Plan Municipal de Desarrollo",
    "procurando la igualdad entre hombres y mujeres",
    "",
    "",
]
NOMINA = "Seguimiento al gasto de servicios personales"
GENERALES = [
    (
        "Contribuir a disminuir la brecha de desigualdad entre hombres y mujeres fomentando la perspectiva de género",
        "inform",
    ),
    ("Elaborar informes trimestrales de actividades de la unidad", "inform"),
    ("Atender las solicitudes de acceso a la información pública", "solicitud"),
]
