"""Let the wheel ask for exactly what requirements/base.in lists: one list, not two."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class DependenciesFromBase(MetadataHookInterface):
    """Read the runtime dependencies from requirements/base.in."""

    def update(self, metadata: dict) -> None:
        """Fill the project's dependencies in."""
        lines = (Path(self.root) / "requirements/base.in").read_text().splitlines()
        metadata["dependencies"] = [x for x in lines if x and not x.startswith("#")]
