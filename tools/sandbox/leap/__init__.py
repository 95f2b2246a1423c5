"""A simulated Leap: incentives in its current and in its former contract, and applications."""
