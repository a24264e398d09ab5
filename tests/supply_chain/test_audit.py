"""What the audit makes of pip-audit's reports: a skipped package is never taken for a sound one."""

from typing import Any

from tests.supply_chain.audit import verdict

SOUND: dict[str, Any] = {"name": "starlette", "version": "1.10.0", "vulns": []}
SKIPPED = {
    "name": "aiohttp",
    "skip_reason": "Dependency not found on PyPI and could not be audited: aiohttp (3.14.5)",
}
VULNERABLE = {
    "name": "jinja2",
    "version": "3.1.2",
    "vulns": [{"id": "PYSEC-2024-1", "fix_versions": ["3.1.3"], "aliases": [], "description": "…"}],
}


def test_sound_packages_pass() -> None:
    found = verdict({"dependencies": [SOUND]})
    assert found.passes(all_looked_up=True)
    assert found.lines() == ["1 packages audited, 0 advisories."]


def test_an_advisory_fails_and_says_what_mends_it() -> None:
    found = verdict({"dependencies": [SOUND, VULNERABLE]})
    assert not found.passes(all_looked_up=False)
    assert "vulnerable: jinja2 3.1.2: PYSEC-2024-1, mended in 3.1.3" in found.lines()


def test_a_package_without_advisories_is_named_and_fails_where_all_must_be_looked_up() -> None:
    found = verdict({"dependencies": [SOUND, SKIPPED]})
    assert found.passes(all_looked_up=False)
    assert not found.passes(all_looked_up=True)
    assert found.lines()[1] == "NOT AUDITED, no advisories to be had: aiohttp"
