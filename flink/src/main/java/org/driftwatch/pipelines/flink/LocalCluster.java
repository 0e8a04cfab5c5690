package org.driftwatch.pipelines.flink;

import java.net.URI;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;

/**
 * A whole cluster in this process: JobManager and one TaskManager. It is asked over its REST
 * interface, on loopback, as any other cluster is.
 */
final class LocalCluster {
  private LocalCluster() {}

  /**
   * Starts it; it ends with this process.
   *
   * @param slots of its TaskManager
   * @return its address, host:port
   */
  static String start(Configuration configuration, int slots) throws Exception {
    Configuration own = new Configuration(configuration);
    own.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
    own.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    own.set(RestOptions.BIND_PORT, "0");
    @SuppressWarnings("resource") // It lives as long as this process.
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(own)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .setCommonBindAddress("127.0.0.1")
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    cluster.start();
    return address(cluster);
  }

  private static String address(MiniCluster cluster) throws Exception {
    try {
      URI rest = cluster.getRestAddress().get();
      return rest.getHost() + ":" + rest.getPort();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Flink could not start in this process", e.getCause());
    }
  }
}
