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
ask-photo-again =
    Auf diesem Foto kann ich leider zu wenig erkennen: { $why ->
        [too_dark] es ist zu dunkel
        [too_bright] es ist zu hell
        [blurred] es ist unscharf
       *[too_small] es ist zu klein
    }. Bitte schicken Sie mir noch eines, bei Tageslicht und mit ruhiger Hand: den ganzen Artikel und die Stelle, um die es geht, aus der Nähe.
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
order-part-shipped = Ein Teil der Bestellung #{ $order } ist unterwegs: { $parcels ->
    [one] { $parcels } Paket hat
   *[other] { $parcels } Pakete haben
} unser Lager am { $date } verlassen. Der Rest folgt.
order-unknown-state = Zur Bestellung #{ $order } meldet mir der Shop etwas, das ich nicht einordnen kann; deshalb sieht es sich jemand aus unserem Team an.
as-of = Das System des Shops antwortet gerade nicht; meine Angaben haben den Stand { $time }.
order-scan = Letzter Scan: { $state }, { $place }, { $time }.
order-scan-nowhere = Letzter Scan: { $state }, { $time }.
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
refund-ordered = Wir haben die Erstattung über { $amount } für die Bestellung #{ $order } in Auftrag gegeben; bis Sie das Geld sehen, braucht Ihre Bank { $span }.
reship-done = Ihr neues Paket zur Bestellung #{ $order } ist unter der Nummer #{ $number } beauftragt. Es verlässt unser Lager in { $warehouse } bevorzugt; bis es bei Ihnen ist, dauert es { $span }.
exchange-done = Ihr Umtausch { $number } ist angemeldet: { $product } ist in { $warehouse } für Sie reserviert und geht auf den Weg, sobald der alte Artikel geprüft ist. Bitte drucken Sie dieses Etikett aus und senden Sie den alten Artikel zurück: { $label }
repair-done = Der Reparaturtermin für { $product } ist gebucht: { $date }, { $part }.
claim-done = Wir haben beim Paketdienst den Nachforschungsauftrag { $number } gestellt; die Antwort dauert in der Regel { $span }.
items-done = Die Artikel der Bestellung #{ $order } sind wie gewünscht geändert.
payment-done = Die Zahlungsart der Bestellung #{ $order } ist geändert.
shipping-done = Die Bestellung #{ $order } wird jetzt so versandt: { $service }. Sie sollte bis zum { $date } bei Ihnen sein.
wait-done = Vielen Dank für Ihre Geduld: Mit dem Code { $code } erhalten Sie bis zum { $date } { $worth } Rabatt auf Ihre nächste Bestellung.
part-morning = vormittags
part-afternoon = nachmittags
service-express = Expressversand
service-green = klimafreundlicherer Versand
service-standard = Standardversand

## Products and stock
product-price = Der Artikel { $product } kostet { $price }.
stock-yes = Der Artikel { $product } ist vorrätig und wird aus { $warehouse } versandt.
stock-restock = Der Artikel { $product } ist zurzeit ausverkauft; wir erwarten ihn am { $date } zurück.
stock-no = Der Artikel { $product } ist zurzeit ausverkauft, und ein Termin für die Rückkehr steht noch nicht fest.

