package org.driftwatch.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A standalone cluster on this machine: a master and two workers in JVMs of their own. */
final class SparkCluster {
  static final String MASTER = "master";
  static final List<String> WORKERS = List.of("worker-1", "worker-2");

  private static final int PORT = 7077;
  private static final int FIRST_PAGE = 8080;
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Pattern LEADS = Pattern.compile("\"status\"\\s*:\\s*\"ALIVE\"");
  private static final Pattern ALIVE_WORKERS = Pattern.compile("\"aliveworkers\"\\s*:\\s*(\\d+)");

  private final Programs programs;
  private final Path workFolder;
  private final List<Integer> pages = new ArrayList<>();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  /**
   * @throws LauncherException if the master's port is in use
   */
  SparkCluster(Programs programs, Path workFolder) {
    this.programs = programs;
    this.workFolder = workFolder;
    if (Ports.isInUse(PORT)) {
      throw new LauncherException(
          "port 7077 on 127.0.0.1 is in use; if a Spark master serves there, use it with SPARK_MASTER="
              + url());
    }
    for (int port = FIRST_PAGE; pages.size() < 1 + WORKERS.size(); port++) {
      if (!Ports.isInUse(port)) {
        pages.add(port);
      }
    }
  }

  String url() {
    return "spark://127.0.0.1:" + PORT;
  }

  void startMaster(Parts parts) {
    start(parts, MASTER, "master.Master", 0, List.of("--port", Integer.toString(PORT)));
  }

  /**
   * @param memory of each worker, as Spark writes it
   */
  void startWorkers(Parts parts, String cores, String memory) {
    for (int i = 0; i < WORKERS.size(); i++) {
      start(
          parts,
          WORKERS.get(i),
          "worker.Worker",
          i + 1,
          List.of(
              "--cores", cores, "--memory", memory, "--work-dir", workFolder.toString(), url()));
    }
  }

  private void start(Parts parts, String name, String main, int page, List<String> further) {
    List<String> arguments = new ArrayList<>(List.of("--host", "127.0.0.1"));
    arguments.addAll(List.of("--webui-port", Integer.toString(pages.get(page))));
    arguments.addAll(further);
    parts.start(name, programs.sparkDaemon(main, workFolder, arguments), Part.Output.LOG);
  }

  /** Workers that the master knows and that are alive; -1 while the master does not answer. */
  int aliveWorkers() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(page(0) + "/json/")).timeout(ANSWER).build();
    try {
      String state = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher alive = ALIVE_WORKERS.matcher(state);
      return LEADS.matcher(state).find() && alive.find() ? Integer.parseInt(alive.group(1)) : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  private String page(int which) {
    return "http://127.0.0.1:" + pages.get(which);
  }

  /** Where its web pages are. */
  String pages() {
    return "Spark: master "
        + page(0)
        + ", workers "
        + page(1)
        + " and "
        + page(2)
        + ", application http://127.0.0.1:4040";
  }
}
