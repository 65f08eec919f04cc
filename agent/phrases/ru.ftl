# Russian sentence patterns of replies (polite "вы", no gender assumed of anyone). Keys and variables are those of en.ftl; figures, names
# and dates are filled in by code, so no pattern holds a digit. Names stand in the nominative (in brackets, after a dash or a noun),
# dates in the genitive; no sentence ends with a date, because a Russian date ends with the full stop of "г.".

## First contact, courtesy
disclosure = Здравствуйте! Я ИИ-помощник магазина { $brand }. Вы можете в любой момент попросить соединить вас с человеком.
greeting = Чем могу помочь?
praise = Большое спасибо, нам очень приятно! Я передам ваши слова команде.
out-of-scope = Я могу помочь только с заказами, товарами и правилами магазина { $brand }. Есть ли у вас вопрос об этом?

## One precise question
ask-order = Чтобы это проверить, мне нужны номер заказа и адрес электронной почты, указанный при покупке.
ask-email = Чтобы защитить ваши данные, прошу указать ещё и адрес электронной почты, на который оформлен заказ #{ $order }.
ask-number = Спасибо. Какой у вас номер заказа? Он указан в письме с подтверждением и начинается с #.
ask-mismatch = Заказ с таким сочетанием номера и адреса электронной почты не найден. Пожалуйста, проверьте оба и пришлите ещё раз.
ask-which = О каком из ваших заказов идёт речь: { $orders }?
ask-address = Пожалуйста, пришлите полный новый адрес для заказа #{ $order }: имя, улицу и дом, почтовый индекс, город и страну.
ask-photo = Приносим извинения. Пожалуйста, пришлите фотографию товара и фотографию посылки с этикеткой, чтобы сотрудник мог быстро принять решение.
ask-photo-again =
    На этой фотографии не удаётся рассмотреть главное: { $why ->
        [too_dark] она слишком тёмная
        [too_bright] она слишком светлая
        [blurred] она нерезкая
       *[too_small] она слишком маленькая
    }. Пришлите, пожалуйста, ещё одну при дневном свете и без движения: товар целиком и повреждённое место крупно.
ask-detail = Напишите, пожалуйста, одним предложением, что вам нужно: например, по заказу, возврату или товару.
ask-product = Какой товар вы имеете в виду? Достаточно названия или артикула.

## The state of an order
order-unpaid = Заказ #{ $order } от { $date } ещё ожидает оплаты.
order-paid = Заказ #{ $order } от { $date } подтверждён и ещё не упакован.
order-packed = Заказ #{ $order } упакован и ждёт передачи перевозчику.
order-in-transit = Заказ #{ $order } отправлен { $date } с нашего склада ({ $warehouse }), перевозчик — { $carrier }.
order-customs = Заказ #{ $order } проходит таможенную проверку; он отправлен { $date } со склада ({ $warehouse }), перевозчик — { $carrier }.
order-late = Заказ #{ $order } должен был прийти до { $promised } включительно и задерживается на { $days ->
    [one] { $days } день
    [few] { $days } дня
    [many] { $days } дней
   *[other] { $days } дня
}. Приносим извинения.
order-lost = По заказу #{ $order } с { $date } нет новых отметок. Похоже, перевозчик потерял посылку, и мы приносим извинения.
order-delivered = По данным перевозчика ({ $carrier }), { $date } заказ #{ $order } был доставлен.
order-part-returned = Часть заказа #{ $order } возвращена; заказ был доставлен { $date }, перевозчик — { $carrier }.
order-refunded = Деньги за заказ #{ $order } возвращены.
order-cancelled = Заказ #{ $order } отменён.
order-part-shipped = Часть заказа #{ $order } уже в пути: { $date } с нашего склада { $parcels ->
    [one] отправлена { $parcels } посылка
    [few] отправлены { $parcels } посылки
    [many] отправлено { $parcels } посылок
   *[other] отправлено { $parcels } посылки
}. Остальное отправим позже.
order-unknown-state = По заказу #{ $order } магазин сообщает то, что я не могу истолковать, поэтому его проверит сотрудник.
as-of = Система магазина сейчас не отвечает; мои данные на момент { $time }.
order-scan = Последняя отметка: { $state }, { $place }, { $time }.
order-scan-nowhere = Последняя отметка: { $state }, { $time }.
order-promised = Не позднее { $date } посылка должна быть у вас.
order-tracking = Номер отслеживания { $tracking }: { $url }

