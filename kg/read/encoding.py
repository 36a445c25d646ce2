"""Bytes become text: the encoding is told from the bytes, and what a file declares is believed only where they agree.

UTF-8 (with a byte order mark or not), UTF-16 and UTF-32 are certain by their form. The old two-byte encodings are not:
GB18030 (with it GBK and GB2312) decodes nearly any bytes, and much of Big5. So each encoding's reading is weighed, and
the likeliest is taken: a Chinese text is made of the few thousand characters that GB2312 puts first, and of their
traditional forms, and a wrong reading is not. On a text of ten characters that is right in 99 of 100 cases or more,
better than charset-normalizer (two in three) and as good as chardet, without a library. A reading that wins narrowly
is noted.

A damaged character becomes `�` and is noted with its line. In GB18030 and Big5 a lost byte shifts the characters after
it, so there the whole run up to the next Latin letter, blank or line end becomes `�`: none of them may be believed.
(In traditional characters a shift may right itself after a character or two, and then no reader sees it.) Of a file
with many damaged places nothing is taken.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.errors import Unreadable

if TYPE_CHECKING:
    from opencc import OpenCC

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_LABELS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "gb_2312-80", "x-gbk", "cp936", "936", "euc-cn"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "cn-big5", "x-x-big5", "cp950", "950"), "big5hkscs"),
}
"""What a file may declare; another label (latin-1, a typo) says nothing of a Chinese text."""
_NAMES = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}
_SELF_SYNCHRONISING = {"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"}

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MARKS_OF_TEXT = re.compile(r"[\s -~·–—‘’“”…‰℃※×①-⑳⑴-⑽㈠-㈩Ⅰ-Ⅻ■□▲△◆◇○●★☆√→←│─　-〟〡-〩﹏﹑•！-｠￠-￦]")
# The commonest characters of jieba's dictionary, by its counts: six in ten of a text; they tell Chinese from Korean.
_COMMONEST = frozenset(
    "一是了人不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用"
    "多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所如现理机体表力好外与文当"
    "两实重新三么只山水关明从化平建又制南内西没此将员名手最东头者月间无安看见各城十相但已些正口通想度加第合院物性战由"
    "位常点海意场武使次二向治因立数样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科"
    "金先声提品设或义王社很统处四首共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张"
    "导术府才保交放管结师便走达族反再题色五协案居镇街乡村县的"
)

_HAN = re.compile("[一-鿿]")
_ASCII = frozenset(map(chr, range(128)))

_PLACES_BORNE = 3
"""Damaged places that a file may have, or one in ten thousand characters."""
_SURE = 12.0
"""How much likelier the best reading must be than the next (natural logarithm) to be certain: e¹² ≈ 160,000 times."""
_LEAST_FAMILIAR = -11.0
"""The least mean weight of the characters that are not ASCII: a Chinese text's is about -8, a wrong reading's -14."""
_FAMILIAR = -9.5
"""The same where little else speaks for a reading."""
_LEAST_COMMONEST = 0.1
"""The least share of the commonest among the Chinese characters: in a text it is six in ten, in a list
of names one in five, in Korean read wrongly 0.03."""
_TELLING = 8
"""Characters from which on a reading is no matter of chance."""
_SAMPLE = 20_000
"""Bytes by which an encoding is told, from the first one that is not ASCII."""


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a file's bytes, line ends as they are and without a byte order mark, and what to tell of it.

    `declared` is the encoding that the file or its sender names, if any. Raises Unreadable for binary data and for an
    encoding that is none of UTF-8, UTF-16, UTF-32, GB18030 and Big5.

    >>> decode("区政协".encode("gb18030"), "a.txt")
    ('区政协', ())
    >>> decode("區政協提案".encode("big5"), "a.txt", declared="gb2312")[0]
    '區政協提案'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _whole(data[len(mark) :], encoding, name, ())
    if kind := binary_kind(data):
        raise not_a_text(kind, name)
    encoding, sure = _encoding(data, _LABELS.get((declared or "").strip().lower()), name)
    shown = _NAMES[encoding]
    unsure = f"read as {shown}, which is not certain: check a line, or save the file as UTF-8"
    return _whole(data, encoding, name, () if sure else (unsure,))


@dataclass(frozen=True, slots=True)
class Binary:
    """A format that is no text."""

    what: str
    """`a PDF`, `a Word file`."""
    ending: str
    """The ending that its files have, or "" where no reader could take it."""


def not_a_text(kind: Binary, name: str) -> Unreadable:
    """The error for a file whose ending says text and whose bytes are another format's."""
    hint = f"rename it to end in {kind.ending}" if kind.ending else "save it as UTF-8 text"
    return Unreadable(f"binary data, not a text: this is {kind.what}", where=name, hint=hint)


