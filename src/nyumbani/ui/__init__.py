"""Base page, components, styles and icons."""
