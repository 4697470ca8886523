using System.Collections.Immutable;

namespace ClvOrleans.Intake.Files;

/// <summary>Reads one format of history, as a stream: memory does not grow with the file beyond 16 bytes an order.</summary>
public interface IHistoryReader
{
    /// <summary>The format's name, as in <c>--format</c>.</summary>
    string Format { get; }

    /// <summary>Whether a file that begins with this line can be nothing else than of this format.</summary>
    /// <param name="firstLine">Its first line.</param>
    /// <param name="columns">As <see cref="HistoryContext.Columns"/>.</param>
    /// <param name="delimiter">What stands between fields; null where it is not known.</param>
    bool Recognises(string firstLine, ImmutableDictionary<string, string> columns, char? delimiter);

    /// <summary>
    /// The rows of a file. Reading it again gives the same keys. Header and blank lines are in no row.
    /// <exception cref="HistoryFormatException">
    /// A column is missing, unknown or named twice; thrown by the first step of the enumeration.
    /// </exception>
    /// </summary>
    IEnumerable<HistoryRow> Read(TextLines lines, HistoryContext context);
}
