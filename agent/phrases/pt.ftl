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
ask-photo-again =
    Nesta fotografia não consigo distinguir o suficiente: { $why ->
        [too_dark] está demasiado escura
        [too_bright] está demasiado clara
        [blurred] está desfocada
       *[too_small] é demasiado pequena
    }. Por favor, envie-me outra, com luz do dia e sem tremer: o artigo inteiro e, de perto, o que está mal.
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
order-part-shipped = Uma parte do pedido #{ $order } está a caminho: { $parcels ->
    [one] { $parcels } encomenda saiu
   *[other] { $parcels } encomendas saíram
} do nosso armazém em { $date }. O resto segue depois.
order-unknown-state = A loja indica sobre o pedido #{ $order } algo que não consigo interpretar; por isso um colega vai analisar.
as-of = O sistema da loja não responde neste momento; os meus dados são de { $time }.
order-scan = Última leitura: { $state }, { $place }, { $time }.
order-scan-nowhere = Última leitura: { $state }, { $time }.
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
refund-ordered = Demos ordem para o reembolso de { $amount } do pedido #{ $order }; até que apareça na conta, o banco precisa de { $span }.
reship-done = A nova encomenda do pedido #{ $order } está registada com o número #{ $number }. Sai com prioridade do nosso armazém ({ $warehouse }); prazo de entrega: { $span }.
exchange-done = A sua troca { $number } está registada: o artigo { $product } fica reservado (armazém: { $warehouse }) e sai assim que o antigo for verificado. Imprima esta etiqueta e envie o artigo antigo: { $label }
repair-done = A visita para reparar o artigo { $product } está marcada para { $date }, { $part }.
claim-done = Abrimos a reclamação { $number } junto da transportadora; a resposta costuma demorar { $span }.
items-done = Os artigos do pedido #{ $order } foram alterados como desejava.
payment-done = A forma de pagamento do pedido #{ $order } foi alterada.
shipping-done = O pedido #{ $order } segue agora assim: { $service }. A entrega deve acontecer até { $date }.
wait-done = Agradecemos a sua paciência: o código { $code } dá { $worth } de desconto no próximo pedido até { $date }.
part-morning = de manhã
part-afternoon = à tarde
service-express = envio expresso
service-green = envio mais ecológico
service-standard = envio normal

## Products and stock
product-price = O artigo { $product } custa { $price }.
stock-yes = O artigo { $product } está disponível. Armazém de envio: { $warehouse }.
stock-restock = O artigo { $product } está esgotado neste momento; esperamos tê-lo de volta em { $date }.
stock-no = O artigo { $product } está esgotado neste momento e ainda não tem data de reposição.

## Ways to put it right that the customer may choose from
span-days = { $fewest } a { $most ->
    [one] { $most } dia útil
   *[other] { $most } dias úteis
}
span-within = até { $most ->
    [one] { $most } dia útil
   *[other] { $most } dias úteis
}
offers-intro = Para o pedido #{ $order } posso oferecer o seguinte:
offers-intro-one = Para o pedido #{ $order } posso oferecer isto:
offers-outro = O que prefere? Basta o número.
offers-outro-one = Posso avançar assim?
offers-confirm = Um colega confirma a sua escolha antes de qualquer passo.
offer-reship = { $number }. Uma nova encomenda, sem custos (armazém: { $warehouse }); prazo: { $span }.
offer-local = { $number }. Uma segunda encomenda do armazém mais próximo ({ $warehouse }); prazo: { $span }. Se a primeira ainda chegar, por favor, recuse-a.
offer-refund = { $number }. O reembolso total de { $amount }; o banco precisa de { $span }.
offer-part-refund = { $number }. Fica com o artigo e recebe { $amount } de volta; o banco precisa de { $span }.
offer-exchange = { $number }. Uma troca: o artigo { $product } fica reservado (armazém: { $warehouse }), envia o antigo com a nossa etiqueta e, assim que for verificado, o novo sai; prazo a partir daí: { $span }.
offer-repair = { $number }. Uma reparação em casa do artigo { $product }: { $date }, { $part }.
offer-claim = { $number }. Continua a aguardar enquanto abrimos uma reclamação junto da transportadora; a resposta costuma demorar { $span }.
offer-wait = { $number }. Continua a aguardar e recebe um código de { $worth } de desconto no próximo pedido.
offer-express = { $number }. Um envio mais rápido por { $cost }: demora { $span } e causa cerca de { $weight } de CO₂ a mais.
offer-express-free = { $number }. Um envio mais rápido sem custo adicional: demora { $span } e causa cerca de { $weight } de CO₂ a mais.
offer-green = { $number }. Um envio mais ecológico sem custo adicional: demora { $span } e poupa cerca de { $weight } de CO₂.
offer-coupon = { $number }. Fica com o artigo e recebe um código de { $worth } de desconto no próximo pedido.
offer-return = { $number }. Devolve o artigo com a nossa etiqueta; assim que o armazém o verificar, damos ordem para um reembolso de { $amount }.
offer-return-fee = { $number }. Devolve o artigo com a nossa etiqueta; assim que o armazém o verificar, damos ordem para um reembolso de { $amount }. A etiqueta custa { $fee }, valor já descontado.
offer-cancel = { $number }. Cancelamos o pedido sem custos e não é enviado.
label-reship = Nova encomenda
label-local = Encomenda de um armazém próximo
label-refund = Reembolso total
label-part-refund = Ficar com ele, reembolso parcial
label-exchange = Troca
label-repair = Reparação em casa
label-claim = Reclamação à transportadora
label-wait = Aguardar, com um código
label-express = Envio mais rápido
label-green = Envio mais ecológico
label-coupon = Ficar com ele, com um código
label-return = Devolver o artigo
label-cancel = Cancelar o pedido
choice-noted = A sua escolha está anotada. Um colega vai confirmá-la antes de se fazer qualquer coisa.
choice-unclear = Quero ter a certeza de qual prefere. Por favor, envie só o número.
refund-waiting-approval = O reembolso de { $amount } ainda precisa da aprovação de um segundo colega; voltamos a escrever assim que for dada.

