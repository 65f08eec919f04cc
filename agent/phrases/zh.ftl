# Simplified Chinese sentence patterns of replies (polite "您"). Keys and variables are those of en.ftl; figures, names and dates are
# filled in by code, so no pattern holds a digit. A space parts Chinese from Latin letters and figures; Chinese place names need none.

## First contact, courtesy
disclosure = 您好，我是 { $brand } 的 AI 助手。您可以随时要求转接人工客服。
greeting = 请问有什么可以帮您？
praise = 谢谢您的鼓励，我们非常高兴！我会转告团队。
out-of-scope = 我只能协助处理与 { $brand } 的订单、商品和政策有关的问题。请问这方面有什么可以帮您？

## One precise question
ask-order = 为了帮您查询，我需要两项信息：您的订单号，以及下单时使用的电子邮箱。
ask-email = 为保护您的个人信息，请再告诉我订单 #{ $order } 下单时使用的电子邮箱。
ask-number = 谢谢。请问订单号是多少？订单号在订单确认邮件里，以 # 开头。
ask-mismatch = 没有找到与该订单号和该邮箱同时相符的订单。请核对这两项信息，然后再发一次。
ask-which = 请问您咨询的是哪一个订单：{ $orders }？
ask-address = 请发送订单 #{ $order } 的完整新地址：收件人姓名、街道和门牌号、邮编、城市和国家。
ask-photo = 非常抱歉。请发送一张商品照片和一张能看清面单的包裹照片，方便同事尽快处理。
ask-detail = 请用一句话说明您的需求，例如是关于订单、退货还是商品？
ask-product = 请问是哪一款商品？告诉我商品名称或货号即可。

## The state of an order
order-unpaid = 您于 { $date } 提交的订单 #{ $order } 仍在等待付款。
order-paid = 您于 { $date } 提交的订单 #{ $order } 已确认，尚未打包。
order-packed = 订单 #{ $order } 已打包，正在等待承运商揽收。
order-in-transit = 订单 #{ $order } 已于 { $date } 从我们的{ $warehouse }仓库发出，承运商为 { $carrier }。
order-customs = 订单 #{ $order } 正在接受海关查验；包裹已于 { $date } 从{ $warehouse }发出，承运商为 { $carrier }。
order-late = 订单 #{ $order } 承诺的送达日期是 { $promised }，目前已延误 { $days } 天。对此我们深表歉意。
order-lost = 订单 #{ $order } 自 { $date } 起没有新的物流记录，很可能已被承运商遗失。对此我们深表歉意。
order-delivered = 根据 { $carrier } 的记录，订单 #{ $order } 已于 { $date } 送达。
order-part-returned = 订单 #{ $order } 的部分商品已退回；该订单此前由 { $carrier } 于 { $date } 送达。
order-refunded = 订单 #{ $order } 已退款。
order-cancelled = 订单 #{ $order } 已取消。
order-scan = 最新物流记录：{ $state }，{ $place }，{ $time }。
order-promised = 预计最晚于 { $date } 送达。
order-tracking = 物流单号 { $tracking }：{ $url }

## Refunds
refund-done = 退款 { $amount } 已于 { $date } 完成。
refund-started = 退款 { $amount } 已于 { $date } 发起，银行尚未确认。
refund-none = 目前没有查到订单 #{ $order } 的退款记录。

## Remedies that have been carried out
cancel-done = 订单 #{ $order } 已取消，不会再产生任何扣款。
address-done = 订单 #{ $order } 的收货地址已改为：{ $address }。
return-done = 订单 #{ $order } 的退货 { $number } 已登记。请打印此面单，并最晚于 { $date } 寄出包裹：{ $label }
tracking-done = 物流查询链接已再次发送到您下单时使用的电子邮箱。
coupon-done = 为表歉意，送您优惠码 { $code }：下一个订单立减 { $percent }，有效期至 { $date }。

## Products and stock
product-price = { $product } 的价格为 { $price }。
stock-yes = { $product } 有货，从{ $warehouse }发货。
stock-restock = { $product } 目前缺货，预计 { $date } 重新到货。
stock-no = { $product } 目前缺货，补货日期尚未确定。

## Hand-off to a person
handoff = 我会把您的问题连同您提供的全部信息转交给人工客服。您将在 { $hours } 个工作小时内收到答复。
handoff-safety = 您的安全最重要：请立即停止使用该产品；如有人受伤，请马上寻求医疗救助。
handoff-photos = 谢谢，您的照片已附在问题记录中。
handoff-sorry = 给您添了麻烦，非常抱歉。

## Drafts that an operator checks before sending
draft-hello = { $name }，您好：
draft-thanks = 感谢您的来信。
draft-sorry = 对于出现的问题，我们深表歉意。
draft-refund = 我们可以为订单 #{ $order } 向您退款 { $amount }。
draft-reship = 我们可以从{ $warehouse }为订单 #{ $order } 重新寄出一个包裹。
draft-exchange = 我们可以为您更换 { $product }。
draft-return = 我们可以为订单 #{ $order } 登记退货。
draft-cancel = 我们会尽力为您拦下订单 #{ $order }。
draft-look = 我会亲自跟进此事，并再次与您联系。
draft-privacy = 我们的隐私团队已收到您有关个人信息的请求。
draft-closing = 顺祝安好，{ $brand }

## Labels
quick-human = 联系人工客服
quick-track = 我的订单到哪里了？
quick-return = 我要退货
state-info = 已向承运商登记
state-picked-up = 已揽收
state-departed = 运输中
state-arrived = 已到达中转站
state-customs = 在海关
state-out-for-delivery = 派送中
state-attempted = 已尝试派送
state-delivered = 已送达
state-exception = 运输受阻
warehouse-SZX = 深圳
warehouse-RTM = 鹿特丹
warehouse-LAX = 洛杉矶
warehouse-SIN = 新加坡
