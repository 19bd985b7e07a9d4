import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Answers questions with one version's own classes: a line of JSON in, a line of JSON out, until the input ends.
 *
 * What a question's answer is, the class it is handed to says. An exception is answered as `{"error": …}`.
 */
public class Probe {
    static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        // Kafka's classes may print; the answers must stay alone.
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Object answer;
            try {
                answer = answer(JSON.readTree(line));
            } catch (Throwable error) {
                answer = Map.of("error", reason(error));
            }
            out.println(JSON.writeValueAsString(answer));
            out.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static Object answer(JsonNode question) throws Exception {
        switch (question.get("do").asText()) {
            case "broker-file": return Files.broker(question.get("file").asText());
            case "client-file": return Files.client(question.get("kind").asText(), question.get("file").asText());
            case "broker-config": return Cluster.brokerConfig(question);
            case "topics": return Cluster.topics(question);
            case "groups": return Cluster.groups(question);
            case "create": return Cluster.create(question);
            case "delete": return Cluster.delete(question);
            case "tool": return Tools.run(question);
            case "records": return Records.pass(question);
            case "release": return Records.release();
            case "beans": return Beans.names(question.get("pid").asText());
            default: throw new IllegalArgumentException("no such question");
        }
    }

    /** The innermost reason: outer exceptions only say that something failed. */
    static String reason(Throwable error) {
        while (error.getCause() != null) {
            error = error.getCause();
        }
        return error.getClass().getSimpleName() + ": " + error.getMessage();
    }
}
