# Supply-chain news in Spanish (formal "usted"). Keys and variables are those of en.ftl.

many-places = varios países

lane-title = ¿Por qué se retrasa mi paquete? Destinos afectados: { $places }
lane-delay = Los paquetes de { $brand } que salen de nuestro almacén de { $warehouse } tardan actualmente { $count ->
    [one] { $days } día
   *[other] { $days } días
} más de lo habitual a estos destinos: { $places }.
lane-reason = El motivo: { $reason ->
    [weather] el mal tiempo
    [strike] una huelga
    [customs] controles más largos en la aduana
    [peak] la gran cantidad de paquetes en temporada alta
   *[flights] la falta de vuelos de carga
}.
lane-carrier = Afecta a los paquetes enviados con { $carrier }.
lane-until = Esperamos volver a los plazos normales a partir del { $date }.
lane-advice = La página de seguimiento muestra el último escaneo de su paquete.

stock-title = ¿Está agotado { $title } y cuándo vuelve a estar disponible?
stock-out = El artículo { $title } ({ $sku }) está agotado en este momento.
stock-out-there = El artículo { $title } ({ $sku }) está agotado en este momento en los almacenes que sirven a estos países: { $places }.
stock-restock = Esperamos tenerlo de nuevo el { $date }.
stock-open = Todavía no podemos dar una fecha de regreso.

batch-title = { $what ->
    [ingredient] ¿Han cambiado los ingredientes?
    [material] ¿Ha cambiado el material?
    [label] ¿Ha cambiado la etiqueta?
   *[battery] ¿Ha cambiado la batería?
} { $title }
batch-changed = Lo nuevo del artículo { $title } ({ $sku }) es { $what ->
    [ingredient] un ingrediente
    [material] el material
    [label] la etiqueta
   *[battery] la batería
}: { $new } en lugar de { $old }.
batch-added = Lo nuevo del artículo { $title } ({ $sku }) es { $what ->
    [ingredient] un ingrediente
    [material] el material
    [label] la etiqueta
   *[battery] la batería
}: { $new }.
batch-allergens = Posibles alérgenos: { $allergens }.
batch-advice = Durante un tiempo pueden entregarse ambas versiones; guíese por lo impreso en el envase de su artículo.

customs-title = ¿Tengo que pagar aduana? Nuevas reglas: { $country }
customs-starts = Se aplican nuevas reglas de aduana a los paquetes de { $brand } a partir del { $date } para este destino: { $country }.
customs-threshold = Los paquetes con un valor de hasta { $amount } están exentos ({ $tax ->
    [duty] arancel de aduana
   *[vat] IVA de importación
}).
customs-rate = El tipo aplicable ({ $tax ->
    [duty] arancel de aduana
   *[vat] IVA de importación
}) es del { $rate }.
customs-shop = Nuestros precios para este destino ya lo incluyen, así que no se paga nada a la llegada.
customs-recipient = Se paga a la llegada y corre a cargo del destinatario.

revision-title = ¿Qué hay de nuevo en { $title } { $new }?
revision-new = El artículo { $title } ({ $sku }) tiene ahora una nueva versión: { $new } en lugar de { $old }.
revision-changes = Lo que ha cambiado: { $changes }.
revision-both = Durante un tiempo pueden entregarse ambas versiones.
revision-part = { $what ->
    [battery] batería
    [charging] carga
    [firmware] firmware
    [sound] sonido
    [material] material
    [ingredients] ingredientes
    [fit] ajuste
    [colour] color
    [packaging] embalaje
    [accessories] accesorios
   *[care] cuidado
}
