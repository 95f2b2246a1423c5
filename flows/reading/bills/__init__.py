"""Reads utility bills: pages of placed words to a bill with its doubts."""
