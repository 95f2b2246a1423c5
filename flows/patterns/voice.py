"""Voice messages: heard where somebody listens, else an honest word; the recording is kept either way."""

from flows.draft import Draft
from flows.events import Media, VoiceUnheard


def heed_voice(draft: Draft, recordings: tuple[Media, ...]) -> None:
    """Ask for it in writing."""
    draft.vary("voice.cannot")
    if draft.phase == "submitted":
        draft.alert("note", f"{draft.name} sent a voice message.")


def miss_voice(draft: Draft, event: VoiceUnheard) -> None:
    """Nothing could be made out."""
    draft.say("voice.unheard")
