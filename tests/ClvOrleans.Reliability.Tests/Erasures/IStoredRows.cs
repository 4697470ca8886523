namespace ClvOrleans.Reliability.Tests.Erasures;

/// <summary>What lies in the storage of a service, whether that runs or not.</summary>
internal interface IStoredRows : IDisposable
{
    /// <summary>How a service is told of the storage.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The number that a query gives.</summary>
    Task<long> CountAsync(string sql);

    /// <summary>Whether a text is anywhere: in bytes of files, in rows of a database.</summary>
    Task<bool> HoldsAsync(string text);
}
