"""The command line: serve, worker, ask, triage, search, sync, models, demo, operators, knowledge, photos, doctor, and what other packages add."""

from importlib.metadata import entry_points

import typer

from api.commands import ask, batch, demo_events, doctor, knowledge, ledger, operators, photos, policy, prepare, serve

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Portside, the agent for the customers of cross-border shops.",
)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.command("ask")(ask.ask)
app.command("triage")(batch.triage)
app.command("search")(batch.search)
app.command("sync")(prepare.sync)
app.command("setup")(prepare.setup)
app.command("doctor")(doctor.doctor)
app.add_typer(prepare.models, name="models")
demo_events.add_to(prepare.demo)
photos.add_to(prepare.demo)
app.add_typer(prepare.demo, name="demo")
app.add_typer(operators.operators, name="operators")
app.add_typer(knowledge.knowledge, name="knowledge")
app.add_typer(ledger.ledger, name="ledger")
app.add_typer(policy.policy, name="policy")
app.add_typer(photos.photos, name="photos")

#: Entry points of this group join the command line: the layers above the agent must not import each other.
COMMANDS = "portside.commands"


def extend(to: typer.Typer) -> None:
    """Commands of other packages; each is a Typer or a function."""
    for found in sorted(entry_points(group=COMMANDS), key=lambda entry: entry.name):
        command = found.load()
        if isinstance(command, typer.Typer):
            to.add_typer(command, name=found.name)
        else:
            to.command(found.name)(command)


extend(app)


def main() -> None:
    """Errors of ours are one line with their cure, never a stack trace."""
    from rich.console import Console

    from agent.errors import PortsideError
    from knowledge.encoder.errors import EncoderError
    from knowledge.errors import KnowledgeError

    try:
        app()
    except (PortsideError, KnowledgeError, EncoderError) as error:
        Console(stderr=True).print(f"[red]Error:[/red] {error}", highlight=False)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
