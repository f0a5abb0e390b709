"""Files inside .gz and .zip, unpacked member by member into a temporary folder."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pipeline.errors import UnreadableFile

MOST_BYTES = 20 * 1024**3  # unpacked; an export is never larger, a bomb is
MOST_MEMBERS = 5_000


def unpacked(path: Path, name: str, workspace: Path) -> Iterator[tuple[Path, str]]:
    """Members of an archive as files: (where it was unpacked, 'x.zip/inner.csv')."""
    with path.open("rb") as file:
        magic = file.read(4)
    if magic[:2] == b"\x1f\x8b":
        inner = path.name.removesuffix(".gz")
        out = workspace / f"{path.stem}.unpacked"
        try:
            with gzip.open(path) as packed:
                _copy(packed, out, name)
        except (OSError, EOFError, zlib.error) as problem:
            raise UnreadableFile(
                f"{name}: the archive is damaged ({problem}); copy it again."
            ) from None
        yield out, inner if inner != path.name else name
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if len(members) > MOST_MEMBERS:
                raise UnreadableFile(
                    f"{name}: {len(members)} members are more than {MOST_MEMBERS}."
                )
            for n, member in enumerate(members):
                inner = member.filename.replace("\\", "/").split("/")[-1]
                if inner.startswith((".", "~$")) or "__MACOSX" in member.filename:
                    continue
                out = workspace / f"{n:04d}-{inner}"  # never the member's own path
                with archive.open(member) as packed:
                    _copy(packed, out, f"{name}/{inner}")
                yield out, f"{name}/{inner}"
    except (zipfile.BadZipFile, RuntimeError, zlib.error) as problem:
        raise UnreadableFile(f"{name}: the archive is damaged or locked ({problem}).") from None


def _copy(packed: IO[bytes], out: Path, name: str) -> None:
    written = 0
    with out.open("wb") as file:
        while block := packed.read(1 << 20):
            written += len(block)
            if written > MOST_BYTES:
                raise UnreadableFile(
                    f"{name}: it unpacks to more than {MOST_BYTES // 1024**3} GiB."
                )
            file.write(block)


__all__ = ["unpacked"]
