namespace ClvOrleans.Server.Intake;

/// <summary>What the browser client is told of its figures about itself.</summary>
/// <param name="Success">True: it may forget them.</param>
internal sealed record ClientMetricsReply(bool Success);
