/** Local muon segments of each chamber, in whole numbers; docs/tracks.md specifies them. */
package org.driftwatch.pipelines.tracks;
