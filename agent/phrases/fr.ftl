# French sentence patterns of replies (formal "vous", no gender assumed). Keys and variables are those of en.ftl; figures, names
# and dates are filled in by code, so no pattern holds a digit and none elides before a variable. Spaces before : ? ! do not break.

## First contact, courtesy
disclosure = Bonjour, je suis l'assistant IA de la boutique { $brand }. Vous pouvez demander à parler à une personne à tout moment.
greeting = Comment puis-je vous aider ?
praise = Merci beaucoup, cela fait très plaisir ! Je transmets votre message à l'équipe.
out-of-scope = Je peux seulement vous aider pour les commandes, les produits et les conditions de la boutique { $brand }. Puis-je faire quelque chose pour vous à ce sujet ?

## One precise question
ask-order = Pour faire cette recherche, il me faut deux informations : votre numéro de commande et l'adresse e-mail utilisée pour commander.
ask-email = Pour protéger vos données, merci de m'indiquer aussi l'adresse e-mail avec laquelle la commande #{ $order } a été passée.
ask-number = Merci. Quel est le numéro de commande ? Il figure dans votre e-mail de confirmation et commence par #.
ask-mismatch = Je ne trouve aucune commande qui corresponde à la fois à ce numéro et à cette adresse e-mail. Merci de vérifier les deux et de me les renvoyer.
ask-which = De laquelle de vos commandes s'agit-il : { $orders } ?
ask-address = Merci de m'envoyer la nouvelle adresse complète pour la commande #{ $order } : nom, rue, code postal, ville et pays.
ask-photo = Je regrette ce désagrément. Merci de m'envoyer une photo de l'article et une autre du colis avec son étiquette, pour que notre équipe puisse décider rapidement.
ask-photo-again =
    Je ne distingue pas assez de choses sur cette photo : { $why ->
        [too_dark] elle est trop sombre
        [too_bright] elle est trop claire
        [blurred] elle est floue
       *[too_small] elle est trop petite
    }. Merci de m’en envoyer une autre, à la lumière du jour et sans bouger : l’article entier, puis le défaut de près.
ask-detail = Pourriez-vous me dire en une phrase ce dont vous avez besoin, par exemple au sujet d'une commande, d'un retour ou d'un produit ?
ask-product = De quel produit s'agit-il ? Son nom ou son numéro d'article suffit.

## The state of an order
order-unpaid = La commande #{ $order } du { $date } est toujours en attente de votre paiement.
order-paid = La commande #{ $order } du { $date } est confirmée et n'est pas encore emballée.
order-packed = La commande #{ $order } est emballée et attend que le transporteur vienne la chercher.
order-in-transit = La commande #{ $order } a quitté notre entrepôt à { $warehouse } le { $date } avec { $carrier }.
order-customs = La commande #{ $order } est en cours de contrôle à la douane ; elle est partie le { $date } avec { $carrier }, depuis notre entrepôt à { $warehouse }.
order-late = La commande #{ $order } était promise pour le { $promised } et son retard est de { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}. Je vous présente mes excuses.
order-lost = La commande #{ $order } n'a plus été scannée depuis le { $date }. Le transporteur semble l'avoir perdue, et je vous présente mes excuses.
order-delivered = Selon { $carrier }, la commande #{ $order } a été livrée le { $date }.
order-part-returned = Une partie de la commande #{ $order } a été retournée ; { $carrier } l'avait livrée le { $date }.
order-refunded = La commande #{ $order } a été remboursée.
order-cancelled = La commande #{ $order } est annulée.
order-part-shipped = Une partie de la commande #{ $order } est en route : { $parcels ->
    [one] { $parcels } colis a quitté
   *[other] { $parcels } colis ont quitté
} notre entrepôt le { $date }. Le reste suivra.
order-unknown-state = La boutique me signale pour la commande #{ $order } une situation que je ne sais pas interpréter ; une personne de notre équipe va donc l'examiner.
as-of = Le système de la boutique ne répond pas en ce moment ; mes informations datent de ce moment : { $time }.
order-scan = Dernier scan : { $state }, { $place }, { $time }.
order-scan-nowhere = Dernier scan : { $state }, { $time }.
order-promised = Elle devrait vous parvenir au plus tard le { $date }.
order-tracking = Numéro de suivi { $tracking } : { $url }

