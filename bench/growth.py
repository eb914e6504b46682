"""A plot of how something grows: both axes logarithmic, drawn by hand so that nothing is needed."""

import math
from collections.abc import Sequence

Row = dict[str, object]
_WIDE, _HIGH, _LEFT, _TOP = 720, 360, 64, 24  # pixels
_COLOURS = ("#1b5e7a", "#8a5a00", "#5b6b2f", "#7a1b4e")


def growth(found: Sequence[Row], pages: Sequence[str]) -> str:
    """An SVG of each page's p95 over the number of messages; dashed is PostgreSQL."""
    sizes = sorted({int(str(one["messages"])) for one in found})
    most = max(_ms(one, page) for one in found for page in pages)
    tens = [10**n for n in range(math.ceil(math.log10(max(most, 10))) + 1)]
    lines = [_grid(ms, tens) for ms in tens] + [_size(one, sizes) for one in sizes]
    for place, page in enumerate(pages):
        lines += _page(found, page, place, sizes, tens)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" '
        'font-family="sans-serif" font-size="12"><title>p95 of pages over messages</title>'
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#fff"/>'
        f'<text x="{_WIDE - _LEFT}" y="{_TOP - 6}" text-anchor="end">dashed: PostgreSQL</text>'
    )
    return "\n".join([head, *lines, "</svg>", ""])


def _ms(one: Row, page: str) -> float:
    return float(str(one[f"{page}_p95_ms"]))


def _x(messages: int, sizes: Sequence[int]) -> float:
    span = math.log10(sizes[-1] / sizes[0]) or 1
    return _LEFT + math.log10(messages / sizes[0]) / span * (_WIDE - 2 * _LEFT)


def _y(ms: float, tens: Sequence[int]) -> float:
    part = math.log10(max(ms, 1)) / math.log10(tens[-1])
    return _HIGH - 2 * _TOP - part * (_HIGH - 4 * _TOP)


def _grid(ms: int, tens: Sequence[int]) -> str:
    y = _y(ms, tens)
    return (
        f'<path d="M{_LEFT} {y:.0f}H{_WIDE - _LEFT}" stroke="#ddd"/>'
        f'<text x="{_LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{ms} ms</text>'
    )


def _size(messages: int, sizes: Sequence[int]) -> str:
    x = _x(messages, sizes)
    return f'<text x="{x:.0f}" y="{_HIGH - _TOP}" text-anchor="middle">{messages:,}</text>'


def _page(
    found: Sequence[Row], page: str, place: int, sizes: Sequence[int], tens: Sequence[int]
) -> list[str]:
    colour = _COLOURS[place % len(_COLOURS)]
    words = page.replace("_", " ")
    drawn = [f'<text x="{_LEFT + 120 * place}" y="{_TOP - 6}" fill="{colour}">{words}</text>']
    for kind, dash in (("sqlite", ""), ("postgres", ' stroke-dasharray="6 4"')):
        points = " ".join(
            f"{_x(int(str(one['messages'])), sizes):.0f},{_y(_ms(one, page), tens):.0f}"
            for one in found
            if one["database"] == kind
        )
        drawn.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        )
    return drawn
