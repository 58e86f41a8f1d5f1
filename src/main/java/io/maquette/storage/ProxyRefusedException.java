package io.maquette.storage;

import java.io.IOException;

/** Failure to connect because the HTTP proxy refused the connection. */
public final class ProxyRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  ProxyRefusedException(int status) {
    super(
        "the HTTP proxy (https.proxyHost) answered with HTTP "
            + status
            + (status == 407 ? ": it wants authentication" : ": it does not allow this host"));
  }
}
