"""Brings the database up to date before a new version starts: `python -m bot.release`."""

from bot.logs import get_logger, set_up_logs
from bot.settings import load_or_exit
from db.migrate import upgrade


def main() -> None:
    settings = load_or_exit()
    set_up_logs(settings.log_format, settings.log_level)
    upgrade(settings.database_url)
    get_logger(__name__).info("database is up to date")


if __name__ == "__main__":
    main()
