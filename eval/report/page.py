"""The report as one self-contained HTML page."""

from eval.report.figures import Figures


def page(report: Figures) -> str:
    return f"<!doctype html><title>{report['split']}</title>"
