namespace ClvOrleans.Training.Imports;

/// <summary>Reads one format of order history, as a stream: memory does not grow with the file's products.</summary>
public interface IHistoryReader
{
    /// <summary>The format's name, as in <c>--format</c>.</summary>
    string Format { get; }

    /// <summary>
    /// The rows of a file. Reading it again gives the same keys.
    /// <exception cref="HistoryFormatException">A column is missing, unknown or named twice; thrown by the first step of the enumeration.</exception>
    /// </summary>
    IEnumerable<HistoryRow> Read(TextReader text, HistoryContext context);
}
