"""No letter of the book is set in a font that is not its own, and the fonts are as small as promised."""

import fonts
import letters
import pytest

STYLES = {
    "STIX Two Text": (
        {"fontWeight": "400"}, {"fontWeight": "600"}, {"fontWeight": "400", "fontStyle": "italic"},
    ),
    "Inter": ({"fontWeight": "400"}, {"fontWeight": "600"}),
    "Checked Code": ({"fontWeight": "400"}, {"fontWeight": "700"}),
    "STIX Two Math": ({},),
}  # fmt: skip
# Letters that were once taken from elsewhere, and what a reader may type.
HARD = {
    "STIX Two Text": "ŷᵀᵢₙℓℝ⊙⊤∇‖→✓²ⁿ≤∑∂−",
    "Inter": "ŷᵀℓ→✓≥−²",
    "Checked Code": "Σσθδλŷᵀℓ→✓∂∑≤≥≠∞√",
    "STIX Two Math": "ℝℓ∇⊙⊤‖𝓛𝑥ℎ𝜃𝛿∂−√",
}


@pytest.fixture(scope="module")
def shown(browser):
    return letters.shown(browser, letters.pages())


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.goto((letters.SITE / "index.html").as_uri())
    yield page
    page.close()


def test_the_families_of_the_pages_are_the_books(shown):
    assert set(shown) == set(STYLES)


@pytest.mark.parametrize("family", STYLES)
def test_every_character_of_every_page_has_its_glyph(shown, page, family):
    for style in STYLES[family]:
        asked = sorted(set(shown[family] + HARD[family]))
        assert "".join(letters.strangers(page, family, asked, **style)) == ""


def test_a_missing_glyph_is_found(page):
    assert list(letters.strangers(page, "STIX Two Text", "a字b")) == ["字"]


def test_a_missing_font_is_found(page):
    assert list(letters.strangers(page, "Nowhere, serif", "a")) == ["a"]


def test_characters_are_collected_by_family(browser, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        """<style>p { font-family: One, Two } p::after { content: "字" }</style>
        <p>a<b style="font-family: 'Other'">b</b></p>
        <math style="font-family: 'STIX Two Math'"><mi>x</mi><mo>+</mo><mi>log</mi></math>""",
        encoding="utf-8",
    )
    found = letters.shown(browser, [path])
    assert found == {"One": "a字", "Other": "b", "STIX Two Math": "+glo𝑥"}


def test_subscripts_of_all_letters_stand_at_one_height(page):
    """The first constant that was changed: as the font was published, p_i stands lower than z_k."""
    assert _depth(page, "p") == pytest.approx(_depth(page, "z"), abs=0.5)


def _depth(page, letter):
    return page.evaluate(
        """letter => {
          const place = document.createElement('p');
          place.innerHTML = `<math><msub><mi>${letter}</mi><mi>i</mi></msub><mi>x</mi></math>`;
          document.querySelector('main').prepend(place);
          const [, index] = place.querySelector('msub').children;
          const line = place.querySelector('math').lastChild;
          const [low, base] = [index, line].map(e => e.getBoundingClientRect().bottom);
          place.remove();
          return low - base;
        }""",
        letter,
    )


def test_the_fonts_are_small_and_bear_their_licences():
    assert {path.stem for path in fonts.FOLDER.glob("*.woff2")} == {cut.name for cut in fonts.CUTS}
    assert sum(path.stat().st_size for path in fonts.FOLDER.glob("*.woff2")) <= fonts.ALL_TOGETHER
    for name in fonts.LICENCES:
        published = letters.SITE / "_static" / "fonts" / name
        assert "SIL Open Font License" in published.read_text(encoding="utf-8")
        assert published.read_bytes() == (fonts.FOLDER / name).read_bytes()
