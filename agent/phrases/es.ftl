# Spanish sentence patterns of replies (formal "usted", words that Spain and Latin America share, no gender assumed). Keys and variables
# are those of en.ftl; figures, names and dates are filled in by code, so no pattern holds a digit of its own.

## First contact, courtesy
disclosure = Hola, soy el asistente de IA de { $brand }. Puede pedir hablar con una persona en cualquier momento.
greeting = ¿En qué puedo ayudarle?
praise = ¡Muchas gracias, nos alegra mucho! Se lo haré llegar al equipo.
out-of-scope = Solo puedo ayudarle con pedidos, productos y condiciones de { $brand }. ¿Puedo hacer algo por usted en ese sentido?

## One precise question
ask-order = Para consultarlo necesito dos datos: el número de pedido y el correo electrónico con el que hizo la compra.
ask-email = Para proteger sus datos, indíqueme también el correo electrónico con el que se hizo el pedido #{ $order }.
ask-number = Gracias. ¿Cuál es el número de pedido? Está en el correo de confirmación y empieza por #.
ask-mismatch = No encuentro ningún pedido que coincida a la vez con ese número y ese correo electrónico. Por favor, revise ambos y envíemelos de nuevo.
ask-which = ¿De cuál de sus pedidos se trata: { $orders }?
ask-address = Por favor, envíeme la nueva dirección completa para el pedido #{ $order }: nombre, calle, código postal, ciudad y país.
ask-photo = Lo siento mucho. Por favor, envíeme una foto del artículo y otra del paquete con su etiqueta, para que el equipo pueda decidir pronto.
ask-photo-again =
    En esta foto no distingo lo suficiente: { $why ->
        [too_dark] está demasiado oscura
        [too_bright] está demasiado clara
        [blurred] está borrosa
       *[too_small] es demasiado pequeña
    }. Envíeme otra, por favor, con luz de día y sin moverse: el artículo entero y, de cerca, lo que está mal.
ask-detail = ¿Podría decirme en una frase qué necesita, por ejemplo sobre un pedido, una devolución o un producto?
ask-product = ¿A qué producto se refiere? Basta con el nombre o la referencia.

## The state of an order
order-unpaid = El pedido #{ $order } del { $date } sigue pendiente de pago.
order-paid = El pedido #{ $order } del { $date } está confirmado y aún no se ha empaquetado.
order-packed = El pedido #{ $order } está empaquetado y espera la recogida del transportista.
order-in-transit = El pedido #{ $order } salió de nuestro almacén de { $warehouse } el { $date } con { $carrier }.
order-customs = El pedido #{ $order } está en revisión en la aduana; salió de { $warehouse } el { $date } con { $carrier }.
order-late = La entrega del pedido #{ $order } estaba prometida para el { $promised } y lleva un retraso de { $days ->
    [one] { $days } día
   *[other] { $days } días
}. Lo siento.
order-lost = El seguimiento del pedido #{ $order } no registra ninguna lectura desde el { $date }. Parece que el transportista ha perdido el paquete, y lo siento.
order-delivered = Según { $carrier }, el pedido #{ $order } se entregó el { $date }.
order-part-returned = Se ha devuelto una parte del pedido #{ $order }; { $carrier } lo había entregado el { $date }.
order-refunded = El pedido #{ $order } está reembolsado.
order-cancelled = El pedido #{ $order } está cancelado.
order-part-shipped = Una parte del pedido #{ $order } está en camino: { $parcels ->
    [one] { $parcels } paquete salió
   *[other] { $parcels } paquetes salieron
} de nuestro almacén el { $date }. El resto saldrá después.
order-unknown-state = La tienda me indica sobre el pedido #{ $order } algo que no puedo interpretar; por eso lo revisará una persona del equipo.
as-of = El sistema de la tienda no responde en este momento; mis datos son de { $time }.
order-scan = Última lectura: { $state }, { $place }, { $time }.
order-scan-nowhere = Última lectura: { $state }, { $time }.
order-promised = Debería llegarle a más tardar el { $date }.
order-tracking = Número de seguimiento { $tracking }: { $url }

