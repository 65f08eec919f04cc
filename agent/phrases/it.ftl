# Italian sentence patterns of replies (formal "Lei", no gender assumed). Keys and variables are those of en.ftl; figures, names and
# dates are filled in by code, so no pattern holds a digit and no article elides before a date ("in data", never "il").

## First contact, courtesy
disclosure = Buongiorno, sono l'assistente IA di { $brand }. Può chiedere di parlare con una persona in qualsiasi momento.
greeting = Come posso aiutarla?
praise = Grazie mille, ci fa davvero piacere! Lo riferirò al team.
out-of-scope = Posso aiutarla solo per ordini, prodotti e condizioni di { $brand }. C'è qualcosa che posso fare per lei al riguardo?

## One precise question
ask-order = Per verificare mi servono due dati: il numero dell'ordine e l'indirizzo e-mail usato per l'acquisto.
ask-email = Per proteggere i suoi dati, mi indichi anche l'indirizzo e-mail con cui è stato effettuato l'ordine #{ $order }.
ask-number = Grazie. Qual è il numero dell'ordine? Lo trova nell'e-mail di conferma e inizia con #.
ask-mismatch = Non trovo nessun ordine che corrisponda sia a questo numero sia a questo indirizzo e-mail. Per favore, controlli entrambi e me li invii di nuovo.
ask-which = Di quale dei suoi ordini si tratta: { $orders }?
ask-address = Per favore, mi invii il nuovo indirizzo completo per l'ordine #{ $order }: nome, via, codice postale, città e paese.
ask-photo = Mi dispiace. Per favore, mi invii una foto dell'articolo e una del pacco con l'etichetta, così il nostro team potrà decidere rapidamente.
ask-photo-again =
    In questa foto non riesco a distinguere abbastanza: { $why ->
        [too_dark] è troppo scura
        [too_bright] è troppo chiara
        [blurred] è sfocata
       *[too_small] è troppo piccola
    }. Me ne invii un’altra, per favore, con la luce del giorno e con mano ferma: l’articolo intero e, da vicino, ciò che non va.
ask-detail = Può dirmi in una frase di che cosa ha bisogno, per esempio riguardo a un ordine, un reso o un prodotto?
ask-product = A quale prodotto si riferisce? Basta il nome o il codice articolo.

## The state of an order
order-unpaid = L'ordine #{ $order }, effettuato in data { $date }, è ancora in attesa del pagamento.
order-paid = L'ordine #{ $order }, effettuato in data { $date }, è confermato e non è ancora stato imballato.
order-packed = L'ordine #{ $order } è imballato e attende il ritiro da parte del corriere.
order-in-transit = L'ordine #{ $order } ha lasciato il nostro magazzino di { $warehouse } in data { $date } con { $carrier }.
order-customs = L'ordine #{ $order } è in fase di controllo alla dogana; ha lasciato il magazzino di { $warehouse } in data { $date } con { $carrier }.
order-late = La consegna dell'ordine #{ $order } era promessa in data { $promised } e il ritardo è di { $days ->
    [one] { $days } giorno
   *[other] { $days } giorni
}. Mi dispiace.
order-lost = L'ultima scansione dell'ordine #{ $order } risale alla data { $date }. A quanto pare il corriere ha smarrito il pacco, e mi dispiace.
order-delivered = Secondo { $carrier }, l'ordine #{ $order } è stato consegnato in data { $date }.
order-part-returned = Una parte dell'ordine #{ $order } è stata restituita; la consegna da parte di { $carrier } era avvenuta in data { $date }.
order-refunded = L'ordine #{ $order } è stato rimborsato.
order-cancelled = L'ordine #{ $order } è annullato.
order-part-shipped = Una parte dell'ordine #{ $order } è in viaggio: { $parcels ->
    [one] { $parcels } pacco ha lasciato
   *[other] { $parcels } pacchi hanno lasciato
} il nostro magazzino in data { $date }. Il resto seguirà.
order-unknown-state = Il negozio mi segnala per l'ordine #{ $order } una situazione che non so interpretare; per questo la esaminerà una persona del nostro team.
as-of = Il sistema del negozio non risponde in questo momento; i miei dati sono aggiornati a questo momento: { $time }.
order-scan = Ultima scansione: { $state }, { $place }, { $time }.
order-scan-nowhere = Ultima scansione: { $state }, { $time }.
order-promised = Dovrebbe arrivare entro la data { $date }.
order-tracking = Numero di tracciamento { $tracking }: { $url }

