//! RabbitMQ's definitions, their places counted by hand.

use super::told;

#[test]
fn a_cluster_is_read_section_by_section() {
    let text = r#"{
 "rabbitmq_version": "4.3.1-rc.1", "users": [{"name": "u", "password_hash": "x"}],
 "vhosts": [{"name": "/", "metadata": {"default_queue_type": "quorum", "tags": []}}],
 "queues": [{"name": "q", "vhost": "/", "durable": true, "auto_delete": false,
   "arguments": {"x-queue-type": "stream", "x-max-length-bytes": 5000, "x-max-age": "7D"}}],
 "exchanges": [{"name": "e", "vhost": "/", "type": "topic", "internal": false, "arguments": {}}],
 "bindings": [{"source": "e", "vhost": "/", "destination": "q", "destination_type": "queue", "routing_key": "a.#"}],
 "policies": [{"vhost": "/", "name": "p", "pattern": "^q", "apply-to": "queues", "priority": 7,
   "definition": {"max-length": 10, "overflow": "reject-publish"}}],
 "parameters": [{"vhost": "/", "component": "operator_policy", "name": "o",
   "value": {"pattern": ".*", "definition": {"delivery-limit": 5}, "priority": 0, "apply-to": "all"}},
  {"vhost": "/", "component": "shovel", "name": "s", "value": {"src-uri": "amqp://a:b@c", "src-queue": "q"}}],
 "global_parameters": [{"name": "cluster_name", "value": "main"}]
}"#;
    let expected = r#"Definitions rabbitmq 4.3.1@2:23
Vhost /@3:22
  default_queue_type@3:40 = "quorum"@3:62
  tags@3:72 = []@3:80
Queue q@4:22 in /
  durable@4:41 = true@4:52
  auto_delete@4:58 = false@4:73
  x-queue-type@5:18 = "stream"@5:34
  x-max-length-bytes@5:44 = 5000@5:66
  x-max-age@5:72 = "7D"@5:85
Exchange e@6:25 in /
  type@6:44 = "topic"@6:52
  internal@6:61 = false@6:73
Policy p@8:38 in / ^q@8:54 of queues priority 7
  max-length@9:19 = 10@9:33
  overflow@9:37 = "reject-publish"@9:49
OperatorPolicy o@10:72 in / .*@11:25 of all priority 0
  delivery-limit@11:46 = 5@11:64
Parameter s@12:49 in /
  component@12:18 = "shovel"@12:31
  src-uri@12:64 = ***@12:75
  src-queue@12:91 = "q"@12:104
Parameter cluster_name@13:33
  value@13:49 = "main"@13:58
e -> queue q by "a.#"@7:60 in /
"#;
    assert_eq!(told("definitions.json", text), expected);
}

#[test]
fn a_file_of_one_virtual_host_says_which_at_its_top() {
    let text = "{\"original_vhost_name\": \"v\", \"metadata\": {\"default_queue_type\": \"classic\"}, \"limits\": [],\n\
                \"queues\": [{\"name\": \"q\"}], \"bindings\": [{\"source\": \"\", \"destination\": \"x\", \
                \"destination_type\": \"exchange\"}]}";
    let expected = "Definitions rabbitmq\nVhost v@1:25\n  default_queue_type@1:43 = \"classic\"@1:65\n\
                    Queue q@2:21 in v\n -> exchange x by \"\"@2:71 in v\n";
    assert_eq!(told("a.json", text), expected);
}

#[test]
fn keys_that_are_passed_over_without_a_word_are_strays() {
    let text = r#"{"queue": [], "operator_policies": [], "colours": 1, "vhosts": [
 {"name": "/", "default_queue_type": "quorum"},
 {"name": "b", "default_queue_type": "quorum", "metadata": {"default_queue_type": "quorum"}}],
 "queues": [{"name": "q", "arguements": {}, "x-queue-type": "quorum", "messages_ready": 3}]}"#;
    let expected = "Definitions rabbitmq\nVhost /@2:11\nVhost b@3:11\n  default_queue_type@3:61 = \"quorum\"@3:83\n\
                    Queue q@4:22\n\
                    stray queue@1:2 near Some(\"queues\")\n\
                    stray operator_policies@1:15 near Some(\"parameters\")\n\
                    stray colours@1:40 near None\n\
                    stray default_queue_type@2:16 near Some(\"metadata.default_queue_type\")\n\
                    stray arguements@4:27 near Some(\"arguments\")\n\
                    stray x-queue-type@4:45 near Some(\"arguments\")\n";
    assert_eq!(told("a.json", text), expected);
}

#[test]
fn what_the_broker_can_not_import_is_a_problem() {
    for (text, expected) in [
        ("{\"queues\": {}}", "1:12 not-a-list expected a list of queues, found a map\n"),
        ("{\"topic_permissions\": null}", "1:23 not-a-list expected a list of topic permissions, found nothing\n"),
        ("{\"queues\": [], \"queues\": []}", "1:16 duplicate-key duplicate key `queues`\n"),
        ("{\"queues\": [}", "1:13 syntax expected a value\n"),
        ("{\"queues\": [1, \"a\"]}", "Definitions rabbitmq\n"),
    ] {
        assert_eq!(told("a.json", text), expected, "{text}");
    }
}
