"""Send an order that is not packed yet to another address in the same country. Payload: `address`; what is left out stays as it was."""

from dataclasses import asdict

from agent.commerce.connectors.shopify import mutations
from agent.commerce.connectors.shopify.case import Case, Plain
from agent.commerce.connectors.shopify.fields import Node, node
from agent.commerce.remedies.books import done, refused
from agent.commerce.remedies.cancel import OPEN
from agent.commerce.remedies.change_address import merged
from agent.domain.commerce import Address
from agent.domain.effect import EffectResult


class ChangeAddress(Plain):
    async def prepare(self, case: Case) -> Node | EffectResult:
        if case.order.state not in OPEN:
            return refused("already_packed", state=case.order.state.value)
        address = merged(case.order.address, case.effect.payload.get("address"))
        if address is None:
            return refused("bad_address")
        if address.country != case.order.address.country:
            return refused("other_country", country=address.country)
        return {"address": asdict(address)}

    async def act(self, case: Case, plan: Node) -> EffectResult:
        """Data: `order`, `address`."""
        address = Address(**plan["address"])
        await case.admin.mutate(mutations.ADDRESS, input={"id": case.id, "shippingAddress": _mailing(address)})
        return done(order=case.order.number, address=plan["address"])

    async def found(self, case: Case) -> EffectResult | None:
        wanted = node(case.claim, "plan", "address")
        return done(order=case.order.number, address=wanted) if wanted and wanted == asdict(case.order.address) else None


def _mailing(address: Address) -> Node:
    first, _, last = address.name.rpartition(" ")
    return {
        "firstName": first,
        "lastName": last,
        "address1": address.street,
        "address2": "",
        "city": address.city,
        "zip": address.postcode,
        "countryCode": address.country,
        "phone": address.phone,
        **({"provinceCode": address.region} if address.region else {}),
    }