## Refunds
refund-done = Il rimborso di { $amount } è stato effettuato in data { $date }.
refund-started = Il rimborso di { $amount } è stato avviato in data { $date }; la banca non l'ha ancora confermato.
refund-none = Per ora non risulta alcun rimborso per l'ordine #{ $order }.

## Remedies that have been carried out
cancel-done = L'ordine #{ $order } è annullato e non sarà addebitato altro.
address-done = L'ordine #{ $order } sarà ora spedito a questo indirizzo: { $address }.
return-done = Il suo reso { $number } per l'ordine #{ $order } è registrato. Stampi questa etichetta e spedisca il pacco entro la data { $date }: { $label }
tracking-done = Ho inviato di nuovo il link di tracciamento all'indirizzo e-mail del suo ordine.
coupon-done = Per scusarci, con il codice { $code } ha { $percent } di sconto sul prossimo ordine, entro la data { $date }.
refund-ordered = Abbiamo disposto il rimborso di { $amount } per l'ordine #{ $order }; prima che sia visibile, alla banca occorrono { $span }.
reship-done = Il nuovo pacco per l'ordine #{ $order } è stato predisposto con il numero #{ $number }. Parte con priorità dal nostro magazzino di { $warehouse }; tempo fino alla consegna: { $span }.
exchange-done = Il suo cambio { $number } è registrato: l'articolo { $product } è riservato per lei a { $warehouse } e partirà non appena quello vecchio sarà stato controllato. Stampi questa etichetta e rispedisca l'articolo vecchio: { $label }
repair-done = La visita per riparare l'articolo { $product } è prenotata in data { $date }, { $part }.
claim-done = Abbiamo aperto il reclamo { $number } presso il corriere; la risposta richiede di solito { $span }.
items-done = Gli articoli dell'ordine #{ $order } sono stati modificati come desiderava.
payment-done = Il metodo di pagamento dell'ordine #{ $order } è stato modificato.
shipping-done = L'ordine #{ $order } viene ora spedito così: { $service }. Dovrebbe arrivare entro la data { $date }.
wait-done = Grazie per la pazienza: con il codice { $code } ha { $worth } di sconto sul prossimo ordine, entro la data { $date }.
part-morning = di mattina
part-afternoon = di pomeriggio
service-express = spedizione espressa
service-green = spedizione più ecologica
service-standard = spedizione standard

## Products and stock
product-price = L'articolo { $product } costa { $price }.
stock-yes = L'articolo { $product } è disponibile e parte dal magazzino di { $warehouse }.
stock-restock = L'articolo { $product } è al momento esaurito; prevediamo il ritorno in data { $date }.
stock-no = L'articolo { $product } è al momento esaurito e non ha ancora una data di ritorno.

