package io.maquette.provider.meshy;

import io.maquette.provider.http.AnswerLimit;
import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/** REST client of Meshy. Each call has the header {@code Authorization: Bearer} with the key. */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(AnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface MeshyClient {

  /** Submits a task; the answer is 202. */
  @POST
  @Path("/openapi/v1/image-to-3d")
  MeshyTaskId create(@HeaderParam("Authorization") String authorization, NewMeshyTask task);

  /** Queries a task; the answer is 404 if Meshy does not have it (any more). */
  @GET
  @Path("/openapi/v1/image-to-3d/{id}")
  MeshyTask get(@HeaderParam("Authorization") String authorization, @PathParam("id") String id);

  /**
   * Deletes a task. The credits of a queued task are refunded. A running task is refused. A
   * finished task disappears with its files.
   *
   * @return an answer whose body is irrelevant; the caller closes it
   */
  @DELETE
  @Path("/openapi/v1/image-to-3d/{id}")
  Response delete(@HeaderParam("Authorization") String authorization, @PathParam("id") String id);
}