## A code that proves who writes
ask-code = Para proteger o seu dinheiro, enviei um código para { $email }, o e-mail do seu pedido. Por favor, escreva-o aqui.
code-wrong = Esse código não está certo. Por favor, veja o nosso e-mail mais recente e escreva o código mais uma vez.
code-expired = Esse código já não é válido. Diga mais uma vez qual é a sua escolha e envio um código novo.
code-thanks = O código está certo, agradeço.
mail-code-subject = O seu código de confirmação
mail-code = O seu código de confirmação é { $code }. Escreva-o no nosso chat; é válido durante um quarto de hora. Ninguém da loja o pedirá por telefone. Se não pediu nenhum código, ignore esta mensagem.

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
draft-photo-of = Vi a sua fotografia do artigo { $product }. O que se vê nela: { $finding }.
draft-photo = Vi a sua fotografia. O que se vê nela: { $finding }.
draft-refund = Oferecemos um reembolso de { $amount } pelo pedido #{ $order }.
draft-reship = Podemos enviar uma nova encomenda para o pedido #{ $order }. Armazém de envio: { $warehouse }.
draft-exchange = Podemos trocar o artigo { $product }.
draft-return = Podemos registar uma devolução do pedido #{ $order }.
draft-cancel = Vamos tentar parar o pedido #{ $order }.
draft-look = Vou tratar pessoalmente do seu caso e volto a escrever.
draft-privacy = O seu pedido sobre dados pessoais chegou aos responsáveis pela privacidade.
draft-closing = Com os melhores cumprimentos, { $brand }

## Steps of a remedy that is on its way, as a customer reads them in one line
remedy-return = A sua devolução
remedy-exchange = A sua troca
remedy-reship = A sua nova encomenda
remedy-refund = O seu reembolso
remedy-repair = A sua reparação
remedy-claim = Reclamação à transportadora
remedy-other = O seu caso
step-return-requested = Pedida
step-return-labelled = Etiqueta enviada
step-return-received = Chegou ao nosso armazém
step-return-inspected = Verificada
step-return-refunding = Reembolso em curso
step-return-exchanging = Troca em curso
step-return-repairing = Em reparação
step-return-sent-back = A caminho de volta
step-return-lapsed = Etiqueta caducada
step-return-closed = Concluída
step-exchange-requested = Pedida
step-exchange-labelled = Etiqueta enviada, artigo novo reservado
step-exchange-received = Artigo antigo chegou ao nosso armazém
step-exchange-inspected = Artigo antigo verificado
step-exchange-sent-back = Artigo antigo a caminho de volta
step-exchange-lapsed = Reserva caducada
step-exchange-packing = Artigo novo em preparação
step-exchange-shipped = Artigo novo a caminho
step-exchange-closed = Trocado
step-reship-requested = Pedida
step-reship-packing = Em preparação
step-reship-shipped = A caminho
step-reship-closed = Entregue
step-refund-requested = Pedido
step-refund-ordered = Ordem dada, a caminho do banco
step-refund-bounced = Recusado pelo banco, um colega vai escrever
step-refund-closed = Pago
step-repair-requested = Pedida
step-repair-booked = Visita marcada
step-repair-missed = Ninguém encontrado, é preciso nova data
step-repair-beyond-repair = Sem reparação possível, um colega vai escrever
step-repair-replacing = Substituição ou reembolso em curso
step-repair-closed = Concluída
step-claim-requested = Pedida
step-claim-filed = A transportadora procura a encomenda
step-claim-found = Encomenda encontrada, de novo a caminho
step-claim-lost = Encomenda perdida, um colega vai escrever
step-claim-denied = A transportadora respondeu, um colega vai escrever
step-claim-settling = Nova encomenda ou reembolso em curso
step-claim-closed = Concluída
step-other-requested = Pedido
step-other-done = Feito
step-other-handed-over = Um colega vai analisar

## News of a remedy under way
news-steps = Novidades sobre { $number }, pedido #{ $order }: { $steps }.
news-steps-order = Novidades sobre o pedido #{ $order }: { $steps }.
news-between = { $first }; { $next }

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
state-pickup = pronta para levantamento
state-customs-cleared = desalfandegada
state-expired = sem notícias da transportadora há muito tempo
state-returning = a caminho de volta ao remetente
state-returned = devolvida ao remetente
state-damaged = danificada durante o transporte
state-lost = extraviada pela transportadora
seen-crack = uma fissura
seen-scratch = um risco
seen-dent = uma amolgadela
seen-stain = uma mancha
seen-tear = um rasgão
seen-torn-packaging = uma embalagem danificada
seen-missing-part = uma peça em falta
seen-wrong-item = um artigo diferente do encomendado
seen-wrong-colour = uma cor diferente da encomendada
seen-wrong-size = um tamanho diferente do encomendado
seen-none = nenhum dano visível
warehouse-SZX = Shenzhen
warehouse-RTM = Roterdão
warehouse-LAX = Los Angeles
warehouse-SIN = Singapura
