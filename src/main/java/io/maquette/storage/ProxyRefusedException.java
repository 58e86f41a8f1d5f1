package io.maquette.storage;

import java.io.IOException;

/** The HTTP proxy did not let a connection through. */
public final class ProxyRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  ProxyRefusedException(int status) {
    super(
        "the HTTP proxy (https.proxyHost) answered with HTTP "
            + status
            + (status == 407 ? ": it wants authentication" : ": it does not allow this host"));
  }
}
