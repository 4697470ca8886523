namespace ClvOrleans.Tests;

/// <summary>What is large is small by day, and in full where <c>.ci/nightly</c> asks for it (<c>CLV_DRILL_FULL=1</c>).</summary>
internal static class FullSizes
{
    public static bool AreAsked { get; } = Environment.GetEnvironmentVariable("CLV_DRILL_FULL") == "1";

    public static T Of<T>(T quick, T full) => AreAsked ? full : quick;
}
