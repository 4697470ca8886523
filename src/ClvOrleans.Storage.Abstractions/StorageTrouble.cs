namespace ClvOrleans.Storage;

/// <summary>What keeps the store's files from being used.</summary>
/// <param name="Message">One sentence that names the file and the remedy.</param>
/// <param name="CanRead">Whether what the files hold can still be read.</param>
/// <param name="Lasts">
/// Whether it lasts until the service is started again; else the service goes on by itself once the cause has gone.
/// </param>
public sealed record StorageTrouble(string Message, bool CanRead, bool Lasts);
