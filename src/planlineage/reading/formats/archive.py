"""Taking parts out of a zip archive without trusting a word it says about them."""

from __future__ import annotations

import io
import zipfile
import zlib

from ...model.errors import DamagedSourceError, EncryptedSourceError
from .values import LIMITS, Clock, too_much

_CHUNK = 1 << 20
_SMALL = 1 << 20


class Archive:
    """A zip archive in memory. Parts are read by name into memory; nothing is ever written to a path it names.

    A part that unpacks to more than the limits allow raises `HostileSourceError`, whatever size the archive claims.
    """

    def __init__(self, data: bytes, name: str, clock: Clock) -> None:
        self.name, self.clock = name, clock
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, IndexError) as error:
            raise _damaged(name, error) from None
        if len(entries) > LIMITS.entries:
            raise too_much(name, "files", size=len(entries))
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, part: str) -> bytes:
        """The bytes of a part; empty where there is none of this name."""
        if part not in self.names:
            return b""
        info = self._zip.getinfo(part)
        if info.flag_bits & 1:
            raise EncryptedSourceError("password", where=self.name, hint="no password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamagedSourceError("odd packing", where=self.name, hint="save again")
        allowed = min(LIMITS.unpacked, max(_SMALL, info.compress_size * LIMITS.ratio))
        out = bytearray()
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    out += chunk
                    if len(out) > allowed:
                        raise too_much(self.name, "part", part=part[:80], most=allowed)
                    self.clock.check()
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise _damaged(self.name, error) from None
        return bytes(out)


def _damaged(name: str, error: Exception) -> DamagedSourceError:
    reason = str(error)[:100] or type(error).__name__
    return DamagedSourceError("damaged archive", where=name, hint="save in word", reason=reason)
