"""Columns about persons that no screen needs: recognised by their headers and dropped on landing.

Identity numbers, home addresses, e-mail addresses and days of birth decide nothing about a promise
kept. What was never stored cannot leak; a source that has a reason of its own names the kind in
`keep_personal`, and even then it stays in landing and goes no further.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.canonical import Kind
from pipeline.text import fold

if TYPE_CHECKING:
    from pipeline.sources import Source

PersonalKind = Literal["identity_number", "address", "email", "birth_date"]
PERSONAL_KINDS: tuple[PersonalKind, ...] = get_args(PersonalKind)
# Lists of offices and of procedures speak of no person: their addresses are public.
_WITHOUT_PERSONS: frozenset[Kind] = frozenset({"unit", "procedure"})

# After `fold`; run-together forms are field names such as chuHoSo.soDinhDanh. The code of a
# dossier, a unit or a procedure is called "mã định danh" as well and is no person's.
_HEADERS: dict[PersonalKind, re.Pattern[str]] = {
    "identity_number": re.compile(
        r"cccd|cmnd|cmtnd|\bcmt\b|can cuoc|cancuoc|chung minh (nhan dan|thu)|chungminh"
        r"|ho chieu|hochieu|passport|giay to tuy than|giaytotuythan"
        r"|(?:\b|so|ma)dinh ?danh"
        r"(?! ?(?:ho so|hoso|don vi|donvi|co quan|coquan|thu tuc|thutuc|tthc))"
        r"|ma so thue|masothue|\bmst\b"
        r"|\b(?:national|personal) id\b|\bidentity (?:card|number|no)\b|\bid card\b"
        r"|\bsocial security\b"
    ),
    "email": re.compile(r"e ?mail|thu dien tu|thudientu"),
    "address": re.compile(
        r"(?:dia chi|diachi)"
        r"(?! ?(?:tiep nhan|don vi|co quan|tru so|ip\b|url\b|web|phong|noi nhan|tra ket qua))"
        r"|thuong tru|thuongtru|tam tru\b|noi o\b|noi cu tru|noicutru|que quan|quequan"
        r"|\b(?:home|mailing|street|applicant|owner|citizen) address\b|^address$"
    ),
    "birth_date": re.compile(
        r"\b(?:ngay|nam|thang) sinh|ngaysinh|namsinh|noi sinh\b"
        r"|\b(?:birth ?(?:date|day)|date of birth|dob)\b"
    ),
}
# Twelve digits that begin with 0 are the number of an identity card (Luật Căn cước 26/2023/QH15);
# telephones have ten, and no code of a dossier looks so.
_NUMBER = re.compile(r"(?<![0-9])0[0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}(?![0-9])")

_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")
_DIGITS = re.compile(r"\+?[0-9](?:[ .-]?[0-9]){8,}")  # telephones, identity numbers


def kind_of(header: str) -> PersonalKind | None:
    """What a header holds of a person that no screen needs; None for every other header."""
    key = fold(header)
    return next((kind for kind, pattern in _HEADERS.items() if pattern.search(key)), None)


def not_kept(source: Source) -> Callable[[str], bool]:
    """Whether landing keeps no cell under a header: the source lists it, or it is recognised."""
    listed = {fold(header) for header in source.personal}

    def is_dropped(header: str) -> bool:
        return fold(header) in listed or recognised(source, header) not in (
            None,
            *source.keep_personal,
        )

    return is_dropped


def goes_no_further(source: Source, header: str) -> bool:
    """Whether a header's cells never leave landing: not into the text of a rejected row either."""
    return not_kept(source)(header) or recognised(source, header) is not None


def without_numbers(text: str) -> str:
    """A text without what can only be the number of an identity card."""
    return _NUMBER.sub("***", text)


def recognised(source: Source, header: str) -> PersonalKind | None:
    """As `kind_of`, for a header of a source: lists of offices and procedures speak of nobody."""
    return None if source.kind in _WITHOUT_PERSONS else kind_of(header)


def without_contacts(text: str) -> str:
    """A text without addresses of e-mail and runs of nine digits or more, as comments lose them."""
    return _DIGITS.sub("***", _MAIL.sub("***", text))
