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
ask-photo-again =
    このお写真では状態をはっきり確認できませんでした。{ $why ->
        [too_dark] 暗すぎるようです
        [too_bright] 明るすぎるようです
        [blurred] ぼやけているようです
       *[too_small] 小さすぎるようです
    }。お手数ですが、明るい場所で手ぶれのないように、商品全体と不具合の部分を近くから撮ったお写真をもう一度お送りください。
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
order-part-shipped = ご注文 #{ $order } の一部は発送済みです。{ $date }に{ $parcels }個の荷物が当社の倉庫を出ました。残りは後ほど発送いたします。
order-unknown-state = ご注文 #{ $order } について、ショップから判断できない状態が返ってきたため、担当者が確認いたします。
as-of = ショップのシステムがただいま応答しておりません。ご案内する内容は{ $time }時点のものです。
order-scan = 最新の配送状況：{ $state }、{ $place }、{ $time }。
order-scan-nowhere = 最新の配送状況：{ $state }、{ $time }。
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
refund-ordered = ご注文 #{ $order } について、{ $amount }の返金を手配いたしました。口座に反映されるまで、銀行側で{ $span }かかります。
reship-done = ご注文 #{ $order } の新しい荷物を、番号 #{ $number } で手配いたしました。{ $warehouse }の倉庫から優先して発送し、お届けまで{ $span }かかります。
exchange-done = 交換 { $number } を受け付けました。{ $product }を{ $warehouse }でお取り置きしており、元の商品の検品が済みしだい発送いたします。このラベルを印刷し、元の商品をご返送ください：{ $label }
repair-done = { $product }の訪問修理を{ $date }の{ $part }に予約いたしました。
claim-done = 配送業者に調査 { $number } を依頼いたしました。回答には通常{ $span }かかります。
items-done = ご注文 #{ $order } の商品を、ご希望どおりに変更いたしました。
payment-done = ご注文 #{ $order } のお支払い方法を変更いたしました。
shipping-done = ご注文 #{ $order } の配送方法を{ $service }に変更いたしました。{ $date }までにお届けの予定です。
wait-done = お待ちいただき、ありがとうございます。次回のご注文が{ $worth }割引になるコード { $code } をお贈りします。有効期限は{ $date }です。
part-morning = 午前
part-afternoon = 午後
service-express = 速達便
service-green = 環境にやさしい配送
service-standard = 通常配送

## Products and stock
product-price = { $product }の価格は{ $price }です。
stock-yes = { $product }は在庫がございます。{ $warehouse }から発送いたします。
stock-restock = { $product }はただいま品切れです。{ $date }に再入荷する見込みです。
stock-no = { $product }はただいま品切れで、再入荷の時期は未定です。

