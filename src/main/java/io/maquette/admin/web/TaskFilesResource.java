package io.maquette.admin.web;

import io.maquette.admin.TaskDetails;
import io.maquette.admin.TaskSearchService;
import io.maquette.files.ReadableFiles;
import io.maquette.http.Audience;
import io.maquette.http.ETags;
import io.maquette.http.FileAnswer;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestFields;
import io.maquette.http.ServedTo;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** REST resource of the pictures and models of all users' tasks, with range requests. */
@Path("admin/tasks")
@RequestScoped
@ServedTo(Audience.OPERATORS)
public class TaskFilesResource {

  @Inject private TaskSearchService tasks;
  @Inject private ReadableFiles files;
  @Context private HttpServletRequest request;

  @GET
  @Path("{id}/images/{index}")
  public Response image(@PathParam("id") String id, @PathParam("index") String index) {
    TaskDetails details = tasks.details(RequestFields.id(id));
    return send(
        details,
        details.pictures().stream()
            .filter(picture -> Integer.toString(picture.index()).equals(index))
            .map(TaskDetails.Picture::file)
            .findFirst());
  }

  @GET
  @Path("{id}/model")
  public Response model(@PathParam("id") String id) {
    TaskDetails details = tasks.details(RequestFields.id(id));
    return send(details, Optional.ofNullable(details.model()).map(TaskDetails.Model::file));
  }

  private Response send(TaskDetails details, Optional<TaskDetails.Stored> found) {
    TaskDetails.Stored file = found.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    return new FileAnswer(
            ETags.of(file.sha256()),
            file.size(),
            file.mediaType(),
            Map.of(HttpHeaders.CACHE_CONTROL, "private, no-cache"),
            files.content(file.key(), file.size(), details.allowedActions()))
        .to(request)
        .build();
  }
}
