"""What language models are told: one Markdown file a language step, and the loader that holds them to their front matter."""

from prompts.loader import Prompt, PromptError, fence, load, reading_from

__all__ = ["Prompt", "PromptError", "fence", "load", "reading_from"]
