"""Customers are served alone by the agent, in their own language, with the source of what it says."""

import re

import httpx
import pytest

from agent.brains.local.language import detect

#: language, order, its customer's question
QUESTIONS = [
    ("en", "1042", "Where is my order #1042? anna@example.com"),
    ("de", "1042", "Wo bleibt meine Bestellung #1042? anna@example.com"),
    ("fr", "1042", "Où est ma commande #1042 ? anna@example.com"),
    ("es", "1046", "¿Dónde está mi pedido #1046? carmen@example.com"),
    ("it", "1047", "Dov'è il mio ordine #1047? giulia@example.com"),
    ("pt", "1042", "Onde está a minha encomenda #1042? anna@example.com"),
    ("zh", "1043", "我的订单 #1043 现在到哪里了？邮箱 li.wei@example.com"),
    ("ja", "1042", "注文 #1042 の荷物は今どこにありますか？ anna@example.com"),
    ("ru", "1042", "Где мой заказ #1042? anna@example.com"),
    ("ar", "1049", "أين طلبي #1049؟ fatima@example.com"),
]


@pytest.mark.parametrize(("language", "order", "question"), QUESTIONS, ids=[q[0] for q in QUESTIONS])
async def test_where_is_my_order_is_answered_in_the_customers_language(running, language, order, question):
    chat = await running.chat()
    reply = await chat.ask(question)
    (shipment,) = await running.rows("select tracking from demo_shop.shipment where order_number = %(order)s", order=order)
    assert reply["author"] == "bot"
    assert detect(reply["text"]) == (language, True)
    assert shipment["tracking"] in reply["text"]
    assert ("order", f"#{order}") in [(source["kind"], source["label"]) for source in reply["sources"]]
    assert await chat.state() == {"owner": "bot", "waiting": False}


async def test_the_one_missing_proof_is_asked_for_and_then_the_question_is_answered(running):
    chat = await running.chat()
    asked = await chat.ask("Where is my order #1042?")
    assert "e-mail" in asked["text"]
    assert "BL" not in asked["text"]
    answer = await chat.ask("anna@example.com")
    assert "Rotterdam" in answer["text"]
    assert "Tracking number" in answer["text"]


async def test_a_signed_in_customer_need_not_prove_anything(running):
    chat = await running.chat("anna@example.com")
    assert "#1042" in (await chat.ask("Where is my parcel?"))["text"]


async def test_an_unknown_order_and_a_wrong_e_mail_read_the_same(running):
    texts = []
    for claim in ("Where is my order #1042? someone@example.com", "Where is my order #1999? someone@example.com"):
        reply = await (await running.chat()).ask(claim)
        texts.append(reply["text"])
        assert reply["sources"] == []
    assert texts[0] == texts[1]


async def test_a_cancellation_happens_once_and_is_told_only_afterwards(running):
    chat = await running.chat()
    reply = await chat.ask("Please cancel my order #1054. oliver@example.com")
    assert "#1054 is cancelled" in reply["text"]
    (row,) = await running.rows("select * from effect")
    (order,) = await running.rows("select state from demo_shop.orders where number = '1054'")
    (message,) = await running.rows("select effects, held from message where author = 'bot'")
    assert (row["kind"], row["state"], row["authority"]) == ("cancel", "confirmed", "bot")
    assert order["state"] == "cancelled"
    assert message == {"effects": [row["key"]], "held": False}
    order_of_events = [entry["action"] for entry in await running.rows("select action from audit order by id")]
    assert order_of_events == ["turn.resolve", "procedure.confirmed", "effect.confirmed"]


async def test_an_address_is_changed_in_two_turns(running):
    chat = await running.chat("anna2@example.com")
    asked = await chat.ask("Ich bin umgezogen, bitte ändern Sie die Lieferadresse der Bestellung #1058.")
    assert "#1058" in asked["text"]
    assert "Straße" in asked["text"]
    done = await chat.ask("Anna Fischer, Lindenstraße 5, 20099 Hamburg, Deutschland")
    assert "Lindenstraße 5" in done["text"]
    (order,) = await running.rows("select address from demo_shop.orders where number = '1058'")
    assert (order["address"]["street"], order["address"]["postcode"], order["address"]["country"]) == ("Lindenstraße 5", "20099", "DE")


async def test_a_return_comes_with_a_label_that_can_be_downloaded(running):
    chat = await running.chat()
    reply = await chat.ask("I want to return my order #1045. john@example.com")
    (path,) = re.findall(r"/documents/[\w-]+", reply["text"])
    label = (await running.client.get(path)).raise_for_status()
    assert label.headers["content-type"] == "application/pdf"
    assert label.content.startswith(b"%PDF-")
    (slip,) = await running.rows('select number from demo_shop."return" where order_number = %(order)s', order="1045")
    assert slip["number"] in reply["text"]
    assert (await running.client.get("/documents/guessed")).status_code == httpx.codes.NOT_FOUND


async def test_a_late_parcel_earns_the_promised_code_once(running):
    first = await (await running.chat()).ask("Hola, ¿cuándo llega mi pedido #1046? carmen@example.com")
    (coupon,) = await running.rows("select code from demo_shop.coupon")
    assert coupon["code"] in first["text"]
    again = await (await running.chat()).ask("¿Dónde está mi pedido #1046? carmen@example.com")
    assert coupon["code"] in again["text"]
    assert len(await running.rows("select 1 from demo_shop.coupon")) == 1
