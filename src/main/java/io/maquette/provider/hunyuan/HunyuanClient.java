package io.maquette.provider.hunyuan;

import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/** REST client of a Hunyuan3D server. */
@RegisterProvider(JobStatusReader.class)
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(HunyuanAnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface HunyuanClient {

  /** Submits a job, which the server begins at once. */
  @POST
  @Path("/send")
  JobId send(SendJob job);

  /** Queries a job; once the model is done, each answer contains it. */
  @GET
  @Path("/status/{uid}")
  JobStatus status(@PathParam("uid") String uid);
}