## Refunds
refund-done = Le remboursement de { $amount } a été effectué le { $date }.
refund-started = Le remboursement de { $amount } a été lancé le { $date } ; la banque ne l'a pas encore confirmé.
refund-none = Je ne vois pour l'instant aucun remboursement pour la commande #{ $order }.

## Remedies that have been carried out
cancel-done = La commande #{ $order } est annulée, et plus rien ne sera débité pour celle-ci.
address-done = La commande #{ $order } sera désormais livrée à cette adresse : { $address }.
return-done = Votre retour { $number } pour la commande #{ $order } est enregistré. Merci d'imprimer cette étiquette et d'envoyer le colis au plus tard le { $date } : { $label }
tracking-done = Le lien de suivi vient d'être renvoyé à l'adresse e-mail de votre commande.
coupon-done = Pour nous excuser, nous vous offrons le code { $code } : il vous donne { $percent } de réduction sur votre prochaine commande, à utiliser au plus tard le { $date }.
refund-ordered = Nous avons demandé le remboursement de { $amount } pour la commande #{ $order } ; avant que vous ne le voyiez, il faut à votre banque { $span }.
reship-done = Votre nouveau colis pour la commande #{ $order } est commandé sous le numéro #{ $number }. Il part en priorité de notre entrepôt à { $warehouse } ; délai jusqu'à la livraison : { $span }.
exchange-done = Votre échange { $number } est enregistré : l'article { $product } vous est réservé à { $warehouse } et partira dès que l'ancien aura été contrôlé. Merci d'imprimer cette étiquette et de renvoyer l'ancien article : { $label }
repair-done = L'intervention pour réparer l'article { $product } est réservée : { $date }, { $part }.
claim-done = Nous avons ouvert la réclamation { $number } auprès du transporteur ; la réponse prend en général { $span }.
items-done = Les articles de la commande #{ $order } ont été modifiés comme vous le souhaitiez.
payment-done = Le moyen de paiement de la commande #{ $order } a été modifié.
shipping-done = La commande #{ $order } part désormais ainsi : { $service }. Elle devrait vous parvenir au plus tard le { $date }.
wait-done = Merci de votre patience : le code { $code } vous donne { $worth } de réduction sur votre prochaine commande, à utiliser au plus tard le { $date }.
part-morning = le matin
part-afternoon = l'après-midi
service-express = livraison express
service-green = livraison plus écologique
service-standard = livraison standard

## Products and stock
product-price = L'article { $product } coûte { $price }.
stock-yes = L'article { $product } est en stock et part de notre entrepôt à { $warehouse }.
stock-restock = L'article { $product } est épuisé pour le moment ; nous prévoyons son retour le { $date }.
stock-no = L'article { $product } est épuisé pour le moment et n'a pas encore de date de retour.

