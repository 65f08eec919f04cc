"""The brain that the settings ask for: local alone, or the cascade with models, a folder of translations, or both."""

from dataclasses import dataclass
from functools import partial

from agent.brains.cascade import Cascade, Translator
from agent.brains.llm.models import Models
from agent.brains.llm.reading import Beside
from agent.brains.llm.summarising import summarise
from agent.brains.llm.translating import translate
from agent.brains.llm.writing import write
from agent.brains.route import Route
from agent.brains.translation import glossary
from agent.brains.translation.folder import open_folder
from agent.brains.translation.glossary import Glossary
from agent.domain.brief import Brief
from agent.domain.languages import FALLBACK
from agent.domain.reply import Reply, Translation
from agent.ports import Brain
from agent.settings import Settings
from agent.writing import voice
from agent.writing.voice import Voices


@dataclass(frozen=True, slots=True)
class ModelTranslator:
    models: Models
    words: Glossary

    async def translate(self, text: str, source: str, target: str) -> Translation:
        return await translate(self.models, text, source, target, self.words)

    def beside(self, target: str) -> Beside:
        """The same translation, given with the reading of a message."""
        return Beside(target, self.words)


def open_brain(settings: Settings, local: Brain, models: Models, route: Route | None = None) -> Brain:
    """Raises NotReady or BadGlossary when a folder, the glossary or the voice guide cannot be used."""
    translators = _translators(settings, models)
    if not (models.has("small") or models.has("large") or translators):
        return local
    route = route or Route(always=settings.model_use == "always")
    # A folder costs nothing: a model need not translate beside its reading where one is asked first.
    first = translators[0] if translators else None
    return Cascade(
        local,
        models,
        route=route,
        translators=translators,
        beside=first.beside(FALLBACK) if isinstance(first, ModelTranslator) else None,
        write=partial(_write, voice.load(settings.voice)),
        summarise=summarise,
    )


def _translators(settings: Settings, models: Models) -> tuple[Translator, ...]:
    """A folder first, for it costs nothing; unless everything is asked of a model."""
    folder = open_folder(settings)
    found: list[Translator] = [folder] if folder else []
    if models.has("small"):
        found.append(ModelTranslator(models, glossary.load(settings.glossary).keeping(settings.brand)))
    return tuple(reversed(found)) if settings.model_use == "always" else tuple(found)


async def _write(voices: Voices, models: Models, brief: Brief) -> Reply | None:
    return await write(models, brief, voices.of(brief.brand, brief.channel, brief.language))
