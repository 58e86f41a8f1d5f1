/** Traces, log context, JSON log and meters. */
package io.maquette.telemetry;