## Ways to put it right that the customer may choose from
span-days = da { $fewest } a { $most ->
    [one] { $most } giorno lavorativo
   *[other] { $most } giorni lavorativi
}
span-within = fino a { $most ->
    [one] { $most } giorno lavorativo
   *[other] { $most } giorni lavorativi
}
offers-intro = Per l'ordine #{ $order } posso proporle quanto segue:
offers-intro-one = Per l'ordine #{ $order } posso proporle questo:
offers-outro = Che cosa preferisce? Basta il numero.
offers-outro-one = Procedo così?
offers-confirm = Un collega conferma la sua scelta prima che si faccia qualcosa.
offer-reship = { $number }. Un nuovo pacco dal magazzino di { $warehouse }, senza costi; tempi: { $span }.
offer-local = { $number }. Un secondo pacco da { $warehouse }, il nostro magazzino più vicino a lei; tempi: { $span }. Se il primo dovesse comunque arrivare, per favore lo rifiuti.
offer-refund = { $number }. Il rimborso completo di { $amount }; alla banca occorrono { $span }.
offer-part-refund = { $number }. Tiene l'articolo e le restituiamo { $amount }; alla banca occorrono { $span }.
offer-exchange = { $number }. Un cambio: l'articolo { $product } viene riservato per lei a { $warehouse }, rispedisce quello vecchio con la nostra etichetta e, non appena è stato controllato, parte quello nuovo; tempi da quel momento: { $span }.
offer-repair = { $number }. Una riparazione a domicilio dell'articolo { $product } in data { $date }, { $part }.
offer-claim = { $number }. Continua ad aspettare mentre apriamo un reclamo presso il corriere; la risposta richiede di solito { $span }.
offer-wait = { $number }. Continua ad aspettare e riceve un codice con { $worth } di sconto sul prossimo ordine.
offer-express = { $number }. Una spedizione più veloce per { $cost }: richiede { $span } e causa circa { $weight } di CO₂ in più.
offer-express-free = { $number }. Una spedizione più veloce senza supplemento: richiede { $span } e causa circa { $weight } di CO₂ in più.
offer-green = { $number }. Una spedizione più ecologica senza supplemento: richiede { $span } e risparmia circa { $weight } di CO₂.
offer-coupon = { $number }. Tiene l'articolo e riceve un codice con { $worth } di sconto sul prossimo ordine.
offer-return = { $number }. Rispedisce l'articolo con la nostra etichetta; non appena il magazzino l'ha controllato, disponiamo un rimborso di { $amount }.
offer-return-fee = { $number }. Rispedisce l'articolo con la nostra etichetta; non appena il magazzino l'ha controllato, disponiamo un rimborso di { $amount }. L'etichetta costa { $fee }, già sottratti.
offer-cancel = { $number }. Annulliamo l'ordine senza costi e non viene spedito.
label-reship = Nuovo pacco
label-local = Pacco da un magazzino vicino
label-refund = Rimborso completo
label-part-refund = Tenerlo, rimborso parziale
label-exchange = Cambio
label-repair = Riparazione a domicilio
label-claim = Reclamo al corriere
label-wait = Aspettare, con un codice
label-express = Spedizione più veloce
label-green = Spedizione più ecologica
label-coupon = Tenerlo, con un codice
label-return = Rispedire l'articolo
label-cancel = Annullare l'ordine
choice-noted = Grazie, ho preso nota della sua scelta. Una persona del nostro team la confermerà prima che si proceda.
choice-unclear = Vorrei capire con certezza quale preferisce. Per favore, mi invii solo il numero.
refund-waiting-approval = Il rimborso di { $amount } deve ancora essere approvato da una seconda persona del team; le scriveremo non appena sarà fatto.

## A code that proves who writes
ask-code = Per proteggere il suo denaro, ho inviato un codice a { $email }, l'indirizzo del suo ordine. Per favore, lo scriva qui.
code-wrong = Questo codice non è giusto. Per favore, controlli la nostra e-mail più recente e scriva di nuovo il codice.
code-expired = Questo codice non è più valido. Mi indichi di nuovo la sua scelta e gliene invierò uno nuovo.
code-thanks = Grazie, il codice è giusto.
mail-code-subject = Il suo codice di conferma
mail-code = Il suo codice di conferma è { $code }. Lo scriva nella nostra chat; è valido per un quarto d'ora. Nessuno del nostro team glielo chiederà mai al telefono. Se non ha richiesto un codice, ignori questo messaggio.

## Hand-off to a person
handoff = Passo la richiesta a una persona del nostro team, insieme a tutto ciò che mi ha comunicato. Riceverà una risposta entro { $hours ->
    [one] { $hours } ora lavorativa
   *[other] { $hours } ore lavorative
}.
handoff-safety = La sua sicurezza viene prima di tutto: smetta di usare il prodotto e, se qualcuno si è fatto male, chieda subito assistenza medica.
handoff-photos = Grazie, le sue foto sono allegate alla pratica.
handoff-sorry = Mi dispiace per il disagio che questo le ha causato.

## Drafts that an operator checks before sending
draft-hello = Buongiorno { $name },
draft-thanks = grazie per il suo messaggio.
draft-sorry = Mi dispiace che qualcosa sia andato storto.
draft-photo-of = Ho guardato la sua foto dell'articolo { $product }. Ecco che cosa si vede: { $finding }.
draft-photo = Ho guardato la sua foto. Ecco che cosa si vede: { $finding }.
draft-refund = Le offriamo un rimborso di { $amount } per l'ordine #{ $order }.
draft-reship = Possiamo inviarle un nuovo pacco per l'ordine #{ $order } dal magazzino di { $warehouse }.
draft-exchange = Possiamo sostituirle l'articolo { $product }.
draft-return = Possiamo registrare un reso per l'ordine #{ $order }.
draft-cancel = Proveremo a fermare l'ordine #{ $order } per lei.
draft-look = Me ne occupo di persona e la ricontatterò.
draft-privacy = La sua richiesta sui dati personali è arrivata al nostro team privacy.
draft-closing = Cordiali saluti, { $brand }

