"""A WooCommerce shop on 127.0.0.1 over real HTTP: its REST API in memory, its signed webhooks, and the ways in which such shops fail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

KEY, SECRET = "ck_test", "cs_test"
API = "/wp-json/wc/v3/"
Message = tuple[dict[str, str], bytes]  # headers, body


@dataclass
class Fake:
    """`fail` names what happens to the next request of a method: a status, "garbage", "half", "slow", "drop", "drop after" (done, but unsaid)."""

    faults: list[tuple[str, str]] = field(default_factory=list)
    seen: list[tuple[str, str, dict[str, str], Any]] = field(default_factory=list)
    always: str = ""
    url: str = ""

    def fail(self, *faults: str, method: str = "") -> None:
        self.faults += [(method, fault) for fault in faults]

    def fault(self, method: str) -> str:
        for index, (wanted, fault) in enumerate(self.faults):
            if wanted in ("", method):
                del self.faults[index]
                return fault
        return self.always

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        raise NotImplementedError


class Served(BaseHTTPRequestHandler):
    fake: Fake
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer waits 40 ms for the other side

    def log_message(self, *args: Any) -> None:
        pass

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def handle_any(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        split = urlsplit(self.path)
        query, fault = dict(parse_qsl(split.query)), self.fake.fault(self.command)
        self.fake.seen.append((self.command, split.path, query, body))
        if fault[:3].isdigit():
            return self.send(int(fault[:3]), b'{"code": "no"}')
        if fault != "drop":
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answer = self.fake.answer(self.command, split.path, query, body, headers)
            if fault != "drop after":
                return self.spoil(fault, status, json.dumps(answer).encode())
        self.close_connection = True
        return None

    def spoil(self, fault: str, status: int, content: bytes) -> None:
        if fault == "slow":
            time.sleep(0.6)
        self.send(status, b"Notice: undefined index" + content if fault == "garbage" else content, half=fault == "half")

    def send(self, status: int, content: bytes, *, half: bool = False) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if half else content)
        self.close_connection = self.close_connection or half

    do_GET = do_POST = do_PUT = handle_any


@contextmanager
def serving(fake: Fake) -> Iterator[Fake]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Served,), {"fake": fake}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Woo(Fake):
    orders: dict[int, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    notes: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    products: list[dict[str, Any]] = field(default_factory=list)
    customers: list[dict[str, Any]] = field(default_factory=list)
    coupons: list[dict[str, Any]] = field(default_factory=list)
    gateways: dict[str, list[str]] = field(default_factory=lambda: {"stripe": ["products", "refunds"], "cod": ["products"]})
    paid_out: list[str] = field(default_factory=list)  # what the gateway gave back
    unmarked: bool = False  # the shop dies between paying and writing our mark

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        basic = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if headers.get("authorization") != f"Basic {basic}":
            return 401, {"code": "woocommerce_rest_cannot_view"}
        match (method, path.removeprefix(API).split("/")):
            case ("GET", ["orders"]):
                return 200, self._search(query["search"])
            case (_, ["orders", ident, *rest]):
                return self._order(method, int(ident), rest, body)
            case parts:
                return self._other(*parts, query, body)

    def _other(self, method: str, parts: list[str], query: dict[str, str], body: Any) -> tuple[int, Any]:
        match (method, parts):
            case ("GET", ["products"]):
                return 200, self._products(query)
            case ("GET", ["customers"]):
                return 200, [each for each in self.customers if each["email"] == query["email"]]
            case ("GET", ["coupons"]):
                return 200, [each for each in self.coupons if each["code"] == query["code"].lower()]
            case ("POST", ["coupons"]):
                return self._coupon(body)
            case ("GET", ["payment_gateways", name]) if name in self.gateways:
                return 200, {"id": name, "method_supports": self.gateways[name]}
            case _:
                return 404, {"code": "rest_no_route"}

    def _search(self, wanted: str) -> list[dict[str, Any]]:
        """Like the shop's, it also finds what only resembles it."""
        found = [each for each in self.orders.values() if wanted in each["number"] or wanted in each["billing"]["email"].lower()]
        return sorted(found, key=lambda each: each["date_created_gmt"], reverse=True)

    def _order(self, method: str, ident: int, rest: list[str], body: Any) -> tuple[int, Any]:
        order = self.orders.get(ident)
        if order is None:
            return 404, {"code": "woocommerce_rest_shop_order_invalid_id"}
        match (method, rest):
            case ("GET", []):
                return 200, order
            case ("PUT", []):
                order.update({name: value for name, value in body.items() if name != "meta_data"})
                write_meta(order, body.get("meta_data", []))
                return 200, order
            case ("GET", ["refunds"]):
                return 200, self.refunds.get(ident, [])
            case ("POST", ["refunds"]):
                return self._refund(order, body)
            case ("GET", ["notes"]):
                return 200, self.notes.get(ident, [])
            case ("POST", ["notes"]):
                self.notes.setdefault(ident, []).append({"id": len(self.notes) + 1, **body})
                return 201, self.notes[ident][-1]
            case _:
                return 404, {"code": "rest_no_route"}

    def _refund(self, order: dict[str, Any], body: Any) -> tuple[int, Any]:
        """As the shop does it, refusals come with status 500."""
        mine = self.refunds.setdefault(order["id"], [])
        left = float(order["total"]) - sum(float(each["amount"]) for each in mine)
        if float(body["amount"]) > left + 1e-9 or float(body["amount"]) <= 0:
            return 500, {"code": "woocommerce_rest_cannot_create_order_refund"}
        if body["api_refund"]:
            self.paid_out.append(body["amount"])
        made: dict[str, Any] = {
            "id": 9000 + len(self.paid_out),
            "amount": body["amount"],
            "reason": body["reason"],
            "date_created_gmt": "2026-11-20T10:00:00",
            "refunded_payment": body["api_refund"],
            "line_items": [returned(each["id"], each["quantity"]) for each in body.get("line_items", [])],
            "meta_data": [],
        }
        if not self.unmarked:
            write_meta(made, body["meta_data"])
        mine.append(made)
        order["refunds"].append({"id": made["id"], "reason": made["reason"], "total": f"-{body['amount']}"})
        if float(body["amount"]) == left:
            order["status"] = "refunded"
        return 201, made

    def _products(self, query: dict[str, str]) -> list[dict[str, Any]]:
        if "sku" in query:
            return [each for each in self.products if each["sku"] in query["sku"].split(",")]
        if "include" in query:
            return [each for each in self.products if str(each["id"]) in query["include"].split(",")]
        start = (int(query["page"]) - 1) * int(query["per_page"])
        return [each for each in self.products if each.get("type") != "variation"][start : start + int(query["per_page"])]

    def _coupon(self, body: Any) -> tuple[int, Any]:
        code = body["code"].lower()
        if any(each["code"] == code for each in self.coupons):
            return 400, {"code": "woocommerce_rest_coupon_code_already_exists"}
        self.coupons.append({**body, "code": code, "id": len(self.coupons) + 1})
        return 201, self.coupons[-1]