## Ways to put it right that the customer may choose from
span-days = { $fewest } à { $most ->
    [one] { $most } jour ouvré
   *[other] { $most } jours ouvrés
}
span-within = jusqu'à { $most ->
    [one] { $most } jour ouvré
   *[other] { $most } jours ouvrés
}
offers-intro = Pour la commande #{ $order }, voici ce que je peux vous proposer :
offers-intro-one = Pour la commande #{ $order }, je peux vous proposer ceci :
offers-outro = Que préférez-vous ? Le numéro suffit.
offers-outro-one = Dois-je le faire ?
offers-confirm = Un collègue confirme votre choix avant que quoi que ce soit ne soit fait.
offer-reship = { $number }. Un nouveau colis depuis notre entrepôt à { $warehouse }, sans frais ; délai : { $span }.
offer-local = { $number }. Un deuxième colis depuis { $warehouse }, notre entrepôt le plus proche de chez vous ; délai : { $span }. Si le premier arrive malgré tout, merci de le refuser.
offer-refund = { $number }. Le remboursement intégral de { $amount } ; il faut à votre banque { $span }.
offer-part-refund = { $number }. Vous gardez l'article et nous vous rendons { $amount } ; il faut à votre banque { $span }.
offer-exchange = { $number }. Un échange : l'article { $product } vous est réservé à { $warehouse }, vous renvoyez l'ancien avec notre étiquette et, dès qu'il a été contrôlé, le nouveau part ; délai à partir de là : { $span }.
offer-repair = { $number }. Une réparation à domicile de l'article { $product } : { $date }, { $part }.
offer-claim = { $number }. Vous attendez encore pendant que nous ouvrons une réclamation auprès du transporteur ; la réponse prend en général { $span }.
offer-wait = { $number }. Vous attendez encore et recevez un code de { $worth } de réduction sur votre prochaine commande.
offer-express = { $number }. Une livraison plus rapide pour { $cost } : elle prend { $span } et cause environ { $weight } de CO₂ en plus.
offer-express-free = { $number }. Une livraison plus rapide sans supplément : elle prend { $span } et cause environ { $weight } de CO₂ en plus.
offer-green = { $number }. Une livraison plus écologique sans supplément : elle prend { $span } et évite environ { $weight } de CO₂.
offer-coupon = { $number }. Vous gardez l'article et recevez un code de { $worth } de réduction sur votre prochaine commande.
offer-return = { $number }. Vous renvoyez l'article avec notre étiquette ; dès que notre entrepôt l'a contrôlé, nous demandons un remboursement de { $amount }.
offer-return-fee = { $number }. Vous renvoyez l'article avec notre étiquette ; dès que notre entrepôt l'a contrôlé, nous demandons un remboursement de { $amount }. L'étiquette coûte { $fee }, somme déjà déduite.
offer-cancel = { $number }. Nous annulons la commande sans frais, et elle n'est pas envoyée.
label-reship = Nouveau colis
label-local = Colis depuis un entrepôt proche
label-refund = Remboursement intégral
label-part-refund = Garder, remboursement partiel
label-exchange = Échange
label-repair = Réparation à domicile
label-claim = Réclamation au transporteur
label-wait = Attendre, avec un code
label-express = Livraison plus rapide
label-green = Livraison plus écologique
label-coupon = Garder, avec un code
label-return = Renvoyer l'article
label-cancel = Annuler la commande
choice-noted = Merci, j'ai noté votre choix. Une personne de notre équipe le confirme avant que quoi que ce soit ne soit fait.
choice-unclear = Je voudrais bien comprendre quelle solution vous souhaitez. Merci de m'envoyer seulement son numéro.
refund-waiting-approval = Le remboursement de { $amount } doit encore être approuvé par une deuxième personne de notre équipe ; nous vous écrirons dès que ce sera fait.

## A code that proves who writes
ask-code = Pour protéger votre argent, j'ai envoyé un code à { $email }, l'adresse de votre commande. Merci de le saisir ici.
code-wrong = Ce code n'est pas le bon. Merci de regarder notre e-mail le plus récent et de saisir le code encore une fois.
code-expired = Ce code n'est plus valable. Indiquez-moi encore une fois votre choix et je vous en enverrai un nouveau.
code-thanks = Merci, le code est correct.
mail-code-subject = Votre code de confirmation
mail-code = Votre code de confirmation est { $code }. Saisissez-le dans notre chat ; il est valable un quart d'heure. Personne de notre équipe ne vous le demandera jamais par téléphone. Si vous n'avez pas demandé de code, merci d'ignorer ce message.

## Hand-off to a person
handoff = Je transmets votre demande à une personne de notre équipe, avec tout ce que vous m'avez indiqué. Vous aurez une réponse sous { $hours ->
    [one] { $hours } heure ouvrée
   *[other] { $hours } heures ouvrées
}.
handoff-safety = Votre sécurité passe avant tout : merci de ne plus utiliser le produit et, si quelqu'un est blessé, d'appeler immédiatement les secours.
handoff-photos = Merci, vos photos sont jointes au dossier.
handoff-sorry = Je vous présente mes excuses pour ces désagréments.

## Drafts that an operator checks before sending
draft-hello = Bonjour { $name },
draft-thanks = Merci pour votre message.
draft-sorry = Je regrette que les choses ne se soient pas bien passées.
draft-photo-of = J’ai regardé votre photo de l’article { $product }. Voici ce que l’on y voit : { $finding }.
draft-photo = J’ai regardé votre photo. Voici ce que l’on y voit : { $finding }.
draft-refund = Nous vous proposons un remboursement de { $amount } pour la commande #{ $order }.
draft-reship = Nous pouvons vous envoyer un nouveau colis pour la commande #{ $order } depuis notre entrepôt à { $warehouse }.
draft-exchange = Nous pouvons vous échanger l'article { $product }.
draft-return = Nous pouvons enregistrer un retour pour la commande #{ $order }.
draft-cancel = Nous allons essayer d'arrêter la commande #{ $order } pour vous.
draft-look = Je m'en occupe personnellement et je reviens vers vous.
draft-privacy = Votre demande concernant vos données personnelles est bien parvenue à notre équipe chargée de la protection des données.
draft-closing = Cordialement, { $brand }

