package io.maquette.security.web;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.security.Caller;
import io.maquette.security.ClientAddress;
import io.maquette.security.CurrentUser;
import io.maquette.security.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/** Decides who may read monitoring data: this machine, Prometheus with its token, and operators. */
@ApplicationScoped
public class Monitors {

  @Inject private CurrentUser user;
  @Inject private Settings settings;

  /**
   * Returns whether a request comes from this machine, or has the token of {@code metrics.token}.
   */
  boolean isOne(HttpServletRequest request) {
    String token = settings.get(Setting.METRICS_TOKEN);
    String sent = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
    return ClientAddress.isThisMachine(request)
        || (!token.isEmpty() && Secrets.areEqual(sent, "Bearer " + token));
  }

  /** Returns whether {@link #isOne} holds, or the caller is an operator. */
  boolean isOneOrOperator(HttpServletRequest request) {
    return isOne(request) || user.find().filter(Caller::isOperator).isPresent();
  }
}