## Ways to put it right that the customer may choose from
span-days = { $fewest }〜{ $most }営業日
span-within = 最長{ $most }営業日
offers-intro = ご注文 #{ $order } について、次の方法をご提案いたします。
offers-intro-one = ご注文 #{ $order } について、次の方法をご提案いたします。
offers-outro = どれをご希望ですか。番号だけで結構です。
offers-outro-one = このように進めてよろしいですか。
offers-confirm = お選びいただいた内容は、実行する前に担当者が確認いたします。
offer-reship = { $number }. 新しい荷物を{ $warehouse }から無料でお送りします。お届けまで{ $span }かかります。
offer-local = { $number }. お客様に最も近い{ $warehouse }の倉庫から、もう一つ荷物をお送りします。お届けまで{ $span }かかります。最初の荷物が後から届いた場合は、受け取りをお断りください。
offer-refund = { $number }. { $amount }を全額返金いたします。銀行側で{ $span }かかります。
offer-part-refund = { $number }. 商品はお手元に残し、{ $amount }を返金いたします。銀行側で{ $span }かかります。
offer-exchange = { $number }. 交換いたします。{ $product }を{ $warehouse }でお取り置きし、元の商品を当社のラベルでご返送いただき、検品が済みしだい新しい商品を発送します。発送から{ $span }かかります。
offer-repair = { $number }. { $product }の訪問修理に、{ $date }の{ $part }に伺います。
offer-claim = { $number }. このままお待ちいただき、当社が配送業者に調査を依頼します。回答には通常{ $span }かかります。
offer-wait = { $number }. このままお待ちいただき、次回のご注文が{ $worth }割引になるコードをお贈りします。
offer-express = { $number }. より速い配送に変更します。追加料金は{ $cost }、お届けまで{ $span }、CO₂は約{ $weight }増えます。
offer-express-free = { $number }. より速い配送に追加料金なしで変更します。お届けまで{ $span }、CO₂は約{ $weight }増えます。
offer-green = { $number }. 環境にやさしい配送に追加料金なしで変更します。お届けまで{ $span }、CO₂は約{ $weight }減ります。
offer-coupon = { $number }. 商品はお手元に残し、次回のご注文が{ $worth }割引になるコードをお贈りします。
offer-return = { $number }. 当社のラベルで商品をご返送ください。倉庫での検品が済みしだい、{ $amount }の返金を手配いたします。
offer-return-fee = { $number }. 当社のラベルで商品をご返送ください。倉庫での検品が済みしだい、{ $amount }の返金を手配いたします。ラベル代{ $fee }は差し引き済みです。
offer-cancel = { $number }. ご注文を無料でキャンセルし、発送いたしません。
label-reship = 新しい荷物を送ってもらう
label-local = 近くの倉庫から送ってもらう
label-refund = 全額返金
label-part-refund = 商品は残して一部返金
label-exchange = 交換
label-repair = 訪問修理
label-claim = 配送業者への調査依頼
label-wait = コードをもらって待つ
label-express = より速い配送
label-green = 環境にやさしい配送
label-coupon = 商品は残してコードをもらう
label-return = 返送する
label-cancel = 注文をキャンセルする
choice-noted = ありがとうございます。ご希望を承りました。担当者が確認してから手続きいたします。
choice-unclear = どれをお選びか、念のため確認させてください。番号だけをお送りください。
refund-waiting-approval = { $amount }の返金には、もう一人の担当者の承認が必要です。承認されしだいご連絡いたします。

## A code that proves who writes
ask-code = お客様のお金をお守りするため、ご注文時のメールアドレス { $email } にコードをお送りしました。こちらに入力してください。
code-wrong = コードが正しくありません。当社からの最新のメールをご確認のうえ、もう一度入力してください。
code-expired = このコードは無効になりました。もう一度ご希望をお知らせいただければ、新しいコードをお送りします。
code-thanks = ありがとうございます。コードを確認できました。
mail-code-subject = 確認コードのお知らせ
mail-code = 確認コードは { $code } です。当社とのチャットに入力してください。有効なのは十五分間です。当社の担当者が電話でこのコードをお尋ねすることは決してありません。お心当たりのない場合は、このメールを破棄してください。

## Hand-off to a person
handoff = これまでに伺った内容とあわせて、担当者に引き継ぎます。営業時間で{ $hours }時間以内にご返信いたします。
handoff-safety = お客様の安全が第一です。ただちに商品の使用をおやめください。お怪我をされた方がいらっしゃる場合は、すぐに医師の手当てを受けてください。
handoff-photos = ありがとうございます。お写真をお問い合わせに添付しました。
handoff-sorry = ご迷惑をおかけし、誠に申し訳ございません。

