/**
 * Fault injection: malformed, duplicate and late records, clock steps, silence and bursts, each of
 * them logged.
 */
package org.driftwatch.emulator.faults;
