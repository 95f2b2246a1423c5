"""Dated answers to the questions that homeowners ask most, out of files that staff edit."""

from bot.knowledge.answers import Answer, find_answer, find_remark_answer
from bot.knowledge.load import KnowledgeError

__all__ = ["Answer", "KnowledgeError", "find_answer", "find_remark_answer"]
