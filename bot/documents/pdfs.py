"""PDF pages to placed words: the text that the file holds, and letters recognised where it holds none."""

from collections.abc import Callable

from pypdfium2 import PdfDocument, PdfiumError, PdfPage, raw

from bot.documents.limits import Limits
from bot.documents.pdf_words import list_words
from bot.documents.problems import BadFile
from flows.reading.bills.types import Page, Problem

FEW_WORDS = 6  # a page number or a scanner's stamp is no text
LONG_SIDE = 1900  # pixels of a page that is drawn to be recognised: small print has 15 of height
LARGEST_PAGE = 15_000.0  # points; the format's own limit is 14,400


def read_pdf(content: bytes, limits: Limits, is_late: Callable[[], bool], problems: list[Problem]) -> list[Page]:
    """BadFile: encrypted, unreadable, too_large."""
    document = open_pdf(content)
    if len(document) > limits.pages:
        problems.append("too_many_pages")
    pages: list[Page] = []
    recognised = 0
    for number in range(min(len(document), limits.pages)):
        page = load_page(document, number)
        words = list_words(page)
        if len(words) >= FEW_WORDS or not shows_picture(page):
            pages.append(Page(words, "text", page.get_width() / page.get_height()))
        elif recognised >= limits.recognised_pages or is_late():
            problems.append("too_many_pages" if recognised >= limits.recognised_pages else "time_out")
        else:
            recognised += 1
            pages.append(recognise_page(page, problems))
        page.close()
    document.close()
    return pages


def open_pdf(content: bytes) -> PdfDocument:
    """An empty password opens what is only locked against changes."""
    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise BadFile("encrypted" if encrypted else "unreadable") from error
    if len(document) == 0:
        raise BadFile("unreadable")
    return document


def load_page(document: PdfDocument, number: int) -> PdfPage:
    try:
        page = document[number]
        width, height = page.get_size()
    except PdfiumError as error:
        raise BadFile("unreadable") from error
    if not (1 <= width <= LARGEST_PAGE and 1 <= height <= LARGEST_PAGE):
        raise BadFile("too_large")
    return page


def shows_picture(page: PdfPage) -> bool:
    """Whether anything but text is drawn: pictures, forms, or letters made of lines."""
    kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM)
    return next(iter(page.get_objects(filter=list(kinds), max_depth=1)), None) is not None


def recognise_page(page: PdfPage, problems: list[Problem]) -> Page:
    from bot.documents.recognition import read_picture

    scale = LONG_SIDE / max(page.get_size())
    try:
        picture = page.render(scale=scale, grayscale=True).to_numpy()
    except PdfiumError as error:
        raise BadFile("unreadable") from error
    return read_picture(picture, problems)
