package org.driftwatch.quality.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.driftwatch.emulator.EmbeddedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look for scripts, at a real broker. */
class CheckRunTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;

  private final StringBuilder out = new StringBuilder();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static ServiceRun topics(String name) {
    return new ServiceRun(broker.bootstrapServers(), name);
  }

  private int check(ServiceRun run, Clock clock) throws InterruptedException {
    return new CheckRun(run.setup(), clock).run(out, AT_ONCE);
  }

  private JsonNode printed() throws Exception {
    assertThat(out.toString().lines().toList(), hasSize(1));
    return JsonMapper.builder().build().readTree(out.toString());
  }

  @Test
  void withoutAServiceItJudgesTheResultsItself() throws Exception {
    try (ServiceRun run = topics("alone").withResults(2)) {
      run.publishHealthy(0, 60);
      assertThat(check(run, Clock.systemUTC()), is(0));
      assertThat(printed().path("level").asText(), is("good"));
      assertThat(printed().path("judged_by").asText(), is("check"));

      out.setLength(0);
      run.publishDead(2, 60, 65);
      assertThat(check(run, Clock.systemUTC()), is(2));
      assertThat(printed().path("status").asInt(), is(2));
      assertThat(printed().path("message").asText(), containsString("chamber 2, hits: dead"));
    }
  }

  @Test
  void resultsThatHaveStoppedAreNotGood() throws Exception {
    try (ServiceRun run = topics("stopped").withResults(1)) {
      run.publishHealthy(0, 60);
      Clock later = Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofHours(1));
      assertThat(check(run, later), is(2));
      assertThat(printed().path("message").asText(), containsString("no new result for"));
    }
  }

  @Test
  void aRunningServiceIsAskedAndItsOpenAlarmsAreListed() throws Exception {
    try (ServiceRun run = topics("served").withResults(1)) {
      run.publishHealthy(0, 60);
      run.started();
      run.publishDead(2, 60, 65);
      run.awaitAlarm();
      assertThat(check(run, Clock.systemUTC()), is(2));
      assertThat(printed().path("judged_by").asText(), is("service"));
      assertThat(printed().path("alarms").get(0).path("check").asText(), is("hits"));
    }
  }

  @Test
  void whereThereIsNothingToJudgeItIsUnknown() throws Exception {
    try (ServiceRun run = topics("missing")) {
      assertThat(check(run, Clock.systemUTC()), is(3));
      assertThat(printed().path("message").asText(), containsString("does not exist or is empty"));
    }
    out.setLength(0);
    try (ServiceRun run = topics("empty").withResults(1)) {
      assertThat(check(run, Clock.systemUTC()), is(3));
    }
  }

  @Test
  void anOptionThatIsNoneIsUnknownToo() {
    assertThat(
        QualityMain.commandLine(new String[] {"--check", "--chek"}).execute("--check", "--chek"),
        is(3));
    assertThat(QualityMain.commandLine(new String[] {"--chek"}).execute("--chek"), is(2));
  }
}
