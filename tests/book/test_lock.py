"""The lock names versions and hashes, and nothing that belongs to one machine."""

import re
import tomllib

from notebooks import ROOT

LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_address_and_no_path():
    assert not re.search(r"://|index-url|find-links|\s/\w", LOCK)


def test_every_package_has_a_hash():
    entries = re.findall(r"^\S+==(?:.*\\\n)*.*$", LOCK, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^\w", LOCK, re.MULTILINE))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_holds_what_the_project_asks_for():
    extras = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *extras["book"], *extras["test"]]
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, re.MULTILINE))
    for requirement in wanted:
        name, _, version = requirement.partition("==")
        name = normal(re.match(r"[\w.-]+", name).group())
        assert name in locked, f"{requirement} is not locked: run `make lock`"
        assert version.partition(",")[0] in ("", locked[name]), (
            f"{requirement} is locked as {locked[name]}"
        )
