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
ask-photo-again =
    لا أستطيع أن أرى ما يكفي في هذه الصورة؛ { $why ->
        [too_dark] فهي مظلمة جدًا
        [too_bright] فهي ساطعة جدًا
        [blurred] فهي غير واضحة
       *[too_small] فهي صغيرة جدًا
    }. أرسل لي من فضلك صورة أخرى في ضوء النهار ومن دون اهتزاز: المنتج كاملًا، والعيب عن قرب.
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
order-part-shipped = جزء من الطلب #{ $order } في الطريق: { $parcels ->
    [zero] لم يغادر أي طرد
    [one] غادر طرد واحد
    [two] غادر طردان
    [few] غادرت { $parcels } طرود
    [many] غادر { $parcels } طردًا
   *[other] غادر { $parcels } طرد
} مستودعنا بتاريخ { $date }. وسيتبعه الباقي.
order-unknown-state = أبلغني المتجر عن الطلب #{ $order } بحالة لا أستطيع تفسيرها، ولذلك سيراجعه أحد أعضاء فريقنا.
as-of = نظام المتجر لا يستجيب حاليًا؛ وما أذكره صحيح حتى { $time }.
order-scan = آخر تحديث للتتبع: { $state }، { $place }، { $time }.
order-scan-nowhere = آخر تحديث للتتبع: { $state }، { $time }.
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
refund-ordered = طلبنا رد مبلغ { $amount } عن الطلب #{ $order }؛ والمدة التي يحتاجها البنك حتى يظهر المبلغ: { $span }.
reship-done = سُجِّل طرد جديد للطلب #{ $order } بالرقم #{ $number }. سيغادر مستودعنا في { $warehouse } بأولوية؛ المدة حتى الوصول: { $span }.
exchange-done = سُجِّل الاستبدال رقم { $number }: المنتج «{ $product }» محجوز لك في { $warehouse } ويُرسل فور فحص المنتج القديم. يُرجى طباعة هذا الملصق وإعادة المنتج القديم: { $label }
repair-done = حُجزت زيارة إصلاح المنتج «{ $product }» بتاريخ { $date }، { $part }.
claim-done = فتحنا لدى شركة الشحن استفسارًا برقم { $number }؛ ومدة الرد عادةً: { $span }.
items-done = عُدِّلت منتجات الطلب #{ $order } حسب رغبتك.
payment-done = عُدِّلت طريقة الدفع للطلب #{ $order }.
shipping-done = أصبحت طريقة شحن الطلب #{ $order }: { $service }. ومن المتوقع وصوله في موعد أقصاه { $date }.
wait-done = شكرًا على صبرك: يمنحك الرمز { $code } خصمًا قدره { $worth } على طلبك القادم حتى { $date }.
part-morning = قبل الظهر
part-afternoon = بعد الظهر
service-express = شحن سريع
service-green = شحن أقل ضررًا بالبيئة
service-standard = شحن عادي

## Products and stock
product-price = سعر المنتج «{ $product }» هو { $price }.
stock-yes = المنتج «{ $product }» متوفر ويُشحن من { $warehouse }.
stock-restock = المنتج «{ $product }» غير متوفر حاليًا؛ ومن المتوقع توفره مجددًا بتاريخ { $date }.
stock-no = المنتج «{ $product }» غير متوفر حاليًا، ولم يتحدد بعد موعد توفره مجددًا.