## Refunds
refund-done = Возврат на сумму { $amount } был выполнен { $date } и подтверждён.
refund-started = Возврат на сумму { $amount } был начат { $date }, но банк его ещё не подтвердил.
refund-none = Возврата денег по заказу #{ $order } пока нет.

## Remedies that have been carried out
cancel-done = Заказ #{ $order } отменён, больше за него ничего не спишут.
address-done = Заказ #{ $order } теперь отправится по этому адресу: { $address }.
return-done = Возврат { $number } по заказу #{ $order } оформлен. Распечатайте, пожалуйста, эту этикетку и отправьте посылку до { $date } включительно: { $label }
tracking-done = Ссылка для отслеживания ещё раз отправлена на адрес электронной почты, указанный в заказе.
coupon-done = В качестве извинения дарим вам код { $code }: до { $date } включительно он даёт скидку { $percent } на следующий заказ.
refund-ordered = Мы отправили распоряжение о возврате { $amount } за заказ #{ $order }; до поступления денег банку нужно время: { $span }.
reship-done = Новая посылка по заказу #{ $order } оформлена под номером #{ $number }. Она вне очереди отправится с нашего склада ({ $warehouse }); срок доставки: { $span }.
exchange-done = Обмен { $number } оформлен: товар «{ $product }» отложен для вас на складе ({ $warehouse }) и отправится, как только будет проверен прежний. Распечатайте, пожалуйста, эту этикетку и отправьте прежний товар обратно: { $label }
repair-done = Визит мастера для ремонта товара «{ $product }» назначен: { $date }, { $part }.
claim-done = Мы подали запрос { $number } перевозчику; обычный срок ответа: { $span }.
items-done = Состав заказа #{ $order } изменён, как вы просили.
payment-done = Способ оплаты заказа #{ $order } изменён.
shipping-done = Заказ #{ $order } теперь отправится так: { $service }. Не позднее { $date } он должен быть у вас.
wait-done = Спасибо за терпение: код { $code } до { $date } включительно даёт вам скидку { $worth } на следующий заказ.
part-morning = в первой половине дня
part-afternoon = во второй половине дня
service-express = экспресс-доставка
service-green = более экологичная доставка
service-standard = обычная доставка

## Products and stock
product-price = Цена товара «{ $product }»: { $price }.
stock-yes = Товар «{ $product }» есть в наличии. Склад отправки: { $warehouse }.
stock-restock = Товар «{ $product }» сейчас распродан; к { $date } ожидаем новое поступление.
stock-no = Товар «{ $product }» сейчас распродан, дата нового поступления пока неизвестна.

