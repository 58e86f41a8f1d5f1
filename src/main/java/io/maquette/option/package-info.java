/** Options that a user sets for a task; tasks store them and providers receive them. */
package io.maquette.option;
