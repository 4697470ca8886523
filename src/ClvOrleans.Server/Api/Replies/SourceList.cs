namespace ClvOrleans.Server.Api.Replies;

/// <summary>What sends to the store.</summary>
/// <param name="Sources">By name. Those of store.json, and those that have sent before.</param>
internal sealed record SourceList(IReadOnlyList<SourceView> Sources);
