import com.sun.tools.attach.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Lists Kafka's MBeans of a running process and their attributes, attached to it without a port. */
class Beans {
    static Map<String, List<String>> names(String pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(pid);
        String address = machine.startLocalManagementAgent();
        machine.detach();
        Map<String, List<String>> found = new TreeMap<>();
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            for (ObjectName name : beans.queryNames(new ObjectName("kafka*:*"), null)) {
                List<String> attributes = new ArrayList<>();
                for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
                    attributes.add(attribute.getName());
                }
                found.put(name.toString(), attributes);
            }
        }
        return found;
    }
}
