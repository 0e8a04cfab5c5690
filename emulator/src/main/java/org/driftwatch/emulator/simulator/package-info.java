/** Simulates cosmic-ray muons that cross the telescope, and its noise. */
package org.driftwatch.emulator.simulator;
