/**
 * Fault injection: malformed, duplicate and late records, clock steps, silence and bursts, and
 * faults of the detector, each of them logged.
 */
package org.driftwatch.emulator.faults;
