namespace ClvOrleans.Server.Stores;

/// <summary>A request names no store, or one that it must not have.</summary>
internal sealed class StoreException(int status, string code, string message) : Exception(message)
{
    /// <summary>The status of the answer.</summary>
    public int Status => status;

    /// <summary>The code of the answer.</summary>
    public string Code => code;
}
