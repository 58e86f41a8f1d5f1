package io.maquette.provider.openai;

/** Error with the code and words of the server; any component may be missing. */
public record OpenAiError(String message, String type, String code) {}