## Ways to put it right that the customer may choose from
span-days = { $fewest } bis { $most ->
    [one] { $most } Arbeitstag
   *[other] { $most } Arbeitstage
}
span-within = bis zu { $most ->
    [one] { $most } Arbeitstag
   *[other] { $most } Arbeitstage
}
offers-intro = Zur Bestellung #{ $order } kann ich Ihnen Folgendes anbieten:
offers-intro-one = Zur Bestellung #{ $order } kann ich Ihnen dies anbieten:
offers-outro = Was möchten Sie? Die Nummer genügt.
offers-outro-one = Soll ich das so machen?
offers-confirm = Was Sie wählen, bestätigt ein Kollege, bevor etwas geschieht.
offer-reship = { $number }. Ein neues Paket aus { $warehouse }, für Sie kostenlos; Dauer: { $span }.
offer-local = { $number }. Ein zweites Paket aus { $warehouse }, dem Lager in Ihrer Nähe; Dauer: { $span }. Falls das erste doch noch ankommt, nehmen Sie es bitte nicht an.
offer-refund = { $number }. Die volle Erstattung über { $amount }; Ihre Bank braucht dafür { $span }.
offer-part-refund = { $number }. Sie behalten den Artikel und bekommen { $amount } zurück; Ihre Bank braucht dafür { $span }.
offer-exchange = { $number }. Ein Umtausch: { $product } wird in { $warehouse } für Sie reserviert, Sie senden den alten Artikel mit unserem Etikett zurück, und sobald er geprüft ist, geht der neue auf den Weg; Dauer ab dann: { $span }.
offer-repair = { $number }. Eine Reparatur von { $product } bei Ihnen zu Hause: { $date }, { $part }.
offer-claim = { $number }. Sie warten weiter, und wir stellen beim Paketdienst einen Nachforschungsauftrag; die Antwort dauert in der Regel { $span }.
offer-wait = { $number }. Sie warten weiter und erhalten einen Code über { $worth } Rabatt auf Ihre nächste Bestellung.
offer-express = { $number }. Schnellerer Versand für { $cost }: Er dauert { $span } und verursacht etwa { $weight } CO₂ mehr.
offer-express-free = { $number }. Schnellerer Versand ohne Aufpreis: Er dauert { $span } und verursacht etwa { $weight } CO₂ mehr.
offer-green = { $number }. Klimafreundlicherer Versand ohne Aufpreis: Er dauert { $span } und spart etwa { $weight } CO₂.
offer-coupon = { $number }. Sie behalten den Artikel und erhalten einen Code über { $worth } Rabatt auf Ihre nächste Bestellung.
offer-return = { $number }. Sie senden den Artikel mit unserem Etikett zurück; sobald unser Lager ihn geprüft hat, geben wir eine Erstattung über { $amount } in Auftrag.
offer-return-fee = { $number }. Sie senden den Artikel mit unserem Etikett zurück; sobald unser Lager ihn geprüft hat, geben wir eine Erstattung über { $amount } in Auftrag. Das Etikett kostet { $fee }; das ist schon abgezogen.
offer-cancel = { $number }. Wir stornieren die Bestellung kostenlos, und sie wird nicht versandt.
label-reship = Neues Paket
label-local = Paket aus der Nähe
label-refund = Volle Erstattung
label-part-refund = Behalten, Teil des Geldes zurück
label-exchange = Umtausch
label-repair = Reparatur zu Hause
label-claim = Nachforschung beim Paketdienst
label-wait = Weiter warten, mit Code
label-express = Schnellerer Versand
label-green = Klimafreundlicherer Versand
label-coupon = Behalten, mit Code
label-return = Zurücksenden
label-cancel = Bestellung stornieren
choice-noted = Vielen Dank, ich habe Ihre Wahl notiert. Jemand aus unserem Team bestätigt sie, bevor etwas geschieht.
choice-unclear = Ich möchte sicher sein, welche Möglichkeit Sie meinen. Bitte schicken Sie mir nur die Nummer.
refund-waiting-approval = Der Erstattung über { $amount } muss noch eine zweite Person zustimmen; sobald das geschehen ist, schreiben wir Ihnen.

## A code that proves who writes
ask-code = Zum Schutz Ihres Geldes habe ich einen Code an { $email } geschickt, die Adresse Ihrer Bestellung. Bitte geben Sie ihn hier ein.
code-wrong = Dieser Code stimmt nicht. Bitte sehen Sie in unserer neuesten E-Mail nach und geben Sie den Code noch einmal ein.
code-expired = Dieser Code gilt nicht mehr. Nennen Sie mir Ihre Wahl noch einmal, dann schicke ich Ihnen einen neuen.
code-thanks = Vielen Dank, der Code ist richtig.
mail-code-subject = Ihr Bestätigungscode
mail-code = Ihr Bestätigungscode lautet { $code }. Geben Sie ihn im Chat mit uns ein; er gilt eine Viertelstunde. Niemand aus unserem Team wird Sie je am Telefon danach fragen. Falls Sie keinen Code angefordert haben, ignorieren Sie diese Nachricht bitte.

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
draft-photo-of = Ich habe mir Ihr Foto des Artikels { $product } angesehen. Zu sehen ist darauf: { $finding }.
draft-photo = Ich habe mir Ihr Foto angesehen. Zu sehen ist darauf: { $finding }.
draft-refund = Wir bieten Ihnen für die Bestellung #{ $order } eine Erstattung über { $amount } an.
draft-reship = Wir können Ihnen zur Bestellung #{ $order } ein neues Paket aus { $warehouse } schicken.
draft-exchange = Wir können den Artikel { $product } für Sie umtauschen.
draft-return = Wir können für die Bestellung #{ $order } eine Rücksendung anmelden.
draft-cancel = Wir versuchen, die Bestellung #{ $order } für Sie zu stoppen.
draft-look = Ich kümmere mich persönlich darum und melde mich wieder bei Ihnen.
draft-privacy = Ihre Anfrage zu Ihren personenbezogenen Daten ist bei unserem Datenschutzteam eingegangen.
draft-closing = Freundliche Grüße, { $brand }

