# Arabic sentence patterns of replies (formal). Keys and variables are those of en.ftl; figures, names and dates are filled in by code,
# so no pattern holds a digit. Verbal nouns and past forms keep the customer's gender open; every pattern begins with an Arabic word,
# because the first strong letter decides the direction of the line.

## First contact, courtesy
disclosure = مرحبًا، أنا المساعد الآلي لمتجر { $brand } وأعمل بالذكاء الاصطناعي. يمكنك طلب التحدث إلى موظف في أي وقت.
greeting = كيف يمكنني مساعدتك؟
praise = شكرًا جزيلًا على كلماتك اللطيفة! سأنقلها إلى الفريق.
out-of-scope = تقتصر مساعدتي على الطلبات والمنتجات والسياسات الخاصة بمتجر { $brand }. هل لديك سؤال عنها؟

## One precise question
ask-order = للاطلاع على طلبك أحتاج إلى أمرين: رقم الطلب، وعنوان البريد الإلكتروني المستخدم عند الشراء.
ask-email = حفاظًا على بياناتك، يُرجى أيضًا ذكر عنوان البريد الإلكتروني المستخدم في الطلب #{ $order }.
ask-number = شكرًا لك. ما رقم الطلب؟ هذا الرقم مذكور في رسالة تأكيد الطلب ويبدأ بالعلامة #.
ask-mismatch = لم أعثر على طلب يطابق هذا الرقم وعنوان البريد الإلكتروني معًا. يُرجى التحقق منهما وإرسالهما مرة أخرى.
ask-which = بأيّ طلب من طلباتك يتعلق الأمر: { $orders }؟
ask-address = يُرجى إرسال العنوان الجديد الكامل للطلب #{ $order }: الاسم والشارع والرمز البريدي والمدينة والبلد.
ask-photo = نعتذر عن ذلك. يُرجى إرسال صورة للمنتج وصورة للطرد يظهر فيها الملصق، ليتمكن فريقنا من اتخاذ القرار بسرعة.
ask-detail = ما الذي يمكنني فعله من أجلك؟ تكفي جملة واحدة، مثلًا عن طلب أو إرجاع أو منتج.
ask-product = ما المنتج المقصود؟ يكفي ذكر اسمه أو رقم الصنف.

## The state of an order
order-unpaid = الطلب #{ $order } بتاريخ { $date } لا يزال في انتظار الدفع.
order-paid = الطلب #{ $order } بتاريخ { $date } مؤكَّد ولم يُغلَّف بعد.
order-packed = الطلب #{ $order } مغلَّف وينتظر أن تستلمه شركة الشحن.
order-in-transit = غادر الطلب #{ $order } مستودعنا في { $warehouse } بتاريخ { $date } مع شركة الشحن { $carrier }.
order-customs = يخضع الطلب #{ $order } حاليًا للفحص الجمركي؛ وقد غادر { $warehouse } بتاريخ { $date } مع شركة الشحن { $carrier }.
order-late = كان الموعد المحدد لتسليم الطلب #{ $order } هو { $promised }، ومدة التأخر حتى الآن { $days ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}. نعتذر عن ذلك.
order-lost = لم يُسجَّل أي تحديث لتتبع الطلب #{ $order } منذ { $date }. يبدو أن شركة الشحن قد فقدته، ونعتذر عن ذلك.
order-delivered = وفقًا لبيانات شركة الشحن { $carrier }، سُلِّم الطلب #{ $order } بتاريخ { $date }.
order-part-returned = أُرجع جزء من الطلب #{ $order }؛ وكانت شركة الشحن { $carrier } قد سلّمت الطلب بتاريخ { $date }.
order-refunded = تم رد مبلغ الطلب #{ $order }.
order-cancelled = الطلب #{ $order } ملغى.
order-scan = آخر تحديث للتتبع: { $state }، { $place }، { $time }.
order-promised = من المتوقع وصول الطلب في موعد أقصاه { $date }.
order-tracking = رقم التتبع: { $tracking }، ورابط التتبع: { $url }

