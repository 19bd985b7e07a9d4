"""Messages through what a definitions file declared: published as mandatory with confirms, taken, rejected, found again.

Takes the parsed file and the queues as the broker lists them; a message that is returned, not confirmed, not delivered or
not dead-lettered is a problem.
"""

import time
import uuid

# So many bindings of one exchange are tried: with dozens alike, the first and the last tell.
TRIED = 4
_WAIT = 5.0
_HASHES = ("x-modulus-hash", "x-consistent-hash")


def pass_through(name: str, vhost: str, data: dict, queues: dict, node, findings) -> None:
    """Tries every exchange of one virtual host that is bound to queues."""
    import pika

    from ..rabbitmq import PASSWORD, USER

    connection = pika.BlockingConnection(pika.ConnectionParameters(
        "127.0.0.1", node.amqp_port, vhost, pika.PlainCredentials(USER, PASSWORD), blocked_connection_timeout=20))
    try:
        trial = _Trial(name, data, queues, connection, findings)
        for exchange in data.get("exchanges", []):
            if exchange.get("vhost") == vhost and not exchange.get("internal"):
                trial.exchange(exchange)
        for queue in queues.values():
            if not any(one["destination"] == queue["name"] for one in data.get("bindings", [])):
                trial.direct(queue)
    finally:
        connection.close()


class _Trial:
    def __init__(self, name, data, queues, connection, findings):
        self.name, self.data, self.queues, self.connection, self.findings = name, data, queues, connection, findings
        self.tried = set()

    def exchange(self, exchange: dict) -> None:
        """One message for each binding that is tried, to a queue behind it."""
        bindings = [one for one in self.data.get("bindings", []) if one["source"] == exchange["name"]]
        if exchange["type"] in _HASHES:
            reached = self._behind(exchange["name"], set())
            if reached:
                self._send(exchange["name"], "a-key", {}, reached)
            return
        half = TRIED // 2
        for binding in bindings if len(bindings) <= TRIED else bindings[:half] + bindings[-half:]:
            to_queue = binding.get("destination_type", "queue") == "queue"
            targets = [binding["destination"]] if to_queue else self._behind(binding["destination"], set())
            arguments = {key: value for key, value in binding.get("arguments", {}).items() if not key.startswith("x-")}
            key = _matching(binding.get("routing_key", "")) or self._back_to(targets)
            self._send(exchange["name"], key, arguments, targets)

    def _back_to(self, targets: list) -> str:
        """The key of a message that waits in a queue and then goes back to where its key says: another queue's name."""
        from .definitions import setting

        waits = [self.queues[one] for one in targets if one in self.queues]
        if any(setting(one, "x-dead-letter-exchange") == "" and not setting(one, "x-dead-letter-routing-key") for one in waits):
            return next((name for name in self.queues if name not in targets), "")
        return ""

    def _behind(self, exchange: str, seen: set) -> list:
        reached = []
        for binding in self.data.get("bindings", []):
            if binding["source"] == exchange and exchange not in seen:
                if binding.get("destination_type", "queue") == "queue":
                    reached.append(binding["destination"])
                else:
                    reached += self._behind(binding["destination"], seen | {exchange})
        return reached

    def direct(self, queue: dict) -> None:
        """A queue that no exchange of the file is bound to is reached by its name."""
        self._send("", queue["name"], {}, [queue["name"]])

    def _send(self, exchange: str, key: str, headers: dict, targets: list) -> None:
        import pika

        body = uuid.uuid4().hex.encode()
        where = f"message to `{exchange}` with key `{key}`"
        channel = self.connection.channel()
        channel.confirm_delivery()
        try:
            channel.basic_publish(exchange, key, body, pika.BasicProperties(delivery_mode=2, headers=headers or None), mandatory=True)
        except (pika.exceptions.UnroutableError, pika.exceptions.NackError, pika.exceptions.AMQPChannelError) as error:
            self.findings.problem(self.name, where, f"it was not taken: {type(error).__name__}: {error}")
            return
        finally:
            if channel.is_open:
                channel.close()
        holder = self._find(targets, body, reject=True)
        if not self.findings.holds(self.name, where, holder is not None, f"no consumer of {', '.join(targets[:3])} got it"):
            return
        if holder not in self.tried:
            self.tried.add(holder)
            self._dead_letter(where, self.queues[holder], key, body)

    def _dead_letter(self, where: str, queue: dict, key: str, body: bytes) -> None:
        from .definitions import setting

        exchange = setting(queue, "x-dead-letter-exchange")
        if exchange is None or queue.get("type") == "stream":
            return
        key = setting(queue, "x-dead-letter-routing-key") or key
        targets = [key] if exchange == "" else [
            one["destination"] for one in self.data.get("bindings", []) if one["source"] == exchange]
        known = [target for target in targets if target in self.queues]
        self.findings.holds(self.name, f"{where}, rejected from {queue['name']}", bool(known) and self._find(known, body) is not None,
                            f"it did not come to a queue of the dead-letter exchange `{exchange}`: {known or 'none is bound'}")

    def _find(self, targets: list, body: bytes, reject: bool = False):
        """The queue that delivers this message within a few seconds, or nothing."""
        end = time.monotonic() + _WAIT
        while time.monotonic() < end:
            for target in targets:
                if self._consume(target, body, reject, 1.5 if len(targets) == 1 else 0.2):
                    return target
        return None

    def _consume(self, target: str, body: bytes, reject: bool, seconds: float) -> bool:
        stream = self.queues[target].get("type") == "stream"
        channel = self.connection.channel()
        channel.basic_qos(prefetch_count=10)
        found = False
        arguments = {"x-stream-offset": "first"} if stream else None
        for method, _, got in channel.consume(target, inactivity_timeout=seconds, arguments=arguments):
            if method is None:
                break
            if got == body:
                found = True
                if reject and not stream:
                    channel.basic_reject(method.delivery_tag, requeue=False)
                else:
                    channel.basic_ack(method.delivery_tag)
                break
            channel.basic_ack(method.delivery_tag)
        channel.cancel()
        channel.close()
        return found


def _matching(pattern: str) -> str:
    """A routing key that a binding key matches."""
    return ".".join("x" if word in ("#", "*") else word for word in pattern.split("."))
