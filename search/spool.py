"""Files through which processes that may not write to the main database hand over to the job that may.

Each file is written by one process under a name of its own and appears whole; whoever unlinks it has taken it, once. Nobody but the
portal reads them (mode 0600), and a folder that no job empties stops growing.
"""

import contextlib
import json
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

log = logging.getLogger(__name__)

MOST_WAITING = 2000  # files
UNFINISHED_SECONDS = 3600  # after which a half-written file is a dead process's


class Spool:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, told: Any) -> None:
        """Hand over something that JSON can say. Raises OSError if it cannot be kept."""
        if len(self._waiting()) < MOST_WAITING:
            self._write(f"{uuid4().hex}.json", told)

    def take(self) -> Iterator[Any]:
        """What was handed over, each once whoever else takes: a file is gone before it is told, so a crash loses, never doubles."""
        for path in self._waiting():
            try:
                told = json.loads(path.read_text())
            except FileNotFoundError:
                continue
            except ValueError as error:
                log.warning("%s is not readable: %s", path.name, error)
                told = None
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
                if told is not None:
                    yield told
        self._sweep()

    def note(self) -> Any:
        """What the job wrote down for its next run; None at the first."""
        try:
            return json.loads((self.folder / "note").read_text())
        except (FileNotFoundError, ValueError):
            return None

    def keep_note(self, told: Any) -> None:
        self._write("note", told)

    def _waiting(self) -> list[Path]:
        return sorted(self.folder.glob("*.json"))

    def _write(self, name: str, told: Any) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.folder / f"{uuid4().hex}.part"
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            json.dump(told, file)
        part.rename(self.folder / name)

    def _sweep(self) -> None:
        for part in self.folder.glob("*.part"):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - part.stat().st_mtime > UNFINISHED_SECONDS:
                    part.unlink()
