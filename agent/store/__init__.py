"""PostgreSQL: engine, tables, migrations. The tables are the truth."""
