"""The command line: serve, worker, ask, triage, search, sync, models, demo, operators, knowledge, photos, doctor, and what other packages add."""

from importlib.metadata import entry_points

from api.lazy import lazily

#: Entry points of this group join the command line: the layers above the agent must not import each other.
OTHERS = "portside.commands"
OURS = {
    "serve": "api.commands.serve:serve",
    "worker": "api.commands.serve:worker",
    "ask": "api.commands.ask:ask",
    "triage": "api.commands.batch:triage",
    "search": "api.commands.batch:search",
    "sync": "api.commands.prepare:sync",
    "setup": "api.commands.prepare:setup",
    "doctor": "api.commands.doctor:doctor",
    "models": "api.commands.prepare:models",
    "demo": "api.commands.demo:demo",
    "operators": "api.commands.operators:operators",
    "knowledge": "api.commands.knowledge:knowledge",
    "ledger": "api.commands.ledger:ledger",
    "policy": "api.commands.policy:policy",
    "photos": "api.commands.photos:photos",
}
others = {found.name: found.value for found in sorted(entry_points(group=OTHERS), key=lambda entry: entry.name)}
app = lazily(OURS | others, help="Portside, the agent for the customers of cross-border shops.")


def main() -> None:
    """Errors of ours are one line with their cure, never a stack trace."""
    try:
        app()
    except Exception as error:
        told = _ours(error)
        if told is None:
            raise
        from rich.console import Console

        Console(stderr=True).print(f"[red]Error:[/red] {told}", highlight=False)
        raise SystemExit(2) from None


def _ours(error: Exception) -> Exception | None:
    # Here, not above: `--help` needs neither.
    from agent.store.engine import unusable
    from api.faults import OURS

    return error if isinstance(error, OURS) else unusable(error)


if __name__ == "__main__":
    main()