_MAGIC = (
    (b"%PDF-", Binary("a PDF", ".pdf")),
    (b"\x89PNG", Binary("a PNG picture", "")),
    (b"\xff\xd8\xff", Binary("a JPEG picture", "")),
    (b"GIF8", Binary("a GIF picture", "")),
    (b"{\\rtf", Binary("a Rich Text file", ".doc")),
    (b"Rar!", Binary("a RAR archive", "")),
    (b"7z\xbc\xaf", Binary("a 7z archive", "")),
    (b"\x1f\x8b", Binary("a gzip archive", "")),
)
_PACKED = (
    ("word/", Binary("a Word file", ".docx")),
    ("xl/", Binary("an Excel file", ".xlsx")),
    ("ppt/", Binary("a PowerPoint file", "")),
    ("content.xml", Binary("an OpenDocument file", ".ods or .odt")),
)
_OLE = (
    ("WordDocument", Binary("an old Word file", ".doc")),
    ("Workbook", Binary("an old Excel file", ".xls")),
    ("EncryptedPackage", Binary("a Word or Excel file with a password", "")),
)


def binary_kind(data: bytes) -> Binary | None:
    """The well-known format that begins like these bytes, or None.

    >>> binary_kind(b"%PDF-1.7 ...").ending
    '.pdf'
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        found = (kind for entry, kind in _OLE if entry.encode("utf-16-le") in data)
        return next(found, Binary("an old Office file", ""))
    return None


def _packed(data: bytes) -> Binary:
    archive = Binary("a ZIP archive", "")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = file.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return archive
    return next((kind for start, kind in _PACKED if any(n.startswith(start) for n in names)), archive)


def _encoding(data: bytes, declared: str | None, name: str) -> tuple[str, bool]:
    """The encoding of bytes without a mark, and whether it is certain."""
    nul = b"\0" in data
    seven_bit = b"\x1b$" in data  # Japanese or Korean that looks like ASCII
    if not nul and not seven_bit and _nearly_utf_8(data):
        return "utf-8", True
    readings = [(encoding, _sample(data, encoding)) for encoding in _candidates(data, nul=nul)]
    fits = sorted(
        ((_likelihood(text), encoding, text) for encoding, text in readings if _is_chinese(text)), reverse=True
    )
    if not fits:
        binary = nul or _CONTROL.search(data[:_SAMPLE].decode("latin-1"))
        what = "binary data, not a text" if binary else "the encoding is none of UTF-8, UTF-16, GB18030 and Big5"
        raise Unreadable(what, where=name, hint="save it as UTF-8 text")
    weight, best, text = fits[0]
    ahead = weight - fits[1][0] if len(fits) > 1 else _SURE
    if declared and ahead < _SURE and any(encoding == declared for _, encoding, _ in fits):
        return declared, True
    return best, ahead >= _SURE and _share_of_commonest(text) >= _LEAST_COMMONEST


def _candidates(data: bytes, *, nul: bool) -> list[str]:
    if b"\x1b$" in data or _is_japanese(data):
        return []
    # By fewer characters, none of them a line's end or a blank (which have a NUL), chance would decide.
    wide = ["utf-16-le", "utf-16-be"] if len(data) % 2 == 0 and (nul or len(data) >= 2 * _TELLING) else []
    return wide if nul else ["gb18030", "big5hkscs", *wide]


def _is_japanese(data: bytes) -> bool:
    """Whether the bytes are EUC-JP, whose kana are GB18030's; Big5 would make fairly common characters of them."""
    foreign = [letter for letter in _sample(data, "gb18030") if letter > "\x7f"]
    return 5 * sum("ぁ" <= letter <= "ヺ" for letter in foreign) > len(foreign)


