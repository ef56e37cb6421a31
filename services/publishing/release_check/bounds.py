"""What one check may spend, over the file and everything inside it."""

from dataclasses import dataclass

from services.publishing.release_check.policy import Limits


class Unreadable(Exception):
    """The file, or a part of it, cannot be read whole: it does not pass (REL-27). The message completes "it …"."""


class TooLarge(Exception):
    """The file grows beyond what one check may spend: an archive bomb, or as good as one."""


@dataclass
class Bounds:
    """What is left to spend. One object for a file and all that is embedded in it."""

    limits: Limits
    inflated: int = 0
    embedded: int = 0

    def inflate(self, size: int) -> None:
        """Count `size` more inflated bytes. Raises `TooLarge`."""
        self.inflated += size
        if self.inflated > self.limits.inflated:
            raise TooLarge(f"more than {self.limits.inflated // 1_000_000} MB inside")

    def embed(self, depth: int) -> None:
        """Count one more file inside the file, at this depth. Raises `TooLarge`."""
        self.embedded += 1
        if depth > self.limits.depth:
            raise TooLarge(f"files inside files, more than {self.limits.depth} deep")
        if self.embedded > self.limits.embedded:
            raise TooLarge(f"more than {self.limits.embedded} files inside")
