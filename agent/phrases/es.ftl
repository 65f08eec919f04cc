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
order-scan = Última lectura: { $state }, { $place }, { $time }.
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

## Products and stock
product-price = El precio de { $product } es de { $price }.
stock-yes = El artículo { $product } está disponible y se envía desde { $warehouse }.
stock-restock = El artículo { $product } está agotado por el momento; esperamos tenerlo de nuevo el { $date }.
stock-no = El artículo { $product } está agotado por el momento y aún no tiene fecha de reposición.

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
draft-refund = Le ofrecemos un reembolso de { $amount } por el pedido #{ $order }.
draft-reship = Podemos enviarle un nuevo paquete del pedido #{ $order } desde { $warehouse }.
draft-exchange = Podemos cambiarle el artículo { $product }.
draft-return = Podemos registrar una devolución del pedido #{ $order }.
draft-cancel = Intentaremos detener el pedido #{ $order }.
draft-look = Me ocupo personalmente de su caso y le escribiré en cuanto sepa más.
draft-privacy = Su solicitud sobre sus datos personales ha llegado a nuestro equipo de privacidad.
draft-closing = Un cordial saludo, { $brand }

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
warehouse-SZX = Shenzhen
warehouse-RTM = Róterdam
warehouse-LAX = Los Ángeles
warehouse-SIN = Singapur
