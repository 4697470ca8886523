using System.Text;

namespace ClvOrleans.Server.Access;

/// <summary>
/// The owner's key in <c>owner.key</c> of the data folder, as the header that <c>curl -H @owner.key</c> sends. Whoever can read the folder
/// can read the store, so the file lets nobody in who was not; others cannot read it.
/// </summary>
internal static class OwnerKeyFile
{
    private const string Header = "Authorization: Bearer ";

    public static string PathIn(string folder) => Path.Combine(folder, "owner.key");

    /// <summary>The key; null where there is no file.</summary>
    /// <exception cref="InvalidOperationException">It holds something else, or cannot be read; the message says what to do.</exception>
    public static string? Read(string folder)
    {
        var path = PathIn(folder);
        try
        {
            return !File.Exists(path) ? null
                : File.ReadAllText(path).Trim() is var line && line.StartsWith(Header, StringComparison.Ordinal) ? line[Header.Length..]
                : throw new InvalidOperationException(
                    $"{path} does not hold a line '{Header}KEY'; remove it, and the next start of the service writes a new one.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{path} cannot be read; run this as the user who owns it.", e);
        }
    }

    /// <summary>Writes the key, for this user's eyes only.</summary>
    public static void Write(string folder, string key) =>
        PrivateFile.Replace(PathIn(folder), Encoding.UTF8.GetBytes(Header + key + Environment.NewLine));
}
