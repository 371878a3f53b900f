"""Build the fonts of the site anew: of each family, the characters that the book can show.

    python tools/fonts.py

Reads which characters the built pages show, in which family (`tools/letters.py`), adds those that a
reader may type, and takes them out of the families' own releases. Needs `npm` to fetch those, and
fontTools and Brotli to cut and pack them (the extra `author`).
"""

import base64
import hashlib
import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import command
import letters
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from notebooks import ROOT

FOLDER = ROOT / "_ext" / "theme" / "static" / "fonts"
ALL_TOGETHER = 170_000  # bytes

# What may be typed or written next: letters of a name, Greek, and mathematics.
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
NAMES = "ČčĐđĒēĞğĪīŁłŃńŌōŐőŒœŚśŞşŠšŪūŰűŷŽžẑ"
STOPS = "‐‑–—‘’“”„†•…′″‴ €"
GREEK = "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξοπρςστυφχψω"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵀ₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₖₙ"
MATHS = "ℓℒℕℝℤ←↑→↓↔⇒⇔∀∂∃∅∇∈∉∋∏∑−∓∗∘√∝∞∣∥∧∨∩∪∫≈≡≠≤≥≪≫⊂⊆⊕⊗⊙⊤⊥⋅⋯⌈⌉⌊⌋⟨⟩⟶‖✓✗𝟙"
SCRIPT = "𝒟ℋ𝒩𝓛𝓗𝓓"
HATS = "¯^~ˆ˜˙‾→\u0302\u0303\u0304\u0307\u20d7"

# Letters that mathematics in a text needs and these families lack, made of their own: how large, and
# how high above the line (in ems). Without them one letter would stand in another font.
MADE = {
    "ᵀ": ("T", 0.62, 0.3), "ᵢ": ("i", 0.64, -0.14), "ⱼ": ("j", 0.64, -0.14),
    "ₖ": ("k", 0.64, -0.14), "ₙ": ("n", 0.64, -0.14), "⁻": ("−", 0.64, 0.34),
}  # fmt: skip

# Chromium drops a subscript by the first below the foot of its letter, so that p_i stands lower than
# z_k; and draws the line of a fraction as thick as the second, which is heavy beside this text.
MATH_CONSTANTS = {"SubscriptBaselineDropMin": 0, "FractionRuleThickness": 54}


@dataclass(frozen=True)
class Release:
    """A package as it was published, and the licence in it."""

    package: str
    sha512: str
    licence: str


STIX_MATH = Release(
    "@fontsource/stix-two-math@5.3.0",
    "negoeozw6VSXjZMozwKRSm/dhCQT62csZcuea9I8KYqPaZq/8KbbBBrA02ZHF7AyuR5mVML/p+q0bwFuSIf2GQ==",
    "LICENSE",
)
STIX_TEXT = Release(
    "@expo-google-fonts/stix-two-text@0.4.2",
    "FAPxhJFctQxPo1nz6mrblkUADIJfyn22xzVZu1x0sWeXkw+zFDCiq5CKWO7zl1Qwyzd1D1mxc8ix10Z6mxOeFQ==",
    "LICENSE_FONT",
)
INTER = Release(
    "inter-ui@4.1.1",
    "451h0J29HyOmA+JXgSi/6M12tL7ZCZ8arYKZUXiOXTJpJbAKqJvFh3k5SiV3x7tKe0C0KyrKUUiQIvvZ2PQDcA==",
    "LICENSE.txt",
)
SOURCE_CODE = Release(
    "source-code-pro@2.42.0",
    "18isp9l4xtOL3r61TwL9m1hjYX9qb1+i7iK0pSHEeWADKuQCOdQkBzhFiv8pBfOP7u9lNTBN75yYif2HUdyiyg==",
    "LICENSE.md",
)


@dataclass(frozen=True)
class Cut:
    """One file of the site: what it is cut from, which characters, weights and features stay."""

    name: str
    release: Release
    path: str
    family: str
    more: str
    features: tuple[str, ...] = ("kern", "ccmp", "mark", "mkmk", "locl")
    axes: tuple[tuple[str, object], ...] = ()
    renamed: str = ""


