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
ask-photo-again =
    这张照片我看不太清楚：{ $why ->
        [too_dark] 光线太暗
        [too_bright] 光线太亮
        [blurred] 画面模糊
       *[too_small] 尺寸太小
    }。请在白天光线下拿稳手机再拍一次：一张拍完整的商品，一张近距离拍有问题的地方。
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
order-part-shipped = 订单 #{ $order } 的一部分已在运输途中：{ $parcels } 个包裹已于 { $date } 从我们的仓库发出，其余商品随后发出。
order-unknown-state = 商店返回的订单 #{ $order } 的状态我无法判断，将由同事为您核实。
as-of = 商店系统目前没有响应；以下信息截至 { $time }。
order-scan = 最新物流记录：{ $state }，{ $place }，{ $time }。
order-scan-nowhere = 最新物流记录：{ $state }，{ $time }。
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
refund-ordered = 我们已为订单 #{ $order } 提交 { $amount } 的退款申请；到账前，银行处理需要 { $span }。
reship-done = 订单 #{ $order } 的补发包裹已下单，单号为 #{ $number }。包裹将从我们的{ $warehouse }仓库优先发出，送达需要 { $span }。
exchange-done = 您的换货 { $number } 已登记：{ $product } 已在{ $warehouse }为您预留，原商品检验后即发出。请打印此面单并寄回原商品：{ $label }
repair-done = { $product } 的上门维修已预约：{ $date }{ $part }。
claim-done = 我们已向承运商发起查询 { $number }；通常 { $span } 内会有答复。
items-done = 订单 #{ $order } 的商品已按您的要求更改。
payment-done = 订单 #{ $order } 的付款方式已更改。
shipping-done = 订单 #{ $order } 的配送方式已改为{ $service }，预计最晚于 { $date } 送达。
wait-done = 感谢您的耐心等待：送您优惠码 { $code }，下一个订单可优惠 { $worth }，有效期至 { $date }。
part-morning = 上午
part-afternoon = 下午
service-express = 加急配送
service-green = 更环保的配送
service-standard = 标准配送

## Products and stock
product-price = { $product } 的价格为 { $price }。
stock-yes = { $product } 有货，从{ $warehouse }发货。
stock-restock = { $product } 目前缺货，预计 { $date } 重新到货。
stock-no = { $product } 目前缺货，补货日期尚未确定。

## Ways to put it right that the customer may choose from
span-days = { $fewest } 至 { $most } 个工作日
span-within = 最多 { $most } 个工作日
offers-intro = 关于订单 #{ $order }，我可以为您提供以下方案：
offers-intro-one = 关于订单 #{ $order }，我可以为您提供以下方案：
offers-outro = 您想选哪一个？回复编号即可。
offers-outro-one = 就这样办理，可以吗？
offers-confirm = 您选择之后，会先由同事确认，然后才会执行。
offer-reship = { $number }. 从{ $warehouse }免费补发一个包裹，需要 { $span }。
offer-local = { $number }. 从离您最近的{ $warehouse }仓库再发一个包裹，需要 { $span }。如果第一个包裹之后送到，请拒收。
offer-refund = { $number }. 全额退款 { $amount }，银行处理需要 { $span }。
offer-part-refund = { $number }. 您保留商品，我们退还 { $amount }，银行处理需要 { $span }。
offer-exchange = { $number }. 换货：{ $product } 在{ $warehouse }为您预留，您用我们的面单寄回原商品，检验后新商品即发出，此后需要 { $span }。
offer-repair = { $number }. { $product } 上门维修：{ $date }{ $part }。
offer-claim = { $number }. 您继续等待，我们向承运商发起查询，答复通常需要 { $span }。
offer-wait = { $number }. 您继续等待，并获得一个优惠码，下一个订单可优惠 { $worth }。
offer-express = { $number }. 改为更快的配送，费用 { $cost }：需要 { $span }，二氧化碳排放量约增加 { $weight }。
offer-express-free = { $number }. 免费改为更快的配送：需要 { $span }，二氧化碳排放量约增加 { $weight }。
offer-green = { $number }. 免费改为更环保的配送：需要 { $span }，二氧化碳排放量约减少 { $weight }。
offer-coupon = { $number }. 您保留商品，并获得一个优惠码，下一个订单可优惠 { $worth }。
offer-return = { $number }. 您用我们的面单寄回商品；仓库检验后，我们即提交 { $amount } 的退款申请。
offer-return-fee = { $number }. 您用我们的面单寄回商品；仓库检验后，我们即提交 { $amount } 的退款申请。面单费用为 { $fee }，已从中扣除。
offer-cancel = { $number }. 我们免费取消订单，不再发货。
label-reship = 补发新包裹
label-local = 从最近的仓库发货
label-refund = 全额退款
label-part-refund = 保留商品，部分退款
label-exchange = 换货
label-repair = 上门维修
label-claim = 向承运商查询
label-wait = 继续等待，领优惠码
label-express = 更快的配送
label-green = 更环保的配送
label-coupon = 保留商品，领优惠码
label-return = 寄回商品
label-cancel = 取消订单
choice-noted = 谢谢，我已记下您的选择。同事确认后才会办理。
choice-unclear = 我想确认您选的是哪一个方案。请只回复编号。
refund-waiting-approval = { $amount } 的退款还需要另一位同事批准；批准后我们会立即通知您。

