package io.maquette.it;

import static io.maquette.it.AccessMatrix.Caller.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.AccessMatrix.Caller;
import io.maquette.it.Person.Answer;
import io.maquette.it.server.Server;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Callers and their calls, for the interfaces that have the tests of access. */
interface AccessCalls {

  /** What a Prometheus on another machine sends. */
  String MONITOR = "a-prometheus-elsewhere";

  /** Returns the caller of this kind. */
  Person as(Caller caller);

  /** Returns the address of the server. */
  URI base();

  /** Returns the server. */
  Server server();

  /** Returns the issuer of external tokens. */
  TokenIssuer issuer();

  String operatorEmail();

  String operatorPassword();

  /** Gives the operator a new session. */
  void signInOperatorAgain() throws Exception;

  /** Has a user made, and returns the password. */
  default String newPassword(String email) throws Exception {
    Answer created =
        as(OPERATOR)
            .call(
                "POST",
                "/api/admin/users",
                "{\"email\":\"" + email + "\",\"role\":\"USER\",\"reason\":\"a test\"}");
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.data().getString("password");
  }

  default Person newUser(String email) throws Exception {
    return Person.signedIn(base(), email, newPassword(email));
  }

  default String newKey(Caller caller, String scope) throws Exception {
    Answer created =
        as(caller).call("POST", "/api/keys", "{\"name\":\"k\",\"scope\":\"" + scope + "\"}");
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.data().getString("token");
  }

  default List<String> keyIds(Caller caller) throws Exception {
    return as(caller).get("/api/keys").json().getJsonArray("data").stream()
        .map(key -> key.asJsonObject().getString("id"))
        .toList();
  }

  default String create(Person person, String prompt) throws Exception {
    Answer created = person.call("POST", "/api/tasks", "{\"prompt\":\"" + prompt + "\"}");
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.data().getString("id");
  }

  default void awaitStatus(Person person, String task, String status) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> person.get("/api/tasks/" + task).data().getString("status").equals(status));
  }
}
