using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Privacy;

/// <summary>
/// The secret of an installation, by which the names of erased people become hashes: without it nobody can try out who was erased, and two
/// installations cannot be compared.
/// </summary>
/// <param name="Secret">32 random bytes.</param>
public sealed record ErasureKey(ReadOnlyMemory<byte> Secret)
{
    /// <summary>The length of a secret, in bytes.</summary>
    public const int Length = 32;

    // 128 bits: two names out of 2^40 have the same hash with a probability of 2^-49.
    private const int Kept = 16;

    /// <summary>The hash of a name, as hexadecimal text.</summary>
    public string HashOf(StoreId store, ErasedName name)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Secret.Span, Encoding.UTF8.GetBytes($"{store.Value}\n{(int)name.Kind}\n{name.Text}"), hash);
        return Convert.ToHexStringLower(hash[..Kept]);
    }

    /// <summary>What remains of a customer in the rows that followers read.</summary>
    public CustomerId Of(CustomerId customer) =>
        new(customer.Store, CustomerKind.Erased, HashOf(customer.Store, ErasedName.Of(customer)));

    /// <summary>Customers by what remains of them once they are erased.</summary>
    public Dictionary<CustomerId, CustomerId> ByRemains(IEnumerable<CustomerId> customers)
    {
        var found = new Dictionary<CustomerId, CustomerId>();
        foreach (var customer in customers.Where(c => c.Kind != CustomerKind.Erased))
        {
            found[Of(customer)] = customer;
        }

        return found;
    }
}