## Drafts that an operator checks before sending
draft-hello = { $name } 様
draft-thanks = お問い合わせいただき、ありがとうございます。
draft-sorry = このたびは不手際があり、誠に申し訳ございません。
draft-photo-of = お送りいただいた{ $product }のお写真を拝見しました。お写真で確認できたこと：{ $finding }。
draft-photo = お送りいただいたお写真を拝見しました。お写真で確認できたこと：{ $finding }。
draft-refund = ご注文 #{ $order } につきまして、{ $amount }の返金をご提案いたします。
draft-reship = ご注文 #{ $order } の品を、{ $warehouse }から新しい荷物でお送りすることができます。
draft-exchange = { $product }の交換を承ります。
draft-return = ご注文 #{ $order } の返品を受け付けることができます。
draft-cancel = ご注文 #{ $order } を止められるよう手配してみます。
draft-look = 私が直接お調べし、改めてご連絡いたします。
draft-privacy = 個人情報に関するご依頼は、プライバシー担当チームに届いております。
draft-closing = どうぞよろしくお願いいたします。{ $brand }

## Steps of a remedy that is on its way, as a customer reads them in one line
remedy-return = ご返品
remedy-exchange = ご交換
remedy-reship = 新しい荷物
remedy-refund = ご返金
remedy-repair = 修理
remedy-claim = 配送業者への調査
remedy-other = ご依頼
step-return-requested = 受付中
step-return-labelled = ラベル送付済み
step-return-received = 倉庫に到着
step-return-inspected = 検品済み
step-return-refunding = 返金手続き中
step-return-exchanging = 交換を手配済み
step-return-repairing = 修理中
step-return-sent-back = お客様へ返送中
step-return-lapsed = ラベルの期限切れ
step-return-closed = 完了
step-exchange-requested = 受付中
step-exchange-labelled = ラベル送付済み、新しい商品を確保済み
step-exchange-received = 元の商品が倉庫に到着
step-exchange-inspected = 元の商品を検品済み
step-exchange-sent-back = 元の商品をお客様へ返送中
step-exchange-lapsed = お取り置きの期限切れ
step-exchange-packing = 新しい商品を梱包中
step-exchange-shipped = 新しい商品を配送中
step-exchange-closed = 交換完了
step-reship-requested = 受付中
step-reship-packing = 梱包中
step-reship-shipped = 配送中
step-reship-closed = 配達済み
step-refund-requested = 受付中
step-refund-ordered = 手配済み、銀行で処理中
step-refund-bounced = 銀行から差し戻し、担当者がご連絡します
step-refund-closed = 返金完了
step-repair-requested = 受付中
step-repair-booked = 訪問日を予約済み
step-repair-missed = ご不在等のため再訪問の日程調整が必要
step-repair-beyond-repair = 修理不可、担当者がご連絡します
step-repair-replacing = 代替品または返金を手配済み
step-repair-closed = 完了
step-claim-requested = 受付中
step-claim-filed = 配送業者が荷物を調査中
step-claim-found = 荷物が見つかり、再び配送中
step-claim-lost = 荷物は紛失、担当者がご連絡します
step-claim-denied = 配送業者から回答あり、担当者がご連絡します
step-claim-settling = 新しい荷物または返金を手配済み
step-claim-closed = 完了
step-other-requested = 受付中
step-other-done = 完了
step-other-handed-over = 担当者が確認中

## News of a remedy under way
news-steps = { $number }（ご注文 #{ $order }）の状況をお知らせします：{ $steps }。
news-steps-order = ご注文 #{ $order } の状況をお知らせします：{ $steps }。
news-between = { $first }；{ $next }

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
state-pickup = 受け取り可能
state-customs-cleared = 通関済み
state-expired = 配送業者からの更新が長期間なし
state-returning = 差出人へ返送中
state-returned = 差出人へ返送済み
state-damaged = 輸送中に破損
state-lost = 配送業者で紛失
seen-crack = ひび割れ
seen-scratch = 傷
seen-dent = へこみ
seen-stain = 汚れ
seen-tear = 破れ
seen-torn-packaging = 梱包の破損
seen-missing-part = 部品の不足
seen-wrong-item = ご注文とは異なる商品
seen-wrong-colour = ご注文とは異なる色
seen-wrong-size = ご注文とは異なるサイズ
seen-none = 目に見える破損なし
warehouse-SZX = 深セン
warehouse-RTM = ロッテルダム
warehouse-LAX = ロサンゼルス
warehouse-SIN = シンガポール