TEXT = LATIN + NAMES + STOPS + GREEK + RAISED + MATHS
CUTS = (
    Cut(
        "stix-two-math", STIX_MATH, "files/stix-two-math-latin-400-normal.woff2", "STIX Two Math",
        LATIN[:95] + GREEK + RAISED + MATHS + SCRIPT + HATS + letters.italic(GREEK + LATIN[:95]),
        features=("kern", "ccmp", "mark", "mkmk", "ssty", "flac", "dtls"),
    ),
    Cut("stix-two-text-400", STIX_TEXT, "400Regular/STIXTwoText_400Regular.ttf", "STIX Two Text",
        TEXT, features=("kern", "ccmp", "mark", "mkmk", "lnum", "tnum", "pnum")),
    Cut("stix-two-text-400-italic", STIX_TEXT,
        "400Regular_Italic/STIXTwoText_400Regular_Italic.ttf", "STIX Two Text", TEXT),
    Cut("stix-two-text-600", STIX_TEXT, "600SemiBold/STIXTwoText_600SemiBold.ttf", "STIX Two Text",
        TEXT, features=("kern", "ccmp", "mark", "mkmk", "lnum", "tnum", "pnum")),
    Cut("inter", INTER, "variable/InterVariable.woff2", "Inter", TEXT,
        axes=(("opsz", 14), ("wght", (400, 600)))),
    Cut("source-code-pro", SOURCE_CODE, "VF/SourceCodeVF-Upright.ttf", "Checked Code", TEXT,
        features=("ccmp", "mark", "mkmk"), axes=(("wght", (400, 700)),),
        renamed="Checked Code"),
)  # fmt: skip
LICENCES = {
    "OFL-STIX-Two.txt": STIX_MATH, "OFL-Inter.txt": INTER, "OFL-Source-Code-Pro.txt": SOURCE_CODE,
}  # fmt: skip


def fetched(release, folder):
    """The files of a package, which has to be the one that was looked at."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", release.package],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    archive = (Path(folder) / packed.stdout.strip()).read_bytes()
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != release.sha512:
        raise SystemExit(f"{release.package} is not what it was: sha512 {found}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        return {
            file.name.partition("/")[2]: files.extractfile(file).read()
            for file in files
            if file.isfile()
        }


def cut(font, characters, features):
    """Leave these characters in a font, and what its formulas grow into."""
    options = Options()
    options.layout_features = list(features)
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    if "MATH" in font:
        constants = font["MATH"].table.MathConstants
        for name, value in MATH_CONSTANTS.items():
            getattr(constants, name).Value = value


def make(font):
    """Add the letters of MADE that the font lacks and has the parts for."""
    characters, glyphs, em = font.getBestCmap(), font["glyf"], font["head"].unitsPerEm
    for made, (part, size, height) in MADE.items():
        if ord(made) in characters or ord(part) not in characters:
            continue
        name, base = f"made{ord(made):04X}", characters[ord(part)]
        width = font["hmtx"][base][0]
        fixed = font["post"].isFixedPitch
        left = round(width * (1 - size) / 2) if fixed else 0
        pen = TTGlyphPen(glyphs)
        pen.addComponent(base, (size, 0, 0, size, left, round(height * em)))
        glyphs[name] = pen.glyph()
        glyphs[name].recalcBounds(glyphs)
        font["hmtx"][name] = (width if fixed else round(width * size), glyphs[name].xMin)
        if "gvar" in font:
            font["gvar"].variations[name] = []
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(made)] = name


def rename(font, name):
    """The licence keeps the name of a font from those who change it."""
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16, 25):
            record.string = name.replace(" ", "") if record.nameID in (6, 25) else name


def packed(font):
    font.flavor = "woff2"
    font["head"].modified = font["head"].created  # the same bytes on every day
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def main():
    shown = letters.shown_by_site()
    with tempfile.TemporaryDirectory() as folder:
        files = {r: fetched(r, folder) for r in (STIX_MATH, STIX_TEXT, INTER, SOURCE_CODE)}
    total = 0
    for job in CUTS:
        font = TTFont(io.BytesIO(files[job.release][job.path]), recalcTimestamp=False)
        cut(font, shown.get(job.family, "") + job.more, job.features)
        if job.axes:
            font = instantiateVariableFont(font, dict(job.axes))
            del font["HVAR"]  # what it says stands in the glyphs too
        if "MATH" not in font:
            make(font)
        if job.renamed:
            rename(font, job.renamed)
        content = packed(font)
        command.write(FOLDER / f"{job.name}.woff2", content)
        print(f"{job.name}: {len(font.getBestCmap())} characters, {len(content):,} bytes")
        total += len(content)
    for name, release in LICENCES.items():
        command.write(FOLDER / name, files[release][release.licence].decode().replace("\r", ""))
    print(f"{total:,} bytes in all, of {ALL_TOGETHER:,}")
    return total > ALL_TOGETHER


if __name__ == "__main__":
    command.run(main)
