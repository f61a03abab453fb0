import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One OpenSearch node in this process: a folder, the cluster's name, and settings as key=value. It ends when told to (SIGTERM). */
public class Launcher {
    public static void main(String[] arguments) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            for (int index = 2; index < arguments.length; index++) {
                String[] pair = arguments[index].split("=", 2);
                settings.put(pair[0], pair[1]);
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                runner.close();
            } catch (Exception error) {
                error.printStackTrace();
            }
        }));
        runner.build(OpenSearchRunner.newConfigs().basePath(arguments[0]).clusterName(arguments[1]).numOfNode(1));
        new CountDownLatch(1).await();
    }
}
