"""A file of named arrays: written once, memory-mapped, every block with its checksum.

The arrays stand one after another, little-endian, each from a multiple of 64 bytes on; behind them their directory (JSON) and
the CRC-32 of each 64 KiB of the file; at the end a footer of fixed length. A block is checked when it is first read, so opening
a large file costs nothing and damage is still found before it can be an answer.
"""

from __future__ import annotations

import mmap
import os
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamaged
from indexer.language import gettext

VERSION = 1
BLOCK = 1 << 16

_MAGIC = b"CHERCHEV"
_FOOTER = struct.Struct("<8sIIQQI")
"""Magic, version, CRC-32 of directory and checksums, length of the arrays, length of directory and checksums, CRC-32 of what
stands before in the footer."""
_ALIGN = 64


class Section(NamedTuple):
    """Where an array stands: its NumPy type, its offset in bytes, its number of elements."""

    dtype: str
    offset: int
    size: int


class ArrayWriter:
    """Writes a file of arrays, one after another."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._sections: dict[str, Section] = {}
        self._sums: list[int] = []
        self._length = self._sum = 0

    def put(self, name: str, array: NDArray[Any]) -> None:
        """Write one array."""
        self.put_pieces(name, array.dtype, [array])

    def put_pieces(self, name: str, dtype: Any, pieces: Iterable[NDArray[Any]]) -> None:
        """Write one array given in pieces."""
        little = np.dtype(dtype).newbyteorder("<")
        self._write(bytes(-self._length % _ALIGN))
        offset = self._length
        for piece in pieces:
            self._write(np.ascontiguousarray(piece, little).view(np.uint8).data)
        self._sections[name] = Section(little.str, offset, (self._length - offset) // little.itemsize)

    def close(self) -> None:
        """Write the directory; what was written is then on the disk."""
        if self._length % BLOCK:
            self._sums.append(self._sum)
        directory = msgspec.json.encode(self._sections)
        tail = struct.pack("<I", len(directory)) + directory + np.array(self._sums, "<u4").tobytes()
        footer = _FOOTER.pack(_MAGIC, VERSION, zlib.crc32(tail), self._length, len(tail), 0)[:-4]
        self._file.write(tail + footer + struct.pack("<I", zlib.crc32(footer)))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Close the file, unfinished."""
        self._file.close()

    def _write(self, data: Any) -> None:
        self._file.write(data)
        rest = memoryview(data)
        while len(rest):
            piece = rest[: BLOCK - self._length % BLOCK]
            self._sum = zlib.crc32(piece, self._sum)
            self._length += len(piece)
            rest = rest[len(piece) :]
            if self._length % BLOCK == 0:
                self._sums.append(self._sum)
                self._sum = 0


class Blocks:
    """The bytes of a file, in blocks. `checked[b]` is 1 for each block that was found to be as it was written."""

    def __init__(self, path: Path, data: mmap.mmap, sums: NDArray[Any], length: int) -> None:
        """`sums` are the checksums of the blocks of the first `length` bytes."""
        self.path, self.data = path, data
        self.checked = bytearray(len(sums))
        self._sums = sums
        self._length = length

    def check(self, first: int, last: int, name: str) -> None:
        """Check those of some blocks that were not yet, read for the array `name`. Raises `IndexDamaged`."""
        while (block := self.checked.find(0, first, last)) >= 0:
            end = min((block + 1) * BLOCK, self._length)
            if zlib.crc32(self.data[block * BLOCK : end]) != self._sums[block]:
                where = f"octets {block * BLOCK} à {end - 1}" + (f", « {name} »" if name else "")
                raise damaged_file(self.path, where)
            self.checked[block] = 1
            first = block + 1


class Array:
    """One array of a file, read by parts. It knows the blocks, not the file: who lets go of a file closes it at once."""

    def __init__(self, blocks: Blocks, name: str, section: Section) -> None:
        self._blocks = blocks
        self._name = name
        self._data = np.frombuffer(blocks.data, section.dtype, section.size, section.offset)
        self._offset = section.offset
        self._bytes = self._data.itemsize

    def __len__(self) -> int:
        return len(self._data)

    def part(self, first: int, last: int) -> NDArray[Any]:
        """The elements `first` to `last` (excluded). Raises `IndexDamaged`."""
        begin = self._offset + first * self._bytes
        end = self._offset + last * self._bytes
        if self._blocks.checked.find(0, begin // BLOCK, -(-end // BLOCK)) >= 0:
            self._blocks.check(begin // BLOCK, -(-end // BLOCK), self._name)
        return self._data[first:last]

    def all(self) -> NDArray[Any]:
        """The whole array. Raises `IndexDamaged`."""
        return self.part(0, len(self._data))


class ArrayFile:
    """A file of arrays opened for reading. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Raises `IndexDamaged` for a file that is cut, of another version, or whose directory is damaged."""
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _FOOTER.size:
                raise damaged_file(path, "il est tronqué")
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._read_directory(data, size)

    def _read_directory(self, data: mmap.mmap, size: int) -> None:
        footer = data[size - _FOOTER.size :]
        magic, version, tail_sum, length, tail_length, footer_sum = _FOOTER.unpack(footer)
        if magic != _MAGIC or footer_sum != zlib.crc32(footer[:-4]):
            raise damaged_file(self.path, "il est tronqué ou sa fin est abîmée")
        if version != VERSION or length + tail_length + _FOOTER.size != size:
            raise damaged_file(self.path, f"sa longueur ou sa version ({version}) n’est pas celle attendue")
        tail = data[length : length + tail_length]
        if zlib.crc32(tail) != tail_sum:
            raise damaged_file(self.path, "son répertoire est abîmé")
        (directory_length,) = struct.unpack_from("<I", tail)
        sections = msgspec.json.decode(tail[4 : 4 + directory_length], type=dict[str, Section])
        self._sums = np.frombuffer(tail, "<u4", offset=4 + directory_length)
        self._length = length
        self._data = data
        blocks = self._blocks()
        self._arrays = {name: Array(blocks, name, section) for name, section in sections.items()}

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def check(self) -> None:
        """Check every block anew. Raises `IndexDamaged`."""
        self._blocks().check(0, len(self._sums), "")

    def _blocks(self) -> Blocks:
        return Blocks(self.path, self._data, self._sums, self._length)


def damaged_file(path: Path, why: object = "") -> IndexDamaged:
    """What is raised where the file `path` of an index is not whole, `why` in few words."""
    told = f" ({why})" if why else ""
    return IndexDamaged(
        gettext("Le fichier « %(path)s » de l’index est abîmé%(why)s. Lancez : chercheville build --full", path=path, why=told)
    )
