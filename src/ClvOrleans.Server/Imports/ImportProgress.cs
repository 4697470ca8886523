namespace ClvOrleans.Server.Imports;

/// <summary>How far an import is.</summary>
/// <param name="Lines">Lines of the file that are accounted for: what they say is durable.</param>
/// <param name="Bytes">Bytes of the file that were read, as it is stored.</param>
/// <param name="Of">All bytes of the file; null where they are not known.</param>
internal sealed record ImportProgress(long Lines, long Bytes, long? Of);
