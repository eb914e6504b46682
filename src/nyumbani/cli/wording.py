"""How groups of commands look, and options that several have."""

from typing import Annotated

import typer

JSON = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


def group(words: str) -> typer.Typer:
    """A group of commands: plain help, no traces, no shell completion to install."""
    return typer.Typer(
        help=words,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
