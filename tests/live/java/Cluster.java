import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a running cluster over the admin protocol; every question names its `bootstrap`. */
class Cluster {
    private static final long SECONDS = 60;

    /** `{key: {"value": …, "source": …}}` of one broker, as it describes itself. */
    static Object brokerConfig(JsonNode question) throws Exception {
        return describe(question, ConfigResource.Type.BROKER, List.of(question.get("broker").asText()))
            .get(question.get("broker").asText());
    }

    /** `{name: {"partitions": n, "replicas": n, "configs": {…}}}` of the topics that are named, or of all. */
    static Object topics(JsonNode question) throws Exception {
        // A topic that was just made or deleted is not known so to every broker at once.
        for (int tries = 0; ; tries++) {
            try {
                return described(question);
            } catch (ExecutionException error) {
                if (tries == 50 || !(error.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw error;
                }
                Thread.sleep(100);
            }
        }
    }

    private static Object described(JsonNode question) throws Exception {
        try (Admin admin = admin(question)) {
            List<String> names = names(question);
            if (names.isEmpty()) {
                names = new ArrayList<>(admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS));
            }
            Map<String, TopicDescription> found = admin.describeTopics(names).allTopicNames().get(SECONDS, TimeUnit.SECONDS);
            Map<String, Map<String, Object>> configs = describe(question, ConfigResource.Type.TOPIC, names);
            Map<String, Object> answer = new TreeMap<>();
            for (TopicDescription one : found.values()) {
                Map<String, Object> topic = new LinkedHashMap<>();
                topic.put("partitions", one.partitions().size());
                topic.put("replicas", one.partitions().get(0).replicas().size());
                topic.put("leaderless", one.partitions().stream().filter(p -> p.leader() == null).count());
                topic.put("configs", configs.get(one.name()));
                answer.put(one.name(), topic);
            }
            return answer;
        }
    }

    /** The configuration of groups; lines before 4.0 keep none. */
    static Object groups(JsonNode question) throws Exception {
        return describe(question, ConfigResource.Type.valueOf("GROUP"), names(question));
    }

    /** Creates one topic with `partitions`, `replicas` and `configs`. */
    static Object create(JsonNode question) throws Exception {
        Map<String, String> configs = new HashMap<>();
        question.get("configs").fields().forEachRemaining(one -> configs.put(one.getKey(), one.getValue().asText()));
        NewTopic topic = new NewTopic(
            question.get("name").asText(), question.get("partitions").asInt(), (short) question.get("replicas").asInt());
        try (Admin admin = admin(question)) {
            admin.createTopics(List.of(topic.configs(configs))).all().get(SECONDS, TimeUnit.SECONDS);
        }
        return Map.of("created", topic.name());
    }

    /** Deletes the topics that are named, and waits until no broker lists them. */
    static Object delete(JsonNode question) throws Exception {
        List<String> names = names(question);
        try (Admin admin = admin(question)) {
            admin.deleteTopics(names).all().get(SECONDS, TimeUnit.SECONDS);
        }
        for (String broker : question.get("bootstrap").asText().split(",")) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
                for (int tries = 0; tries < 100; tries++) {
                    if (admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS).stream().noneMatch(names::contains)) {
                        break;
                    }
                    Thread.sleep(50);
                }
            }
        }
        return Map.of("deleted", names.size());
    }

    private static Map<String, Map<String, Object>> describe(JsonNode question, ConfigResource.Type type, List<String> names)
        throws Exception {
        List<ConfigResource> asked = new ArrayList<>();
        names.forEach(name -> asked.add(new ConfigResource(type, name)));
        Map<String, Map<String, Object>> answer = new TreeMap<>();
        try (Admin admin = admin(question)) {
            Map<ConfigResource, Config> found = admin.describeConfigs(asked).all().get(SECONDS, TimeUnit.SECONDS);
            found.forEach((resource, config) -> {
                Map<String, Object> entries = new TreeMap<>();
                for (ConfigEntry entry : config.entries()) {
                    Map<String, Object> one = new HashMap<>();
                    one.put("value", entry.value());
                    one.put("source", entry.source().name());
                    entries.put(entry.name(), one);
                }
                answer.put(resource.name(), entries);
            });
        }
        return answer;
    }

    private static List<String> names(JsonNode question) {
        List<String> names = new ArrayList<>();
        if (question.has("names")) {
            question.get("names").forEach(name -> names.add(name.asText()));
        }
        return names;
    }

    private static Admin admin(JsonNode question) {
        return Admin.create(Map.of("bootstrap.servers", question.get("bootstrap").asText(), "default.api.timeout.ms", "60000"));
    }
}