## Ways to put it right that the customer may choose from
span-days = { $fewest } إلى { $most ->
    [zero] { $most } يوم عمل
    [one] { $most } يوم عمل
    [two] { $most } يوم عمل
    [few] { $most } أيام عمل
    [many] { $most } يوم عمل
   *[other] { $most } يوم عمل
}
span-within = حتى { $most ->
    [zero] { $most } يوم عمل
    [one] يوم عمل واحد
    [two] يومَي عمل
    [few] { $most } أيام عمل
    [many] { $most } يوم عمل
   *[other] { $most } يوم عمل
}
offers-intro = بخصوص الطلب #{ $order } يمكنني أن أعرض عليك ما يلي:
offers-intro-one = بخصوص الطلب #{ $order } يمكنني أن أعرض عليك هذا الحل:
offers-outro = ما اختيارك؟ يكفي إرسال الرقم.
offers-outro-one = هل أنفّذ ذلك؟
offers-confirm = سيؤكد أحد الزملاء اختيارك قبل تنفيذ أي شيء.
offer-reship = { $number }. طرد جديد من { $warehouse } مجانًا؛ المدة حتى الوصول: { $span }.
offer-local = { $number }. طرد ثانٍ من أقرب مستودع إليك ({ $warehouse })؛ المدة حتى الوصول: { $span }. وإذا وصل الطرد الأول بعد ذلك، فيُرجى رفض استلامه.
offer-refund = { $number }. رد المبلغ كاملًا: { $amount }؛ المدة التي يحتاجها البنك: { $span }.
offer-part-refund = { $number }. الاحتفاظ بالمنتج مع رد { $amount }؛ المدة التي يحتاجها البنك: { $span }.
offer-exchange = { $number }. استبدال: نحجز لك المنتج «{ $product }» في { $warehouse }، وتعيد لنا المنتج القديم بملصقنا، وفور فحصه يُرسل الجديد؛ المدة من ذلك الحين: { $span }.
offer-repair = { $number }. إصلاح المنتج «{ $product }» في منزلك بتاريخ { $date }، { $part }.
offer-claim = { $number }. الانتظار بينما نفتح استفسارًا لدى شركة الشحن؛ مدة الرد عادةً: { $span }.
offer-wait = { $number }. الانتظار مع رمز خصم قدره { $worth } على طلبك القادم.
offer-express = { $number }. شحن أسرع مقابل { $cost }: المدة { $span }، مع زيادة في انبعاثات CO₂ بنحو { $weight }.
offer-express-free = { $number }. شحن أسرع بلا تكلفة إضافية: المدة { $span }، مع زيادة في انبعاثات CO₂ بنحو { $weight }.
offer-green = { $number }. شحن أقل ضررًا بالبيئة بلا تكلفة إضافية: المدة { $span }، مع توفير نحو { $weight } من انبعاثات CO₂.
offer-coupon = { $number }. الاحتفاظ بالمنتج مع رمز خصم قدره { $worth } على طلبك القادم.
offer-return = { $number }. إعادة المنتج بملصقنا؛ وفور فحصه في مستودعنا نطلب رد مبلغ { $amount }.
offer-return-fee = { $number }. إعادة المنتج بملصقنا؛ وفور فحصه في مستودعنا نطلب رد مبلغ { $amount }. تكلفة الملصق { $fee } وقد خُصمت مسبقًا.
offer-cancel = { $number }. إلغاء الطلب مجانًا دون إرساله.
label-reship = طرد جديد
label-local = طرد من مستودع قريب
label-refund = رد المبلغ كاملًا
label-part-refund = الاحتفاظ به مع رد جزء من المبلغ
label-exchange = استبدال
label-repair = إصلاح في المنزل
label-claim = استفسار لدى شركة الشحن
label-wait = الانتظار مع رمز خصم
label-express = شحن أسرع
label-green = شحن أقل ضررًا بالبيئة
label-coupon = الاحتفاظ به مع رمز خصم
label-return = إعادة المنتج
label-cancel = إلغاء الطلب
choice-noted = شكرًا لك، سجّلتُ اختيارك. سيؤكده أحد أعضاء فريقنا قبل تنفيذ أي شيء.
choice-unclear = أريد التأكد من اختيارك. يُرجى إرسال رقمه فقط.
refund-waiting-approval = رد مبلغ { $amount } يحتاج إلى موافقة شخص ثانٍ من فريقنا؛ وسنكتب إليك فور صدورها.

## A code that proves who writes
ask-code = حمايةً لأموالك، أرسلتُ رمزًا إلى عنوان البريد المسجَّل في طلبك: { $email }. يُرجى كتابته هنا.
code-wrong = هذا الرمز غير صحيح. يُرجى مراجعة أحدث رسالة منا وكتابة الرمز مرة أخرى.
code-expired = لم يعد هذا الرمز صالحًا. يُرجى ذكر اختيارك مرة أخرى وسأرسل رمزًا جديدًا.
code-thanks = شكرًا لك، الرمز صحيح.
mail-code-subject = رمز التأكيد الخاص بك
mail-code = رمز التأكيد الخاص بك هو { $code }. تُرجى كتابته في المحادثة معنا؛ وهو صالح لمدة ربع ساعة. لن يطلبه منك أحد من فريقنا هاتفيًا أبدًا. إذا لم تطلب رمزًا، فيُرجى تجاهل هذه الرسالة.

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
draft-photo-of = اطلعت على صورتك للمنتج «{ $product }». ما يظهر فيها: { $finding }.
draft-photo = اطلعت على صورتك. ما يظهر فيها: { $finding }.
draft-refund = نعرض عليك رد مبلغ { $amount } عن الطلب #{ $order }.
draft-reship = يمكننا إرسال طرد جديد للطلب #{ $order } من { $warehouse }.
draft-exchange = يمكننا استبدال المنتج «{ $product }» لك.
draft-return = يمكننا تسجيل إرجاع للطلب #{ $order }.
draft-cancel = سنحاول إيقاف الطلب #{ $order } من أجلك.
draft-look = سأتابع هذا الأمر شخصيًا وأعود إليك بالرد.
draft-privacy = وصل طلبك المتعلق ببياناتك الشخصية إلى فريق الخصوصية لدينا.
draft-closing = مع أطيب التحيات، { $brand }

