package io.maquette.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.provider.Problem;
import io.maquette.provider.Provider;
import io.maquette.provider.ProviderException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void aServerErrorIsDefiniteUnlessTheProviderChargesForIt(
      int status, Problem usually, Problem whereItIsChargedFor) {
    assertThat(problem(false, status)).isEqualTo(usually);
    assertThat(problem(true, status)).isEqualTo(whereItIsChargedFor);
  }
}
