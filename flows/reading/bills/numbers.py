"""Written numbers to values, as each country marks thousands and decimals."""

_POINT_FIRST = frozenset({"US", "MX", "ZW"})
"""Countries that write 1,234.56; Spain writes 1.234,56; South Africa both, and 1 234,56."""


def read_number(text: str, country: str) -> tuple[float, int, float | None]:
    """A written number to (value, decimals, other value its marks allow)."""
    text = text.replace(" ", "").replace("'", "")
    points, commas = text.count("."), text.count(",")
    if not points and not commas:
        return float(text), 0, None
    last = max(text.rfind("."), text.rfind(","))
    tail = len(text) - last - 1
    whole = text[:last].replace(",", "").replace(".", "")
    joined = float(whole + text[last + 1 :])
    parted = float(f"{whole or '0'}.{text[last + 1 :]}")
    if tail != 3 or (points and commas and points + commas == 2 and text.find(",") < 1):
        return parted, tail, None
    if points + commas > 1:
        return joined, 0, None  # 1,234,567 and the misread 1.234,567
    grouping = "," if country in _POINT_FIRST else ("." if country in ("ES", "PT") else ",")
    if whole in ("", "0"):
        return parted, 3, None
    if text[last] == grouping:
        return joined, 0, parted
    return parted, 3, joined
