"""The words of a PDF page with their boxes, letter by letter from pdfium."""

import ctypes

from pypdfium2 import PdfPage, raw

from flows.reading.bills.types import PlacedWord

LETTERS = 60_000  # of one page; a bill has some thousand
GRAIN = 10_000  # pdfium places on whole numbers
UNMAPPED = 0.3  # a share of letters without a meaning that makes text worthless
GAP = 0.3  # of a letter's height: no space is that narrow, no letter's distance that wide
Box = tuple[float, float, float, float]


def list_words(page: PdfPage) -> tuple[PlacedWord, ...]:
    """In the order of the file; empty where its letters have no meaning."""
    text = page.get_textpage()
    count = min(text.count_chars(), LETTERS)
    rectangle = raw.FS_RECTF()
    words: list[tuple[str, Box]] = []
    letters, box, strange, visible = "", None, 0, 0
    for place in range(count):
        code = raw.FPDFText_GetUnicode(text, place)
        letter = chr(code) if code < 0x110000 else "\ufffd"
        if letter.isspace() or letter in "\0\u200b\ufffe\u00ad":
            strange += letter in "\0\ufffe"
            letters, box = _keep(words, letters, box), None
            continue
        visible += 1
        strange += letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff"
        if not raw.FPDFText_GetLooseCharBox(text, place, ctypes.byref(rectangle)):
            continue
        here = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        if box is not None and _is_apart(box, here):
            letters, box = _keep(words, letters, box), None
        letters += letter
        box = here if box is None else _join(box, here)
    _keep(words, letters, box)
    text.close()
    if strange > UNMAPPED * max(1, visible):
        return ()
    return tuple(_place(page, letters, box) for letters, box in words)


def _keep(words: list[tuple[str, Box]], letters: str, box: Box | None) -> str:
    """Always the empty word that comes next."""
    if letters and box is not None:
        words.append((letters, box))
    return ""


def _is_apart(box: Box, here: Box) -> bool:
    """Another line, another column, or a hole: text need not hold spaces. Text that is turned has its own rule."""
    tall, wide = max(here[3] - here[1], 0.1), max(here[2] - here[0], 0.1)
    upright = box[3] - box[1] <= 2 * tall and abs(box[1] - here[1]) < 0.5 * tall
    if upright:
        return here[0] - box[2] > GAP * tall or here[0] < box[0] - 0.5 * tall
    sideways = abs(box[0] - here[0]) < 0.5 * wide
    return not sideways or here[1] - box[3] > GAP * wide or box[1] - here[3] > GAP * wide


def _join(box: Box, here: Box) -> Box:
    return min(box[0], here[0]), min(box[1], here[1]), max(box[2], here[2]), max(box[3], here[3])


def _place(page: PdfPage, letters: str, box: Box) -> PlacedWord:
    """As the page is shown, turned and cut as it says."""
    across, down = ctypes.c_int(), ctypes.c_int()
    corners = []
    for left, low in ((box[0], box[3]), (box[2], box[1])):
        raw.FPDF_PageToDevice(page, 0, 0, GRAIN, GRAIN, 0, left, low, ctypes.byref(across), ctypes.byref(down))
        corners.append((_limit(across.value), _limit(down.value)))
    (x, y), (u, v) = corners
    return PlacedWord(letters, min(x, u), min(y, v), max(x, u), max(y, v))


def _limit(value: int) -> float:
    return min(max(value / GRAIN, 0.0), 1.0)
