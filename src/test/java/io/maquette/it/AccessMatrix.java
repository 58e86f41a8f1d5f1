package io.maquette.it;

import static io.maquette.it.AccessMatrix.Caller.ANONYMOUS;
import static io.maquette.it.AccessMatrix.Caller.FORGED_COOKIE;
import static io.maquette.it.AccessMatrix.Caller.FORGED_KEY;
import static io.maquette.it.AccessMatrix.Caller.FORGED_TOKEN;
import static io.maquette.it.AccessMatrix.Caller.OPERATOR;
import static io.maquette.it.AccessMatrix.Caller.OTHER;
import static io.maquette.it.AccessMatrix.Caller.OWNER;
import static io.maquette.it.AccessMatrix.Caller.REVOKED_KEY;
import static io.maquette.it.AccessMatrix.Kind.OPEN;
import static io.maquette.it.AccessMatrix.Kind.OPERATORS;
import static io.maquette.it.AccessMatrix.Kind.OWN;
import static io.maquette.it.AccessMatrix.Kind.USERS;

import java.util.List;

/** Routes, and who may call them. */
final class AccessMatrix {

  /** Reason of what operators do. */
  static final String WHY = "\"reason\":\"the matrix\"";

  /** Who calls. Those who must not get through come first, while everything is still there. */
  enum Caller {
    ANONYMOUS,
    FORGED_KEY,
    FORGED_TOKEN,
    FORGED_COOKIE,
    REVOKED_KEY,
    OTHER,
    OPERATOR,
    OWNER
  }

  /** Whose a route is. */
  enum Kind {
    /** Public. */
    OPEN,
    /** For signed-in callers, each of whom sees only their own data. */
    USERS,
    /** Something of the owner's. */
    OWN,
    /** Operators'. */
    OPERATORS
  }

  /**
   * A route.
   *
   * @param method in lower case
   * @param path as it stands in the code
   * @param kind whose it is
   * @param body what is sent; null for nothing
   * @param status what those answer with who may
   */
  record Route(String method, String path, Kind kind, String body, int status) {

