/** Where rows come from: files, folders, globs, the simulator. */
package org.driftwatch.emulator.source;
