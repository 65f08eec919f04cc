# Supply-chain news in Italian (formal "Lei"). Keys and variables are those of en.ftl.

many-places = diversi Paesi

lane-title = Perché il mio pacco è in ritardo? Destinazioni interessate: { $places }
lane-delay = I pacchi di { $brand } che partono dal nostro magazzino di { $warehouse } impiegano attualmente { $count ->
    [one] { $days } giorno
   *[other] { $days } giorni
} in più del solito verso queste destinazioni: { $places }.
lane-reason = La causa: { $reason ->
    [weather] il maltempo
    [strike] uno sciopero
    [customs] controlli più lunghi alla dogana
    [peak] il gran numero di pacchi in alta stagione
   *[flights] la mancanza di voli cargo
}.
lane-carrier = Riguarda i pacchi spediti con { $carrier }.
lane-until = Prevediamo tempi di consegna normali a partire dal { $date }.
lane-advice = La pagina di tracciamento mostra l'ultima scansione del Suo pacco.

stock-title = { $title } è esaurito? Quando torna disponibile?
stock-out = L'articolo { $title } ({ $sku }) è al momento esaurito.
stock-out-there = L'articolo { $title } ({ $sku }) è al momento esaurito nei magazzini che servono questi Paesi: { $places }.
stock-restock = Prevediamo il ritorno in magazzino il { $date }.
stock-open = Non possiamo ancora indicare una data di ritorno.

batch-title = { $what ->
    [ingredient] Sono cambiati gli ingredienti?
    [material] È cambiato il materiale?
    [label] È cambiata l'etichetta?
   *[battery] È cambiata la batteria?
} { $title }
batch-changed = La novità dell'articolo { $title } ({ $sku }) è { $what ->
    [ingredient] un ingrediente
    [material] il materiale
    [label] l'etichetta
   *[battery] la batteria
}: { $new } invece di { $old }.
batch-added = La novità dell'articolo { $title } ({ $sku }) è { $what ->
    [ingredient] un ingrediente
    [material] il materiale
    [label] l'etichetta
   *[battery] la batteria
}: { $new }.
batch-allergens = Possibili allergeni: { $allergens }.
batch-advice = Per un certo periodo possono essere consegnate entrambe le versioni: fa fede quanto è stampato sulla confezione del Suo articolo.

customs-title = Devo pagare la dogana? Nuove regole: { $country }
customs-starts = Nuove regole doganali si applicano ai pacchi di { $brand } a partire dal { $date } per questa destinazione: { $country }.
customs-threshold = I pacchi di valore fino a { $amount } sono esenti ({ $tax ->
    [duty] dazio doganale
   *[vat] IVA all'importazione
}).
customs-rate = L'aliquota applicabile ({ $tax ->
    [duty] dazio doganale
   *[vat] IVA all'importazione
}) è del { $rate }.
customs-shop = I nostri prezzi per questa destinazione lo comprendono: all'arrivo non si paga nulla.
customs-recipient = L'importo è dovuto all'arrivo ed è a carico del destinatario.

revision-title = Che cosa c'è di nuovo in { $title } { $new }?
revision-new = L'articolo { $title } ({ $sku }) è ora disponibile in una nuova versione: { $new } invece di { $old }.
revision-changes = Che cosa è cambiato: { $changes }.
revision-both = Per un certo periodo possono essere consegnate entrambe le versioni.
revision-part = { $what ->
    [battery] batteria
    [charging] ricarica
    [firmware] firmware
    [sound] suono
    [material] materiale
    [ingredients] ingredienti
    [fit] vestibilità
    [colour] colore
    [packaging] confezione
    [accessories] accessori
   *[care] cura
}