## Ways to put it right that the customer may choose from
span-days = { $fewest }–{ $most ->
    [one] { $most } рабочий день
    [few] { $most } рабочих дня
    [many] { $most } рабочих дней
   *[other] { $most } рабочих дня
}
span-within = до { $most ->
    [one] { $most } рабочего дня
    [few] { $most } рабочих дней
    [many] { $most } рабочих дней
   *[other] { $most } рабочего дня
}
offers-intro = По заказу #{ $order } я могу предложить вам следующее:
offers-intro-one = По заказу #{ $order } я могу предложить вам вот что:
offers-outro = Что вы выбираете? Достаточно номера.
offers-outro-one = Сделать так?
offers-confirm = Коллега подтвердит ваш выбор, прежде чем что-либо будет сделано.
offer-reship = { $number }. Новая посылка со склада ({ $warehouse }), бесплатно; срок: { $span }.
offer-local = { $number }. Вторая посылка с ближайшего к вам склада ({ $warehouse }); срок: { $span }. Если первая всё же придёт, пожалуйста, откажитесь от неё.
offer-refund = { $number }. Полный возврат денег: { $amount }; банку нужно время: { $span }.
offer-part-refund = { $number }. Товар остаётся у вас, а мы возвращаем часть денег: { $amount }; банку нужно время: { $span }.
offer-exchange = { $number }. Обмен: товар «{ $product }» откладываем для вас на складе ({ $warehouse }), вы отправляете прежний с нашей этикеткой, и после его проверки отправляется новый; срок с этого момента: { $span }.
offer-repair = { $number }. Ремонт товара «{ $product }» у вас дома: { $date }, { $part }.
offer-claim = { $number }. Вы ждёте дальше, а мы подаём запрос перевозчику; обычный срок ответа: { $span }.
offer-wait = { $number }. Вы ждёте дальше и получаете код на скидку { $worth } на следующий заказ.
offer-express = { $number }. Более быстрая доставка за { $cost }: срок — { $span }, дополнительно около { $weight } CO₂.
offer-express-free = { $number }. Более быстрая доставка без доплаты: срок — { $span }, дополнительно около { $weight } CO₂.
offer-green = { $number }. Более экологичная доставка без доплаты: срок — { $span }, экономия — около { $weight } CO₂.
offer-coupon = { $number }. Товар остаётся у вас, и вы получаете код на скидку { $worth } на следующий заказ.
offer-return = { $number }. Вы отправляете товар обратно с нашей этикеткой; как только склад его проверит, мы отправим распоряжение о возврате денег: { $amount }.
offer-return-fee = { $number }. Вы отправляете товар обратно с нашей этикеткой; как только склад его проверит, мы отправим распоряжение о возврате денег: { $amount }. Этикетка стоит { $fee }, эта сумма уже вычтена.
offer-cancel = { $number }. Мы бесплатно отменяем заказ, и он не отправляется.
label-reship = Новая посылка
label-local = Посылка с ближайшего склада
label-refund = Полный возврат денег
label-part-refund = Оставить, вернуть часть денег
label-exchange = Обмен
label-repair = Ремонт на дому
label-claim = Запрос перевозчику
label-wait = Ждать дальше, с кодом
label-express = Более быстрая доставка
label-green = Более экологичная доставка
label-coupon = Оставить, с кодом
label-return = Отправить обратно
label-cancel = Отменить заказ
choice-noted = Спасибо, ваш выбор записан. Сотрудник подтвердит его, прежде чем что-либо произойдёт.
choice-unclear = Хочу точно понять, что вы выбираете. Пожалуйста, пришлите только номер.
refund-waiting-approval = Возврат { $amount } должен одобрить ещё один сотрудник; мы напишем вам, как только это произойдёт.

## A code that proves who writes
ask-code = Чтобы защитить ваши деньги, мы отправили код на адрес вашего заказа: { $email }. Пожалуйста, введите его здесь.
code-wrong = Код неверный. Пожалуйста, посмотрите наше последнее письмо и введите код ещё раз.
code-expired = Этот код больше не действует. Сообщите ещё раз, что вы выбираете, и придёт новый код.
code-thanks = Спасибо, код верный.
mail-code-subject = Ваш код подтверждения
mail-code = Ваш код подтверждения: { $code }. Введите его в чате с нами; он действует четверть часа. Никто из наших сотрудников никогда не спросит его по телефону. Если вы не запрашивали код, не обращайте внимания на это письмо.

## Hand-off to a person
handoff = Я передаю ваш вопрос сотруднику вместе со всем, что вы мне сообщили. Ответ придёт в течение { $hours ->
    [one] { $hours } рабочего часа
    [few] { $hours } рабочих часов
    [many] { $hours } рабочих часов
   *[other] { $hours } рабочего часа
}.
handoff-safety = Ваша безопасность прежде всего: перестаньте пользоваться товаром, а если кто-то пострадал, немедленно обратитесь за медицинской помощью.
handoff-photos = Спасибо, ваши фотографии приложены к обращению.
handoff-sorry = Приносим извинения за доставленные неудобства.

## Drafts that an operator checks before sending
draft-hello = Здравствуйте, { $name }!
draft-thanks = Спасибо за ваше сообщение.
draft-sorry = Нам очень жаль, что так получилось.
draft-photo-of = Мы рассмотрели вашу фотографию товара «{ $product }». На ней видно следующее: { $finding }.
draft-photo = Мы рассмотрели вашу фотографию. На ней видно следующее: { $finding }.
draft-refund = Мы предлагаем вернуть вам { $amount } за заказ #{ $order }.
draft-reship = Мы можем отправить вам новую посылку по заказу #{ $order }. Склад отправки: { $warehouse }.
draft-exchange = Мы можем обменять вам товар «{ $product }».
draft-return = Мы можем оформить возврат по заказу #{ $order }.
draft-cancel = Мы попробуем остановить заказ #{ $order }.
draft-look = Я лично займусь вашим вопросом и напишу вам снова.
draft-privacy = Ваш запрос о персональных данных передан нашим специалистам по защите данных.
draft-closing = С уважением, { $brand }

