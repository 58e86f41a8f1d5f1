/** What everything stands on: settings, the clock, the data source, the schema, health. */
package io.maquette.platform;
