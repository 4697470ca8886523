namespace ClvOrleans.Server.Api.Replies;

/// <summary>The key of a store's pseudonyms.</summary>
/// <param name="Key">The key of HMAC-SHA256, 64 hexadecimal digits of 32 bytes.</param>
internal sealed record PseudonymKeyReply(string Key);
