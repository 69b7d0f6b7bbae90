"""Uploads never touch the disk in clear text: what is too large is counted and dropped, not spooled."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class MemoryOnlyHandler(FileUploadHandler):
    """Keeps a file in memory up to FILE_UPLOAD_MAX_MEMORY_SIZE; a larger one arrives empty, with its true size."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file, self.dropped = BytesIO(), False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE and not self.dropped:
            self.file, self.dropped = BytesIO(), True
        if not self.dropped:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset
        )
