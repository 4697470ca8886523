namespace ClvOrleans.Cli.Diagnoses;

/// <summary>What a diagnosis found.</summary>
/// <param name="Subject">What was looked at, in a word.</param>
/// <param name="State">How it is.</param>
/// <param name="Text">What was found, in a sentence.</param>
/// <param name="Remedy">What to do; null where there is nothing to do.</param>
internal sealed record Finding(string Subject, FindingState State, string Text, string? Remedy)
{
    public static Finding Good(string subject, string text) => new(subject, FindingState.Good, text, null);

    public static Finding Doubtful(string subject, string text, string remedy) => new(subject, FindingState.Doubtful, text, remedy);

    public static Finding Bad(string subject, string text, string remedy) => new(subject, FindingState.Bad, text, remedy);
}
