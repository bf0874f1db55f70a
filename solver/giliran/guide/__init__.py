"""The guide: pages in Markdown that travel with the package, the same ones in every language."""

from giliran.guide.pages import Page, load_page, load_pages

__all__ = ["Page", "load_page", "load_pages"]
