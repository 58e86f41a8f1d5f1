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
}
