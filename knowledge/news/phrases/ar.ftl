# Supply-chain news in Arabic. Keys and variables are those of en.ftl; days stand behind a colon, so that no figure needs a counted form.

many-places = عدة دول

lane-title = لماذا تأخر طردي؟ الوجهات المتأثرة: { $places }
lane-delay = تتأخر حاليًا طرود { $brand } الخارجة من مستودعنا في { $warehouse } عن المعتاد (عدد الأيام الإضافية: { $count ->
   *[other] { $days }
}) إلى هذه الوجهات: { $places }.
lane-reason = السبب هو { $reason ->
    [weather] سوء الأحوال الجوية
    [strike] إضراب
    [customs] طول مدة الفحص الجمركي
    [peak] كثرة الطرود في موسم الذروة
   *[flights] قلة رحلات الشحن الجوي
}.
lane-carrier = يخص ذلك الطرود المرسلة مع { $carrier }.
lane-until = نتوقع العودة إلى مدد التوصيل المعتادة ابتداءً من { $date }.
lane-advice = تعرض صفحة التتبع آخر مسح لطردك.

stock-title = هل نفد { $title } ومتى يتوفر من جديد؟
stock-out = المنتج { $title } ({ $sku }) نافد من المخزون حاليًا.
stock-out-there = المنتج { $title } ({ $sku }) نافد حاليًا من المستودعات التي تشحن إلى هذه الدول: { $places }.
stock-restock = نتوقع توفره من جديد في { $date }.
stock-open = لا يمكننا حتى الآن تحديد موعد لعودته.

batch-title = { $what ->
    [ingredient] هل تغيّرت المكوّنات؟
    [material] هل تغيّرت الخامة؟
    [label] هل تغيّر الملصق؟
   *[battery] هل تغيّرت البطارية؟
} { $title }
batch-changed = الجديد في المنتج { $title } ({ $sku }) هو { $what ->
    [ingredient] أحد المكوّنات
    [material] الخامة
    [label] الملصق
   *[battery] البطارية
}: { $new } بدلًا من { $old }.
batch-added = الجديد في المنتج { $title } ({ $sku }) هو { $what ->
    [ingredient] أحد المكوّنات
    [material] الخامة
    [label] الملصق
   *[battery] البطارية
}: { $new }.
batch-allergens = مسببات الحساسية المحتملة: { $allergens }.
batch-advice = قد تُسلَّم النسختان لفترة من الوقت، لذا يُرجى الاعتماد على المطبوع على عبوة منتجك.

customs-title = هل عليّ دفع رسوم جمركية؟ قواعد جديدة: { $country }
customs-starts = تسري ابتداءً من { $date } قواعد جمركية جديدة على طرود { $brand } إلى هذه الوجهة: { $country }.
customs-threshold = تُعفى الطرود التي لا تتجاوز قيمتها { $amount } من { $tax ->
    [duty] الرسوم الجمركية
   *[vat] ضريبة القيمة المضافة على الاستيراد
}.
customs-rate = تبلغ نسبة { $tax ->
    [duty] الرسوم الجمركية
   *[vat] ضريبة القيمة المضافة على الاستيراد
} { $rate }.
customs-shop = أسعارنا لهذه الوجهة تشمل ذلك، فلا يُدفع شيء عند الوصول.
customs-recipient = يُستحق المبلغ عند الوصول ويدفعه المستلم.

revision-title = ما الجديد في { $title } { $new }؟
revision-new = صدرت نسخة جديدة من المنتج { $title } ({ $sku }): { $new } بدلًا من { $old }.
revision-changes = ما الذي تغيّر: { $changes }.
revision-both = قد تُسلَّم النسختان لفترة من الوقت.
revision-part = { $what ->
    [battery] البطارية
    [charging] الشحن
    [firmware] البرنامج الثابت
    [sound] الصوت
    [material] الخامة
    [ingredients] المكوّنات
    [fit] المقاس
    [colour] اللون
    [packaging] التغليف
    [accessories] الملحقات
   *[care] العناية
}
