package org.driftwatch.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Spark's master and two workers. */
final class SparkCluster implements Cluster {
  private static final String MASTER = "master";
  private static final List<String> WORKERS = List.of("worker-1", "worker-2");
  private static final int PORT = 7077;
  private static final int FIRST_PAGE = 8080;
  private static final Pattern LEADS = Pattern.compile("\"status\"\\s*:\\s*\"ALIVE\"");

  private final Programs programs;
  private final Path workFolder;
  private final String cores;
  private final String memory;
  private final List<Integer> pages;
  private final JsonPage state;

  /**
   * @param cores of each worker
   * @param memory of each worker, as Spark writes it
   * @throws LauncherException if the master's port is in use
   */
  SparkCluster(Programs programs, Path workFolder, String cores, String memory) {
    this.programs = programs;
    this.workFolder = workFolder;
    this.cores = cores;
    this.memory = memory;
    if (Ports.isInUse(PORT)) {
      throw new LauncherException(
          "port 7077 on 127.0.0.1 is in use; if a Spark master serves there, use it with SPARK_MASTER="
              + address());
    }
    pages = Ports.free(FIRST_PAGE, 1 + WORKERS.size());
    state = new JsonPage(page(0) + "/json/");
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
  public String address() {
    return "spark://127.0.0.1:" + PORT;
  }

  @Override
  public void start(Parts parts, String name) {
    int worker = WORKERS.indexOf(name);
    List<String> arguments = new ArrayList<>(List.of("--host", "127.0.0.1"));
    arguments.addAll(List.of("--webui-port", Integer.toString(pages.get(worker + 1))));
    if (worker < 0) {
      arguments.addAll(List.of("--port", Integer.toString(PORT)));
    } else {
      arguments.addAll(
          List.of(
              "--cores",
              cores,
              "--memory",
              memory,
              "--work-dir",
              workFolder.toString(),
              address()));
    }
    String main = worker < 0 ? "master.Master" : "worker.Worker";
    parts.start(name, programs.sparkDaemon(main, workFolder, arguments), Part.Output.LOG);
  }

  @Override
  public int aliveWorkers() throws InterruptedException {
    String text = state.text();
    return LEADS.matcher(text).find() ? JsonPage.number(text, "aliveworkers").orElse(-1) : -1;
  }

  private String page(int which) {
    return "http://127.0.0.1:" + pages.get(which);
  }

  @Override
  public String pages() {
    return "Spark: master "
        + page(0)
        + ", workers "
        + page(1)
        + " and "
        + page(2)
        + ", application http://127.0.0.1:4040";
  }
}
