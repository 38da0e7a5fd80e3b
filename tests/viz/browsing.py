"""A real Chromium, asked over its debugging port: just enough to open a page, press keys and read what stands there."""

import asyncio
import json
import shutil
import subprocess
import time
import urllib.request
from itertools import count

from tornado.websocket import websocket_connect

BROWSER = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--window-size=1400,850")
PATIENCE_S = 300.0
"""A ceiling for what must come sooner or later: a busy machine may take minutes."""


class Browser:
    """A page in a browser of its own; use it as a context manager."""

    def __init__(self, uri, home):
        self._uri, self._home, self._numbers = uri, home, count(1)

    def __enter__(self):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen([BROWSER, *FLAGS, f"--user-data-dir={self._home}", self._uri], **quiet)
        self._loop = asyncio.new_event_loop()
        self._socket = self._loop.run_until_complete(self._connected(self._page()))
        return self

    def __exit__(self, *_):
        self._socket.close()
        self._process.terminate()
        self._process.wait(20)
        self._loop.close()

    async def _connected(self, address):
        return await websocket_connect(address, max_message_size=1 << 28)

    def _page(self):
        """Return the debugging address of the page once the browser is up."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                port = (self._home / "DevToolsActivePort").read_text().splitlines()[0]
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=5) as answer:
                    return next(one["webSocketDebuggerUrl"] for one in json.load(answer) if one["type"] == "page")
            except (OSError, StopIteration, IndexError):
                time.sleep(0.1)
        raise TimeoutError("the browser did not start")

    def _ask(self, method, **parameters):
        number = next(self._numbers)
        return self._loop.run_until_complete(self._answer(number, method, parameters))

    async def _answer(self, number, method, parameters):
        await self._socket.write_message(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(await self._socket.read_message())
            if told.get("id") == number:
                return told["result"]

    def value(self, expression):
        """Return what an expression of the page's script is worth."""
        return self._ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def wait(self, expression):
        """Wait until an expression holds."""
        until = time.monotonic() + PATIENCE_S
        while not self.value(expression):
            assert time.monotonic() < until, f"never came true: {expression}"
            time.sleep(0.05)

    def press(self, key):
        """Press a key."""
        self._ask("Input.dispatchKeyEvent", type="keyDown", key=key, text=key if len(key) == 1 else "")
        self._ask("Input.dispatchKeyEvent", type="keyUp", key=key)
