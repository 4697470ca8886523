using System.IO.Hashing;
using System.Text;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// A customer or visitor of a store. Ids are the store's own strings, compared by ordinal: <c>020235</c> and <c>20235</c>,
/// <c>1a</c> and <c>1A</c> are different people. Only an e-mail address is the same in capitals: see <see cref="Canonical"/>.
/// </summary>
/// <param name="Store">The store.</param>
/// <param name="Kind">A user id and an anonymous id of equal spelling are different.</param>
/// <param name="Id">The id as the store writes it, 1 to <see cref="MaxLength"/> UTF-16 units.</param>
public readonly record struct CustomerId(StoreId Store, CustomerKind Kind, string Id)
{
    /// <summary>The longest id that is accepted.</summary>
    public const int MaxLength = 255;

    /// <summary>
    /// The shard of this customer, 0 to one less than <paramref name="shards"/>: a stable hash, equal on all machines and versions.
    /// </summary>
    /// <param name="shards">How many shards the store has.</param>
    public int ShardIn(ShardCount shards) =>
        (int)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(ToText()), 0) % (ulong)shards.Value);

    /// <summary>
    /// The spelling under which this person is kept: an e-mail address used as a customer's id in small letters, every other id as it is.
    /// Shops and their clients write addresses in either case, and mean one person.
    /// </summary>
    public CustomerId Canonical() => Kind == CustomerKind.Customer && IsEmail(Id) ? this with { Id = Id.ToLowerInvariant() } : this;

    /// <summary>A known customer.</summary>
    public static CustomerId OfUser(StoreId store, string userId) => new(store, CustomerKind.Customer, userId);

    /// <summary>An anonymous visitor.</summary>
    public static CustomerId OfVisitor(StoreId store, string anonymousId) => new(store, CustomerKind.Visitor, anonymousId);

    /// <summary>The inverse of <see cref="ToText"/>.</summary>
    public static CustomerId Parse(StoreId store, string text) => text switch
    {
        ['c', ':', ..] => OfUser(store, text[2..]),
        ['v', ':', ..] => OfVisitor(store, text[2..]),
        ['e', ':', ..] => new CustomerId(store, CustomerKind.Erased, text[2..]),
        _ => throw new FormatException($"'{text}' is not a customer: c:ID or v:ID was expected."),
    };

    /// <summary>
    /// <c>c:ID</c> for customers, <c>v:ID</c> for visitors and <c>e:HASH</c> for who was erased: what tables and messages hold.
    /// </summary>
    public string ToText() => Kind switch
    {
        CustomerKind.Customer => "c:",
        CustomerKind.Visitor => "v:",
        _ => "e:",
    } + Id;

    /// <summary>Whether the id is an e-mail address, or a pseudonym, which may stand for one.</summary>
    [JsonIgnore]
    public bool MayBeAddress => Id.Contains('@', StringComparison.Ordinal) || Pseudonyms.HasForm(Id);

    // Rough on purpose: what has one @ with a domain behind it.
    private static bool IsEmail(string id)
    {
        var at = id.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == id.LastIndexOf('@') && id.LastIndexOf('.') > at + 1 && id[^1] != '.' && !id.Any(char.IsWhiteSpace);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Store}/{ToText()}";
}