## Steps of a remedy that is on its way, as a customer reads them in one line
remedy-return = Ihre Rücksendung
remedy-exchange = Ihr Umtausch
remedy-reship = Ihr neues Paket
remedy-refund = Ihre Erstattung
remedy-repair = Ihre Reparatur
remedy-claim = Nachforschung beim Paketdienst
remedy-other = Ihr Anliegen
step-return-requested = Angefragt
step-return-labelled = Etikett verschickt
step-return-received = In unserem Lager angekommen
step-return-inspected = Geprüft
step-return-refunding = Erstattung in Arbeit
step-return-exchanging = Umtausch in Auftrag gegeben
step-return-repairing = In Reparatur
step-return-sent-back = Auf dem Rückweg zu Ihnen
step-return-lapsed = Etikett abgelaufen
step-return-closed = Erledigt
step-exchange-requested = Angefragt
step-exchange-labelled = Etikett verschickt, neuer Artikel reserviert
step-exchange-received = Alter Artikel in unserem Lager angekommen
step-exchange-inspected = Alter Artikel geprüft
step-exchange-sent-back = Alter Artikel auf dem Rückweg zu Ihnen
step-exchange-lapsed = Reservierung abgelaufen
step-exchange-packing = Neuer Artikel wird verpackt
step-exchange-shipped = Neuer Artikel unterwegs
step-exchange-closed = Umgetauscht
step-reship-requested = Angefragt
step-reship-packing = Wird verpackt
step-reship-shipped = Unterwegs
step-reship-closed = Zugestellt
step-refund-requested = Angefragt
step-refund-ordered = In Auftrag gegeben, unterwegs zu Ihrer Bank
step-refund-bounced = Von der Bank zurückgewiesen, unser Team schreibt Ihnen
step-refund-closed = Zurückgezahlt
step-repair-requested = Angefragt
step-repair-booked = Termin gebucht
step-repair-missed = Niemand angetroffen, neuer Termin nötig
step-repair-beyond-repair = Nicht zu reparieren, unser Team schreibt Ihnen
step-repair-replacing = Ersatz oder Erstattung in Auftrag gegeben
step-repair-closed = Erledigt
step-claim-requested = Angefragt
step-claim-filed = Der Paketdienst sucht das Paket
step-claim-found = Paket gefunden, wieder unterwegs
step-claim-lost = Paket verloren, unser Team schreibt Ihnen
step-claim-denied = Der Paketdienst hat geantwortet, unser Team schreibt Ihnen
step-claim-settling = Neues Paket oder Erstattung in Auftrag gegeben
step-claim-closed = Erledigt
step-other-requested = Angefragt
step-other-done = Erledigt
step-other-handed-over = Jemand aus unserem Team sieht es sich an

## News of a remedy under way
news-steps = Neues zu { $number }, Bestellung #{ $order }: { $steps }.
news-steps-order = Neues zur Bestellung #{ $order }: { $steps }.
news-between = { $first }; { $next }

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
state-pickup = zur Abholung bereit
state-customs-cleared = vom Zoll freigegeben
state-expired = seit langem keine Nachricht vom Paketdienst
state-returning = auf dem Rückweg zum Absender
state-returned = an den Absender zurückgegeben
state-damaged = unterwegs beschädigt
state-lost = beim Paketdienst verloren gegangen
seen-crack = ein Riss
seen-scratch = ein Kratzer
seen-dent = eine Delle
seen-stain = ein Fleck
seen-tear = eine gerissene Stelle
seen-torn-packaging = eine beschädigte Verpackung
seen-missing-part = ein fehlendes Teil
seen-wrong-item = ein anderer Artikel als der bestellte
seen-wrong-colour = eine andere Farbe als die bestellte
seen-wrong-size = eine andere Größe als die bestellte
seen-none = kein sichtbarer Schaden
warehouse-SZX = Shenzhen
warehouse-RTM = Rotterdam
warehouse-LAX = Los Angeles
warehouse-SIN = Singapur
