using System.Security.Cryptography;
using System.Text;

namespace ClvOrleans.Domain.Stores;

/// <summary>
/// The pseudonyms of a store: keyed hashes that stand for what names people, so that equal ids stay equal and nobody can read them. A
/// pseudonym has a tag that only the key can make, by which it is known again and taken as it is.
/// </summary>
/// <remarks>
/// <c>p_</c>, then the first 32 hexadecimal digits of HMAC-SHA256(key, <c>id:TEXT</c>), then the first 8 of HMAC-SHA256(key,
/// <c>tag:DIGITS</c>) of those 32. Shops compute it themselves: it must not change.
/// </remarks>
public sealed class Pseudonyms : IEquatable<Pseudonyms>
{
    /// <summary>How many bytes a key has.</summary>
    public const int KeyLength = 32;

    private const string Prefix = "p_";
    private const int HashLength = 32;
    private const int TagLength = 8;
    private const int Length = 42;
    private const int LongestOnStack = 256;

    // Making a key ready takes several times as long as a hash by it: each thread keeps that of the store that it hashed for last.
    [ThreadStatic]
    private static (Pseudonyms? Of, IncrementalHash? Hash) _ready;

    private readonly byte[] _key;

    /// <summary>Wraps a key. <exception cref="FormatException">It is not 64 hexadecimal digits.</exception></summary>
    /// <param name="key">The key, in hexadecimal digits.</param>
    public Pseudonyms(string key)
    {
        _key = key.Length == 2 * KeyLength ? Convert.FromHexString(key) : throw new FormatException("A key of pseudonyms has 64 digits.");
    }

    /// <summary>The pseudonym of a user id, an anonymous id or an e-mail address; what has an @ is hashed in small letters.</summary>
    /// <param name="id">What names a person, or their pseudonym already.</param>
    public string OfId(string id)
    {
        var text = id.Trim();
        return Of("id", text.Contains('@', StringComparison.Ordinal) ? text.ToLowerInvariant() : text);
    }

    /// <summary>The pseudonym of an order's id.</summary>
    /// <param name="order">The shop's id of the order, or its pseudonym already.</param>
    public string OfOrder(string order) => Of("order", order.Trim());

    /// <summary>The pseudonym of a message's id, which clients and shops make of whatever they like.</summary>
    /// <param name="message">The id, or its pseudonym already.</param>
    public string OfMessage(string message) => Of("message", message);

    /// <summary>The pseudonym of a group's id, such as a company that the customer is of.</summary>
    /// <param name="group">The id, or its pseudonym already.</param>
    public string OfGroup(string group) => Of("group", group);

    /// <summary>Whether a text looks like a pseudonym of some store.</summary>
    /// <param name="text">The text.</param>
    public static bool HasForm(string text) =>
        text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length..].All(char.IsAsciiHexDigitLower);

    /// <summary>A key of another use that follows from this one, of 32 bytes.</summary>
    /// <param name="use">What it is for.</param>
    public byte[] KeyFor(string use) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"key:{use}"));

    /// <summary>The key, in hexadecimal digits; for who keeps it, and for the shop.</summary>
    public string RevealKey() => Convert.ToHexStringLower(_key);

    /// <inheritdoc />
    public bool Equals(Pseudonyms? other) => other is not null && _key.AsSpan().SequenceEqual(other._key);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Pseudonyms);

    /// <inheritdoc />
    public override int GetHashCode() => BitConverter.ToInt32(_key);

    /// <summary>Without the key, which no log is to have.</summary>
    public override string ToString() => nameof(Pseudonyms);

    private string Of(string kind, string text)
    {
        if (IsOwn(text))
        {
            return text;
        }

        var hash = Digits(kind, text, HashLength);
        return $"{Prefix}{hash}{TagOf(hash)}";
    }

    private bool IsOwn(string text) =>
        HasForm(text) && text.AsSpan(Prefix.Length + HashLength).SequenceEqual(TagOf(text[Prefix.Length..^TagLength]));

    private string TagOf(string hash) => Digits("tag", hash, TagLength);

    private string Digits(string kind, string text, int count)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetMaxByteCount(kind.Length + 1 + text.Length);
        Span<byte> bytes = length <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[length];
        var used = Encoding.UTF8.GetBytes(kind, bytes);
        bytes[used++] = (byte)':';
        used += Encoding.UTF8.GetBytes(text, bytes[used..]);
        var ready = Ready();
        ready.AppendData(bytes[..used]);
        ready.GetHashAndReset(hash);
        return Convert.ToHexStringLower(hash[..(count / 2)]);
    }

    private IncrementalHash Ready()
    {
        if (_ready is { Hash: { } known, Of: { } of } && ReferenceEquals(of, this))
        {
            return known;
        }

        _ready.Hash?.Dispose();
        var made = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        _ready = (this, made);
        return made;
    }
}
