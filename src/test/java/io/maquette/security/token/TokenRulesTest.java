package io.maquette.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRulesTest {

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "jti", "iat", "exp", "nbf", "aud"})
  void a_claim_of_a_wrong_type_is_named(String claim) {
    Map<String, Object> claims = Map.of(claim, Map.of("a", "b"));
    assertThatThrownBy(() -> JWTClaimsSet.parse(claims)).isInstanceOf(ParseException.class);
    assertThat(TokenRules.malformed(claims)).isEqualTo(claim);
  }

  @Test
  void claims_that_are_read_are_not_named() throws ParseException {
    for (Object subject : List.of("anna", 7)) {
      Map<String, Object> claims = Map.of("sub", subject, "aud", List.of("a"), "exp", 1);
      assertThat(JWTClaimsSet.parse(claims).getSubject()).isEqualTo(subject.toString());
      assertThat(TokenRules.malformed(claims)).isEmpty();
    }
  }
}
