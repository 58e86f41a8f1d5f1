package io.maquette.provider.http;

import io.maquette.storage.ResultFetchException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Addresses of a provider's results. One that is relative belongs to the provider's own address,
 * which the operator has set and which may be a private one.
 */
final class ResultAddresses {

  private final List<String> hosts;
  private final URI base;

  /**
   * Those of one provider.
   *
   * @param documented hosts where the provider says its files are
   * @param base its own address
   */
  ResultAddresses(Collection<String> documented, URI base) {
    this.base = URI.create(base.getScheme() + "://" + base.getRawAuthority() + "/");
    hosts = new ArrayList<>(documented);
    hosts.add(base.getScheme() + "://" + base.getRawAuthority());
  }

  /** Where files may lie, with the provider's own origin. */
  List<String> hosts() {
    return hosts;
  }

  /**
   * An absolute address, with its spaces encoded.
   *
   * @param address as the provider gave it
   * @throws ResultFetchException if it cannot be read; the message does not repeat it
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
