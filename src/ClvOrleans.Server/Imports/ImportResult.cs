namespace ClvOrleans.Server.Imports;

/// <summary>What became of a file.</summary>
/// <param name="Format">The format that it was read as.</param>
/// <param name="Lines">All lines of the file.</param>
/// <param name="Events">Events that count now; an order of many lines is one. In a dry run, events that the file holds.</param>
/// <param name="Duplicates">Events that were known.</param>
/// <param name="Refused">Refused lines by reason.</param>
/// <param name="LineCounts">Every line, once.</param>
/// <param name="FirstRefusals">The first refusals of each reason.</param>
/// <param name="Broken">Why the file broke off before its end; null where it did not.</param>
/// <param name="DryRun">Whether nothing was to be recorded.</param>
/// <param name="Understood">What was understood of the file.</param>
internal sealed record ImportResult(
    string Format, long Lines, long Events, long Duplicates, IReadOnlyDictionary<string, long> Refused, ImportLineCounts LineCounts,
    IReadOnlyList<ImportRefusal> FirstRefusals, string? Broken, bool DryRun, ImportUnderstanding Understood)
{
    /// <summary>The result without sentences, in which values of the file stand: the codes say what is wrong.</summary>
    public ImportResult WithoutValues() => this with
    {
        FirstRefusals = [.. FirstRefusals.Select(r => r with { Message = ImportRefusal.NotKept })],
        Understood = Understood with
        {
            Notes = Understood.Notes.ToDictionary(n => n.Key, n => n.Value with { First = [] }, StringComparer.Ordinal),
        },
    };
}
