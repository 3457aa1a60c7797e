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
            raise too_much(name, f"is an archive of {len(entries):,} files")
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, part: str) -> bytes:
        """The bytes of a part; empty where there is none of this name."""
        if part not in self.names:
            return b""
        info = self._zip.getinfo(part)
        if info.flag_bits & 1:
            raise EncryptedSourceError(
                "is protected by a password", where=self.name, hint="save it without the password"
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamagedSourceError(
                "is packed in a way that Office does not use", where=self.name, hint="save it again"
            )
        allowed = min(LIMITS.unpacked, max(_SMALL, info.compress_size * LIMITS.ratio))
        out = bytearray()
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    out += chunk
                    if len(out) > allowed:
                        raise too_much(self.name, f"unpacks {part[:80]!r} to more than {allowed:,} bytes")
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
    return DamagedSourceError(
        f"is a damaged archive: {reason}", where=name, hint="open it in Word or WPS and save it again"
    )