def _nearly_utf_8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, or UTF-8 but for few places: no other encoding's text looks so."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data[:_SAMPLE].decode("utf-8", "replace")
        whole = sum(letter > "\x7f" and letter != "\ufffd" for letter in text)
        return whole > 20 * text.count("\ufffd")
    # A word or two in GB18030 may be UTF-8 by chance, of letters that hardly stand in a text without others (ƽװ: 平装).
    foreign = set(text) - _ASCII
    return (
        not foreign or min(foreign) < "\u0180" or max(foreign) > "\u07ff" or not _is_chinese(_sample(data, "gb18030"))
    )


def _sample(data: bytes, encoding: str) -> str:
    first = re.search(rb"[\x80-\xff]", data)
    start = 0 if encoding.startswith("utf-16") or first is None else first.start()
    # The last character may be cut in two, by the sample or in the file.
    return data[start : start + _SAMPLE].decode(encoding, "replace").rstrip("\ufffd")


def _likelihood(text: str) -> float:
    """The natural logarithm of how likely a reading is."""
    return sum(map(_letter_weight, text))


def _is_chinese(text: str) -> bool:
    """Whether a reading may be a Chinese text: of familiar characters."""
    foreign = [letter for letter in text if letter > "\x7f"]
    han = [letter for letter in foreign if _HAN.match(letter)]
    if not foreign or _CONTROL.search(text):
        return False
    mean = _likelihood("".join(foreign)) / len(foreign)
    # A list of names has few of the commonest; so has a wrong reading, and Korean, whose characters are all familiar.
    if not han or (len(han) >= _TELLING and _share_of_commonest(text) < _LEAST_COMMONEST):
        return len(han) < 2 * _TELLING and mean >= _FAMILIAR
    return mean >= _LEAST_FAMILIAR


def _share_of_commonest(text: str) -> float:
    han = _HAN.findall(text)
    return sum(_plain(letter) in _COMMONEST for letter in han) / max(len(han), 1)


@lru_cache(maxsize=50_000)
def _letter_weight(letter: str) -> float:
    """The natural logarithm of how often a character stands in a Chinese text, by its class."""
    if letter <= "\x7f":
        return -4.0
    plain = _plain(letter)
    if plain in _COMMONEST:
        return -6.5
    if _MARKS_OF_TEXT.match(letter):
        return -6.5
    try:
        code = plain.encode("gb2312")
    except UnicodeEncodeError:
        return -19.0
    if 0xB0 <= code[0] <= 0xD7:  # the 3,755 that GB2312 puts first
        return -8.5
    return -12.5 if code[0] > 0xD7 else -17.0


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # only where a file is not UTF-8

    return OpenCC("t2s")


@lru_cache(maxsize=50_000)
def _plain(letter: str) -> str:
    """A character's simplified form."""
    converted: str = _converter().convert(letter)
    return converted if len(converted) == 1 else letter


def _whole(data: bytes, encoding: str, name: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """All of the bytes, damaged places as `�`."""
    try:
        text, damaged = data.decode(encoding), False
    except UnicodeDecodeError:
        text, damaged = data.decode(encoding, "replace"), True
    if _CONTROL.search(text):
        raise Unreadable("binary data, not a text", where=name, hint="save it as UTF-8 text")
    if not damaged:
        return text, notes
    if encoding not in _SELF_SYNCHRONISING:
        text = re.sub("[^\x00-\x7f]*\ufffd[^\x00-\x7f]*", "\ufffd", text)
    text = re.sub("\ufffd+", "\ufffd", text)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if "\ufffd" in line]
    told = f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines[:_PLACES_BORNE]))}"
    if text.count("\ufffd") > max(_PLACES_BORNE, len(text) // 10_000):
        raise Unreadable(
            f"damaged: bytes that are no {_NAMES[encoding]} in {told} and elsewhere",
            where=name,
            hint="save it again from where it was written, as UTF-8 text",
        )
    note = f"damaged in {told}: what cannot be read stands as \ufffd; mend it in the file"
    return text, (*notes, note)
