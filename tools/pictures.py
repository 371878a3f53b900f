"""Draw the two pictures of the README from the built first page: a checked and a refuted step."""

import command
from chromium import find, launch
from notebooks import ROOT
from playwright.sync_api import sync_playwright

PAGE = ROOT / "_build" / "html" / "chapters" / "intro.html"
PICTURES = {
    "checked.png": ".cell_output:has(div.math)",
    "refuted.png": ".tag_raises-exception .cell_output",
}


def main():
    (ROOT / "docs").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright, find())
        page = browser.new_page(
            color_scheme="light", device_scale_factor=2, viewport={"width": 1100, "height": 900}
        )
        page.goto(PAGE.as_uri())
        page.wait_for_selector("mjx-container")
        page.wait_for_function("MathJax.startup.promise.then(() => true)")
        for name, selector in PICTURES.items():
            command.write(ROOT / "docs" / name, page.locator(selector).last.screenshot())
        browser.close()


if __name__ == "__main__":
    command.run(main)
