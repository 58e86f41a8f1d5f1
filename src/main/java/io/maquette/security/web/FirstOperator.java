package io.maquette.security.web;

import io.maquette.config.Confidential;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.security.Accounts;
import io.maquette.security.Passwords;
import io.maquette.security.Secrets;
import io.maquette.security.token.ExternalTokens;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Startup bean that ensures that an operator exists. The log shows a generated password once,
 * because without it the first operator cannot sign in.
 */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class FirstOperator {

  private static final Logger LOG = Logger.getLogger(FirstOperator.class.getName());

  @Inject private Accounts accounts;
  @Inject private Passwords passwords;
  @Inject private ExternalTokens tokens;
  @Inject private Settings settings;

  @PostConstruct
  void appear() {
    if (tokens.areTaken()) { // also reads the key, and fails if it is wrong
      LOG.info(() -> "Tokens of the issuer " + settings.get(Setting.JWT_ISSUER) + " are accepted");
    }
    if (settings.get(Setting.AUTH).equals("dev")) {
      LOG.info(
          () ->
              "maquette.auth=dev: every caller is the development user. Accepted are requests from "
                  + (settings.get(Setting.AUTH_DEV_REMOTE)
                      ? "ALL MACHINES that reach the port (maquette.auth.dev-remote=true)"
                      : "this machine only"));
    }
    if (!accounts.hasOperator()) {
      String email = settings.get(Setting.OPERATOR_EMAIL);
      String password = Secrets.password();
      if (ensure(email, passwords.hash(password))) {
        LOG.log(
            Level.INFO,
            "No operator existed. The first operator signs in as {0} with the password {1}"
                + " (shown only once; change it after the first sign-in)",
            new Object[] {email, new Confidential(password)});
      }
    }
  }

  /**
   * Retries once: of two nodes that create one account at the same time, the later fails and then
   * finds it.
   */
  private boolean ensure(String email, String hash) {
    try {
      return accounts.ensureOperator(email, hash);
    } catch (EJBException e) {
      return accounts.ensureOperator(email, hash);
    }
  }
}
