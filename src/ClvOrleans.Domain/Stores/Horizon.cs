namespace ClvOrleans.Domain.Stores;

/// <summary>How far an estimate looks ahead, in whole days, 1 to 3,650.</summary>
public readonly record struct Horizon
{
    private readonly int _days;

    /// <summary>
    /// Checks and wraps a number of days. <exception cref="ArgumentOutOfRangeException">Less than 1 or more than 3,650.</exception>
    /// </summary>
    public Horizon(int days)
    {
        if (days is < 1 or > 3_650)
        {
            throw new ArgumentOutOfRangeException(nameof(days), days, "A horizon is 1 to 3,650 days.");
        }

        _days = days;
    }

    /// <summary>The number of days.</summary>
    public int Days => _days;

    /// <summary>The same in weeks, the unit of the models.</summary>
    public double Weeks => _days / 7.0;

    /// <summary>Reads <c>90</c>, <c>90d</c>, <c>12w</c>, <c>6m</c> (30 days each) or <c>1y</c> (365 days).</summary>
    public static bool TryParse(string? text, out Horizon horizon)
    {
        horizon = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var unit = char.ToLowerInvariant(text[^1]) switch { 'd' => 1, 'w' => 7, 'm' => 30, 'y' => 365, >= '0' and <= '9' => 0, _ => -1 };
        var digits = unit == 0 ? text : text[..^1];
        if (unit < 0 || !int.TryParse(digits, System.Globalization.NumberStyles.None, null, out var count) || count > 3_650)
        {
            return false;
        }

        var days = count * Math.Max(unit, 1);
        if (days is < 1 or > 3_650)
        {
            return false;
        }

        horizon = new Horizon(days);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => $"{_days}d";
}
