namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>An event as it is sent, and what it means.</summary>
/// <param name="Id">Its message id.</param>
/// <param name="At">When it happened.</param>
/// <param name="What">What it says.</param>
/// <param name="Person">The person whose ids it names.</param>
/// <param name="Json">The event as sent.</param>
internal sealed record TestEvent(string Id, DateTimeOffset At, Happening What, int Person, string Json)
{
    /// <summary>The order that it is about.</summary>
    public string? Order { get; init; }

    /// <summary>The person who placed that order, whoever sends the event.</summary>
    public int Buyer { get; init; }

    /// <summary>The amount in cents; null where an update gives none, and where a refund is of all.</summary>
    public long? Cents { get; init; }

    /// <summary>The trait <c>plan</c>.</summary>
    public string? Plan { get; init; }
}
