"""Carries texts from language to language by a model in a local folder; what must not change stands behind marks meanwhile."""

from agent.brains.translation.folder import FolderTranslator, open_folder
from agent.brains.translation.glossary import BadGlossary, Glossary

__all__ = ["BadGlossary", "FolderTranslator", "Glossary", "open_folder"]
