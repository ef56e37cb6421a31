"""Settings are declared once, checked all at once, and dangerous ones refused in production."""

import os
from pathlib import Path

import pytest

from shared.chassis.config import Config, ConfigError, sample_env

PRODUCTION = {
    "CANDOUR_ENV": "production",
    "OIDC_ISSUER": "https://identity.example.invalid",
    "KAFKA_BOOTSTRAP_SERVERS": "kafka.example.invalid:9093",
    "SMTP_URL": "smtps://mail.example.invalid:465",
}


def test_nothing_need_be_set():
    config = Config.load({})
    assert (config.env, config.state, config.port(8101)) == ("development", Path("var"), 8101)
    assert config.service_database_url("intake") == "sqlite:///var/intake.db"
    assert config.bootstrap_servers == "127.0.0.1:9092"
    assert config.mail_relay == "smtp://127.0.0.1:8025"


def test_every_mistake_is_named_at_once():
    with pytest.raises(ConfigError) as refused:
        Config.load(
            {
                "CANDOUR_ENV": "staging",
                "CANDOUR_PORT_OFFSET": "-1",
                "CANDOUR_WEB_THREADS": "many",
                "CANDOUR_DATABASE_URL": "mysql://x/{service}",
                "KAFKA_SECURITY_PROTOCOL": "TLS",
                "CANDOUR_RELEASE_POLICY": "no/such/policy.toml",
                "CANDOUR_CLAMD": "127.0.0.1:3310",
            }
        )
    assert [error.split()[0] for error in refused.value.errors] == [
        "CANDOUR_ENV",
        "CANDOUR_DATABASE_URL",
        "CANDOUR_PORT_OFFSET",
        "CANDOUR_WEB_THREADS",
        "KAFKA_SECURITY_PROTOCOL",
        "CANDOUR_RELEASE_POLICY",
        "CANDOUR_CLAMD",
    ]
    assert all(error in str(refused.value) for error in refused.value.errors)


def test_services_cannot_be_put_into_one_database():
    with pytest.raises(ConfigError, match="a database of its own"):
        Config.load({"CANDOUR_DATABASE_URL": "postgresql+psycopg://db/candour"})


def test_production_starts_with_settings_of_its_own():
    assert Config.load(PRODUCTION).env == "production"


@pytest.mark.parametrize("missing", sorted(PRODUCTION.keys() - {"CANDOUR_ENV"}))
def test_production_refuses_what_only_a_developers_machine_has(missing):
    with pytest.raises(ConfigError, match=missing):
        Config.load({name: value for name, value in PRODUCTION.items() if name != missing})


def test_production_refuses_a_movable_clock():
    with pytest.raises(ConfigError, match="CANDOUR_CLOCK_FILE"):
        Config.load(PRODUCTION | {"CANDOUR_CLOCK_FILE": "clock"})


def test_a_second_stack_on_one_machine_gets_every_port_shifted():
    config = Config.load({"CANDOUR_PORT_OFFSET": "1000"})
    assert (config.port(8101), config.bootstrap_servers) == (9101, "127.0.0.1:10092")
    assert config.mail_relay == "smtp://127.0.0.1:9025"


def test_a_child_process_gets_the_same_settings(monkeypatch):
    config = Config.load({"CANDOUR_STATE": "elsewhere", "CANDOUR_PORT_OFFSET": "7", "KAFKA_USERNAME": "candour"})
    assert Config.load(config.environment(EXTRA="1")) == config
    assert config.environment(EXTRA="1")["EXTRA"] == "1"


def test_the_sample_names_every_setting_once_and_sets_none():
    lines = sample_env().splitlines()
    names = [line[2:].split("=")[0] for line in lines if line.startswith("# ") and "=" in line.split()[1]]
    assert len(names) == len(set(names)) == len(Config.__dataclass_fields__)
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_the_sample_uncommented_is_the_default(tmp_path):
    settings = dict(
        line[2:].split("=", 1)
        for line in sample_env().splitlines()
        if line.startswith(("# CANDOUR_", "# KAFKA_", "# OIDC_", "# SMTP_"))
    )
    assert Config.load(settings) == Config.load({})


def test_the_environment_is_read_when_no_settings_are_given(monkeypatch):
    monkeypatch.setitem(os.environ, "CANDOUR_LOG_LEVEL", "DEBUG")
    assert Config.load().log_level == "DEBUG"
