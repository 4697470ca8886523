namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// Shares as whole places that add up to the line: rounded down, and the rest to the largest remainders, first come first.
/// </summary>
internal static class ArmWidths
{
    private const double Tolerance = 1e-9;

    public static (string Arm, int Width)[] Of(IReadOnlyList<ArmShare> shares)
    {
        if (shares.Count == 0 || shares.Any(s => string.IsNullOrEmpty(s.Arm) || !(s.Share >= 0 && s.Share <= 1)))
        {
            throw new ArgumentException("An experiment needs arms, each with a name and a share from 0 to 1.", nameof(shares));
        }

        if (shares.GroupBy(s => s.Arm, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Arm '{twice.Key}' is there twice.", nameof(shares));
        }

        var sum = shares.Sum(s => s.Share);
        if (Math.Abs(sum - 1) > Tolerance)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The shares add up to {sum:0.#########}; they must add up to 1."), nameof(shares));
        }

        double[] exact = [.. shares.Select(s => s.Share * Allocation.Places)];
        int[] widths = [.. exact.Select(e => (int)Math.Floor(e + Tolerance))];
        var rest = Allocation.Places - widths.Sum();
        foreach (var i in Enumerable.Range(0, widths.Length).OrderByDescending(i => exact[i] - widths[i]).Take(rest))
        {
            widths[i]++;
        }

        return [.. shares.Select((s, i) => (s.Arm, widths[i]))];
    }
}
