"""Does it do right, measured: labelled cases, scorers, calibration, gates. Import as `from eval.x import y`; run as `python -m eval`."""
