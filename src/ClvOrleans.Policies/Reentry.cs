namespace ClvOrleans.Policies;

/// <summary>Whether a customer who has been through a policy may enter it again. Never while an earlier occasion is under way.</summary>
/// <param name="AfterDays">Whole days after the last entry; 0 for always, null for never.</param>
public readonly record struct Reentry(int? AfterDays)
{
    /// <summary>Once in a lifetime: the default.</summary>
    public static Reentry Never => default;

    /// <summary>Each time.</summary>
    public static Reentry Always => new(0);
}
