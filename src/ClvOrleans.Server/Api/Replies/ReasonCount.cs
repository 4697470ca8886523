namespace ClvOrleans.Server.Api.Replies;

/// <summary>How many events had a reason.</summary>
/// <param name="Code">The reason, as a word.</param>
/// <param name="Events">How many.</param>
/// <param name="LastAt">When the last one came.</param>
internal sealed record ReasonCount(string Code, long Events, DateTimeOffset LastAt);
