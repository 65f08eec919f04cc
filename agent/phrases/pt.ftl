# Portuguese sentence patterns of replies (polite third person without "você", words that Portugal and Brazil share, no gender assumed).
# Keys and variables are those of en.ftl; figures, names and dates are filled in by code, so no pattern holds a digit of its own.

## First contact, courtesy
disclosure = Olá, sou o assistente de IA da loja { $brand }. Pode pedir para falar com uma pessoa a qualquer momento.
greeting = Em que posso ajudar?
praise = Agradecemos muito as suas palavras! Vou transmiti-las aos colegas.
out-of-scope = Só posso ajudar com pedidos, produtos e condições da loja { $brand }. Posso ajudar em algo nesse sentido?

## One precise question
ask-order = Para consultar, preciso de dois dados: o número do pedido e o e-mail usado na compra.
ask-email = Para proteger os seus dados, indique também o e-mail com que foi feito o pedido #{ $order }.
ask-number = Agradeço. Qual é o número do pedido? Está no e-mail de confirmação e começa por #.
ask-mismatch = Não encontro nenhum pedido que corresponda ao mesmo tempo a esse número e a esse e-mail. Por favor, confira os dois e envie-os de novo.
ask-which = De qual dos seus pedidos se trata: { $orders }?
ask-address = Por favor, envie o novo endereço completo para o pedido #{ $order }: nome, rua, código postal, cidade e país.
ask-photo = Lamento muito. Por favor, envie uma foto do artigo e outra da encomenda com a etiqueta, para que um colega possa decidir depressa.
ask-detail = Pode dizer numa frase do que precisa, por exemplo sobre um pedido, uma devolução ou um produto?
ask-product = A que produto se refere? Basta o nome ou a referência.

## The state of an order
order-unpaid = O pedido #{ $order }, feito em { $date }, ainda aguarda o pagamento.
order-paid = O pedido #{ $order }, feito em { $date }, está confirmado e ainda não foi embalado.
order-packed = O pedido #{ $order } está embalado e aguarda a recolha pela transportadora.
order-in-transit = O pedido #{ $order } saiu do nosso armazém ({ $warehouse }) em { $date } com a transportadora { $carrier }.
order-customs = O pedido #{ $order } está em verificação na alfândega; saiu do armazém ({ $warehouse }) em { $date } com a transportadora { $carrier }.
order-late = A entrega do pedido #{ $order } estava prometida para { $promised } e tem um atraso de { $days ->
    [one] { $days } dia
   *[other] { $days } dias
}. Lamento.
order-lost = O rastreio do pedido #{ $order } não tem nenhuma leitura desde { $date }. Ao que parece, a transportadora perdeu a encomenda, e lamento.
order-delivered = Segundo a transportadora { $carrier }, o pedido #{ $order } foi entregue em { $date }.
order-part-returned = Uma parte do pedido #{ $order } foi devolvida; a transportadora { $carrier } tinha feito a entrega em { $date }.
order-refunded = O pedido #{ $order } foi reembolsado.
order-cancelled = O pedido #{ $order } está cancelado.
order-scan = Última leitura: { $state }, { $place }, { $time }.
order-promised = A entrega deve acontecer até { $date }.
order-tracking = Número de rastreio { $tracking }: { $url }

## Refunds
refund-done = O reembolso de { $amount } foi feito em { $date }.
refund-started = O reembolso de { $amount } foi iniciado em { $date }; o banco ainda não o confirmou.
refund-none = Por enquanto não consta nenhum reembolso do pedido #{ $order }.

## Remedies that have been carried out
cancel-done = O pedido #{ $order } está cancelado e nada mais será cobrado por ele.
address-done = O pedido #{ $order } segue agora para este endereço: { $address }.
return-done = A sua devolução { $number } do pedido #{ $order } está registada. Imprima esta etiqueta e envie a encomenda até { $date }: { $label }
tracking-done = Enviei de novo o link de rastreio para o e-mail do seu pedido.
coupon-done = Como pedido de desculpas, o código { $code } dá { $percent } de desconto no próximo pedido até { $date }.

## Products and stock
product-price = O artigo { $product } custa { $price }.
stock-yes = O artigo { $product } está disponível. Armazém de envio: { $warehouse }.
stock-restock = O artigo { $product } está esgotado neste momento; esperamos tê-lo de volta em { $date }.
stock-no = O artigo { $product } está esgotado neste momento e ainda não tem data de reposição.

## Hand-off to a person
handoff = Vou passar o seu caso a um colega, com tudo o que me contou. A resposta chega no prazo de { $hours ->
    [one] { $hours } hora útil
   *[other] { $hours } horas úteis
}.
handoff-safety = A sua segurança está em primeiro lugar: deixe de usar o produto e, se alguém se feriu, procure já ajuda médica.
handoff-photos = As suas fotos foram recebidas e estão no processo.
handoff-sorry = Lamento o transtorno que isto causou.

## Drafts that an operator checks before sending
draft-hello = Olá, { $name }.
draft-thanks = Agradecemos a sua mensagem.
draft-sorry = Lamento que algo tenha corrido mal.
draft-refund = Oferecemos um reembolso de { $amount } pelo pedido #{ $order }.
draft-reship = Podemos enviar uma nova encomenda para o pedido #{ $order }. Armazém de envio: { $warehouse }.
draft-exchange = Podemos trocar o artigo { $product }.
draft-return = Podemos registar uma devolução do pedido #{ $order }.
draft-cancel = Vamos tentar parar o pedido #{ $order }.
draft-look = Vou tratar pessoalmente do seu caso e volto a escrever.
draft-privacy = O seu pedido sobre dados pessoais chegou aos responsáveis pela privacidade.
draft-closing = Com os melhores cumprimentos, { $brand }

## Labels
quick-human = Falar com uma pessoa
quick-track = Onde está o meu pedido?
quick-return = Devolver um artigo
state-info = anunciada à transportadora
state-picked-up = recolhida pela transportadora
state-departed = a caminho
state-arrived = chegou a um centro de distribuição
state-customs = na alfândega
state-out-for-delivery = saiu para entrega
state-attempted = tentativa de entrega
state-delivered = entregue
state-exception = parada
warehouse-SZX = Shenzhen
warehouse-RTM = Roterdão
warehouse-LAX = Los Angeles
warehouse-SIN = Singapura
