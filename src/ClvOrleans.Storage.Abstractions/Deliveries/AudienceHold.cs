namespace ClvOrleans.Storage.Deliveries;

/// <summary>A delivery that has put a customer into an audience.</summary>
/// <param name="Audience">Name of the audience.</param>
/// <param name="IsTransactional">Whether it asks for no consent.</param>
/// <param name="Until">When it expires; null for never.</param>
public sealed record AudienceHold(string Audience, bool IsTransactional, DateTimeOffset? Until);
