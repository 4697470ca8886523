using System.Globalization;

namespace ClvOrleans.Reliability.Tests;

/// <summary>How large the drills are: a few seconds each, or what <c>.ci/nightly</c> asks for in the environment.</summary>
internal static class Sizes
{
    /// <summary>Whether the drills run in full (<c>CLV_DRILL_FULL=1</c>), with bounds that hold on an idle machine only.</summary>
    public static bool AreFull { get; } = FullSizes.AreAsked;

    /// <summary>Seeds of the kill drill, <c>CLV_DRILL_SEEDS</c>, separated by commas.</summary>
    public static IReadOnlyList<int> Seeds { get; } =
        [.. (Environment.GetEnvironmentVariable("CLV_DRILL_SEEDS") ?? "1").Split(',')
            .Select(s => int.Parse(s, CultureInfo.InvariantCulture))];

    /// <summary>How often the service ends for each seed: <c>CLV_DRILL_ENDS</c> over all seeds, default 3.</summary>
    public static int EndsOfASeed { get; } =
        (int.Parse(Environment.GetEnvironmentVariable("CLV_DRILL_ENDS") ?? "3", CultureInfo.InvariantCulture) + Seeds.Count
            - 1) / Seeds.Count;

    /// <summary>How often a silo of a cluster is killed in the full drill: <c>CLV_DRILL_CLUSTER_KILLS</c>, default 100.</summary>
    public static int ClusterKills { get; } =
        int.Parse(Environment.GetEnvironmentVariable("CLV_DRILL_CLUSTER_KILLS") ?? "100", CultureInfo.InvariantCulture);

    /// <summary>The faults that a cluster suffers, <c>CLV_DRILL_FAULTS</c>, separated by commas; null for those of the drill.</summary>
    public static IReadOnlyList<string>? Faults { get; } = Environment.GetEnvironmentVariable("CLV_DRILL_FAULTS")?.Split(',');

    /// <summary>How long the service is under half its load, <c>CLV_SOAK_MINUTES</c>, default .25.</summary>
    public static TimeSpan Soak { get; } = TimeSpan.FromMinutes(
        double.Parse(Environment.GetEnvironmentVariable("CLV_SOAK_MINUTES") ?? ".25", CultureInfo.InvariantCulture));

    public static T Of<T>(T quick, T full) => FullSizes.Of(quick, full);
}