def write_meta(body: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    """The shop overwrites an entry of the same name."""
    for entry in entries:
        body["meta_data"] = [each for each in body["meta_data"] if each["key"] != entry["key"]] + [{"id": 1, **entry}]


def returned(item: int, quantity: int) -> dict[str, Any]:
    return {"id": 1, "quantity": -quantity, "meta_data": [{"id": 1, "key": "_refunded_item_id", "value": str(item)}]}


def order(ident: int = 1042, **changed: Any) -> dict[str, Any]:
    person = {"first_name": "Ada", "last_name": "Moss", "country": "DE", "city": "Berlin", "postcode": "10115", "address_1": "Lindenstr. 1"}
    return {
        "id": ident,
        "number": str(ident),
        "status": "processing",
        "currency": "EUR",
        "date_created": "2026-11-02T11:00:00",
        "date_created_gmt": "2026-11-02T10:00:00",
        "date_modified_gmt": "2026-11-20T09:00:00",
        "date_paid_gmt": "2026-11-02T10:01:00",
        "total": "89.70",
        "customer_id": 7,
        "billing": {**person, "email": "Ada@Example.com", "phone": "+49 30 1234"},
        "shipping": {**person, "state": "BE"},
        "payment_method": "stripe",
        "transaction_id": "ch_1",
        "meta_data": [],
        "refunds": [],
        "line_items": [item(11, "MUG-1", 2, "50.42", "9.58"), item(12, "TEE-M", 1, "24.96", "4.74", variation_id=502)],
    } | changed


def item(ident: int, sku: str, quantity: int, total: str, tax: str, **changed: Any) -> dict[str, Any]:
    return {
        "id": ident,
        "sku": sku,
        "name": f"{sku} thing",
        "parent_name": None,
        "product_id": 500 + ident - 10,
        "variation_id": 0,
        "quantity": quantity,
        "total": total,
        "total_tax": tax,
        "taxes": [{"id": 3, "total": tax, "subtotal": tax}],
        "meta_data": [{"id": 1, "key": "pa_size", "value": "m", "display_key": "Size", "display_value": "M"}, {"key": "_x", "value": []}],
    } | changed


def product(ident: int, sku: str, **changed: Any) -> dict[str, Any]:
    return {
        "id": ident,
        "sku": sku,
        "name": "Harbor mug",
        "type": "simple",
        "price": "30.00",
        "short_description": "<p>Holds 300&nbsp;ml</p>",
        "categories": [{"id": 1, "name": "Kitchen", "slug": "kitchen"}],
        "attributes": [{"name": "Size", "options": ["S", "M"]}],
        "manage_stock": True,
        "stock_quantity": 5,
        "stock_status": "instock",
        "weight": "0.35",
        "shipping_class": "",
    } | changed


def tracking(number: str, shipped: int = 1_793_836_800, **changed: Any) -> dict[str, Any]:
    """`meta_data` of the shipment tracking plugins."""
    parcel = {"tracking_provider": "dhl", "custom_tracking_provider": "", "tracking_number": number, "date_shipped": str(shipped)}
    return {"id": 5, "key": "_wc_shipment_tracking_items", "value": [parcel | changed]}


def message(topic: str, body: Any, *, secret: str = "hush", delivery: str = "d1") -> Message:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"X-WC-Webhook-Topic": topic, "X-WC-Webhook-Delivery-ID": delivery, "X-WC-Webhook-Signature": sign(secret, content)}
    return headers, content


def sign(secret: str, body: bytes) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def sent(messages: list[Message], *, times: int = 3, seed: int = 1) -> list[Message]:
    """Each message several times, in any order."""
    every = messages * times
    random.Random(seed).shuffle(every)
    return every
