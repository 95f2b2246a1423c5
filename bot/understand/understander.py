"""Understands with a language model's help: rules first, then at most one bounded call for what they leave open."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as daytime
from typing import Any

from sqlalchemy import Engine

from bot.logs import get_logger
from bot.outbox import insert_alert
from bot.understand.prices import estimate_call, price_call
from bot.understand.prompt import LONGEST, digest_prompt, make_prompt
from bot.understand.proposals import dump_proposals, read_proposals
from bot.understand.proposing import Record, add_proposals, set_scene
from bot.understand.rules import Payload, Understood, understand
from bot.understand.scene import Scene
from bot.understand.topics import list_topics
from bot.wake import EFFECT_QUEUES
from db.model_calls import ANSWERED, add_call, end_call, find_answer, find_message, read_spent
from flows.state import State
from integrations.llm.model import Completion, LanguageModel, ModelError, Prompt, Spent

CACHE_SECONDS = 30 * 86_400.0
LEASE_SHARE = 0.4
"""Of the turn's lease: a call ends long before somebody else may take the conversation over."""

SLOW_SHARE = 0.6
"""Of the deadline: a call that took longer was the last one of its claim, as is one that failed."""

COSTLY = ("timeout", "garbage", "empty", "schema", "ignored_tool", "refused")
"""Errors after which a vendor may charge for an answer that nobody saw."""

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Budget:
    """Cents a day, in UTC: for one contact, and for everybody together."""

    contact_cents: float
    daily_cents: float


