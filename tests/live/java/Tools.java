import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Runs one of Kafka's command-line tools by its own `main`, without a process for each: `{"code": …, "out": …}`. */
class Tools {
    /** Stands for the end of the process. Tools catch it like any failure and end again: the first end counts. */
    private static final class Ended extends RuntimeException {
        final int code;
        final int said;

        Ended(int code, int said) {
            this.code = code;
            this.said = said;
        }
    }

    static Object run(JsonNode question) throws Exception {
        List<String> arguments = new ArrayList<>();
        question.get("arguments").forEach(one -> arguments.add(one.asText()));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        List<Ended> ends = new ArrayList<>();
        onExit(code -> {
            ends.add(new Ended(code, said.size()));
            throw ends.get(ends.size() - 1);
        });
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        int code = 0;
        try {
            Class.forName(question.get("class").asText()).getMethod("main", String[].class)
                .invoke(null, (Object) arguments.toArray(new String[0]));
        } catch (InvocationTargetException error) {
            if (ends.isEmpty()) {
                code = 1;
                both.println(error.getCause());
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
            both.flush();
        }
        String words = said.toString(StandardCharsets.UTF_8);
        if (!ends.isEmpty()) {
            code = ends.get(0).code;
            words = new String(said.toByteArray(), 0, ends.get(0).said, StandardCharsets.UTF_8);
        }
        return Map.of("code", code, "out", words);
    }

    /** Kafka's tools end by a class of Kafka's, which has moved between lines. */
    private static void onExit(IntConsumer end) throws ReflectiveOperationException {
        for (String exit : List.of("org.apache.kafka.common.utils.Exit", "org.apache.kafka.common.utils.internals.Exit")) {
            try {
                Class<?> procedure = Class.forName(exit + "$Procedure");
                Object ours = Proxy.newProxyInstance(Tools.class.getClassLoader(), new Class<?>[] {procedure}, (proxy, method, given) -> {
                    end.accept((int) given[0]);
                    return null;
                });
                Class.forName(exit).getMethod("setExitProcedure", procedure).invoke(null, ours);
                Class.forName(exit).getMethod("setHaltProcedure", procedure).invoke(null, ours);
            } catch (ClassNotFoundException other) {
                // It is the other one in this line.
            }
        }
    }
}
