package io.maquette.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.storage.ResultFetchException;
import io.maquette.storage.ResultFetchException.Reason;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Test of result addresses in the forms that providers send. */
class ResultAddressesTest {

  private final ResultAddresses addresses =
      new ResultAddresses(List.of("files.example"), URI.create("http://own.example:8080/api"));

  @Test
  void an_address_is_absolute_and_encoded() throws Exception {
    assertThat(addresses.resolve(" https://files.example/a b.png?x=%2F "))
        .isEqualTo("https://files.example/a%20b.png?x=%2F");
    assertThat(addresses.resolve("files/a b.png"))
        .isEqualTo("http://own.example:8080/files/a%20b.png");
  }

  @Test
  void an_address_that_cannot_be_read_is_the_problem_of_one_result() {
    ResultFetchException failure =
        catchThrowableOfType(
            ResultFetchException.class, () -> addresses.resolve("https://files.example/<secret>"));
    assertThat(failure.reason()).isEqualTo(Reason.UNUSABLE);
    assertThat(failure).hasMessageNotContaining("secret");
  }
}
