"""Where gunicorn listens: PORT, from the environment or from `.env`; gunicorn reads this file by itself."""

from bot.settings import load_or_exit

bind = f"0.0.0.0:{load_or_exit().port}"  # nosec B104 - a proxy stands in front
