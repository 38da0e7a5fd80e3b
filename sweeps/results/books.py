"""The books of a run's stores as figures of its row: opening, what came and went by cause, closing."""

from collections.abc import Iterator

from model.campaign import Campaign
from model.subjects.books import Book


def told(campaign: Campaign) -> dict[str, float]:
    """Return `books.<store>.<line>` of the Islamic State's vehicle bombs and of the enclave's food and ammunition."""
    return {f"books.{store}.{line}": float(value) for store, book in _books(campaign) for line, value in _lines(book).items()}


def _books(campaign: Campaign) -> Iterator[tuple[str, Book]]:
    yield "svbieds", campaign.svbied_book
    if campaign.enclave is not None:
        yield "food_t", campaign.enclave.food_book
        yield "ammunition_t", campaign.enclave.ammunition_book


def _lines(book: Book) -> dict[str, float]:
    return {"opening": book.opening, **book.flows, "closing": book.closing}
