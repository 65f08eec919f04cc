"""The shop's books in PostgreSQL, within one transaction."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.commerce.sql_orders import SqlOrders
from agent.commerce.sql_papers import SqlPapers
from agent.commerce.sql_stock import SqlStock


class SqlBooks(SqlOrders, SqlStock, SqlPapers):
    """Writes on the connection it is given; whoever opened the transaction ends it.

    Locks are taken in one order by everybody: the order's row, shelves by SKU and warehouse, then the numbers of new orders.
    """

    def __init__(self, connection: AsyncConnection, now: Callable[[], datetime]) -> None:
        self._connection, self._now = connection, now
