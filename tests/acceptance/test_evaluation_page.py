"""The evaluation's report at the desk: for operators only, and it can run nothing."""

import pytest

SIGN_IN = "/desk/login?next=/desk/evaluation"
PAGE = "/desk/evaluation"


@pytest.fixture
async def reported(start, settings, tmp_path):
    """A service whose data folder is empty but for the models: (service, the operator's headers, folder of the report)."""
    (tmp_path / "models").symlink_to(settings.models.resolve())
    async with start(settings=settings.model_copy(update={"data": tmp_path})) as running:
        desk = await running.operator()
        yield running, desk.headers, tmp_path / "eval"


async def test_the_newest_report_is_shown_to_operators_and_can_run_nothing(reported):
    running, headers, folder = reported
    missing = await running.client.get(PAGE, headers=headers)
    assert missing.status_code == 200
    assert "python -m eval run" in missing.text
    assert "default-src 'self'" in missing.headers["content-security-policy"]

    folder.mkdir()
    for words in ("first", "second"):
        (folder / "report.html").write_text(f"<!doctype html><title>{words} report</title>", encoding="utf-8")
        found = await running.client.get(PAGE, headers=headers)
        assert (found.status_code, f"{words} report" in found.text) == (200, True)
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy and "frame-ancestors 'self'" in policy
    assert found.headers["content-type"].startswith("text/html")
    assert found.headers["x-content-type-options"] == "nosniff"

    stranger = await running.client.get(PAGE, headers={"cookie": ""})
    assert (stranger.status_code, stranger.headers["location"]) == (303, SIGN_IN)
    assert "report" not in stranger.text


async def test_the_desk_links_to_the_report(running):
    desk = await running.operator()
    assert f'href="{PAGE}"' in (await running.client.get("/desk", headers=desk.headers)).text
