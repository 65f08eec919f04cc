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
order-scan = Ultima scansione: { $state }, { $place }, { $time }.
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

## Products and stock
product-price = L'articolo { $product } costa { $price }.
stock-yes = L'articolo { $product } è disponibile e parte dal magazzino di { $warehouse }.
stock-restock = L'articolo { $product } è al momento esaurito; prevediamo il ritorno in data { $date }.
stock-no = L'articolo { $product } è al momento esaurito e non ha ancora una data di ritorno.

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
draft-refund = Le offriamo un rimborso di { $amount } per l'ordine #{ $order }.
draft-reship = Possiamo inviarle un nuovo pacco per l'ordine #{ $order } dal magazzino di { $warehouse }.
draft-exchange = Possiamo sostituirle l'articolo { $product }.
draft-return = Possiamo registrare un reso per l'ordine #{ $order }.
draft-cancel = Proveremo a fermare l'ordine #{ $order } per lei.
draft-look = Me ne occupo di persona e la ricontatterò.
draft-privacy = La sua richiesta sui dati personali è arrivata al nostro team privacy.
draft-closing = Cordiali saluti, { $brand }

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
warehouse-SZX = Shenzhen
warehouse-RTM = Rotterdam
warehouse-LAX = Los Angeles
warehouse-SIN = Singapore