## A code that proves who writes
ask-code = 为保护您的资金安全，我已将验证码发送到您下单时使用的邮箱 { $email }。请在这里输入验证码。
code-wrong = 验证码不正确。请查看我们最新的邮件，然后再输入一次。
code-expired = 该验证码已失效。请再告诉我一次您的选择，我会给您发送新的验证码。
code-thanks = 谢谢，验证码正确。
mail-code-subject = 您的验证码
mail-code = 您的验证码是 { $code }。请在与我们的聊天中输入，一刻钟内有效。我们的工作人员绝不会打电话向您索要验证码。如果您没有申请验证码，请忽略本邮件。

## Hand-off to a person
handoff = 我会把您的问题连同您提供的全部信息转交给人工客服。您将在 { $hours } 个工作小时内收到答复。
handoff-safety = 您的安全最重要：请立即停止使用该产品；如有人受伤，请马上寻求医疗救助。
handoff-photos = 谢谢，您的照片已附在问题记录中。
handoff-sorry = 给您添了麻烦，非常抱歉。

## Drafts that an operator checks before sending
draft-hello = { $name }，您好：
draft-thanks = 感谢您的来信。
draft-sorry = 对于出现的问题，我们深表歉意。
draft-photo-of = 我已查看您发来的 { $product } 照片。从照片中可以看到：{ $finding }。
draft-photo = 我已查看您发来的照片。从照片中可以看到：{ $finding }。
draft-refund = 我们可以为订单 #{ $order } 向您退款 { $amount }。
draft-reship = 我们可以从{ $warehouse }为订单 #{ $order } 重新寄出一个包裹。
draft-exchange = 我们可以为您更换 { $product }。
draft-return = 我们可以为订单 #{ $order } 登记退货。
draft-cancel = 我们会尽力为您拦下订单 #{ $order }。
draft-look = 我会亲自跟进此事，并再次与您联系。
draft-privacy = 我们的隐私团队已收到您有关个人信息的请求。
draft-closing = 顺祝安好，{ $brand }

## Steps of a remedy that is on its way, as a customer reads them in one line
remedy-return = 您的退货
remedy-exchange = 您的换货
remedy-reship = 您的补发包裹
remedy-refund = 您的退款
remedy-repair = 您的维修
remedy-claim = 承运商查询
remedy-other = 您的申请
step-return-requested = 已申请
step-return-labelled = 面单已发送
step-return-received = 已到达我们的仓库
step-return-inspected = 已检验
step-return-refunding = 退款处理中
step-return-exchanging = 换货已提交
step-return-repairing = 维修中
step-return-sent-back = 正在寄回给您
step-return-lapsed = 面单已过期
step-return-closed = 已完成
step-exchange-requested = 已申请
step-exchange-labelled = 面单已发送，新商品已预留
step-exchange-received = 原商品已到达我们的仓库
step-exchange-inspected = 原商品已检验
step-exchange-sent-back = 原商品正在寄回给您
step-exchange-lapsed = 预留已过期
step-exchange-packing = 新商品打包中
step-exchange-shipped = 新商品运输中
step-exchange-closed = 换货完成
step-reship-requested = 已申请
step-reship-packing = 打包中
step-reship-shipped = 运输中
step-reship-closed = 已送达
step-refund-requested = 已申请
step-refund-ordered = 已提交，正在转往您的银行
step-refund-bounced = 被银行退回，同事会与您联系
step-refund-closed = 已到账
step-repair-requested = 已申请
step-repair-booked = 上门时间已预约
step-repair-missed = 未能碰面，需要另约时间
step-repair-beyond-repair = 无法修复，同事会与您联系
step-repair-replacing = 更换或退款已提交
step-repair-closed = 已完成
step-claim-requested = 已申请
step-claim-filed = 承运商正在查找包裹
step-claim-found = 包裹已找到，继续运输中
step-claim-lost = 包裹已遗失，同事会与您联系
step-claim-denied = 承运商已答复，同事会与您联系
step-claim-settling = 补发或退款已提交
step-claim-closed = 已完成
step-other-requested = 已申请
step-other-done = 已办理
step-other-handed-over = 同事正在处理

## News of a remedy under way
news-steps = { $number }（订单 #{ $order }）有新进展：{ $steps }。
news-steps-order = 订单 #{ $order } 有新进展：{ $steps }。
news-between = { $first }；{ $next }

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
state-pickup = 等待自取
state-customs-cleared = 已清关
state-expired = 承运商长时间没有更新
state-returning = 正在退回寄件人
state-returned = 已退回寄件人
state-damaged = 运输途中受损
state-lost = 已被承运商遗失
seen-crack = 裂纹
seen-scratch = 划痕
seen-dent = 凹痕
seen-stain = 污渍
seen-tear = 撕裂
seen-torn-packaging = 包装破损
seen-missing-part = 缺少部件
seen-wrong-item = 商品与您订购的不同
seen-wrong-colour = 颜色与您订购的不同
seen-wrong-size = 尺码与您订购的不同
seen-none = 没有明显的损坏
warehouse-SZX = 深圳
warehouse-RTM = 鹿特丹
warehouse-LAX = 洛杉矶
warehouse-SIN = 新加坡
