"""Words that say nothing alone, by language, without accents and capitals; pure.

A language without a list has none: such words are as common as before, and so hardly ever grow.
"""

_LISTS = {
    "en": (
        "a about above after again against all almost already also although always am an and "
        "another any anybody anyone anything are around as ask asked asking at away back be "
        "because been before being below between both bring but by call called came can cannot "
        "com come could did different do does doing done down during each either else email "
        "enough even ever every everyone everything few find first for from get gets getting "
        "give given go goes going gone good got great had happen happened happening has have "
        "having he hello help her here hers herself hi him himself his how however i if in into "
        "is it its itself just keep kid kids kind know last late lately least less let like "
        "little long look looking made make makes many may maybe me might mine more morning most "
        "much must my myself near need needed needs never new next no nobody none nor not nothing "
        "now of off often oh ok okay old on once one only onto or other others our ours out over "
        "own parent parents people perhaps please put quite rather really regards right said same "
        "saw say says school schools see seem seems seen send sent she should since so some "
        "somebody someone something sometimes soon still such sure take taken tell than thank "
        "thanks that the their theirs them themselves then there these they thing things think "
        "this those though three through till time times to today together told tomorrow too took "
        "toward try trying twice two under until up upon us use used very wait want wanted wants "
        "was way we week weeks well went were what when where whether which while who whole whom "
        "whose why will wish with within without won would yes yesterday yet you your yours "
        "yourself dear sincerely evening afternoon child children son daughter student students "
        "year years day days month months hour hours minute minutes ago mom dad mother father "
        "don doesn didn isn wasn aren weren hasn haven hadn couldn wouldn shouldn "
        "monday tuesday wednesday thursday friday saturday sunday "
        "mr mrs ms miss dr coach question questions know anyone"
    ),
    "es": (
        "a acerca ademas ahi ahora al algo alguien alguna algunas alguno algunos alla alli ante "
        "antes ano anos aquel aquella aqui asi aun aunque ayer bajo bastante bien buen buena "
        "buenas bueno buenos cada casi como con contra cual cuales cualquier cuando cuanto cuanta "
        "da dan dar de debe deben decir del dentro desde despues dia dias dice dicen dijo dijeron "
        "donde dos durante e el ella ellas ello ellos en encima entonces entre era eran eres es "
        "esa esas escuela escuelas ese eso esos esta estaba estaban estado estamos estan estar "
        "estas este esto estos estoy favor fin fue fueron gracias gran ha haber habia habian hace "
        "hacen hacer hacia han hasta hay haya he hecho hemos hija hijas hijo hijos hola hora horas "
        "hoy igual ir la las le les llega llegar llego lo los luego mal manana mas mayor me media "
        "mejor menos mes meses mi mia mias mientras minuto minutos mio mios mis mismo misma mucha "
        "muchas mucho muchos muy nada nadie necesito necesita necesitamos ni nina ninas nino ninos "
        "ninguna ninguno no noche noches nos nosotros nuestra nuestras nuestro nuestros nueva "
        "nuevo o otra otras otro otros padre padres madre mama papa para parece pero persona "
        "personas poco podemos poder podria por porque primera primero pronto pude puede pueden "
        "puedo pues que quien quienes quiere quiero quisiera saber se sea sean seguir segun "
        "semana semanas senor senora senorita ser si sido siempre sin sino sobre solo somos son "
        "soy su sus suya suyo tal tambien tampoco tan tanto tarde tardes te tener tenemos tengo "
        "tenia ti tiene tienen toda todas todavia todo todos tras tres tu tus un una unas uno unos "
        "usted ustedes va van varias varios veces ver vez voy y ya yo alumno alumna alumnos "
        "estudiante estudiantes maestra maestro profesor profesora pregunta preguntar saludos "
        "lunes martes miercoles jueves viernes sabado domingo"
    ),
    "pt": (
        "a agora ainda ao aos apos aquela aquele as assim ate bem boa bom cada com como da das de "
        "depois desde dia dias do dois dos e ela elas ele eles em entre era escola essa esse esta "
        "estao estar estas estava este eu faz favor filha filho foi fora foram ha hoje hora horas "
        "isso isto ja la lhe mae mais mas me mesmo meu minha muita muito na nao nas nem no nos "
        "nossa nosso num numa o obrigada obrigado ola onde os ou outra outro pai para pela pelo "
        "pode podem por porque posso pra qual quando que quem quero sabe saber se seja sem semana "
        "ser seu sim so sobre sua tambem tao tarde tem temos tenho ter toda todo todos tudo um uma "
        "vai vez vezes voce voces"
    ),
    "fr": (
        "a ai alors au aussi autre aux avec avez avoir avons beaucoup bien bonjour bonsoir car ce "
        "cela ces cet cette chez comme dans de depuis des deux dire doit donc du elle elles en "
        "encore ecole enfant enfants est et etait etre eu fait faire faut fille fils il ils je la "
        "le les leur leurs lui ma mais me meme merci mes moi moins mon ne nos notre nous on ont ou "
        "par parce pas peu peut plus pour pourquoi pouvez puis quand que quel quelle qui quoi sa "
        "sans se semaine ses si son sont sous sur ta te tes toujours tous tout toute tres trop tu "
        "un une vers vos votre voudrais vous jour jours heure heures"
    ),
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}


def stop_words(language: str) -> frozenset[str]:
    """Return the list of a language, ``pt-br`` being ``pt``; an empty one where there is none."""
    return STOP_WORDS.get(language.partition("-")[0], frozenset())
