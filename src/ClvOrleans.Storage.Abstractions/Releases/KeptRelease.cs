namespace ClvOrleans.Storage.Releases;

/// <summary>What a store tells in reports with noise for a time.</summary>
/// <param name="ToldUntil">The last of the store's days on which it holds.</param>
/// <param name="Content">The figures, as who makes them writes them.</param>
public sealed record KeptRelease(DateOnly ToldUntil, string Content);
