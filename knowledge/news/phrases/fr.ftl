# Supply-chain news in French (formal "vous"). Keys and variables are those of en.ftl.

many-places = plusieurs pays

lane-title = Pourquoi mon colis est-il en retard ? Destinations concernées : { $places }
lane-delay = Les colis de { $brand } qui partent de notre entrepôt de { $warehouse } mettent actuellement { $count ->
    [one] { $days } jour
   *[other] { $days } jours
} de plus que d'habitude vers ces destinations : { $places }.
lane-reason = La cause : { $reason ->
    [weather] le mauvais temps
    [strike] une grève
    [customs] des contrôles plus longs à la douane
    [peak] le grand nombre de colis en haute saison
   *[flights] le manque de vols de fret
}.
lane-carrier = Cela concerne les colis confiés à { $carrier }.
lane-until = Nous attendons un retour aux délais habituels à partir du { $date }.
lane-advice = La page de suivi montre le dernier scan de votre colis.

stock-title = { $title } : en rupture de stock ? Quand de nouveau disponible ?
stock-out = L'article { $title } ({ $sku }) est actuellement épuisé.
stock-out-there = L'article { $title } ({ $sku }) est actuellement épuisé dans les entrepôts qui livrent ces pays : { $places }.
stock-restock = Nous attendons son retour en stock le { $date }.
stock-open = Nous ne pouvons pas encore donner de date de retour.

batch-title = { $what ->
    [ingredient] Les ingrédients ont-ils
    [material] La matière a-t-elle
    [label] L'étiquette a-t-elle
   *[battery] La batterie a-t-elle
} changé ? { $title }
batch-changed = Ce qui est nouveau pour l'article { $title } ({ $sku }), c'est { $what ->
    [ingredient] un ingrédient
    [material] la matière
    [label] l'étiquette
   *[battery] la batterie
} : { $new } au lieu de { $old }.
batch-added = Ce qui est nouveau pour l'article { $title } ({ $sku }), c'est { $what ->
    [ingredient] un ingrédient
    [material] la matière
    [label] l'étiquette
   *[battery] la batterie
} : { $new }.
batch-allergens = Allergènes possibles : { $allergens }.
batch-advice = Pendant un certain temps, les deux versions peuvent être livrées : fiez-vous à ce qui est imprimé sur l'emballage de votre article.

customs-title = Dois-je payer la douane ? Nouvelles règles : { $country }
customs-starts = De nouvelles règles douanières s'appliquent aux colis de { $brand } à partir du { $date } pour cette destination : { $country }.
customs-threshold = Les colis d'une valeur allant jusqu'à { $amount } sont exonérés ({ $tax ->
    [duty] droits de douane
   *[vat] TVA à l'importation
}).
customs-rate = Le taux applicable ({ $tax ->
    [duty] droits de douane
   *[vat] TVA à l'importation
}) est de { $rate }.
customs-shop = Nos prix pour cette destination le comprennent : rien n'est à payer à l'arrivée.
customs-recipient = Ce montant est dû à l'arrivée et payé par le destinataire.

revision-title = Quoi de neuf dans { $title } { $new } ?
revision-new = L'article { $title } ({ $sku }) existe désormais dans une nouvelle version : { $new } au lieu de { $old }.
revision-changes = Ce qui a changé : { $changes }.
revision-both = Pendant un certain temps, les deux versions peuvent être livrées.
revision-part = { $what ->
    [battery] batterie
    [charging] recharge
    [firmware] micrologiciel
    [sound] son
    [material] matière
    [ingredients] ingrédients
    [fit] coupe
    [colour] couleur
    [packaging] emballage
    [accessories] accessoires
   *[care] entretien
}
