/** Settings of the application: names, types, bounds, defaults and where they were set. */
package io.maquette.config;
