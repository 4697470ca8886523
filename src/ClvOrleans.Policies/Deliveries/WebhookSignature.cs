using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClvOrleans.Policies.Deliveries;

/// <summary>
/// Signs webhooks by the Standard Webhooks specification (github.com/standard-webhooks/standard-webhooks): HMAC-SHA256 of id, time and
/// body, so that whoever receives one knows who sent it, when, and that it is no repetition of another.
/// </summary>
public static class WebhookSignature
{
    /// <summary>Begins a secret; the rest is base64.</summary>
    public const string Prefix = "whsec_";

    private const int SecretBytes = 32;
    private const int LeastBytes = 16;
    private const int MostBytes = 64;

    /// <summary>Whether a text can be a secret: base64 of 16 to 64 bytes, with or without the prefix.</summary>
    public static bool IsSecret(string? text) => text is not null && Key(text) is { Length: >= LeastBytes and <= MostBytes };

    /// <summary>A new secret.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The value of <c>webhook-signature</c>: one signature by each secret, the newest first.</summary>
    /// <exception cref="FormatException">A secret is none.</exception>
    public static string Sign(IEnumerable<string> secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var begin = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.");
        byte[] signed = [.. Encoding.UTF8.GetBytes(begin), .. body];
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
            Key(secret) ?? throw new FormatException("A secret of webhooks is not base64, with or without whsec_ before it."), signed))));
    }

    private static byte[]? Key(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : null;
    }
}
