"""What a customer's further message leaves of the open case."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from agent.desk.refresh import refreshed
from agent.desk.renaming import GRAVE

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OFFER = {"key": "offer-refund"}


def packet(*intents: str, offers: tuple[dict[str, Any], ...] = (), told: bool = False) -> dict[str, Any]:
    return {"original": "words", "intents": list(intents), "photos": [], "chosen": None, "offers": list(offers), "told": told}


def columns(made: dict[str, Any]) -> dict[str, Any]:
    row = {"packet": made, "desk": "operator", "urgency": "normal", "reasons": [*made.get("reasons", ()), "needs_judgement"], "due_at": NOW}
    return row | {"draft": "", "subjects": []}


def after(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    old = SimpleNamespace(**columns(before))
    return refreshed(old, columns(now) | {"due_at": NOW + timedelta(hours=1)})["packet"]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("wish", ["order_status", "greeting"])
def test_what_was_offered_stays_on_the_case_when_the_customer_only_asks_again(wish: str) -> None:
    left = after(packet("parcel_lost", offers=(OFFER,), told=True), packet(wish))
    assert (left["offers"], left["told"]) == ([OFFER], True)


CRACKED = "Anna writes in en: damaged; neutral, urgency normal.\n#1042 delivered. Handed over: needs judgement."
LATE = "Anna writes in en: delivery late; negative, urgency normal.\n#1042 delivered. Handed over: operator owns."
CRACK = {"photo": "p1", "defect": "crack", "severity": "major", "sku": "EAR-130"}


def named(summary: str, *intents: str, **more: Any) -> dict[str, Any]:
    reasons = [GRAVE[wish] for wish in intents if wish in GRAVE]
    return (
        packet(*intents) | {"summary": summary, "draft": {"text": summary}, "facts": [{"label": "Order #1042"}], "reasons": reasons} | more
    )


def test_a_case_keeps_the_name_draft_and_suggestions_of_its_first_matter_when_the_customer_presses() -> None:
    before = named(CRACKED, "damaged", suggested=["exchange"])
    left = after(before, named(LATE, "delivery_late", suggested=["order_facts"]))
    assert left["summary"] == f"{CRACKED}\nSince then: delivery late."
    assert (left["intents"], left["draft"], left["suggested"]) == (["damaged", "delivery_late"], before["draft"], ["exchange"])
    again = after(left, named(LATE, "delivery_late", "refund_status"))
    assert again["summary"] == f"{CRACKED}\nSince then: delivery late; refund status."


@pytest.mark.parametrize(
    "newer",
    [
        named(LATE, "delivery_late", offers=[OFFER]),
        named(LATE, "delivery_late", chosen=OFFER),
        named(LATE, "delivery_late", facts=[{"label": "Order #1042"}, {"label": "Order #1050"}]),
        named(LATE, "invoice"),
    ],
)
def test_a_new_matter_brings_its_draft_and_still_not_its_name(newer: dict[str, Any]) -> None:
    left = after(named(CRACKED, "damaged"), newer)
    assert left["draft"] == newer["draft"]
    assert left["summary"].startswith(f"{CRACKED}\nSince then: ")


@pytest.mark.parametrize("reason", ["safety", "legal", "press", "privacy"])
def test_a_grave_word_in_a_message_that_only_presses_is_not_covered_by_the_older_draft(reason: str) -> None:
    left = after(named(CRACKED, "damaged"), named("It burned me, where is it?", "order_status", reasons=[reason]))
    assert left["draft"] == {"text": "It burned me, where is it?"}
    assert left["summary"].startswith("It burned me, where is it?\nBefore: Anna")


@pytest.mark.parametrize("label", ["Order #1042", "Shipment #1042"])
def test_a_draft_whose_order_or_parcel_has_changed_since_is_written_anew(label: str) -> None:
    told, now = ([{"label": label, "value": value}] for value in ("in_transit", "delivered"))
    assert after(named(CRACKED, "damaged", facts=told), named(LATE, "delivery_late", facts=now))["draft"] == {"text": LATE}
    assert after(named(CRACKED, "damaged", facts=told), named(LATE, "delivery_late", facts=told))["draft"] == {"text": CRACKED}


def test_who_asks_for_a_person_once_more_leaves_the_draft_as_it_is() -> None:
    assert after(named(CRACKED, "damaged"), named("A person!", "human"))["draft"] == {"text": CRACKED}


def test_what_others_have_noted_in_a_case_outlives_the_facts_of_a_newer_message() -> None:
    failed = {"label": "refund #1042", "value": "nobody knows", "source": "ledger"}
    asked = {"label": "Return R-1 of order #1042", "value": "decide", "source": "procedure"}
    refused = {"label": "Approval", "value": "not so much", "source": "lead"}
    read, fresh = ({"label": "Order #1042", "value": value, "source": "demo"} for value in ("paid", "delivered"))
    left = after(named(CRACKED, "damaged", facts=[failed, asked, read, refused]), named(LATE, "invoice", facts=[fresh]))
    assert left["facts"] == [failed, asked, refused, fresh]
    assert after(left, named(LATE, "coupon", facts=[fresh]))["facts"] == left["facts"]


def test_danger_to_people_names_even_a_case_that_is_grave_already() -> None:
    left = after(named("Anna wants her data.", "privacy"), named("Anna writes: it burns.", "safety"))
    assert left["summary"] == "Anna writes: it burns.\nBefore: Anna wants her data."
    assert after(left, named("Her data.", "privacy"))["summary"].startswith("Anna writes: it burns.")


def test_the_first_question_after_another_question_about_the_parcel_brings_its_draft() -> None:
    assert after(named(CRACKED, "human", "order_status"), named(LATE, "delivery_late"))["draft"] == {"text": LATE}


@pytest.mark.parametrize("wish", ["safety", "legal_threat", "press", "privacy"])
def test_a_graver_matter_names_the_case_anew_and_the_first_stays_readable(wish: str) -> None:
    left = after(named(CRACKED, "damaged"), named("Anna writes: it burns.", wish))
    assert left["intents"] == [wish, "damaged"]
    assert left["summary"] == f"Anna writes: it burns.\nBefore: {CRACKED.partition(chr(10))[0]}"
    later = after(left, named("Another word.", wish, "legal_threat"))
    assert later["summary"].startswith("Anna writes: it burns.\nBefore: ")


def test_every_earlier_name_stays_readable_with_what_had_come_since() -> None:
    late = after(named(CRACKED, "damaged"), named(LATE, "invoice"))
    pressed = after(late, named("Anna writes to the press.", "press"))
    burning = after(pressed, named("Anna writes: it burns.", "safety"))
    first = CRACKED.partition("\n")[0]
    assert burning["summary"].split("\n") == [
        "Anna writes: it burns.",
        "Before: Anna writes to the press.",
        f"Before: {first} Since then: invoice.",
    ]
    assert after(burning, named(LATE, "coupon"))["summary"].split("\n")[-1] == "Since then: coupon."


@pytest.mark.parametrize("wish", GRAVE)
def test_a_grave_wish_that_was_too_faint_to_be_a_reason_is_not_told(wish: str) -> None:
    left = after(named(CRACKED, "damaged"), named("One more photo.", wish, reasons=[]))
    assert (left["intents"], left["summary"], left["draft"]) == (["damaged"], CRACKED, {"text": CRACKED})


@pytest.mark.parametrize("first", [(), ("human",), ("greeting", "out_of_scope")])
def test_a_case_without_a_matter_takes_the_name_of_the_first_one(first: tuple[str, ...]) -> None:
    left = after(named("Anna writes in en: human.", *first), named(CRACKED, "damaged"))
    assert left["summary"] == f"{CRACKED}\nBefore: Anna writes in en: human."
    assert left["intents"] == ["damaged", *first]
    assert after(left, named("A person!", "human"))["summary"].startswith(CRACKED)


def test_photos_that_came_since_are_told_with_what_they_show() -> None:
    newer = named(LATE, "out_of_scope", photos=["p0", "p1", "p2", "p3"], diagnoses=[CRACK, {"photo": "p2", "defect": None}])
    left = after(named(CRACKED, "damaged", photos=["p0"]), newer)
    since = "a photo of EAR-130: crack, major; a photo: cannot tell; a photo that nobody has looked at"
    assert left["summary"] == f"{CRACKED}\nSince then: {since}."
    assert (left["photos"], left["diagnoses"]) == (["p0", "p1", "p2", "p3"], newer["diagnoses"])
    assert after(left, newer)["summary"] == left["summary"]


def test_a_line_of_many_things_is_cut_to_the_latest() -> None:
    left = named(CRACKED, "damaged")
    for wish in ("refund_status", "invoice", "coupon", "stock", "payment", "account", "warranty"):
        left = after(left, named(LATE, wish))
    assert left["summary"].partition("Since then: ")[2] == "invoice; coupon; stock; payment; account; warranty."


def test_what_the_case_is_about_adds_up() -> None:
    old = SimpleNamespace(**columns(packet("damaged")) | {"subjects": ["EAR-130"]})
    made = refreshed(old, columns(packet("greeting")) | {"subjects": ["LMP-200", "EAR-130"]})  # pyright: ignore[reportArgumentType]
    assert made["subjects"] == made["packet"]["subjects"] == ["EAR-130", "LMP-200"]


def test_newer_offers_replace_the_older() -> None:
    newer = {"key": "offer-exchange"}
    left = after(packet("parcel_lost", offers=(OFFER,), told=True), packet("damaged", offers=(newer,)))
    assert (left["offers"], left["told"]) == ([newer], False)


def test_what_was_seen_in_earlier_photos_stays_when_the_customer_writes_on() -> None:
    crack, blurred, stain = ({"photo": name, "defect": seen} for name, seen in (("p1", "crack"), ("p2", None), ("p2", "stain")))
    left = after(packet("damaged") | {"diagnoses": [crack, blurred]}, packet("order_status") | {"diagnoses": [stain]})
    assert left["diagnoses"] == [crack, stain]
