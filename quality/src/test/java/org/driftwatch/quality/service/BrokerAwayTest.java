package org.driftwatch.quality.service;

import static org.awaitility.Awaitility.await;
import static org.driftwatch.quality.service.ServiceRun.PATIENCE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import org.driftwatch.emulator.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerAwayTest {
  @TempDir private Path folder;
  private EmbeddedBroker broker;

  @BeforeEach
  void startBroker() throws IOException {
    broker = EmbeddedBroker.start(folder, 0);
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  @SuppressWarnings("try") // The first broker ends in the middle.
  void aServiceOutlivesItsBrokerAndGoesOnWhereItWas() throws Exception {
    String servers = broker.bootstrapServers();
    int port = Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
    try (ServiceRun run = new ServiceRun(servers, "away")) {
      run.withResults(1).publishHealthy(0, 60);
      ServiceRun.Running service = run.started();
      run.publishDead(2, 60, 65);
      run.awaitAlarm();
      run.awaitJudged();
      broker.close();
      broker = EmbeddedBroker.start(folder, port);
      run.publishDead(2, 65, 70);
      run.publishHealthy(70, 100);
      await().atMost(PATIENCE.multipliedBy(2)).until(() -> !run.awaitAlarm().active());
      assertThat(run.alarmChanges(), hasSize(2));
      assertThat(service.end.isDone(), is(false));
    }
  }
}
