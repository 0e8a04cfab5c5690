/** How options name parts of a detector, and how they spell amounts. */
package org.driftwatch.emulator.notation;
