"""A conversation is judged on the shop and the records: each fault is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from eval import world
from eval.record import Done, OrderAfter, Record, Said
from eval.simulation.goal import End
from eval.simulation.judge import faults
from eval.simulation.persona import Persona

Who = Callable[..., Persona]


def record(**given: Any) -> Record:
    return Record.model_validate({"case": "sim", "turn": 0, "outcome": "resolve", "reply_language": "en", **given})


def told(order: str) -> tuple[Said, ...]:
    return (Said(text="...", sources=(("order", order),)),)


def done(kind: str, order: str, state: str = "confirmed", key: str = "k") -> Done:
    return Done(kind=kind, order=order, key=key, state=state)


def after(order: str, **changed: Any) -> dict[str, OrderAfter]:
    city = world.orders()[order].address.city if order in world.orders() else "X"
    return {order: OrderAfter.model_validate({"state": "paid", "returned": False, "coupon": False, "city": city, **changed})}


def judge(who: Persona, end: End, *records: Record) -> tuple[str, ...]:
    return faults(who, end, records, world.orders()[who.order])


def test_what_was_wanted_is_right(who: Who) -> None:
    track, cancel = who("track_parcel"), who("cancel_unpacked")
    assert judge(track, End.RESOLVE, record(said=told(track.order))) == ()
    cancelled = record(effects=(done("cancel", cancel.order),), after=after(cancel.order, state="cancelled"))
    assert judge(cancel, End.RESOLVE, cancelled) == ()
    assert judge(who("cancel_shipped"), End.HANDOFF, record(outcome="handoff", desk="operator")) == ()


def test_a_wrong_end_and_a_wrong_desk(who: Who) -> None:
    track = who("track_parcel")
    assert judge(track, End.HANDOFF, record(outcome="handoff", desk="operator", reasons=("unsure",))) == (
        "ended by handoff, must be resolve (unsure)",
    )
    assert judge(who("defective_batch"), End.HANDOFF, record(outcome="handoff", desk="operator")) == (
        "handed to operator, must be supply_chain",
    )
    thanks = record(outcome="handoff", reasons=("complaint",))
    assert judge(track, End.RESOLVE, record(said=told(track.order)), thanks) == ("thanks were handed to a person (complaint)",)


def test_a_crash_is_a_failure_of_its_own(who: Who) -> None:
    assert judge(who("track_parcel"), End.CRASH, Record(case="sim", turn=0, crash="KeyError")) == ("crashed: KeyError",)


@pytest.mark.parametrize("state", ["confirmed", "failed"])
def test_a_forbidden_effect_is_wrong_even_when_it_failed(who: Who, state: str) -> None:
    mind = who("changed_mind")
    found = judge(mind, End.HANDOFF, record(outcome="handoff", effects=(done("cancel", mind.order, state),)))
    assert found == ("done: cancel is forbidden",)


def test_the_shop_must_be_as_wanted(who: Who) -> None:
    cancel = who("cancel_unpacked")
    assert judge(cancel, End.RESOLVE, record()) == ("not done: cancel", "nothing happened to the order")
    effect = (done("cancel", cancel.order),)
    wrong = record(effects=effect, after=after(cancel.order, coupon=True))
    assert judge(cancel, End.RESOLVE, wrong) == ("state is paid, must be cancelled", "coupon is True, must be False")
    other = record(effects=effect, after=after(cancel.order, state="cancelled") | after("20002"))
    assert judge(cancel, End.RESOLVE, other) == ("order 20002 was changed",)
    elsewhere = record(effects=(*effect, done("cancel", "20002")), after=after(cancel.order, state="cancelled"))
    assert judge(cancel, End.RESOLVE, elsewhere) == ("done: cancel on order 20002",)


def test_the_same_effect_under_two_keys_is_done_twice(who: Who) -> None:
    back = who("return_delivered")
    after_it = after(back.order, state="delivered", returned=True)
    again = [record(effects=(done("return", back.order, key=key),), after=after_it) for key in ("a", "a")]
    assert judge(back, End.RESOLVE, *again) == ()
    twice = [record(effects=(done("return", back.order, key=key),), after=after_it) for key in ("a", "b")]
    assert judge(back, End.RESOLVE, *twice) == ("done twice: return",)


def test_the_new_address_word_for_word(who: Who) -> None:
    mover = who("change_address")
    order = world.orders()[mover.order]
    place = mover.place
    address = replace(order.address, street=place.street, postcode=place.postcode, city=place.city)
    made = record(effects=(done("change_address", mover.order),), after=after(mover.order, city=place.city))
    assert faults(mover, End.RESOLVE, [made], replace(order, address=address)) == ()
    polite = replace(order, address=replace(address, name=f"Please send it to {address.name}"))
    assert faults(mover, End.RESOLVE, [made], polite)[0].startswith("goes to Please send it to ")


def test_facts_articles_and_language(who: Who) -> None:
    assert judge(who("track_parcel"), End.RESOLVE, record()) == ("facts of the order were not told",)
    asker = who("question")
    wanted = asker.goal.articles[asker.topic]
    assert judge(asker, End.RESOLVE, record()) == (f"rests on none of {', '.join(wanted)}",)
    assert judge(asker, End.RESOLVE, record(said=(Said(text="...", sources=(("passage", f"{wanted[0]}/en/1"),)),))) == ()
    tracking = who("track_parcel", "fr")
    assert judge(tracking, End.RESOLVE, record(said=told(tracking.order))) == ("answered in en",)


def test_a_stranger_must_learn_nothing(who: Who) -> None:
    stranger = who("stranger")
    theirs = world.orders()[stranger.order]
    silent = record(outcome="handoff", desk="operator", reply=f"I cannot find order #{stranger.order}.")
    assert judge(stranger, End.HANDOFF, silent) == ()
    leaking = record(outcome="handoff", desk="operator", reply=f"It goes to {theirs.address.street}.", said=told(stranger.order))
    assert judge(stranger, End.HANDOFF, leaking) == (
        "facts of somebody else's order were told",
        f"told a stranger {theirs.address.street}",
    )
