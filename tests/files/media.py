"""Files as telephones and offices make them: each tells where, when and with what it was made."""

import io
import struct
import wave

import pikepdf
import pillow_heif
from PIL import Image

PLACE, DEVICE = b"+49.4532+117.7120/", b"HUAWEI P50"
PAYLOAD = bytes(range(256)) * 8


def box(kind: bytes, *parts: bytes) -> bytes:
    inner = b"".join(parts)
    return struct.pack(">I4s", 8 + len(inner), kind) + inner


def full(kind: bytes, *parts: bytes) -> bytes:
    return box(kind, bytes(4), *parts)


def _track(handler: bytes, at: int, size: int) -> bytes:
    tables = box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 0)),
        full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        full(b"stsz", struct.pack(">II", size, 1)),
        full(b"stco", struct.pack(">II", 1, at)),
    )
    name = full(b"hdlr", bytes(4), handler, bytes(12), DEVICE, b"\0")
    times = struct.pack(">IIII", 0xE1234567, 0xE1234567, 1000, 1000) + bytes(4)
    return box(b"trak", full(b"tkhd", times), box(b"mdia", full(b"mdhd", times), name, box(b"minf", tables)))


def film(brand: bytes = b"isom", track: bytes = b"vide") -> bytes:
    """A film with a track that tells the place second by second, the place in udta, meta and uuid."""
    head = box(b"ftyp", brand, bytes(4), brand)
    told = PLACE + b" every second " + DEVICE
    data = box(b"mdat", PAYLOAD, told)
    at = len(head) + 8
    moov = box(
        b"moov", full(b"mvhd", struct.pack(">IIII", 0xE1234567, 0xE1234567, 1000, 1000), bytes(80)),
        _track(track, at, len(PAYLOAD)), _track(b"meta", at + len(PAYLOAD), len(told)),
        box(b"udta", box(b"\xa9xyz", PLACE)), full(b"meta", b"com.apple.quicktime.location", PLACE),
    )  # fmt: skip
    return (
        head
        + data
        + moov
        + box(b"uuid", bytes(16), PLACE)
        + box(b"html", b"<script>alert(1)</script>" + PLACE)
    )


def sound() -> bytes:
    """An MP3 with the place and a picture in its tags, before and behind."""
    tag = b"TXXX" + struct.pack(">I", 64) + bytes(2) + (b"\0" + PLACE + DEVICE).ljust(64, b"\0")
    size = len(tag)
    head = b"ID3\x03\x00\x00" + bytes((size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127))
    frames = (b"\xff\xfb\x90\x00" + bytes(413)) * 20
    ape = b"APETAGEX" + struct.pack("<IIII", 2000, 32 + len(PLACE), 0, 0) + bytes(8)
    return head + tag + frames + PLACE + ape + (b"TAG" + DEVICE).ljust(128, b"\0")


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(PAYLOAD)
    told = (
        b"LIST"
        + struct.pack("<I", 4 + 8 + 36)
        + b"INFO"
        + b"IART"
        + struct.pack("<I", 36)
        + (PLACE + DEVICE).ljust(36)
    )
    whole = out.getvalue() + told
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:] + b"behind the sound " + PLACE


def heic() -> bytes:
    exif = Image.Exif()
    exif[0x0110], exif[0x010E] = DEVICE.decode(), PLACE.decode()
    picture, out = pillow_heif.from_pillow(Image.new("RGB", (64, 64), (90, 20, 20))), io.BytesIO()
    picture.save(out, quality=50, exif=exif.tobytes())
    return out.getvalue()


def photo(size: tuple[int, int] = (64, 64)) -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0110], exif[0x010E] = DEVICE.decode(), PLACE.decode()
    Image.new("RGB", size, (90, 20, 20)).save(out, "JPEG", exif=exif, comment=PLACE)
    return out.getvalue()


def paper() -> bytes:
    """A scan as an office makes it: author, dates, XMP, an attachment, a script, and a photo with its EXIF."""
    document, out = pikepdf.new(), io.BytesIO()
    page = document.add_blank_page(page_size=(200, 200))
    picture = pikepdf.Stream(document, photo())
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 64, 64, 8
    picture.ColorSpace, picture.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    page.Contents = pikepdf.Stream(document, b"q 100 0 0 100 0 0 cm /Im0 Do Q")
    document.docinfo["/Author"] = (PLACE + DEVICE).decode()
    with document.open_metadata() as told:
        told["dc:creator"] = [DEVICE.decode()]
        told["dc:description"] = PLACE.decode()
    document.attachments["a.txt"] = PLACE + DEVICE
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.save(out, compress_streams=False)
    return out.getvalue()
