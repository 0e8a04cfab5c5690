package org.driftwatch.pipelines.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Optional;
import org.driftwatch.pipelines.FailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkClusterTest {
  private FakeJobManager jobManager;
  private FlinkCluster cluster;

  @BeforeEach
  void start() throws IOException {
    jobManager = new FakeJobManager();
    cluster = new FlinkCluster(jobManager.rest());
  }

  @AfterEach
  void stop() {
    jobManager.close();
  }

  private void overview(String version, int total, int free) {
    jobManager.answers(
        "/overview",
        "{\"taskmanagers\":2,\"slots-total\":%d,\"slots-available\":%d,\"flink-version\":\"%s\"}"
            .formatted(total, free, version));
  }

  private String refusal(int slots) {
    String message =
        assertThrows(
                FailureException.class,
                () -> {
                  cluster.check();
                  cluster.awaitSlots(slots, 0);
                })
            .getMessage();
    assertThat("one line", message, not(containsString("\n")));
    return message;
  }

  @Test
  void aClusterWithSlotsEnoughIsTaken() throws IOException {
    overview("1.19.1", 4, 2);
    cluster.check();
    cluster.awaitSlots(2, 0);
  }

  @Test
  void tooFewFreeSlotsAreRefusedWithTheirNumberAndWhatToDo() {
    overview("1.19.3", 2, 1);
    assertThat(
        refusal(2),
        allOf(
            containsString("1 of its 2 task slots free, the monitor takes 2"),
            containsString("--parallelism")));
  }

  @Test
  void anotherVersionIsRefused() {
    overview("1.20.0", 4, 4);
    assertThat(refusal(1), containsString("is version 1.20.0, expected 1.19.x"));
  }

  @Test
  void aServerThatIsNoJobManagerIsRefused() {
    assertThat(refusal(1), containsString("is not the REST interface of a Flink JobManager"));
    jobManager.answers("/overview", "<html>");
    assertThat(refusal(1), containsString("is not the REST interface of a Flink JobManager"));
    jobManager.answers("/overview", "{}");
    assertThat(refusal(1), containsString("is not the REST interface of a Flink JobManager"));
  }

  @Test
  void anAddressWhereNobodyAnswersIsRefused() {
    jobManager.close();
    assertThat(refusal(1), containsString("no Flink JobManager answers at 127.0.0.1:"));
  }

  @Test
  void aJobManagerThatIsLostMeanwhileIsNoRefusal() {
    overview("1.19.3", 2, 0);
    cluster.check();
    jobManager.close();
    assertThrows(IOException.class, () -> cluster.awaitSlots(1, 0));
  }

  @Test
  void theRunningJobsOfEarlierMonitorsOfTheSameTopicsAreCancelled() throws IOException {
    jobManager
        .answers(
            "/jobs/overview",
            "{\"jobs\":[{\"jid\":\"a\",\"name\":\"driftwatch s to r, run 1\",\"state\":\"RUNNING\"},"
                + "{\"jid\":\"b\",\"name\":\"driftwatch s to r, run 2\",\"state\":\"FAILED\"},"
                + "{\"jid\":\"c\",\"name\":\"driftwatch s to other, run 3\",\"state\":\"RUNNING\"}]}")
        .answers("/jobs/a", "{}")
        .answers("/jobs/a/status", "{\"status\":\"CANCELED\"}");

    cluster.cancelEarlier("driftwatch s to r, run ");

    assertThat(jobManager.changes(), contains("PATCH /jobs/a?mode=cancel"));
  }

  @Test
  void aJobIsFoundByItsWholeName() throws IOException {
    jobManager.answers(
        "/jobs/overview", "{\"jobs\":[{\"jid\":\"a\",\"name\":\"one\",\"state\":\"RUNNING\"}]}");
    assertThat(cluster.job("one"), is(Optional.of("a")));
    assertThat(cluster.job("on"), is(Optional.empty()));
    assertThat(jobManager.changes(), is(empty()));
  }
}
