"""Sentences that a built model must tell apart: four questions in ten languages, and the eight passages they are searched in."""

from typing import Final

PASSAGES: Final = {
    "late": "Parcel stuck in transit: when tracking does not move for a week, it usually waits at a sorting centre and arrives some days late.",
    "refund": "Refunds: you get your money back five to ten business days after the returned goods have reached our warehouse.",
    "broken": "Earbuds without sound: if one side of your earbuds or headphones is silent or broken, reset them; the warranty covers a replacement.",
    "address": "Wrong address: if you entered the wrong street, we can change the delivery address until the order has been packed.",
    "coupon": "Discount codes are entered at checkout. Only one code applies to an order, and gift cards are excluded.",
    "size": "Size guide for dresses and shirts: measure chest, waist and hips, and choose the larger of two sizes.",
    "care": "Washing: clean wool blankets by hand at thirty degrees and keep them out of the tumble dryer.",
    "privacy": "Privacy: you may ask for a copy of your personal data, or for its deletion, at any time.",
}

QUESTIONS: Final = {
    "en": {
        "late": "My package has been stuck in transit for a week, when will it come?",
        "refund": "I sent everything back, when do I get my money?",
        "broken": "The left earbud has no sound any more.",
        "address": "I typed the wrong street, can you send it somewhere else?",
    },
    "de": {
        "late": "Mein Paket bewegt sich seit einer Woche nicht, wann kommt es an?",
        "refund": "Ich habe alles zurückgeschickt, wann bekomme ich mein Geld?",
        "broken": "Der linke Ohrhörer gibt keinen Ton mehr von sich.",
        "address": "Ich habe die falsche Straße angegeben, kann es woandershin geliefert werden?",
    },
    "fr": {
        "late": "Mon colis est bloqué depuis une semaine, quand arrivera-t-il ?",
        "refund": "J'ai tout renvoyé, quand serai-je remboursé ?",
        "broken": "L'écouteur gauche n'émet plus aucun son.",
        "address": "Je me suis trompé de rue, peut-on livrer ailleurs ?",
    },
    "es": {
        "late": "Mi paquete lleva una semana sin moverse, ¿cuándo llegará?",
        "refund": "Ya devolví todo, ¿cuándo me reembolsan el dinero?",
        "broken": "El auricular izquierdo ya no suena.",
        "address": "Puse mal la calle, ¿pueden enviarlo a otro lugar?",
    },
    "pt": {
        "late": "Meu pacote está parado há uma semana, quando chega?",
        "refund": "Devolvi tudo, quando recebo meu dinheiro de volta?",
        "broken": "O fone de ouvido esquerdo está sem som.",
        "address": "Errei o nome da rua, dá para entregar em outro endereço?",
    },
    "ru": {
        "late": "Посылка неделю не двигается, когда она придёт?",
        "refund": "Я всё отправил обратно, когда вернут деньги?",
        "broken": "Левый наушник больше не работает.",
        "address": "Я указал не ту улицу, можно доставить по другому адресу?",
    },
    "zh": {
        "late": "我的包裹物流一周没有更新了，什么时候能到？",
        "refund": "商品已经寄回，什么时候退款？",
        "broken": "左边的耳机坏了，没有声音。",
        "address": "街道写错了，可以改送到别的地址吗？",
    },
    "ja": {
        "late": "荷物の追跡が一週間止まったままです。いつ届きますか？",
        "refund": "商品を返送しました。返金はいつですか？",
        "broken": "左のイヤホンから音が出なくなりました。",
        "address": "住所を間違えました。別の場所に届けてもらえますか？",
    },
    "ar": {
        "late": "طردي متوقف منذ أسبوع، متى سيصل؟",
        "refund": "أعدت كل المنتجات، متى أسترد أموالي؟",
        "broken": "سماعة الأذن اليسرى لا يصدر منها أي صوت.",
        "address": "كتبت اسم الشارع خطأ، هل يمكن التوصيل إلى عنوان آخر؟",
    },
    "tr": {
        "late": "Kargom bir haftadır hareket etmiyor, ne zaman gelecek?",
        "refund": "Her şeyi geri gönderdim, paramı ne zaman alırım?",
        "broken": "Sol kulaklıktan artık ses gelmiyor.",
        "address": "Sokağı yanlış yazdım, başka bir adrese gönderebilir misiniz?",
    },
}
