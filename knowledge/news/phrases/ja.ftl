# Supply-chain news in Japanese (polite). Keys and variables are those of en.ftl.

many-places = 複数の国

lane-title = 荷物が遅れているのはなぜですか？対象のお届け先：{ $places }
lane-delay = { $brand }の{ $warehouse }倉庫から次のお届け先に発送する荷物は、現在、通常より{ $count ->
   *[other] { $days }
}日長くかかっています：{ $places }。
lane-reason = 原因は{ $reason ->
    [weather] 悪天候
    [strike] ストライキ
    [customs] 税関検査の長期化
    [peak] 繁忙期の荷物の増加
   *[flights] 貨物便の不足
}です。
lane-carrier = 対象は{ $carrier }でお届けする荷物です。
lane-until = { $date }から通常のお届け日数に戻る見込みです。
lane-advice = 荷物の最新のスキャンは追跡ページでご確認いただけます。

stock-title = { $title }は売り切れですか？次の入荷はいつですか？
stock-out = { $title }（{ $sku }）は現在売り切れです。
stock-out-there = 次の国へ発送する倉庫では、{ $title }（{ $sku }）は現在売り切れです：{ $places }。
stock-restock = 再入荷は{ $date }の予定です。
stock-open = 再入荷の日はまだお知らせできません。

batch-title = { $title }の{ $what ->
    [ingredient] 成分
    [material] 素材
    [label] ラベル
   *[battery] バッテリー
}は変わりましたか？
batch-changed = { $title }（{ $sku }）の{ $what ->
    [ingredient] 成分
    [material] 素材
    [label] ラベル
   *[battery] バッテリー
}が、{ $old }から{ $new }に変わりました。
batch-added = { $title }（{ $sku }）の{ $what ->
    [ingredient] 成分
    [material] 素材
    [label] ラベル
   *[battery] バッテリー
}が新しくなりました：{ $new }。
batch-allergens = 含まれる可能性のあるアレルゲン：{ $allergens }。
batch-advice = しばらくの間は両方の仕様をお届けする場合があります。お手元の商品のパッケージの表示をご確認ください。

customs-title = 関税を払う必要がありますか？新しい規則：{ $country }
customs-starts = { $brand }から次のお届け先への荷物には、{ $date }から新しい通関規則が適用されます：{ $country }。
customs-threshold = { $amount }以下の荷物には{ $tax ->
    [duty] 関税
   *[vat] 輸入付加価値税
}がかかりません。
customs-rate = { $tax ->
    [duty] 関税
   *[vat] 輸入付加価値税
}の税率は{ $rate }です。
customs-shop = このお届け先の価格には税が含まれているため、お受け取り時のお支払いはありません。
customs-recipient = 税は荷物の到着時に受取人がお支払いになります。

revision-title = { $title } { $new }の新しい点は何ですか？
revision-new = { $title }（{ $sku }）は{ $old }から新しい{ $new }に変わりました。
revision-changes = 変更点：{ $changes }。
revision-both = しばらくの間は両方のバージョンをお届けする場合があります。
revision-part = { $what ->
    [battery] バッテリー
    [charging] 充電
    [firmware] ファームウェア
    [sound] 音質
    [material] 素材
    [ingredients] 成分
    [fit] フィット感
    [colour] 色
    [packaging] パッケージ
    [accessories] 付属品
   *[care] お手入れ
}
