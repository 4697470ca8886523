namespace ClvOrleans.Storage.CustomerRows;

/// <summary>Some rows, and where the next ones begin.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Next">Position of the last row; null where no rows follow.</param>
public sealed record CustomerRowPage(IReadOnlyList<CustomerRow> Rows, CustomerRowPosition? Next);
