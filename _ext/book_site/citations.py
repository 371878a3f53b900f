"""Literature is cited by author and year, and a source without an author by its key."""

from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style as UnsrtStyle
from pybtex.style.labels import BaseLabelStyle


class Labels(BaseLabelStyle):
    def format_labels(self, entries):
        return [label_of(entry) for entry in entries]


def label_of(entry):
    persons = entry.persons.get("author", ())
    if not persons:
        return entry.key
    authors = [" ".join(map(str, person.rich_last_names)) for person in persons]
    few = len(authors) <= 2 and authors[-1] != "others"
    names = " and ".join(authors) if few else f"{authors[0]} et al."
    return f"{names} {entry.fields.get('year', '')}".strip()


class LabelStyle(UnsrtStyle):
    default_sorting_style = "author_year_title"
    default_label_style = Labels


def setup(app):
    register_plugin("pybtex.style.formatting", "author-year", LabelStyle)
