using System.Collections.Immutable;

namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>What a table of a copy holds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, in the order of their names.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Digest">A sum over hashes of all rows, which does not depend on their order, in hexadecimal digits.</param>
/// <param name="Sums">Sums of columns that people compare, such as the orders of all customers.</param>
public sealed record CopiedTable(
    string Name, ImmutableArray<string> Columns, long Rows, string Digest, ImmutableSortedDictionary<string, string> Sums);
