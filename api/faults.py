"""Errors of ours: told in one line, for their text names the cure. Imported late by the command line, for they bring half the knowledge base along."""

from agent.errors import PortsideError
from knowledge.encoder.errors import EncoderError
from knowledge.errors import KnowledgeError

OURS = (PortsideError, KnowledgeError, EncoderError)
