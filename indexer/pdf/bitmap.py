"""A page as an image."""

from __future__ import annotations

from typing import NamedTuple

_DARK = bytes(range(192))


class Bitmap(NamedTuple):
    """`width` × `height` grey pixels (0 black, 255 white), row by row from the top, at `dpi` pixels an inch."""

    width: int
    height: int
    pixels: bytes
    dpi: float

    @property
    def dark_share(self) -> float:
        """The share of pixels that are not light, 0 to 1."""
        return 1 - len(self.pixels.translate(None, _DARK)) / max(1, len(self.pixels))

    @property
    def pgm(self) -> bytes:
        """The image as a PGM file."""
        return b"P5 %d %d 255\n" % (self.width, self.height) + self.pixels