@dataclass(frozen=True)
class Understander:
    """An `Understand`. `names` are the models that may answer, for their prices; `deadline` is in seconds over a whole
    call; `ring` is told the queue of an alert. A turn opens no transaction around it, and it opens none over a call."""

    engine: Engine
    model: LanguageModel
    names: Sequence[str]
    budget: Budget
    deadline: float
    ring: Callable[[str], object]

    def __call__(
        self, kind: str, message_id: str, payload: Payload, state: State, on_duty: bool, today: date
    ) -> Understood:
        read = understand(kind, message_id, payload, state, on_duty, today)
        scene = set_scene(read, payload, state, today)
        return read if scene is None else add_proposals(read, scene, self._consult(scene, message_id, today))

    def _consult(self, scene: Scene, message_id: str, today: date) -> Record:
        """What a model proposes; without proposals where it is not asked, or gives no usable answer."""
        prompt = make_prompt(scene)
        if len(scene.text) > LONGEST:
            return _record(prompt, "long")
        digest = digest_prompt(prompt, self.names[0])
        midnight = datetime.combine(today, daytime(), UTC)
        with self.engine.connect() as connection:
            place = find_message(connection, message_id)
            if place is None:
                return _record(prompt, "stray")
            earlier = find_answer(connection, digest, place.inbox_id, CACHE_SECONDS)
            spent = read_spent(connection, place.contact_id, midnight)
        about = {
            "conversation_id": place.conversation_id,
            "inbox_id": place.inbox_id,
            "prompt_version": prompt.version,
            "digest": digest,
        }
        if earlier is not None:
            return self._reuse(prompt, about, earlier)
        cost = max(estimate_call(name, _count_characters(prompt)) for name in self.names)
        if scope := self._find_limit(spent, cost):
            self._tell_spent(scope, place.conversation_id, today)
            return _record(prompt, "budget")
        return self._call(prompt, about, cost, today)

    def _reuse(self, prompt: Prompt, about: dict[str, Any], earlier: Any) -> Record:
        """The answer of before; of a call for this very message that came to nothing, nothing: it is not repeated."""
        if earlier.outcome != ANSWERED:
            return _record(prompt, "again")
        kept = {"vendor": earlier.vendor, "model": earlier.model, "proposals": earlier.proposals}
        with self.engine.begin() as connection:
            add_call(connection, {**about, **kept, "outcome": ANSWERED, "cached": True})
        return _record(prompt, ANSWERED, earlier.proposals, cached=True)

    def _find_limit(self, spent: tuple[int, int], cost: int) -> str:
        """Which budget a call would exceed: "contact", "day", or "" for none."""
        limits = {"contact": self.budget.contact_cents, "day": self.budget.daily_cents}
        over = (scope for (scope, cents), sum_ in zip(limits.items(), spent, strict=True) if sum_ + cost > cents * 1000)
        return next(over, "")

    def _call(self, prompt: Prompt, about: dict[str, Any], cost: int, today: date) -> Record:
        """The cost is booked before the call, so that a process that ends in between has spent it."""
        with self.engine.begin() as connection:
            call_id = add_call(connection, {**about, "cost": cost})
        began = time.monotonic()
        try:
            completion = self.model.complete(prompt, self.deadline)
        except ModelError as error:
            return self._note_failure(prompt, about, call_id, error, cost, _count_ms(began), today)
        return self._note_answer(prompt, about, call_id, completion, cost, _count_ms(began), today)

    def _note_answer(
        self,
        prompt: Prompt,
        about: dict[str, Any],
        call_id: int,
        completion: Completion,
        cost: int,
        ms: int,
        today: date,
    ) -> Record:
        proposals = dump_proposals(read_proposals(completion.data, prompt.words, list_topics()))
        values = {
            "outcome": ANSWERED,
            "vendor": completion.vendor,
            "model": completion.model,
            "tokens_in": completion.tokens_in,
            "tokens_out": completion.tokens_out,
            "cost": _price_answer(completion, cost) + _price_troubles(completion.troubles, cost),
            "milliseconds": ms,
            "proposals": proposals,
        }
        self._end(call_id, about, values, completion.troubles, today)
        record = _record(prompt, ANSWERED, proposals)
        return {**record, "slow": True} if ms > self.deadline * SLOW_SHARE * 1000 else record

    def _note_failure(
        self, prompt: Prompt, about: dict[str, Any], call_id: int, error: ModelError, cost: int, ms: int, today: date
    ) -> Record:
        spent = error.spent or Spent("", "")
        values = {
            "outcome": error.code,
            "vendor": spent.vendor,
            "model": spent.model,
            "tokens_in": spent.tokens_in,
            "tokens_out": spent.tokens_out,
            "cost": _price_troubles(error.troubles, cost),
            "milliseconds": ms,
        }
        self._end(call_id, about, values, error.troubles, today)
        return {**_record(prompt, error.code), "slow": True}

    def _end(
        self, call_id: int, about: dict[str, Any], values: dict[str, Any], troubles: Sequence[ModelError], today: date
    ) -> None:
        with self.engine.begin() as connection:
            end_call(connection, call_id, **values)
        log.info(
            "language model asked",
            conversation_id=about["conversation_id"],
            inbox_id=about["inbox_id"],
            outcome=values["outcome"],
            milliseconds=values["milliseconds"],
        )
        for error in troubles:
            if error.code == "auth":
                summary = f"A language model cannot be used, and messages are read by rules alone: {error.sentence}"
                self._alert(f"model:auth:{today.isoformat()}", about["conversation_id"], "model_failed", summary, ())

    def _tell_spent(self, scope: str, conversation_id: int, today: date) -> None:
        """Once a day for each budget."""
        limit = self.budget.contact_cents if scope == "contact" else self.budget.daily_cents
        whose = "of one contact" if scope == "contact" else "of this installation"
        summary = f"The language model's budget {whose} for today is spent: messages are read by rules alone."
        facts = (("Budget", f"{limit:g} cents a day"), ("Day", f"{today.isoformat()} UTC"))
        key = f"model:budget:{scope}:{today.isoformat()}"
        self._alert(key, conversation_id, "model_budget", summary, facts)

    def _alert(
        self, key: str, conversation_id: int, reason: str, summary: str, facts: Sequence[tuple[str, str]]
    ) -> None:
        with self.engine.begin() as connection:
            fresh = insert_alert(connection, key, conversation_id, reason, summary, facts)
        if fresh:
            log.warning("language model", reason=reason, conversation_id=conversation_id)
            self.ring(EFFECT_QUEUES["alert_staff"])


def limit_deadline(seconds: float, lease_seconds: float) -> float:
    """Seconds that a call may take inside a turn of that lease."""
    return min(seconds, lease_seconds * LEASE_SHARE)


def _record(prompt: Prompt, outcome: str, proposals: Any = (), *, cached: bool = False) -> Record:
    return {"prompt": prompt.version, "outcome": outcome, "cached": cached, "proposals": list(proposals or ())}


def _price_answer(spent: Spent | Completion, cost: int) -> int:
    """By its tokens, else `cost` where the vendor does not tell them."""
    if spent.tokens_in <= 0 or spent.tokens_out < 0:
        return cost
    return price_call(spent.model, spent.tokens_in, spent.tokens_out)


def _price_troubles(errors: Sequence[ModelError], cost: int) -> int:
    """Of useless answers: by their tokens where those are known, else `cost` where a vendor may charge for one."""
    known = sum(_price_answer(each.spent, cost) for each in errors if each.spent)
    return known + cost * sum(each.sent and each.spent is None and each.code in COSTLY for each in errors)


def _count_characters(prompt: Prompt) -> int:
    return len(prompt.system) + len(prompt.words) + len(str(prompt.schema))


def _count_ms(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
