namespace ClvOrleans.Server.Api.Replies;

/// <summary>A refused event.</summary>
/// <param name="Id">Number of its dead letter.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Code">Why, as a word.</param>
/// <param name="Message">Why, as a sentence that names the field.</param>
internal sealed record RefusalSample(long Id, DateTimeOffset ReceivedAt, string Code, string Message);
