using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Webhooks;

/// <summary>A shop's signature of a body: base64 of HMAC-SHA256 over its bytes.</summary>
internal static class Signature
{
    /// <summary>The header of a kind of shop.</summary>
    public static string HeaderOf(SourceKind kind) => kind == SourceKind.Shopify ? "X-Shopify-Hmac-Sha256" : "X-WC-Webhook-Signature";

    /// <summary>The bytes of a signature; null where the text is none.</summary>
    public static byte[]? Read(string? header)
    {
        var signature = new byte[SHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(header?.Trim() ?? "", signature, out var length) && length == signature.Length
            ? signature
            : null;
    }

    /// <summary>
    /// Whether one of the secrets has signed the body. All are tried, and compared in full, so that the time taken tells nothing.
    /// </summary>
    public static bool IsRight(ReadOnlySpan<byte> body, byte[] signature, IReadOnlyList<string> secrets)
    {
        var isRight = false;
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
            isRight |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return isRight;
    }

    /// <summary>Whether a secret that is sent as it is is one of the source's, compared likewise.</summary>
    public static bool IsSecret(string given, IReadOnlyList<string> secrets)
    {
        var isRight = false;
        foreach (var secret in secrets)
        {
            isRight |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(secret));
        }

        return isRight;
    }
}
