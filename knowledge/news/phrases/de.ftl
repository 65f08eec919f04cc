# Supply-chain news in German (formal "Sie"). Keys and variables are those of en.ftl.

many-places = mehrere Länder

lane-title = Warum verspätet sich mein Paket? Verzögerungen bei Zielen: { $places }
lane-delay = Pakete von { $brand } aus unserem Lager { $warehouse } brauchen zurzeit { $count ->
    [one] { $days } Tag
   *[other] { $days } Tage
} länger als üblich, wenn sie an diese Ziele gehen: { $places }.
lane-reason = Der Grund: { $reason ->
    [weather] schlechtes Wetter
    [strike] ein Streik
    [customs] längere Prüfungen beim Zoll
    [peak] sehr viele Pakete in der Hochsaison
   *[flights] zu wenige Frachtflüge
}.
lane-carrier = Betroffen sind Pakete, die mit { $carrier } unterwegs sind.
lane-until = Normale Lieferzeiten erwarten wir wieder ab { $date }.
lane-advice = Den letzten Scan Ihres Pakets sehen Sie in der Sendungsverfolgung.

stock-title = Ist { $title } ausverkauft, und wann wieder vorrätig?
stock-out = { $title } ({ $sku }) ist zurzeit ausverkauft.
stock-out-there = { $title } ({ $sku }) ist zurzeit in den Lagern ausverkauft, die in diese Länder liefern: { $places }.
stock-restock = Wir erwarten den Artikel am { $date } zurück.
stock-open = Ein Termin für die Rückkehr steht noch nicht fest.

batch-title = { $what ->
    [ingredient] Haben sich die Inhaltsstoffe
    [material] Hat sich das Material
    [label] Hat sich das Etikett
   *[battery] Hat sich der Akku
} geändert? { $title }
batch-changed = Neu bei { $title } ({ $sku }) ist { $what ->
    [ingredient] ein Inhaltsstoff
    [material] das Material
    [label] das Etikett
   *[battery] der Akku
}: { $new } statt { $old }.
batch-added = Neu bei { $title } ({ $sku }) ist { $what ->
    [ingredient] ein Inhaltsstoff
    [material] das Material
    [label] das Etikett
   *[battery] der Akku
}: { $new }.
batch-allergens = Mögliche Allergene: { $allergens }.
batch-advice = Eine Zeit lang werden beide Fassungen geliefert; bitte richten Sie sich nach den Angaben auf der Verpackung Ihres Artikels.

customs-title = Muss ich Zoll zahlen? Neue Regeln: { $country }
customs-starts = Für Pakete von { $brand } in dieses Zielland gelten ab { $date } neue Zollregeln: { $country }.
customs-threshold = Pakete bis zu einem Wert von { $amount } sind frei von { $tax ->
    [duty] Zoll
   *[vat] Einfuhrumsatzsteuer
}.
customs-rate = Der Satz ({ $tax ->
    [duty] Zoll
   *[vat] Einfuhrumsatzsteuer
}) beträgt { $rate }.
customs-shop = Unsere Preise für dieses Zielland enthalten die Abgabe, bei der Zustellung ist nichts zu zahlen.
customs-recipient = Die Abgabe wird bei der Ankunft fällig und vom Empfänger bezahlt.

revision-title = Was ist neu an { $title } { $new }?
revision-new = { $title } ({ $sku }) gibt es jetzt in einer neuen Ausführung: { $new } statt { $old }.
revision-changes = Geändert hat sich: { $changes }.
revision-both = Eine Zeit lang können beide Ausführungen geliefert werden.
revision-part = { $what ->
    [battery] Akku
    [charging] Aufladen
    [firmware] Firmware
    [sound] Klang
    [material] Material
    [ingredients] Inhaltsstoffe
    [fit] Passform
    [colour] Farbe
    [packaging] Verpackung
    [accessories] Zubehör
   *[care] Pflege
}
