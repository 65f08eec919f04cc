"""The offline evaluation: `python -m eval run | calibrate | cascade | gates | languages | mutations | photos | prompts | reference | retrieve | simulate | tau`."""

import typer

from agent.errors import PortsideError
from eval.commands import calibrate, cascade, gates, languages, mutations, photos, prompts, reference, retrieve, run, simulate, tau
from eval.commands.terminal import console
from knowledge.encoder.errors import EncoderError
from prompts import PromptError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Does it do right, measured offline.")
for command in (
    run.run,
    calibrate.calibrate,
    cascade.cascade,
    gates.gates,
    languages.languages,
    mutations.mutations,
    photos.photos,
    prompts.prompts,
    reference.reference,
    retrieve.retrieve,
    simulate.simulate,
    tau.tau,
):
    app.command(command.__name__)(command)


def main() -> None:
    """Errors of ours are one line with their cure, never a stack trace."""
    try:
        app()
    except (PortsideError, EncoderError, PromptError, ValueError) as error:
        console.print(f"[red]Error:[/red] {error}", highlight=False)
        raise SystemExit(2) from error
    except KeyboardInterrupt:
        console.print("Interrupted. Run the same command again: what is done is kept.")
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
