"""The Firefox of this machine, asked by WebDriver BiDi, which it speaks without any other program."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import time

from tornado.websocket import websocket_connect

NAMES = ("firefox", "firefox-esr")
# While a page comes in, half a formula may be laid out; at its end, no formula is without a part.
PASSING = "Invalid markup: Incorrect number of children"


def find():
    """Its path, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One window without a screen, with a profile of its own, and what it complains of."""

    def __init__(self, path, folder):
        self.complaints, self._count, self._loop = [], 0, asyncio.new_event_loop()
        said = folder / "said.txt"
        options = ["--headless", "--no-remote", "--remote-debugging-port", "0"]
        with said.open("w") as file:
            self._process = subprocess.Popen(
                [path, *options, "--profile", str(folder)],
                stdout=file, stderr=file, env={**os.environ, "HOME": str(folder)},
            )  # fmt: skip
        try:
            self._socket = self._await(websocket_connect, f"{_address(said)}/session")
            self._ask("session.new", capabilities={})
            self._ask("session.subscribe", events=["log.entryAdded"])
            self._window = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self._end()
            raise

    def open(self, address):
        self.complaints.clear()
        self._ask("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def evaluate(self, expression):
        """What an expression gives as a text, a number or a list of them, when its promise is kept."""
        answer = self._ask(
            "script.evaluate", expression=f"Promise.resolve({expression}).then(JSON.stringify)",
            target={"context": self._window}, awaitPromise=True,
        )  # fmt: skip
        assert answer["type"] == "success", answer
        return json.loads(answer["result"].get("value", "null"))

    def wait(self, expression, seconds=30):
        """The value of an expression as soon as it is true."""
        until = time.monotonic() + seconds
        while not (value := self.evaluate(expression)):
            assert time.monotonic() < until, f"this stays false: {expression}"
            time.sleep(0.1)
        return value

    def close(self):
        self._socket.close()
        self._end()

    def _end(self):
        self._process.terminate()
        self._process.wait()
        self._loop.close()

    def _ask(self, method, **params):
        self._count += 1
        question = {"id": self._count, "method": method, "params": params}
        self._await(self._socket.write_message, json.dumps(question))
        while True:
            message = json.loads(self._await(self._socket.read_message))
            if message.get("id") == self._count:
                assert message["type"] == "success", message
                return message["result"]
            if message.get("method") == "log.entryAdded":
                self._note(message["params"])

    def _note(self, entry):
        if entry["level"] in ("error", "warn") and not entry["text"].startswith(PASSING):
            self.complaints.append(entry["text"])

    def _await(self, ask, *given):
        async def kept():
            return await ask(*given)

        return self._loop.run_until_complete(asyncio.wait_for(kept(), 60))


def _address(said, seconds=60):
    """Where it listens, which it says when it has started."""
    until = time.monotonic() + seconds
    while not (found := re.search(r"BiDi listening on (ws://\S+)", said.read_text())):
        assert time.monotonic() < until, said.read_text()
        time.sleep(0.1)
    return found[1]
