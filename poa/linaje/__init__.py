"""El linaje: qué compromiso de un plan es el mismo que otro de un plan posterior.

`planes` los ordena, `parecido` los compara, `asignacion` los reparte, `correspondencia` aprende de los más
claros, `sugeridor` decide qué proponer, `sumas` halla divisiones y fusiones, `afines` busca en las demás
dependencias, `razones` lo dice en español y `catalogo` lo guarda.
"""
