"""What gunicorn loads: `services.wsgi:api("intake")`, `services.wsgi:site("publishing")`."""

from flask import Flask

from services.registry import runtime_of
from shared.chassis.config import Config
from shared.chassis.observability.logging import configure


def api(name: str) -> Flask:
    """The API of a service."""
    config = Config.load()
    configure(name, config.log_level)
    return runtime_of(name, config).app()


def site(name: str) -> Flask:
    """The pages that a service has for the public."""
    config = Config.load()
    configure(f"{name}-site", config.log_level)
    return runtime_of(name, config).site()