## Refunds
refund-done = El reembolso de { $amount } se hizo el { $date }.
refund-started = El reembolso de { $amount } se inició el { $date }; el banco aún no lo ha confirmado.
refund-none = Por ahora no consta ningún reembolso del pedido #{ $order }.

## Remedies that have been carried out
cancel-done = El pedido #{ $order } está cancelado y no se le cobrará nada más por él.
address-done = El pedido #{ $order } se enviará ahora a esta dirección: { $address }.
return-done = Su devolución { $number } del pedido #{ $order } está registrada. Imprima esta etiqueta y envíe el paquete a más tardar el { $date }: { $label }
tracking-done = He enviado de nuevo el enlace de seguimiento al correo electrónico de su pedido.
coupon-done = Como disculpa, el código { $code } le da un { $percent } de descuento en su próximo pedido hasta el { $date }.
refund-ordered = Hemos ordenado el reembolso de { $amount } del pedido #{ $order }; hasta que lo vea, su banco necesita { $span }.
reship-done = Su nuevo paquete del pedido #{ $order } está encargado con el número #{ $number }. Sale con prioridad de nuestro almacén de { $warehouse }; plazo hasta la entrega: { $span }.
exchange-done = Su cambio { $number } está registrado: el artículo { $product } queda reservado para usted en { $warehouse } y saldrá en cuanto se haya revisado el anterior. Imprima esta etiqueta y envíe el artículo anterior: { $label }
repair-done = La visita para reparar { $product } está reservada: { $date }, { $part }.
claim-done = Hemos abierto la reclamación { $number } con el transportista; la respuesta suele tardar { $span }.
items-done = Los artículos del pedido #{ $order } se han cambiado como deseaba.
payment-done = La forma de pago del pedido #{ $order } se ha cambiado.
shipping-done = El pedido #{ $order } se envía ahora así: { $service }. Debería llegarle a más tardar el { $date }.
wait-done = Gracias por su paciencia: el código { $code } le da { $worth } de descuento en su próximo pedido hasta el { $date }.
part-morning = por la mañana
part-afternoon = por la tarde
service-express = envío exprés
service-green = envío más ecológico
service-standard = envío estándar

## Products and stock
product-price = El precio de { $product } es de { $price }.
stock-yes = El artículo { $product } está disponible y se envía desde { $warehouse }.
stock-restock = El artículo { $product } está agotado por el momento; esperamos tenerlo de nuevo el { $date }.
stock-no = El artículo { $product } está agotado por el momento y aún no tiene fecha de reposición.

