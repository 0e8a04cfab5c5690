/** Parts around and on the pages: cards, tiles, signs, buttons, header and bottom line. */
package org.driftwatch.viewer.part;
