"""The icons: strokes on a 24 × 24 ground, drawn for Nyumbani and written into the page.

Written in, they need no request and show at once; a page's dozen weighs less than one sprite.
"""

ICONS = {
    "today": "M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
    "inbox": "M4 5h16v11H9l-5 4z",
    "cases": "M3.5 7.5h17V19a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1zM8.5 7.5V4h7v3.5M3.5 13h17",
    "person": "M15.5 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM5 20c0-4 3-6.5 7-6.5s7 2.5 7 6.5",
    "people": "M12 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM3 20c0-4 3-6 6-6s6 2 6 6"
    "M16 5.2a3 3 0 0 1 0 5.6M18 14.2c2 .7 3 2.7 3 5.8",
    "movement": "M6.5 19a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0zM6.5 19c5 0 2-13 8-13H19M16 3l3 3-3 3",
    "partners": "M8.5 12a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z"
    "M20.5 6a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z"
    "M20.5 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM8.3 11l7.3-4M8.3 13l7.3 4",
    "evidence": "M6 3h9l4 4v14H6zM9 12h7M9 16h7",
    "system": "M4 4h16v7H4zM4 13h16v7H4zM8 7.5h.01M8 16.5h.01M12 7.5h4M12 16.5h4",
    "ledger": "M5 4h11l3 3v13H5zM8 9h8M8 12.5h8M8 16h5",
    "staff": "M14 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM4 20c0-4 3-6 7-6 1.4 0 2.7.3 3.8.8M15 19l2 2 4-5",
    "more": "M4 7h16M4 12h16M4 17h16",
    "hide": "M3 3l18 18"
    "M10 6.2C17 4.6 21 12 21 12s-1 1.8-2.8 3.5M6.2 8C4.2 9.8 3 12 3 12s3.5 6.5 9.5 6",
    "exit": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "jump": "M17 10.5a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM15.5 15.5L20 20",
    "clock": "M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0zM12 7v5l3.5 2",
    "note": "M5 4h14v10l-5 6H5zM19 14h-5v6",
    "reply": "M9 6l-5 5 5 5M4 11h9c4 0 7 2.5 7 7",
    "phone": "M7 3h10v18H7zM11 18h2",
    "voice": "M9 5a3 3 0 0 1 6 0v6a3 3 0 0 1-6 0zM6 11a6 6 0 0 0 12 0M12 17v4",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4",
    "place": "M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21z"
    "M14 9.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
    "keys": "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
    "language": "M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0zM3.5 12h17"
    "M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "add": "M12 5v14M5 12h14",
}