    int expected(Caller caller) {
      return switch (caller) {
        case ANONYMOUS, FORGED_KEY, FORGED_TOKEN, FORGED_COOKIE, REVOKED_KEY ->
            kind == OPEN ? status : 401;
        case OWNER -> kind == OPERATORS ? 403 : status;
        case OTHER -> kind == OPERATORS ? 403 : kind == OWN ? 404 : status;
        case OPERATOR -> kind == OWN ? 404 : status; // theirs are the routes under /api/admin
      };
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Every route; in this order, as what is deleted last is needed before. */
  static final List<Route> ROUTES =
      List.of(
          new Route("get", "/api/statuses", OPEN, null, 200),
          new Route("get", "/api/metrics", OPEN, null, 200), // to callers on this machine
          new Route("get", "/api/session", OPEN, null, 200),
          new Route("post", "/api/session", OPEN, "{}", 400),
          new Route("get", "/api/providers", USERS, null, 200),
          new Route("get", "/api/workers/status", USERS, null, 200),
          new Route("get", "/api/tasks", USERS, null, 200),
          new Route("post", "/api/tasks", USERS, "{\"prompt\":\"one more\"}", 201),
          new Route("get", "/api/tasks/stream", USERS, null, 200),
          new Route("get", "/api/tasks/{id}", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/events", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/stream", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/images/{index}", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/model", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/model/printability", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/print-files", OWN, null, 200),
          new Route("post", "/api/tasks/{id}/print-files", OWN, "{}", 202),
          new Route("get", "/api/tasks/{id}/print-files/{print}", OWN, null, 404),
          new Route("get", "/api/tasks/{id}/print-files/{print}/model", OWN, null, 404),
          new Route(
              "get", "/api/tasks/{id}/print-files/{print}/model/printability", OWN, null, 404),
          new Route("delete", "/api/tasks/{id}/print-files/{print}", OWN, null, 404),
          new Route("get", "/api/tasks/{id}/preview", OWN, null, 404), // the studio makes none
          new Route("get", "/api/webhooks", USERS, null, 200),
          new Route("post", "/api/webhooks", USERS, "{}", 400),
          new Route("get", "/api/webhooks/{id}/deliveries", USERS, null, 404),
          new Route("post", "/api/webhooks/{id}/rotate", USERS, null, 404),
          new Route("post", "/api/webhooks/{id}/resume", USERS, null, 404),
          new Route("post", "/api/webhooks/{id}/deliveries/{event}/resend", USERS, null, 404),
          new Route("delete", "/api/webhooks/{id}", USERS, null, 404),
          new Route("get", "/api/admin/webhooks", OPERATORS, null, 200),
          new Route("post", "/api/admin/webhooks", OPERATORS, "{" + WHY + "}", 400),
          new Route("get", "/api/admin/webhooks/{id}/deliveries", OPERATORS, null, 404),
          new Route("post", "/api/admin/webhooks/{id}/rotate", OPERATORS, "{" + WHY + "}", 404),
          new Route("post", "/api/admin/webhooks/{id}/resume", OPERATORS, "{" + WHY + "}", 404),
          new Route("post", "/api/admin/webhooks/{id}/delete", OPERATORS, "{" + WHY + "}", 404),
          new Route(
              "post",
              "/api/admin/webhooks/{id}/deliveries/{event}/resend",
              OPERATORS,
              "{" + WHY + "}",
              404),
          new Route("get", "/api/admin/overdue", OPERATORS, null, 200),
          new Route("get", "/api/admin/tasks", OPERATORS, null, 200),
          new Route("get", "/api/admin/tasks/{id}", OPERATORS, null, 200),
          new Route("get", "/api/admin/tasks/{id}/export", OPERATORS, null, 200),
          new Route("get", "/api/admin/tasks/{id}/images/{index}", OPERATORS, null, 200),
          new Route("get", "/api/admin/tasks/{id}/model", OPERATORS, null, 200),
          new Route("post", "/api/admin/tasks/{id}/cancel", OPERATORS, "{" + WHY + "}", 409),
          new Route(
              "post",
              "/api/admin/tasks/{id}/retry",
              OPERATORS,
              "{\"type\":\"model\"," + WHY + "}",
              409),
          new Route("post", "/api/admin/tasks/{id}/release", OPERATORS, "{" + WHY + "}", 409),
          new Route(
              "post",
              "/api/admin/tasks/{id}/provider",
              OPERATORS,
              "{\"provider\":\"local\"," + WHY + "}",
              409),
          new Route(
              "post",
              "/api/tasks/{id}/edit",
              OWN,
              "{\"imageIndex\":11,\"instruction\":\"x\"}",
              400),
          new Route("post", "/api/tasks/{id}/cancel", OWN, null, 409),
          new Route("post", "/api/tasks/{id}/retry", OWN, "{\"type\":\"model\"}", 409),
          new Route("patch", "/api/tasks/{id}", OWN, "{\"selectedImageIndex\":1}", 200),
          new Route("delete", "/api/tasks/{id}", OWN, null, 200),
          new Route("get", "/api/keys", USERS, null, 200),
          new Route("post", "/api/keys", USERS, "{\"name\":\"k\",\"scope\":\"read\"}", 201),
          new Route("delete", "/api/keys/{id}", OWN, null, 200),
          new Route(
              "put",
              "/api/account/password",
              USERS,
              "{\"present\":\"is another\",\"next\":\"long enough, this one\"}",
              400),
          new Route("get", "/api/admin/users", OPERATORS, null, 200),
          new Route(
              "post",
              "/api/admin/users",
              OPERATORS,
              "{\"email\":\"matrix@maquette.example\",\"role\":\"USER\"," + WHY + "}",
              201),
          new Route("get", "/api/admin/users/{id}", OPERATORS, null, 200),
          new Route("get", "/api/admin/users/{id}/keys", OPERATORS, null, 200),
          new Route(
              "put",
              "/api/admin/users/{id}/role",
              OPERATORS,
              "{\"role\":\"USER\"," + WHY + "}",
              200),
          new Route(
              "put", "/api/admin/users/{id}/limits", OPERATORS, "{\"daily\":5," + WHY + "}", 200),
          new Route("post", "/api/admin/users/{id}/password", OPERATORS, "{" + WHY + "}", 200),
          new Route("post", "/api/admin/users/{id}/disable", OPERATORS, "{" + WHY + "}", 200),
          new Route("post", "/api/admin/users/{id}/enable", OPERATORS, "{" + WHY + "}", 200),
          new Route("post", "/api/admin/keys/{id}/revoke", OPERATORS, "{" + WHY + "}", 200),
          new Route("get", "/api/admin/audit", OPERATORS, null, 200),
          new Route("delete", "/api/admin/tasks/{id}", OPERATORS, null, 400), // without a reason
          new Route(
              "post",
              "/api/admin/tasks/bulk",
              OPERATORS,
              "{\"action\":\"RETRY_IMAGES\",\"user\":\"nobody\"," + WHY + "}",
              200),
          new Route(
              "post",
              "/api/admin/tasks/bulk/preview",
              OPERATORS,
              "{\"action\":\"RETRY_IMAGES\"}",
              200),
          new Route("get", "/api/admin/overview", OPERATORS, null, 200),
          new Route("get", "/api/admin/settings", OPERATORS, null, 200),
          new Route("get", "/api/admin/providers", OPERATORS, null, 200),
          new Route("post", "/api/admin/providers/{name}/pause", OPERATORS, "{" + WHY + "}", 200),
          new Route("post", "/api/admin/providers/{name}/resume", OPERATORS, "{" + WHY + "}", 200),
          new Route("post", "/api/admin/providers/{name}/probe", OPERATORS, "{" + WHY + "}", 200),
          new Route("put", "/api/admin/providers/{name}/limits", OPERATORS, "{" + WHY + "}", 200),
          new Route("get", "/api/admin/batch/jobs", OPERATORS, null, 200),
          new Route("get", "/api/admin/batch/runs", OPERATORS, null, 200),
          new Route("get", "/api/admin/batch/runs/{id}", OPERATORS, null, 404),
          new Route("get", "/api/admin/batch/runs/{id}/report", OPERATORS, null, 404),
          new Route("post", "/api/admin/batch/runs/{id}/stop", OPERATORS, "{" + WHY + "}", 404),
          new Route("post", "/api/admin/batch/runs/{id}/restart", OPERATORS, "{" + WHY + "}", 404),
          new Route("post", "/api/admin/batch/import", OPERATORS, "{}", 415),
          new Route("post", "/api/admin/batch/redrive", OPERATORS, "{" + WHY + "}", 201),
          new Route("post", "/api/admin/batch/redrive/preview", OPERATORS, "{}", 200),
          new Route(
              "post", "/api/admin/batch/retention", OPERATORS, "{\"days\":9," + WHY + "}", 201),
          new Route("post", "/api/admin/batch/verify-assets", OPERATORS, "{" + WHY + "}", 201),
          new Route("post", "/api/admin/batch/dwell-report", OPERATORS, "{" + WHY + "}", 201),
          new Route("get", "/api/admin/batch/dwell", OPERATORS, null, 200),
          new Route("delete", "/api/session", OPEN, null, 200));

  private AccessMatrix() {}
}
