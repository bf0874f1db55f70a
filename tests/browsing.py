"""A real browser for tests of pages: Debian's Chromium without a window, driven by selenium."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=en"),
)
MOST_WAITED_S = 10
"""How long something may take to come about on a page before a test fails."""
PHONE = 390
"""Width of a telephone, in CSS pixels."""


class Browser:
    """One window; every page that is opened begins with its own size, colours and log."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, url: str | Path, *, width: int = 1280, height: int = 800, dark: bool = False, script: bool = True) -> None:
        """Open a page, or a file."""
        address = url.resolve().as_uri() if isinstance(url, Path) else url
        self.driver.get("about:blank")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width <= PHONE}
        colours = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.command("Emulation.setDeviceMetricsOverride", **size)
        self.command("Emulation.setEmulatedMedia", media="", features=colours)
        self.command("Emulation.setScriptExecutionDisabled", value=not script)
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        self.driver.get(address)

    def command(self, name: str, **arguments: Any) -> Any:
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, arguments)

    def run(self, body: str, *arguments: Any) -> Any:
        """What a piece of JavaScript returns; `arguments` are its `arguments`."""
        return self.driver.execute_script(body, *arguments)

    def value(self, expression: str, *arguments: Any) -> Any:
        """What an expression of JavaScript is worth."""
        return self.run(f"return {expression};", *arguments)

    def text(self, css: str) -> str:
        """What stands in the first element, as a person reads it."""
        return str(self.value("document.querySelector(arguments[0]).innerText", css))

    def texts(self, css: str) -> list[str]:
        """The same of all elements that are shown."""
        shown = "[...document.querySelectorAll(arguments[0])].filter((each) => each.checkVisibility()).map((each) => each.innerText)"
        return [str(text) for text in self.value(shown, css)]

    def click(self, css: str) -> None:
        """Click on the first element."""
        self.driver.find_element("css selector", css).click()

    def write(self, css: str, text: str) -> None:
        """Write into a field, whatever stood there before."""
        field = self.driver.find_element("css selector", css)
        field.clear()
        field.send_keys(text)

    def choose(self, css: str, value: object) -> None:
        """Choose an option of a list by its value."""
        self.driver.find_element("css selector", f"{css} option[value='{value}']").click()

    def keys(self, *keys: str) -> None:
        """Press keys where the focus is: letters, or names such as ARROW_DOWN."""
        from selenium.webdriver import ActionChains, Keys

        chain = ActionChains(self.driver, duration=0)
        for key in keys:
            chain.send_keys(getattr(Keys, key, key))
        chain.perform()

    def wait(self, expression: str, *arguments: Any) -> None:
        """Wait until an expression of JavaScript is true."""
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.driver, MOST_WAITED_S, poll_frequency=0.02).until(lambda _: self.value(expression, *arguments), expression)

    def errors(self) -> list[str]:
        """What the console has been told since the page was opened: errors, warnings, breaches of the policy."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Every address that was asked for since the page was opened, the page itself first."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [str(event["params"]["request"]["url"]) for event in events if event["method"] == "Network.requestWillBeSent"]

    def pdf(self, **more: Any) -> bytes:
        """The page as it is printed."""
        made = self.command("Page.printToPDF", printBackground=True, preferCSSPageSize=True, **more)
        return base64.b64decode(made["data"])

    def screenshot(self, path: Path) -> None:
        """A picture of what is in sight."""
        path.write_bytes(base64.b64decode(self.command("Page.captureScreenshot", format="png")["data"]))


def where(names: Sequence[str]) -> str | None:
    """The first program of several that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def browsing(profile: Path) -> Iterator[Browser]:
    """A browser with an empty profile; the test is skipped, with the reason, where none is installed."""
    selenium = pytest.importorskip("selenium.webdriver", reason="selenium, which drives the browser, is not installed")
    from selenium.webdriver.chrome.service import Service

    chromium, driver = where(("chromium", "chromium-browser", "google-chrome")), where(("chromedriver",))
    if chromium is None or driver is None:
        pytest.skip("no Chromium with its chromedriver is installed here")
    options = selenium.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = selenium.Chrome(options=options, service=Service(driver))
    try:
        yield Browser(started)
    finally:
        started.quit()
