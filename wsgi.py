"""The web process."""

from api.app import add_api
from bot.app import create_app, open_parts
from bot.logs import get_logger, set_up_logs
from bot.settings import load_or_exit
from bot.vendor_states import list_remarks

settings = load_or_exit()
set_up_logs(settings.log_format, settings.log_level)
for remark in list_remarks(settings):
    get_logger(__name__).warning(remark)
parts = open_parts(settings)
app = create_app(settings, parts)
add_api(app, settings, parts)
