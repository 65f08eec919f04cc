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
order-scan = Dernier scan : { $state }, { $place }, { $time }.
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

## Products and stock
product-price = L'article { $product } coûte { $price }.
stock-yes = L'article { $product } est en stock et part de notre entrepôt à { $warehouse }.
stock-restock = L'article { $product } est épuisé pour le moment ; nous prévoyons son retour le { $date }.
stock-no = L'article { $product } est épuisé pour le moment et n'a pas encore de date de retour.

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
draft-refund = Nous vous proposons un remboursement de { $amount } pour la commande #{ $order }.
draft-reship = Nous pouvons vous envoyer un nouveau colis pour la commande #{ $order } depuis notre entrepôt à { $warehouse }.
draft-exchange = Nous pouvons vous échanger l'article { $product }.
draft-return = Nous pouvons enregistrer un retour pour la commande #{ $order }.
draft-cancel = Nous allons essayer d'arrêter la commande #{ $order } pour vous.
draft-look = Je m'en occupe personnellement et je reviens vers vous.
draft-privacy = Votre demande concernant vos données personnelles est bien parvenue à notre équipe chargée de la protection des données.
draft-closing = Cordialement, { $brand }

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
warehouse-SZX = Shenzhen
warehouse-RTM = Rotterdam
warehouse-LAX = Los Angeles
warehouse-SIN = Singapour
