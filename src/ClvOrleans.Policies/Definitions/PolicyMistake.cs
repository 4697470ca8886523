namespace ClvOrleans.Policies.Definitions;

/// <summary>What is wrong with a definition.</summary>
/// <param name="Path">Where, e.g. <c>steps[1].do.cost</c>; empty for the whole.</param>
/// <param name="Message">What is wrong and what to write, in a sentence.</param>
public sealed record PolicyMistake(string Path, string Message)
{
    /// <inheritdoc />
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
