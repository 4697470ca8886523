using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Reports.Noise;

/// <summary>All that is released of a period: figures with noise, and nothing without.</summary>
public sealed record ReportRelease
{
    /// <summary>The last day of the period: figures are as of its end.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The last day on which it is given.</summary>
    public required DateOnly ToldUntil { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The model that expected figures and lifecycles are by.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The privacy loss of the period.</summary>
    public required decimal Epsilon { get; init; }

    /// <summary>Probability, at most, that a name is released because of one customer.</summary>
    public required decimal Delta { get; init; }

    /// <summary>The most that a customer counts for in a sum of money, in major units.</summary>
    public required decimal Bound { get; init; }

    /// <summary>In how many months a customer counts as active.</summary>
    public required int Months { get; init; }

    /// <summary>The period.</summary>
    public required ReleasePeriod Period { get; init; }

    /// <summary>The tables.</summary>
    public required ImmutableArray<ReleasedFigures> Tables { get; init; }

    /// <summary>Reads one that was kept. <exception cref="JsonException">It is damaged.</exception></summary>
    public static ReportRelease Parse(string json) =>
        JsonSerializer.Deserialize(json, ReleaseJson.Default.ReportRelease) ?? throw new JsonException("A release is empty.");

    /// <summary>As it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReleaseJson.Default.ReportRelease);

    /// <summary>A table; null where it is not released.</summary>
    public ReleasedFigures? Find(ReleasedTable table) => Tables.FirstOrDefault(t => t.Table == table);
}
