"""The reply to a resolved turn, or the one question of an asking turn."""

from agent.domain.commerce import Availability
from agent.domain.decision import Decision, Reason, Remedy, RemedyKind
from agent.domain.intents import FROM_KNOWLEDGE, Intent
from agent.domain.pending import CodeCheck
from agent.phrasing import day, listing, money
from agent.policy.identity import offered
from agent.policy.orders import days_late
from agent.policy.photos import spoilt
from agent.policy.plan import EFFECTIVE
from agent.policy.proving import masked
from agent.policy.view import View
from agent.writing.done import done, order_of
from agent.writing.facts import order_facts
from agent.writing.offering import HUMAN, labels, offer
from agent.writing.writer import Writer
from knowledge.search import Passage

WAREHOUSES = {"Shenzhen": "warehouse-SZX", "Rotterdam": "warehouse-RTM", "Los Angeles": "warehouse-LAX", "Singapore": "warehouse-SIN"}
QUESTIONS: dict[Reason, str] = {
    Reason.NEEDS_ORDER: "ask-order",
    Reason.NEEDS_EMAIL: "ask-email",
    Reason.IDENTITY_MISMATCH: "ask-mismatch",
    Reason.NEEDS_PHOTO: "ask-photo",
    Reason.UNSURE: "ask-detail",
}
SENTENCES = {Intent.GREETING: "greeting", Intent.PRAISE: "praise", Intent.OUT_OF_SCOPE: "out-of-scope"}


def answer(write: Writer, view: View, decision: Decision, brand: str) -> None:
    """One paragraph a remedy."""
    for remedy in decision.remedies:
        if remedy.kind is RemedyKind.ANSWER:
            _from_knowledge(write, view, remedy.intent, brand)
        elif remedy.kind is RemedyKind.ORDER_FACTS:
            _facts(write, view, remedy)
        elif remedy.kind in EFFECTIVE:
            write.paragraph()
            done(write, view, remedy, decision.chosen)


def _facts(write: Writer, view: View, remedy: Remedy) -> None:
    order = order_of(view, remedy)
    order_facts(write, order, today_late=days_late(view, order))
    if remedy.intent is Intent.REFUND_STATUS and not order.refunds:
        write.say("refund-none", write.cite("order", order.number, f"#{order.number}"), order=order.number)
    if remedy.intent in {Intent.CUSTOMS, Intent.REFUND_STATUS}:
        quote_on(write, view, remedy.intent)


def _from_knowledge(write: Writer, view: View, intent: Intent, brand: str) -> None:
    write.paragraph()
    if intent in SENTENCES:
        values = {"brand": brand} if intent is Intent.OUT_OF_SCOPE else {}
        write.say(SENTENCES[intent], **values)
        return
    if intent is Intent.STOCK:
        for item in view.context.customer.availability:
            _stock(write, view, item)
        return
    if passages_on(view, intent):
        quote_on(write, view, intent)
    elif intent is Intent.PRODUCT_QUESTION and view.context.customer.products:
        _product(write, view)


#: Wishes with two articles that are asked about in one breath: what delivery costs and how long it takes, how to pay and what was charged.
TWO_ARTICLES = {Intent.SHIPPING_INFO, Intent.PAYMENT}


def quote_on(write: Writer, view: View, intent: Intent) -> None:
    """Quote what the knowledge base says on this wish, if anything."""
    best, *others = passages_on(view, intent) or [None]
    if best:
        write.quote(best)
    second = next((passage for passage in others if passage and passage.intents[:1] == (intent.value,)), None)
    if second and intent in TWO_ARTICLES:
        write.quote(second, brief=True)


def passages_on(view: View, intent: Intent) -> list[Passage]:
    """Best first: those on the wish; when there is none, or the best of all is for any wish, that one, if it answers."""
    on_topic = [passage for passage in view.found.passages if intent.value in passage.intents]
    best = list(view.found.passages[:1]) if view.found.answerable else []
    return best + on_topic if best and not best[0].intents else on_topic or best


def _product(write: Writer, view: View) -> None:
    product = view.context.customer.products[0]
    source = write.cite("product", product.sku, product.title)
    write.say("product-price", source, product=product.title, price=money(product.price, write.language))


def _stock(write: Writer, view: View, item: Availability) -> None:
    product = next(product for product in view.context.customer.products if product.sku == item.sku)
    source = write.cite("stock", item.sku, product.title, view.turn.now.isoformat())
    if item.available:
        places = [write.phrases.render(WAREHOUSES[city], write.language) for city in item.warehouses if city in WAREHOUSES]
        write.say("stock-yes", source, product=product.title, warehouse=listing(places, write.language))
    elif item.restock:
        write.say("stock-restock", source, product=product.title, date=day(item.restock, write.language))
    else:
        write.say("stock-no", source, product=product.title)


def ask(write: Writer, view: View, decision: Decision) -> tuple[str, ...]:
    """What can be said already, then the one question. Returns keys of quick replies, if the question has answers of its own."""
    question = decision.question or Reason.UNSURE
    if question is Reason.NEEDS_CHOICE:
        return _choice(write, view, decision)
    if question is Reason.NEEDS_PROOF:
        _proof(write, view, decision)
        return ()
    for intent in (item.intent for item in view.triage.intents):
        passage = next((p for p in view.found.passages if intent.value in p.intents), None)
        if passage and question in {Reason.NEEDS_ORDER} and intent in FROM_KNOWLEDGE | {Intent.RETURN_REQUEST}:
            write.quote(passage)
            break
    write.paragraph()
    _question(write, view, question)
    return ()


def _choice(write: Writer, view: View, decision: Decision) -> tuple[str, ...]:
    """The ways out; once they were told, only what was unclear."""
    write.paragraph()
    if view.turn.code is CodeCheck.SPENT:
        write.say("code-expired")
    elif view.turn.pending and view.turn.pending.offers == decision.offers:
        write.say("choice-unclear")
    else:
        return offer(write, view.context.customer, decision.offers)
    return (*labels(decision.offers), HUMAN)


def _proof(write: Writer, view: View, decision: Decision) -> None:
    write.paragraph()
    if decision.proof:
        write.say("ask-code", email=masked(decision.proof))
    else:
        write.say("code-wrong")


def _question(write: Writer, view: View, question: Reason) -> None:
    proof = offered(view.turn, view.triage)
    if question is Reason.NEEDS_EMAIL and proof.numbers:
        write.say("ask-email", order=proof.numbers[0])
    elif question is Reason.NEEDS_ORDER and proof.email:
        write.say("ask-number")
    elif question is Reason.NEEDS_BETTER_PHOTO:
        write.say("ask-photo-again", why=spoilt(view) or "")
    elif question is Reason.NEEDS_DETAIL:
        _detail(write, view)
    else:
        write.say(QUESTIONS[question])


def _detail(write: Writer, view: View) -> None:
    if view.triage.wants(Intent.STOCK) and not view.context.customer.availability:
        write.say("ask-product")
    elif len(view.orders) > 1:
        write.say("ask-which", orders=listing([f"#{order.number}" for order in view.orders], write.language))
    elif view.triage.wants(Intent.CHANGE_ADDRESS) and view.orders:
        write.say("ask-address", order=view.orders[0].number)
    else:
        write.say("ask-detail")
