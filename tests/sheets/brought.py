"""Lists brought into a house, for the tests of this room: invented people."""

import itertools

from nyumbani.sheets import reader
from nyumbani.sheets.actions import adding, bringing
from nyumbani.sheets.models import BroughtSheet
from tests.people_here import actor

LIST = (
    "Name,Phone,Passport No,City,Notes\n"
    "Nafula Wekesa,+218912345678,A 123 456,Tripoli,works in a house\n"
    "Grace Wanjirũ,0700123456,,Tripoli,=calls at night\n"
).encode()
_files = itertools.count()


def bring(folder, case, by, content=LIST, name="callers.csv") -> BroughtSheet:
    """Bring these bytes into a case; nobody is added yet."""
    path = folder / f"upload-{next(_files)}"
    path.write_bytes(content)
    return bringing.bring_in(source=path, name=name, case=case, by=actor(by)).sheet


def add(sheet, by, **decided) -> BroughtSheet:
    """Have its people added; `decided` by the number of a line: line_2="new"."""
    lines = {line.record.number: line.digest for line in reader.look(sheet).lines}
    chosen = {lines[int(name.removeprefix("line_"))]: choice for name, choice in decided.items()}
    adding.ask(sheet=sheet, decided=chosen, by=actor(by), here=True)
    reader.add(sheet.pk, progress=lambda _done, _of: None)
    return BroughtSheet.objects.get(pk=sheet.pk)
