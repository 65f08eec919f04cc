"""Pictures as SVG text: one file a kind of chart, each a pure function of the figures it shows."""
