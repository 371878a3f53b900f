"""A reader with a browser, who reaches no other host and notes what a page asks and complains of."""

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 800}
GIVEN_UP = "net::ERR_ABORTED"


class Visitor:
    """One tab of a browser, at a desk or on a phone, with or without scripts."""

    def __init__(self, browser, size=DESK, scripts=True, home="file:"):
        self.size, self.scripts = size, scripts
        self.context = browser.new_context(
            viewport=size,
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
            color_scheme="light",
            # With motion, a colour would be measured while it fades from light to dark.
            reduced_motion="reduce",
            java_script_enabled=scripts,
            offline=home == "file:",
        )
        self.page = self.context.new_page()
        self._own = (home, "data:", "blob:")
        self._clear()
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note_request)
        self.page.on("requestfailed", self._note_failure)
        self.page.on("response", self._note_response)

    def open(self, path):
        """Open a file of the site, or an address."""
        self._clear()
        self.page.emulate_media(color_scheme="light")
        self.page.goto(path if isinstance(path, str) else path.as_uri())
        # Where scripts are off, a page keeps no promise.
        while self.page.evaluate("document.fonts.status") != "loaded":
            self.page.wait_for_timeout(10)
        return self.page

    def darken(self):
        """What happens on the page when the reader's system becomes dark."""
        self.page.emulate_media(color_scheme="dark")
        self.settle()

    def settle(self):
        # Listeners are told before a frame is drawn: once two were, none is still to be told.
        if self.scripts:
            self.page.evaluate(
                "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))"
            )

    def close(self):
        self.context.close()

    def _clear(self):
        self.complaints, self.outside, self.missing = [], [], []

    def _note_message(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _note_request(self, request):
        if not request.url.startswith(self._own):
            self.outside.append(request.url)

    def _note_failure(self, request):
        # What was still on its way when the reader left a page, its icon most of all, is not missing.
        if request.failure != GIVEN_UP:
            self.missing.append(request.url)

    def _note_response(self, response):
        if response.status >= 400:
            self.missing.append(response.url)
