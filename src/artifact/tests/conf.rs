//! The cases of the grammar of `rabbitmq.conf`, counted by hand.

use super::told;

#[test]
fn settings_have_their_places() {
    let text = "## comment\n\nheartbeat = 60\n\tlisteners.tcp.1=5672 # behind\ndefault_pass = 'a # b'  # c\r\n\
                a.b\\.c.d-e_f = x  y \t\nshort = #\n";
    let without = text.replace("short = #\n", "");
    let expected = "RabbitmqConf rabbitmq\nBroker @1:1\n  heartbeat@3:1 = 60@3:13\n  listeners.tcp.1@4:2 = 5672@4:18\n  \
                    default_pass@5:1 = ***@5:16\n  a.b\\.c.d-e_f@6:1 = x  y@6:16\n";
    assert_eq!(told("rabbitmq.conf", &without), expected);
    assert_eq!(told("rabbitmq.conf", text), "7:1 syntax `short` has no value\n");
}

#[test]
fn values_are_what_the_broker_takes() {
    for (text, value) in [
        ("a = b#c", "b@1:5"),
        ("a = 'b#c'", "b#c@1:5"),
        ("a = ''", "@1:5"),
        ("a = 'it is open", "'it is open@1:5"),
        ("a = '''\none\ntwo\n'''", "one\ntwo@1:5"),
        ("a = '''one''' # c", "one@1:5"),
        ("a = $(b)", "?@1:5"),
        ("a = $(<file)", "?@1:5"),
        ("a = encrypted:xyz", "***@1:5"),
        ("a = amqp://u:p@h", "***@1:5"),
        ("a=\u{e4} \u{e4}", "\u{e4} \u{e4}@1:3"),
        ("include = 3", "3@1:11"),
    ] {
        let key = text.split([' ', '=']).next().unwrap();
        let expected = format!("RabbitmqConf rabbitmq\nBroker @1:1\n  {key}@1:1 = {value}\n");
        assert_eq!(told("a.conf", text), expected, "{text}");
        assert_eq!(told("a.conf", &format!("{text}\n")), expected, "{text}");
    }
}

#[test]
fn includes_say_that_there_is_more() {
    let expected = "RabbitmqConf rabbitmq and more@2:2\nBroker @1:1\n  a@1:1 = 1@1:5\n  a@3:1 = 2@3:5\n";
    assert_eq!(told("a.conf", "a = 1\n include conf.d/*.conf # all\na = 2"), expected);
}

#[test]
fn every_mistake_is_reported() {
    let text = "a = 1\nb: 2\nc\nd = 'x' y\n= 3\ne =\nf = 4\nlog.file..level = info\n";
    let expected = "2:2 syntax expected `=` after the key\n3:2 syntax expected `=` after the key\n\
                    4:9 syntax unexpected text after the closing quote\n5:1 syntax expected a key\n\
                    6:1 syntax `e` has no value\n8:9 syntax expected `=` after the key\n";
    assert_eq!(told("a.conf", text), expected);
    let classic = "%% old\n[\n  {rabbit, []}\n].\n";
    let message = "this is an Erlang term, as `rabbitmq.config` and `advanced.config` hold it";
    assert_eq!(told("a.conf", classic), format!("2:1 not-a-broker-file {message}\n"));
}
