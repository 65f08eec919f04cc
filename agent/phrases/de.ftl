# German sentence patterns of replies (formal "Sie"). Keys and variables are those of en.ftl; figures, names and dates are
# filled in by code, so no pattern holds a digit and none needs a variable in another grammatical case.

## First contact, courtesy
disclosure = Guten Tag, ich bin der KI-Assistent von { $brand }. Sie können jederzeit nach einem Menschen fragen.
greeting = Wie kann ich Ihnen helfen?
praise = Vielen Dank, das freut uns sehr! Ich gebe es gern an das Team weiter.
out-of-scope = Ich kann nur bei Bestellungen, Produkten und Regelungen von { $brand } helfen. Kann ich dazu etwas für Sie tun?

## One precise question
ask-order = Um das nachzusehen, brauche ich zwei Angaben: Ihre Bestellnummer und die E-Mail-Adresse, mit der Sie bestellt haben.
ask-email = Zum Schutz Ihrer Daten nennen Sie mir bitte noch die E-Mail-Adresse, mit der die Bestellung #{ $order } aufgegeben wurde.
ask-number = Vielen Dank. Wie lautet die Bestellnummer? Sie steht in Ihrer Bestätigungs-E-Mail und beginnt mit #.
ask-mismatch = Zu dieser Nummer und dieser E-Mail-Adresse finde ich zusammen keine Bestellung. Bitte prüfen Sie beides und schicken Sie es mir noch einmal.
ask-which = Um welche Ihrer Bestellungen geht es: { $orders }?
ask-address = Bitte senden Sie mir die vollständige neue Adresse für die Bestellung #{ $order }: Name, Straße, Postleitzahl, Ort und Land.
ask-photo = Das tut mir leid. Bitte senden Sie mir ein Foto des Artikels und eines vom Paket mit dem Etikett, damit unser Team schnell entscheiden kann.
ask-detail = Könnten Sie mir in einem Satz sagen, was Sie brauchen, zum Beispiel zu einer Bestellung, einer Rücksendung oder einem Produkt?
ask-product = Welches Produkt meinen Sie? Der Name oder die Artikelnummer genügt.

## The state of an order
order-unpaid = Für die Bestellung #{ $order } vom { $date } ist Ihre Zahlung noch nicht eingegangen.
order-paid = Die Bestellung #{ $order } vom { $date } ist bestätigt und noch nicht verpackt.
order-packed = Die Bestellung #{ $order } ist verpackt und wartet auf die Abholung durch den Paketdienst.
order-in-transit = Die Bestellung #{ $order } hat unser Lager in { $warehouse } am { $date } mit { $carrier } verlassen.
order-customs = Die Bestellung #{ $order } wird gerade vom Zoll geprüft; sie hat { $warehouse } am { $date } mit { $carrier } verlassen.
order-late = Der zugesagte Liefertermin der Bestellung #{ $order } war der { $promised }; sie verspätet sich bisher um { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}. Das tut mir leid.
order-lost = Die Bestellung #{ $order } wurde seit dem { $date } nicht mehr gescannt. Der Paketdienst hat sie offenbar verloren, und das tut mir leid.
order-delivered = Laut { $carrier } wurde die Bestellung #{ $order } am { $date } zugestellt.
order-part-returned = Ein Teil der Bestellung #{ $order } wurde zurückgesandt; { $carrier } hatte sie am { $date } zugestellt.
order-refunded = Die Bestellung #{ $order } wurde erstattet.
order-cancelled = Die Bestellung #{ $order } ist storniert.
order-scan = Letzter Scan: { $state }, { $place }, { $time }.
order-promised = Sie sollte bis zum { $date } bei Ihnen sein.
order-tracking = Sendungsnummer { $tracking }: { $url }

## Refunds
refund-done = Die Erstattung über { $amount } ist am { $date } erfolgt.
refund-started = Die Erstattung über { $amount } wurde am { $date } veranlasst; die Bank hat sie noch nicht bestätigt.
refund-none = Zur Bestellung #{ $order } sehe ich bisher keine Erstattung.

## Remedies that have been carried out
cancel-done = Die Bestellung #{ $order } ist storniert, und es wird dafür nichts mehr abgebucht.
address-done = Die Bestellung #{ $order } geht jetzt an diese Adresse: { $address }.
return-done = Ihre Rücksendung { $number } zur Bestellung #{ $order } ist angemeldet. Bitte drucken Sie dieses Etikett aus und senden Sie das Paket bis zum { $date } ab: { $label }
tracking-done = Ich habe den Link zur Sendungsverfolgung noch einmal an die E-Mail-Adresse Ihrer Bestellung geschickt.
coupon-done = Als Entschuldigung erhalten Sie mit dem Code { $code } bis zum { $date } { $percent } Rabatt auf Ihre nächste Bestellung.

## Products and stock
product-price = Der Artikel { $product } kostet { $price }.
stock-yes = Der Artikel { $product } ist vorrätig und wird aus { $warehouse } versandt.
stock-restock = Der Artikel { $product } ist zurzeit ausverkauft; wir erwarten ihn am { $date } zurück.
stock-no = Der Artikel { $product } ist zurzeit ausverkauft, und ein Termin für die Rückkehr steht noch nicht fest.

## Hand-off to a person
handoff = Ich gebe Ihr Anliegen mit allem, was Sie mir mitgeteilt haben, an einen Menschen in unserem Team weiter. Sie erhalten eine Antwort innerhalb von { $hours ->
    [one] { $hours } Arbeitsstunde
   *[other] { $hours } Arbeitsstunden
}.
handoff-safety = Ihre Sicherheit geht vor: Bitte verwenden Sie das Produkt nicht mehr, und falls jemand verletzt ist, holen Sie bitte sofort medizinische Hilfe.
handoff-photos = Vielen Dank, Ihre Fotos liegen dem Fall bei.
handoff-sorry = Es tut mir leid, dass Sie dadurch Ärger hatten.

## Drafts that an operator checks before sending
draft-hello = Guten Tag { $name },
draft-thanks = vielen Dank für Ihre Nachricht.
draft-sorry = Es tut mir leid, dass hier etwas schiefgegangen ist.
draft-refund = Wir bieten Ihnen für die Bestellung #{ $order } eine Erstattung über { $amount } an.
draft-reship = Wir können Ihnen zur Bestellung #{ $order } ein neues Paket aus { $warehouse } schicken.
draft-exchange = Wir können den Artikel { $product } für Sie umtauschen.
draft-return = Wir können für die Bestellung #{ $order } eine Rücksendung anmelden.
draft-cancel = Wir versuchen, die Bestellung #{ $order } für Sie zu stoppen.
draft-look = Ich kümmere mich persönlich darum und melde mich wieder bei Ihnen.
draft-privacy = Ihre Anfrage zu Ihren personenbezogenen Daten ist bei unserem Datenschutzteam eingegangen.
draft-closing = Freundliche Grüße, { $brand }

## Labels
quick-human = Mit einem Menschen sprechen
quick-track = Wo ist meine Bestellung?
quick-return = Artikel zurücksenden
state-info = dem Paketdienst angekündigt
state-picked-up = abgeholt
state-departed = unterwegs
state-arrived = in einem Depot angekommen
state-customs = beim Zoll
state-out-for-delivery = in Zustellung
state-attempted = Zustellung versucht
state-delivered = zugestellt
state-exception = angehalten
warehouse-SZX = Shenzhen
warehouse-RTM = Rotterdam
warehouse-LAX = Los Angeles
warehouse-SIN = Singapur
