"""`demo`: the demo shop, its operator, photos to send, and the warehouse, the carrier and the technician to play."""

from api.lazy import lazily

demo = lazily(
    {
        "seed": "api.commands.prepare:seed",
        "operator": "api.commands.prepare:operator",
        "photo": "api.commands.photos:photo",
        "parcel": "api.commands.demo_events:parcels",
        "return": "api.commands.demo_events:returns",
        "claim": "api.commands.demo_events:claims",
        "repair": "api.commands.demo_events:repairs",
    },
    help="The demo shop and its operator.",
)
