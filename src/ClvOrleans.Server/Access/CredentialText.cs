using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Access;

/// <summary>
/// The text that proves a credential, such as <c>clv_read_0123456789abcdef_...</c>: what it is for, so that people and scanners of secrets
/// know it, the id that it is found by, and 256 random bits. A fast hash of it is kept: slow ones make the guesses of weak passwords dear,
/// and nobody can guess 256 bits.
/// </summary>
internal static class CredentialText
{
    private const string Brand = "clv";
    private const int IdBytes = 8;
    private const int SecretBytes = 32;
    private const int MostLength = 200;

    /// <summary>A new id and text.</summary>
    /// <param name="use">What it is for: a scope, session or link.</param>
    public static (string Id, string Text) New(string use)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        return (id, $"{Brand}_{use}_{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <summary>The id within a text; null where the text is not one of a credential.</summary>
    public static string? FindId(string text)
    {
        Span<Range> parts = stackalloc Range[4];
        var all = text.AsSpan();
        return text.Length <= MostLength && all.Split(parts, '_') == parts.Length && all[parts[0]] is Brand
            && all[parts[1]].Length > 0 && all[parts[2]].Length == 2 * IdBytes && all[parts[3]].Length > 0
            ? text[parts[2]]
            : null;
    }

    /// <summary>Whether a text begins like one of a credential for a use.</summary>
    public static bool IsFor(string text, string use) => text.StartsWith($"{Brand}_{use}_", StringComparison.Ordinal);

    /// <summary>What is kept of a text.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether a text is that of a credential; the time taken tells nothing.</summary>
    public static bool Proves(string text, Credential credential) => IsOf(Hash(text), credential);

    /// <summary>Whether what is kept of a text is that of a credential; the time taken tells nothing.</summary>
    public static bool IsOf(ReadOnlySpan<byte> hash, Credential credential) =>
        CryptographicOperations.FixedTimeEquals(hash, credential.Hash.Span);
}