## Steps of a remedy that is on its way, as a customer reads them in one line
remedy-return = Il suo reso
remedy-exchange = Il suo cambio
remedy-reship = Il suo nuovo pacco
remedy-refund = Il suo rimborso
remedy-repair = La sua riparazione
remedy-claim = Reclamo al corriere
remedy-other = La sua richiesta
step-return-requested = Richiesto
step-return-labelled = Etichetta inviata
step-return-received = Arrivato al nostro magazzino
step-return-inspected = Controllato
step-return-refunding = Rimborso in corso
step-return-exchanging = Cambio disposto
step-return-repairing = In riparazione
step-return-sent-back = Di ritorno verso di lei
step-return-lapsed = Etichetta scaduta
step-return-closed = Concluso
step-exchange-requested = Richiesto
step-exchange-labelled = Etichetta inviata, nuovo articolo riservato
step-exchange-received = Articolo vecchio arrivato al nostro magazzino
step-exchange-inspected = Articolo vecchio controllato
step-exchange-sent-back = Articolo vecchio di ritorno verso di lei
step-exchange-lapsed = Prenotazione scaduta
step-exchange-packing = Nuovo articolo in preparazione
step-exchange-shipped = Nuovo articolo in viaggio
step-exchange-closed = Cambiato
step-reship-requested = Richiesto
step-reship-packing = In preparazione
step-reship-shipped = In viaggio
step-reship-closed = Consegnato
step-refund-requested = Richiesto
step-refund-ordered = Disposto, in arrivo alla sua banca
step-refund-bounced = Respinto dalla banca, il nostro team le scriverà
step-refund-closed = Versato
step-repair-requested = Richiesta
step-repair-booked = Visita prenotata
step-repair-missed = Nessuno trovato, serve una nuova data
step-repair-beyond-repair = Non riparabile, il nostro team le scriverà
step-repair-replacing = Sostituzione o rimborso disposto
step-repair-closed = Conclusa
step-claim-requested = Richiesto
step-claim-filed = Il corriere sta cercando il pacco
step-claim-found = Pacco ritrovato, di nuovo in viaggio
step-claim-lost = Pacco smarrito, il nostro team le scriverà
step-claim-denied = Il corriere ha risposto, il nostro team le scriverà
step-claim-settling = Nuovo pacco o rimborso disposto
step-claim-closed = Concluso
step-other-requested = Richiesto
step-other-done = Fatto
step-other-handed-over = Se ne occupa una persona del nostro team

## News of a remedy under way
news-steps = Novità su { $number }, ordine #{ $order }: { $steps }.
news-steps-order = Novità sull'ordine #{ $order }: { $steps }.
news-between = { $first }; { $next }

## Labels
quick-human = Parlare con una persona
quick-track = Dov'è il mio ordine?
quick-return = Restituire un articolo
state-info = annunciato al corriere
state-picked-up = ritirato dal corriere
state-departed = in viaggio
state-arrived = arrivato in un centro di smistamento
state-customs = alla dogana
state-out-for-delivery = in consegna
state-attempted = tentativo di consegna
state-delivered = consegnato
state-exception = bloccato
state-pickup = pronto per il ritiro
state-customs-cleared = sdoganato
state-expired = senza notizie dal corriere da molto tempo
state-returning = in viaggio di ritorno al mittente
state-returned = restituito al mittente
state-damaged = danneggiato durante il trasporto
state-lost = smarrito dal corriere
seen-crack = una crepa
seen-scratch = un graffio
seen-dent = un'ammaccatura
seen-stain = una macchia
seen-tear = uno strappo
seen-torn-packaging = un imballaggio danneggiato
seen-missing-part = una parte mancante
seen-wrong-item = un articolo diverso da quello ordinato
seen-wrong-colour = un colore diverso da quello ordinato
seen-wrong-size = una taglia diversa da quella ordinata
seen-none = nessun danno visibile
warehouse-SZX = Shenzhen
warehouse-RTM = Rotterdam
warehouse-LAX = Los Angeles
warehouse-SIN = Singapore
