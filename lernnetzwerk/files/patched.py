from collections.abc import Sequence

from django.core.files import File

from lernnetzwerk.formats.results import Patch


class PatchedFile(File):
    """A file whose bytes at some places are others, without a copy: a film may have hundreds of megabytes.

    Only `read` and what is made of it, such as `chunks`, gives the other bytes.
    """

    def __init__(self, file: File, patches: Sequence[Patch]) -> None:
        super().__init__(file, file.name)
        self.original, self.patches = file, patches

    def read(self, size: int = -1) -> bytes:
        start = self.original.tell()
        data = bytearray(self.original.read(size))
        for patch in self.patches:
            begin, end = max(patch.at, start), min(patch.at + len(patch.content), start + len(data))
            if begin < end:
                data[begin - start : end - start] = patch.content[begin - patch.at : end - patch.at]
        return bytes(data)
