package io.maquette.it;

import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** The REST API of the shipped WAR, as a client on the other end of the wire sees it. */
@ExtendWith(ArquillianExtension.class)
class ApiIT extends ApiContract {

  @ArquillianResource private URI deployed;

  @Deployment(testable = false)
  static WebArchive war() {
    return Wars.with("api", Map.of("maquette.worker.tick", "PT0.2S"));
  }

  @Override
  URI base() {
    return deployed;
  }
}
