"""Starter kits, run against brokers that are restarted under load and with workers that are killed.

What a kit must bear stands in kit_rabbitmq.py and kit_kafka.py beside the harness; an AssertionError there is a problem here.
"""

import importlib

from ..installs import Unavailable

# One kit for each way of working: every option, and beside it what makes its code differ.
RABBITMQ = (("payment-orders", "rabbitmq/quorum"), ("price-quotes-rpc", "rabbitmq/classic"), ("audit-log", "rabbitmq/stream"))
KAFKA = (("payment-orders", "kafka/log"), ("account-ledger", "kafka/log"), ("image-thumbnails", "kafka/share-group"))


def chosen(exports: list, wanted: tuple) -> list:
    """The exports whose kit is run."""
    return [export for export in exports if (export.example, export.option) in wanted]


def directory(export, main: str):
    """Where the program put the kit: where its main program is."""
    found = export.find(f"**/{main}")
    if not found:
        raise AssertionError(f"{export.name}: the program wrote no {main}")
    return found[0].parent


def scenarios(module: str):
    """The module that runs a kit."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Unavailable(f"tests/live/{module}.py cannot be loaded: {error}") from error


def run(export, module: str, main: str, findings, log, **arguments) -> None:
    """Runs one kit through all its scenarios."""
    findings.files += 1
    results = scenarios(module).run(str(directory(export, main)), log=log, **arguments)
    findings.keys += len(results or {}) or 1
