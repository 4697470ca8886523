namespace ClvOrleans.Server.Imports;

/// <summary>A line that was refused.</summary>
/// <param name="Line">Its number, from 1 and with the header.</param>
/// <param name="Code">The reason as a word.</param>
/// <param name="Message">The reason as a sentence that names the column or field.</param>
internal sealed record ImportRefusal(long Line, string Code, string Message)
{
    /// <summary>In place of a sentence, in a store with pseudonyms.</summary>
    public const string NotKept = "The store has pseudonyms, and keeps no values of a file; --rejects and --dry-run say more.";
}
