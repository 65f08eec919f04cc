# Supply-chain news in Russian (formal). Keys and variables are those of en.ftl.

many-places = несколько стран

lane-title = Почему моя посылка опаздывает? Задержки по направлениям: { $places }
lane-delay = Посылки { $brand } со склада { $warehouse } сейчас идут дольше обычного на { $count ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
} по этим направлениям: { $places }.
lane-reason = Причина: { $reason ->
    [weather] плохая погода
    [strike] забастовка
    [customs] более долгие проверки на таможне
    [peak] большое число посылок в высокий сезон
   *[flights] нехватка грузовых рейсов
}.
lane-carrier = Это касается посылок, отправленных со службой { $carrier }.
lane-until = Обычные сроки доставки мы ожидаем с { $date }.
lane-advice = Последнее сканирование посылки видно на странице отслеживания.

stock-title = Нет в наличии: { $title }? Когда товар снова появится?
stock-out = Товара { $title } ({ $sku }) сейчас нет в наличии.
stock-out-there = Товара { $title } ({ $sku }) сейчас нет на складах, которые отправляют заказы в эти страны: { $places }.
stock-restock = Мы ожидаем поступление { $date }.
stock-open = Дату поступления мы пока назвать не можем.

batch-title = { $what ->
    [ingredient] Изменился ли состав?
    [material] Изменился ли материал?
    [label] Изменилась ли этикетка?
   *[battery] Изменился ли аккумулятор?
} { $title }
batch-changed = В товаре { $title } ({ $sku }) теперь { $what ->
    [ingredient] другой ингредиент
    [material] другой материал
    [label] другая этикетка
   *[battery] другой аккумулятор
}: { $new } вместо { $old }.
batch-added = В товаре { $title } ({ $sku }) теперь { $what ->
    [ingredient] новый ингредиент
    [material] новый материал
    [label] новая этикетка
   *[battery] новый аккумулятор
}: { $new }.
batch-allergens = Возможные аллергены: { $allergens }.
batch-advice = Некоторое время могут поставляться обе версии, поэтому ориентируйтесь на то, что напечатано на упаковке вашего товара.

customs-title = Нужно ли платить пошлину? Новые правила: { $country }
customs-starts = Для посылок { $brand } с { $date } действуют новые таможенные правила по этому направлению: { $country }.
customs-threshold = Посылки стоимостью до { $amount } освобождены от сбора ({ $tax ->
    [duty] таможенная пошлина
   *[vat] импортный НДС
}).
customs-rate = Ставка ({ $tax ->
    [duty] таможенная пошлина
   *[vat] импортный НДС
}) составляет { $rate }.
customs-shop = Сбор уже входит в наши цены для этого направления, при получении платить не нужно.
customs-recipient = Сбор оплачивает получатель по прибытии посылки.

revision-title = Что нового в { $title } { $new }?
revision-new = Товар { $title } ({ $sku }) теперь выпускается в новой версии: { $new } вместо { $old }.
revision-changes = Что изменилось: { $changes }.
revision-both = Некоторое время могут поставляться обе версии.
revision-part = { $what ->
    [battery] аккумулятор
    [charging] зарядка
    [firmware] прошивка
    [sound] звук
    [material] материал
    [ingredients] состав
    [fit] посадка
    [colour] цвет
    [packaging] упаковка
    [accessories] комплектация
   *[care] уход
}
