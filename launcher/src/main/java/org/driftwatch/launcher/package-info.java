/**
 * Starts, watches and stops the programs that make up a run. {@link
 * org.driftwatch.launcher.LauncherMain} is the command {@code driftwatch}; it knows the other
 * programs by the names of their main classes and shares no code with them.
 */
package org.driftwatch.launcher;
