package org.driftwatch.detector;

/**
 * One record of the readout, field by field, with the numbers that the detector's records have:
 * what a source of records yields and the writers take. A hit has whole numbers within the fields'
 * widths; a trigger word reuses the fields for other things, with a fraction among them. {@link
 * RecordPacking} tells the one from the other.
 *
 * @param head HEAD, the kind of record; 0 where records have none
 * @param board board or station; 0 where records have none
 * @param channel channel of the board; where records name layer and wire, {@link HitLayout#channel}
 *     of these numbers
 * @param orbit orbit of the hit, an unsigned number of 64 bits where the counter has so many
 * @param crossing bunch crossing within the orbit
 * @param tick fine time within the crossing
 */
public record DaqRecord(int head, int board, int channel, long orbit, int crossing, double tick) {}
