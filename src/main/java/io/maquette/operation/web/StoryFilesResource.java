package io.maquette.operation.web;

import io.maquette.platform.http.Audience;
import io.maquette.platform.http.ETags;
import io.maquette.platform.http.FileAnswer;
import io.maquette.platform.http.ProblemCode;
import io.maquette.platform.http.ProblemException;
import io.maquette.platform.http.RequestFields;
import io.maquette.platform.http.ServedTo;
import io.maquette.repair.ReadableFiles;
import io.maquette.task.AllTasks;
import io.maquette.task.TaskStory;
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

/** The pictures and the model of anybody's task, whole or in part, to be looked at. */
@Path("admin/tasks")
@RequestScoped
@ServedTo(Audience.OPERATORS)
public class StoryFilesResource {

  @Inject private AllTasks tasks;
  @Inject private ReadableFiles files;
  @Context private HttpServletRequest request;

  @GET
  @Path("{id}/images/{index}")
  public Response image(@PathParam("id") String id, @PathParam("index") String index) {
    TaskStory story = tasks.story(RequestFields.id(id));
    return send(
        story,
        story.pictures().stream()
            .filter(picture -> Integer.toString(picture.index()).equals(index))
            .map(TaskStory.Picture::file)
            .findFirst());
  }

  @GET
  @Path("{id}/model")
  public Response model(@PathParam("id") String id) {
    TaskStory story = tasks.story(RequestFields.id(id));
    return send(story, Optional.ofNullable(story.model()).map(TaskStory.Model::file));
  }

  private Response send(TaskStory story, Optional<TaskStory.Stored> found) {
    TaskStory.Stored file = found.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    return new FileAnswer(
            ETags.of(file.sha256()),
            file.size(),
            file.mediaType(),
            Map.of(HttpHeaders.CACHE_CONTROL, "private, no-cache"),
            files.content(file.key(), file.size(), story.allowedActions()))
        .to(request)
        .build();
  }
}
