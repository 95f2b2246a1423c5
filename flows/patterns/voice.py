"""Voice messages: heard where somebody listens, else an honest word; the recording is kept either way."""

from flows.draft import Draft
from flows.effects import ReadVoice
from flows.events import Media, VoiceUnheard


def heed_voice(draft: Draft, recordings: tuple[Media, ...]) -> None:
    """Have it heard, and wait for the words; where nobody listens, ask for them in writing."""
    if draft.message is not None and "voice" in draft.message.senses:
        for media in recordings:
            draft.do(ReadVoice(media.media_id, draft.language))
        draft.quiet = True
        return
    draft.vary("voice.cannot")
    if draft.phase == "submitted":
        draft.alert("note", f"{draft.name} sent a voice message.")


def miss_voice(draft: Draft, event: VoiceUnheard) -> None:
    """Nothing could be made out."""
    draft.say("voice.unheard")
