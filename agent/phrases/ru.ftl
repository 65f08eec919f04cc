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
order-scan = Последняя отметка: { $state }, { $place }, { $time }.
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

## Products and stock
product-price = Цена товара «{ $product }»: { $price }.
stock-yes = Товар «{ $product }» есть в наличии. Склад отправки: { $warehouse }.
stock-restock = Товар «{ $product }» сейчас распродан; к { $date } ожидаем новое поступление.
stock-no = Товар «{ $product }» сейчас распродан, дата нового поступления пока неизвестна.

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
draft-refund = Мы предлагаем вернуть вам { $amount } за заказ #{ $order }.
draft-reship = Мы можем отправить вам новую посылку по заказу #{ $order }. Склад отправки: { $warehouse }.
draft-exchange = Мы можем обменять вам товар «{ $product }».
draft-return = Мы можем оформить возврат по заказу #{ $order }.
draft-cancel = Мы попробуем остановить заказ #{ $order }.
draft-look = Я лично займусь вашим вопросом и напишу вам снова.
draft-privacy = Ваш запрос о персональных данных передан нашим специалистам по защите данных.
draft-closing = С уважением, { $brand }

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
warehouse-SZX = Шэньчжэнь
warehouse-RTM = Роттердам
warehouse-LAX = Лос-Анджелес
warehouse-SIN = Сингапур
