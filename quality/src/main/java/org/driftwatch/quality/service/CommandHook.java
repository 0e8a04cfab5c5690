package org.driftwatch.quality.service;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command of the shell for an alarm: its JSON comes on the standard input, its fields are in
 * variables {@code DRIFTWATCH_...}, and what the command prints goes to the service's log. One that
 * takes too long is killed with all that it has started.
 *
 * @param command for {@code /bin/sh -c}
 * @param patience how long it may take
 */
record CommandHook(String command, Duration patience) implements Hook {
  private static final Logger LOG = LoggerFactory.getLogger(CommandHook.class);

  @Override
  public String name() {
    return "command " + command;
  }

  @Override
  public void tell(AlarmMessage alarm) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(variables(alarm));
    Process process = builder.start();
    try {
      write(process, alarm);
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("it takes more than " + patience.toSeconds() + " s and is killed");
      }
      if (process.exitValue() != 0) {
        throw new IOException("it ended with status " + process.exitValue());
      }
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  /** A message is shorter than what a pipe holds: this never waits for the command to read. */
  private static void write(Process process, AlarmMessage alarm) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(alarm.writeWithText());
    } catch (IOException e) {
      LOG.debug("The command does not read its input: {}", e.getMessage());
    }
  }

  private static Map<String, String> variables(AlarmMessage alarm) {
    return Map.of(
        "DRIFTWATCH_ALARM",
        alarm.key(),
        "DRIFTWATCH_SUBJECT",
        alarm.subject().key(),
        "DRIFTWATCH_CHECK",
        alarm.check().key(),
        "DRIFTWATCH_LEVEL",
        alarm.level().word(),
        "DRIFTWATCH_ACTIVE",
        Boolean.toString(alarm.active()),
        "DRIFTWATCH_RAISED",
        SummaryJson.key(alarm.raised()),
        "DRIFTWATCH_MESSAGE",
        alarm.message(),
        "DRIFTWATCH_ACTION",
        alarm.action(),
        "DRIFTWATCH_TEXT",
        alarm.text());
  }
}
