/** From the bytes of records to DAQ words; malformed and too late records leave here. */
package org.driftwatch.pipelines.parse;
