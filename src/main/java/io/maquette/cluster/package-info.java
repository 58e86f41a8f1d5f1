/** Nodes that share the database, and this node's identity. */
package io.maquette.cluster;
