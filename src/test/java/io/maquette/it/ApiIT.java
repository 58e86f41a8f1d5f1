package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The REST API of the shipped WAR, as a client on the other end of the wire sees it. */
@ExtendWith(ArquillianExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("fault")
class ApiIT implements TaskApi, HttpApi, DocumentedApi, PictureApi {

  @ArquillianResource private URI deployed;

  @Deployment(testable = false)
  static WebArchive war() {
    return Wars.with("api", Map.of("maquette.worker.tick", "PT0.2S"));
  }

  @Override
  public URI base() {
    return deployed;
  }

  private String untouched;

  @ParameterizedTest
  @MethodSource("io.maquette.it.BadInputs#all")
  void invalid_input_is_refused_clearly_and_changes_nothing(BadInputs.Bad bad) throws Exception {
    if (untouched == null) {
      untouched = ready("must not change").getString("id");
      await()
          .atMost(PATIENCE.multipliedBy(3))
          .until(
              () ->
                  parse(
                          get(
                              "/api/tasks?limit=1&status=IMAGE_PENDING,IMAGE_GENERATING,MODEL_PENDING,MODEL_GENERATING"))
                      .getJsonArray("data")
                      .isEmpty());
    }
    String before = get("/api/tasks/" + untouched).body() + get("/api/tasks").body();
    HttpResponse<String> response = send(bad.sent().on(this, untouched));
    JsonObject problem = assertProblem(response, bad.status(), bad.code());
    if (bad.field() != null) {
      assertThat(problem.getJsonArray("details"))
          .as(response.body())
          .anyMatch(detail -> detail.asJsonObject().getString("field").equals(bad.field()));
    }
    if (bad.code().equals("INVALID_STATE")) {
      assertThat(problem.getJsonObject("details").getString("currentStatus"))
          .isEqualTo("IMAGE_COMPLETED");
    }
    assertThat(get("/api/tasks/" + untouched).body() + get("/api/tasks").body()).isEqualTo(before);
  }
}
