"""What tests do to the house that the house never does itself."""

from nyumbani.jobs import registry
from nyumbani.kit import clock
from nyumbani.vault import files


def real_time_again():
    """Undo `clock.follow`."""
    clock._source.clear()


def forget_kind(kind):
    """Undo `registry.handler`, for kinds that a test made up."""
    registry._handlers.pop(kind, None)


def seal_bytes(content, scope):
    with files.private_folder() as folder:
        source = folder / "plain"
        source.write_bytes(content)
        return files.seal_file(source, scope)
