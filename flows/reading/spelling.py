"""One letter wrong: what counts as the same word misspelt."""


def is_one_edit(left: str, right: str) -> bool:
    """True when one letter put in, left out, changed, or swapped with its neighbour makes one word the other."""
    if len(left) > len(right):
        left, right = right, left
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(left))
    if len(left) < len(right):
        return left[start:] == right[start + 1 :]
    return left[start + 1 :] == right[start + 1 :] or (
        left[start:][:2][::-1] == right[start:][:2] and left[start + 2 :] == right[start + 2 :]
    )
