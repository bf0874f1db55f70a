"""Workbooks of instances: what a planner fills in, read as any instance file, and any instance written as one.

Reading and writing them needs the extra `giliran[desk]`.
"""

from giliran.books.book import Book
from giliran.books.guess import Guess
from giliran.books.reading import book_of, language_of, open_book, read_book
from giliran.books.writing import write_book

__all__ = ["Book", "Guess", "book_of", "language_of", "open_book", "read_book", "write_book"]
