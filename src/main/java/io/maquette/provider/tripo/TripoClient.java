package io.maquette.provider.tripo;

import io.maquette.provider.http.AnswerLimit;
import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import io.maquette.provider.http.Form;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/** REST client of Tripo's interface, version 3. */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(AnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface TripoClient {

  /**
   * Body of a submission; all other parameters have Tripo's defaults. Null omits a field.
   *
   * @param input token of the uploaded picture
   * @param faces largest number of faces
   * @param modelSeed seed of the mesh
   * @param textureSeed seed of the texture
   */
  record NewTask(
      String input,
      String model,
      Boolean texture,
      Boolean pbr,
      @JsonbProperty("face_limit") Integer faces,
      @JsonbProperty("model_seed") Long modelSeed,
      @JsonbProperty("texture_seed") Long textureSeed) {}

  /**
   * Uploads a picture, which is free.
   *
   * @param form a {@link Form} of the file
   */
  @POST
  @Path("/v3/files")
  @Consumes(Form.TYPE)
  TripoAnswer upload(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, byte[] form);

  /**
   * Submits a task.
   *
   * @return an answer whose body is {@link TripoAnswer}; the caller closes it
   */
  @POST
  @Path("/v3/generation/image-to-model")
  Response create(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, NewTask task);

  /** Queries a task. */
  @GET
  @Path("/v3/tasks/{id}")
  TripoAnswer get(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") String id);
}
