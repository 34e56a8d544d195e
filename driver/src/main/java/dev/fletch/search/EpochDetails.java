package dev.fletch.search;

/** What a record of an epoch says beside its figures: of alpha, or of a generation. */
public sealed interface EpochDetails permits AlphaDetails, GenerationDetails {}
