package io.maquette.provider.http;

/** Marker of an answer with its own reader, because it is too large for {@link AnswerReader}. */
public interface StreamedAnswer {}