## Ways to put it right that the customer may choose from
span-days = de { $fewest } a { $most ->
    [one] { $most } día hábil
   *[other] { $most } días hábiles
}
span-within = hasta { $most ->
    [one] { $most } día hábil
   *[other] { $most } días hábiles
}
offers-intro = Para el pedido #{ $order } puedo ofrecerle lo siguiente:
offers-intro-one = Para el pedido #{ $order } puedo ofrecerle esto:
offers-outro = ¿Qué prefiere? Basta con el número.
offers-outro-one = ¿Lo hacemos así?
offers-confirm = Un compañero confirma lo que elija antes de que se haga nada.
offer-reship = { $number }. Un paquete nuevo desde { $warehouse }, sin coste; plazo: { $span }.
offer-local = { $number }. Un segundo paquete desde { $warehouse }, nuestro almacén más cercano; plazo: { $span }. Si el primero llega a pesar de todo, por favor, rechácelo.
offer-refund = { $number }. El reembolso completo de { $amount }; su banco necesita { $span }.
offer-part-refund = { $number }. Se queda con el artículo y le devolvemos { $amount }; su banco necesita { $span }.
offer-exchange = { $number }. Un cambio: el artículo { $product } queda reservado para usted en { $warehouse }, envía el anterior con nuestra etiqueta y, en cuanto se haya revisado, sale el nuevo; plazo desde ese momento: { $span }.
offer-repair = { $number }. Una visita a domicilio para reparar { $product }: { $date }, { $part }.
offer-claim = { $number }. Sigue esperando mientras abrimos una reclamación con el transportista; la respuesta suele tardar { $span }.
offer-wait = { $number }. Sigue esperando y recibe un código de { $worth } de descuento en su próximo pedido.
offer-express = { $number }. Un envío más rápido por { $cost }: tarda { $span } y causa unos { $weight } más de CO₂.
offer-express-free = { $number }. Un envío más rápido sin recargo: tarda { $span } y causa unos { $weight } más de CO₂.
offer-green = { $number }. Un envío más ecológico sin recargo: tarda { $span } y ahorra unos { $weight } de CO₂.
offer-coupon = { $number }. Se queda con el artículo y recibe un código de { $worth } de descuento en su próximo pedido.
offer-return = { $number }. Devuelve el artículo con nuestra etiqueta; en cuanto el almacén lo haya revisado, ordenamos un reembolso de { $amount }.
offer-return-fee = { $number }. Devuelve el artículo con nuestra etiqueta; en cuanto el almacén lo haya revisado, ordenamos un reembolso de { $amount }. La etiqueta cuesta { $fee } y ya está descontada.
offer-cancel = { $number }. Cancelamos el pedido sin coste y no se envía.
label-reship = Paquete nuevo
label-local = Paquete desde un almacén cercano
label-refund = Reembolso completo
label-part-refund = Quedármelo, reembolso parcial
label-exchange = Cambio
label-repair = Reparación a domicilio
label-claim = Reclamación al transportista
label-wait = Seguir esperando, con código
label-express = Envío más rápido
label-green = Envío más ecológico
label-coupon = Quedármelo, con código
label-return = Devolver el artículo
label-cancel = Cancelar el pedido
choice-noted = Gracias, he anotado su elección. Una persona del equipo la confirmará antes de que se haga nada.
choice-unclear = Quiero asegurarme de cuál prefiere. Por favor, envíeme solo su número.
refund-waiting-approval = Falta que una segunda persona del equipo apruebe el reembolso de { $amount }; le escribiremos en cuanto lo haga.

## A code that proves who writes
ask-code = Para proteger su dinero, he enviado un código a { $email }, el correo de su pedido. Por favor, escríbalo aquí.
code-wrong = Ese código no es correcto. Por favor, mire nuestro correo más reciente y escriba el código otra vez.
code-expired = Ese código ya no es válido. Dígame su elección otra vez y le enviaré uno nuevo.
code-thanks = Gracias, el código es correcto.
mail-code-subject = Su código de confirmación
mail-code = Su código de confirmación es { $code }. Escríbalo en nuestro chat; es válido durante un cuarto de hora. Nadie de nuestro equipo se lo pedirá nunca por teléfono. Si no ha pedido ningún código, ignore este mensaje.

## Hand-off to a person
handoff = Paso su consulta a una persona del equipo, junto con todo lo que me ha contado. Recibirá una respuesta en un plazo de { $hours ->
    [one] { $hours } hora laborable
   *[other] { $hours } horas laborables
}.
handoff-safety = Su seguridad es lo primero: deje de usar el producto y, si alguien ha sufrido daños, busque atención médica ahora mismo.
handoff-photos = Gracias, sus fotos ya están en el expediente.
handoff-sorry = Lamento las molestias que esto le ha causado.

## Drafts that an operator checks before sending
draft-hello = Hola, { $name }:
draft-thanks = Gracias por su mensaje.
draft-sorry = Lamento que algo haya salido mal.
draft-photo-of = He mirado su foto del artículo { $product }. Esto es lo que se ve: { $finding }.
draft-photo = He mirado su foto. Esto es lo que se ve: { $finding }.
draft-refund = Le ofrecemos un reembolso de { $amount } por el pedido #{ $order }.
draft-reship = Podemos enviarle un nuevo paquete del pedido #{ $order } desde { $warehouse }.
draft-exchange = Podemos cambiarle el artículo { $product }.
draft-return = Podemos registrar una devolución del pedido #{ $order }.
draft-cancel = Intentaremos detener el pedido #{ $order }.
draft-look = Me ocupo personalmente de su caso y le escribiré en cuanto sepa más.
draft-privacy = Su solicitud sobre sus datos personales ha llegado a nuestro equipo de privacidad.
draft-closing = Un cordial saludo, { $brand }