## Steps of a remedy that is on its way, as a customer reads them in one line
remedy-return = Ваш возврат
remedy-exchange = Ваш обмен
remedy-reship = Ваша новая посылка
remedy-refund = Возврат денег
remedy-repair = Ваш ремонт
remedy-claim = Запрос перевозчику
remedy-other = Ваша просьба
step-return-requested = Запрошено
step-return-labelled = Этикетка отправлена
step-return-received = Прибыло на наш склад
step-return-inspected = Проверено
step-return-refunding = Возврат денег оформляется
step-return-exchanging = Обмен оформлен
step-return-repairing = В ремонте
step-return-sent-back = Едет обратно к вам
step-return-lapsed = Срок этикетки истёк
step-return-closed = Завершено
step-exchange-requested = Запрошено
step-exchange-labelled = Этикетка отправлена, новый товар отложен
step-exchange-received = Прежний товар прибыл на наш склад
step-exchange-inspected = Прежний товар проверен
step-exchange-sent-back = Прежний товар едет обратно к вам
step-exchange-lapsed = Срок брони истёк
step-exchange-packing = Новый товар упаковывают
step-exchange-shipped = Новый товар в пути
step-exchange-closed = Обменяно
step-reship-requested = Запрошено
step-reship-packing = Упаковывают
step-reship-shipped = В пути
step-reship-closed = Доставлено
step-refund-requested = Запрошено
step-refund-ordered = Распоряжение отправлено, деньги на пути в банк
step-refund-bounced = Банк не принял, сотрудник вам напишет
step-refund-closed = Деньги возвращены
step-repair-requested = Запрошено
step-repair-booked = Визит назначен
step-repair-missed = Никого не застали, нужен новый день
step-repair-beyond-repair = Ремонт невозможен, сотрудник вам напишет
step-repair-replacing = Замена или возврат денег оформлены
step-repair-closed = Завершено
step-claim-requested = Запрошено
step-claim-filed = Перевозчик ищет посылку
step-claim-found = Посылка найдена и снова в пути
step-claim-lost = Посылка потеряна, сотрудник вам напишет
step-claim-denied = Перевозчик ответил, сотрудник вам напишет
step-claim-settling = Новая посылка или возврат денег оформлены
step-claim-closed = Завершено
step-other-requested = Запрошено
step-other-done = Готово
step-other-handed-over = Сотрудник разбирается

## News of a remedy under way
news-steps = Новости по { $number }, заказ #{ $order }: { $steps }.
news-steps-order = Новости по заказу #{ $order }: { $steps }.
news-between = { $first }; { $next }

## Labels
quick-human = Поговорить с человеком
quick-track = Где мой заказ?
quick-return = Вернуть товар
state-info = перевозчик уведомлён
state-picked-up = принято перевозчиком
state-departed = в пути
state-arrived = прибыло в сортировочный центр
state-customs = на таможне
state-out-for-delivery = передано курьеру
state-attempted = попытка доставки
state-delivered = доставлено
state-exception = движение остановлено
state-pickup = готово к выдаче
state-customs-cleared = выпущено таможней
state-expired = от перевозчика давно нет новостей
state-returning = возвращается отправителю
state-returned = возвращено отправителю
state-damaged = повреждено в пути
state-lost = утеряно перевозчиком
seen-crack = трещина
seen-scratch = царапина
seen-dent = вмятина
seen-stain = пятно
seen-tear = разрыв
seen-torn-packaging = повреждённая упаковка
seen-missing-part = не хватает детали
seen-wrong-item = не тот товар, который вы заказали
seen-wrong-colour = не тот цвет, который вы заказали
seen-wrong-size = не тот размер, который вы заказали
seen-none = видимых повреждений нет
warehouse-SZX = Шэньчжэнь
warehouse-RTM = Роттердам
warehouse-LAX = Лос-Анджелес
warehouse-SIN = Сингапур
