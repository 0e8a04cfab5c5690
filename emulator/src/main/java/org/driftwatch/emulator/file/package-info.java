/** Rows of the readout in a file in place of a topic. */
package org.driftwatch.emulator.file;
