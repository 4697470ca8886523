using ClvOrleans.Server.Access;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Cli.Commands;

/// <summary>
/// The key that a command shows: that of <c>CLV_KEY</c>; else the owner's, of this machine's configuration or the data folder, but to no
/// other service than the one that has the folder.
/// </summary>
internal static class ServiceKey
{
    /// <summary>The key for the service at an address; null where there is none for it.</summary>
    /// <exception cref="InvalidOperationException">The file of the owner's key cannot be read; the message says what to do.</exception>
    public static string? Find(string folder, Uri address) =>
        Given ?? (FolderLock.FindAddress(folder) is { } holder && IsSame(holder, address) ? Owner(folder) : null);

    /// <summary>The key for a service that this process is, over a folder.</summary>
    /// <exception cref="InvalidOperationException">The file of the owner's key cannot be read; the message says what to do.</exception>
    public static string? OfOwn(string folder) => Owner(folder) ?? Given;

    private static string? Given => Shared.Variable("CLV_KEY");

    private static string? Owner(string folder)
    {
        var options = new AccessOptions
        {
            OwnerKey = Shared.Variable("Access__OwnerKey"),
            OwnerKeyFile = Shared.Variable("Access__OwnerKeyFile"),
        };
        return options.ReadOwnerKeys() is [var first, ..] ? first : OwnerKeyFile.Read(folder);
    }

    private static bool IsSame(Uri holder, Uri address) =>
        holder.Port == address.Port && (holder.Host == address.Host || (holder.IsLoopback && address.IsLoopback));
}
