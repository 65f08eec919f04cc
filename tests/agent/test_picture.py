"""The README's picture is the graph."""

from agent.picture import README, with_picture


def test_the_readme_shows_the_graph_as_it_is() -> None:
    readme = README.read_text(encoding="utf-8")
    assert with_picture(readme) == readme, "Run: python -m agent.picture"
