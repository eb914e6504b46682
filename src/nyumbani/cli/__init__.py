"""The `nyumbani` command: it wires; what is done stands in each room's commands."""

import sys


def main() -> None:
    """Run the command line; never returns."""
    # Imported here, so that `import nyumbani.cli` costs nothing.
    from nyumbani.cli.app import run

    sys.exit(run(sys.argv[1:]))