## Steps of a remedy that is on its way, as a customer reads them in one line
remedy-return = Votre retour
remedy-exchange = Votre échange
remedy-reship = Votre nouveau colis
remedy-refund = Votre remboursement
remedy-repair = Votre réparation
remedy-claim = Réclamation au transporteur
remedy-other = Votre demande
step-return-requested = Demandé
step-return-labelled = Étiquette envoyée
step-return-received = Arrivé à notre entrepôt
step-return-inspected = Contrôlé
step-return-refunding = Remboursement en cours
step-return-exchanging = Échange lancé
step-return-repairing = En réparation
step-return-sent-back = Réexpédié vers vous
step-return-lapsed = Étiquette expirée
step-return-closed = Réglé
step-exchange-requested = Demandé
step-exchange-labelled = Étiquette envoyée, nouvel article réservé
step-exchange-received = Ancien article arrivé à notre entrepôt
step-exchange-inspected = Ancien article contrôlé
step-exchange-sent-back = Ancien article réexpédié vers vous
step-exchange-lapsed = Réservation expirée
step-exchange-packing = Nouvel article en préparation
step-exchange-shipped = Nouvel article en route
step-exchange-closed = Échangé
step-reship-requested = Demandé
step-reship-packing = En préparation
step-reship-shipped = En route
step-reship-closed = Livré
step-refund-requested = Demandé
step-refund-ordered = Ordonné, en route vers votre banque
step-refund-bounced = Refusé par la banque, notre équipe vous écrira
step-refund-closed = Versé
step-repair-requested = Demandée
step-repair-booked = Rendez-vous fixé
step-repair-missed = Rendez-vous manqué, nouvelle date à fixer
step-repair-beyond-repair = Irréparable, notre équipe vous écrira
step-repair-replacing = Remplacement ou remboursement lancé
step-repair-closed = Réglé
step-claim-requested = Demandée
step-claim-filed = Le transporteur recherche le colis
step-claim-found = Colis retrouvé, de nouveau en route
step-claim-lost = Colis perdu, notre équipe vous écrira
step-claim-denied = Le transporteur a répondu, notre équipe vous écrira
step-claim-settling = Nouveau colis ou remboursement lancé
step-claim-closed = Réglé
step-other-requested = Demandé
step-other-done = Fait
step-other-handed-over = Une personne de notre équipe s'en occupe

## News of a remedy under way
news-steps = Du nouveau pour { $number }, commande #{ $order } : { $steps }.
news-steps-order = Du nouveau pour la commande #{ $order } : { $steps }.
news-between = { $first } ; { $next }

## Labels
quick-human = Parler à une personne
quick-track = Où est ma commande ?
quick-return = Retourner un article
state-info = annoncé au transporteur
state-picked-up = pris en charge
state-departed = en route
state-arrived = arrivé dans un centre de tri
state-customs = à la douane
state-out-for-delivery = en cours de livraison
state-attempted = tentative de livraison
state-delivered = livré
state-exception = bloqué
state-pickup = prêt à être retiré
state-customs-cleared = dédouané
state-expired = sans nouvelles du transporteur depuis longtemps
state-returning = en cours de retour à l’expéditeur
state-returned = retourné à l’expéditeur
state-damaged = endommagé pendant le transport
state-lost = perdu par le transporteur
seen-crack = une fissure
seen-scratch = une rayure
seen-dent = une bosse
seen-stain = une tache
seen-tear = une déchirure
seen-torn-packaging = un emballage abîmé
seen-missing-part = une pièce manquante
seen-wrong-item = un autre article que celui commandé
seen-wrong-colour = une autre couleur que celle commandée
seen-wrong-size = une autre taille que celle commandée
seen-none = aucun dommage visible
warehouse-SZX = Shenzhen
warehouse-RTM = Rotterdam
warehouse-LAX = Los Angeles
warehouse-SIN = Singapour