## Refunds
refund-done = تم رد مبلغ { $amount } بتاريخ { $date }.
refund-started = بدأ رد مبلغ { $amount } بتاريخ { $date }، ولم يؤكده البنك بعد.
refund-none = لا يظهر لي حتى الآن أي مبلغ مردود عن الطلب #{ $order }.

## Remedies that have been carried out
cancel-done = أُلغي الطلب #{ $order }، ولن يُخصم أي مبلغ آخر مقابله.
address-done = أصبح الطلب #{ $order } موجَّهًا إلى هذا العنوان: { $address }.
return-done = سُجِّل الإرجاع رقم { $number } للطلب #{ $order }. يُرجى طباعة هذا الملصق وإرسال الطرد في موعد أقصاه { $date }: { $label }
tracking-done = أرسلتُ رابط التتبع مرة أخرى إلى عنوان البريد الإلكتروني المسجَّل في طلبك.
coupon-done = تعبيرًا عن اعتذارنا، نمنحك الرمز { $code } للحصول على خصم قدره { $percent } على طلبك القادم حتى { $date }.

## Products and stock
product-price = سعر المنتج «{ $product }» هو { $price }.
stock-yes = المنتج «{ $product }» متوفر ويُشحن من { $warehouse }.
stock-restock = المنتج «{ $product }» غير متوفر حاليًا؛ ومن المتوقع توفره مجددًا بتاريخ { $date }.
stock-no = المنتج «{ $product }» غير متوفر حاليًا، ولم يتحدد بعد موعد توفره مجددًا.

## Hand-off to a person
handoff = سأحيل استفسارك مع كل ما ذكرته إلى أحد أعضاء فريقنا. ستصلك الإجابة خلال { $hours ->
    [zero] أقل من ساعة عمل
    [one] ساعة عمل واحدة
    [two] ساعتَي عمل
    [few] { $hours } ساعات عمل
    [many] { $hours } ساعة عمل
   *[other] { $hours } ساعة عمل
}.
handoff-safety = سلامتك أولًا: يُرجى التوقف عن استخدام المنتج، وإذا أصيب أي شخص فيجب طلب المساعدة الطبية فورًا.
handoff-photos = شكرًا لك، أُرفقت صورك بملف الحالة.
handoff-sorry = نعتذر عن الإزعاج الذي سبّبه لك هذا الأمر.

## Drafts that an operator checks before sending
draft-hello = مرحبًا { $name }،
draft-thanks = شكرًا على رسالتك.
draft-sorry = نعتذر عن الخطأ الذي حدث.
draft-refund = نعرض عليك رد مبلغ { $amount } عن الطلب #{ $order }.
draft-reship = يمكننا إرسال طرد جديد للطلب #{ $order } من { $warehouse }.
draft-exchange = يمكننا استبدال المنتج «{ $product }» لك.
draft-return = يمكننا تسجيل إرجاع للطلب #{ $order }.
draft-cancel = سنحاول إيقاف الطلب #{ $order } من أجلك.
draft-look = سأتابع هذا الأمر شخصيًا وأعود إليك بالرد.
draft-privacy = وصل طلبك المتعلق ببياناتك الشخصية إلى فريق الخصوصية لدينا.
draft-closing = مع أطيب التحيات، { $brand }

## Labels
quick-human = التحدث إلى موظف
quick-track = أين طلبي؟
quick-return = إرجاع منتج
state-info = أُبلغت به شركة الشحن
state-picked-up = استلمته شركة الشحن
state-departed = في الطريق
state-arrived = وصل إلى مركز الفرز
state-customs = لدى الجمارك
state-out-for-delivery = خرج للتسليم
state-attempted = جرت محاولة تسليم
state-delivered = تم التسليم
state-exception = متوقف
warehouse-SZX = شنتشن
warehouse-RTM = روتردام
warehouse-LAX = لوس أنجلوس
warehouse-SIN = سنغافورة
