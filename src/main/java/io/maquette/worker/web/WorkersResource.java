package io.maquette.worker.web;

import io.maquette.cluster.ClusterMembership;
import io.maquette.cluster.LocalNode;
import io.maquette.cluster.NodeStatus;
import io.maquette.http.Envelope;
import io.maquette.task.TaskQueries;
import io.maquette.worker.WorkerPool;
import io.maquette.worker.WorkerStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the workers of this node are doing, how much waits for all of them, and who they are. */
@Path("workers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class WorkersResource {

  /**
   * The workers.
   *
   * @param node the node that answers
   * @param workers its workers
   * @param queues tasks of all users by status, for the statuses a worker acts on
   * @param nodes all nodes of the last day, those heard last first
   */
  public record WorkersView(
      String node, List<WorkerStatus> workers, Map<String, Long> queues, List<NodeStatus> nodes) {}

  @Inject private WorkerPool workers;
  @Inject private TaskQueries queries;
  @Inject private LocalNode node;
  @Inject private ClusterMembership nodes;

  @GET
  @Path("status")
  public Envelope status() throws SQLException {
    Map<String, Long> queues = new LinkedHashMap<>();
    queries.queues().forEach((status, queue) -> queues.put(status.name(), queue.depth()));
    return Envelope.of(new WorkersView(node.name(), workers.status(), queues, nodes.all()));
  }
}
