import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends one record to a topic and has a member of a group read, so that brokers show what they show of traffic. Members of
 * share groups stay until they are released: brokers forget of them what they show only while somebody reads.
 */
class Records {
    private static final List<AutoCloseable> STAYING = new ArrayList<>();

    static Object release() throws Exception {
        for (AutoCloseable member : STAYING) {
            member.close();
        }
        STAYING.clear();
        return Map.of();
    }

    static Object pass(JsonNode question) throws Exception {
        Properties common = new Properties();
        common.put("bootstrap.servers", question.get("bootstrap").asText());
        String topic = question.get("topic").asText();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(common, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", "value")).get();
        }
        common.put("group.id", question.get("group").asText());
        int read = question.get("share").asBoolean() ? shared(common, topic) : plain(common, topic);
        return Map.of("read", read);
    }

    private static int plain(Properties common, String topic) {
        common.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(common, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            for (int tries = 0; tries < 20; tries++) {
                int read = consumer.poll(Duration.ofMillis(500)).count();
                if (read > 0) {
                    consumer.commitSync();
                    return read;
                }
            }
        }
        return 0;
    }

    // Lines before 4.0 have no such client: it is reached by its name.
    private static int shared(Properties common, String topic) throws Exception {
        Class<?> type = Class.forName("org.apache.kafka.clients.consumer.KafkaShareConsumer");
        common.put("key.deserializer", StringDeserializer.class.getName());
        common.put("value.deserializer", StringDeserializer.class.getName());
        Object consumer = type.getConstructor(Properties.class).newInstance(common);
        STAYING.add((AutoCloseable) consumer);
        type.getMethod("subscribe", java.util.Collection.class).invoke(consumer, List.of(topic));
        for (int tries = 0; tries < 20; tries++) {
            Object records = type.getMethod("poll", Duration.class).invoke(consumer, Duration.ofMillis(500));
            int read = (int) records.getClass().getMethod("count").invoke(records);
            if (read > 0) {
                return read;
            }
        }
        return 0;
    }
}
