package io.maquette.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Settings;
import io.maquette.provider.Problem;
import io.maquette.provider.Provider;
import io.maquette.provider.ProviderException;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {

  private static ProviderException byStatus(ErrorAnswer answer) {
    return ProviderException.of(HttpProblems.ofSubmission(answer.status()), "broken");
  }

  private static Problem problem(boolean charges, int status) {
    Provider provider =
        new Provider() {
          @Override
          public boolean chargesForServerErrors() {
            return charges;
          }
        };
    Calls calls = new Calls(provider, CallsTest::byStatus, CallsTest::byStatus);
    return catchThrowableOfType(
            ProviderException.class,
            () ->
                calls.submit(
                    () -> {
                      throw new ErrorAnswer(status, "", null, null);
                    }))
        .problem();
  }

  @ParameterizedTest
  @CsvSource({
    "500, UNAVAILABLE, OUTCOME_UNKNOWN",
    "503, UNAVAILABLE, OUTCOME_UNKNOWN",
    "502, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN",
    "400, REFUSED, REFUSED",
    "429, THROTTLED, THROTTLED"
  })
  void a_server_error_is_definite_unless_the_provider_charges_for_it(
      int status, Problem usually, Problem whereItIsChargedFor) {
    assertThat(problem(false, status)).isEqualTo(usually);
    assertThat(problem(true, status)).isEqualTo(whereItIsChargedFor);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1/secret/v1?key=abc, 127.0.0.1:1",
    "https://ai.example/secret, ai.example:443",
    "http://[::1], [::1]:80"
  })
  void a_failure_to_connect_names_host_port_and_setting(String url, String hostAndPort) {
    assertThat(failureToConnect(url, new ConnectException("Connection refused")))
        .isEqualTo(
            "cannot connect to " + hostAndPort + " (maquette.openai.url): Connection refused");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_failure_to_connect_says_why_by_its_kind_where_it_has_no_words(boolean hasWords) {
    IOException cause =
        hasWords ? new UnknownHostException("ai.example") : new ConnectException(null);
    assertThat(failureToConnect("http://ai.example", cause))
        .isEqualTo(
            "cannot connect to ai.example:80 (maquette.openai.url): "
                + (hasWords ? "UnknownHostException: ai.example" : "ConnectException"));
  }

  private static String failureToConnect(String url, IOException cause) {
    Settings settings =
        Settings.read(
            name -> name.equals("maquette.openai.url") ? Optional.of(url) : Optional.empty());
    Calls calls =
        new Calls(CallsTest::byStatus, CallsTest::byStatus)
            .to(ProviderSetting.OPENAI_URL, settings);
    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class,
            () ->
                calls.submit(
                    () -> {
                      throw new ProcessingException(cause);
                    }));
    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    return failure.getMessage();
  }
}
