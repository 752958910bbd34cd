"""What a browser complains about: errors of scripts, what the policy refused, failed answers."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Leaving a page ends what it was still asking for.
LEFT = "net::ERR_ABORTED"
# What the product answers on purpose: a form to mend, and an answer that a newer message stopped.
MEANT = {409, 422}


@dataclass
class Watch:
    """Keeps every complaint of all pages of a context."""

    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> BrowserContext:
        """Begin to watch a context, and return it."""
        context.on("console", self._said)
        context.on("weberror", self._raised)
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)
        return context

    def _said(self, message: ConsoleMessage) -> None:
        # Chromium also says that a resource failed to load; the answer itself tells more.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{message.location['url']}: {message.text}")

    def _raised(self, error: WebError) -> None:
        self.complaints.append(f"{error.page and error.page.url}: {error.error}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in MEANT:
            self.complaints.append(f"{response.url}: {response.status}")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT:
            self.complaints.append(f"{request.url}: {request.failure}")
