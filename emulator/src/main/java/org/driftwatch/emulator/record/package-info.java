/** Recordings of a topic: a file format, its writer and its reader. */
package org.driftwatch.emulator.record;
