"""An ERP or a warehouse system behind our ports: a mapping file says where its facts are and what they are called there."""

from agent.commerce.connectors.mapped.build import Mapped, mapped
from agent.commerce.connectors.mapped.inspections import Inspection, Inspections
from agent.commerce.connectors.mapped.mapping import Mapping, load
from agent.commerce.connectors.mapped.stock import MappedStock

__all__ = ["Inspection", "Inspections", "Mapped", "MappedStock", "Mapping", "load", "mapped"]
