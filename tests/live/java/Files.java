import java.io.Reader;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Reads a file as this version does, and answers `{"read": {key: value}, "unknown": [key], "refused": reason or null}`. */
class Files {
    static Map<String, Object> broker(String file) throws Exception {
        Properties given = load(file);
        ConfigDef definition = brokerDefinition();
        return answer(given, definition, () ->
            Class.forName("kafka.server.KafkaConfig").getMethod("fromProps", Properties.class).invoke(null, given));
    }

    /** A client is built, not only its configuration: some keys are held against each other by the constructor alone. */
    static Map<String, Object> client(String kind, String file) throws Exception {
        Properties given = load(file);
        Properties whole = new Properties();
        whole.putAll(given);
        // Nothing answers there, and nothing needs to: building a client connects to nobody.
        whole.put("bootstrap.servers", "127.0.0.1:9");
        String bytes = "org.apache.kafka.common.serialization.ByteArray";
        if (kind.equals("producer")) {
            whole.putIfAbsent("key.serializer", bytes + "Serializer");
            whole.putIfAbsent("value.serializer", bytes + "Serializer");
            return answer(given, ProducerConfig.configDef(), () -> new KafkaProducer<>(whole).close(java.time.Duration.ZERO));
        }
        whole.putIfAbsent("key.deserializer", bytes + "Deserializer");
        whole.putIfAbsent("value.deserializer", bytes + "Deserializer");
        if (kind.equals("share-consumer")) {
            Class<?> type = Class.forName("org.apache.kafka.clients.consumer.KafkaShareConsumer");
            Class<?> config = Class.forName("org.apache.kafka.clients.consumer.ShareConsumerConfig");
            ConfigDef definition = (ConfigDef) config.getMethod("configDef").invoke(null);
            return answer(given, definition, () -> ((AutoCloseable) type.getConstructor(Properties.class).newInstance(whole)).close());
        }
        return answer(given, ConsumerConfig.configDef(), () -> new KafkaConsumer<>(whole).close(java.time.Duration.ZERO));
    }

    private interface Trial {
        void run() throws Exception;
    }

    private static Map<String, Object> answer(Properties given, ConfigDef definition, Trial trial) {
        List<String> unknown = new ArrayList<>();
        for (Object key : new TreeSet<>(given.keySet())) {
            if (!definition.names().contains(key)) {
                unknown.add((String) key);
            }
        }
        String refused = null;
        try {
            trial.run();
        } catch (Throwable error) {
            refused = Probe.reason(error);
        }
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("read", new java.util.TreeMap<>(given));
        found.put("unknown", unknown);
        found.put("refused", refused);
        return found;
    }

    private static Properties load(String file) throws Exception {
        Properties given = new Properties();
        try (Reader reader = java.nio.file.Files.newBufferedReader(Path.of(file))) {
            given.load(reader);
        }
        return given;
    }

    private static ConfigDef brokerDefinition() throws Exception {
        try {
            Field field = Class.forName("org.apache.kafka.server.config.AbstractKafkaConfig").getDeclaredField("CONFIG_DEF");
            field.setAccessible(true);
            return (ConfigDef) field.get(null);
        } catch (ReflectiveOperationException older) {
            Method method = Class.forName("kafka.server.KafkaConfig").getMethod("configDef");
            return (ConfigDef) method.invoke(null);
        }
    }
}
