package io.maquette.provider.tokenhub;

import io.maquette.provider.http.AnswerLimit;
import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/** REST client of TokenHub's interface for 3D models. */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(AnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface TokenHubClient {

  /**
   * Body of a submission; all other parameters have TokenHub's defaults.
   *
   * @param image the picture in Base64, without {@code data:}
   * @param resultFormat the only format to make; null for OBJ and GLB, where the model makes both
   * @param pbr whether the model gets PBR materials; null omits the field, as with the following
   * @param faces number of faces, 3,000 to 1,500,000
   * @param generateType {@code Geometry} for a model without a texture, else {@code Normal}
   */
  record NewJob(
      String model,
      @JsonbProperty("image_base64") String image,
      @JsonbProperty("result_format") String resultFormat,
      @JsonbProperty("enable_pbr") Boolean pbr,
      @JsonbProperty("face_count") Integer faces,
      @JsonbProperty("generate_type") String generateType) {}

  /**
   * Body of a query.
   *
   * @param model that of the submission
   */
  record JobQuery(String model, String id) {}

  /** Submits a job. */
  @POST
  @Path("/api/3d/submit")
  TokenHubJob submit(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, NewJob job);

  /** Queries a job. */
  @POST
  @Path("/api/3d/query")
  TokenHubJob query(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, JobQuery query);
}
