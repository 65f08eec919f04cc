# Japanese sentence patterns of replies (です・ます). Keys and variables are those of en.ftl; figures, names and dates are filled in by
# code, so no pattern holds a digit. Only order numbers, codes and tracking numbers stand between spaces, so that they copy cleanly.

## First contact, courtesy
disclosure = こんにちは。{ $brand }のAIアシスタントです。ご希望の際は、いつでも担当者におつなぎします。
greeting = どのようなご用件でしょうか。
praise = うれしいお言葉をありがとうございます。チームにも申し伝えます。
out-of-scope = 恐れ入りますが、お手伝いできるのは{ $brand }のご注文、商品、各種規定に関するご用件のみです。これらについて何かお手伝いできることはございますか。

## One precise question
ask-order = お調べするために、ご注文番号と、ご注文時のメールアドレスをお知らせください。
ask-email = お客様の情報をお守りするため、ご注文 #{ $order } の際にお使いになったメールアドレスもお知らせください。
ask-number = ありがとうございます。ご注文番号をお知らせいただけますか。注文確認メールに記載されている、# で始まる番号です。
ask-mismatch = そのご注文番号とメールアドレスの両方に一致するご注文が見つかりませんでした。双方をご確認のうえ、もう一度お送りください。
ask-which = どちらのご注文についてのお問い合わせでしょうか：{ $orders }
ask-address = ご注文 #{ $order } の新しいお届け先として、お名前、番地、郵便番号、市区町村、国をすべてお送りください。
ask-photo = ご迷惑をおかけし、申し訳ございません。担当者が速やかに判断できるよう、商品の写真と、ラベルの写った荷物の写真をお送りください。
ask-detail = ご注文、返品、商品など、どのようなご用件か、一文でお聞かせいただけますか。
ask-product = どの商品についてのお問い合わせでしょうか。商品名または商品番号だけで結構です。

## The state of an order
order-unpaid = { $date }のご注文 #{ $order } は、まだお支払い待ちの状態です。
order-paid = { $date }のご注文 #{ $order } は確定しており、まだ梱包前です。
order-packed = ご注文 #{ $order } は梱包が済み、配送業者の集荷を待っています。
order-in-transit = ご注文 #{ $order } は、{ $date }に{ $warehouse }の倉庫から{ $carrier }で発送されました。
order-customs = ご注文 #{ $order } は、ただいま税関の検査を受けています。{ $date }に{ $warehouse }から{ $carrier }で発送されました。
order-late = ご注文 #{ $order } のお届け予定日は{ $promised }でしたが、{ $days }日遅れています。誠に申し訳ございません。
order-lost = ご注文 #{ $order } は、{ $date }を最後に配送状況が更新されていません。配送業者が荷物を紛失したものと思われます。誠に申し訳ございません。
order-delivered = { $carrier }の記録によると、ご注文 #{ $order } は{ $date }に配達されました。
order-part-returned = ご注文 #{ $order } は一部が返品されています。ご注文の品は、{ $date }に{ $carrier }が配達しました。
order-refunded = ご注文 #{ $order } は返金済みです。
order-cancelled = ご注文 #{ $order } はキャンセル済みです。
order-scan = 最新の配送状況：{ $state }、{ $place }、{ $time }。
order-promised = { $date }までにお届けの予定です。
order-tracking = 追跡番号 { $tracking }：{ $url }

## Refunds
refund-done = { $date }に{ $amount }の返金が完了しました。
refund-started = { $date }に{ $amount }の返金手続きを始めましたが、銀行の確認はまだ取れていません。
refund-none = ご注文 #{ $order } については、今のところ返金の記録がございません。

## Remedies that have been carried out
cancel-done = ご注文 #{ $order } はキャンセルされました。このご注文について、今後の請求はございません。
address-done = ご注文 #{ $order } のお届け先を、次のご住所に変更しました：{ $address }。
return-done = ご注文 #{ $order } の返品 { $number } を受け付けました。このラベルを印刷し、{ $date }までに荷物をお送りください：{ $label }
tracking-done = ご注文時のメールアドレスに、追跡リンクをもう一度お送りしました。
coupon-done = お詫びとして、次回のご注文が{ $percent }割引になるコード { $code } をお贈りします。有効期限は{ $date }です。

## Products and stock
product-price = { $product }の価格は{ $price }です。
stock-yes = { $product }は在庫がございます。{ $warehouse }から発送いたします。
stock-restock = { $product }はただいま品切れです。{ $date }に再入荷する見込みです。
stock-no = { $product }はただいま品切れで、再入荷の時期は未定です。

## Hand-off to a person
handoff = これまでに伺った内容とあわせて、担当者に引き継ぎます。営業時間で{ $hours }時間以内にご返信いたします。
handoff-safety = お客様の安全が第一です。ただちに商品の使用をおやめください。お怪我をされた方がいらっしゃる場合は、すぐに医師の手当てを受けてください。
handoff-photos = ありがとうございます。お写真をお問い合わせに添付しました。
handoff-sorry = ご迷惑をおかけし、誠に申し訳ございません。

## Drafts that an operator checks before sending
draft-hello = { $name } 様
draft-thanks = お問い合わせいただき、ありがとうございます。
draft-sorry = このたびは不手際があり、誠に申し訳ございません。
draft-refund = ご注文 #{ $order } につきまして、{ $amount }の返金をご提案いたします。
draft-reship = ご注文 #{ $order } の品を、{ $warehouse }から新しい荷物でお送りすることができます。
draft-exchange = { $product }の交換を承ります。
draft-return = ご注文 #{ $order } の返品を受け付けることができます。
draft-cancel = ご注文 #{ $order } を止められるよう手配してみます。
draft-look = 私が直接お調べし、改めてご連絡いたします。
draft-privacy = 個人情報に関するご依頼は、プライバシー担当チームに届いております。
draft-closing = どうぞよろしくお願いいたします。{ $brand }

## Labels
quick-human = 担当者と話す
quick-track = 注文した商品はどこですか？
quick-return = 商品を返品する
state-info = 配送業者に登録済み
state-picked-up = 集荷済み
state-departed = 輸送中
state-arrived = 中継拠点に到着
state-customs = 税関手続き中
state-out-for-delivery = 配達中
state-attempted = 配達を試みました
state-delivered = 配達済み
state-exception = 輸送停止中
warehouse-SZX = 深セン
warehouse-RTM = ロッテルダム
warehouse-LAX = ロサンゼルス
warehouse-SIN = シンガポール
