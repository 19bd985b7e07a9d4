"""The command: which parts are run, on which lines, and what comes of it."""

import argparse
import os
import sys
from itertools import chain
from pathlib import Path

from . import kafka_line, rabbitmq_line
from .exports import Program, profiles
from .installs import KAFKA_LINES, RABBITMQ_SUITES, Installs
from .report import Report
from .servers import stop_all_on_exit

REPOSITORY = Path(__file__).resolve().parents[3]
# The newest of both first: where time is short, these count most.
LINES = dict(chain.from_iterable(zip(
    ((f"rabbitmq-{line}", rabbitmq_line) for line in reversed(RABBITMQ_SUITES)),
    ((f"kafka-{line}", kafka_line) for line in reversed(KAFKA_LINES)),
)))


def main() -> int:
    """Runs what was asked for; gives 0 where all ran and passed, 1 where something failed, 2 where nothing could be run."""
    arguments = _arguments()
    if arguments.list:
        for name, module in LINES.items():
            print(name, *module.PARTS)
        return 0
    wanted = [name for name in (arguments.only or "").split(",") if name]
    unknown = [name for name in wanted if name not in LINES and not any(name in module.PARTS for module in LINES.values())]
    if unknown:
        print(f"no such line or part: {', '.join(unknown)}; --list shows all", file=sys.stderr)
        return 2
    stop_all_on_exit()
    report = Report(within=arguments.within * 60)
    cache = Path(os.environ["BROKERFIT_LIVE_CACHE"])
    binary = _binary(arguments.program)
    if binary is None:
        report.miss("everything", "brokerfit is not built: cargo build, or --program")
        return report.close()
    program = Program(binary, cache / "exports")
    installs = Installs(cache, report.say)
    examples = profiles(REPOSITORY / "examples")
    lines = [name for name in LINES if name in wanted] or list(LINES)
    for name in lines:
        module = LINES[name]
        parts = [part for part in module.PARTS if part in wanted] or list(module.PARTS)
        module.run(name.split("-")[1], parts, program, examples, installs, report, keep=arguments.keep)
    for line, target in report.failed() if arguments.again else ():
        module = LINES[line.replace(" ", "-")]
        if target in module.PARTS and report.again(line, target):
            module.run(line.split(" ")[1], [target], program, examples, installs, report, keep=arguments.keep)
    return report.close()


def _arguments():
    parser = argparse.ArgumentParser(prog="tests/live/run", description="Proves what brokerfit exports on real brokers.")
    parser.add_argument("--only", metavar="NAME,…", help="these lines (kafka-3.9) or parts (definitions) alone")
    parser.add_argument("--program", type=Path, help="the brokerfit to test; else what cargo built last")
    parser.add_argument("--within", type=float, default=float("inf"), metavar="MINUTES", help="begin nothing after so many minutes")
    parser.add_argument("--again", action="store_true", help="run once more what failed, and say so")
    parser.add_argument("--keep", action="store_true", help="keep the data and logs of the brokers")
    parser.add_argument("--list", action="store_true", help="list lines and parts")
    return parser.parse_args()


def _binary(given):
    if given:
        return given.resolve() if given.exists() else None
    built = [path for kind in ("release", "debug") if (path := REPOSITORY / "target" / kind / "brokerfit").exists()]
    return max(built, key=lambda path: path.stat().st_mtime, default=None)


if __name__ == "__main__":
    sys.exit(main())
