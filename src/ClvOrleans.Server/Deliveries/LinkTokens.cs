using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Deliveries;

/// <summary>
/// Links of e-mails: they name whom they are for and are signed, so that they work without a session and nobody can make one for another.
/// </summary>
internal sealed class LinkTokens(IOptions<EmailOptions> options)
{
    private const int MacBytes = 16;
    private const char Separator = '\n';

    /// <summary>The link's part that says all of it. <exception cref="InvalidOperationException">There is no key.</exception></summary>
    public string Write(LinkToken link)
    {
        var key = options.Value.LinkKey
            ?? throw new InvalidOperationException("There is no key that signs the links of e-mails: set Email__LinkKey.");
        var content = Encoding.UTF8.GetBytes(
            string.Join(Separator, link.Customer.Store.Value, link.Channel, link.Topic, link.DeliveryId, link.Customer.ToText()));
        return Base64Url.EncodeToString([.. Mac(key, content), .. content]);
    }

    /// <summary>What a link says; null where it was not made by this service, or was cut.</summary>
    public LinkToken? Read(string token)
    {
        if (!Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token) is not { Length: > MacBytes } bytes)
        {
            return null;
        }

        var keys = new[] { options.Value.LinkKey, options.Value.PreviousLinkKey }.OfType<string>();
        if (!keys.Any(key => CryptographicOperations.FixedTimeEquals(Mac(key, bytes.AsSpan(MacBytes)), bytes.AsSpan(0, MacBytes))))
        {
            return null;
        }

        return Encoding.UTF8.GetString(bytes.AsSpan(MacBytes)).Split(Separator, 5)
            is [var store, var channel, var topic, var delivery, var customer]
            ? new LinkToken(CustomerId.Parse(new StoreId(store), customer), channel, topic, delivery)
            : null;
    }

    private static byte[] Mac(string key, ReadOnlySpan<byte> content) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), content)[..MacBytes];
}
