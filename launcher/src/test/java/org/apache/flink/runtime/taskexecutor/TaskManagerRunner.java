package org.apache.flink.runtime.taskexecutor;

import java.util.Arrays;
import org.driftwatch.launcher.testing.FakePart;

/** Stands in for the program of this name. */
public final class TaskManagerRunner {
  private TaskManagerRunner() {}

  /** Does what the file {@code taskmanager-1.does} or {@code taskmanager-2.does} says. */
  public static void main(String[] arguments) throws Exception {
    boolean isFirst =
        Arrays.stream(arguments)
            .anyMatch(argument -> argument.startsWith("taskmanager.resource-id=taskmanager-1"));
    FakePart.follow(isFirst ? "taskmanager-1" : "taskmanager-2");
  }
}
