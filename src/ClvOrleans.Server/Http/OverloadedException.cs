namespace ClvOrleans.Server.Http;

/// <summary>More than may be under way at once: answered with 429 and Retry-After.</summary>
internal sealed class OverloadedException(string message) : Exception(message);
