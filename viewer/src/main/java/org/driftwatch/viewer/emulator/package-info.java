/** The rate of an emulator, read and set over HTTP. */
package org.driftwatch.viewer.emulator;