## Steps of a remedy that is on its way, as a customer reads them in one line
remedy-return = Su devolución
remedy-exchange = Su cambio
remedy-reship = Su paquete nuevo
remedy-refund = Su reembolso
remedy-repair = Su reparación
remedy-claim = Reclamación al transportista
remedy-other = Su solicitud
step-return-requested = Solicitada
step-return-labelled = Etiqueta enviada
step-return-received = Llegó a nuestro almacén
step-return-inspected = Revisada
step-return-refunding = Reembolso en curso
step-return-exchanging = Cambio ordenado
step-return-repairing = En reparación
step-return-sent-back = De vuelta hacia usted
step-return-lapsed = Etiqueta caducada
step-return-closed = Resuelta
step-exchange-requested = Solicitado
step-exchange-labelled = Etiqueta enviada, artículo nuevo reservado
step-exchange-received = El artículo anterior llegó a nuestro almacén
step-exchange-inspected = Artículo anterior revisado
step-exchange-sent-back = Artículo anterior de vuelta hacia usted
step-exchange-lapsed = Reserva caducada
step-exchange-packing = Preparando el artículo nuevo
step-exchange-shipped = Artículo nuevo en camino
step-exchange-closed = Cambiado
step-reship-requested = Solicitado
step-reship-packing = En preparación
step-reship-shipped = En camino
step-reship-closed = Entregado
step-refund-requested = Solicitado
step-refund-ordered = Ordenado, en camino a su banco
step-refund-bounced = Rechazado por el banco, el equipo le escribirá
step-refund-closed = Pagado
step-repair-requested = Solicitada
step-repair-booked = Visita reservada
step-repair-missed = No se encontró a nadie, hace falta otra fecha
step-repair-beyond-repair = Sin reparación posible, el equipo le escribirá
step-repair-replacing = Sustitución o reembolso ordenado
step-repair-closed = Resuelta
step-claim-requested = Solicitada
step-claim-filed = El transportista busca el paquete
step-claim-found = Paquete encontrado, de nuevo en camino
step-claim-lost = Paquete perdido, el equipo le escribirá
step-claim-denied = El transportista ha respondido, el equipo le escribirá
step-claim-settling = Paquete nuevo o reembolso ordenado
step-claim-closed = Resuelta
step-other-requested = Solicitado
step-other-done = Hecho
step-other-handed-over = Una persona del equipo lo está revisando

## News of a remedy under way
news-steps = Novedades de { $number }, pedido #{ $order }: { $steps }.
news-steps-order = Novedades del pedido #{ $order }: { $steps }.
news-between = { $first }; { $next }

## Labels
quick-human = Hablar con una persona
quick-track = ¿Dónde está mi pedido?
quick-return = Devolver un artículo
state-info = anunciado al transportista
state-picked-up = recogido por el transportista
state-departed = en camino
state-arrived = llegado a un centro de distribución
state-customs = en la aduana
state-out-for-delivery = en reparto
state-attempted = intento de entrega
state-delivered = entregado
state-exception = detenido
state-pickup = listo para recoger
state-customs-cleared = despachado por la aduana
state-expired = sin noticias del transportista desde hace tiempo
state-returning = de vuelta al remitente
state-returned = devuelto al remitente
state-damaged = dañado durante el transporte
state-lost = perdido por el transportista
seen-crack = una grieta
seen-scratch = un arañazo
seen-dent = una abolladura
seen-stain = una mancha
seen-tear = un desgarro
seen-torn-packaging = un embalaje dañado
seen-missing-part = una pieza que falta
seen-wrong-item = un artículo distinto del pedido
seen-wrong-colour = un color distinto del pedido
seen-wrong-size = una talla distinta de la pedida
seen-none = ningún daño visible
warehouse-SZX = Shenzhen
warehouse-RTM = Róterdam
warehouse-LAX = Los Ángeles
warehouse-SIN = Singapur
