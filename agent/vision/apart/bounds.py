"""How much a stranger's photo may cost. Read by both sides."""

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
#: The stored copy's longer side, in pixels: enough to see a crack, small enough to keep.
MAX_SIDE = 1600
#: Bytes of address space of the process apart: 40 megapixels with transparency fit in, a bomb does not.
MEMORY = 1_200_000_000
#: Seconds of CPU for one photo; the clock's limit is the caller's.
CPU_SECONDS = 10
#: Open files: the three pipes, and what a library reads while it loads.
FILES = 32
