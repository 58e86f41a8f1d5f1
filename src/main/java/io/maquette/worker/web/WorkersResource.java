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

/** REST resource that shows the workers of this node, the queues and the nodes. */
@Path("workers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class WorkersResource {

  /**
   * JSON view of workers, queues and nodes.
   *
   * @param node node that answers
   * @param workers workers of that node
   * @param queues number of tasks over all users, for each status in which a worker acts
   * @param nodes all nodes of the last 24 hours, most recent heartbeat first
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
