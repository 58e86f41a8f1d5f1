package io.maquette.provider.tencent;

import io.maquette.provider.http.AnswerLimit;
import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/** Tencent's wire: one address, and a header that says what is wanted. */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(AnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface TencentClient {

  /**
   * Hands in a job.
   *
   * @param action the tier's, like {@code SubmitHunyuanTo3DRapidJob}
   */
  @POST
  @Path("/")
  TencentAnswer submit(@HeaderParam("X-TC-Action") String action, SubmitJob job);

  /**
   * Asks for a job.
   *
   * @param action that of the tier the job was submitted to, like {@code QueryHunyuanTo3DRapidJob}
   */
  @POST
  @Path("/")
  TencentAnswer query(@HeaderParam("X-TC-Action") String action, QueryJob job);
}
