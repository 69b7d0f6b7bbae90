"""What a file is, by its first bytes; its name proves nothing."""

FRONT = 32
SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftyp", "video/mp4"),
)
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/heic": "heic", "application/pdf": "pdf", "audio/mpeg": "mp3",
    "audio/amr": "amr", "audio/mp4": "m4a", "audio/wav": "wav", "video/mp4": "mp4",
}  # fmt: skip


def kind_of(front: bytes) -> str | None:
    """The media type of a file that begins so, or None if it is none we keep."""
    if front[:4] == b"RIFF" and front[8:12] == b"WAVE":
        return "audio/wav"
    for place, sign, kind in SIGNS:
        if front[place : place + len(sign)] == sign:
            return kind
    return None
