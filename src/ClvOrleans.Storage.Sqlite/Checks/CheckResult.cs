using System.Collections.Immutable;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>What a check found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Found">What is wrong, each in a sentence, at most <see cref="StoreCheck.MostFound"/>.</param>
/// <param name="More">How many more there are.</param>
public sealed record CheckResult(string Name, ImmutableArray<string> Found, long More)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => Found.IsEmpty;
}
