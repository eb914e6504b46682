"""PDF as strangers send it, written byte by byte: whole ones, odd ones and hostile ones."""

import hashlib
import zlib

A4 = b"[0 0 595 842]"
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_ID = bytes(range(16))


def pdf(*objects, trailer=b""):
    """A file of these objects, numbered from 1; the first is its root."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    foot = b"trailer<</Root 1 0 R/Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(out))
    return out + head + table + foot


def stream(content, more=b""):
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (more, len(content), content)


def words(text):
    return b"BT /F 14 Tf 60 760 Td (%b) Tj ET" % text


def paper(pages=1, content=None, box=A4, root=b"", objects=(), trailer=b"", resources=b""):
    """Pages that say their number; `content` and `resources` instead, for all of them.

    Objects of the caller's own are numbered from 5 on.
    """
    first = 5 + len(objects)
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(pages))
    sheets = []
    for at in range(pages):
        sheets += [
            b"<</Type/Page/Parent 2 0 R/MediaBox %b/Contents %d 0 R/Resources 4 0 R>>"
            % (box, first + 2 * at + 1),
            stream(words(b"Page %d of the contract" % (at + 1)) if content is None else content),
        ]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%b>>" % root,
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F 3 0 R>>%b>>" % resources,
        *objects, *sheets, trailer=trailer,
    )  # fmt: skip


SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def with_script(name=b"/JavaScript"):
    """One that runs a script when it is opened."""
    return paper(root=b"/OpenAction<</S%b/JS(app.alert\\(1\\))>>" % name)


def with_hidden_script():
    """The same, in a packed stream of objects: its words stand nowhere in the bytes."""
    inside = b"9 0 " + SCRIPT
    packed = zlib.compress(inside)
    more = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
    return paper(root=b"/OpenAction 9 0 R", objects=[stream(packed, more)])


def with_objects_without_end():
    """A few kilobytes of objects that unfold into a hundred megabytes."""
    inside = zlib.compress(b"9 0 " + bytes(100_000_000), 9)
    return paper(objects=[stream(inside, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")])


def drawn_in_itself():
    """A form that draws itself a hundred times, and so on."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</X 5 0 R>>>>"
    again = stream(b"/X Do " * 100, form)
    return paper(content=b"/X Do", resources=b"/XObject<</X 5 0 R>>", objects=[again])


def laughing(depth=9):
    """Forms in forms, each drawing the next one twenty times: 20⁹ squares in 3 KB."""
    forms = []
    for at in range(depth):
        inside = b"/X Do " * 20 if at < depth - 1 else b"0 0 200 200 re f " * 20
        more = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</X %d 0 R>>>>"
        forms.append(stream(inside, more % (6 + at)))
    return paper(content=b"/X Do", resources=b"/XObject<</X 5 0 R>>", objects=forms)


def parent_of_itself():
    """A tree of pages whose only branch is itself."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 5>>")


def with_form(filled=b"PASSPORT A-0000017"):
    """A form of one box that somebody filled in."""
    looks = b"/Type/XObject/Subtype/Form/BBox[0 0 300 30]/Resources<</Font<</F 3 0 R>>>>"
    appearance = stream(b"1 0 0 rg 0 0 300 30 re f BT /F 14 Tf 4 8 Td (%b) Tj ET" % filled, looks)
    box = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(number)/V(%b)/F 4/Rect[60 600 360 630]"
        b"/AP<</N 6 0 R>>/P 7 0 R>>" % filled
    )
    made = paper(root=b"/AcroForm<</Fields[5 0 R]>>", objects=[box, appearance])
    return made.replace(b"/Resources 4 0 R>>", b"/Resources 4 0 R/Annots[5 0 R]>>")


def locked(password=b"siri"):
    """One that opens with a password, or, with none, that only forbids printing."""
    owner = _rc4(hashlib.md5(_padded(b"owner")).digest()[:5], _padded(password))
    start = _padded(password) + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + _ID
    key = hashlib.md5(start).digest()[:5]
    lock = b"<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>" % (
        owner.hex().encode(), _rc4(key, _PADDING).hex().encode(),
    )  # fmt: skip
    ids = _ID.hex().encode()
    content = words(b"Page 1 of the contract")
    own = hashlib.md5(key + b"\x07\x00\x00\x00\x00").digest()[:10]  # of object 7, the page's words
    return paper(
        content=_rc4(own, content), objects=[lock],
        trailer=b"/Encrypt 5 0 R/ID[<%b><%b>]" % (ids, ids),
    )  # fmt: skip


def _padded(password):
    return (password + _PADDING)[:32]


def _rc4(key, content):
    state, at = list(range(256)), 0
    for here in range(256):
        at = (at + state[here] + key[here % len(key)]) % 256
        state[here], state[at] = state[at], state[here]
    out, here, at = bytearray(), 0, 0
    for byte in content:
        here = (here + 1) % 256
        at = (at + state[here]) % 256
        state[here], state[at] = state[at], state[here]
        out.append(byte ^ state[(state[here] + state[at]) % 256])
    return bytes(out)
