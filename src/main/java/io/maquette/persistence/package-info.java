/**
 * Database access below JPA: data source, schema migrations, dialects, health and the embedded
 * database's file.
 */
package io.maquette.persistence;
