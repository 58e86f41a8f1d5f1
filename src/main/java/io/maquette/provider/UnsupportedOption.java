package io.maquette.provider;

import java.util.List;

/**
 * Option of a task that a provider does not accept.
 *
 * @param name name of the option
 * @param accepted accepted values, in words; empty if the provider does not have the option
 */
public record UnsupportedOption(String name, List<String> accepted) {
  public UnsupportedOption {
    accepted = List.copyOf(accepted);
  }

  /**
   * Refuses a request before it is sent, because the settings may have changed since the options
   * were checked.
   *
   * @param unsupported options that the provider does not accept; empty if it accepts all
   * @throws ProviderException if there are any
   */
  public static void refuse(String provider, List<UnsupportedOption> unsupported)
      throws ProviderException {
    if (!unsupported.isEmpty()) {
      throw new ProviderException(
          Problem.REFUSED,
          provider
              + " does not accept the options "
              + unsupported.stream().map(UnsupportedOption::name).toList());
    }
  }
}
