"""What a file is, by its first bytes and the ending of its name together; either alone proves nothing."""

JPEG, PNG, HEIC, PDF = "image/jpeg", "image/png", "image/heic", "application/pdf"
MP3, AMR, M4A, WAV = "audio/mpeg", "audio/amr", "audio/mp4", "audio/wav"
MP4, MOV = "video/mp4", "video/quicktime"

SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (0, b"%PDF-", PDF),
    (0, b"ID3", MP3),
    (0, b"\xff\xfb", MP3),
    (0, b"\xff\xf3", MP3),
    (0, b"#!AMR", AMR),
)
# The brand of an ISO media file (ISO 14496-12): what follows "ftyp".
BRANDS = {
    b"M4A ": M4A, b"M4B ": M4A, b"heic": HEIC, b"heix": HEIC, b"mif1": HEIC, b"qt  ": MOV,
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV",
                     b"3gp4", b"3gp5", b"dash"), MP4),
}  # fmt: skip
ENDINGS = {
    JPEG: "jpg", PNG: "png", HEIC: "heic", PDF: "pdf", MP3: "mp3", AMR: "amr", M4A: "m4a", WAV: "wav", MP4: "mp4", MOV: "mov",
}  # fmt: skip
# The kinds a file of this ending may be. Telephones give recordings of sound the brand of a film.
KINDS = {
    "jpg": (JPEG,), "jpeg": (JPEG,), "png": (PNG,), "heic": (HEIC,), "heif": (HEIC,), "pdf": (PDF,), "mp3": (MP3,),
    "amr": (AMR,), "wav": (WAV,), "m4a": (M4A, MP4), "mp4": (MP4, M4A), "m4v": (MP4,), "mov": (MOV, MP4),
}  # fmt: skip


def kind_of(front: bytes) -> str | None:
    """The media type of a file that begins so, or None if it is none we keep."""
    if front[:4] == b"RIFF" and front[8:12] == b"WAVE":
        return WAV
    if front[4:8] == b"ftyp":
        return BRANDS.get(front[8:12])
    for place, sign, kind in SIGNS:
        if front[place : place + len(sign)] == sign:
            return kind
    return None


def kind_named(front: bytes, name: str) -> str | None:
    """The same, if the ending of its name says so too."""
    ending, kind = name.rpartition(".")[2].lower(), kind_of(front)
    if kind not in KINDS.get(ending, ()):
        return None
    return M4A if ending == "m4a" else kind