## Steps of a remedy that is on its way, as a customer reads them in one line
remedy-return = الإرجاع الخاص بك
remedy-exchange = الاستبدال الخاص بك
remedy-reship = طردك الجديد
remedy-refund = رد المبلغ
remedy-repair = الإصلاح
remedy-claim = الاستفسار لدى شركة الشحن
remedy-other = طلبك
step-return-requested = قيد الطلب
step-return-labelled = أُرسل الملصق
step-return-received = وصل إلى مستودعنا
step-return-inspected = تم الفحص
step-return-refunding = رد المبلغ قيد التنفيذ
step-return-exchanging = طُلب الاستبدال
step-return-repairing = قيد الإصلاح
step-return-sent-back = في طريق العودة إليك
step-return-lapsed = انتهت صلاحية الملصق
step-return-closed = اكتمل
step-exchange-requested = قيد الطلب
step-exchange-labelled = أُرسل الملصق وحُجز المنتج الجديد
step-exchange-received = وصل المنتج القديم إلى مستودعنا
step-exchange-inspected = فُحص المنتج القديم
step-exchange-sent-back = المنتج القديم في طريق العودة إليك
step-exchange-lapsed = انتهت مدة الحجز
step-exchange-packing = المنتج الجديد قيد التغليف
step-exchange-shipped = المنتج الجديد في الطريق
step-exchange-closed = تم الاستبدال
step-reship-requested = قيد الطلب
step-reship-packing = قيد التغليف
step-reship-shipped = في الطريق
step-reship-closed = تم التسليم
step-refund-requested = قيد الطلب
step-refund-ordered = طُلب رد المبلغ وهو في طريقه إلى البنك
step-refund-bounced = أعاده البنك، وسيكتب إليك فريقنا
step-refund-closed = رُدَّ المبلغ
step-repair-requested = قيد الطلب
step-repair-booked = حُجزت الزيارة
step-repair-missed = لم يتم اللقاء، ويلزم موعد جديد
step-repair-beyond-repair = تعذّر الإصلاح، وسيكتب إليك فريقنا
step-repair-replacing = طُلب البديل أو رد المبلغ
step-repair-closed = اكتمل
step-claim-requested = قيد الطلب
step-claim-filed = شركة الشحن تبحث عن الطرد
step-claim-found = عُثر على الطرد وهو في الطريق من جديد
step-claim-lost = فُقد الطرد، وسيكتب إليك فريقنا
step-claim-denied = أجابت شركة الشحن، وسيكتب إليك فريقنا
step-claim-settling = طُلب طرد جديد أو رد المبلغ
step-claim-closed = اكتمل
step-other-requested = قيد الطلب
step-other-done = تم التنفيذ
step-other-handed-over = قيد المراجعة لدى فريقنا

## News of a remedy under way
news-steps = مستجدات { $number } للطلب #{ $order }: { $steps }.
news-steps-order = مستجدات الطلب #{ $order }: { $steps }.
news-between = { $first }؛ { $next }

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
state-pickup = جاهز للاستلام
state-customs-cleared = أفرجت عنه الجمارك
state-expired = لا أخبار من شركة الشحن منذ مدة طويلة
state-returning = في طريق العودة إلى المرسل
state-returned = أُعيد إلى المرسل
state-damaged = تضرر أثناء الشحن
state-lost = فقدته شركة الشحن
seen-crack = شرخ
seen-scratch = خدش
seen-dent = انبعاج
seen-stain = بقعة
seen-tear = تمزق
seen-torn-packaging = تغليف تالف
seen-missing-part = جزء ناقص
seen-wrong-item = منتج غير الذي طلبته
seen-wrong-colour = لون غير الذي طلبته
seen-wrong-size = مقاس غير الذي طلبته
seen-none = لا ضرر ظاهر
warehouse-SZX = شنتشن
warehouse-RTM = روتردام
warehouse-LAX = لوس أنجلوس
warehouse-SIN = سنغافورة
