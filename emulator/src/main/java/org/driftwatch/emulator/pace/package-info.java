/** When a row is due: at a rate, by a profile, or by the detector's orbit counter. */
package org.driftwatch.emulator.pace;
