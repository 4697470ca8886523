namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>What an event of the drill says.</summary>
internal enum Happening
{
    Completed,
    Updated,
    Refunded,
    Cancelled,
    Viewed,
    Paged,
    Identified,
    Aliased,
}
