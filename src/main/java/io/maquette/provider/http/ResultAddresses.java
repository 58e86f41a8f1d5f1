package io.maquette.provider.http;

import io.maquette.storage.ResultFetchException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Resolver of the addresses of a provider's results. A relative address is resolved against the
 * provider's base address, which the operator has set and which may be private.
 */
final class ResultAddresses {

  private final List<String> hosts;
  private final URI base;

  /**
   * Creates the resolver for one provider.
   *
   * @param documented hosts that the provider documents for its files
   * @param base its base address
   */
  ResultAddresses(Collection<String> documented, URI base) {
    this.base = URI.create(base.getScheme() + "://" + base.getRawAuthority() + "/");
    hosts = new ArrayList<>(documented);
    hosts.add(base.getScheme() + "://" + base.getRawAuthority());
  }

  /** Returns the hosts that may have files, including the provider's own origin. */
  List<String> hosts() {
    return hosts;
  }

  /**
   * Returns an absolute address, with its spaces encoded.
   *
   * @param address as the provider gave it
   * @throws ResultFetchException if it is invalid; the message does not repeat it
   */
  String resolve(String address) throws ResultFetchException {
    String text = address == null ? "" : address.strip();
    try {
      URI uri = URI.create(text.replace(" ", "%20"));
      return uri.isAbsolute() ? uri.toString() : base.resolve(uri).toString();
    } catch (IllegalArgumentException e) {
      throw new ResultFetchException(
          ResultFetchException.Reason.UNUSABLE, "the result's address cannot be read", null);
    }
  }
}
