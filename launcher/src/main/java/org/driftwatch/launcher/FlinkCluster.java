package org.driftwatch.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Flink's JobManager and two TaskManagers. */
final class FlinkCluster implements Cluster {
  private static final String MASTER = "jobmanager";
  private static final List<String> WORKERS = List.of("taskmanager-1", "taskmanager-2");
  private static final int FIRST_RPC_PORT = 6123;
  private static final int FIRST_PAGE = 8081;

  private final Programs programs;
  private final Configuration configuration;
  private final Path workFolder;
  private final int rpcPort;
  private final int page;
  private final JsonPage state;

  /**
   * @param configuration whose folder has what Flink reads, too
   */
  FlinkCluster(Programs programs, Configuration configuration, Path workFolder) {
    this.programs = programs;
    this.configuration = configuration;
    this.workFolder = workFolder;
    rpcPort = Ports.free(FIRST_RPC_PORT, 1).get(0);
    page = Ports.free(FIRST_PAGE, 1).get(0);
    state = new JsonPage("http://" + address() + "/overview");
  }

  @Override
  public String master() {
    return MASTER;
  }

  @Override
  public List<String> workers() {
    return WORKERS;
  }

  @Override
  public void start(Parts parts, String name) {
    List<String> settings = new ArrayList<>();
    settings.add("jobmanager.rpc.port=" + rpcPort);
    settings.add("io.tmp.dirs=" + workFolder);
    boolean isMaster = name.equals(MASTER);
    if (isMaster) {
      settings.add("rest.port=" + page);
    } else {
      settings.add("taskmanager.resource-id=" + name + "-" + System.currentTimeMillis());
    }
    parts.start(name, programs.flinkDaemon(configuration, isMaster, settings), Part.Output.LOG);
  }

  @Override
  public int aliveWorkers() throws InterruptedException {
    return JsonPage.number(state.text(), "taskmanagers").orElse(-1);
  }

  @Override
  public String address() {
    return "127.0.0.1:" + page;
  }

  @Override
  public String pages() {
    return "Flink: http://" + address();
  }
}
