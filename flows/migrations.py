"""Numbered functions that carry the slots of live conversations from one version of a flow to the next.

Key n carries version n to version n + 1: slots in, slots out, CannotCarry where a conversation needs a person. An entry
stays for as long as conversations of its version can be alive.
"""

from flows.definition import Carry

INTAKE: dict[int, Carry] = {1: dict, 2: dict}
"""1 to 2: what follows submission was added. 2 to 3: electric companies are offered to tap. Slots stay as they are."""
