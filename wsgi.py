"""The web process."""

from bot.app import create_app
from bot.logs import set_up_logs
from bot.settings import load_settings

settings = load_settings()
set_up_logs(settings.log_format, settings.log_level)
app = create_app(settings)
