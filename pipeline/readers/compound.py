"""What a compound file of Microsoft holds: an old workbook, a locked new one, or a letter.

Only the names of its streams are looked at; they stand in the directory, which the header points to
([MS-CFB], sections 2.2 and 2.6).
"""

from __future__ import annotations

from pathlib import Path
from struct import unpack_from

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage"  # a workbook of today inside, protected by a password
_NO_WORKBOOKS = frozenset(
    {"WordDocument", "PowerPoint Document", "__properties_version1.0", "VisioDocument"}
)
_SHIFT_AT, _DIRECTORY_AT = 30, 48
_ENTRY = 128  # bytes of a name and what belongs to it
_LOOKED_AT = 32  # entries; the streams that tell a kind stand among the first


def stream_names(path: Path) -> set[str]:
    """Names of the first streams; none where the file is torn."""
    with path.open("rb") as file:
        head = file.read(512)
        if len(head) < 512:
            return set()
        (shift,) = unpack_from("<H", head, _SHIFT_AT)
        (sector,) = unpack_from("<I", head, _DIRECTORY_AT)
        if shift not in (9, 12):  # sectors of 512 or 4096 bytes
            return set()
        file.seek((sector + 1) << shift)
        directory = file.read(_ENTRY * _LOOKED_AT)
    return {_name(directory[at : at + _ENTRY]) for at in range(0, len(directory), _ENTRY)} - {""}


def is_workbook(names: set[str]) -> bool:
    """Whether a file with these streams may be a workbook: nothing says that it is another kind."""
    return not names & _NO_WORKBOOKS


def _name(entry: bytes) -> str:
    if len(entry) < _ENTRY:
        return ""
    (length,) = unpack_from("<H", entry, 64)
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
