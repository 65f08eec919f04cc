"""`policy`: check a merchant's policy packs, and say why a remedy would be granted or not."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from agent.commerce.demo_shop import DemoShop
from agent.domain.authority import Proof, Role
from agent.domain.commerce import Address, Customer, Line, Order, OrderState, Payment, Piece, Shipment, Tier
from agent.domain.decision import Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.money import Money, exponent
from agent.errors import BadInput, NotFound
from agent.policy.explain import Explanation, explain
from agent.policy.judge import Item, Request
from agent.policy.pack import Pack, Packs, load, named, packs, shipped
from agent.policy.pack_faults import faults
from agent.store.engine import database_url, make_engine
from api.configured import settings

policy = typer.Typer(no_args_is_help=True, help="The shop's policy packs: check them, and ask why.")


@policy.command("check")
def check(folder: Annotated[Path | None, typer.Argument(help="Your packs (*.toml); without it those that ship.")] = None) -> None:
    """Read every pack, and name rules that never decide and limits that fall with the rank."""
    found = load(folder).by_name if folder else shipped()
    wrong = [fault for pack in found.values() for fault in faults(pack)]
    for pack in found.values():
        typer.echo(f"{pack.ref}  {len(pack.rule)} rules, {len(pack.right)} rights by law, for {', '.join(pack.countries) or 'everybody'}")
    for fault in wrong:
        typer.echo(fault)
    if wrong:
        raise typer.Exit(1)


@policy.command("explain")
def why(
    remedy: Annotated[RemedyKind, typer.Option(help="What is asked for.")],
    order: Annotated[str, typer.Option(help="Number of an order of the demo shop; without it one is made up from the options below.")] = "",
    pack: Annotated[str, typer.Option(help="Name of a pack; without it the one of the customer's country.")] = "",
    folder: Annotated[Path | None, typer.Option(help="Your packs.")] = None,
    intent: Annotated[Intent, typer.Option(help="Which wish it answers.")] = Intent.RETURN_REQUEST,
    role: Annotated[Role, typer.Option(help="Who would grant it.")] = Role.BOT,
    proof: Annotated[str, typer.Option(help="How well the customer is known: none, order_email or strong.")] = "strong",
    amount: Annotated[str, typer.Option(help="In the order's currency, as 12.50.")] = "",
    piece: Annotated[list[str] | None, typer.Option(help="SKU it is about; again for more.")] = None,
    detail: Annotated[list[str] | None, typer.Option(help="As name=value, such as reason=..., payment=..., percent=10.")] = None,
    state: Annotated[OrderState, typer.Option(help="State of the made-up order.")] = OrderState.DELIVERED,
    country: Annotated[str, typer.Option(help="Country of its customer.")] = "DE",
    days: Annotated[int, typer.Option(help="Days since it was delivered.")] = 5,
    total: Annotated[str, typer.Option(help="Its total in euro.")] = "79.90",
) -> None:
    """Whether it would be granted: the ruling, the rule, its sentence, its line, and every rule that was asked."""
    now = datetime.now(UTC)
    about, items = asyncio.run(_read(order)) if order else (_made_up(state, country.upper(), days, _money(total, "EUR"), now), {})
    asked = Remedy(
        kind=remedy,
        intent=intent,
        order=about.number,
        amount=_money(amount, about.total.currency) if amount else None,
        pieces=tuple(Piece(sku) for sku in piece or ()),
        detail=tuple(_pair(text) for text in detail or ()),
    )
    request = Request(remedy=asked, order=about, now=now, role=role, proof=_proof(proof), products=items)
    known = load(folder) if folder else None
    _show(explain(_chosen(known, pack, about.customer.country), request))


def _chosen(known: Packs | None, name: str, country: str) -> Pack:
    if known:
        return known.named(name) if name else known.of(country)
    return named(name) if name else packs(country)


async def _read(number: str) -> tuple[Order, dict[str, Item]]:
    engine = make_engine(database_url(settings()), pool=1)
    try:
        shop = DemoShop(engine)
        found = await shop.by_number(number)
        if found is None:
            raise NotFound(f"There is no order {number} in the demo shop. Set it up with: portside setup")
        skus = [line.sku for line in found.lines]
        stocked = {item.sku: item.available for item in await shop.availability(skus)}
        return found, {item.sku: Item(item, stocked.get(item.sku, False)) for item in await shop.products(skus)}
    finally:
        await engine.dispose()


def _made_up(state: OrderState, country: str, days: int, total: Money, now: datetime) -> Order:
    customer = Customer(id="-", email="customer@example.com", name="A customer", country=country, language="en", tier=Tier.DRIFT)
    placed = now - timedelta(days=days + 7)
    arrived = now - timedelta(days=days) if state in {OrderState.DELIVERED, OrderState.PART_RETURNED, OrderState.REFUNDED} else None
    sent = state not in {OrderState.UNPAID, OrderState.PAID, OrderState.PACKED, OrderState.CANCELLED}
    promised = (now + timedelta(days=3 - days)).date()
    parcel = Shipment(carrier="-", tracking="-", url="", warehouse="-", shipped_at=placed, promised=promised, delivered_at=arrived)
    return Order(
        number="0",
        customer=customer,
        state=state,
        placed_at=placed,
        total=total,
        lines=(Line(sku="SKU-1", title="An article", category="audio", quantity=1, price=total),),
        address=Address(name="A customer", street="-", city="-", postcode="-", country=country),
        shipments=(parcel,) if sent else (),
        payments=(Payment(id="payment-1", method="card", amount=total),),
        read_at=now,
    )


def _money(text: str, currency: str) -> Money:
    try:
        return Money(int(Decimal(text).scaleb(exponent(currency)).to_integral_exact()), currency)
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise BadInput(f"{text} is no amount. Write it as 12.50.") from error


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    if not value:
        raise BadInput(f"{text} says no detail. Write it as name=value.")
    return name, value


def _proof(text: str) -> Proof:
    try:
        return Proof[text.upper()]
    except KeyError as error:
        raise BadInput(f"{text} is no proof. Choose none, order_email or strong.") from error


def _show(found: Explanation) -> None:
    console, verdict = Console(), found.verdict
    console.print(f"{verdict.ruling} by rule {verdict.rule}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"  {verdict.says}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"  {verdict.place}", markup=False, highlight=False, soft_wrap=True)
    reason = f"  reason {verdict.reason};" if verdict.reason else " "
    console.print(
        f"{reason} lowest role {verdict.needs}; proof {verdict.proof.name.lower()}", markup=False, highlight=False, soft_wrap=True
    )
    table = Table("rule", "asked", "held", box=None)
    for step in found.steps:
        table.add_row(step.rule.partition("#")[2], "yes" if step.applies else "no", f"no: {step.meaning}" if step.fault else "yes")
    console.print(table)
