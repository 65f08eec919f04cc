# Supply-chain news in Chinese (polite). Keys and variables are those of en.ftl.

many-places = 多个国家

lane-title = 我的包裹为什么晚到？受影响的目的地：{ $places }
lane-delay = { $brand }从{ $warehouse }仓库发往以下目的地的包裹，目前比平时多需{ $count ->
   *[other] { $days }
}天：{ $places }。
lane-reason = 原因是{ $reason ->
    [weather] 天气恶劣
    [strike] 罢工
    [customs] 海关查验时间较长
    [peak] 旺季包裹量大
   *[flights] 货运航班不足
}。
lane-carrier = 受影响的是由{ $carrier }承运的包裹。
lane-until = 我们预计从{ $date }起恢复正常的送达时间。
lane-advice = 您可以在物流跟踪页面查看包裹的最新扫描记录。

stock-title = { $title }售罄了吗？什么时候再到货？
stock-out = { $title }（{ $sku }）目前已售罄。
stock-out-there = { $title }（{ $sku }）在为以下国家或地区发货的仓库中目前已售罄：{ $places }。
stock-restock = 我们预计{ $date }重新到货。
stock-open = 重新到货的日期目前还不能确定。

batch-title = { $title }的{ $what ->
    [ingredient] 成分
    [material] 材质
    [label] 标签
   *[battery] 电池
}有变化吗？
batch-changed = { $title }（{ $sku }）现在的{ $what ->
    [ingredient] 成分
    [material] 材质
    [label] 标签
   *[battery] 电池
}有所不同：由{ $old }改为{ $new }。
batch-added = { $title }（{ $sku }）现在有新的{ $what ->
    [ingredient] 成分
    [material] 材质
    [label] 标签
   *[battery] 电池
}：{ $new }。
batch-allergens = 可能的过敏原：{ $allergens }。
batch-advice = 一段时间内两种版本都可能发出，请以您所收商品包装上印刷的内容为准。

customs-title = 需要缴纳关税吗？新规定：{ $country }
customs-starts = 从{ $date }起，{ $brand }寄往以下目的地的包裹适用新的海关规定：{ $country }。
customs-threshold = 价值不超过{ $amount }的包裹免征{ $tax ->
    [duty] 关税
   *[vat] 进口增值税
}。
customs-rate = { $tax ->
    [duty] 关税
   *[vat] 进口增值税
}税率为{ $rate }。
customs-shop = 我们对该目的地的售价已包含这笔税费，收货时无需再付。
customs-recipient = 这笔税费在包裹到达时由收件人支付。

revision-title = { $title } { $new }有什么新变化？
revision-new = { $title }（{ $sku }）现在推出新版本：由{ $old }改为{ $new }。
revision-changes = 变化的内容：{ $changes }。
revision-both = 一段时间内两种版本都可能发出。
revision-part = { $what ->
    [battery] 电池
    [charging] 充电
    [firmware] 固件
    [sound] 音质
    [material] 材质
    [ingredients] 成分
    [fit] 版型
    [colour] 颜色
    [packaging] 包装
    [accessories] 配件
   *[care] 保养方法
}
