"""Dated, sourced facts about incentives, for where no vendor is asked or the vendor knows nothing."""
