"""The services by name: the only place that imports one because somebody named it."""

from importlib import import_module

from services import SERVICES
from shared.chassis.config import Config
from shared.chassis.runtime import Runtime
from shared.chassis.service import Service
from shared.contracts import authorities


def service_named(name: str) -> Service:
    """The service, or `KeyError`."""
    if name not in SERVICES:
        raise KeyError(name)
    service: Service = import_module(f"services.{name}.service").service
    return service


def runtime_of(name: str, config: Config) -> Runtime:
    """The service with these settings."""
    authorities.use(config.authorities_file)
    return Runtime(service_named(name), config)
