package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.Person.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signing in and out, passwords, and requests from pages of other hosts. */
interface SessionAccess extends AccessCalls {

  @Test
  default void signing_in_sets_a_new_http_only_cookie_and_signing_out_ends_it() throws Exception {
    newUser("cookie@maquette.example");
    Person operator = Person.signedIn(base(), operatorEmail(), operatorPassword());
    Answer first = Person.signIn(base(), operatorEmail(), operatorPassword());
    assertThat(first.header("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800")
        .doesNotContain("Secure"); // plain http
    String one = Person.cookieOf(first);
    Answer again =
        Person.withCookie(base(), one)
            .call(
                "POST",
                "/api/session",
                "{\"email\":\"%s\",\"password\":\"%s\"}"
                    .formatted(operatorEmail(), operatorPassword()));
    String two = Person.cookieOf(again);
    assertThat(two).isNotEqualTo(one);
    assertThat(Person.withCookie(base(), one).get("/api/tasks").status()).isEqualTo(401);
    assertThat(Person.withCookie(base(), two).get("/api/tasks").status()).isEqualTo(200);
    assertThat(
            Person.withCookie(base(), two)
                .call("DELETE", "/api/session", null)
                .header("Set-Cookie"))
        .contains("maquette-session=", "Max-Age=0");
    assertThat(Person.withCookie(base(), two).get("/api/tasks").status()).isEqualTo(401);
    assertThat(operator.get("/api/tasks").status()).as("another session").isEqualTo(200);
    assertThat(
            Person.anonymous(base())
                .with("X-Forwarded-Proto", "https")
                .call(
                    "POST",
                    "/api/session",
                    "{\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(operatorEmail(), operatorPassword()))
                .header("Set-Cookie"))
        .as("behind a proxy that does TLS")
        .contains("Secure");
  }

  @Test
  default void guessing_passwords_is_slowed_and_reveals_no_accounts() throws Exception {
    newUser("guessed@maquette.example");
    List<String> told = new ArrayList<>();
    for (String email : List.of("guessed@maquette.example", "nobody@maquette.example")) {
      Answer answer = null;
      for (int i = 0; i <= 10; i++) {
        answer = guess(email, "203.0.113." + i);
        if (i == 0) {
          told.add(answer.status() + answer.body());
        }
      }
      assertThat(answer.status()).isEqualTo(429);
      assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 901);
      told.add(answer.status() + answer.body());
    }
    assertThat(told.subList(0, 2)).isEqualTo(told.subList(2, 4));
  }

  private Answer guess(String email, String from) throws Exception {
    return Person.anonymous(base())
        .with("X-Forwarded-For", from)
        .call("POST", "/api/session", "{\"email\":\"%s\",\"password\":\"wrong\"}".formatted(email));
  }

  @Test
  default void a_page_of_another_host_changes_nothing() throws Exception {
    Person user = newUser("csrf@maquette.example");
    String task = create(user, "not to be touched");
    for (Person tricked :
        List.of(
            user.with("Origin", "http://evil.example"),
            user.with("Origin", "null"),
            user.with("Origin", "https://evil.example").with("X-Forwarded-Host", "nas"),
            user.with("Origin", "http://nas:8080").with("X-Forwarded-Host", "nas"),
            user.with("Sec-Fetch-Site", "cross-site"),
            user.with("Sec-Fetch-Site", "same-site"))) {
      assertThat(tricked.call("DELETE", "/api/tasks/" + task, null).status()).isEqualTo(403);
      assertThat(tricked.get("/api/tasks/" + task).status()).isEqualTo(200);
    }
    assertThat(
            user.with("Origin", "http://nas:8080")
                .call("DELETE", "/api/tasks/" + task + "?lang=en", null)
                .body())
        .contains("a page of http://nas:8080", "Host: 127.0.0.1", "X-Forwarded-Host");
    for (Person proxied :
        List.of(
            user.with("Origin", "http://nas:8080").with("X-Forwarded-Host", "nas:8080"),
            user.with("Origin", "https://nas").with("X-Forwarded-Host", "nas:443"),
            user.with("Origin", "https://nas").with("Forwarded", "for=192.0.2.1;host=nas"))) {
      assertThat(proxied.call("POST", "/api/tasks", "{\"prompt\":\"proxied\"}").status())
          .isEqualTo(201);
    }
    String cookie = Person.cookieOf(Person.signIn(base(), operatorEmail(), operatorPassword()));
    Person withoutHeader = Person.anonymous(base()).with("Cookie", "maquette-session=" + cookie);
    assertThat(withoutHeader.get("/api/tasks").status()).isEqualTo(200);
    assertThat(withoutHeader.call("POST", "/api/tasks", "{\"prompt\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(
            user.with("Sec-Fetch-Site", "same-origin")
                .call("DELETE", "/api/tasks/" + task, null)
                .status())
        .isEqualTo(200);
  }

  @Test
  default void after_a_change_only_the_new_password_is_accepted() throws Exception {
    String given = newPassword("changes@maquette.example");
    Person here = Person.signedIn(base(), "changes@maquette.example", given);
    Person there = Person.signedIn(base(), "changes@maquette.example", given);
    Answer refused =
        here.call(
            "PUT", "/api/account/password", "{\"present\":\"" + given + "\",\"next\":\"short\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"field\":\"next\"").doesNotContain("short", given);
    assertThat(
            here.call(
                    "PUT",
                    "/api/account/password",
                    "{\"present\":\"" + given + "\",\"next\":\"a better pass phrase\"}")
                .status())
        .isEqualTo(200);
    assertThat(here.get("/api/tasks").status()).isEqualTo(200);
    assertThat(there.get("/api/tasks").status()).isEqualTo(401);
    assertThat(Person.signIn(base(), "changes@maquette.example", given).status()).isEqualTo(401);
    assertThat(Person.signIn(base(), "changes@maquette.example", "a better pass phrase").status())
        .isEqualTo(200);
    assertThat(server().log()).doesNotContain(given, "a better pass phrase");
  }
}
