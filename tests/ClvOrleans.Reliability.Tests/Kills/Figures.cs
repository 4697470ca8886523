namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>What is known of a person; money in cents.</summary>
internal sealed record Figures(
    int Orders, long Gross, long Net, long Events, int ProductViews, int PageViews, DateOnly FirstSeen, DateOnly LastSeen, string? Plan);
