package org.driftwatch.launcher;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a Java program is started.
 *
 * @param wrapper command that replaces itself by the program; empty for none
 * @param environment variables beside those of this process
 * @param archive of its classes; empty where it is not worth one
 */
record JavaProgram(
    List<String> wrapper,
    Map<String, String> environment,
    Optional<ClassArchive> archive,
    List<String> jvm,
    String classpath,
    String mainClass,
    List<String> arguments) {

  static JavaProgram of(
      List<String> jvm, String classpath, String mainClass, List<String> arguments) {
    return new JavaProgram(
        List.of(), Map.of(), Optional.empty(), jvm, classpath, mainClass, arguments);
  }

  /** The same with other JVM arguments in front. */
  JavaProgram withJvm(List<String> further) {
    return new JavaProgram(
        wrapper, environment, archive, joined(further, jvm), classpath, mainClass, arguments);
  }

  /** The same with an archive of its classes. */
  JavaProgram withArchive(ClassArchive of) {
    return new JavaProgram(
        wrapper, environment, Optional.of(of), jvm, classpath, mainClass, arguments);
  }

  /** The same with another main class, which is given this one's as its first argument. */
  JavaProgram within(String outerClasspath, String outerClass) {
    return new JavaProgram(
        wrapper,
        environment,
        archive.map(ClassArchive::within),
        jvm,
        outerClasspath + File.pathSeparator + classpath,
        outerClass,
        joined(List.of(mainClass), arguments));
  }

  /** The command without the environment. */
  List<String> command() {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    archive.ifPresent(of -> command.addAll(of.jvmArguments(classpath)));
    command.addAll(jvm);
    command.addAll(List.of("-cp", classpath, mainClass));
    command.addAll(arguments);
    return command;
  }

  /** The command with the environment, for {@code exec} in a shell. */
  List<String> commandWithEnvironment() {
    if (environment.isEmpty()) {
      return command();
    }
    List<String> command = new ArrayList<>(List.of("env"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(command());
    return command;
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
