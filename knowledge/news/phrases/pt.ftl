# Supply-chain news in Portuguese (formal). Keys and variables are those of en.ftl.

many-places = vários países

lane-title = Porque está a minha encomenda atrasada? Destinos afetados: { $places }
lane-delay = As encomendas da { $brand } que saem do nosso armazém em { $warehouse } demoram atualmente { $count ->
    [one] mais { $days } dia
   *[other] mais { $days } dias
} do que o habitual para estes destinos: { $places }.
lane-reason = O motivo: { $reason ->
    [weather] mau tempo
    [strike] uma greve
    [customs] controlos mais demorados na alfândega
    [peak] o grande número de encomendas na época alta
   *[flights] a falta de voos de carga
}.
lane-carrier = Isto afeta as encomendas enviadas com { $carrier }.
lane-until = Contamos voltar aos prazos normais a partir de { $date }.
lane-advice = A página de rastreio mostra a última leitura da sua encomenda.

stock-title = { $title } está esgotado? Quando volta a haver?
stock-out = O artigo { $title } ({ $sku }) está esgotado neste momento.
stock-out-there = O artigo { $title } ({ $sku }) está esgotado neste momento nos armazéns que servem estes países: { $places }.
stock-restock = Contamos tê-lo de volta em { $date }.
stock-open = Ainda não podemos indicar uma data de regresso.

batch-title = { $what ->
    [ingredient] Os ingredientes mudaram?
    [material] O material mudou?
    [label] O rótulo mudou?
   *[battery] A bateria mudou?
} { $title }
batch-changed = A novidade do artigo { $title } ({ $sku }) é { $what ->
    [ingredient] um ingrediente
    [material] o material
    [label] o rótulo
   *[battery] a bateria
}: { $new } em vez de { $old }.
batch-added = A novidade do artigo { $title } ({ $sku }) é { $what ->
    [ingredient] um ingrediente
    [material] o material
    [label] o rótulo
   *[battery] a bateria
}: { $new }.
batch-allergens = Possíveis alergénios: { $allergens }.
batch-advice = Durante algum tempo podem ser entregues as duas versões; guie-se pelo que está impresso na embalagem do seu artigo.

customs-title = Tenho de pagar alfândega? Novas regras: { $country }
customs-starts = Aplicam-se novas regras alfandegárias às encomendas da { $brand } a partir de { $date } para este destino: { $country }.
customs-threshold = As encomendas de valor até { $amount } estão isentas ({ $tax ->
    [duty] direitos aduaneiros
   *[vat] IVA de importação
}).
customs-rate = A taxa aplicável ({ $tax ->
    [duty] direitos aduaneiros
   *[vat] IVA de importação
}) é de { $rate }.
customs-shop = Os nossos preços para este destino já a incluem: nada há a pagar à chegada.
customs-recipient = O valor é devido à chegada e pago pelo destinatário.

revision-title = O que há de novo em { $title } { $new }?
revision-new = O artigo { $title } ({ $sku }) tem agora uma nova versão: { $new } em vez de { $old }.
revision-changes = O que mudou: { $changes }.
revision-both = Durante algum tempo podem ser entregues as duas versões.
revision-part = { $what ->
    [battery] bateria
    [charging] carregamento
    [firmware] firmware
    [sound] som
    [material] material
    [ingredients] ingredientes
    [fit] corte
    [colour] cor
    [packaging] embalagem
    [accessories] acessórios
   *[care] cuidados
}
