package io.maquette.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestOriginTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, localhost:8080, true",
    "https://Maquette.example, maquette.example, true",
    ", localhost:8080, true",
    "http://localhost:8081, localhost:8080, false",
    "https://evil.example, maquette.example, false",
    "null, maquette.example, false",
    "http://maquette.example.evil.example, maquette.example, false",
    "'not an origin', maquette.example, false",
    "https://maquette.example, , false",
  })
  void onlyPagesOfTheSameHostAreServed(String origin, String host, boolean served) {
    assertThat(RequestOrigin.isOwn(origin, host)).isEqualTo(served);
  }
}
