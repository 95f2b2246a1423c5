"""Leap: incentives for a home and its devices, in the current contract and in the former one."""
