//! The codes in French: titles and explanations.

/// Id, title and explanation, in the order of the codes.
pub(super) const FRENCH: &[(&str, &str, &str)] = &[
    (
        "J0101",
        "le fichier n'est pas du TOML",
        "Le texte enfreint une règle de TOML (https://toml.io), si bien que rien n'y est lisible. Causes fréquentes : une chaîne sans guillemet fermant, une clé écrite deux fois, une table en ligne étalée sur plusieurs lignes sans virgule.",
    ),
    (
        "J0102",
        "quelque chose dépasse la taille lue",
        "Les fichiers, modèles de texte, formules et listes ont des bornes, afin qu'un fichier hostile ou abîmé soit refusé d'emblée. Le message donne la borne. Un vrai scénario en reste loin ; les grandes tables vont dans un fichier CSV à côté du scénario.",
    ),
    (
        "J0103",
        "des tables ou des clés trop imbriquées",
        "Des tables dans des tables, ou des clés telles que a.b.c, vont plus profond qu'aucun scénario n'en a besoin. C'est refusé avant d'être suivi.",
    ),
    (
        "J0104",
        "une clé que le langage n'a pas",
        "Chaque clé est vérifiée, car une clé mal orthographiée et ignorée en silence changerait ce qui est testé. `jumelles schema` donne le schéma JSON, avec lequel un éditeur complète et vérifie les clés.",
    ),
    ("J0105", "une clé obligatoire manque", "Sans cette clé, la table ne peut pas être comprise."),
    (
        "J0106",
        "une valeur du mauvais type",
        "La clé attend un autre type de valeur : un nombre s'écrit sans guillemets, un texte avec, une table entre accolades.",
    ),
    (
        "J0107",
        "un mot qui n'est pas parmi les choix",
        "La clé attend un mot parmi quelques-uns ; le conseil les énumère.",
    ),
    (
        "J0108",
        "une valeur hors de son intervalle",
        "La valeur est du bon type mais ne peut pas être voulue ; le message donne l'intervalle.",
    ),
    (
        "J0109",
        "un nom inutilisable",
        "Les noms de variables deviennent des colonnes, des mots de formules et des morceaux de noms de dossiers : minuscules, chiffres et soulignés, en commençant par une lettre. Quelques mots sont réservés.",
    ),
    (
        "J0110",
        "un nom employé deux fois",
        "Les variables protégées, les variables et les sources ont chacune leur propre nom.",
    ),
    (
        "J0111",
        "le scénario prolongé par celui-ci est inutilisable",
        "`extends` prend le nom d'un scénario livré, ou d'un fichier en .toml du même dossier. Des scénarios peuvent se prolonger l'un l'autre sur quelques niveaux, mais pas en rond.",
    ),
    (
        "J0112",
        "un chemin qui sort du dossier du scénario",
        "Un scénario peut nommer des fichiers de son dossier et en dessous, pour pouvoir être remis entier à quelqu'un d'autre et ne pas lire ce qu'il ne doit pas. Les chemins absolus, `..` et les liens qui mènent dehors sont refusés.",
    ),
    (
        "J0113",
        "un fichier illisible",
        "Le scénario nomme un fichier qui n'existe pas ou ne peut pas être lu. Les fichiers sont cherchés dans le dossier du scénario.",
    ),
    (
        "J0114",
        "une table inutilisable",
        "Il manque une colonne ou une combinaison à un fichier CSV ou Parquet, ou à une table de correspondance, ou bien ses valeurs sont de plusieurs types.",
    ),
    (
        "J0115",
        "un jour que le calendrier n'a pas",
        "Les dates s'écrivent 2026-01-31, avec ou sans guillemets.",
    ),
    (
        "J0201",
        "une variable qui ne dit pas comment elle est faite",
        "Chaque variable a exactement un générateur : une distribution, des catégories, une formule, une table de correspondance, une constante, une date, des prénoms, des noms de famille ou un texte.",
    ),
    (
        "J0202",
        "une variable faite deux fois",
        "Chaque variable a exactement un générateur. Pour joindre deux distributions, employer `mixture` ; pour une part de zéros exacts, `zero`.",
    ),
    (
        "J0203",
        "des paramètres qui ne font pas cette distribution",
        "Une distribution est donnée par l'un de ses jeux de paramètres ; le conseil les énumère.",
    ),
    (
        "J0204",
        "un paramètre que la distribution ne peut pas avoir",
        "Le paramètre est hors de l'intervalle où la distribution existe, ou bien la troncature n'en laisse presque rien. Pour un paramètre calculé, le message nomme la première unité touchée ; regarder ce que les parents de cette unité font de la formule ou de la table d'effets.",
    ),
    (
        "J0205",
        "des parts dont la somme n'est pas 1",
        "La somme des parts écrites en nombres doit être 1. Les parts de catégories qui sont des formules ou des tables d'effets sont des poids, divisés par leur somme.",
    ),
    (
        "J0206",
        "une modalité que la variable n'a pas",
        "Une formule, une table d'effets, une table de correspondance ou un plan nomme une modalité absente de la variable. Les modalités sont comparées lettre à lettre.",
    ),
    (
        "J0207",
        "un effet qui ne convient pas à son parent",
        "Dans une table d'effets, un nombre prend un coefficient et une catégorie un effet par modalité ; les modalités non citées ajoutent 0.",
    ),
    (
        "J0208",
        "un lien avec quelque chose à côté",
        "Un lien est seul autour d'un paramètre : { logit = { base = -2, age = 0.1 } } veut dire que le logit du paramètre est la somme.",
    ),
    (
        "J0209",
        "un réglage sans signification ici",
        "`min`, `max` et `zero` vont aux distributions, `decimals` aux nombres, `ordered` et `coupling` aux catégories, `placebo` à ce qui est tiré et ne doit pas compter.",
    ),
    ("J0210", "un intervalle vide", "La fin est avant le début."),
    (
        "J0211",
        "une valeur qui n'est pas un nombre fini",
        "Pour une unité, une formule donne l'infini ou aucun nombre, par exemple par une division par zéro ou le logarithme d'un nombre négatif. Une formule peut passer par l'infini, mais doit finir par un nombre. S'en garder avec `if … then … else …`, `max` ou `clamp`.",
    ),
    (
        "J0212",
        "un modèle de texte impossible à rendre",
        "Les modèles emploient {{ variable }}, des filtres tels que `| lower`, `| ascii`, `| slug`, et {% if … %}. Une variable non définie est une erreur ; il n'y a ni fichier, ni inclusion, ni horloge.",
    ),
    (
        "J0301",
        "une formule illisible",
        "Les formules ont des nombres, des chaînes entre guillemets, des variables, + - * / % ^, des comparaisons, and, or, not, if … then … else …, x in [\"a\", \"b\"] et des fonctions.",
    ),
    (
        "J0302",
        "une variable qui n'existe pas",
        "Le nom n'est ni celui d'une variable protégée ni celui d'une variable du scénario.",
    ),
    (
        "J0303",
        "une fonction qui n'existe pas",
        "Le conseil en propose une proche. La référence les énumère toutes.",
    ),
    ("J0304", "une fonction avec de mauvais arguments", "La fonction prend un autre nombre d'arguments."),
    (
        "J0305",
        "des types qui ne vont pas ensemble",
        "Une formule joint des valeurs dont les types ne se joignent pas, ou n'est pas du type que sa place demande : un nombre où il faut une valeur de vérité, une catégorie comparée par taille sans être ordonnée.",
    ),
    (
        "J0306",
        "des variables qui dépendent les unes des autres en rond",
        "Un scénario décrit des causes et des effets, son graphe n'a donc pas de cycle : une personne est tirée des causes vers les effets. Rompre le cycle là où l'influence est la plus faible, ou donner aux deux un parent commun.",
    ),
    (
        "J0401",
        "une variable qui descend d'une variable protégée sans dire ce que cela veut dire",
        "La variable dépend d'une variable protégée, directement ou par d'autres. Que cette influence soit admise comme raison de traiter les gens différemment est un choix que seul l'auteur peut faire : `proxy` dit non, la variable change donc entre jumelles et son effet est mesuré ; `resolving` dit oui, elle garde donc la valeur propre de l'unité chez toutes les jumelles (Kilbertus et al. 2017) ; `outcome` dit que c'est la vérité, que le modèle testé ne doit pas voir. Elle ne peut pas être `background` : ces variables ne descendent pas d'une variable protégée.",
    ),
    (
        "J0402",
        "un proxy qui ne dépend d'aucune variable protégée",
        "Il sera égal chez toutes les jumelles : l'appeler proxy ne mesure rien.",
    ),
    (
        "J0403",
        "une variable `resolving` qui contredit ce que montrent les jumelles",
        "La variable est calculée à partir d'un proxy mais garde la valeur propre de l'unité ; une jumelle peut donc montrer, par exemple, une interruption de carrière que ses années d'expérience ignorent. En faire un proxy du même groupe, ou l'accepter avec incoherent = \"accepted\", que les rapports impriment.",
    ),
    (
        "J0404",
        "un groupe sur une variable qui n'est pas un proxy",
        "Les groupes disent quels proxys bougent ensemble. Les autres rôles ne bougent pas.",
    ),
    (
        "J0405",
        "un groupe auquel aucun proxy n'appartient",
        "Le groupe est nommé dans [groups], dans un plan ou sur la ligne de commande, mais aucun proxy ne l'a. Un proxy sans `group` est un groupe de son propre nom.",
    ),
    (
        "J0406",
        "des corrélations impossibles",
        "Les corrélations joignent des variables `background` tirées par rang, chaque paire une fois, et leur matrice entière doit être définie positive : si a va avec b et b avec c, alors a ne peut pas aller contre c.",
    ),
    (
        "J0501",
        "une liste de noms inutilisable",
        "Les listes livrées sont fr/first-names, us/first-names, fr/surnames et us/surnames. Les listes propres sont des fichiers CSV du dossier du scénario : name, sex (F ou M), birth_year (s'il compte) et count pour les prénoms ; name et count pour les noms de famille.",
    ),
    (
        "J0502",
        "il n'est pas dit de qui sont les prénoms",
        "Les prénoms vont par sexe. Les modalités female, male, femme, homme, non-binary et semblables sont comprises ; les autres demandent `sex = { modalité = \"F\" }`, \"M\" ou \"epicene\".",
    ),
    (
        "J0601",
        "on ne sait pas quelle variable protégée bouge",
        "Avec plusieurs variables protégées, `move` dit sur laquelle la suite intervient, ou `cross` énumère celles qui sont croisées.",
    ),
    (
        "J0602",
        "un bras impossible à faire",
        "Un bras dit ce qui est montré, et ce que suivent les groupes de proxys. Les bras ont des noms distincts, même sans tenir compte des majuscules, car des dossiers portent leurs noms.",
    ),
    (
        "J0603",
        "trop de bras",
        "`factorial` double avec chaque groupe de proxys. `each-proxy` demande deux bras par groupe et dit quel proxy compte ; ou bien réunir des proxys en moins de groupes.",
    ),
    (
        "J0604",
        "un contraste impossible",
        "Un contraste compare deux modalités différentes d'une même variable protégée.",
    ),
    (
        "J0605",
        "un plan qui interroge des proxys là où il n'y en a pas",
        "Sans proxy, ce qui est montré est tout ce qui bouge : \"twins\" donne la même réponse avec moins d'enregistrements.",
    ),
    (
        "J0606",
        "une affirmation invérifiable",
        "Une affirmation est une part, une moyenne ou une médiane d'une formule, pour tout le monde ou pour chaque modalité d'une catégorie, et la valeur attendue.",
    ),
    (
        "J0607",
        "une source qui n'est pas décrite",
        "`source` nomme une entrée de [[sources]], ou dit \"assumed\" quand un chiffre n'en a pas.",
    ),
    (
        "J0701",
        "un contraste qu'aucune suite n'a",
        "Les contrastes sont `total`, `direct`, `proxy`, `proxy:GROUPE`, `interaction`, `placebo`, et `population` pour les enregistrements factuels.",
    ),
    (
        "J0702",
        "une limite qui ne va pas avec sa statistique",
        "Les taux et les parts d'une étendue sont entre 0 et 1, un rapport d'impact est au-dessus de 0 et au plus 1, et une moyenne a une limite positive. Aucun nombre d'unités ne peut montrer qu'une limite de 0 est tenue.",
    ),
    (
        "J0703",
        "une probabilité d'erreur qui n'en est pas une",
        "`alpha` est la probabilité qu'une borne soit fausse, au-dessus de 0 et au-dessous de 0,5. 0,05 est courant ; moins demande plus d'unités.",
    ),
    (
        "J0704",
        "une politique sans critère",
        "Sans critère il n'y a rien à juger, et ce qui n'est pas jugé ne passe pas.",
    ),
    (
        "J0705",
        "une statistique que son contraste n'a pas",
        "Une décision bascule entre jumeaux : les enregistrements factuels et les interactions n'ont donc pas de bascules ; un rapport d'impact est celui de deux groupes ou de deux bras ; un excès se compte au-delà des placebos, qui n'en ont donc pas eux-mêmes.",
    ),
    (
        "J0706",
        "deux critères du même nom",
        "Les critères se distinguent par leurs noms, dans les rapports et dans les fichiers JUnit.",
    ),
    (
        "J0707",
        "une tranche impossible",
        "Une tranche est une colonne, ou une liste de trois colonnes au plus, dont toutes les valeurs (des quarts, pour les nombres) sont examinées.",
    ),
];
