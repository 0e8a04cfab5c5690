/** Reads and changes the rate of a running emulator over HTTP. */
package org.driftwatch.emulator.control;
